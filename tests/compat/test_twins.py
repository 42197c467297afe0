"""Paths that differ by the names of their parameters alone, as real contracts have them."""

from __future__ import annotations

import json
from datetime import date

import pytest
from wireproof.compat.finding import Tier, Verdict
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.ir.build import build
from wireproof.source.parse import parse


def operation(*required: str) -> dict:
    body = {"type": "object", "required": list(required)}
    content = {"application/json": {"schema": body}}
    return {
        "post": {
            "requestBody": {"required": True, "content": content},
            "responses": {"204": {"description": "done"}},
        }
    }


def contract(paths):
    for path, item in paths.items():
        name = path.partition("{")[2].partition("}")[0]
        item["parameters"] = [
            {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        ]
    whole = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": paths}
    return build(parse("c.json", json.dumps(whole).encode()).document)


def broken(base, head):
    found = judge(contract(base), contract(head), Policy(today=date(2026, 1, 1)))
    return [f.rule for f in found if f.tier is Tier.WIRE and f.verdict is not Verdict.COMPATIBLE]


X, Y, Z = "/a/{x}", "/a/{y}", "/a/{z}"


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ({X: operation("p"), Y: operation("q")}, {Y: operation("q"), X: operation("p")}, []),
        ({X: operation("p"), Y: operation()}, {X: operation("p"), Z: operation()}, []),
        ({X: operation()}, {Z: operation(), Y: operation("q")}, []),
        ({X: operation("p")}, {X: operation("p"), Y: operation("q")}, []),
        ({X: operation("p"), Y: operation("p")}, {X: operation("p")}, []),
        (
            {X: operation(), Y: operation("q")},
            {X: operation(), Y: operation("q", "r")},
            ["property-became-required"],
        ),
        ({X: operation("p"), Y: operation()}, {X: operation("p")}, ["property-became-required"]),
    ],
)  # fmt: skip
def test_each_path_is_held_against_its_own_successor(base, head, expected):
    assert broken(base, head) == expected
