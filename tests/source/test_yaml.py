"""YAML 1.2: what each spelling means, held against libyaml where both read the text."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from wireproof.diagnostics import LoadError
from wireproof.source.parse import parse

SPELLINGS = {
    "words of YAML 1.1 are text": (
        "a: on\nb: no\nc: Yes\nd: y\ne: off",
        {"a": "on", "b": "no", "c": "Yes", "d": "y", "e": "off"},
    ),
    "booleans and nulls": (
        "a: true\nb: False\nc: null\nd: ~\ne:\nf: Null",
        {"a": True, "b": False, "c": None, "d": None, "e": None, "f": None},
    ),
    "integers": (
        "a: 010\nb: 0o17\nc: 0x1F\nd: -3\ne: +4\nf: 1_000",
        {"a": 10, "b": 15, "c": 31, "d": -3, "e": 4, "f": "1_000"},
    ),
    "dates and times are text": (
        "a: 2020-01-02\nb: 12:30\nc: 2020-01-02T03:04:05Z",
        {"a": "2020-01-02", "b": "12:30", "c": "2020-01-02T03:04:05Z"},
    ),
    "keys are text": (
        "200: a\nnull: b\ntrue: c\n1.5: d",
        {"200": "a", "null": "b", "true": "c", "1.5": "d"},
    ),
    "quoted keys": ("'a b': 1\n\"c\\td\": 2\n'it''s': 3", {"a b": 1, "c\td": 2, "it's": 3}),
    "quotes keep text": ("a: '1'\nb: \"true\"\nc: ''", {"a": "1", "b": "true", "c": ""}),
    "colons and hashes inside text": (
        "a: http://x.y/z:1#frag\n/p/{id}:go: b#c # comment\nc: a:b",
        {"a": "http://x.y/z:1#frag", "/p/{id}:go": "b#c", "c": "a:b"},
    ),
    "escapes": (r'a: "\u00e9\x41\n\t\"\\\/\0\e\_"', {"a": 'éA\n\t"\\/\0\x1b\xa0'}),
    "surrogate pairs": (r'a: "\ud83d\ude00 \U0001F600"', {"a": "😀 😀"}),
    "folded double quotes": ('a: "x  \n  y\n\n  z\\\n  w"', {"a": "x y\nzw"}),
    "folded single quotes": ("a: 'x\n  y\n\n  z'", {"a": "x y\nz"}),
    "folded plain": ("a: x\n  y\n\n  z # c\nb: 1", {"a": "x y\nz", "b": 1}),
    "literal": ("a: |\n  x\n   y\n\n  z\n", {"a": "x\n y\n\nz\n"}),
    "literal, stripped and kept": (
        "a: |-\n  x\n\nb: |+\n  y\n\nc: 1",
        {"a": "x", "b": "y\n\n", "c": 1},
    ),
    "literal with an indentation indicator": ("a: |2\n   x\n  y\n", {"a": " x\ny\n"}),
    "literal at the end without a line break": ("a: |\n  x", {"a": "x"}),
    "folded": ("a: >\n  x\n  y\n\n  z\n    w\n  v\n", {"a": "x y\nz\n  w\nv\n"}),
    "folded with a leading blank line": ("a: >\n\n  x\n  y\n", {"a": "\nx y\n"}),
    "a comment looks like content in a literal": (
        "a: |\n  # no comment\nb: 1",
        {"a": "# no comment\n", "b": 1},
    ),
    "sequences in mappings": ("a:\n- 1\n- 2\nb:\n  - 3\nc: 4", {"a": [1, 2], "b": [3], "c": 4}),
    "compact collections": (
        "- a: 1\n  b: 2\n- - x\n  - y\n-\n  c: 3",
        [{"a": 1, "b": 2}, ["x", "y"], {"c": 3}],
    ),
    "empty items": ("a:\n-\n- 1\n- \nb: 2", {"a": [None, 1, None], "b": 2}),
    "flow": (
        "a: [1, {b: c, d}, 'e,f', [g: h]]\ni: {}\nj: []",
        {"a": [1, {"b": "c", "d": None}, "e,f", [{"g": "h"}]], "i": {}, "j": []},
    ),
    "flow over lines": (
        "a: [1, # one\n  2,\n\n  x\n  y,\n]\nb: {c: 'd\n  e'}",
        {"a": [1, 2, "x y"], "b": {"c": "d e"}},
    ),
    "JSON inside YAML": ('a: {"b":1,"c":[true,null]}', {"a": {"b": 1, "c": [True, None]}}),
    "anchors and aliases": (
        "a: &x {b: 1}\nc: *x\nd: [*x]\ne: &y text\nf: *y",
        {"a": {"b": 1}, "c": {"b": 1}, "d": [{"b": 1}], "e": "text", "f": "text"},
    ),
    "anchor above a block": ("a: &x\n  b: 1\nc: *x", {"a": {"b": 1}, "c": {"b": 1}}),
    "merge keys": (
        "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\nc: {<<: *x}",
        {"a": {"p": 1, "q": 2}, "b": {"p": 1, "q": 3}, "c": {"p": 1, "q": 2}},
    ),
    "merge several": (
        "a: &x {p: 1}\nb: &y {p: 2, q: 2}\nc:\n  <<: [*x, *y]",
        {"a": {"p": 1}, "b": {"p": 2, "q": 2}, "c": {"p": 1, "q": 2}},
    ),
    "a quoted << is a key": ("'<<': 1", {"<<": 1}),
    "core tags": ("a: !!str 12\nb: !!int '3'\nc: !!map {d: 1}", {"a": "12", "b": 3, "c": {"d": 1}}),
    "explicit keys": ("? a\n: 1\n? b\n: - 2\n", {"a": 1, "b": [2]}),
    "directives and markers": ("%YAML 1.2\n--- # start\na: 1\n...\n", {"a": 1}),
    "comments everywhere": (
        "# top\na: 1 # one\n\n  # odd\nb: # two\n  # three\n  c: 2\n# end",
        {"a": 1, "b": {"c": 2}},
    ),
    "tabs after indicators": ("a:\t1\nb:\n-\t2\n- [3,\t4]\t# c\n", {"a": 1, "b": [2, [3, 4]]}),
    "byte order mark": ("\ufeffa: 1", {"a": 1}),
    "CRLF": ("a: 1\r\nb: |\r\n  x\r\n  y\r\n", {"a": 1, "b": "x\ny\n"}),
    "unicode": ("größe: 日本 # ok\n'ключ': 😀", {"größe": "日本", "ключ": "😀"}),
    "dashes begin text": ("a: -x\n-b: 1\nc: ---", {"a": "-x", "-b": 1, "c": "---"}),
    "trailing spaces": ("a : 1   \nb: x y   \n", {"a": 1, "b": "x y"}),
}


@pytest.mark.parametrize("name", SPELLINGS)
def test_means(name, read):
    text, value = SPELLINGS[name]
    assert read(text).root.value == value


NUMBERS = {
    "1": 1,
    "1.0": 1.0,
    "1e3": 1000.0,
    "0.1": 0.1,
    "1.10": 1.1,
    "9007199254740993": 9007199254740993,
    "-9223372036854775809": -9223372036854775809,
    "123456789012345678901234567890": 123456789012345678901234567890,
    "0.1000000000000000000001": Decimal("0.1000000000000000000001"),
    "9007199254740993.0": Decimal("9007199254740993.0"),
    "1e400": Decimal("1e400"),
    "1e-400": Decimal("1e-400"),
    "0.30000000000000004": 0.30000000000000004,
}


@pytest.mark.parametrize("form", ["a: {}", '{{"a": {}}}', '{{"a":[{}]}}', "- {}"])
@pytest.mark.parametrize("literal", NUMBERS)
def test_numbers_are_exact(form, literal, read):
    value = read(form.format(literal)).root.value
    value = value["a"] if isinstance(value, dict) else value
    value = value[0] if isinstance(value, list) else value
    assert (value, type(value)) == (NUMBERS[literal], type(NUMBERS[literal]))


def test_infinities_and_nan(read):
    value = read("[.inf, -.INF, .nan]").root.value
    assert value[:2] == [math.inf, -math.inf]
    assert math.isnan(value[2])


printable = st.characters(
    codec="utf-8",
    exclude_categories=("Cs", "Cc"),
    exclude_characters="\ufeff\ufffe\uffff\u2028\u2029\x85",
)
texts = st.one_of(
    st.text(printable, max_size=30),
    st.text(st.sampled_from("ab:#-?{}[]&*!|>'\"%@`, \n\t"), max_size=12),
    st.sampled_from(
        ["on", "~", "null", "1", "0x1", "1e3", "", " x", "x ", "a: b", "- a", "#", "<<"]
    ),
)
scalars = st.one_of(texts, st.integers(), st.booleans(), st.none(), st.floats(allow_nan=False))
data = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=20,
)
styles = st.fixed_dictionaries(
    {
        "default_flow_style": st.sampled_from([None, True, False]),
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "width": st.sampled_from([10, 40, 80, 100000]),
        "indent": st.sampled_from([2, 4, 7]),
        "allow_unicode": st.booleans(),
        "explicit_start": st.booleans(),
        "line_break": st.sampled_from(["\n", "\r\n"]),
    }
)


class Dumper(yaml.SafeDumper):
    """PyYAML's writer; no aliases, so that equal parts stay separate."""

    def ignore_aliases(self, _data):
        return True


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(texts.filter(lambda key: key != "<<"), data, min_size=1, max_size=5), styles)
def test_reads_what_pyyaml_writes_and_knows_every_place(oracle, value, style):
    text = yaml.dump(value, Dumper=Dumper, sort_keys=False, **style)
    if "? " in text and "<<" in text:
        return
    document = parse("spec.yaml", text.encode()).document
    expected, marks = oracle(text)
    assert document.root.value == expected
    for path, (key, start, node) in marks.items():
        place = document.span(path)
        assert (place.line, place.column) == (start.line + 1, start.column + 1), (text, path)
        if isinstance(node, yaml.ScalarNode) and node.style not in ("|", ">"):
            end = node.end_mark
            assert (place.end_line, place.end_column) == (end.line + 1, end.column + 1)
        place = document.span(path, key=True)
        assert (place.line, place.column) == (key.line + 1, key.column + 1), (text, path)


SEEDS = [spelling for spelling, _ in SPELLINGS.values() if "!!" not in spelling]


@st.composite
def damaged(draw):
    """YAML with a few characters removed, added or repeated."""
    text = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        piece = draw(
            st.sampled_from(
                [*"ab: \n-#'\"[]{},&*|>%@`\t\\<.1~é", "\n  ", "\n- ", ": ", "---", "<<: "]
            )
        )
        text = text[:at] + piece + text[at + draw(st.integers(0, 3)) :]
    return text


@settings(max_examples=600, deadline=None)
@given(damaged())
def test_damaged_text_gives_data_or_a_diagnostic_with_a_place(text):
    try:
        document = parse("spec.yaml", text.encode()).document
    except LoadError as error:
        (diagnostic,) = error.diagnostics
        lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        assert diagnostic.span.file == "spec.yaml"
        assert 1 <= diagnostic.span.line <= len(lines) + 1
        assert diagnostic.help
    else:
        places = [(node, document.span(node.path)) for node in every(document.root)]
        assert all(place.line >= 1 and place.column >= 1 for _, place in places)


def every(node):
    yield node
    for child in [*(child for _, child in node.items()), *node.elements()]:
        yield from every(child)
