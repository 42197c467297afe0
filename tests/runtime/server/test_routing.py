"""Routing: precedence, backtracking, methods, what lies beside the paths."""

import pytest
from probe_server.runtime.routing import Router


def table(*paths):
    router = Router()
    for path in paths:
        router.add(path, "GET", path)
    return router


def find(router, path):
    found = router.find(path)
    return None if found is None else (found[0].methods["GET"], found[1])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/orders", ("/orders", ())),
        ("/orders/batch", ("/orders/batch", ())),
        ("/orders/7", ("/orders/{id}", ("7",))),
        ("/orders/batch/fills", ("/orders/{id}/fills", ("batch",))),
        ("/orders/a%2Fb", ("/orders/{id}", ("a%2Fb",))),
        ("/orders/", None),
        ("/orders//fills", None),
        ("/orders/7/", None),
        ("/Orders", None),
        ("/%6Frders", ("/orders", ())),
        ("/files/a.b.json", ("/files/{name}.json", ("a.b",))),
        ("/files/a.txt", ("/files/{name}.{ext}", ("a", "txt"))),
        ("/files/plain", ("/files/{name}", ("plain",))),
        ("/v2:run", ("/v{n}:run", ("2",))),
        ("/gr%C3%B6%C3%9Fe", ("/größe", ())),
        ("*", None),
        ("", None),
    ],
)
def test_find(path, expected):
    router = table(
        "/orders",
        "/orders/{id}",
        "/orders/batch",
        "/orders/{id}/fills",
        "/files/{name}.{ext}",
        "/files/{name}.json",
        "/files/{name}",
        "/v{n}:run",
        "/größe",
    )
    assert find(router, path) == expected


def test_templates_that_differ_in_names_only_are_one_route():
    router = table("/a/{x}")
    router.add("/a/{y}", "PUT", "put")
    route, values = router.find("/a/1")
    assert set(route.methods) == {"GET", "PUT"}
    assert values == ("1",)
    with pytest.raises(ValueError, match="match the same requests"):
        router.add("/a/{z}", "PUT", "again")


def test_deep_paths_cost_no_blow_up():
    router = table(*(f"/{'{a}/' * n}x" for n in range(1, 12)), "/" + "{a}/" * 12 + "y")
    assert find(router, "/" + "z/" * 2000 + "x") is None


def test_allow_names_every_method_of_the_path(service):
    answer = service("PUT", "/orders")
    assert answer.status == 405
    assert answer.field("allow") == "GET, HEAD, OPTIONS, POST"
    assert answer.json()["code"] == "method_not_allowed"
    assert service("GET", "/orders/batch").field("allow") == "OPTIONS, POST"


def test_options_names_them_as_well(service):
    answer = service("OPTIONS", "/orders")
    assert (answer.status, answer.field("allow")) == (204, "GET, HEAD, OPTIONS, POST")


def test_unknown_paths(service):
    answer = service("GET", "/nothing")
    assert answer.status == 404
    assert answer.field("content-type") == "application/problem+json"
    assert answer.json()["code"] == "not_found"
    assert answer.json()["request_id"] == answer.field("x-request-id")


def test_head_answers_as_get_without_the_body(service):
    service.echo.answers["get_text"] = "a,b"
    answer = service("HEAD", "/text")
    assert (answer.status, answer.body, answer.field("content-length")) == (200, b"", "3")


def test_path_values_are_decoded_after_splitting(service):
    service.echo.answers["get"] = service.package.Problem(404, "order_not_found")
    service("GET", "/orders/ab%20c%2Fd")
    assert service.echo.last == {"order_id": "ab c/d"}
    assert service("GET", "/orders/%ff").json()["errors"][0]["pointer"] == "/path/order_id"
    assert service("GET", "/orders/%zz").status == 400


def test_base_path_comes_from_the_first_server(serve):
    service = serve(base_path=None)
    service.echo.answers["get_text"] = "x"
    assert service("GET", "/api/text").status == 200
    assert service("GET", "/text").status == 404


def test_literal_parts_within_a_segment(service):
    service.echo.answers["get_file"] = b"\x00\xff"
    answer = service("GET", "/files/a.b.csv")
    assert service.echo.last == {"name": "a", "ext": "b.csv"}
    assert (answer.body, answer.field("content-type")) == (b"\x00\xff", "application/octet-stream")
