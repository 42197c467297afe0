"""Witnesses of whole answers are of the contracts as they are, and blame what is to blame."""

import jsonschema
from wireproof.compat.finding import Side, Verdict

TEXT = {"type": "string"}


def record(schema):
    return {"type": "object", "properties": {"name": schema}, "required": ["name"]}


def test_a_witness_tells_the_schemas_apart_that_were_written(findings, api):
    before = record({"type": ["string", "integer"], "maxLength": 9})
    after = record({"type": "string", "maxLength": 5})
    found = findings(api(before), api(after))
    breaks = [f for f in found if f.verdict is Verdict.BREAKING and f.side is Side.REQUEST]
    assert {f.rule for f in breaks} == {"type-changed", "length-changed"}
    for finding in breaks:
        value = {"name": finding.witness.value}
        assert jsonschema.Draft202012Validator(before).is_valid(value)
        assert not jsonschema.Draft202012Validator(after).is_valid(value)
        assert jsonschema.Draft202012Validator(before).is_valid(finding.whole.value)


def test_a_type_that_moved_into_a_union_is_innocent_where_the_union_grew(findings, api):
    found = findings(
        api(record(TEXT), openapi="3.0.3"), api(record({"anyOf": [TEXT, {"type": "null"}]}))
    )
    answers = [f for f in found if f.side is Side.RESPONSE and f.verdict is not Verdict.COMPATIBLE]
    assert all(f.verdict is Verdict.BREAKING for f in answers)
    assert "type-changed" not in {f.rule for f in answers}
    assert any(f.witness.value is None for f in answers)


def test_long_whole_messages_are_left_to_machines(findings, api):
    names = [f"property_{n}" for n in range(200)]
    wide = {"type": "object", "properties": dict.fromkeys(names, TEXT), "required": names}
    (finding,) = [
        f
        for f in findings(
            api(wide),
            api({**wide, "properties": {**wide["properties"], names[3]: {**TEXT, "minLength": 1}}}),
        )
        if f.verdict is Verdict.BREAKING
    ]
    assert finding.whole_within(1_000) is None
    assert len(finding.whole.value) == 200
