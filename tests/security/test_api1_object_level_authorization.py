"""API1:2023 Broken object level authorization: what is another account's does not exist."""

from __future__ import annotations

import pytest

from tests.security.attacks import code, state


def ways(order_id, key_id):
    """Every operation that names an object, with a body that would do harm."""
    return [
        ("GET", f"/v1/orders/{order_id}", None),
        ("GET", "/v1/orders/by-client-id/a-1", None),
        ("PATCH", f"/v1/orders/{order_id}", {"expected_version": 1, "quantity": "0.1"}),
        ("DELETE", f"/v1/orders/{order_id}", None),
        ("PATCH", f"/v1/api-keys/{key_id}", {"scopes": ["keys"], "ip_allow_list": ["192.0.2.1"]}),
        ("POST", f"/v1/api-keys/{key_id}/rotate", {"overlap_seconds": 0}),
        ("DELETE", f"/v1/api-keys/{key_id}", None),
    ]


def send(client, method, path, body):
    return client.send(method, path, **({} if body is None else {"json": body}))


def test_the_list_is_every_operation_that_names_an_object(documented_paths):
    named = {(method, path) for method, path in documented_paths if path.rpartition("{")[1]}
    private = {(m, p) for m, p in named if "instrument_id" not in p}
    assert len(private) == len(ways("o", "k"))


@pytest.mark.parametrize("number", range(7))
def test_a_foreign_object_is_answered_as_one_that_never_was(alice, bob, number):
    order_id = alice.place("a-1").json()["order_id"]
    key_id = alice.signature.key_id
    before = state(alice)
    foreign = send(bob, *ways(order_id, key_id)[number])
    missing = send(bob, *ways("ord_0000000000009999", "key_" + "A" * 16)[number])
    assert code(foreign)[0] == 404
    told = [
        {name: value for name, value in each.json().items() if name != "request_id"}
        for each in (foreign, missing)
    ]
    for each in told:  # but for the id that was asked for
        each["detail"] = each["detail"].replace(key_id, "ID").replace("key_" + "A" * 16, "ID")
    assert told[0] == told[1]
    assert state(alice) == before
    alice.get("/v1/api-keys")  # the key still signs


def test_lists_and_filters_show_nothing_of_others(alice, bob):
    order_id = alice.place("a-1").json()["order_id"]
    bob.place("b-1", "sell", quantity="0.1")
    for path in ("/v1/orders", f"/v1/executions?order_id={order_id}", "/v1/api-keys"):
        text = bob.send("GET", path).text
        assert order_id not in text
        assert alice.signature.key_id not in text


def test_canceling_everything_ends_at_the_account(alice, bob):
    order_id = alice.place("a-1").json()["order_id"]
    assert order_id not in bob.send("DELETE", "/v1/orders").text
    body = {"timeout_ms": 5000}
    assert bob.send("PUT", "/v1/cancel-after", json=body).status_code == 200
    assert alice.get(f"/v1/orders/{order_id}")["status"] == "open"


def test_a_batch_cannot_reach_into_another_account(alice, bob):
    alice.place("a-1")
    order = {"client_order_id": "a-1", "instrument_id": "BTC-USD", "side": "sell"}
    order |= {"type": "limit", "quantity": "0.1", "limit_price": "70000.00"}
    answer = bob.send("POST", "/v1/orders/batch", json={"orders": [order]})
    assert answer.status_code == 200
    mine, theirs = (client.get("/v1/orders")["data"] for client in (alice, bob))
    assert [each["side"] for each in mine] == ["buy"]
    assert [each["side"] for each in theirs] == ["sell"]


def test_a_cursor_of_one_account_opens_nothing_of_another(alice, bob):
    for number in range(3):
        alice.place(f"a-{number}")
    bob.place("b-1", "sell", limit_price="70000.00")
    cursor = alice.get("/v1/orders?limit=1")["next_cursor"]
    stolen = bob.send("GET", f"/v1/orders?cursor={cursor}")
    assert stolen.status_code == 200
    assert all(each["client_order_id"].startswith("b-") for each in stolen.json()["data"])
