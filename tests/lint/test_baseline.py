"""The baseline keeps known findings by content: lines may move."""

from __future__ import annotations

import json

import pytest
from wireproof.diagnostics import UsageError
from wireproof.lint.baseline import compare, read, write

CONTRACT = """
paths:
  /a:
    get:
      parameters:
        - {name: price, in: query, schema: {type: number}}
        - {name: fee, in: query, schema: {type: number}}
      responses: {'200': {description: ok}}
"""


def prints(found):
    return {one.fingerprint for one in found}


def test_what_is_known_is_held_back(check, tmp_path):
    found = check(CONTRACT)
    write(tmp_path / "base.json", found)
    compared = compare(found, read(tmp_path / "base.json"))
    assert (compared.new, compared.known, compared.gone) == ((), len(found), 0)


def test_lines_and_positions_in_lists_may_move(check):
    before = prints(check(CONTRACT))
    new = "- {name: new, in: query, schema: {type: string}}"
    moved = CONTRACT.replace("paths:", "# a comment\n\npaths:")
    moved = moved.replace("- {name: price", f"{new}\n        - {{name: price")
    assert prints(check(moved)) == before


def test_another_place_is_another_finding(check):
    money = {"extends": "none", "rules": {"money-decimal": "error"}}
    here, there = (
        prints(check(text, **money)) for text in (CONTRACT, CONTRACT.replace("/a", "/b"))
    )
    assert len(here) == 2
    assert here.isdisjoint(there)


def test_another_value_is_another_finding(check):
    contract = "paths: {}\ncomponents: {schemas: {A: {type: string, default: 3}}}\n"
    changed = check(contract.replace("default: 3", "default: 4"))
    assert prints(check(contract)) - prints(changed)


def test_new_and_gone_are_counted(check, tmp_path):
    write(tmp_path / "base.json", check(CONTRACT))
    less = check(
        CONTRACT.replace(
            "fee, in: query, schema: {type: number", "fee, in: query, schema: {type: string"
        )
    )
    compared = compare(less, read(tmp_path / "base.json"))
    assert (compared.new, compared.gone) == ((), 1)


def test_the_file_says_what_it_holds_and_is_the_same_each_time(check, tmp_path):
    found = check(CONTRACT)
    write(tmp_path / "1.json", found)
    write(tmp_path / "2.json", reversed(found))
    assert (tmp_path / "1.json").read_bytes() == (tmp_path / "2.json").read_bytes()
    entries = json.loads((tmp_path / "1.json").read_text())["findings"]
    assert [entry["rule"] for entry in entries] == sorted(entry["rule"] for entry in entries)
    assert any(entry["place"] == "/paths/~1a/get/parameters/0/schema/type" for entry in entries)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "is no baseline"),
        ("[]", "is no baseline"),
        ('{"version": 2}', "is of version 2"),
        ('{"version": 1, "findings": [3]}', "is no baseline"),
    ],
)
def test_a_file_that_is_no_baseline_is_a_usage_error(tmp_path, text, what):
    (tmp_path / "base.json").write_text(text)
    with pytest.raises(UsageError, match=what):
        read(tmp_path / "base.json")


def test_a_missing_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="cannot be read"):
        read(tmp_path / "gone.json")
