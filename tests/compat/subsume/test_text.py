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
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_text_can_be_is_not_proven(judge, name):
    assert not isinstance(judge(*REFUSED[name], text=True), Proven)


def test_alternatives_that_overlap_are_not_decided(judge):
    ours = {"oneOf": [TEXT, INT]}
    theirs = {"oneOf": [TEXT, {**TEXT, "pattern": "b$"}, INT]}
    assert isinstance(judge(ours, theirs, text=True), Unproven)
    assert isinstance(judge(ours, {**ours, "title": "t"}, text=True), Proven)
    assert isinstance(judge(INT, ours, text=True), Proven)
