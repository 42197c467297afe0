"""API3:2023 Broken object property level authorization: nobody sets or sees what is not theirs."""

from __future__ import annotations

import pytest

from tests.security.attacks import ORDER, code, state

# Members that the venue alone decides, as an attacker would guess them.
OWN = [
    ("account_id", "acc_other"),
    ("order_id", "ord_0000000000000001"),
    ("status", "filled"),
    ("filled_quantity", "0.25"),
    ("average_price", "1.00"),
    ("version", 7),
    ("created_time", "2020-01-01T00:00:00.000000Z"),
    ("fee", "-1"),
    ("replayed", True),
    ("dry_run", False),
    ("__proto__", {"admin": True}),
    ("constructor", {}),
    ("is_admin", True),
]


@pytest.mark.parametrize(("name", "value"), OWN)
def test_an_order_has_no_member_that_the_venue_decides(alice, name, value):
    before = state(alice)
    answer = alice.send("POST", "/v1/orders", json={**ORDER, name: value})
    assert code(answer) == (400, "malformed")
    assert any(name in error["detail"] for error in answer.json()["errors"])
    assert state(alice) == before


@pytest.mark.parametrize(
    ("name", "value"), [*OWN[:6], ("side", "sell"), ("instrument_id", "ETH-USD")]
)
def test_an_amendment_changes_what_may_be_amended(alice, name, value):
    order = alice.place("a-1").json()
    body = {"expected_version": 1, "quantity": "0.2", name: value}
    answer = alice.send("PATCH", f"/v1/orders/{order['order_id']}", json=body)
    assert code(answer) == (400, "malformed")
    after = alice.get(f"/v1/orders/{order['order_id']}")
    assert {n: after[n] for n in ("side", "quantity", "version", "status")} == {
        n: order[n] for n in ("side", "quantity", "version", "status")
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("algorithm", "hmac-sha256"),
        ("public_key", "AAAA"),
        ("account_id", "acc_other"),
        ("key_id", "key_other"),
        ("status", "active"),
        ("created_time", "2020-01-01T00:00:00Z"),
        ("secret", "known"),
        ("material", "known"),
        ("successor_id", "key_other"),
    ],
)
def test_a_key_keeps_what_it_is(alice, name, value):
    path = f"/v1/api-keys/{alice.signature.key_id}"
    before = alice.get("/v1/api-keys")
    assert code(alice.send("PATCH", path, json={name: value})) == (400, "malformed")
    assert alice.get("/v1/api-keys") == before


def test_a_name_that_is_sent_twice_is_no_way_around_a_check(alice):
    body = (
        b'{"client_order_id":"a-1","instrument_id":"BTC-USD","side":"buy","type":"limit",'
        b'"quantity":"0.0001","limit_price":"60000.10","quantity":"0.25"}'
    )
    headers = {"content-type": "application/json"}
    answer = alice.send("POST", "/v1/orders", content=body, headers=headers)
    assert code(answer) == (400, "malformed")
    assert alice.get("/v1/orders")["data"] == []


def test_secrets_are_shown_once_and_to_nobody_else(alice, bob):
    body = {"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
    issued = alice.send("POST", "/v1/api-keys", json=body).json()
    for client in (alice, bob):
        listed = client.send("GET", "/v1/api-keys")
        assert issued["secret"] not in listed.text
        assert all("secret" not in key for key in listed.json()["data"])
    path = f"/v1/api-keys/{issued['key_id']}"
    assert issued["secret"] not in alice.send("PATCH", path, json={"name": "i"}).text


def test_trades_name_no_party(alice, bob, public):
    alice.place("a-1")
    bob.place("b-1", "sell")
    trades = public.send("GET", "/v1/instruments/BTC-USD/trades")
    book = public.send("GET", "/v1/instruments/BTC-USD/book")
    assert trades.json()["data"]
    for text in (trades.text, book.text):
        for own in ("ord_", "acc_", "key_", "a-1", "b-1"):
            assert own not in text
