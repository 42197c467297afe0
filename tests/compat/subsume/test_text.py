"""Parameters are text on the wire."""

import pytest
from wireproof.compat.subsume import Proven, Refuted, Unproven

INT = {"type": "integer"}
TEXT = {"type": "string"}
ARRAY = {"type": "array"}


@pytest.mark.parametrize(
    ("sender", "receiver"),
    [
        (INT, TEXT),
        ({**INT, "minimum": 1}, TEXT),
        ({"type": "boolean"}, TEXT),
        ({"type": "number"}, {"type": ["string", "null"]}),
        ({**TEXT, "enum": ["1", "2"]}, INT),
        ({"enum": [1, 2]}, {**TEXT, "enum": ["1", "2", "3"]}),
        ({"enum": [True]}, {"enum": ["true", "false"]}),
        ({**TEXT, "pattern": r"^[1-9]\d{0,3}$"}, INT),
        ({**ARRAY, "items": INT}, {**ARRAY, "items": TEXT}),
        (INT, INT | {"title": "t"}),
    ],
)
def test_widens(judge, sender, receiver):
    assert isinstance(judge(sender, receiver, text=True), Proven)


@pytest.mark.parametrize(
    ("sender", "receiver"),
    [
        (TEXT, INT),
        (TEXT, {"type": "boolean"}),
        ({"type": "number"}, INT),
        ({"enum": ["1", "x"]}, INT),
        ({**INT, "maximum": 9}, {**INT, "maximum": 8}),
        (INT, {"enum": ["1", "2"]}),
        ({**ARRAY, "items": TEXT}, {**ARRAY, "items": INT}),
        (TEXT, {**TEXT, "maxLength": 3}),
    ],
)
def test_narrows(judge, sender, receiver):
    verdict = judge(sender, receiver, text=True)
    assert isinstance(verdict, Refuted)
    assert isinstance(judge(sender, receiver), Refuted)


def test_as_json_a_number_is_no_string(judge):
    assert isinstance(judge(INT, TEXT), Refuted)


def test_limits_across_types_are_tried_and_otherwise_named(judge):
    assert isinstance(judge(INT, {**TEXT, "maxLength": 0}, text=True), Refuted)
    verdict = judge(INT, {**TEXT, "pattern": r"^-?\d+$"}, text=True)
    assert isinstance(verdict, Unproven)
    assert "parameter whose type changes" in verdict.reasons[0].text


REFUSED = {
    "listed, but of another type": ({"enum": ["a", 0]}, {"enum": ["a", 0], "type": "integer"}),
    "listed, but no scalar": ({"const": "a"}, {"const": "a", "type": "object"}),
    "two types at once": (INT, {"allOf": [INT, {"type": "boolean"}]}),
    "a type, and a pattern beside it": (INT, {"allOf": [TEXT, {"pattern": "^x"}]}),
    "a type, and a format beside it": (INT, {"allOf": [TEXT, {"format": "date"}]}),
    "a type, and a limit that some pass": (INT, {"allOf": [TEXT, {"maxLength": 2}]}),
    "the same, one level down": (INT, {"anyOf": [{"allOf": [TEXT, {"pattern": "^x"}]}]}),
    "patterns to choose from": (INT, {**TEXT, "anyOf": [{"pattern": "^x"}, {"maxLength": 0}]}),
    "allOf that excludes the type": (INT, {**INT, "allOf": [TEXT]}),
    "anyOf that excludes the type": (INT, {**INT, "anyOf": [TEXT, {"type": "boolean"}]}),
    "a condition": (INT, {"if": TEXT, "then": {"pattern": "a"}, "else": TEXT}),
    "listed as text, too small": ({"enum": ["1", "9"]}, {**INT, "enum": [1, 9], "minimum": 5}),
    "listed as a number, no such text": ({"enum": [1]}, {**TEXT, "enum": ["1"], "pattern": "^a"}),
    "items, in two schemas": (
        {**ARRAY, "items": INT},
        {"allOf": [{**ARRAY, "items": TEXT}, {"items": {"pattern": "a"}}]},
    ),
    "items that must be two things": (
        {**ARRAY, "items": INT},
        {**ARRAY, "items": {"allOf": [TEXT, {"pattern": "a"}]}},
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_text_can_be_is_not_proven(judge, name):
    assert not isinstance(judge(*REFUSED[name], text=True), Proven)


AS_IT_IS = {
    "wrapped": (INT, {"allOf": [TEXT], "description": "t"}),
    "a wider limit beside the type": (
        {"allOf": [INT, {"minimum": 1}]},
        {"allOf": [INT, {"minimum": 0}]},
    ),
    "each type with its limits": (
        {"type": ["integer", "string"], "anyOf": [{**INT, "minimum": 1}, {**TEXT, "pattern": "a"}]},
        {"type": ["integer", "string"], "anyOf": [{**INT, "minimum": 0}, {**TEXT, "pattern": "a"}]},
    ),
    "a limit of another type": (INT, {**TEXT, "minimum": 10}),
}


@pytest.mark.parametrize("name", AS_IT_IS)
def test_what_needs_one_reading_only_is_proven(judge, name):
    assert isinstance(judge(*AS_IT_IS[name], text=True), Proven)


def test_a_break_beside_the_type_names_its_keyword(judge):
    verdict = judge({"allOf": [INT]}, {"allOf": [INT, {"minimum": 1}]}, text=True)
    assert isinstance(verdict, Refuted)
    assert verdict.keyword == "minimum"


def test_what_another_reading_may_save_is_not_refuted(judge):
    """`0` is no integer from 1 on, but it is a string."""
    chosen = {"type": ["integer", "string"]}
    verdict = judge(chosen, {**chosen, "minimum": 1}, text=True)
    assert isinstance(verdict, Unproven)
    assert "read otherwise" in verdict.reasons[0].text
    assert isinstance(judge(INT, {"not": TEXT}, text=True), Unproven)
    assert isinstance(judge(TEXT, {**chosen, "maxLength": 1}, text=True), Refuted)


def test_alternatives_that_overlap_are_not_decided(judge):
    ours = {"oneOf": [TEXT, INT]}
    theirs = {"oneOf": [TEXT, {**TEXT, "pattern": "b$"}, INT]}
    assert isinstance(judge(ours, theirs, text=True), Unproven)
    assert isinstance(judge(ours, {**ours, "title": "t"}, text=True), Proven)
    assert isinstance(judge(INT, ours, text=True), Proven)
