"""Pairs of contracts by kind of change: what must stop the gate stops it, and nothing else does."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
from wireproof.cli.documentation import upgrade
from wireproof.compat.finding import Tier, Verdict
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.diagnostics import Severity
from wireproof.ir.build import build
from wireproof.source.parse import parse

FILE = Path(__file__).parent / "pairs.yaml"
PAIRS = parse("pairs.yaml", FILE.read_bytes()).document.root.value
METHODS = {"get", "post"}


def answered(value):
    """Every operation with responses: those that state none answer 200."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key in METHODS:
                inner.setdefault("responses", {"200": {"description": "ok"}})
            answered(inner)
    return value


def contract(side, document):
    head = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}
    whole = {**head, **answered(deepcopy(document))}
    built = build(parse(f"{side}.json", json.dumps(whole).encode()).document)
    assert not [one for one in built.diagnostics if one.severity is Severity.ERROR]
    return built


def judged(pair):
    policy = Policy(today=date(2026, 1, 1), notice=pair.get("notice", {}))
    return judge(contract("base", pair["base"]), contract("head", pair["head"]), policy)


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_a_pair_is_judged_as_it_must_be(pair):
    found = judged(pair)
    errors = [f for f in found if f.severity is Severity.ERROR and f.tier is not Tier.SDK]
    assert bool(errors) == pair["gates"], [(f.rule, f.message) for f in found]
    for finding in errors:
        assert upgrade(finding.rule, finding.side.value if finding.side else ""), finding
        assert finding.place is not None, finding


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair["name"])
def test_no_contract_of_a_pair_differs_from_itself(pair):
    for side in ("base", "head"):
        same = {**pair, "base": pair[side], "head": pair[side]}
        assert [f for f in judged(same) if f.verdict is not Verdict.COMPATIBLE] == []


def test_names_are_told_apart():
    names = [pair["name"] for pair in PAIRS]
    assert len(set(names)) == len(names) > 140
