"""Cycles, depth, volume and budgets: the proof ends, and ends the same way every time."""

import copy
import json
import subprocess
import sys
from typing import Any

import pytest
from wireproof.compat.subsume import Flow, Options, Proven, Prover, Refuted, Unproven
from wireproof.ir.schema import SchemaId

TEXT = {"type": "string"}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def described(components: dict[str, Any]) -> dict[str, Any]:
    """The same contract in other words: nothing is equal as written."""
    return {name: {**schema, "description": "d"} for name, schema in components.items()}


def mutual(count: int = 250, references: int = 5) -> dict[str, Any]:
    """Schemas that all refer to each other."""
    found = {}
    for index in range(count):
        links = {f"r{k}": ref(f"S{(index * 7 + k * 13 + 1) % count}") for k in range(references)}
        found[f"S{index}"] = {"type": "object", "properties": {"id": TEXT, **links}}
    return found


@pytest.fixture
def prover(make_contract):
    def make(sender: dict[str, Any], receiver: dict[str, Any], **options: Any) -> Prover:
        ours, theirs = make_contract(sender).schemas, make_contract(receiver).schemas
        return Prover(ours, theirs, Flow.REQUEST, Options(**options))

    return make


def ask(prover: Prover, name: str) -> Any:
    schema_id = SchemaId(f"#/components/schemas/{name}")
    verdict = prover.prove(schema_id, schema_id)
    assert prover.rejected == []
    return verdict


def test_a_tree_implies_itself(prover):
    tree = {
        "T": {
            "type": "object",
            "properties": {"v": TEXT, "kids": {"type": "array", "items": ref("T")}},
        }
    }
    assert isinstance(ask(prover(tree, described(tree)), "T"), Proven)


def test_a_narrower_leaf_is_found_at_the_top(prover):
    tree = {"T": {"type": "object", "properties": {"kid": ref("T"), "v": TEXT}}}
    narrow = {
        "T": {"type": "object", "properties": {"kid": ref("T"), "v": {**TEXT, "maxLength": 2}}}
    }
    verdict = ask(prover(tree, narrow), "T")
    assert isinstance(verdict, Refuted)
    assert verdict.witness == {"v": "aaa"}
    assert isinstance(ask(prover(narrow, tree), "T"), Proven)


def test_unrolling_a_cycle_changes_nothing(prover):
    once = {"L": {"type": "object", "properties": {"next": ref("L")}}}
    twice = {
        "L": {"type": "object", "properties": {"next": ref("M")}},
        "M": {"type": "object", "properties": {"next": ref("L")}, "title": "other"},
    }
    assert isinstance(ask(prover(once, twice), "L"), Proven)
    assert isinstance(ask(prover(twice, once), "L"), Proven)


def test_a_value_that_would_have_to_be_infinite_does_not_exist(prover):
    endless = {"E": {"type": "object", "properties": {"next": ref("E")}, "required": ["next"]}}
    verdict = ask(prover(endless, {"E": {"type": "integer"}}), "E")
    assert verdict == Proven(vacuous=True)


def test_an_assumption_that_fails_takes_its_consequences_along(prover):
    # A and B need each other; that B fails is only seen after A has been taken for granted in it.
    def pair(limit: dict[str, Any]) -> dict[str, Any]:
        return {
            "A": {"type": "object", "properties": {"b": ref("B"), "c": ref("C")}},
            "B": {"type": "object", "properties": {"a": ref("A")}},
            "C": {"type": "object", "properties": {"b": ref("B"), "v": {**TEXT, **limit}}},
        }

    asked = prover(pair({}), pair({"maxLength": 1}))
    for name in ("A", "B", "C"):
        verdict = ask(asked, name)
        assert isinstance(verdict, Refuted), name
        assert verdict.keyword == "maxLength"


def test_schemas_that_apply_themselves_in_place_end(prover):
    loop = {"A": {"allOf": [ref("B")]}, "B": {"anyOf": [ref("A"), TEXT]}}
    assert not isinstance(ask(prover(loop, described(loop)), "A"), Refuted)


