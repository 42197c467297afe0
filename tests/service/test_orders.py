"""Orders over HTTP: from the request to the book, the executions and the balances."""

from __future__ import annotations

from decimal import Decimal

import pytest


def code(response):
    problem = response.json()
    assert problem["status"] == response.status_code
    assert problem["request_id"] == response.headers["x-request-id"]
    return response.status_code, problem["code"]


def pointers(response):
    return [error["pointer"] for error in response.json()["errors"]]


def test_two_accounts_trade(alice, bob, public):
    resting = alice.place("a-1")
    assert resting.status_code == 201
    order = resting.json()
    assert resting.headers["location"] == f"/v1/orders/{order['order_id']}"
    assert (order["status"], order["version"], order["replayed"]) == ("open", 1, False)
    book = public.get("/v1/instruments/BTC-USD/book")
    assert book["bids"] == [{"price": "60000.10", "quantity": "0.2500"}]

    sold = bob.place("b-1", "sell", type="market", limit_price=None, quantity="0.1").json()
    assert (sold["status"], sold["time_in_force"]) == ("filled", "ioc")
    assert sold["average_price"] == "60000.10"

    seen = alice.get(f"/v1/orders/{order['order_id']}")
    assert (seen["status"], seen["filled_quantity"]) == ("partially_filled", "0.1000")
    assert seen["remaining_quantity"] == "0.1500"

    mine, theirs = (client.get("/v1/executions")["data"][0] for client in (alice, bob))
    assert (mine["side"], mine["liquidity"], mine["fee"]) == ("buy", "maker", "6.00001000")
    assert (theirs["side"], theirs["liquidity"], theirs["fee"]) == ("sell", "taker", "12.00002000")
    assert mine["execution_id"] != theirs["execution_id"]
    assert mine["seq"] == theirs["seq"]

    usd = {b["asset"]: b for b in alice.get("/v1/balances")["data"]}["USD"]
    assert Decimal(usd["total"]) == Decimal(100000) - Decimal("6000.01") - Decimal("6.00001")
    assert Decimal(usd["total"]) == Decimal(usd["available"]) + Decimal(usd["reserved"])
    position = alice.get("/v1/positions")["data"][0]
    assert (position["quantity"], position["average_price"]) == ("0.1000", "60000.10")
    trade = public.get("/v1/instruments/BTC-USD/trades")["data"][0]
    assert (trade["taker_side"], trade["quantity"]) == ("sell", "0.1000")
    candle = public.get("/v1/instruments/BTC-USD/candles?interval=1m")["data"][0]
    assert (candle["open"], candle["volume"], candle["trade_count"]) == ("60000.10", "0.1000", 1)


def test_the_same_order_again_is_the_same_order(alice, bob):
    first = alice.place("a-1")
    bob.place("b-1", "sell", quantity="0.25")
    again = alice.place("a-1", quantity="0.250")  # the same terms, spelled otherwise
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["replayed"] is True
    assert again.json()["order_id"] == first.json()["order_id"]
    assert again.json()["status"] == "filled"
    assert len(alice.get("/v1/orders")["data"]) == 1


def test_another_order_under_the_same_name_is_a_conflict(alice, bob):
    alice.place("a-1")
    assert code(alice.place("a-1", quantity="0.3")) == (409, "client_order_id_conflict")
    assert bob.place("a-1", "sell").status_code == 201  # names are the account's own


def test_orders_are_found_by_both_names_and_by_nobody_else(alice, bob):
    order = alice.place("a.b_c-1").json()
    del order["replayed"], order["dry_run"]
    by_name = "/v1/orders/by-client-id/a.b_c-1"
    by_id = f"/v1/orders/{order['order_id']}"
    assert alice.get(by_id) == alice.get(by_name) == order
    for method, path, body in (
        ("GET", by_id, None),
        ("GET", by_name, None),
        ("DELETE", by_id, None),
        ("PATCH", by_id, {"expected_version": 1, "quantity": "0.2"}),
    ):
        foreign = bob.send(method, path, **({"json": body} if body else {}))
        missing = bob.send(
            method,
            path.replace("a.b", "nope").replace("0001", "0999"),
            **({"json": body} if body else {}),
        )
        assert code(foreign) == (404, "order_not_found")
        same = [
            {k: v for k, v in each.json().items() if k != "request_id"}
            for each in (foreign, missing)
        ]
        assert same[0] == same[1]
    assert alice.get(by_id)["status"] == "open"
    assert bob.get("/v1/orders")["data"] == []
    assert bob.get(f"/v1/executions?order_id={order['order_id']}")["data"] == []


