"""API6:2023 Unrestricted access to sensitive business flows: what must not happen twice, or late.

The flows of a venue that pay when they are automated wrongly: one order many times, an order after
its time, money that is there once spent twice, trading with oneself to move a price.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

from tests.security.attacks import ORDER, code


def test_one_name_is_one_order_however_often_and_at_once(alice):
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: alice.raw("POST", "/v1/orders", json=ORDER), range(16)))
    assert sorted(each.status_code for each in answers) == [200] * 15 + [201]
    assert len({each.json()["order_id"] for each in answers}) == 1
    assert len(alice.get("/v1/orders")["data"]) == 1


def test_money_is_reserved_once_in_a_race(venue):
    account = venue.open("poor", ("USD", "20000"))
    client = venue.client(account)

    def place(number):
        return client.raw("POST", "/v1/orders", json={**ORDER, "client_order_id": f"p-{number}"})

    with ThreadPoolExecutor(8) as pool:  # each needs 15 000 and its fee
        answers = list(pool.map(place, range(8)))
    assert sorted(each.status_code for each in answers) == [201] + [422] * 7
    (usd,) = [each for each in client.get("/v1/balances")["data"] if each["asset"] == "USD"]
    assert Decimal(usd["available"]) >= 0
    assert Decimal(usd["total"]) == Decimal(usd["available"]) + Decimal(usd["reserved"])


def test_an_account_does_not_trade_with_itself(venue):
    client = venue.client(venue.open("both", ("USD", "100000"), ("BTC", "2")))
    client.place("s-1", "sell")
    for number, mode in enumerate(("cancel_newest", "cancel_oldest", "cancel_both")):
        client.send(
            "POST", "/v1/orders", json={**ORDER, "client_order_id": f"b-{number}", "stp_mode": mode}
        )
    assert client.get("/v1/executions")["data"] == []


def test_a_refused_order_keeps_nothing(venue):
    client = venue.client(venue.open("poor", ("USD", "10")))
    before = client.get("/v1/balances")["data"]
    refused = client.send("POST", "/v1/orders", json=ORDER)
    assert code(refused) == (422, "insufficient_balance")
    assert refused.json()["outcome"] == "not_executed"
    assert client.get("/v1/balances")["data"] == before
