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


SILENT = {
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
    "credentials": (
        operation(),
        {
            **operation(security=[{"key": []}]),
            "components": {
                "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}}
            },
        },
        "mocks ask for no credentials",
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
    "what an answer lacks": (header(SHORT), operation(), "lacks a header"),
    "a media type that is no longer sent": (
        answer(LONG),
        answer(LONG, media="text/plain"),
        "which answers there are",
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
