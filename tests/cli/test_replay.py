"""Witnesses of every kind travel over HTTP: one side takes them, the other does not."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from wireproof.cli.replay import replay
from wireproof.compat.finding import Verdict
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.ir.build import build
from wireproof.source.parse import parse

LONG, SHORT = {"type": "string", "maxLength": 9}, {"type": "string", "maxLength": 2}
FEW = {"type": "array", "items": LONG, "maxItems": 1}
MANY = {"type": "array", "items": LONG, "maxItems": 4}
OPEN = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
NEEDY = {**OPEN, "required": ["a", "b"]}
HALF = {**OPEN, "required": ["a"]}
HUGE = {"type": "integer", "minimum": 10**30}
LARGER = {"type": "integer", "minimum": 10**31}


def operation(**parts):
    post = {"operationId": "act", "responses": {"200": {"description": "ok"}}, **parts}
    return {
        "paths": {"/act/{id}": {"post": {**post, "parameters": [ID, *post.get("parameters", [])]}}}
    }


ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def parameter(schema, place, **more):
    return operation(parameters=[{"name": "p", "in": place, "schema": schema, **more}])


def body(schema, media="application/json", *, required=True):
    return operation(requestBody={"required": required, "content": {media: {"schema": schema}}})


def answer(schema, status="200", media="application/json"):
    content = {media: {"schema": schema}}
    return operation(responses={status: {"description": "d", "content": content}})


def header(schema):
    headers = {"X-Limit": {"schema": schema}}
    return operation(responses={"200": {"description": "d", "headers": headers}})


def webhook(schema, **more):
    content = {"application/json": {"schema": schema}}
    ok = {"200": {"description": "ok"}}
    post = {"requestBody": {"required": True, "content": content}, "responses": ok, **more}
    return {"paths": {}, "webhooks": {"filled": {"post": post}}}


def path(schema):
    return {
        "paths": {
            "/act/{id}": {
                "post": {
                    "responses": {"200": {"description": "ok"}},
                    "parameters": [{**ID, "schema": schema}],
                }
            }
        }
    }


TRAVEL = {
    "a JSON body": (body(HALF), body(NEEDY), "POST /act/"),
    "a number beyond 64 bits": (body(HUGE), body(LARGER), "  1" + "0" * 30),
    "a URL-encoded form": (
        body(HALF, "application/x-www-form-urlencoded"),
        body(NEEDY, "application/x-www-form-urlencoded"),
        "  a=",
    ),
    "a multipart form": (
        body(HALF, "multipart/form-data"),
        body(NEEDY, "multipart/form-data"),
        'form-data; name="a"',
    ),
    "a query parameter": (parameter(LONG, "query"), parameter(SHORT, "query"), "?p=aaa"),
    "a list in the query": (parameter(MANY, "query"), parameter(FEW, "query"), "?p=a&p=a"),
    "a list with commas": (
        parameter(MANY, "query", explode=False),
        parameter(FEW, "query", explode=False),
        "?p=a,a",
    ),
    "a deep object": (
        parameter(HALF, "query", style="deepObject"),
        parameter(NEEDY, "query", style="deepObject"),
        "?p[a]=",
    ),
    "a header": (parameter(LONG, "header"), parameter(SHORT, "header"), "p: aaa"),
    "a cookie": (parameter(LONG, "cookie"), parameter(SHORT, "cookie"), "Cookie: p=aaa"),
    "a path parameter": (
        path({"type": "string", "minLength": 1}),
        path({"type": "string", "minLength": 3}),
        "POST /act/a",
    ),
    "a body that is required now": (body(LONG, required=False), body(LONG), "POST /act/"),
    "a parameter that is required now": (
        parameter(LONG, "query"),
        parameter(LONG, "query", required=True),
        "POST /act/",
    ),
    "a parameter that is new and required": (
        operation(),
        parameter(LONG, "header", required=True),
        "POST /act/",
    ),
    "a media type that is gone": (
        body(LONG, "text/plain"),
        body(LONG, "text/csv"),
        "Content-Type: text/plain",
    ),
    "an operation that is gone": (operation(), {"paths": {}}, "POST /act/"),
    "an answer": (answer(NEEDY), answer(HALF), "is answered 200"),
    "an error": (answer(NEEDY, "404"), answer(HALF, "404"), "is answered 404"),
    "an answer of a range": (answer(NEEDY, "2XX"), answer(HALF, "2XX"), "is answered 200"),
    "any other answer": (answer(NEEDY, "default"), answer(HALF, "default"), "is answered 500"),
    "a header of an answer": (header(SHORT), header(LONG), "is answered 200"),
    "a number in a header of an answer": (
        header({"type": "integer", "maximum": 5}),
        header({"type": "integer", "maximum": 9}),
        "is answered 200",
    ),
    "a webhook": (webhook(NEEDY), webhook(HALF), "POST filled"),
    "a webhook without its header": (
        webhook(
            OPEN, parameters=[{"name": "X-Sig", "in": "header", "required": True, "schema": LONG}]
        ),
        webhook(OPEN),
        "POST filled",
    ),
}


def shown(base, head):
    contracts = [
        build(
            parse(
                f"{name}.json",
                json.dumps(
                    {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, **document}
                ).encode(),
            ).document
        )
        for name, document in (("base", base), ("head", head))
    ]
    found = [
        finding
        for finding in judge(contracts[0], contracts[1], Policy(today=date(2026, 1, 1)))
        if finding.verdict is Verdict.BREAKING
    ]
    assert found
    return list(replay(found, contracts[0], contracts[1], ("base", "head")))


@pytest.mark.parametrize("kind", TRAVEL)
def test_it_travels(kind):
    base, head, sign = TRAVEL[kind]
    lines = shown(base, head)
    assert sign in "\n".join(lines), lines
    assert not [line for line in lines if "not shown" in line], lines
    outcomes = [line for line in lines if re.search(r"accepted$|reads it$", line)]
    failures = [line for line in lines if re.search(r"refused: .|cannot read it: .", line)]
    assert len(outcomes) == len(failures) == sum(line.startswith("replay of") for line in lines)
    sent_by_client = "is answered" not in sign and "filled" not in sign
    assert all((" base " in line) is sent_by_client for line in outcomes)
    assert all((" head " in line) is sent_by_client for line in failures)


def secured(*alternatives, **schemes):
    return {**operation(security=list(alternatives)), "components": {"securitySchemes": schemes}}


def key(name="X-Key", place="header"):
    return {"type": "apiKey", "in": place, "name": name}


def statuses(*found, **parts):
    return operation(responses={status: {"description": "d", **parts} for status in found})


def promised(required):
    headers = {"X-Limit": {"schema": {"type": "integer"}, "required": required}}
    return operation(responses={"200": {"description": "d", "headers": headers}})


PET_REF = {"$ref": "#/components/schemas/Pet"}
PET = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"type": "string"}},
    "discriminator": {"propertyName": "kind"},
}
CAT = {"allOf": [PET_REF]}
TEXTS = {"type": "array", "items": {"type": "string"}}
NAMES = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
BASIC = {"type": "http", "scheme": "basic"}
OAUTH = {"type": "oauth2", "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {"r": ""}}}}

SHOWN = {
    "a call without credentials": (operation(), secured({"k": []}, k=key()), "POST /act/"),
    "an alternative that is gone": (
        secured({"k": []}, {"b": []}, k=key(), b=BASIC),
        secured({"k": []}, k=key(), b=BASIC),
        "Authorization: Basic",
    ),
    "a second key that is needed too": (
        secured({"k": []}, k=key(), o=OAUTH),
        secured({"k": [], "o": ["r"]}, k=key(), o=OAUTH),
        "X-Key: witness",
    ),
    "a key with another name": (
        secured({"k": []}, k=key()),
        secured({"k": []}, k=key("X-Token")),
        "X-Key: witness",
    ),
    "a key in another place": (
        secured({"k": []}, k=key("k", "query")),
        secured({"k": []}, k=key("k", "cookie")),
        "?k=witness",
    ),
    "a list with commas now": (
        parameter(TEXTS, "query"),
        parameter(TEXTS, "query", explode=False),
        "?p=a&p=a",
    ),
    "a list with bars now": (
        parameter({**TEXTS, "minItems": 2}, "query", explode=False),
        parameter({**TEXTS, "minItems": 2}, "query", style="pipeDelimited", explode=False),
        "?p=",
    ),
    "a deep object now": (
        parameter(NAMES, "query"),
        parameter(NAMES, "query", style="deepObject", explode=True),
        "?a=",
    ),
    "an object as JSON now": (
        parameter(NAMES, "query"),
        operation(
            parameters=[
                {"name": "p", "in": "query", "content": {"application/json": {"schema": NAMES}}}
            ]
        ),
        "?a=",
    ),
    "a status that is new": (statuses("200"), statuses("200", "202"), "is answered 202"),
    "a range in place of a status": (statuses("201"), statuses("2XX"), "is answered 200"),
    "a header that is gone": (promised(required=True), statuses("200"), "is answered 200"),
    "a header that may lack": (
        promised(required=True),
        promised(required=False),
        "is answered 200",
    ),
    "a kind of answer that is new": (
        answer(LONG),
        answer(LONG, media="*/*"),
        "Content-Type: text/plain",
    ),
    "a body that had no schema": (
        operation(requestBody={"content": {"application/json": {}}}),
        body(NEEDY, required=False),
        "POST /act/",
    ),
}


@pytest.mark.parametrize("kind", SHOWN)
def test_what_no_value_decides_is_shown_by_a_message(kind):
    base, head, sign = SHOWN[kind]
    lines = shown(base, head)
    assert sign in "\n".join(lines), lines
    assert not [line for line in lines if "not shown" in line], lines
    replays = sum(line.startswith("replay of") for line in lines)
    good = [line for line in lines if re.search(r"accepted$|reads .", line)]
    bad = [line for line in lines if re.search(r"refused: .|cannot read it: .|misread: ", line)]
    assert len(good) == len(bad) == replays
    assert all("base" in line for line in bad) == ("is answered" in sign or "Type" in sign), lines


SILENT = {
    "a scope that is needed now": (
        secured({"o": []}, o=OAUTH),
        secured({"o": ["r"]}, o=OAUTH),
        "mocks look whether credentials are there",
    ),
    "an heir that is new": (
        {**answer(PET_REF), "components": {"schemas": {"Pet": PET, "Cat": CAT}}},
        {**answer(PET_REF), "components": {"schemas": {"Pet": PET, "Cat": CAT, "Dog": CAT}}},
        "the tag matters to who chooses by it",
    ),
    "the type of a part": (
        operation(requestBody={"content": {"multipart/form-data": {"schema": NAMES}}}),
        operation(
            requestBody={
                "content": {
                    "multipart/form-data": {
                        "schema": NAMES,
                        "encoding": {"a": {"contentType": "image/png"}},
                    }
                }
            }
        ),
        "mocks take the parts of a form however",
    ),
    "a text, which mocks do not look into": (
        body(LONG, "text/plain"),
        body(SHORT, "text/plain"),
        "mocks do not tell these two apart",
    ),
    "a range of media types": (
        body(LONG, "application/*"),
        body(SHORT, "application/*"),
        "mocks do not tell these two apart",
    ),
    "a form without fields": (
        body(OPEN, "application/x-www-form-urlencoded"),
        body(NEEDY, "application/x-www-form-urlencoded"),
        "a form without fields",
    ),
    "an empty list": (
        parameter(MANY, "query"),
        parameter({**MANY, "minItems": 1}, "query"),
        "leaves no trace in a query",
    ),
    "a picture": (
        body(LONG, "image/png"),
        body(SHORT, "image/png"),
        "cannot be written as image/png",
    ),
    "a media type that is no longer sent": (
        answer(LONG),
        answer(LONG, media="text/plain"),
        "what is missed is no message",
    ),
    "a default": (
        parameter({**LONG, "default": "a"}, "query"),
        parameter({**LONG, "default": "b"}, "query"),
        "what they mean changes",
    ),
    "what receivers answer": (
        webhook(OPEN, responses=answer(HALF)["paths"]["/act/{id}"]["post"]["responses"]),
        webhook(OPEN, responses=answer(NEEDY)["paths"]["/act/{id}"]["post"]["responses"]),
        "not asked for their answers",
    ),
}


@pytest.mark.parametrize("kind", SILENT)
def test_what_does_not_travel_says_why(kind):
    base, head, reason = SILENT[kind]
    lines = shown(base, head)
    assert any(line.startswith("  not shown: ") and reason in line for line in lines), lines
