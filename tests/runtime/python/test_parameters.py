"""The table of OpenAPI 3.1, section 4.8.12.4, for every style, and what it leaves open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sdk_runtime import codecs
from sdk_runtime.absent import NOT_GIVEN
from sdk_runtime.operation import Style
from sdk_runtime.parameters import (
    cookie_header,
    expand_path,
    header_fields,
    query_string,
)

ARRAY = ["blue", "black", "brown"]
OBJECT = {"R": 100, "G": 200, "B": 150}


@pytest.mark.parametrize(
    ("style", "explode", "value", "text"),
    [
        ("matrix", False, "blue", ";color=blue"),
        ("matrix", False, ARRAY, ";color=blue,black,brown"),
        ("matrix", False, OBJECT, ";color=R,100,G,200,B,150"),
        ("matrix", True, ARRAY, ";color=blue;color=black;color=brown"),
        ("matrix", True, OBJECT, ";R=100;G=200;B=150"),
        ("label", False, "blue", ".blue"),
        ("label", False, ARRAY, ".blue,black,brown"),
        ("label", False, OBJECT, ".R,100,G,200,B,150"),
        ("label", True, ARRAY, ".blue.black.brown"),
        ("label", True, OBJECT, ".R=100.G=200.B=150"),
        ("simple", False, ARRAY, "blue,black,brown"),
        ("simple", False, OBJECT, "R,100,G,200,B,150"),
        ("simple", True, OBJECT, "R=100,G=200,B=150"),
    ],
)
def test_path_styles(style: str, explode: bool, value: object, text: str) -> None:  # noqa: FBT001 - a table's column
    styles = {"color": Style(style=style, explode=explode)}
    assert expand_path("/a/{color}/b", {"color": value}, styles) == f"/a/{text}/b"


@pytest.mark.parametrize(
    ("style", "explode", "value", "text"),
    [
        ("form", True, "blue", "color=blue"),
        ("form", True, ARRAY, "color=blue&color=black&color=brown"),
        ("form", True, OBJECT, "R=100&G=200&B=150"),
        ("form", False, ARRAY, "color=blue,black,brown"),
        ("form", False, OBJECT, "color=R,100,G,200,B,150"),
        ("form", True, "", "color="),
        ("form", True, [], ""),
        ("spaceDelimited", False, ARRAY, "color=blue%20black%20brown"),
        ("spaceDelimited", False, OBJECT, "color=R%20100%20G%20200%20B%20150"),
        ("spaceDelimited", True, ARRAY, "color=blue&color=black&color=brown"),
        ("pipeDelimited", False, ARRAY, "color=blue%7Cblack%7Cbrown"),
        ("deepObject", True, OBJECT, "color[R]=100&color[G]=200&color[B]=150"),
        ("deepObject", True, {"a": {"b": 1}}, "color[a][b]=1"),
        ("deepObject", True, {"a": [1, 2], "n": None}, "color[a][]=1&color[a][]=2"),
        ("deepObject", True, ["a", "b&"], "color[]=a&color[]=b%26"),
        (
            "deepObject",
            True,
            [{"p": 1}, {"p": 2, "t": ["x"]}],
            "color[0][p]=1&color[1][p]=2&color[1][t][]=x",
        ),
    ],
)
def test_query_styles(style: str, explode: bool, value: object, text: str) -> None:  # noqa: FBT001 - a table's column
    styles = {"color": Style(style=style, explode=explode)}
    assert query_string({"color": value}, styles) == text


def test_defaults_are_form_for_query_and_simple_for_path() -> None:
    assert query_string({"a": [1, 2], "b": True}, {}) == "a=1&a=2&b=true"
    assert expand_path("/{a}", {"a": [1, 2]}, {}) == "/1,2"


def test_what_is_not_given_or_null_does_not_travel_in_a_query() -> None:
    assert query_string({"a": NOT_GIVEN, "b": None, "c": 0}, {}) == "c=0"


def test_values_travel_exactly() -> None:
    values = {
        "price": Decimal("1E-7"),
        "at": dt.datetime(2026, 1, 2, tzinfo=dt.UTC),
        "name": "a b&c=d/é",
    }
    assert query_string(values, {}) == (
        "price=0.0000001&at=2026-01-02T00%3A00%3A00Z&name=a%20b%26c%3Dd%2F%C3%A9"
    )


def test_reserved_characters_stay_where_the_contract_allows_them() -> None:
    styles = {"q": Style(allow_reserved=True)}
    assert query_string({"q": "a/b?c d"}, styles) == "q=a/b?c%20d"


def test_json_parameters() -> None:
    assert query_string({"f": {"a": [1]}}, {"f": Style(json=True)}) == "f=%7B%22a%22%3A%5B1%5D%7D"


def test_a_codec_refuses_floats_in_parameters() -> None:
    with pytest.raises(TypeError, match="float"):
        query_string({"price": 0.1}, {"price": Style(codec=codecs.decimal)})


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_path_parameter_cannot_change_the_path(value: str) -> None:
    with pytest.raises(ValueError, match="order_id"):
        expand_path("/orders/{order_id}", {"order_id": value}, {})


def test_a_path_parameter_cannot_leave_its_segment() -> None:
    assert expand_path("/o/{a}/{b}", {"a": "../x?y#{b}", "b": "z"}, {}) == (
        "/o/..%2Fx%3Fy%23%7Bb%7D/z"
    )


@pytest.mark.parametrize("value", ["a\r\nX-Evil: 1", "a\n", "a\0"])
def test_a_header_cannot_smuggle_in_another(value: str) -> None:
    with pytest.raises(ValueError, match="X-A"):
        header_fields({"X-A": value}, {})


def test_headers_and_cookies() -> None:
    values = {"X-Ids": [1, 2], "X-No": NOT_GIVEN, "X-Map": {"a": 1}}
    assert header_fields(values, {}) == {"X-Ids": "1,2", "X-Map": "a,1"}
    assert cookie_header({"a": "x;y", "b": NOT_GIVEN}, {}) == "a=x%3By"


def test_a_whole_query_string() -> None:
    form = {"filter": Style(style="querystring")}
    assert query_string({"filter": {"a": 1, "b": [2, 3]}}, form) == "a=1&b=%5B2%2C3%5D"
    document = {"filter": Style(style="querystring", json=True)}
    assert query_string({"filter": {"a": 1}}, document) == "%7B%22a%22%3A1%7D"
