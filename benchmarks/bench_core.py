"""The trading core alone: commands per second on one instrument, one core, nothing else running.

Run it by hand: `python benchmarks/bench_core.py [--commands N] [--rounds N] [--seed N]`.

Streams are made before the clock starts, against a venue of their own, so that every cancel and
amendment names an order that is open. Then only `Exchange.apply` is measured: idempotency index,
ledger, positions, tape and candles included. Each mix runs in a fresh venue with 200 accounts,
the garbage collector set as in the server (`handlers.collector`):

- `quote`  a market maker's day: resting limit orders, and as many cancels
- `mixed`  60% limit orders about a wandering middle, 5% market orders, 25% cancels,
           10% amendments of price; the table says how many orders traded
- `cross`  limit orders of random size and side at one price: every order meets about one other

Rates are medians, per second of processor time (what one core does when nobody else is on it) and
per second on the wall (the same on an idle machine). Latency is taken per command with
`perf_counter_ns`, in a pass of its own.
"""

from __future__ import annotations

import argparse
import platform
import random
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter, perf_counter_ns, process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from handlers.collector import relax
from handlers.exchange import (
    AmendOrder,
    CancelOrder,
    Command,
    DefineAsset,
    DefineInstrument,
    Deposit,
    Exchange,
    PlaceOrder,
)
from handlers.exchange.events import OrderAccepted, OrderClosed, Rejected, Traded
from handlers.exchange.ids import order_id

ACCOUNTS = 200
START = 1_800_000_000_000_000
INSTRUMENT = "BTC-USD"
SIDES = ("buy", "sell")
DEPTH = 1_000  # open orders before anything is canceled
HALF = 0.5

Stream = Callable[[random.Random, "Book"], Command]


class Book:
    """The stream's own venue, and which orders are open in it."""

    def __init__(self) -> None:
        self.exchange = venue()
        self.middle = 6_000_000  # cents
        self.count = 0
        self.open: list[tuple[int, str]] = []  # order number, account
        self.place: dict[int, int] = {}  # order number -> index in `open`

    def follow(self, command: Command) -> None:
        """Carry a command out and note what became of orders."""
        self.count += 1
        for event in self.exchange.apply(command, START + self.count):
            match event:
                case OrderAccepted():
                    self.place[event.order] = len(self.open)
                    self.open.append((event.order, event.account_id))
                case OrderClosed():
                    self.forget(event.order)
                case Traded():
                    if not event.taker_remaining:
                        self.forget(event.taker_order)
                    if not event.maker_remaining:
                        self.forget(event.maker_order)
                case Rejected():
                    sys.exit(f"a stream holds a command that is refused: {command} {event}")
                case _:
                    pass

    def forget(self, number: int) -> None:
        """Take an order out of `open`, the last one taking its place."""
        index = self.place.pop(number)
        last = self.open.pop()
        if index < len(self.open):
            self.open[index] = last
            self.place[last[0]] = index


def setup() -> list[Command]:
    """One instrument, and rich accounts."""
    commands: list[Command] = [
        DefineAsset(asset="USD", scale=6),
        DefineAsset(asset="BTC", scale=8),
        DefineInstrument(
            instrument_id=INSTRUMENT,
            base_asset="BTC",
            quote_asset="USD",
            price_tick="0.01",
            quantity_step="0.0001",
            minimum_notional="1",
            maker_fee_rate="0.0005",
            taker_fee_rate="0.001",
        ),
    ]
    for n in range(ACCOUNTS):
        for asset in ("USD", "BTC"):
            deposit = Deposit(
                account_id=f"account-{n}", deposit_id=asset, asset=asset, amount="1000000000000"
            )
            commands.append(deposit)
    return commands


def venue() -> Exchange:
    """A venue with all of that."""
    exchange = Exchange()
    for command in setup():
        exchange.apply(command, START)
    return exchange


def order(rng: random.Random, book: Book, side: str, price: int | None) -> PlaceOrder:
    """A limit order at a price in cents, or a market order."""
    return PlaceOrder(
        account_id=f"account-{rng.randrange(ACCOUNTS)}",
        client_order_id=f"c-{book.count}",
        instrument_id=INSTRUMENT,
        side=side,
        type="market" if price is None else "limit",
        quantity=f"0.{rng.randrange(1, 9999):04d}",
        limit_price=None if price is None else cents(price),
        stp_mode="cancel_oldest",
    )


