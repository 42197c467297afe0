"""What other checkers get wrong about schemas, each case as its tracker tells it."""

from typing import Any

import pytest
from wireproof.compat.subsume import Flow, Proven, Refuted

INT = {"type": "integer"}
TEXT = {"type": "string"}
V30 = ("3.0.3", "3.0.3")


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


ADDRESS = obj("city", city=TEXT, zip=TEXT)
COMPONENTS = {"Address": ADDRESS, "Zip": {"required": ["zip"]}}

FALSE_ALARMS = {
    "allOf refactor": (
        obj("city", city=TEXT, zip=TEXT),
        {"allOf": [obj("city", city=TEXT), obj(zip=TEXT)]},
    ),
    "inline to $ref": (obj(home=ADDRESS), obj(home=ref("Address"))),
    "single to anyOf": (obj(home=ADDRESS), obj(home={"anyOf": [ref("Address")]})),
    "single to oneOf": (obj(home=ADDRESS), obj(home={"oneOf": [ref("Address")]})),
    "nullable wrapping": (
        obj(home={"anyOf": [ref("Address"), {"type": "null"}]}),
        obj(home={**ADDRESS, "type": ["object", "null"]}),
    ),
    "maximum on an array": (
        {"type": "array", "items": INT},
        {"type": "array", "items": INT, "maximum": 5},
    ),
    "minLength on a number": (INT, {**INT, "minLength": 3}),
    "required on a string": (TEXT, {**TEXT, "required": ["a"]}),
    "unreachable union branch": (
        {"anyOf": [TEXT, {"allOf": [TEXT, INT]}]},
        {"anyOf": [TEXT, {"allOf": [TEXT, {**INT, "minimum": 5}]}]},
    ),
    "branch that another one covers": ({"anyOf": [INT, {"type": "number"}]}, {"type": "number"}),
    "redundant required": (obj("a", a=INT), {"allOf": [obj("a", a=INT), {"required": ["a"]}]}),
    "reordered enum": ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
    "const to enum of one": ({"const": "a"}, {"enum": ["a"]}),
    "pattern spelled differently": (
        {**TEXT, "pattern": "^[0-9]+$"},
        {**TEXT, "pattern": r"^\d\d*$"},
    ),
    "bounds spelled differently": ({**INT, "exclusiveMinimum": 0}, {**INT, "minimum": 1}),
    "minItems zero": ({"type": "array"}, {"type": "array", "minItems": 0}),
    "additionalProperties true": (obj(a=INT), {**obj(a=INT), "additionalProperties": True}),
    "empty allOf member": (obj(a=INT), {"allOf": [obj(a=INT), {}]}),
    "length by pattern": (
        {**TEXT, "pattern": "^.{3}$"},
        {**TEXT, "pattern": "^.{3}$", "maxLength": 3},
    ),
    "deprecated and described": (
        obj(a=INT),
        obj(a={**INT, "deprecated": True, "description": "d"}),
    ),
}


@pytest.mark.parametrize("flow", Flow)
@pytest.mark.parametrize("name", FALSE_ALARMS)
def test_says_the_same_in_other_words(judge, name, flow):
    old, new = FALSE_ALARMS[name]
    both = (COMPONENTS, COMPONENTS)
    assert isinstance(judge(old, new, flow=flow, components=both), Proven)
    assert isinstance(judge(new, old, flow=flow, components=both), Proven)


MISSED = {
    "newly required but undeclared": (obj(a=INT), {**obj(a=INT), "required": ["b"]}, "required"),
    "date to date-time": ({**TEXT, "format": "date"}, {**TEXT, "format": "date-time"}, "format"),
    "pattern added": (TEXT, {**TEXT, "pattern": "^a"}, "pattern"),
    "items narrowed deep inside": (
        obj(rows={"type": "array", "items": obj(v={"type": "number"})}),
        obj(rows={"type": "array", "items": obj(v=INT)}),
        "type",
    ),
    "arm of a union narrowed": (
        {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
        {"anyOf": [TEXT, {"type": "array", "items": TEXT, "maxItems": 3}]},
        "maxItems",
    ),
    "two harmless limits that exclude each other": (
        {**INT, "minimum": 0, "maximum": 10},
        {"allOf": [{**INT, "minimum": 0}, {"not": {"minimum": 5, "maximum": 5}}]},
        "not",
    ),
    "null no longer taken": ({"type": ["string", "null"]}, TEXT, "type"),
    "an optional property that can no longer be left out": (
        {**obj(a=INT, b=INT), "dependentRequired": {}},
        {**obj(a=INT, b=INT), "dependentRequired": {"a": ["b"]}},
        "dependentRequired",
    ),
    "type of a map's values": (
        {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
        {"type": "object", "additionalProperties": TEXT},
        "type",
    ),
}


@pytest.mark.parametrize("name", MISSED)
def test_breaks(judge, name):
    old, new, keyword = MISSED[name]
    verdict = judge(old, new)
    assert isinstance(verdict, Refuted)
    assert verdict.keyword == keyword


@pytest.mark.parametrize("name", MISSED)
def test_and_breaks_responses_the_other_way_round(judge, name):
    old, new, keyword = MISSED[name]
    verdict = judge(old, new, flow=Flow.RESPONSE)
    assert isinstance(verdict, Refuted)
    assert verdict.keyword == keyword


def test_response_pattern_removed(judge):
    verdict = judge(TEXT, {**TEXT, "pattern": "^[A-Z]+$"}, flow=Flow.RESPONSE)
    assert isinstance(verdict, Refuted)


def test_a_oneof_whose_arms_overlap_entirely_is_read_as_it_is_meant(judge):
    # Strictly, neither schema admits any object with an id: every one satisfies both arms.
    old = {"oneOf": [obj("id", id=INT, a=INT), obj("id", id=INT, b=INT)]}
    new = {"oneOf": [obj("id", id=TEXT, a=INT), obj("id", id=TEXT, b=INT)]}
    verdict = judge(old, new)
    assert isinstance(verdict, Refuted)
    assert verdict.keyword in {"type", "oneOf"}
    assert any("oneOf was read as anyOf" in reading for reading in verdict.readings)


def test_what_is_unsatisfiable_is_compatible_and_said_to_be(judge):
    assert judge({"allOf": [TEXT, INT]}, {"type": "object"}) == Proven(vacuous=True)


def test_self_comparison_in_3_0(judge):
    schema = {"allOf": [ref("Address")], "nullable": True, "example": {"city": "x"}}
    components = {"Address": ADDRESS}
    verdict = judge(schema, {**schema, "title": "t"}, versions=V30, components=(components,) * 2)
    assert isinstance(verdict, Proven)
