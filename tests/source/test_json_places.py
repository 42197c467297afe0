"""Single entries of a JSON text are found where the pass over the whole text finds them."""

import json

import pytest
from wireproof.source.json_places import JsonPlaces
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
