"""Brackets of deep objects: every spelling that clients use, and what must not get through."""

import pytest
from probe_server.runtime.brackets import read_brackets
from probe_server.runtime.percent import decode_query
from probe_server.runtime.plan import Shape
from probe_server.runtime.problem import Problem
from probe_server.runtime.scalars import MISSING

INTEGER = Shape(("integer",))
LIST = Shape(items=Shape())
FILTER = Shape(
    members={
        "side": Shape(),
        "price": Shape(members={"gte": INTEGER}),
        "tags": LIST,
        "numbers": Shape(items=INTEGER),
        "legs": Shape(items=Shape(members={"id": INTEGER, "tags": LIST})),
        "grid": Shape(items=Shape(items=INTEGER)),
    }
)


def decoder(text):
    return decode_query(text, "f")


def read(text, shape):
    query = {}
    for pair in text.split("&") if text else []:
        key, _, value = pair.partition("=")
        query.setdefault(decoder(key), []).append(value)
    return read_brackets("f", query, shape, decoder, "/query/f")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("f[side]=buy&f[price][gte]=1", {"side": "buy", "price": {"gte": 1}}),
        ("f%5Bside%5D=b%26", {"side": "b&"}),
        ("f[tags]=a&f[tags]=b", {"tags": ["a", "b"]}),
        ("f[tags][]=a&f[tags][]=b", {"tags": ["a", "b"]}),
        ("f[numbers][10]=3&f[numbers][2]=2&f[numbers][0]=1", {"numbers": [1, 2, 3]}),
        ("f[numbers][4000000000]=1", {"numbers": [1]}),
        ("f[legs][0][id]=1&f[legs][1][id]=2", {"legs": [{"id": 1}, {"id": 2}]}),
        ("f[legs][][id]=1&f[legs][][tags][]=x", {"legs": [{"id": 1, "tags": ["x"]}]}),
        ("f[grid][0][]=1&f[grid][0][]=2&f[grid][1][]=3", {"grid": [[1, 2], [3]]}),
        (
            "f[new]=1&f[newer][]=a&f[newest][x]=1",
            {"new": "1", "newer": ["a"], "newest": {"x": "1"}},
        ),
        ("f[tags][x]=1", {"tags": {"x": "1"}}),
        ("f[side][x]=1", {"side": {"x": "1"}}),
        ("g[side]=buy&f=1&f[side", MISSING),
        ("", MISSING),
    ],
)
def test_objects(text, value):
    assert read(text, FILTER) == value


@pytest.mark.parametrize("text", ["f[]=a&f[]=b", "f=a&f=b", "f[0]=a&f[1]=b", "f[1]=b&f[0]=a"])
def test_lists_in_every_spelling(text):
    assert read(text, LIST) == ["a", "b"]


@pytest.mark.parametrize("text", ["f[side]=a&f[side]=b", "f[tags][0]=a&f[tags][0]=b"])
def test_a_single_value_sent_twice_is_refused(text):
    with pytest.raises(Problem) as caught:
        read(text, FILTER)
    assert [each.code for each in caught.value.errors] == ["duplicate"]


def test_brackets_without_end_are_refused():
    with pytest.raises(Problem) as caught:
        read("f" + "[a]" * 5000 + "=1", FILTER)
    assert [each.code for each in caught.value.errors] == ["object"]
