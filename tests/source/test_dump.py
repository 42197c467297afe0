"""Dumped text means what was dumped, to every parser."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from wireproof.source.dump import dump_json, dump_yaml
from wireproof.source.parse import parse

texts = st.one_of(
    st.text(max_size=25),
    st.text(st.sampled_from("ab:#-?{}[]&*!|>'\"%@`, \n\t=~"), max_size=10),
    st.sampled_from(
        [
            "on",
            "No",
            "y",
            "~",
            "null",
            "1",
            "0x1",
            "1e3",
            "1_000",
            "12:30",
            "2020-01-02",
            "",
            "<<",
            "=",
            "x\n",
            "x\n\ny",
            "\nx",
            " x\ny",
            "x\ty",
            "x\n\n\n",
            "---",
            "...",
            "a: b",
            "a #b",
        ]
    ),
).filter(lambda text: not any("\ud800" <= char <= "\udfff" for char in text))
scalars = st.one_of(
    texts,
    st.integers(),
    st.booleans(),
    st.none(),
    st.floats(allow_nan=False, allow_infinity=False),
)
data = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)


def same(left, right):
    """Equal, with 1, 1.0 and True told apart."""
    return left == right and repr(left) == repr(right)


@settings(max_examples=400, deadline=None)
@given(data)
def test_yaml_reads_back_as_it_was(value):
    text = dump_yaml(value)
    assert same(parse("out.yaml", text.encode()).document.root.value, value) or not text.strip()


@settings(max_examples=400, deadline=None)
@given(data)
def test_a_parser_of_yaml_1_1_agrees(value):
    assert same(yaml.load(dump_yaml(value), Loader=yaml.CSafeLoader), value)


@settings(max_examples=200, deadline=None)
@given(data)
def test_json_reads_back_as_it_was(value):
    text = dump_json(value)
    assert same(json.loads(text), value)
    assert same(parse("out.json", text.encode()).document.root.value, value)


EXACT = [Decimal("0.1000000000000000000001"), 2**70, -(2**64), 2**63, 1.0, 1, 1e16, 1e-7, 1e22]


@pytest.mark.parametrize("dump", [dump_yaml, dump_json])
def test_numbers_stay_exact(dump):
    assert same(parse("out", dump({"a": EXACT}).encode()).document.root.value, {"a": EXACT})


def test_the_layout_is_plain():
    value = {
        "openapi": "3.1.0",
        "paths": {"/a/{id}": {"get": {"tags": ["x", {"y": [1, []]}], "ok": True}}},
        "text": "two\nlines\n",
        "$ref": "#/a",
        "200": None,
    }
    assert dump_yaml(value) == (
        "openapi: '3.1.0'\n"
        "paths:\n"
        "  /a/{id}:\n"
        "    get:\n"
        "      tags:\n"
        "        - x\n"
        "        - 'y':\n"
        "            - 1\n"
        "            - []\n"
        "      ok: true\n"
        "text: |\n"
        "  two\n"
        "  lines\n"
        "$ref: '#/a'\n"
        "'200': null\n"
    )


def test_long_keys_are_readable_everywhere():
    value = {"k" * 2000: {"a": 1}, "b": 2}
    text = dump_yaml(value)
    assert yaml.load(text, Loader=yaml.CSafeLoader) == value
    assert parse("out.yaml", text.encode()).document.root.value == value
