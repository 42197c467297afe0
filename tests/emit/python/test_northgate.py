"""Northgate's SDK against Northgate: every operation called, every message judged by openapi-core.

The venue runs in this process; the SDK reaches it through a transport of the test's own, which is
also the proof that transports are pluggable. The venue's clock stands still, so the very first
signature is far out of its window, and the SDK has to learn the server's time.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest
from pydantic import SecretBytes

from handlers.app import assemble, create_app
from handlers.settings import Settings
from tests.python_tools import emitted, imported, write_tree
from tests.service.in_process import HOST, FakeClock, Judge, Running, Venue, run

SPEC = Path(__file__).parents[3] / "spec" / "northgate.openapi.yaml"
ORDER: dict[str, Any] = {
    "instrument_id": "BTC-USD",
    "side": "buy",
    "type": "limit",
    "quantity": "0.25",
    "limit_price": "60000.10",
}


class Wire:
    """A transport of the SDK that calls an application in this process."""

    def __init__(self, running: Running, judge: Judge, northgate: ModuleType) -> None:
        self._running = running
        self._judge = judge
        self._headers = northgate._runtime.headers.Headers
        self.called: set[tuple[str, str]] = set()

    def send(self, request: Any, limits: object) -> Any:
        del limits
        target = request.path + (f"?{request.query}" if request.query else "")
        response = self._running.request(
            request.method, target, headers=request.headers, content=request.content
        )
        self._judge(response)
        self.called.add((request.method, request.path))
        return Reply(response, self._headers(response.headers.multi_items()))

    def close(self) -> None:
        pass


@dataclasses.dataclass
class Reply:
    response: httpx.Response
    headers: Any

    @property
    def status(self) -> int:
        return self.response.status_code

    def iter_bytes(self) -> Iterator[bytes]:
        yield self.response.content

    def close(self) -> None:
        pass


@pytest.fixture(scope="module")
def northgate(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    folder = tmp_path_factory.mktemp("northgate-sdk")
    # Another name than the checked-in SDK's, so that both can be imported in one process.
    write_tree(folder, emitted(SPEC, package="northgate_fresh", client="Northgate").files)
    imported(folder, "northgate_fresh._runtime.headers")
    return imported(folder, "northgate_fresh")


@pytest.fixture
def venue(tmp_path: Path) -> Iterator[Venue]:
    settings = Settings(
        database=tmp_path / "northgate.db",
        master_key=SecretBytes(bytes(range(32))),
        authorities=(HOST,),
        sandbox=True,
        validate_responses=True,
    )
    clock, judge = FakeClock(), Judge()
    service = assemble(settings, clock)
    with run(create_app(service)) as http:
        yield Venue(service, http, clock, judge)


def client(northgate: ModuleType, venue: Venue, name: str, *deposits: tuple[str, str]) -> Any:
    account = venue.open(name, *deposits)
    return northgate.Northgate(
        base_url=f"https://{HOST}",
        key_id=account.key_id,
        private_key=account.private_key,
        transport=Wire(venue.http, venue.judge, northgate),
    )


def test_every_operation_works_and_is_as_the_contract_says(
    northgate: ModuleType, venue: Venue
) -> None:
    alice = client(northgate, venue, "alice", ("USD", "100000"))
    bob = client(northgate, venue, "bob", ("BTC", "2"))

    market = alice.market_data
    assert market.get_time().time.year == 2026
    assert market.get_status().status
    assert [one.instrument_id for one in market.list_instruments()] == ["BTC-USD", "ETH-USD"]

    placed = alice.orders.create(client_order_id="a-1", **ORDER)
    assert (placed.status, placed.replayed) == ("open", False)
    again = alice.orders.create(client_order_id="a-1", **ORDER)
    assert (again.order_id, again.replayed) == (placed.order_id, True)
    assert alice.orders.get(order_id=placed.order_id).version == placed.version
    assert alice.orders.get_by_client_id(client_order_id="a-1").order_id == placed.order_id
    amended = alice.orders.amend(
        order_id=placed.order_id, expected_version=placed.version, quantity="0.20"
    )
    assert amended.quantity == Decimal("0.2")
    assert market.get_order_book(instrument_id="BTC-USD").bids

    sold = bob.orders.create(client_order_id="b-1", **{**ORDER, "side": "sell", "quantity": "0.1"})
    assert sold.status == "filled"
    assert [str(trade.price) for trade in market.list_trades(instrument_id="BTC-USD")] == [
        "60000.10"
    ]
    assert list(market.list_candles(instrument_id="BTC-USD", interval="1m"))
    executions = list(alice.account.list_executions())
    assert (executions[0].liquidity, executions[0].side) == ("maker", "buy")
    assert {one.asset for one in alice.account.list_balances().data} >= {"USD", "BTC"}
    assert alice.account.list_positions().data
    assert alice.account.get_rate_limits().data

    batch = alice.orders.create_batch(
        orders=[{**ORDER, "client_order_id": f"a-{n}", "limit_price": "10"} for n in (2, 3)]
    )
    assert [type(one).__name__ for one in batch.results] == ["AcceptedBatchItem"] * 2
    assert [one.client_order_id for one in alice.orders.list(status="working", limit=1)] == [
        "a-3",
        "a-2",
        "a-1",
    ]
    assert alice.orders.cancel(order_id=placed.order_id).status == "canceled"
    assert len(alice.orders.cancel_all().order_ids) == 2
    assert alice.orders.set_cancel_after(timeout_ms=0).trigger_time is None

    issued = alice.api_keys.create(name="bot", algorithm="hmac-sha256", scopes=["read"])
    assert issued.secret
    assert {key.name for key in alice.api_keys.list()} >= {"bot"}
    assert alice.api_keys.update(key_id=issued.key_id, name="robot").name == "robot"
    rotated = alice.api_keys.rotate(key_id=issued.key_id, overlap_seconds=60)
    robot = northgate.Northgate(
        base_url=f"https://{HOST}",
        key_id=rotated.key_id,
        hmac_secret=rotated.secret,
        transport=alice.transport,
    )
    assert robot.account.list_balances().data
    with pytest.raises(northgate.ScopeMissingError):
        robot.orders.create(client_order_id="r-1", **ORDER)
    assert alice.api_keys.revoke(key_id=rotated.key_id) is None

    called = {(method, _template(path)) for method, path in alice.transport.called}
    called |= {(method, _template(path)) for method, path in bob.transport.called}
    assert len(called) == 24


def _template(path: str) -> str:
    parts = path.split("/")
    fixed = {"by-client-id": 4, "instruments": 3}
    for name, index in fixed.items():
        if name in parts and len(parts) > index:
            parts[index] = "{}"
    if (
        parts[2] in {"orders", "api-keys"}
        and len(parts) > 3
        and parts[3] not in {"batch", "by-client-id"}
    ):
        parts[3] = "{}"
    return "/".join(parts)


def test_refusals_are_errors_of_their_own(northgate: ModuleType, venue: Venue) -> None:
    carol = client(northgate, venue, "carol", ("USD", "1"))
    with pytest.raises(northgate.InsufficientBalanceError) as caught:
        carol.orders.create(client_order_id="c-1", **ORDER)
    assert caught.value.outcome == "not_executed"
    assert caught.value.request_id
    with pytest.raises(northgate.PriceOffTickError):
        carol.orders.create(client_order_id="c-2", **{**ORDER, "limit_price": "0.001"})
    with pytest.raises(northgate.OrderNotFoundError):
        carol.orders.get_by_client_id(client_order_id="never")


def test_strict_finds_nothing_to_refuse(northgate: ModuleType, venue: Venue) -> None:
    strict = client(northgate, venue, "dora", ("USD", "100000")).with_options(strict=True)
    placed = strict.orders.create(client_order_id="d-1", **ORDER)
    assert strict.orders.get(order_id=placed.order_id).order_id == placed.order_id
    assert len(list(strict.orders.list())) == 1
    assert strict.account.list_balances().data