@pytest.mark.parametrize(
    ("member", "value"), [("quantity", 0.25), ("quantity", 1), ("limit_price", 60000.1)]
)
def test_money_as_a_json_number_is_refused_by_name(alice, member, value):
    response = alice.place("a-1", **{member: value})
    assert code(response) == (400, "number_not_decimal_string")
    assert pointers(response) == [f"/body/{member}"]


@pytest.mark.parametrize(
    ("members", "at"),
    [
        ({"quantity": "1e1"}, "quantity"),
        ({"quantity": "-1"}, "quantity"),
        ({"quantity": "٣"}, "quantity"),
        ({"quantity": "0" * 50}, "quantity"),
        ({"limit_price": "Infinity"}, "limit_price"),
        ({"side": "long"}, "side"),
        ({"client_order_id": ".."}, "client_order_id"),
        ({"client_order_id": "a\n"}, "client_order_id"),
        ({"account_id": "acc_other"}, "account_id"),
        ({"status": "filled"}, "status"),
        ({"post_only": "true"}, "post_only"),
    ],
)
def test_what_the_contract_does_not_know_is_malformed(alice, members, at):
    response = alice.place("a-1", **members)
    assert code(response) == (400, "malformed")
    assert any(at in pointer or pointer == "/body" for pointer in pointers(response))
    assert alice.get("/v1/orders")["data"] == []


@pytest.mark.parametrize(
    ("members", "expected", "at"),
    [
        ({"limit_price": "60000.101"}, "price_off_tick", "/body/limit_price"),
        ({"quantity": "0.00001"}, "quantity_off_step", "/body/quantity"),
        ({"quantity": "0"}, "below_minimum", "/body/quantity"),
        ({"limit_price": "0.01"}, "below_minimum", "/body/quantity"),
        ({"limit_price": None}, "invalid_combination", "/body/limit_price"),
        ({"stop_price": "1.00"}, "invalid_combination", "/body/stop_price"),
        ({"time_in_force": "gtd"}, "invalid_combination", "/body/expire_time"),
        ({"reduce_only": True}, "reduce_only_violation", "/body/quantity"),
        ({"quantity": "100"}, "insufficient_balance", None),
    ],
)
def test_rules_of_instrument_and_account_refuse_by_name(alice, members, expected, at):
    response = alice.place("a-1", **members)
    assert code(response) == (422, expected)
    assert response.json()["outcome"] == "not_executed"
    if at is not None:
        assert pointers(response) == [at]
    # A refused order leaves its name free.
    assert alice.place("a-1").status_code == 201


def test_post_only_and_self_trade_are_refused(alice, bob):
    alice.place("a-1")
    crossing = bob.place("b-1", "sell", post_only=True)
    assert code(crossing) == (422, "post_only_would_cross")
    assert code(alice.place("a-2", "sell", quantity="0.1")) in (
        (422, "self_trade_prevented"),
        (422, "insufficient_balance"),
    )
    own = bob.place("b-2", "sell", limit_price="60001.00")
    assert own.status_code == 201
    assert code(bob.place("b-3", limit_price="60001.00", quantity="0.001")) == (
        422,
        "self_trade_prevented",
    )


def test_an_unknown_instrument_is_not_found(alice, public):
    assert code(alice.place("a-1", instrument_id="NO-USD")) == (404, "instrument_not_found")
    for path in ("book", "trades", "candles?interval=1m"):
        response = public.send("GET", f"/v1/instruments/NO-USD/{path}")
        assert code(response) == (404, "instrument_not_found")
        assert pointers(response) == ["/path/instrument_id"]
    response = alice.send("DELETE", "/v1/orders?instrument_id=NO-USD")
    assert code(response) == (404, "instrument_not_found")
    assert pointers(response) == ["/query/instrument_id"]


def test_a_dry_run_checks_everything_and_places_nothing(alice):
    body = {
        "client_order_id": "a-1",
        "instrument_id": "BTC-USD",
        "side": "buy",
        "type": "limit",
        "quantity": "0.25",
        "limit_price": "60000.10",
    }
    checked = alice.send("POST", "/v1/orders?dry_run=true", json=body)
    assert checked.status_code == 200
    assert checked.json()["status"] == "pending_new"
    assert (checked.json()["dry_run"], checked.json()["replayed"]) == (True, False)
    too_much = alice.send("POST", "/v1/orders?dry_run=true", json={**body, "quantity": "9"})
    assert code(too_much) == (422, "insufficient_balance")
    assert alice.get("/v1/orders")["data"] == []
    assert alice.place("a-1").status_code == 201
    known = alice.send("POST", "/v1/orders?dry_run=true", json=body).json()
    assert (known["status"], known["dry_run"], known["replayed"]) == ("open", True, True)


