"""Unions whose arms move, and schemas that are wrapped: one change is one finding, in its place."""

from datetime import date

import pytest
from wireproof.compat.finding import Verdict
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.ir.build import build
from wireproof.source.document import Document

TEXT, NULL, WHOLE, NUMBER = ({"type": name} for name in ("string", "null", "integer", "number"))
A = {
    "type": "object",
    "title": "A",
    "required": ["id"],
    "properties": {"id": TEXT, "n": WHOLE},
}
B = {"type": "object", "title": "B", "required": ["to"], "properties": {"to": TEXT}}
REF = {"$ref": "#/components/schemas/A"}
P = "/properties/p"


def contract(schema, components, version="3.1.0"):
    content = {"application/json": {"schema": {"type": "object", "properties": {"p": schema}}}}
    both = {"requestBody": {"content": content}, "responses": {"200": {"description": "ok"}}}
    both["responses"]["200"]["content"] = content
    document = {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": {"/x": {"post": both}},
        "components": {"schemas": components},
    }
    return build(Document("c.json", document))


def changes(base, head, components=({"A": A}, {"A": A}), version="3.1.0"):
    """Rule, whether it breaks, side, and the end of the subject."""
    pair = [contract(*each, version) for each in zip((base, head), components, strict=True)]
    found = [
        one
        for one in judge(*pair, Policy(today=date(2026, 1, 1)))
        if not one.rule.startswith("sdk-")
    ]
    assert all(one.verdict is not Verdict.UNPROVEN for one in found)
    return {
        (one.rule, one.verdict is Verdict.BREAKING, one.side.value, one.subject[-len(P) :])
        for one in found
    }


def both(rule, breaking=""):
    """What a rule finds on both sides, and which one it breaks."""
    return {(rule, side == breaking, side, P) for side in ("request", "response")}


