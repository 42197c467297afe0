"""Single entries of a JSON text are found where the pass over the whole text finds them."""

import json

import orjson
import pytest
from wireproof.source.json_lines import JsonLines
from wireproof.source.json_places import JsonPlaces
from wireproof.source.json_text import read_fast
from wireproof.source.parse import parse
from wireproof.source.positions import Positions
from wireproof.source.text import Octets, Text

TEXTS = {
    "empty": " {}\n",
    "blanks": ' \n{ "a" :\t[ 1 , [ ] , { } ,"x" ] ,\n "b":{"c":null}}',
    "strings": '{"a\\"}": "]}", "\\u0041": ["\\\\", "{"], "\\ud800": "é😀", "": {"": [true]}}',
    "numbers": "[-1.5e+300, 0, 1e999, " + "9" * 5000 + ', [{"n": 12}], false]',
    "repeated": '{"a": {"x": 1}, "b": 2, "a": {"y": [3]}}',
    "wide": '{"é": {"😀b": [1, "ü"], "c": 2},\r\n "é\\u2028x": {"ß😀": 3}, "z": "é"} ',
    "long": '{"' + "é" * 5_000 + '": [' + '"😀", ' * 2_000 + '{"é": 1}]}',
    "scalar": ' "only" ',
}


def _paths(value, path=()):
    yield path
    yield (*path, "missing")
    inner = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, child in inner:
        yield from _paths(child, (*path, key))


def _octets(name, text):
    return Octets(name, text.encode())


def _marked(name, text):
    return Octets(name, b"\xef\xbb\xbf" + text.encode())


@pytest.mark.parametrize("read", [Text, _octets, _marked])
@pytest.mark.parametrize("name", TEXTS)
def test_every_entry_stands_where_the_whole_pass_says(name, read):
    text = Text("spec.json", TEXTS[name])
    places = JsonPlaces(read("spec.json", TEXTS[name]))
    whole = Positions.of_json(text)
    asked = list(_paths(json.loads(TEXTS[name], parse_int=str)))
    for path in reversed(asked):
        for key in (False, True):
            assert places.span(path, key=key) == whole.span(path, key=key), (path, key)
    assert len(asked) > 1


IN_LINES = {
    "empty": {"a": {}, "b": [], "c": [{}, []]},
    "scalars": {"n": [1, -2.5, True, None, "x,"], "": "]", "t": "{,"},
    "nested": {"a": {"a": {"a": [{"a": 1}, [{"a": {}}]]}}, "b": [[[]], [[1, 2], {"c": [3]}]]},
    "names": {'"q"': 1, "back\\slash": {'"q"': [1]}, "new\nline": {"\u0007": 2}, "a": {"a:": 1}},
    "wide": {"é": ["😀", {"ü😀": "é"}], "z": {"ß": {}}, "é: ": "é"},
    "lookalikes": {"text": '\n  "key": {', "key": {"key": '"key":', "k": {"key": 1}}, "k": 2},
}


@pytest.mark.parametrize("name", IN_LINES)
def test_in_a_text_of_an_entry_a_line_places_are_where_the_whole_pass_says(name):
    data = orjson.dumps(IN_LINES[name], option=orjson.OPT_INDENT_2)
    places = JsonLines(Octets("spec.json", data), IN_LINES[name])
    whole = Positions.of_json(Text("spec.json", data.decode()))
    asked = list(_paths(IN_LINES[name]))
    for path in (*reversed(asked), *asked):
        for key in (False, True):
            assert places.span(path, key=key) == whole.span(path, key=key), (path, key)
    assert len(asked) > 1


VALUE = {"a": [1, {"b": "é"}], "c": 0.5}
TWO = orjson.dumps(VALUE, option=orjson.OPT_INDENT_2)
CLOSE = orjson.dumps(VALUE)


@pytest.mark.parametrize(
    ("data", "plain", "in_lines"),
    [
        (TWO, True, True),
        (TWO + b"\n", True, True),
        (TWO + b"\n\n", False, False),
        (TWO.replace(b"  ", b"    "), False, False),
        (TWO.replace(b"\n", b"\r\n"), False, False),
        (TWO.replace(b"0.5", b"0.50"), False, False),
        (TWO.replace(b'"a": [', b'"a":  ['), False, False),
        (TWO.replace("é".encode(), b"\\u00e9"), False, False),
        (CLOSE, True, False),
        (CLOSE + b"\n", True, False),
        (b" " + CLOSE, False, False),
        (CLOSE.replace(b"a", b"\\u0061"), False, False),
    ],
)
def test_what_the_fast_reader_says_of_a_text(data, plain, in_lines):
    fast = read_fast(data)
    assert (fast.value, fast.plain, fast.in_lines) == (VALUE, plain, in_lines)
    assert parse("spec.json", data).plain == plain


@pytest.mark.parametrize("inner", [b'{"a": 1, "a": 1}', b'{"a": 1, "a": {}}'])
def test_a_key_that_stands_twice_is_no_text_that_orjson_writes(inner):
    data = b'{\n  "x": ' + inner + b"\n}"
    assert read_fast(data) is None
    assert len(parse("spec.json", data).diagnostics) == 1


@pytest.mark.parametrize(("depth", "fast"), [(127, True), (128, False), (129, False)])
def test_depth_is_judged_by_the_exact_reader_where_lines_are_indented_far(depth, fast):
    data = orjson.dumps(_deep(depth), option=orjson.OPT_INDENT_2)
    assert (read_fast(data) is not None and read_fast(data).in_lines) == fast


def _deep(depth):
    value = {"x": 1}
    for _ in range(depth - 1):
        value = {"x": value}
    return value
