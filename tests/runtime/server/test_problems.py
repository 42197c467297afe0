"""Problems: their document, the contract's words for them, and what must not leak."""

import pytest
from probe_server.runtime.problem import Detail, Dialect, Problem, malformed, pointer


def test_handlers_raise_the_contracts_problems(service):
    problems = pytest.importorskip("probe_server.problems")
    service.echo.answers["get"] = problems.order_not_found(
        "There is no order abc.", members={"hint": 1}, headers=[("X-Hint", "1")]
    )
    answer = service("GET", "/orders/abc")
    assert answer.status == 404
    assert answer.field("content-type") == "application/problem+json"
    assert answer.field("x-hint") == "1"
    assert answer.json() == {
        "type": "about:blank",
        "title": "Order not found",
        "status": 404,
        "detail": "There is no order abc.",
        "code": "order_not_found",
        "request_id": answer.field("x-request-id"),
        "retryable": False,
        "hint": 1,
    }


def test_members_that_the_contract_does_not_know_are_left_out(service):
    service.echo.answers["get"] = service.package.Problem(404, "order_not_found")
    assert "outcome" not in service("GET", "/orders/abc").json()
    everything = Dialect().document(Problem(503, "overloaded"), "r")
    assert (everything["retryable"], everything["outcome"]) == (True, "not_executed")
    assert Dialect().document(Problem(500, "internal_error"), "r")["outcome"] == "unknown"


def test_codes_of_the_runtime_give_way_to_the_contracts():
    dialect = Dialect(codes=frozenset({"malformed", "body_too_large"}))
    too_large = Problem(413, "content_too_large")
    assert dialect.document(too_large, "r", ("body_too_large",))["code"] == "body_too_large"
    assert dialect.document(too_large, "r")["code"] == "content_too_large"
    detail = malformed(Detail("/query/limit", "too_large", "at most 5"))
    document = dialect.document(detail, "r", ("malformed",))
    assert document["errors"][0]["code"] == "malformed"


def test_types_are_uris_when_asked_for(serve):
    service = serve(problem_types="https://example.com/problems/")
    service.echo.answers["get"] = service.package.Problem(404, "order_not_found")
    answer = service("GET", "/orders/abc").json()
    assert answer["type"] == "https://example.com/problems/order_not_found"


def test_pointers_are_escaped():
    assert pointer("body", "a/b", "~", 0) == "/body/a~1b/~0/0"


def test_faults_tell_nothing(service, caplog):
    service.echo.answers["get"] = RuntimeError("password=hunter2")
    answer = service("GET", "/orders/abc")
    assert answer.status == 500
    assert b"hunter2" not in answer.body
    assert answer.json()["code"] == "internal_error"
    assert answer.json()["request_id"] == answer.field("x-request-id")
    assert answer.json()["request_id"] in caplog.text
    assert "hunter2" in caplog.text


def test_request_ids_are_unique(service):
    ids = {service("GET", "/nothing").field("x-request-id") for _ in range(50)}
    assert len(ids) == 50


def test_long_values_are_not_echoed_at_length(service):
    body = b'{"client_order_id":"%s","side":"buy","quantity":"1"}' % (b"x" * 100_000)
    assert len(service("POST", "/orders", body=body).body) < 2000
    assert len(service("GET", "/orders?status=" + "y" * 5000).body) < 2000
