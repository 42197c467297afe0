"""Contract text becomes TypeScript as names, literals and comments; hostile text stays text."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wireproof.emit.typescript.text import (
    RESERVED,
    docstring,
    entry,
    identifier,
    key,
    literal,
    member,
    prose,
    type_identifier,
)

HOSTILE = [
    "*/ process.exit(1) /*",
    "`${process.exit(1)}`",
    "'; process.exit(1); '",
    '"; process.exit(1); "',
    "line\nbreak",
    "line\u2028separator\u2029",
    "\u202egnp.exe",
    "\\u0022",
    "\\",
    "\x00\x1b[31m",
    "@deprecated not really",
    "{@link evil}",
    "\ud800",
    "</script>",
]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("createOrder", "createOrder"),
        ("create_order", "createOrder"),
        ("GET /v1/orders", "gETV1Orders"),
        ("delete", "deleteValue"),
        ("new", "newValue"),
        ("type", "type"),
        ("constructor", "constructor"),
        ("2fa", "value2fa"),
        ("", "value"),
        ("---", "value"),
        ("__proto__", "proto"),
        ("größe", "größe"),
        ("注文", "注文"),
        ("Ⅳ", "iV"),
        ("a\u202eb", "aB"),
    ],
)
def test_identifier(name: str, expected: str) -> None:
    assert identifier(name).casefold() == expected.casefold()


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_no_identifier_is_reserved(name: str) -> None:
    assert identifier(name) not in RESERVED


@given(st.text())
def test_identifiers_are_identifiers(name: str) -> None:
    for spelled in (identifier(name), type_identifier(name)):
        assert spelled.replace("$", "_").isidentifier()
        assert spelled not in RESERVED


@given(st.text())
def test_text_literals_are_json_and_one_line(text: str) -> None:
    spelled = literal(text)
    assert len(spelled.splitlines()) <= 1
    assert not any(0xD800 <= ord(char) <= 0xDFFF for char in spelled)
    if "\\u{" not in spelled:
        assert json.loads(spelled) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_comments_stay_comments(text: str) -> None:
    comment = docstring(text, "and more")
    assert comment.startswith("/**")
    assert comment.count("*/") == 1
    assert comment.endswith("*/\n")
    for line in comment.split("\n")[1:-2]:
        assert line.startswith(" *")
        assert not line.removeprefix(" *").lstrip().startswith("@")
    assert "\u202e" not in comment
    assert "\u2028" not in comment


@given(st.text())
def test_comments_end_once(text: str) -> None:
    comment = docstring("Said first.", text, tags=["@deprecated"])
    assert comment.count("*/") == 1
    assert len([line for line in comment.splitlines() if line.lstrip(" *").startswith("@")]) == 1


def test_comment_layout() -> None:
    assert docstring("One line.") == "/** One line. */\n"
    assert docstring("") == ""
    assert docstring("First.", "Second.", tags=["@deprecated"], indent="  ") == (
        "  /**\n   * First.\n   *\n   * Second.\n   *\n   * @deprecated\n   */\n"
    )


def test_prose_wraps_and_keeps_code_and_tables() -> None:
    assert max(map(len, prose("word " * 60, 40))) <= 40
    code = "```\n" + "x" * 120 + "\n```"
    assert "x" * 120 in prose(code)
    assert prose("| a | b |" + " " * 200 + "|", 40) == ["| a | b |" + " " * 200 + "|"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (True, "true"),
        (None, "null"),
        (2**53 - 1, "9007199254740991"),
        (2**53, "9007199254740992n"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E-7"), "1E-7"),
        (Decimal("NaN"), '"NaN"'),
        (["a", 1], '["a", 1]'),
        ({"a": 1, "b-c": [], "__proto__": 2}, '{ a: 1, "b-c": [], ["__proto__"]: 2 }'),
        ({}, "{}"),
    ],
)
def test_literal(value: object, expected: str) -> None:
    assert literal(value) == expected


def test_keys_and_members() -> None:
    assert key("limit") == "limit"
    assert key("X-Limit") == '"X-Limit"'
    assert member("params", "a b") == 'params["a b"]'
    assert entry("limit", "limit") == "limit"
    assert entry("limit", "params.limit") == "limit: params.limit"
