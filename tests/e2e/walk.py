"""Calls every operation of Northgate with the installed Python SDK; run as a program.

    python walk.py sync|async PREFIX

The environment names the server and the keys of alice and bob. Prints, as JSON, for each operation
the error that a refused call of it raised. What a call gives back wrongly ends the program.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import os
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from northgate import AsyncNorthgate, Northgate, NorthgateError

ORDER: dict[str, Any] = {
    "instrument_id": "BTC-USD",
    "side": "buy",
    "type": "limit",
    "quantity": "0.25",
    "limit_price": "60000.10",
}
NEVER = "not-of-this-venue"


class Blocking:
    """An asynchronous client that is called like the synchronous one."""

    def __init__(self, inner: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._inner, self._loop = inner, loop

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        if not callable(found):
            return Blocking(found, self._loop)
        return lambda **arguments: self._result(found(**arguments))

    def _result(self, given: Any) -> Any:
        if inspect.isawaitable(given) and not isinstance(given, AsyncIterator):
            if hasattr(given, "__aiter__"):
                return self._loop.run_until_complete(_all(given))
            return self._loop.run_until_complete(_waited(given))
        return self._loop.run_until_complete(_all(given))


async def _waited(given: Any) -> Any:
    return await given


async def _all(given: Any) -> list[Any]:
    return [each async for each in given]


def main(surface: str, prefix: str) -> None:
    """Walk with two accounts."""
    loop = asyncio.new_event_loop()

    def client(**credentials: Any) -> Any:
        if surface == "async":
            return Blocking(AsyncNorthgate(**credentials), loop)
        return Northgate(**credentials)

    names = ("KEY_ID", "PRIVATE_KEY")
    alice, bob = (
        client(**{name.lower(): os.environ[f"{who}_{name}"] for name in names})
        for who in ("ALICE", "BOB")
    )
    trade(alice, bob, prefix)
    refused = refusals(alice, prefix)
    refused |= keys(alice, client)
    print(json.dumps(refused))


def trade(alice: Any, bob: Any, prefix: str) -> None:
    """Everything that succeeds, but for the keys. Alice has BTC, Bob has USD."""
    market = alice.market_data
    assert abs(market.get_time().time - datetime.now(UTC)).total_seconds() < 60
    assert market.get_status().status == "operational"
    assert [one.instrument_id for one in market.list_instruments(limit=1)] == ["BTC-USD", "ETH-USD"]

    placed = bob.orders.create(client_order_id=f"{prefix}-1", **ORDER)
    assert (placed.status, placed.replayed) == ("open", False)
    again = bob.orders.create(client_order_id=f"{prefix}-1", **ORDER)
    assert (again.order_id, again.replayed) == (placed.order_id, True)
    assert bob.orders.get(order_id=placed.order_id).version == placed.version
    assert bob.orders.get_by_client_id(client_order_id=f"{prefix}-1").order_id == placed.order_id
    amended = bob.orders.amend(
        order_id=placed.order_id, expected_version=placed.version, quantity="0.20"
    )
    assert amended.quantity == Decimal("0.2")
    assert market.get_order_book(instrument_id="BTC-USD", depth=1).bids[0].price == Decimal(
        "60000.10"
    )

    sale = {**ORDER, "side": "sell", "quantity": "0.1"}
    assert alice.orders.create(client_order_id=f"{prefix}-s", **sale).status == "filled"
    assert str(next(iter(market.list_trades(instrument_id="BTC-USD"))).price) == "60000.10"
    assert list(market.list_candles(instrument_id="BTC-USD", interval="1m"))
    (execution,) = bob.account.list_executions(order_id=placed.order_id)
    assert (execution.liquidity, execution.side) == ("maker", "buy")
    assert {one.asset for one in bob.account.list_balances().data} >= {"USD", "BTC"}
    assert bob.account.list_positions().data
    assert bob.account.get_rate_limits().data

    lots = [{**ORDER, "client_order_id": f"{prefix}-{n}", "limit_price": "10"} for n in (2, 3)]
    batch = bob.orders.create_batch(orders=lots)
    assert [type(one).__name__ for one in batch.results] == ["AcceptedBatchItem"] * 2
    working = [one.client_order_id for one in bob.orders.list(status="working", limit=1)]
    assert working == [f"{prefix}-{n}" for n in (3, 2, 1)]
    assert bob.orders.cancel(order_id=placed.order_id).status == "canceled"
    assert len(bob.orders.cancel_all().order_ids) == 2
    assert bob.orders.set_cancel_after(timeout_ms=0).trigger_time is None


def refusals(alice: Any, prefix: str) -> dict[str, str]:
    """Calls that the contract allows and the venue refuses."""
    orders, market = alice.orders, alice.market_data
    resting = {**ORDER, "side": "sell", "quantity": "0.01", "limit_price": "90000"}
    placed = orders.create(client_order_id=f"{prefix}-r", **resting)
    done = orders.get_by_client_id(client_order_id=f"{prefix}-s")
    lot = {**ORDER, "client_order_id": f"{prefix}-t", "limit_price": "0.001"}
    (item,) = orders.create_batch(orders=[lot]).results
    assert (item.result, item.problem.code) == ("refused", "price_off_tick")
    found = {
        "listInstruments": error(lambda: list(market.list_instruments(cursor=NEVER))),
        "getOrderBook": error(lambda: market.get_order_book(instrument_id="XXX-USD")),
        "listTrades": error(lambda: list(market.list_trades(instrument_id="XXX-USD"))),
        "listCandles": error(
            lambda: list(market.list_candles(instrument_id="XXX-USD", interval="1h"))
        ),
        "listOrders": error(lambda: list(orders.list(cursor=NEVER))),
        "listExecutions": error(lambda: list(alice.account.list_executions(cursor=NEVER))),
        "createOrder": error(
            lambda: orders.create(client_order_id=f"{prefix}-r", **{**resting, "quantity": "0.02"})
        ),
        "getOrder": error(lambda: orders.get(order_id=NEVER)),
        "getOrderByClientId": error(lambda: orders.get_by_client_id(client_order_id=NEVER)),
        "amendOrder": error(
            lambda: orders.amend(order_id=placed.order_id, expected_version=99, quantity="0.02")
        ),
        "cancelOrder": error(lambda: orders.cancel(order_id=done.order_id)),
        "cancelOrders": error(lambda: orders.cancel_all(instrument_id="XXX-USD")),
    }
    orders.cancel(order_id=placed.order_id)
    return found


def keys(alice: Any, client: Callable[..., Any]) -> dict[str, str]:
    """The keys' operations, and what keys of too few scopes may not do."""
    issued = alice.api_keys.create(name="bot", algorithm="hmac-sha256", scopes=["keys"])
    assert "bot" in {key.name for key in alice.api_keys.list(limit=1)}
    assert alice.api_keys.update(key_id=issued.key_id, name="robot").name == "robot"
    rotated = alice.api_keys.rotate(key_id=issued.key_id, overlap_seconds=60)
    holder = client(key_id=rotated.key_id, hmac_secret=rotated.secret)
    assert [key.key_id for key in holder.api_keys.list()]
    reads = alice.api_keys.create(name="reader", algorithm="hmac-sha256", scopes=["read"])
    reader = client(key_id=reads.key_id, hmac_secret=reads.secret)
    assert reader.account.list_balances().data
    found = {
        "listBalances": error(holder.account.list_balances),
        "listPositions": error(holder.account.list_positions),
        "getRateLimits": error(holder.account.get_rate_limits),
        "setCancelAfter": error(lambda: holder.orders.set_cancel_after(timeout_ms=0)),
        "createOrderBatch": error(
            lambda: reader.orders.create_batch(orders=[{**ORDER, "client_order_id": "no"}])
        ),
        "listApiKeys": error(lambda: list(reader.api_keys.list())),
        "createApiKey": error(
            lambda: holder.api_keys.create(name="x", algorithm="hmac-sha256", scopes=["trade"])
        ),
        "updateApiKey": error(lambda: alice.api_keys.update(key_id=NEVER, name="x")),
        "revokeApiKey": error(lambda: alice.api_keys.revoke(key_id=NEVER)),
        "rotateApiKey": error(lambda: alice.api_keys.rotate(key_id=NEVER, overlap_seconds=1)),
    }
    assert alice.api_keys.revoke(key_id=rotated.key_id) is None
    assert alice.api_keys.revoke(key_id=reads.key_id) is None
    return found


def error(call: Callable[[], object]) -> str:
    """The class of what a call raises; nothing was executed by it."""
    try:
        given = call()
    except NorthgateError as raised:
        if raised.outcome != "not_executed":
            raise
        return type(raised).__name__
    raise AssertionError(given)


if __name__ == "__main__":
    main(*sys.argv[1:])
