"""Pairs once called proven although a value tells them apart; the smallest of each kind."""

from typing import Any

import pytest
from wireproof.compat.subsume import Proven, Refuted, Unproven

REF = {"$ref": "#/components/schemas/X"}
TREE = {"$dynamicRef": "#tree"}
COUNTED = {"contains": {"const": 1}, "items": {"enum": [1, 2]}, "minItems": 3, "maxItems": 3}

REFUTED = {
    "the counted item need not be the first": (
        {"type": "array", "contains": {"const": 1}, "minItems": 2},
        {"type": "array", "prefixItems": [{"const": 1}]},
    ),
    "several counted items": (
        {"type": "array", "contains": {"const": 1}, "minContains": 2, "minItems": 3},
        {"type": "array", "prefixItems": [{"const": 1}]},
    ),
    "at most one counted item": (
        {"type": "array", **COUNTED, "maxContains": 1},
        {"type": "array", "prefixItems": [{"const": 1}]},
    ),
    "equal items beside counted ones": (
        {"type": "array", **COUNTED, "maxContains": 1},
        {"type": "array", "uniqueItems": True},
    ),
    "one name for two demands on names": (
        {"type": "object", "maxProperties": 1, "not": {"propertyNames": {"pattern": "^a"}}},
        {"type": "object", "propertyNames": {"pattern": "b$"}},
    ),
    "a question about a value that leads back to itself": (
        {
            "oneOf": [
                {
                    "oneOf": [
                        {"required": ["b"], "dependentRequired": {"b": ["b"]}, "type": "object"},
                        {"required": ["c"], "type": "object"},
                    ]
                },
                {"additionalProperties": {}, "propertyNames": {"const": "z"}},
            ],
            "required": ["c"],
        },
        {"propertyNames": {"const": "z"}},
    ),
    "const beside an enum without it": ({"const": 1}, {"const": 1, "enum": [2]}),
    "an enum of nothing": ({}, {"enum": []}),
}


@pytest.mark.parametrize("name", REFUTED)
def test_a_value_tells_them_apart(judge, name):
    assert isinstance(judge(*REFUTED[name], open_world=True), Refuted)


def _beside_contains(**keyword: Any) -> Any:
    return {"type": "array", "contains": {"type": "string"}, **keyword}


def test_undecided_demands_of_two_schemas_are_two(judge):
    anything = _beside_contains(unevaluatedItems={})
    arrays = _beside_contains(unevaluatedItems={"type": "array"})
    assert isinstance(judge(anything, arrays), Unproven)
    assert isinstance(judge(arrays, arrays), Proven)


def test_what_a_dynamic_reference_finds_belongs_to_it(judge):
    text, number = ({"$dynamicAnchor": "tree", "type": name} for name in ("string", "number"))
    same = ({"T": text}, {"T": text})
    assert isinstance(judge(TREE, {**TREE, "title": "t"}, components=same), Proven)
    differs = ({"T": text}, {"T": number})
    assert isinstance(judge(TREE, {**TREE, "title": "t"}, components=differs), Unproven)


@pytest.mark.parametrize(
    "circle", [{"oneOf": [{}, REF]}, {"anyOf": [REF, {"type": "string"}]}, {"allOf": [REF]}]
)
def test_a_schema_of_itself_proves_nothing(judge, circle):
    assert isinstance(judge(circle, {"type": "integer"}), Unproven)


def test_dependent_schemas_say_nothing_about_arrays(judge):
    schema = {"unevaluatedItems": False, "dependentSchemas": {"a": {"prefixItems": [{}]}}}
    assert isinstance(judge(schema, {"not": {"const": [1]}}), Proven)
    assert isinstance(judge(schema, {"not": {"const": []}}), Refuted)