def test_amending_keeps_or_loses_priority_and_is_guarded_by_the_version(alice, venue):
    order_id = alice.place("a-1").json()["order_id"]
    path = f"/v1/orders/{order_id}"
    venue.clock.advance(1)
    smaller = alice.send("PATCH", path, json={"expected_version": 1, "quantity": "0.2"})
    assert (smaller.json()["version"], smaller.json()["quantity"]) == (2, "0.2000")
    assert smaller.json()["updated_time"] > smaller.json()["created_time"]
    stale = alice.send("PATCH", path, json={"expected_version": 1, "limit_price": "59000.00"})
    assert code(stale) == (409, "version_conflict")
    off = alice.send("PATCH", path, json={"expected_version": 2, "limit_price": "59000.001"})
    assert code(off) == (422, "price_off_tick")
    nothing = alice.send("PATCH", path, json={"expected_version": 2})
    assert code(nothing) == (400, "malformed")
    alice.send("DELETE", path)
    late = alice.send("PATCH", path, json={"expected_version": 3, "quantity": "0.1"})
    assert code(late) == (409, "order_not_open")


def test_canceling_is_safe_to_repeat_but_not_after_a_fill(alice, bob):
    order_id = alice.place("a-1").json()["order_id"]
    for _ in range(2):
        canceled = alice.send("DELETE", f"/v1/orders/{order_id}")
        assert canceled.status_code == 200
        assert canceled.json()["status"] == "canceled"
        assert canceled.json()["cancel_reason"] == "requested"
        assert canceled.json()["remaining_quantity"] == "0.0000"
    assert {b["reserved"] for b in alice.get("/v1/balances")["data"]} == {"0.00000000"}
    filled = alice.place("a-2").json()["order_id"]
    bob.place("b-1", "sell")
    assert code(alice.send("DELETE", f"/v1/orders/{filled}")) == (409, "order_not_open")


def test_cancel_all_by_instrument_or_altogether(alice):
    first = alice.place("a-1").json()["order_id"]
    ether = {"instrument_id": "ETH-USD", "limit_price": "3000.00", "quantity": "1"}
    second = alice.place("a-2", **ether).json()["order_id"]
    third = alice.place("a-3").json()["order_id"]
    one = alice.send("DELETE", "/v1/orders?instrument_id=ETH-USD").json()
    assert one["order_ids"] == [second]
    assert alice.send("DELETE", "/v1/orders").json()["order_ids"] == [first, third]
    assert alice.send("DELETE", "/v1/orders").json()["order_ids"] == []


def test_a_typing_error_never_cancels_everything(alice):
    alice.place("a-1")
    response = alice.send("DELETE", "/v1/orders?instrument=ETH-USD")
    assert code(response) == (400, "malformed")
    assert len(alice.get("/v1/orders?status=working")["data"]) == 1


def test_a_batch_has_a_result_per_order_and_is_safe_to_repeat(alice):
    order = {"instrument_id": "BTC-USD", "side": "buy", "type": "limit", "quantity": "0.1"}
    batch = {
        "orders": [
            {**order, "client_order_id": "a-1", "limit_price": "60000.10"},
            {**order, "client_order_id": "a-2", "limit_price": "60000.101"},
            {**order, "client_order_id": "a-3", "limit_price": "60000.20"},
        ]
    }
    response = alice.send("POST", "/v1/orders/batch", json=batch)
    results = response.json()["results"]
    assert [each["result"] for each in results] == ["accepted", "refused", "accepted"]
    problem = results[1]["problem"]
    assert (problem["code"], problem["status"]) == ("price_off_tick", 422)
    assert problem["request_id"] == response.headers["x-request-id"]
    assert problem["errors"][0]["pointer"] == "/body/orders/1/limit_price"
    again = alice.send("POST", "/v1/orders/batch", json=batch).json()["results"]
    assert [each["order"]["replayed"] for each in (again[0], again[2])] == [True, True]
    assert len(alice.get("/v1/orders")["data"]) == 2
    too_many = {"orders": [{**order, "client_order_id": f"b-{n}"} for n in range(21)]}
    assert code(alice.send("POST", "/v1/orders/batch", json=too_many)) == (400, "malformed")


