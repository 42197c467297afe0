"""Readings of what JSON Schema leaves open, and what is confirmed when."""

import pytest
from wireproof.compat.subsume import Flow, Options, Proven, Prover, Refuted, Unproven
from wireproof.compat.subsume.verdicts import Claimed
from wireproof.ir.schema import SchemaId

TEXT = {"type": "string"}
METHOD = {**TEXT, "format": "http-method"}
X = SchemaId("#/components/schemas/X")


def test_listed_values_have_the_unknown_format_beside_them(judge):
    both, one = {**METHOD, "enum": ["GET", "PUT"]}, {**METHOD, "enum": ["GET"]}
    assert isinstance(judge(one, both), Proven)
    verdict = judge(both, one)
    assert isinstance(verdict, Refuted)
    assert verdict.witness == "PUT"


def test_an_unknown_format_by_itself_stays_open(judge):
    assert isinstance(judge(TEXT, METHOD), Unproven)


def test_text_may_be_a_string_to_one_arm_and_a_number_to_another(judge):
    choice = {"oneOf": [TEXT, {"type": "number"}]}
    assert isinstance(judge(TEXT, choice, text=True), Proven)
    assert isinstance(judge(choice, choice | {"title": "t"}, text=True), Proven)
    assert isinstance(judge(TEXT, {"oneOf": [{"type": "number"}]}, text=True), Refuted)


@pytest.mark.parametrize("bound", [257, 5_000])
def test_long_words_of_patterns_and_formats(judge, bound):
    sender = {**TEXT, "format": "uri", "pattern": "^https://"}
    verdict = judge(sender, {**sender, "maxLength": bound})
    assert isinstance(verdict, Refuted)
    assert len(verdict.witness) == bound + 1


def test_scalars_are_solved_by_meaning_whatever_they_are_called(judge):
    names = [f"p{n}" for n in range(400)]
    base = {name: {**TEXT, "minLength": 2, "title": name} for name in names}
    head = {name: {**TEXT, "minLength": 2, "description": name} for name in names}
    wide = {"type": "object", "properties": base, "required": names}
    verdict = judge(wide, {**wide, "properties": head}, steps=4_000)
    assert verdict == Proven()
    head["p7"] = {**TEXT, "minLength": 3}
    assert isinstance(judge(wide, {**wide, "properties": head}, steps=4_000), Refuted)


def test_a_refutation_is_confirmed_when_it_is_to_be_shown(make_contract):
    base = make_contract({"X": TEXT}).schemas
    head = make_contract({"X": {**TEXT, "minLength": 1}}).schemas
    prover = Prover(base, head, Flow.REQUEST, Options())
    claim = prover.decide(X, X)
    assert isinstance(claim, Claimed)
    assert claim.value() == ""
    confirmed = claim.confirm()
    assert isinstance(confirmed, Refuted)
    assert confirmed is prover.prove(X, X)
    assert prover.refutes(X, X, "a") is None
