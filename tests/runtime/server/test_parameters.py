"""Parameters: every style, and everything that must not get through."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

STYLES = "/styles/1,2/.a.b/;matrix=7"


def echo(service, target, headers=()):
    service.echo.answers["styles"] = {}
    answer = service("GET", target, headers=headers)
    assert answer.status == 200, answer.body
    return service.echo.last


def test_path_styles(service):
    assert echo(service, STYLES) == {"simple": [1, 2], "label": ["a", "b"], "matrix": 7}


@pytest.mark.parametrize(
    ("query", "name", "value"),
    [
        ("form=1&form=2", "form", [1, 2]),
        ("packed=a,b%2Cc", "packed", ["a", "b,c"]),
        ("packed=", "packed", []),
        ("space=a%20b", "space", ["a", "b"]),
        ("space=a+b", "space", ["a", "b"]),
        ("pipe=1|2", "pipe", [1, 2]),
        ("pipe=1%7C2", "pipe", [1, 2]),
        ("json=%7B%22k%22%3A1.5%7D", "json", None),
        ("nullable=", "nullable", None),
        ("nullable=null", "nullable", None),
        ("nullable=5", "nullable", 5),
        ("either=5", "either", 5),
        ("either=true", "either", True),
    ],
)
def test_query_styles(service, query, name, value):
    found = echo(service, f"{STYLES}?{query}")
    if name == "json":
        assert found[name].k == 1.5
    else:
        assert found[name] == value


def test_deep_and_spread_objects_become_models(service):
    found = echo(service, f"{STYLES}?deep[a]=1&deep[b]=x&deep[b]=y&x=3&y=z")
    assert (found["deep"].a, found["deep"].b) == (1, ["x", "y"])
    assert (found["spread"].x, found["spread"].y) == (3, "z")


def test_header_lists_join_repeated_fields(service):
    assert echo(service, STYLES, [("X-List", "1, 2"), ("X-List", "3")])["x_list"] == [1, 2, 3]


def test_values_arrive_typed_and_defaults_are_filled_in(service):
    service.echo.answers["list"] = service.package.models.OrderList(data=[])
    target = "/orders?since=2026-11-22T09:30:00%2B01:00&least=0.10"
    answer = service("GET", target, headers=[("cookie", "a=b; theme=dark"), ("x-trace", "t")])
    assert answer.status == 200
    assert service.echo.last == {
        "limit": 100,
        "since": datetime(2026, 11, 22, 8, 30, tzinfo=UTC),
        "least": Decimal("0.10"),
        "reverse": False,
        "x_trace": "t",
        "theme": "dark",
    }


@pytest.mark.parametrize(
    ("target", "pointer"),
    [
        ("/orders?limit=0", "/query/limit"),
        ("/orders?limit=501", "/query/limit"),
        ("/orders?limit=1e2", "/query/limit"),
        ("/orders?limit=+5", "/query/limit"),
        ("/orders?limit=1_0", "/query/limit"),
        ("/orders?limit=%D9%A5", "/query/limit"),  # an Arabic digit
        ("/orders?limit=05", "/query/limit"),
        ("/orders?limit=", "/query/limit"),
        (f"/orders?limit={'9' * 5000}", "/query/limit"),
        ("/orders?limit=5&limit=5", "/query/limit"),
        ("/orders?status=OPEN", "/query/status"),
        ("/orders?status=open%00", "/query/status"),
        ("/orders?status=open%zz", "/query/status"),
        ("/orders?status=open%", "/query/status"),
        ("/orders?status=%ff", "/query/status"),
        ("/orders?%ff=1", "/query"),
        ("/orders?reverse=True", "/query/reverse"),
        ("/orders?reverse=1", "/query/reverse"),
        ("/orders?since=2026-11-22", "/query/since"),
        ("/orders?since=2026-11-22T09:30:00", "/query/since"),
        ("/orders?least=1e5", "/query/least"),
        ("/orders?least=NaN", "/query/least"),
        ("/orders?Limit=5", "/query/Limit"),
        ("/orders?limit[]=5", "/query/limit[]"),
        ("/orders?surprise=1", "/query/surprise"),
        (f"{STYLES}?json=%7B", "/query/json"),
        (f"{STYLES}?json=%7B%7D", "/query/json/k"),
        (f"{STYLES}?json=%7B%22k%22%3A1%2C%22k%22%3A2%7D", "/query/json"),
        (f"{STYLES}?deep[a]=x", "/query/deep/a"),
        (f"{STYLES}?deep[a]=1&deep[a]=2", "/query/deep[a]"),
        ("/styles/1,x/.a/;matrix=7", "/path/simple/1"),
        ("/styles/1/a/;matrix=7", "/path/label"),
        ("/styles/1/.a/7", "/path/matrix"),
    ],
)
def test_what_is_not_in_the_contract_is_refused_with_its_place(service, target, pointer):
    answer = service("GET", target)
    assert answer.status == 400, answer.body
    problem = answer.json()
    assert problem["code"] == "malformed"
    assert problem["errors"][0]["pointer"] == pointer
    assert service.echo.calls == []


def test_octets_beyond_ascii_in_a_query_are_refused(service):
    assert service("GET", b"/orders?status=\xc3\xa9").status == 400


def test_header_sent_twice_is_refused(service):
    answer = service("GET", "/orders", headers=[("x-trace", "a"), ("x-trace", "b")])
    assert answer.json()["errors"][0]["pointer"] == "/header/x-trace"


def test_header_and_cookie_are_validated(service):
    assert service("GET", "/orders", headers=[("x-trace", "123456789")]).status == 400
    assert service("GET", "/orders", headers=[("cookie", "theme=pink")]).status == 400
    assert service("GET", "/orders", headers=[("cookie", "theme=dark; theme=light")]).status == 400


def test_unknown_query_parameters_can_be_let_through(serve):
    service = serve(refuse_unknown_query=False)
    service.echo.answers["list"] = service.package.models.OrderList(data=[])
    assert service("GET", "/orders?surprise=1").status == 200


def test_operations_without_parameters_refuse_them_too(service):
    assert service("GET", "/text?x=1").status == 400