def test_the_dead_man_switch_fires_unless_it_is_set_again(alice, venue):
    order_id = alice.place("a-1").json()["order_id"]
    armed = alice.send("PUT", "/v1/cancel-after", json={"timeout_ms": 10_000}).json()
    assert armed == {"timeout_ms": 10_000, "trigger_time": "2026-11-22T09:30:10.000000Z"}
    venue.clock.advance(9)
    armed = alice.send("PUT", "/v1/cancel-after", json={"timeout_ms": 10_000}).json()
    assert armed["trigger_time"] == "2026-11-22T09:30:19.000000Z"
    venue.clock.advance(9)
    assert alice.get(f"/v1/orders/{order_id}")["status"] == "open"
    venue.clock.advance(1)
    alice.place("a-2", quantity="0.001")  # what was due before comes first
    assert alice.get(f"/v1/orders/{order_id}")["cancel_reason"] == "cancel_after"
    off = alice.send("PUT", "/v1/cancel-after", json={"timeout_ms": 0}).json()
    assert off == {"timeout_ms": 0, "trigger_time": None}


def test_orders_wait_for_their_stop_price_and_their_end(alice, bob, venue):
    stop = bob.place(
        "b-1", "sell", type="stop", limit_price=None, stop_price="58000.00", quantity="0.1"
    ).json()
    assert (stop["status"], stop["stop_price"]) == ("open", "58000.00")
    until = "2026-11-22T09:31:00Z"
    brief = alice.place("a-1", time_in_force="gtd", expire_time=until).json()
    assert brief["expire_time"] == "2026-11-22T09:31:00.000000Z"
    past = alice.place("a-2", time_in_force="gtd", expire_time="2026-11-22T09:00:00Z")
    assert code(past) == (400, "malformed")
    day = alice.place("a-3", time_in_force="day", limit_price="50000.00").json()
    assert day["expire_time"] == "2026-11-23T00:00:00.000000Z"
    venue.clock.advance(60)
    alice.place("a-4", limit_price="50000.00", quantity="0.1")
    assert alice.get(f"/v1/orders/{brief['order_id']}")["status"] == "expired"


def test_an_order_that_reaches_the_core_after_its_signature_expired_is_never_placed(alice, venue):
    submit = venue.northgate.engine.submit

    async def delayed(command):
        venue.clock.advance(6)
        return await submit(command)

    object.__setattr__(venue.northgate.engine, "submit", delayed)
    assert code(alice.place("a-1")) == (401, "timestamp_out_of_window")
    assert code(alice.send("GET", "/v1/orders/by-client-id/a-1")) == (404, "order_not_found")


def test_lists_page_newest_first_without_gaps_or_repeats(alice, venue):
    for number in range(7):
        alice.place(f"a-{number}", quantity="0.001")
        venue.clock.advance(0.25 if number % 2 else 0)
    seen, cursor = [], ""
    while cursor is not None:
        page = alice.get(f"/v1/orders?limit=3{cursor and f'&cursor={cursor}'}")
        seen += [each["client_order_id"] for each in page["data"]]
        cursor = page["next_cursor"]
        alice.place(f"late-{len(seen)}", quantity="0.001")  # shows on a first page only
    assert seen == [f"a-{number}" for number in reversed(range(7))]
    assert code(alice.send("GET", "/v1/orders?cursor=tampered")) == (400, "malformed")
    assert code(alice.send("GET", "/v1/orders?limit=501")) == (400, "malformed")


def test_lists_filter(alice, venue):
    working = alice.place("a-1").json()
    canceled = alice.place("a-2").json()
    alice.send("DELETE", f"/v1/orders/{canceled['order_id']}")
    venue.clock.advance(10)
    alice.place("a-3", instrument_id="ETH-USD", limit_price="3000.00", quantity="1")

    def names(query):
        return [each["client_order_id"] for each in alice.get(f"/v1/orders?{query}")["data"]]

    assert names("status=working") == ["a-3", "a-1"]
    assert names("status=closed") == names("status=canceled") == ["a-2"]
    assert names("instrument_id=ETH-USD") == ["a-3"]
    assert names("start_time=2026-11-22T09:30:10Z") == ["a-3"]
    assert names("end_time=2026-11-22T09:30:10Z") == ["a-2", "a-1"]
    assert names("end_time=2026-11-22T10:30:10%2B01:00") == ["a-2", "a-1"]
    assert code(alice.send("GET", "/v1/orders?status=done")) == (400, "malformed")
    assert working["status"] == "open"