SILENT = {
    "wrapped in allOf": (REF, {"allOf": [REF]}),
    "wrapped with words": (REF, {"allOf": [REF], "description": "x"}),
    "wrapped in anyOf": (REF, {"anyOf": [REF]}),
    "wrapped in oneOf in place": (A, {"oneOf": [A]}),
    "arms reordered": ({"oneOf": [A, TEXT, B]}, {"oneOf": [TEXT, B, A]}),
    "an arm became a component": ({"oneOf": [A, TEXT]}, {"oneOf": [TEXT, REF]}),
    "a component and words": (REF, {"$ref": REF["$ref"], "description": "x"}),
    "all arms became a component": (
        {"allOf": [{"oneOf": [A, B]}, {"description": "x"}]},
        {"allOf": [{"$ref": "#/components/schemas/AB"}, {"description": "x"}]},
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_a_change_of_shape_is_none(name):
    components = {"A": A, "AB": {"type": "object", "oneOf": [A, B]}}
    base, head = SILENT[name]
    for pair in ((base, head), (head, base)):
        loud = [one for one in changes(*pair, (components, components)) if one[1]]
        assert loud == []


ALONE = {
    "null beside a component": (REF, {"anyOf": [REF, NULL]}, both("union-changed", "response")),
    "null beside what stands there": (A, {"oneOf": [A, NULL]}, both("union-changed", "response")),
    "null no more": ({"anyOf": [REF, NULL]}, REF, both("union-changed", "request")),
    "read-only": (REF, {"allOf": [REF], "readOnly": True}, both("access-changed")),
    "a scalar arm in front": (
        {"oneOf": [TEXT, A]},
        {"oneOf": [WHOLE, TEXT, A]},
        both("union-changed", "response"),
    ),
    "whole numbers beside numbers": (
        {"anyOf": [NUMBER, TEXT]},
        {"anyOf": [NUMBER, TEXT, WHOLE]},
        both("union-changed"),
    ),
    "no list any more, and null": (
        {**TEXT, "enum": ["a"]},
        {"anyOf": [TEXT, NULL]},
        both("union-changed", "response")
        | both("enum-value-added", "response")
        | both("type-changed"),
    ),
}


@pytest.mark.parametrize("name", ALONE)
def test_one_change_is_one_finding(name):
    base, head, expected = ALONE[name]
    assert changes(base, head) == expected


@pytest.mark.parametrize(("base", "head"), [(REF, {"allOf": [REF], "nullable": True})])
def test_null_in_the_spelling_of_3_0(base, head):
    assert changes(base, head, version="3.0.3") == both("type-changed", "response")
    assert changes(head, base, version="3.0.3") == both("type-changed", "request")


def test_a_changed_arm_is_found_where_it_went():
    """Matched by order, the text would have become an object and the object a text."""
    stricter = {**A, "required": ["id", "n"]}
    found = changes({"oneOf": [A, TEXT]}, {"oneOf": [TEXT, stricter]})
    assert {(rule, breaks, side) for rule, breaks, side, _ in found} == {
        ("property-became-required", True, "request"),
        ("property-became-required", False, "response"),
    }


def test_what_is_wrapped_is_compared_with_what_it_wraps():
    stricter = {**A, "required": ["id", "n"]}
    found = changes(REF, {"anyOf": [REF, NULL]}, ({"A": A}, {"A": stricter}))
    assert {(rule, breaks, side) for rule, breaks, side, _ in found} == {
        ("property-became-required", True, "request"),
        ("property-became-required", False, "response"),
        ("union-changed", False, "request"),
        ("union-changed", True, "response"),
    }


def renamed(value):
    """The same with other names of components."""
    if isinstance(value, list):
        return [renamed(each) for each in value]
    if not isinstance(value, dict):
        return value
    return {
        key: each.replace("schemas/", "schemas/New") if key == "$ref" else renamed(each)
        for key, each in value.items()
    }


def refer(name):
    return {"$ref": f"#/components/schemas/{name}"}


NODE = {"type": "object", "required": ["id"], "properties": {"id": TEXT, "next": refer("Node")}}
LEAF = {"allOf": [refer("Node"), {"properties": {"n": WHOLE}}]}
TREE = {"Node": NODE, "Leaf": LEAF, "Word": {**TEXT, "minLength": 1}}
NEW_TREE = {f"New{name}": renamed(schema) for name, schema in TREE.items()}
REFERRING = {
    "a reference": refer("Leaf"),
    "allOf": {"allOf": [refer("Leaf"), {"minProperties": 1}]},
    "oneOf": {"oneOf": [refer("Word"), refer("Node")]},
    "anyOf of arms that overlap": {"anyOf": [refer("Node"), refer("Leaf")]},
    "a large list": {"type": "array", "minItems": 30_000, "items": refer("Leaf")},
}


@pytest.mark.parametrize("name", REFERRING)
def test_other_names_of_components_are_no_change(name):
    schema = REFERRING[name]
    assert changes(schema, renamed(schema), (TREE, NEW_TREE)) == set()


def test_a_renamed_arm_is_compared_with_what_it_was():
    stricter = {**NEW_TREE["NewNode"], "required": ["id", "next"]}
    schema = {"oneOf": [refer("Word"), refer("Node")]}
    found = changes(schema, renamed(schema), (TREE, NEW_TREE | {"NewNode": stricter}))
    assert {(rule, breaks, side) for rule, breaks, side, _ in found} == {
        ("property-became-required", True, "request"),
        ("property-became-required", False, "response"),
    }


def test_another_arm_is_not_the_same_by_another_name():
    """Both are components of both contracts, or have little in common: nothing was renamed."""
    ours, theirs = {"anyOf": [refer("A"), refer("B")]}, {"anyOf": [refer("A"), refer("C")]}
    for components in ({"A": A, "B": B, "C": B}, {"A": A, "B": B, "C": NODE, "Node": NODE}):
        found = changes(ours, theirs, (components, components))
        assert {rule for rule, *_ in found} == {"union-changed"}


def test_the_name_of_a_component_is_its_tag_where_no_mapping_says_otherwise():
    tagged = {"type": "object", "required": ["kind"], "properties": {"kind": TEXT}}
    told = {"discriminator": {"propertyName": "kind"}}
    ours = {"oneOf": [refer("Leaf"), refer("Word")], **told}
    theirs = {"oneOf": [refer("Bud"), refer("Word")], **told}
    components = ({"Leaf": tagged, "Word": tagged}, {"Bud": tagged, "Word": tagged})
    found = changes(ours, theirs, components)
    assert {(rule, side) for rule, breaks, side, _ in found if breaks} == {
        ("union-changed", "request"),
        ("union-changed", "response"),
    }
