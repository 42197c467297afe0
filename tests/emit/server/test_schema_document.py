"""The schema document: OpenAPI 3.0 and 3.1 as JSON Schema, per direction."""

import json

import pytest
from pydantic_core import from_json
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.ir.build import build
from wireproof.source import load

from generated.server.runtime.validation import Schemas


@pytest.fixture
def validate(tmp_path):
    """Whether a value is valid as a request ("in") and as a response ("out") of a schema."""

    def run(schema, value, version="3.1.0", schemas=None):
        operation = {
            "operationId": "x",
            "requestBody": {"content": {"application/json": {"schema": schema}}},
            "responses": {},
        }
        document = {
            "openapi": version,
            "info": {"title": "T", "version": "1"},
            "paths": {"/x": {"post": operation}},
            "components": {"schemas": schemas or {}},
        }
        path = tmp_path / "spec.json"
        path.write_text(json.dumps(document))
        contract = build(load(path).contract)
        media = contract.operations[0].request.content[0]
        collected = SchemaDocument(contract)
        keys = [collected.key(media.schema, direction) for direction in ("in", "out")]
        compiled = Schemas(from_json(collected.render()))
        return tuple(k is None or compiled.validator(k).is_valid(value) for k in keys)

    return run


BOTH, NEITHER = (True, True), (False, False)


@pytest.mark.parametrize(
    ("schema", "value", "verdict"),
    [
        ({"type": "string", "nullable": True}, None, BOTH),
        ({"type": "string"}, None, NEITHER),
        ({"type": "string", "enum": ["a"], "nullable": True}, None, BOTH),
        ({"nullable": True, "allOf": [{"type": "string"}]}, None, BOTH),
        ({"nullable": True, "allOf": [{"type": "string"}]}, 5, NEITHER),
        ({"type": "object", "nullable": True, "allOf": [{"required": ["a"]}]}, None, BOTH),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": True}, 1, NEITHER),
        ({"type": "integer", "minimum": 1, "exclusiveMinimum": False}, 1, BOTH),
        ({"type": "integer", "maximum": 1, "exclusiveMaximum": True}, 1, NEITHER),
        ({"type": "string", "const": "a"}, "b", BOTH),  # 3.0 has no const
        ({"type": "integer", "format": "int32"}, 2**31, NEITHER),
        ({"type": "integer", "format": "int64"}, 2**63, NEITHER),
        ({"type": "integer", "format": "int64"}, -(2**63), BOTH),
        ({"type": "integer", "format": "int32", "maximum": 2**40}, 2**31, BOTH),
        ({"$ref": "#/components/schemas/S", "type": "integer"}, "text", BOTH),  # no siblings in 3.0
        ({"$ref": "#/components/schemas/S", "nullable": True}, None, NEITHER),
    ],
)
def test_3_0(validate, schema, value, verdict):
    schemas = {"S": {"type": "string"}}
    assert validate(schema, value, "3.0.3", schemas) == verdict


@pytest.mark.parametrize(
    ("schema", "value", "verdict"),
    [
        ({"type": ["string", "null"]}, None, BOTH),
        ({"const": {"a": 1}}, {"a": 1}, BOTH),
        ({"const": {"a": 1}}, {"a": 2}, NEITHER),
        ({"$ref": "#/components/schemas/S", "maxLength": 2}, "abc", NEITHER),
        ({"exclusiveMinimum": 1}, 1, NEITHER),
        ({"prefixItems": [{"type": "string"}], "items": False}, ["a", 1], NEITHER),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"a": 1}, NEITHER),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, NEITHER),
        ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1}, NEITHER),
        ({"patternProperties": {"^x": {"type": "integer"}}}, {"xa": "1"}, NEITHER),
        ({"propertyNames": {"maxLength": 1}}, {"ab": 1}, NEITHER),
        ({"contains": {"const": 1}, "maxContains": 1}, [1, 1], NEITHER),
        (
            {"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False},
            {"b": 1},
            NEITHER,
        ),
        ({"not": {"type": "string"}}, "a", NEITHER),
        (False, 1, NEITHER),
        ({"uniqueItems": True}, [1, 1], NEITHER),
        ({"multipleOf": 0.01}, 0.015, NEITHER),
        ({"maximum": 10**30}, 10**31, NEITHER),
        ({"enum": ["a", "a", 10**30]}, 10**30, BOTH),
        ({"type": "string", "format": "date-time"}, "2026-11-22", NEITHER),
        ({"type": "string", "format": "uuid"}, "x", NEITHER),
        ({"enum": ["a"], "x-extensible-enum": True}, "b", (False, True)),
        ({"x-extensible-enum": ["a"]}, "b", BOTH),
        (
            {"required": ["a"], "properties": {"a": {"type": "string", "readOnly": True}}},
            {},
            (True, False),
        ),
        (
            {"required": ["a"], "properties": {"a": {"$ref": "#/components/schemas/W"}}},
            {},
            (False, True),
        ),
        (
            {"$ref": "#/components/schemas/T/properties/kids/items"},
            {"kids": [{"kids": 1}]},
            NEITHER,
        ),
    ],
)
def test_3_1(validate, schema, value, verdict):
    schemas = {
        "S": {"type": "string"},
        "W": {"type": "string", "writeOnly": True},
        "T": {
            "properties": {"kids": {"type": "array", "items": {"$ref": "#/components/schemas/T"}}}
        },
    }
    assert validate(schema, value, schemas=schemas) == verdict


def test_annotations_are_left_out(emit):
    schema = {"title": "t", "description": "d", "examples": ["e"], "default": "f", "type": "string"}
    media = {"content": {"application/json": {"schema": {"type": "array", "items": schema}}}}
    paths = {"/x": {"get": {"responses": {"200": {"description": "", **media}}}}}
    text = emit({"paths": paths}).files["schemas.json"]
    for word in (b"title", b"description", b"examples", b"default"):
        assert word not in text
