"""One row a keyword: the narrow schema implies the wide one, and never the other way round."""

from decimal import Decimal
from typing import Any

import pytest
from wireproof.compat.subsume import Proven, Refuted

DATE = {"type": "string", "format": "date"}
INT = {"type": "integer"}
TEXT = {"type": "string"}


def obj(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


def arr(**keywords: Any) -> dict[str, Any]:
    return {"type": "array", **keywords}


# name: (narrow, wide, keyword that refuses the witness, pointer into the witness)
ROWS: dict[str, tuple[Any, Any, str, str]] = {
    "type": (INT, {"type": "number"}, "type", ""),
    "type list": (TEXT, {"type": ["string", "null"]}, "type", ""),
    "no type": (TEXT, {}, "type", ""),
    "false": (False, TEXT, "false", ""),
    "enum": ({"enum": ["a"]}, {"enum": ["a", "b"]}, "enum", ""),
    "enum of a type": ({"enum": [1, 2]}, INT, "enum", ""),
    "enum of objects": ({"enum": [{"a": 1}]}, obj(a=INT), "enum", ""),
    "enum of arrays": ({"enum": [[1, 2]]}, arr(items=INT), "enum", ""),
    "const": ({"const": "a"}, TEXT, "enum", ""),
    "minimum": ({**INT, "minimum": 1}, {**INT, "minimum": 0}, "minimum", ""),
    "maximum": ({**INT, "maximum": 9}, {**INT, "maximum": 10}, "maximum", ""),
    "exclusiveMinimum": (
        {"type": "number", "exclusiveMinimum": 0},
        {"type": "number", "minimum": 0},
        "exclusiveMinimum",
        "",
    ),
    "exclusiveMaximum": (
        {"type": "number", "exclusiveMaximum": 2.5},
        {"type": "number", "maximum": 2.5},
        "exclusiveMaximum",
        "",
    ),
    "multipleOf": ({**INT, "multipleOf": 6}, {**INT, "multipleOf": 3}, "multipleOf", ""),
    "multipleOf a decimal": (
        {"type": "number", "multipleOf": 0.1},
        {"type": "number", "multipleOf": 0.01},
        "multipleOf",
        "",
    ),
    "minLength": ({**TEXT, "minLength": 1}, TEXT, "minLength", ""),
    "maxLength": ({**TEXT, "maxLength": 64}, {**TEXT, "maxLength": 65}, "maxLength", ""),
    "pattern": (
        {**TEXT, "pattern": "^[a-y]+$"},
        {**TEXT, "pattern": "^[a-z]+$"},
        "pattern",
        "",
    ),
    "pattern and length": (
        {**TEXT, "pattern": "^(ab)*$", "maxLength": 6},
        {**TEXT, "pattern": "^[ab]*$", "maxLength": 6},
        "pattern",
        "",
    ),
    "pattern implies length": (
        {**TEXT, "pattern": "^[A-Z]{3}$"},
        {**TEXT, "minLength": 3, "maxLength": 3},
        "pattern",
        "",
    ),
    "format": (DATE, TEXT, "format", ""),
    "format implies pattern": (
        DATE,
        {**TEXT, "pattern": r"^\d{4}-\d{2}-\d{2}$"},
        "format",
        "",
    ),
    "format int32": ({**INT, "format": "int32"}, {**INT, "format": "int64"}, "format", ""),
    "format of a predicate": (
        {**TEXT, "format": "uri"},
        {**TEXT, "format": "uri-reference"},
        "format",
        "",
    ),
    "contentEncoding": ({**TEXT, "contentEncoding": "base64"}, TEXT, "contentEncoding", ""),
    "items": (arr(items=INT), arr(items={"type": "number"}), "type", "/0"),
    "prefixItems": (arr(prefixItems=[INT, INT]), arr(prefixItems=[INT]), "type", "/1"),
    "items behind prefixItems": (
        arr(prefixItems=[TEXT], items=False),
        arr(prefixItems=[TEXT]),
        "items",
        "/1",
    ),
    "contains": (arr(items=INT, contains={"const": 5}), arr(items=INT), "contains", ""),
    "minContains": (
        arr(contains=INT, minContains=2),
        arr(contains=INT),
        "minContains",
        "",
    ),
    "maxContains": (arr(contains=INT, maxContains=2), arr(contains=INT), "maxContains", ""),
    "minContains zero": (arr(contains=INT), arr(contains=INT, minContains=0), "contains", ""),
    "minItems": (arr(minItems=1), arr(), "minItems", ""),
    "maxItems": (arr(maxItems=3), arr(maxItems=4), "maxItems", ""),
    "uniqueItems": (arr(uniqueItems=True, items=INT), arr(items=INT), "uniqueItems", ""),
    "unevaluatedItems": (
        {**arr(), "allOf": [{"prefixItems": [INT]}], "unevaluatedItems": False},
        {**arr(), "allOf": [{"prefixItems": [INT]}]},
        "unevaluatedItems",
        "/1",
    ),
    "properties": (obj(a=INT), obj(a={"type": "number"}), "type", "/a"),
    "property false": (obj(a=False, b=INT), obj(a=INT, b=INT), "properties", "/a"),
    "required": ({**obj(a=INT), "required": ["a"]}, obj(a=INT), "required", ""),
    "patternProperties": (
        {"type": "object", "patternProperties": {"^x-": INT}},
        {"type": "object", "patternProperties": {"^x-": {"type": "number"}}},
        "type",
        "/x-",
    ),
    "additionalProperties": (
        {"type": "object", "additionalProperties": INT},
        {"type": "object", "additionalProperties": {"type": "number"}},
        "type",
        "/a",
    ),
    "additionalProperties false": (
        {**obj(a=INT), "additionalProperties": False},
        {**obj(a=INT), "additionalProperties": TEXT},
        "additionalProperties",
        "/b",
    ),
    "propertyNames": (
        {"type": "object", "propertyNames": {"pattern": "^[a-z]+$"}},
        {"type": "object", "propertyNames": {"pattern": "^[a-z]*$"}},
        "propertyNames",
        "/",
    ),
    "minProperties": (
        {"type": "object", "minProperties": 1},
        {"type": "object"},
        "minProperties",
        "",
    ),
    "maxProperties": (
        {**obj(a=INT, b=INT), "maxProperties": 1},
        obj(a=INT, b=INT),
        "maxProperties",
        "",
    ),
    "dependentRequired": (
        {**obj(a=INT, b=INT), "dependentRequired": {"a": ["b"]}},
        obj(a=INT, b=INT),
        "dependentRequired",
        "",
    ),
    "dependentSchemas": (
        {**obj(a=INT, b=INT), "dependentSchemas": {"a": {"required": ["b"]}}},
        obj(a=INT, b=INT),
        "dependentSchemas",
        "",
    ),
    "unevaluatedProperties": (
        {"allOf": [obj(a=INT)], "unevaluatedProperties": False},
        {"allOf": [obj(a=INT)], "unevaluatedProperties": INT},
        "unevaluatedProperties",
        "/b",
    ),
    "allOf": ({"allOf": [TEXT, {"maxLength": 3}]}, TEXT, "maxLength", ""),
    "anyOf": ({"anyOf": [TEXT]}, {"anyOf": [TEXT, INT]}, "type", ""),
    "oneOf": ({"oneOf": [TEXT]}, {"oneOf": [TEXT, INT]}, "type", ""),
    "oneOf is exclusive": (
        {"oneOf": [{**INT, "multipleOf": 2}, {**INT, "multipleOf": 3}]},
        {"anyOf": [{**INT, "multipleOf": 2}, {**INT, "multipleOf": 3}]},
        "oneOf",
        "",
    ),
    "not": ({**TEXT, "not": {"enum": ["admin"]}}, TEXT, "not", ""),
    "if then": (
        {
            **obj(kind={"enum": ["limit", "market"]}, price=INT),
            "required": ["kind"],
            "if": {"properties": {"kind": {"const": "limit"}}},
            "then": {"required": ["price"]},
        },
        {**obj(kind={"enum": ["limit", "market"]}, price=INT), "required": ["kind"]},
        "required",
        "",
    ),
    "else": (
        {**INT, "if": {"minimum": 0}, "else": {"multipleOf": 2}},
        INT,
        "if",
        "",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_narrow_implies_wide(name, judge):
    narrow, wide, _, _ = ROWS[name]
    verdict = judge(narrow, wide)
    assert isinstance(verdict, Proven)
    assert verdict.vacuous == (name == "false")


@pytest.mark.parametrize("name", ROWS)
def test_wide_does_not_imply_narrow(name, judge):
    narrow, wide, keyword, pointer = ROWS[name]
    verdict = judge(wide, narrow)
    assert isinstance(verdict, Refuted)
    assert (verdict.keyword, verdict.pointer) == (keyword, pointer)
    assert verdict.error


@pytest.mark.parametrize("name", ROWS)
def test_every_schema_implies_itself_without_the_fast_path(name, judge):
    for schema in ROWS[name][:2]:
        if schema is False:
            continue
        respelled = {"description": "same", **schema}
        assert isinstance(judge(schema, respelled), Proven)
        assert isinstance(judge(schema, {"allOf": [schema]}), Proven)
        assert isinstance(judge({"anyOf": [schema]}, schema), Proven)


def test_numbers_are_exact(judge):
    tenth = {"type": "number", "multipleOf": 0.1}
    assert isinstance(judge({"enum": [0.3, 1, 2.7]}, tenth), Proven)
    verdict = judge(tenth, {"type": "number", "multipleOf": 0.3})
    assert isinstance(verdict, Refuted)
    assert verdict.witness == 1 or isinstance(verdict.witness, Decimal)
    huge = {"type": "integer", "maximum": 2**63}
    verdict = judge(huge, {"type": "integer", "maximum": 2**63 - 1})
    assert isinstance(verdict, Refuted)
    assert verdict.witness == 2**63


def test_one_is_one_point_zero_but_not_true(judge):
    assert isinstance(judge({"const": 1.0}, {"const": 1}), Proven)
    assert isinstance(judge({"const": 1.0}, {"type": "integer"}), Proven)
    assert isinstance(judge({"const": True}, {"const": 1}), Refuted)
    assert isinstance(judge({"enum": [[1]]}, {"enum": [[True]]}), Refuted)
