"""A venue in shards behind the contract: clients cannot tell, except by ids."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from pydantic import SecretBytes, SecretStr

from handlers.app import assemble, create_app
from handlers.core import OutcomeUnknownError, OverloadedError
from handlers.settings import Settings
from handlers.shards.core import ShardedCore
from handlers.shards.map import ShardMap
from tests.service.in_process import HOST, FakeClock, Judge, Venue, run

SHARDS = ShardMap.parse("main:BTC-USD,ETH-USD;eur:SOL-EUR")
SOL = {"instrument_id": "SOL-EUR", "limit_price": "100.00", "quantity": "1"}

_names = itertools.count()


@pytest.fixture(scope="module")
def judge():
    return Judge()


@pytest.fixture(scope="module")
def venue(postgres_server, judge, tmp_path_factory):
    """One for all tests, which have accounts of their own."""
    settings = Settings(
        database=tmp_path_factory.mktemp("venue") / "northgate.db",
        database_url=SecretStr(postgres_server.url("venue")),
        master_key=SecretBytes(bytes(range(32))),
        authorities=(HOST,),
        shards=SHARDS,
        sandbox=True,
        validate_responses=True,
    )
    clock = FakeClock()
    northgate = assemble(settings, clock)
    with run(create_app(northgate)) as http:
        yield Venue(northgate, http, clock, judge)


@pytest.fixture
def trader(venue):
    deposits = (("USD", "100000"), ("EUR", "100000"), ("BTC", "2"), ("SOL", "50"))
    client = venue.client(venue.open(f"t{next(_names)}", *deposits))
    yield client
    client.send("DELETE", "/v1/orders")  # the books are everybody's


@pytest.fixture
def other(venue):
    deposits = (("USD", "100000"), ("EUR", "100000"), ("BTC", "2"), ("SOL", "50"))
    client = venue.client(venue.open(f"o{next(_names)}", *deposits))
    yield client
    client.send("DELETE", "/v1/orders")  # the books are everybody's


@pytest.fixture
def down(venue, monkeypatch):
    """Takes a shard away, in one of two ways."""

    def take(shard: str, error: Exception) -> None:
        core = venue.northgate.engine._cores[shard]

        async def fail(*_args: object) -> None:
            raise error

        monkeypatch.setattr(core, "submit", fail)
        monkeypatch.setattr(core, "current", fail)
        monkeypatch.setattr(type(core), "is_ready", property(lambda each: each is not core))

    return take


def names(listed):
    return [each["client_order_id"] for each in listed]


def test_all_instruments_are_there(venue):
    found = venue.client().get("/v1/instruments")["data"]
    assert [each["instrument_id"] for each in found] == ["BTC-USD", "ETH-USD", "SOL-EUR"]
    assert isinstance(venue.northgate.engine, ShardedCore)


def test_ids_carry_the_shard_and_find_the_order(trader, other):
    main, eur = trader.place("m1"), trader.place("e1", **SOL)
    assert main.json()["order_id"].startswith("ord_0")
    assert eur.json()["order_id"].startswith("ord_eur_0")
    assert eur.headers["location"] == f"/v1/orders/{eur.json()['order_id']}"
    for placed in (main.json(), eur.json()):
        path = f"/v1/orders/{placed['order_id']}"
        shown = trader.get(path)
        assert shown["client_order_id"] == placed["client_order_id"]
        assert other.send("GET", path).status_code == 404
        amended = trader.send("PATCH", path, json={"expected_version": 1, "quantity": "0.9"})
        if placed is eur:
            assert amended.json()["order_id"] == placed["order_id"]
        assert other.send("DELETE", path).status_code == 404
        assert trader.send("DELETE", path).json()["status"] == "canceled"
        assert trader.send("DELETE", path).json()["order_id"] == placed["order_id"]


@pytest.mark.parametrize("shard", ["nil", "main", "eur", ""])
def test_an_id_of_no_order_is_not_found_whatever_shard_it_names(trader, shard):
    trader.place(f"x-{shard}")
    number = trader.get(f"/v1/orders/by-client-id/x-{shard}")["order_id"].partition("_")[2]
    path = f"/v1/orders/ord_{shard}_{number}"
    for method in ("GET", "DELETE"):
        answer = trader.send(method, path)
        assert (answer.status_code, answer.json()["code"]) == (404, "order_not_found")
    assert trader.get("/v1/executions", params={"order_id": f"ord_{shard}_{number}"})["data"] == []


def test_trades_have_one_name_everywhere_and_money_stays_where_its_asset_lives(trader, other):
    assert other.place("maker", "sell", **SOL).status_code == 201
    assert trader.place("taker", **SOL).json()["status"] == "filled"
    assert other.place("maker2", "sell").status_code == 201
    assert trader.place("taker2").json()["status"] == "filled"
    mine, theirs = (each.get("/v1/executions")["data"] for each in (trader, other))
    assert [each["instrument_id"] for each in mine] == ["SOL-EUR", "BTC-USD"] or (
        mine[0]["time"] >= mine[1]["time"]
    )
    eur = [each for each in (*mine, *theirs) if each["instrument_id"] == "SOL-EUR"]
    assert all(each["execution_id"].startswith("exe_eur_") for each in eur)
    assert all(each["order_id"].startswith("ord_eur_") for each in eur)
    ids = [each["execution_id"] for each in (*mine, *theirs)]
    assert len(set(ids)) == 4
    (trade,) = trader.get("/v1/instruments/SOL-EUR/trades", params={"limit": 1})["data"]
    assert trade["trade_id"].startswith("trd_eur_")
    assert trade["seq"] in {each["seq"] for each in eur}
    by_order = {"order_id": eur[0]["order_id"]}
    assert len(trader.get("/v1/executions", params=by_order)["data"]) == 1
    number = by_order["order_id"].rpartition("_")[2]
    for alias in ("", "main_", "_", "nil_"):
        params = {"order_id": f"ord_{alias}{number}", "instrument_id": "SOL-EUR"}
        assert trader.get("/v1/executions", params=params)["data"] == []
    balances = {each["asset"]: each["total"] for each in trader.get("/v1/balances")["data"]}
    assert list(balances) == ["BTC", "EUR", "SOL", "USD"]
    assert float(balances["SOL"]) == 51
    positions = [each["instrument_id"] for each in trader.get("/v1/positions")["data"]]
    assert positions == ["BTC-USD", "SOL-EUR"]


def test_a_client_id_is_the_accounts_one_in_all_shards(trader):
    assert trader.place("one").status_code == 201
    conflict = trader.place("one", **SOL)
    assert (conflict.status_code, conflict.json()["code"]) == (409, "client_order_id_conflict")
    assert conflict.json()["errors"][0]["pointer"] == "/body/client_order_id"
    assert trader.place("one", **SOL).json()["detail"] == conflict.json()["detail"]
    assert trader.place("one").json()["replayed"]
    assert trader.place("two", **SOL).status_code == 201
    assert trader.place("two").status_code == 409
    for instrument, status in ((SOL, 409), ({}, 200)):
        body = {"client_order_id": "one", "side": "buy", "type": "limit", "quantity": "0.25"}
        body |= {"instrument_id": "BTC-USD", "limit_price": "60000.10"} | instrument
        checked = trader.send("POST", "/v1/orders?dry_run=true", json=body)
        assert checked.status_code == status


def test_a_refused_order_leaves_its_id_free_in_all_shards(trader):
    poor = trader.place("free", quantity="1000")
    assert poor.json()["code"] == "insufficient_balance"
    assert trader.place("free", **SOL).status_code == 201
    nowhere = trader.place("free2", instrument_id="XYZ-ABC")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "instrument_not_found")
    assert trader.place("free2").status_code == 201


def test_a_batch_has_its_results_in_its_order(trader):
    def item(name, instrument="BTC-USD", **more):
        terms = {"client_order_id": name, "instrument_id": instrument, "side": "buy"}
        return terms | {"type": "limit", "quantity": "0.1", "limit_price": "100"} | more

    body = [
        item("b0"),
        item("b1", "SOL-EUR"),
        item("b2", "ETH-USD"),
        item("b3", "SOL-EUR", limit_price="0.001"),
        item("b4", "NOP-EUR"),
        item("b5", "SOL-EUR"),
    ]
    results = trader.send("POST", "/v1/orders/batch", json={"orders": body}).json()["results"]
    assert names(results) == [f"b{n}" for n in range(6)]
    said = [r["order"]["instrument_id"] if "order" in r else r["problem"]["code"] for r in results]
    assert said == [
        *("BTC-USD", "SOL-EUR", "ETH-USD", "price_off_tick", "instrument_not_found", "SOL-EUR")
    ]
    assert results[3]["problem"]["errors"][0]["pointer"] == "/body/orders/3/limit_price"
    again = trader.send("POST", "/v1/orders/batch", json={"orders": body}).json()["results"]
    assert [r["order"]["replayed"] for r in again if "order" in r] == [True] * 4


@pytest.mark.parametrize("turn", range(3))
def test_of_two_orders_with_one_id_in_a_batch_the_first_wins(trader, turn):
    orders = [
        {
            "client_order_id": "same",
            "instrument_id": name,
            "side": "buy",
            "type": "limit",
            "quantity": "0.1",
            "limit_price": "100",
        }
        for name in (("SOL-EUR", "BTC-USD", "SOL-EUR"), ("BTC-USD", "SOL-EUR", "ETH-USD"))[turn % 2]
    ]
    results = trader.send("POST", "/v1/orders/batch", json={"orders": orders}).json()["results"]
    assert results[0]["order"]["instrument_id"] == orders[0]["instrument_id"]
    assert results[1]["problem"]["code"] == "client_order_id_conflict"


def test_cancel_all_reaches_every_shard(venue, trader):
    placed = []
    for n in range(3):
        for terms in ({}, SOL):
            venue.clock.advance(0.001)
            placed.append(trader.place(f"c{n}{len(terms)}", **{**terms, "quantity": "0.1"}))
    ids = [each.json()["order_id"] for each in placed]
    canceled = trader.send("DELETE", "/v1/orders?instrument_id=SOL-EUR").json()["order_ids"]
    assert canceled == ids[1::2]
    more = trader.place("more", **SOL).json()["order_id"]
    canceled = trader.send("DELETE", "/v1/orders").json()["order_ids"]
    assert canceled == [*ids[0::2], more], "oldest first"
    assert trader.send("DELETE", "/v1/orders?instrument_id=XYZ-ABC").status_code == 404


def test_the_dead_man_switch_holds_in_every_shard(venue, trader):
    trader.place("d1")
    trader.place("d2", **SOL)
    armed = trader.send("PUT", "/v1/cancel-after", json={"timeout_ms": 5_000}).json()
    assert armed["trigger_time"] is not None
    venue.clock.advance(6)
    for name in ("BTC-USD", "SOL-EUR"):  # time passes with the next command of each shard
        terms = {} if name == "BTC-USD" else SOL
        trader.place(f"after-{name}", **terms)
    for name in ("d1", "d2"):
        shown = trader.get(f"/v1/orders/by-client-id/{name}")
        assert (shown["status"], shown["cancel_reason"]) == ("canceled", "cancel_after")
    off = trader.send("PUT", "/v1/cancel-after", json={"timeout_ms": 0}).json()
    assert off["trigger_time"] is None


def test_lists_are_one_list_page_by_page(venue, trader, other):
    expected = []
    for n in range(12):
        if n % 3:
            venue.clock.advance(0.001)
        terms = (SOL, {}, {"instrument_id": "ETH-USD"})[n % 3 if n < 9 else n % 2]
        terms = terms | {"quantity": "0.1", "limit_price": "100"}
        assert other.place(f"l{n}", "sell", **terms).status_code in (201, 422)
        placed = trader.place(f"l{n}", **terms)
        assert placed.status_code == 201
        expected.append(f"l{n}")
    whole = trader.get("/v1/orders", params={"limit": 100})
    assert whole["next_cursor"] is None
    keys = [(each["created_time"]) for each in whole["data"]]
    assert keys == sorted(keys, reverse=True)
    assert sorted(names(whole["data"])) == sorted(expected)
    for path in ("/v1/orders", "/v1/executions"):
        everything = trader.get(path, params={"limit": 100})["data"]
        for limit in (1, 2, 5, len(everything)):
            pages, cursor = [], None
            while True:
                venue.clock.advance(0.2)  # for the bucket of reads
                params = {"limit": limit} | ({"cursor": cursor} if cursor else {})
                page = trader.get(path, params=params)
                pages += page["data"]
                cursor = page["next_cursor"]
                if cursor is None:
                    break
                assert len(page["data"]) == limit
            assert pages == everything
    sol = trader.get("/v1/orders", params={"instrument_id": "SOL-EUR", "limit": 2})
    rest = trader.get(
        "/v1/orders",
        params={"instrument_id": "SOL-EUR", "limit": 50, "cursor": sol["next_cursor"]},
    )
    both = sol["data"] + rest["data"]
    assert both == [each for each in whole["data"] if each["instrument_id"] == "SOL-EUR"]
    for cursor in ("AAAA", "MS4y", "w6k", "MS5ldXIuLTE"):
        answer = trader.send("GET", "/v1/orders", params={"cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")


NOT_TAKEN = OverloadedError("no engine is heard")
UNKNOWN = OutcomeUnknownError("the engine does not answer")


def test_a_shard_that_is_down_holds_up_nobody_else(venue, trader, down):
    trader.place("before", **SOL)
    known = trader.place("known").json()
    down("eur", NOT_TAKEN)
    status = venue.client().get("/v1/status")
    assert (status["status"], status["message"]) == ("degraded", "No orders are taken in SOL-EUR.")
    assert venue.northgate.readiness.reason == ""
    assert venue.northgate.readiness.notice == "without eur"
    assert trader.place("goes").status_code == 201
    assert trader.get(f"/v1/orders/{known['order_id']}")["client_order_id"] == "known"
    assert trader.get("/v1/orders/by-client-id/known")["order_id"] == known["order_id"]
    refused = trader.place("stays", **SOL)
    assert (refused.status_code, refused.json()["outcome"]) == (503, "not_executed")
    # Lists show what is known here, as ever.
    assert set(names(trader.get("/v1/orders")["data"])) == {"before", "known", "goes"}


@pytest.mark.parametrize("shard", SHARDS.names)
def test_not_found_is_said_only_when_every_shard_was_asked(trader, down, shard):
    placed = trader.place("there", **(SOL if shard == "eur" else {})).json()
    down(shard, UNKNOWN)
    for path in ("by-client-id/nowhere", "by-client-id/there", placed["order_id"]):
        answer = trader.send("GET", f"/v1/orders/{path}")
        assert answer.status_code == 503, "it may be there, or have changed"


def test_of_a_batch_the_orders_of_other_shards_stand(trader, down):
    down("eur", NOT_TAKEN)
    orders = [
        {
            "client_order_id": f"p-{name}",
            "instrument_id": name,
            "side": "buy",
            "type": "limit",
            "quantity": "0.1",
            "limit_price": "100",
        }
        for name in ("SOL-EUR", "BTC-USD")
    ]
    sol, btc = trader.send("POST", "/v1/orders/batch", json={"orders": orders}).json()["results"]
    assert btc["order"]["status"] == "open"
    problem = sol["problem"]
    assert (problem["code"], problem["outcome"]) == ("overloaded", "not_executed")
    assert problem["retryable"]
    only = trader.send("POST", "/v1/orders/batch", json={"orders": orders[:1]})
    assert (only.status_code, only.json()["outcome"]) == (503, "not_executed")


def test_a_batch_with_an_unknown_part_is_unknown_and_safe_to_repeat(trader, down, monkeypatch):
    orders = [
        {
            "client_order_id": f"u-{name}",
            "instrument_id": name,
            "side": "buy",
            "type": "limit",
            "quantity": "0.1",
            "limit_price": "100",
        }
        for name in ("SOL-EUR", "BTC-USD")
    ]
    down("eur", UNKNOWN)
    answer = trader.send("POST", "/v1/orders/batch", json={"orders": orders})
    assert (answer.status_code, answer.json()["outcome"]) == (504, "unknown")
    assert "Repeat the batch" in answer.json()["detail"]
    monkeypatch.undo()
    results = trader.send("POST", "/v1/orders/batch", json={"orders": orders}).json()["results"]
    assert [each["order"]["replayed"] for each in results] == [False, True]


@pytest.mark.parametrize("error", [NOT_TAKEN, UNKNOWN])
def test_what_only_some_shards_did_is_told_as_unknown(trader, down, monkeypatch, error):
    sol, btc = trader.place("s", **SOL).json(), trader.place("b").json()
    down("eur", error)
    for method, path, body in (
        ("DELETE", "/v1/orders", None),
        ("PUT", "/v1/cancel-after", {"timeout_ms": 60_000}),
    ):
        answer = trader.send(method, path, json=body)
        assert (answer.status_code, answer.json()["outcome"]) == (504, "unknown")
        assert "may not have taken effect for SOL-EUR" in answer.json()["detail"]
        assert answer.json()["retryable"]
    monkeypatch.undo()
    assert trader.get(f"/v1/orders/{btc['order_id']}")["status"] == "canceled"
    assert trader.get(f"/v1/orders/{sol['order_id']}")["status"] == "open"
    assert trader.send("DELETE", "/v1/orders").json()["order_ids"] == [sol["order_id"]]


def test_with_no_shard_left_nothing_was_done(trader, down):
    for shard in SHARDS.names:
        down(shard, NOT_TAKEN)
    answer = trader.send("DELETE", "/v1/orders")
    assert (answer.status_code, answer.json()["outcome"]) == (503, "not_executed")


def test_cores_are_started_all_or_none():
    events = []

    class Core:
        is_ready, waiting = True, 0

        def __init__(self, name, error=None):
            self.name, self.error = name, error

        async def start(self):
            if self.error:
                raise self.error
            events.append(f"start {self.name}")

        async def stop(self):
            events.append(f"stop {self.name}")

    core = ShardedCore(SHARDS, {"eur": Core("eur"), "main": Core("main", OSError("no disk"))})
    with pytest.raises(OSError, match="no disk"):
        asyncio.run(core.start())
    assert events == ["start eur", "stop eur", "stop main"]
