from __future__ import annotations

import ast
import keyword
import warnings
from decimal import Decimal

import pydantic
import pytest
from hypothesis import given
from hypothesis import strategies as st
from wireproof.emit.python.models import RESERVED_FIELDS
from wireproof.emit.python.text import (
    distinct,
    docstring,
    first_sentence,
    identifier,
    literal,
    quoted,
    type_identifier,
)
from wireproof.source.node import Json

HOSTILE = [
    "",
    " ",
    "_",
    "__init__",
    "__proto__",
    "None",
    "class",
    "import",
    "Decimal",
    "self",
    "model_config",
    "9lives",
    "a-b",
    "a b",
    "étage",
    "日本",
    "\u202egnirts",
    "x\u200by",
    "ﬁeld",
    '"""',
    "\\",
    "'; import os; '",
    "a\nb",
    "🚀",
    "$filter",
    "@type",
    "-1",
    "+1",
    "print",
    "async",
    "match",
]
TEXT = st.text(max_size=60) | st.sampled_from(HOSTILE)
JSON: st.SearchStrategy[Json] = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@given(TEXT)
def test_identifiers_are_identifiers(name: str) -> None:
    found = identifier(name)
    assert found.isidentifier()
    assert not keyword.iskeyword(found)
    assert not found.startswith("_")
    assert ast.parse(f"{found} = 1").body


@given(TEXT)
def test_type_identifiers_are_identifiers(name: str) -> None:
    found = type_identifier(name)
    assert found.isidentifier()
    assert not keyword.iskeyword(found)
    assert not found.startswith("_")


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("clientOrderID", "client_order_id"),
        ("class", "class_"),
        ("None", "none"),
        ("", "value"),
        ("9lives", "value_9lives"),
        ("+1", "value_1"),
        ("@type", "type"),
        ("__proto__", "proto"),
        ("étage", "étage"),
        ("\u202egnirts", "gnirts"),
    ],
)
def test_spelling(name: str, found: str) -> None:
    assert identifier(name) == found


@pytest.mark.parametrize("name", ["copy", "json", "model_config", "schema", "str", "dt", "class"])
def test_fields_stay_clear_of_pydantic_and_of_annotations(name: str) -> None:
    assert identifier(name, reserved=RESERVED_FIELDS) == f"{name}_"


def test_the_list_of_pydantic_s_names_is_complete() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        public = {name for name in dir(pydantic.BaseModel) if not name.startswith("_")}
    assert public <= RESERVED_FIELDS


def test_collisions_are_numbered_from_two() -> None:
    taken: list[str] = []
    for _ in range(3):
        taken.append(distinct("a_", taken))
    assert taken == ["a_", "a_2", "a_3"]


@given(JSON)
def test_literals_evaluate_to_their_value(value: Json) -> None:
    text = literal(value)
    assert "\n" not in text
    assert ast.literal_eval(text) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [(Decimal("1.50"), "1.50"), (Decimal("1E+3"), "1E+3"), (Decimal("NaN"), '"NaN"')],
)
def test_decimals_keep_their_digits(value: Decimal, text: str) -> None:
    assert literal(value) == text


@given(TEXT)
def test_strings_hide_nothing(text: str) -> None:
    spelled = quoted(text)
    assert ast.literal_eval(spelled) == text
    assert spelled.isprintable()


@given(st.lists(TEXT, max_size=4), st.sampled_from(["", "    ", "        "]))
def test_docstrings_end_where_they_should(paragraphs: list[str], indent: str) -> None:
    text = docstring(*paragraphs, indent=indent)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        tree = ast.parse(f"if True:\n{indent}    x = 1\n" if not text else _module(text, indent))
    if text:
        assert len(tree.body) == 1
        last = tree.body[0]
        while isinstance(last, ast.If):
            assert len(last.body) == 1
            last = last.body[0]
        assert isinstance(last, ast.Expr)
        assert isinstance(last.value, ast.Constant)
        assert isinstance(last.value.value, str)


def _module(text: str, indent: str) -> str:
    levels = len(indent) // 4
    heads = "".join(f"{'    ' * level}if True:\n" for level in range(levels))
    return heads + text


@pytest.mark.parametrize(
    "hostile",
    ['""" + __import__("os") + """', "\\", 'ends with "', "a\\", '"', "\u202e evil", "\x00 nul"],
)
def test_a_docstring_cannot_be_left(hostile: str) -> None:
    text = docstring(hostile)
    assert isinstance(ast.literal_eval(text.strip()), str)
    assert "\u202e" not in text
    assert "\x00" not in text


def test_a_docstring_keeps_lists_and_wraps_long_lines() -> None:
    long = "word " * 40
    assert docstring("Head.", f"- one\n- {long}\n\n    code") == (
        '"""Head.\n\n- one\n- '
        + ("word " * 19).strip()
        + "\n  "
        + ("word " * 19).strip()
        + "\n  word word\n\n    code\n"
        + '"""\n'
    )


def test_lines_stay_within_the_width() -> None:
    for length in range(80, 120):
        for line in docstring("x " * (length // 2), indent="    ").splitlines():
            assert len(line) <= 100


def test_first_sentence() -> None:
    assert first_sentence("One thing. Another.\n\nMore.") == "One thing."
    assert first_sentence("") == ""
