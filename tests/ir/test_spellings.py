"""OpenAPI 3.0 and 3.1 spell the same contract differently; the IR does not."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wireproof.ir.build import build
from wireproof.ir.dump import dump
from wireproof.source.document import Document

Y = {"$ref": "#/components/schemas/Y"}

PAIRS = [
    ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
    ({"type": "string", "nullable": False}, {"type": "string"}),
    (
        {"type": "string", "nullable": True, "enum": ["a", None]},
        {"type": ["null", "string"], "enum": ["a", None]},
    ),
    (
        {"type": "integer", "minimum": 1, "exclusiveMinimum": True},
        {"type": "integer", "exclusiveMinimum": 1},
    ),
    (
        {"type": "number", "exclusiveMaximum": True, "maximum": 1.5, "minimum": 0},
        {"type": "number", "exclusiveMaximum": 1.5, "minimum": 0},
    ),
    (
        {"type": "integer", "minimum": 1, "exclusiveMinimum": False},
        {"type": "integer", "minimum": 1},
    ),
    ({"exclusiveMinimum": True}, {}),
    ({"enum": ["a"]}, {"const": "a"}),
    ({"type": "string", "example": "a"}, {"type": "string", "examples": ["a"]}),
    (
        {"type": "string", "format": "byte"},
        {"type": "string", "contentEncoding": "base64"},
    ),
    (
        {"type": "string", "format": "binary"},
        {"type": "string", "contentMediaType": "application/octet-stream"},
    ),
    ({**Y, "description": "ignored in 3.0"}, Y),
    (
        {"type": "object", "properties": {"a": {**Y, "nullable": True}}},
        {"type": "object", "properties": {"a": Y}},
    ),
    (
        {"type": "array", "nullable": True, "items": {"type": "integer", "nullable": True}},
        {"type": ["array", "null"], "items": {"type": ["integer", "null"]}},
    ),
]


def document(version, schema):
    return {
        "openapi": version,
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a": {
                "post": {
                    "operationId": "a",
                    "parameters": [{"name": "q", "in": "query", "schema": schema}],
                    "requestBody": {"content": {"application/json": {"schema": schema}}},
                    "responses": {"204": {"description": ""}},
                }
            }
        },
        "components": {"schemas": {"X": {"properties": {"p": schema}}, "Y": {"type": "string"}}},
    }


def contracts(old, new):
    return (
        build(Document("api.json", document("3.0.3", old))),
        build(Document("api.json", document("3.1.0", new))),
    )


def assert_same(first, second):
    assert first == second
    assert dict(first.schemas) == dict(second.schemas)
    assert dict(first.types) == dict(second.types)
    assert dump(first).replace(b'"3.0.3"', b'"3.1.0"') == dump(second)


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=[str(old) for old, _ in PAIRS])
def test_both_spellings_give_the_same_contract(old, new):
    assert_same(*contracts(old, new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (
            {"nullable": True, "allOf": [Y], "description": "d"},
            {"anyOf": [Y, {"type": "null"}], "description": "d"},
        ),
        ({"allOf": [Y], "description": "d"}, {**Y, "description": "d"}),
        ({"nullable": True, "oneOf": [Y]}, {"oneOf": [Y, {"type": "null"}]}),
        ({"enum": ["a", "b"], "nullable": True}, {"enum": ["a", "b", None]}),
    ],
)
def test_constraints_that_differ_may_be_one_type(old, new):
    first, second = contracts(old, new)
    assert [(t.type, t.description) for t in first.types["#/components/schemas/X"].properties] == [
        (t.type, t.description) for t in second.types["#/components/schemas/X"].properties
    ]
    assert first.operations[0].request.content[0].type == (
        second.operations[0].request.content[0].type
    )


def upgrade(schema):
    """The 3.1 spelling of a 3.0 schema."""
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return {"$ref": schema["$ref"]}
    new = {keyword: upgrade_children(keyword, value) for keyword, value in schema.items()}
    if "example" in new:
        new["examples"] = [new.pop("example")]
    if "type" in new and new.pop("nullable", False):
        new["type"] = [new["type"], "null"]
    for keyword, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if new.pop(keyword, False) and bound in new:
            new[keyword] = new.pop(bound)
    spelling = MOVED_FORMATS.get(new.get("format"))
    if spelling is not None:
        del new["format"]
        new.update(spelling)
    return new


def upgrade_children(keyword, value):
    match keyword:
        case "properties":
            return {name: upgrade(child) for name, child in value.items()}
        case "items" | "not" | "additionalProperties":
            return upgrade(value)
        case "allOf" | "anyOf" | "oneOf":
            return [upgrade(child) for child in value]
        case _:
            return value


MOVED_FORMATS = {
    "byte": {"contentEncoding": "base64"},
    "binary": {"contentMediaType": "application/octet-stream"},
}
NUMBERS = st.integers(-(10**6), 10**20) | st.decimals(-100, 100, places=2)
TEXTS = st.sampled_from(["a", "b", "c d", "é"])


def objects(**fields):
    return st.fixed_dictionaries({}, optional=fields)


LEAVES = st.one_of(
    objects(
        type=st.sampled_from(["string", "integer", "number", "boolean", "object", "array"]),
        nullable=st.booleans(),
        format=st.sampled_from(["byte", "binary", "date", "int64", "decimal", "odd"]),
        example=NUMBERS | TEXTS | st.none(),
        minimum=NUMBERS,
        exclusiveMinimum=st.booleans(),
        maximum=NUMBERS,
        exclusiveMaximum=st.booleans(),
        enum=st.lists(TEXTS | st.none(), min_size=1, max_size=3),
        description=TEXTS,
    ),
    st.just({**Y, "description": "ignored"}),
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: objects(
        type=st.sampled_from(["object", "array"]),
        nullable=st.booleans(),
        properties=st.dictionaries(TEXTS, inner, max_size=3),
        required=st.lists(TEXTS, max_size=2),
        items=inner,
        additionalProperties=inner | st.booleans(),
        allOf=st.lists(inner, min_size=1, max_size=3),
        oneOf=st.lists(inner, min_size=1, max_size=3),
        anyOf=st.lists(inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(SCHEMAS)
def test_upgrading_a_document_changes_nothing(schema):
    # `nullable` without `type` has no other spelling in one schema; it stays as it is.
    first, second = contracts(schema, upgrade(schema))
    assert_same(first, second)


def test_bounds_keep_their_digits():
    schema = {"type": "number", "minimum": Decimal("0.10"), "maximum": 10**25}
    made = build(Document("api.json", document("3.1.0", schema)))
    bounds = made.schemas["#/components/schemas/X/properties/p"]
    assert str(bounds.minimum) == "0.10"
    assert bounds.maximum == 10**25
    assert b'"minimum": 0.10' in dump(made)
    assert b'"maximum": 10000000000000000000000000' in dump(made)