def cents(price: int) -> str:
    """A price in cents as a decimal string."""
    return f"{price // 100}.{price % 100:02d}"


def quote(rng: random.Random, book: Book) -> Command:
    """Place away from the middle, or cancel any open order."""
    if len(book.open) > DEPTH and rng.random() < HALF:
        return cancel(rng, book)
    side = rng.choice(SIDES)
    away = rng.randrange(1, 200)
    return order(rng, book, side, book.middle + (away if side == "sell" else -away))


def mixed(rng: random.Random, book: Book) -> Command:
    """A bit of everything about a middle that wanders."""
    book.middle += rng.choice((-1, 0, 1))
    kind = rng.choices(("limit", "market", "cancel", "amend"), (60, 5, 25, 10))[0]
    side = rng.choice(SIDES)
    away = round(rng.gauss(10, 20))
    price = book.middle + (away if side == "sell" else -away)
    if kind in ("cancel", "amend") and len(book.open) > DEPTH:
        if kind == "cancel":
            return cancel(rng, book)
        number, account = rng.choice(book.open)
        return AmendOrder(account_id=account, order_id=order_id(number), limit_price=cents(price))
    return order(rng, book, side, None if kind == "market" else price)


def cross(rng: random.Random, book: Book) -> Command:
    """Orders of both sides at one price."""
    return order(rng, book, rng.choice(SIDES), book.middle)


def cancel(rng: random.Random, book: Book) -> CancelOrder:
    """Cancel any open order."""
    number, account = rng.choice(book.open)
    return CancelOrder(account_id=account, order_id=order_id(number))


def commands_of(stream: Stream, count: int, seed: int) -> list[Command]:
    """A stream written down."""
    rng = random.Random(seed)  # noqa: S311 - a repeatable load, not a secret
    book = Book()
    made = []
    for _ in range(count):
        command = stream(rng, book)
        book.follow(command)
        made.append(command)
    return made


def throughput(commands: list[Command]) -> tuple[float, float]:
    """Commands per second of this process's processor time, and of time on the wall."""
    exchange = venue()
    relax()
    start, cpu_start = perf_counter(), process_time()
    for n, command in enumerate(commands):
        exchange.apply(command, START + n)
    cpu, wall = process_time() - cpu_start, perf_counter() - start
    return len(commands) / cpu, len(commands) / wall


def counts(commands: list[Command]) -> list[int]:
    """How many orders, trades and cancels there are in a stream, and how many commands fail."""
    exchange = venue()
    seen = Counter(
        type(event) for n, c in enumerate(commands) for event in exchange.apply(c, START + n)
    )
    if exchange.imbalance():
        sys.exit("the ledger does not sum to zero")
    return [seen[kind] for kind in (OrderAccepted, Traded, OrderClosed)]


def latency(commands: list[Command]) -> list[int]:
    """Nanoseconds of every command, sorted."""
    exchange = venue()
    taken: list[int] = []
    relax()
    for n, command in enumerate(commands):
        start = perf_counter_ns()
        exchange.apply(command, START + n)
        taken.append(perf_counter_ns() - start)
    return sorted(taken)


def main() -> None:
    """Print a table of all mixes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--commands", type=int, default=200_000)
    parser.add_argument("--rounds", type=int, default=5, help="the median of so many is shown")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    print(f"CPython {platform.python_version()}, {options.commands} commands a round\n")
    print("| mix | per CPU second | on the wall | p50 us | p99 us | p99.9 us", end="")
    print(" | orders | trades | cancels |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    streams: dict[str, Stream] = {"quote": quote, "mixed": mixed, "cross": cross}
    for name, stream in streams.items():
        commands = commands_of(stream, options.commands, options.seed)
        runs = [throughput(commands) for _ in range(options.rounds)]
        rate, wall = median(cpu for cpu, _ in runs), median(wall for _, wall in runs)
        taken = latency(commands)
        p50, p99, p999 = (taken[int(len(taken) * q)] / 1_000 for q in (0.5, 0.99, 0.999))
        print(
            f"| {name} | {rate:,.0f} | {wall:,.0f} | {p50:.1f} | {p99:.1f} | {p999:.1f} |"
            + "".join(f" {count:,} |" for count in counts(commands))
        )


if __name__ == "__main__":
    main()
