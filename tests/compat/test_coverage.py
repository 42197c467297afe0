"""No silent gap: every field of OpenAPI's objects, added, removed and changed, is judged.

Fields come from OpenAPI's own meta-schemas, schema keywords from the IR. `FIELDS` must name a
judge, or a reason, for each; and each judge is held to its word by real edits.
"""

import json
from copy import deepcopy
from datetime import date
from importlib.util import find_spec
from itertools import product
from pathlib import Path

import pytest
from wireproof.compat.gate import judge
from wireproof.compat.objects import FIELDS, WORDS, No
from wireproof.compat.rule import Policy
from wireproof.compat.rules import ALL
from wireproof.ir.build import build
from wireproof.ir.reading.keywords import NO_CONTRACT, READERS
from wireproof.source.document import Document

META = Path(find_spec("openapi_spec_validator").origin).parent / "resources" / "schemas"
VERSIONS = ("3.1", "3.2")
NOT_OBJECTS = {  # definitions of the meta-schema that describe no object with fields
    *("paths", "callbacks", "content", "examples", "schema", "security-requirement"),
    *("specification-extensions", "map-of-strings", "parameters", "explode-for-form"),
}
ALIASES = {"implicit": "oauth-flow", "password": "oauth-flow"}
JSON_SCHEMA = {
    *("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "prefixItems"),
    *("items", "contains", "properties", "patternProperties", "additionalProperties"),
    *("propertyNames", "unevaluatedItems", "unevaluatedProperties", "type", "enum", "const"),
    *("multipleOf", "maximum", "exclusiveMaximum", "minimum", "exclusiveMinimum", "maxLength"),
    *("minLength", "pattern", "maxItems", "minItems", "uniqueItems", "maxContains"),
    *("minContains", "maxProperties", "minProperties", "required", "dependentRequired"),
    *("format", "contentEncoding", "contentMediaType", "contentSchema", "title", "description"),
    *("default", "deprecated", "readOnly", "writeOnly", "examples", "example", "nullable"),
    *("discriminator", "externalDocs", "$ref", "$defs", "$comment", "$anchor", "$schema"),
}


def read(version):
    return json.loads((META / f"v{version}" / "schema.json").read_text())


def fields(schema):
    """Keys under `properties`, wherever a definition states them for its own object."""
    found = set(schema.get("properties", {}))
    for key, value in schema.items():
        if key in {"allOf", "anyOf", "oneOf"}:
            for part in value:
                found |= fields(part)
        elif key in {"then", "else"}:
            found |= fields(value)
        elif key in {"dependentSchemas", "$defs"}:
            for part in value.values():
                found |= fields(part)
    return found


def objects():
    for version in VERSIONS:
        meta = read(version)
        yield "openapi", set(meta["properties"])
        for name, definition in meta["$defs"].items():
            if name in NOT_OBJECTS or name.endswith("-or-reference"):
                continue
            inner = definition.pop("$defs", {}) if name == "oauth-flows" else {}
            yield name, fields(definition)
            for part in inner.values():
                yield "oauth-flow", fields(part)


OBJECTS = list(objects())


@pytest.mark.parametrize(("kind", "names"), OBJECTS, ids=[kind for kind, _ in OBJECTS])
def test_every_field_has_a_judge(kind, names):
    assert names - FIELDS[kind].keys() == set()


def test_judges_exist_and_reasons_are_given():
    rules = {rule.id for rule in ALL}
    for kind, name in [(kind, name) for kind, found in FIELDS.items() for name in found]:
        who = FIELDS[kind][name]
        if isinstance(who, No):
            assert len(who.reason) > 15, (kind, name)
        elif who != WORDS:
            assert set(who) <= rules, (kind, name)


def test_every_keyword_of_json_schema_is_read_or_states_nothing():
    assert (
        JSON_SCHEMA - READERS.keys() - NO_CONTRACT - {"$ref", "discriminator", "nullable"} == set()
    )


SCHEMA = {"type": "object", "properties": {"a": {"type": "array"}}}
MEDIA = {"schema": SCHEMA, "encoding": {"a": {"contentType": "text/plain"}}}
PARAMETER = {"name": "q", "in": "query", "schema": {"type": "object"}}
HEADER = {"schema": {"type": "object"}}
DOCUMENT = {
    "openapi": "3.2.0",
    "info": {"title": "t", "version": "1.0.0"},
    "servers": [{"url": "https://{r}.example", "variables": {"r": {"default": "eu"}}}],
    "paths": {
        "/act": {
            "post": {
                "security": [{"key": []}, {"oauth": ["read"]}, {"http": []}, {"oidc": []}],
                "parameters": [PARAMETER],
                "requestBody": {"content": {"multipart/form-data": MEDIA}},
                "responses": {"200": {"description": "ok", "headers": {"X-A": HEADER}}},
            }
        }
    },
    "components": {
        "securitySchemes": {
            "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
            "oauth": {
                "type": "oauth2",
                "flows": {"clientCredentials": {"tokenUrl": "/t", "scopes": {"read": "r"}}},
            },
            "http": {"type": "http", "scheme": "basic"},
            "oidc": {"type": "openIdConnect", "openIdConnectUrl": "/o"},
        }
    },
}
POST = ("paths", "/act", "post")
BODY = (*POST, "requestBody")
FORM = (*BODY, "content", "multipart/form-data")
ANSWER = (*POST, "responses", "200")
SCHEME = ("components", "securitySchemes", "key")
OAUTH = ("components", "securitySchemes", "oauth", "flows")
PLACES = {
    "openapi": (),
    "info": ("info",),
    "path-item": ("paths", "/act"),
    "operation": POST,
    "parameter": (*POST, "parameters", 0),
    "request-body": BODY,
    "media-type": FORM,
    "encoding": (*FORM, "encoding", "a"),
    "response": ANSWER,
    "responses": (*POST, "responses"),
    "header": (*ANSWER, "headers", "X-A"),
    "security-scheme": SCHEME,
    "server": ("servers", 0),
    "server-variable": ("servers", 0, "variables", "r"),
    "oauth-flows": OAUTH,
    "oauth-flow": (*OAUTH, "clientCredentials"),
}
ELSEWHERE = {  # fields that say something in one kind of security scheme only
    ("security-scheme", "scheme"): ("components", "securitySchemes", "http"),
    ("security-scheme", "flows"): ("components", "securitySchemes", "oauth"),
    ("security-scheme", "openIdConnectUrl"): ("components", "securitySchemes", "oidc"),
    ("security-scheme", "oauth2MetadataUrl"): ("components", "securitySchemes", "oauth"),
}
OK = {"responses": {"200": {"description": "ok"}}}
HOOK = {"h": {"post": OK}}
TAGS = [{"name": "a"}]
EXAMPLES = ({"e": {"value": 1}}, {"e": {"value": 2}})
JSON = "application/json"
DOCS = ({"url": "/a"}, {"url": "/b"})
VALUES = {  # (kind, field) or field -> two values; what is not listed takes two texts
    "externalDocs": DOCS,
    "example": (1, 2),
    "examples": EXAMPLES,
    "deprecated": (True, False),
    "required": (True, False),
    "explode": (False, True),
    "allowReserved": (True, False),
    "schema": ({"type": "object"}, {"type": "array"}),
    "itemSchema": ({"type": "object"}, {"type": "array"}),
    "content": ({JSON: {}}, {"text/plain": {}}),
    "servers": ([{"url": "https://a.example"}], [{"url": "https://b.example"}]),
    "security": ([{"key": []}], [{"oauth": ["read"]}]),
    "parameters": ([PARAMETER], [{**PARAMETER, "name": "p"}]),
    "prefixEncoding": ([{}], [{"contentType": "a/b"}]),
    "itemEncoding": ({}, {"contentType": "a/b"}),
    ("openapi", "paths"): ({"/b": {"get": OK}}, {"/c": {"get": OK}}),
    ("openapi", "webhooks"): (HOOK, {"g": {"post": OK}}),
    ("openapi", "tags"): (TAGS, [{"name": "b"}]),
    ("info", "contact"): ({"name": "a"}, {"name": "b"}),
    ("info", "license"): ({"name": "a"}, {"name": "b"}),
    ("path-item", "additionalOperations"): ({"COPY": OK}, {"MOVE": OK}),
    ("path-item", "parameters"): (
        [{**PARAMETER, "name": "y"}],
        [{**PARAMETER, "name": "z"}],
    ),
    ("header", "explode"): (True, False),
    ("operation", "tags"): (["a"], ["b"]),
    ("operation", "requestBody"): ({"content": {JSON: {}}}, None),
    ("operation", "responses"): ({"204": {"description": "no"}}, {"202": {"description": "later"}}),
    ("operation", "callbacks"): ({"c": {"{$url}": {"post": OK}}}, {"c": {"{$uri}": {"post": OK}}}),
    ("parameter", "in"): ("query", "header"),
    ("parameter", "style"): ("deepObject", "form"),
    ("parameter", "allowEmptyValue"): (True, False),
    ("media-type", "encoding"): ({"a": {"contentType": "a/b"}}, {"a": {"contentType": "c/d"}}),
    ("encoding", "headers"): ({"X-B": {"required": True, "schema": {}}}, {"X-C": {"schema": {}}}),
    ("encoding", "style"): ("spaceDelimited", "pipeDelimited"),
    ("encoding", "encoding"): ({"b": {}}, {"c": {}}),
    ("response", "headers"): ({"X-B": HEADER}, {"X-C": HEADER}),
    ("responses", "default"): ({"description": "a"}, None),
    ("security-scheme", "type"): ("apiKey", "mutualTLS"),
    ("security-scheme", "in"): ("header", "query"),
    ("security-scheme", "flows"): (
        {"implicit": {"authorizationUrl": "/a", "scopes": {}}},
        {"password": {"tokenUrl": "/a", "scopes": {}}},
    ),
    ("server", "variables"): ({"r": {"default": "eu"}}, {"r": {"default": "us"}}),
    ("server-variable", "enum"): (["eu"], ["us"]),
    ("oauth-flow", "scopes"): ({"read": ""}, {"trade": ""}),
}
for _method in ("get", "put", "delete", "options", "head", "patch", "trace", "query"):
    VALUES["path-item", _method] = (OK, None)
VALUES["path-item", "post"] = (DOCUMENT["paths"]["/act"]["post"], None)
for _flow in FIELDS["oauth-flows"]:
    VALUES["oauth-flows", _flow] = (
        {"tokenUrl": "/t", "scopes": {}},
        {"tokenUrl": "/u", "scopes": {}},
    )
NEEDS_BOTH = {  # may not be missing, or changes nothing by being spelled out at its default
    ("openapi", "paths"): "an OpenAPI document without paths has no operations to compare",
    ("path-item", "post"): "judged by the edits of the other methods",
    ("parameter", "name"): "a parameter without a name is none",
    ("parameter", "in"): "a parameter without a place is none",
    ("parameter", "schema"): "the kinds of a parameter's value are changed, not dropped",
    ("header", "schema"): "the kinds of a header's value are changed, not dropped",
    ("header", "content"): "a header has either a schema or content",
    ("server", "url"): "a server without an address is none",
    ("server-variable", "default"): "a variable must have a default",
    ("oauth-flow", "scopes"): "a flow that loses no scope in use stays as it was",
    ("operation", "callbacks"): "an operation without callbacks has none to compare",
}


def edited(kind, field, value):
    document = deepcopy(DOCUMENT)
    target = document
    for key in ELSEWHERE.get((kind, field), PLACES[kind]):
        target = target[key]
    if (kind, field) == ("openapi", "security"):
        del document["paths"]["/act"]["post"]["security"]  # what is stated there counts alone
    if field == "content" and kind in {"parameter", "header"}:
        target.pop("schema", None)  # a value has one form or the other
    if value is None:
        target.pop(field, None)
    else:
        target[field] = deepcopy(value)
    return build(Document("api.json", document))


def cases():
    for kind, found in FIELDS.items():
        for field in found if kind in PLACES else ():
            if isinstance(found[field], No):
                continue
            one, other = VALUES.get((kind, field), VALUES.get(field, ("a", "b")))
            edits = {"add": (None, one), "remove": (one, None), "change": (one, other)}
            for edit, (before, after) in edits.items():
                if before != after and not (edit == "change" and other is None):
                    yield kind, field, edit, before, after


@pytest.mark.parametrize(
    ("kind", "field", "edit", "before", "after"),
    [pytest.param(*case, id="-".join(case[:3])) for case in cases()],
)
def test_an_edit_is_seen_by_its_judge(kind, field, edit, before, after):
    contracts = edited(kind, field, before), edited(kind, field, after)
    found = {f.rule for f in judge(*contracts, Policy(today=date(2026, 1, 1)))}
    who = FIELDS[kind][field]
    expected = {"description-changed"} if who == WORDS else set(who)
    if (kind, field) in NEEDS_BOTH and edit != "change":
        return
    assert found & expected, (found, expected)


def test_an_unknown_field_of_any_object_is_unproven():
    for kind in ("openapi", "info", "operation", "parameter", "request-body", "media-type"):
        for before, after in ((None, 1), (1, None), (1, 2)):
            contracts = edited(kind, "unknown", before), edited(kind, "unknown", after)
            found = judge(*contracts, Policy(today=date(2026, 1, 1)))
            rows = [(f.rule, f.verdict.label) for f in found]
            assert rows == [("unjudged-change", "unproven")], (kind, rows)
            assert found[0].reason


def test_an_unknown_keyword_and_an_extension_are_seen():
    for key, rule in (("xml", "unknown-keyword-changed"), ("x-a", "documentation-changed")):
        for before, after in product((None, 1, 2), repeat=2):
            if before == after:
                continue
            schemas = [{**SCHEMA, **({} if v is None else {key: v})} for v in (before, after)]
            contracts = [edited("media-type", "schema", schema) for schema in schemas]
            found = {f.rule for f in judge(*contracts, Policy(today=date(2026, 1, 1)))}
            assert found == {rule}
