"""Single entries of a JSON text are found where the pass over the whole text finds them."""

import json

import pytest
from wireproof.source.json_places import JsonPlaces
from wireproof.source.positions import Positions
from wireproof.source.text import Text

TEXTS = {
    "empty": " {}\n",
    "blanks": ' \n{ "a" :\t[ 1 , [ ] , { } ,"x" ] ,\n "b":{"c":null}}',
    "strings": '{"a\\"}": "]}", "\\u0041": ["\\\\", "{"], "\\ud800": "é😀", "": {"": [true]}}',
    "numbers": "[-1.5e+300, 0, 1e999, " + "9" * 5000 + ', [{"n": 12}], false]',
    "repeated": '{"a": {"x": 1}, "b": 2, "a": {"y": [3]}}',
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


@pytest.mark.parametrize("name", TEXTS)
def test_every_entry_stands_where_the_whole_pass_says(name):
    text = Text("spec.json", TEXTS[name])
    places, whole = JsonPlaces(text), Positions(text, is_json=True)
    asked = list(_paths(json.loads(TEXTS[name], parse_int=str)))
    for path in reversed(asked):
        for key in (False, True):
            assert places.span(path, key=key) == whole.span(path, key=key), (path, key)
    assert len(asked) > 1