@pytest.mark.parametrize("change", [{}, {"maxLength": 5}])
def test_250_mutually_recursive_schemas(prover, change):
    base, head = mutual(), described(mutual())
    head["S100"]["properties"] = {**head["S100"]["properties"], "id": {**TEXT, **change}}
    asked = prover(base, head)
    verdicts = [ask(asked, name) for name in base]
    expected = Refuted if change else Proven
    assert all(isinstance(verdict, expected) for verdict in verdicts)
    if change:
        assert {verdict.receiver for verdict in verdicts} == {
            SchemaId("#/components/schemas/S100/properties/id")
        }
        assert max(verdict.pointer.count("/") for verdict in verdicts) <= 7


def test_a_chain_of_thousands(prover):
    length = 1_500
    chain: dict[str, Any] = {
        f"S{i}": {"type": "object", "properties": {"n": ref(f"S{i + 1}")}} for i in range(length)
    }
    chain[f"S{length}"] = TEXT
    wider = {**chain, f"S{length}": {"type": ["string", "null"]}}
    assert isinstance(ask(prover(chain, wider), "S0"), Proven)
    verdict = ask(prover(wider, chain), "S0")
    assert isinstance(verdict, Unproven)
    assert "nests deeper" in verdict.reasons[0].text


def arms(count: int, extra: dict[str, Any]) -> dict[str, Any]:
    """A union whose arms nothing tells apart."""
    found: dict[str, Any] = {
        f"S{i}": {
            "type": "object",
            "required": ["id", f"p{i}"],
            "properties": {"id": TEXT, f"p{i}": {"type": "integer", **extra}, "x": ref("U")},
            "additionalProperties": False,
        }
        for i in range(count)
    }
    return {**found, "U": {"oneOf": [ref(f"S{i}") for i in range(count)]}}


def test_a_union_of_many_arms_is_decided_within_the_budget(prover):
    assert isinstance(ask(prover(arms(20, {}), described(arms(20, {}))), "U"), Proven)
    verdict = ask(prover(arms(20, {}), arms(20, {"minimum": 0})), "U")
    assert isinstance(verdict, Refuted)
    assert len(verdict.witness) == 2


def test_the_budget_counts_steps(prover):
    base, head = arms(6, {}), described(arms(6, {"minimum": 0}))
    verdict = ask(prover(head, base, steps=30), "U")
    assert isinstance(verdict, Unproven)
    assert verdict.reasons[0].text == "the step budget was used up"
    assert isinstance(ask(prover(head, base), "U"), Proven)


def test_a_verdict_does_not_depend_on_earlier_questions(prover):
    base, head = mutual(20), mutual(20)
    head["S3"] = copy.deepcopy(head["S3"])
    head["S3"]["properties"]["id"]["maxLength"] = 5
    asked = prover(base, head)
    together = [type(ask(asked, name)) for name in base]
    alone = [type(ask(prover(base, head), name)) for name in base]
    assert together == alone


SCRIPT = """
import json, sys
from wireproof.compat.subsume import Flow, Prover
from wireproof.ir.build import build
from wireproof.source.document import Document
documents = json.load(sys.stdin)
sender, receiver = (build(Document("c", each)) for each in documents)
prover = Prover(sender.schemas, receiver.schemas, Flow.REQUEST)
for name in documents[0]["components"]["schemas"]:
    print(prover.prove("#/components/schemas/" + name, "#/components/schemas/" + name))
"""


def test_two_hash_seeds_give_the_same_verdicts():
    def document(components: dict[str, Any]) -> dict[str, Any]:
        info = {"title": "t", "version": "1"}
        return {
            "openapi": "3.1.0",
            "info": info,
            "paths": {},
            "components": {"schemas": components},
        }

    base, head = {**arms(5, {}), **mutual(12)}, {**arms(5, {"minimum": 0}), **mutual(12)}
    base["Map"] = {"type": "object", "minProperties": 2, "additionalProperties": {"enum": [1, "a"]}}
    head["Map"] = {"type": "object", "patternProperties": {"^b": False, "^c": TEXT}}
    outputs = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=json.dumps([document(base), document(head)]),
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(outputs) == 1
    assert "Refuted" in outputs.pop()
