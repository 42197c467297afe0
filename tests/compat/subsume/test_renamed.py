"""Contracts that call the same components by other names."""

import pytest
from wireproof.compat.subsume import Flow, Proven, Refuted

TEXT = {"type": "string"}
HUGE = {"type": "array", "minItems": 30_000, "items": TEXT}


def refer(name):
    return {"$ref": f"#/components/schemas/{name}"}


def tagged(**members):
    return {"type": "object", "required": ["k"], "properties": {"k": TEXT, **members}}


def union(*names, mapping=None):
    told = {"propertyName": "k"} | ({"mapping": mapping} if mapping else {})
    return {"oneOf": [refer(name) for name in names], "discriminator": told}


SAME = {
    "a cycle": (
        refer("A"),
        {"A": {"type": "object", "properties": {"b": refer("B")}}, "B": {"allOf": [refer("A")]}},
        {"C": {"type": "object", "properties": {"b": refer("D")}}, "D": {"allOf": [refer("C")]}},
        refer("C"),
    ),
    "a list that is too large to build": (refer("A"), {"A": HUGE}, {"B": HUGE}, refer("B")),
    "a union with a mapping": (
        union("A", "B", mapping={"a": "A", "b": "B"}),
        {"A": tagged(x=HUGE), "B": tagged(y=HUGE)},
        {"C": tagged(x=HUGE), "D": tagged(y=HUGE)},
        union("C", "D", mapping={"a": "C", "b": "D"}),
    ),
}


@pytest.mark.parametrize("name", SAME)
def test_names_say_nothing(judge, name):
    ours, components, others, theirs = SAME[name]
    for flow in Flow:
        verdict = judge(ours, theirs, flow=flow, components=(components, others))
        assert isinstance(verdict, Proven)


LOOSE, STRICT = {"type": "integer"}, {"type": "integer", "minimum": 1}
OTHER = {
    "at the end of a chain": (
        refer("A"),
        {"A": {"items": refer("B")}, "B": {"allOf": [refer("C")]}, "C": LOOSE},
        {"D": {"items": refer("E")}, "E": {"allOf": [refer("F")]}, "F": STRICT},
        refer("D"),
    ),
    "within a cycle": (
        refer("A"),
        {"A": {"type": "object", "properties": {"a": refer("A"), "n": LOOSE}}},
        {"B": {"type": "object", "properties": {"a": refer("B"), "n": STRICT}}},
        refer("B"),
    ),
    "a name that is a tag": (
        union("A", "B"),
        {"A": tagged(x=LOOSE), "B": tagged(y=LOOSE)},
        {"C": tagged(x=LOOSE), "B": tagged(y=LOOSE)},
        union("C", "B"),
    ),
    "tags that changed places": (
        union("A", "B", mapping={"a": "A", "b": "B"}),
        {"A": tagged(x=LOOSE), "B": tagged(x=TEXT)},
        {"C": tagged(x=LOOSE), "D": tagged(x=TEXT)},
        union("C", "D", mapping={"a": "D", "b": "C"}),
    ),
    "a child less": (
        refer("A"),
        {"A": {"type": "array", "prefixItems": [LOOSE]}},
        {"B": {"type": "array", "prefixItems": [LOOSE, STRICT]}},
        refer("B"),
    ),
    "names of properties": (
        refer("A"),
        {"A": {"properties": {"a": LOOSE, "b": STRICT}}},
        {"B": {"properties": {"a": LOOSE, "c": STRICT}}},
        refer("B"),
    ),
}


@pytest.mark.parametrize("name", OTHER)
def test_what_differs_behind_other_names_is_found(judge, name):
    ours, components, others, theirs = OTHER[name]
    verdict = judge(ours, theirs, components=(components, others), open_world=True)
    assert isinstance(verdict, Refuted)
