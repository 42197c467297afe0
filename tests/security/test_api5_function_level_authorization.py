"""API5:2023 Broken function level authorization: scopes, verbs, and headers that ask for others."""

from __future__ import annotations

import pytest

from tests.security.attacks import ORDER, code, state


@pytest.fixture
def reader(venue):
    """An account whose only key may read; and what the account may do otherwise."""
    return venue.client(venue.open("reader", ("USD", "100000"), scopes=["read"]))


DEEDS = [
    ("POST", "/v1/orders", ORDER),
    ("POST", "/v1/orders?dry_run=true", ORDER),
    ("POST", "/v1/orders/batch", {"orders": [ORDER]}),
    ("DELETE", "/v1/orders", None),
    ("PATCH", "/v1/orders/ord_0000000000000001", {"expected_version": 1, "quantity": "1"}),
    ("DELETE", "/v1/orders/ord_0000000000000001", None),
    ("PUT", "/v1/cancel-after", {"timeout_ms": 5000}),
    ("GET", "/v1/api-keys", None),
    ("POST", "/v1/api-keys", {"name": "x", "algorithm": "hmac-sha256", "scopes": ["trade"]}),
]


@pytest.mark.parametrize(("method", "path", "body"), DEEDS)
def test_a_key_that_may_read_does_nothing(reader, method, path, body):
    before = state(reader)
    answer = reader.send(method, path, **({} if body is None else {"json": body}))
    assert code(answer) == (403, "scope_missing")
    assert state(reader) == before


@pytest.mark.parametrize(("method", "path"), [(m, p) for m, p, _ in DEEDS[:7]])
def test_whether_something_exists_is_told_only_to_who_may_ask(reader, method, path):
    answer = reader.raw(method, path, content=b"{not json")
    assert code(answer) == (403, "scope_missing")


@pytest.mark.parametrize(
    "name", ["x-http-method-override", "x-method-override", "x-http-method", "x-original-url"]
)
def test_no_header_makes_another_request_of_it(alice, name):
    order_id = alice.place("a-1").json()["order_id"]
    path = f"/v1/orders/{order_id}"
    answer = alice.send(
        "GET", path, headers={name: "DELETE" if "url" not in name else "/v1/orders"}
    )
    assert (answer.status_code, answer.json()["status"]) == (200, "open")
    assert alice.get(path)["status"] == "open"


@pytest.mark.parametrize("parameter", ["_method=DELETE", "method=DELETE", "X-HTTP-Method=DELETE"])
def test_no_parameter_makes_another_request_of_it(alice, parameter):
    order_id = alice.place("a-1").json()["order_id"]
    answer = alice.send("GET", f"/v1/orders/{order_id}?{parameter}")
    assert code(answer) == (400, "malformed")
    assert alice.get(f"/v1/orders/{order_id}")["status"] == "open"


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "FOO", "HEAD", "PURGE"])
def test_verbs_that_the_contract_lacks_do_nothing(alice, method):
    order_id = alice.place("a-1").json()["order_id"]
    before = state(alice)
    answer = alice.raw(method, f"/v1/orders/{order_id}")
    if method == "HEAD":  # RFC 9110 9.3.2: as GET, without the body
        assert (answer.status_code, answer.content) == (200, b"")
    else:
        assert code(answer) == (405, "method_not_allowed")
        assert set(answer.headers["allow"].split(", ")) >= {"GET", "PATCH", "DELETE"}
    assert state(alice) == before


def test_head_asks_for_a_signature_where_get_does(public):
    answer = public.raw("HEAD", "/v1/balances")
    assert (answer.status_code, answer.content) == (401, b"")


def test_a_key_cannot_raise_itself(venue):
    admin = venue.client(venue.open("admin", scopes=["keys"]))
    own = f"/v1/api-keys/{admin.signature.key_id}"
    for scopes in (["keys", "trade"], ["read"], ["trade", "read", "keys"]):
        assert code(admin.send("PATCH", own, json={"scopes": scopes})) == (403, "scope_missing")
    (key,) = admin.get("/v1/api-keys")["data"]
    assert key["scopes"] == ["keys"]
    assert code(admin.send("GET", "/v1/balances")) == (403, "scope_missing")


def test_a_key_that_was_narrowed_is_narrow_at_once(alice):
    body = {"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
    key_id = alice.send("POST", "/v1/api-keys", json=body).json()["key_id"]
    own = f"/v1/api-keys/{alice.signature.key_id}"
    assert alice.send("PATCH", own, json={"scopes": ["read"]}).status_code == 200
    assert code(alice.send("POST", "/v1/orders", json=ORDER)) == (403, "scope_missing")
    assert code(alice.send("DELETE", f"/v1/api-keys/{key_id}")) == (403, "scope_missing")
