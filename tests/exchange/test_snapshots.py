"""A snapshot anywhere, and the rest of the commands, give what all commands give: to the digit."""

import hashlib
import json
import os
import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.exchange import (
    AdvanceTime,
    AmendOrder,
    CancelAll,
    CancelOrder,
    Deposit,
    Exchange,
    PlaceBatch,
    SetCancelAfter,
    SetInstrumentStatus,
    Window,
)
from handlers.exchange.candles import INTERVALS
from handlers.exchange.ids import order_id
from handlers.exchange.journal import Entry, JournalError, MemoryJournal, recover
from handlers.exchange.records import FORMAT
from handlers.exchange.restoring import SnapshotError
from handlers.exchange.snapshots import PART_OCTETS, Packed, Snapshot, unpack
from handlers.exchange.state import RETENTION
from handlers.exchange.times import DAY, HOUR, MINUTE, SECOND
from tests.exchange.conftest import SETUP, T0
from tests.exchange.naive import Terms
from tests.exchange.test_determinism import busy_life
from tests.exchange.test_machine import (
    ACCOUNTS,
    price_text,
    prices,
    quantities,
    random_terms,
    request,
    terms,
    text,
)

GOLDEN = Path(__file__).parent / "data" / f"snapshot-{FORMAT}.jsonl"
SHORT = 2 * DAY  # a retention that lives are long enough to see the end of
ALL = Window(limit=10_000)

accounts = st.sampled_from(ACCOUNTS)
numbers = st.integers(1, 40)


def step(name, *arguments):
    return st.tuples(st.just(name), st.tuples(*arguments))


steps = st.one_of(
    step("place", terms(), st.sampled_from((0, 0, 1, 30))),
    step("place", terms(), st.just(0)),
    step("batch", terms(), terms(), terms()),
    step("amend", numbers, st.none() | quantities, st.none() | prices),
    step("cancel", numbers),
    step("cancel_all", accounts),
    step("switch", accounts, st.sampled_from((0, 5_000, 90_000))),
    step("wait", st.sampled_from((SECOND, MINUTE, 7 * HOUR, DAY))),
    step("status", st.sampled_from(("open", "open", "halted"))),
)


class Life:
    """Commands and their times; those that name an order name one that may have been made."""

    def __init__(self) -> None:
        self.time = T0
        self.owner: dict[int, str] = {}
        self.log = [(command, T0) for command in SETUP]
        for account in ACCOUNTS:
            for asset in ("USD", "X"):
                self.do(Deposit(account_id=account, deposit_id=asset, asset=asset, amount="500"))

    def do(self, command) -> None:
        self.time += SECOND // 3
        self.log.append((command, self.time))

    def made(self, order):
        self.owner[len(self.owner) + 1] = order.account
        return request(order, f"c{len(self.owner)}")

    def id_and_owner(self, number):
        return {"account_id": self.owner.get(number, "a"), "order_id": order_id(number)}

    def place(self, order, minutes) -> None:
        made = self.made(order)
        if minutes and order.tif == "gtc":
            made = replace(made, time_in_force="gtd", expire_time=self.time + minutes * MINUTE)
        self.do(made)

    def batch(self, *orders) -> None:
        account = orders[0].account
        items = tuple(self.made(replace(each, account=account)) for each in orders)
        self.do(PlaceBatch(account_id=account, items=items))

    def amend(self, number, quantity, limit) -> None:
        changes = {
            "quantity": None if quantity is None else text(quantity, 10),
            "limit_price": price_text(limit),
        }
        self.do(AmendOrder(**self.id_and_owner(number), **changes))

    def cancel(self, number) -> None:
        self.do(CancelOrder(**self.id_and_owner(number)))

    def cancel_all(self, account) -> None:
        self.do(CancelAll(account_id=account))

    def switch(self, account, timeout) -> None:
        self.do(SetCancelAfter(account_id=account, timeout_ms=timeout))

    def status(self, status) -> None:
        self.do(SetInstrumentStatus(instrument_id="X-USD", status=status))

    def wait(self, microseconds) -> None:
        self.time += microseconds
        self.do(AdvanceTime())


def kept(exchange: Exchange, position: int = 0) -> Snapshot:
    packed = Packed(exchange)
    parts = list(packed)
    assert packed.digest == exchange.digest()
    return Snapshot(position, packed.digest, lambda: parts)


def everything(exchange: Exchange) -> list[object]:
    """All that anybody can ask."""
    found: list[object] = [exchange.time, exchange.seq, exchange.instruments()]
    for instrument in exchange.instruments():
        name = instrument.instrument_id
        found += [exchange.book(name, 1_000), exchange.trades(name, ALL)]
        found += [exchange.candles(name, interval, ALL) for interval in INTERVALS]
    for account in ACCOUNTS:
        orders = exchange.orders(account, ALL).items
        found += [orders, exchange.orders(account, ALL, status="working")]
        found += [exchange.order_by_client_id(account, o.client_order_id) for o in orders]
        found += [exchange.executions(account, ALL), exchange.balances(account)]
        found += [exchange.positions(account), exchange.cancel_after(account)]
    return found


@settings(max_examples=int(os.environ.get("NORTHGATE_EXAMPLES", "80")), deadline=None)
@given(st.lists(steps, min_size=10, max_size=60), st.data())
def test_a_snapshot_and_the_tail_are_the_whole(chosen, data):
    life = Life()
    for name, arguments in chosen:
        getattr(life, name)(*arguments)
    for _ in range(3):
        life.wait(SHORT)
    log = life.log
    whole = Exchange(SHORT)
    cut = data.draw(st.integers(0, len(log)))
    for command, time in log[:cut]:
        whole.apply(command, time)
    half = unpack(kept(whole), SHORT)
    assert half.digest() == whole.digest()
    assert everything(half) == everything(whole)
    for command, time in log[cut:]:
        assert half.apply(command, time) == whole.apply(command, time)
    assert half.digest() == whole.digest()
    assert everything(half) == everything(whole)
    assert half.imbalance() == {}


@pytest.mark.parametrize("seed", range(4))
def test_a_snapshot_anywhere_in_a_long_and_crowded_life(seed):
    """What random search seldom builds up: deep queues, reduce-only orders that wait."""
    rng, life = random.Random(seed), Life()
    for _ in range(300):
        dice = rng.random()
        number, is_buy = rng.randrange(1, len(life.owner) + 2), rng.random() < 0.5
        if dice < 0.1:
            life.cancel(number)
        elif dice < 0.2:
            life.amend(number, rng.choice((None, rng.randrange(1, 7))), rng.randrange(17, 24))
        elif dice < 0.21:
            life.switch(rng.choice(ACCOUNTS), rng.choice((0, 10_000)))
        elif dice < 0.4:
            calm = Terms(rng.choice(ACCOUNTS), is_buy, 1, 15 if is_buy else 26, None, "gtc")
            life.place(replace(calm, reduce_only=True), 0)
        else:
            life.place(random_terms(rng), rng.choice((0, 0, 1)))
    whole, half = Exchange(), Exchange()
    waiting = 0
    for n, (command, time) in enumerate(life.log):
        if n % 25 == 0:
            half = unpack(kept(half), RETENTION)
            waiting += any(
                position.reducing
                for account in half._state.accounts.values()
                for position in account.positions.values()
            )
        assert half.apply(command, time) == whole.apply(command, time)
    assert waiting > 3
    assert half.digest() == whole.digest()
    assert everything(half) == everything(whole)


@pytest.fixture
def life(new_desk):
    desk = new_desk()
    desk.fund("a", "b", "c")
    busy_life(desk, 120)
    return desk


def test_a_snapshot_after_every_command_of_a_busy_life(life):
    """Each venue goes on from the snapshot of the one before."""
    exchange = Exchange()
    for command, time in life.log:
        exchange = unpack(kept(exchange), RETENTION)
        exchange.apply(command, time)
    assert exchange.digest() == life.exchange.digest()
    assert everything(exchange) == everything(life.exchange)


def test_what_was_saved_by_this_format_can_still_be_read_and_means_the_same(life):
    """Whoever changes records or rules sees it here: FORMAT goes up, and the file is made anew."""
    lines = b"".join(life.exchange.lines())
    if not GOLDEN.exists():
        GOLDEN.write_bytes(lines)
        pytest.fail(f"{GOLDEN.name} was not there; it is now")
    assert lines == GOLDEN.read_bytes()
    restored = unpack(snapshot_of(GOLDEN.read_bytes()), RETENTION)
    assert everything(restored) == everything(life.exchange)


def snapshot_of(lines: bytes, position: int = 0) -> Snapshot:
    """A snapshot whose digest fits whatever it holds."""

    class Lines:
        def lines(self):
            return iter(lines.splitlines(keepends=True))

    packed = Packed(Lines())
    parts = list(packed)
    assert packed.digest == hashlib.sha256(lines).hexdigest()
    return Snapshot(position, packed.digest, lambda: parts)


def changed(exchange: Exchange, kind: str, change) -> bytes:
    """The lines of a venue, the first record of a kind changed."""
    found = [json.loads(line) for line in exchange.lines()]
    first = next(n for n, record in enumerate(found) if record[0] == kind)
    found[first : first + 1] = change(found[first])
    return b"".join(json.dumps(each).encode() + b"\n" for each in found)


@pytest.mark.parametrize(
    ("kind", "change", "why"),
    [
        ("northgate", lambda r: [[r[0], FORMAT + 1, *r[2:]]], "format 2"),
        ("northgate", lambda r: [[*r[:4], 1, *r[5:]]], "retention"),
        ("northgate", lambda r: [r[:3]], "cannot be read"),
        ("end", lambda _: [], "cut short"),
        ("trade", lambda _: [], "missing"),
        ("order", lambda _: [], "cannot be read"),
        ("order", lambda r: [r[:-1]], "cannot be read"),
        ("asset", lambda r: [["gold", *r[1:]]], "'gold'"),
        ("asset", lambda r: [["_counts", *r[1:]]], "'_counts'"),
        ("queue", lambda r: [[*r[:3], [[k, q + 1, o] for k, q, o in r[3]]]], "add up"),
    ],
)
def test_records_that_are_no_state_are_told(life, kind, change, why):
    with pytest.raises(SnapshotError, match=why):
        unpack(snapshot_of(changed(life.exchange, kind, change)), RETENTION)


def test_every_damaged_octet_is_noticed(life):
    whole = kept(life.exchange)
    (part,) = whole.parts()
    for place in range(0, len(part), 97):
        parts = [part[:place] + bytes([part[place] ^ 1]) + part[place + 1 :]]
        with pytest.raises(SnapshotError):
            unpack(whole._replace(parts=lambda parts=parts: parts), RETENTION)
    for parts in ([], [part[:-1]], [part[: len(part) // 2]]):
        with pytest.raises(SnapshotError):
            unpack(whole._replace(parts=lambda parts=parts: parts), RETENTION)


def test_large_states_come_in_parts(new_desk):
    desk = new_desk()
    desk.fund("a", usd="100000000")
    for n in range(12_000):
        # Names that do not compress, so that there is something to cut.
        name = hashlib.sha256(b"%d" % n).hexdigest()[:36]
        desk.ok("a", "buy", "0.1", "10", client_order_id=name)
    snapshot = kept(desk.exchange)
    parts = list(snapshot.parts())
    assert len(parts) > 1 or len(parts[0]) < PART_OCTETS
    assert unpack(snapshot, RETENTION).digest() == desk.exchange.digest()


def filled(log) -> MemoryJournal:
    journal = MemoryJournal()
    journal.append([Entry(n, time, command) for n, (command, time) in enumerate(log, 1)])
    return journal


def save(journal, log, position) -> None:
    exchange = Exchange()
    for command, time in log[:position]:
        exchange.apply(command, time)
    journal.save(position, Packed(exchange))


def test_recovery_begins_with_the_newest_snapshot(life, monkeypatch):
    journal = filled(life.log)
    save(journal, life.log, 50)
    save(journal, life.log, 100)
    read = []
    original = journal.read
    monkeypatch.setattr(journal, "read", lambda after=0: read.append(after) or original(after))
    exchange, position = recover(journal)
    assert read == [100]
    assert (exchange.digest(), position) == (life.exchange.digest(), len(life.log))


def test_a_snapshot_that_cannot_be_read_is_passed_over_loudly(life, caplog):
    journal = filled(life.log)
    save(journal, life.log, 50)
    journal._snapshots.append(Snapshot(100, "0" * 64, lambda: [b"garbage"]))
    exchange, _ = recover(journal)
    assert exchange.digest() == life.exchange.digest()
    assert "the snapshot at 100 is passed over" in caplog.text
    assert "at 50" not in caplog.text


def test_a_hole_behind_a_snapshot_is_an_error(life):
    journal = filled(life.log)
    save(journal, life.log, 50)
    del journal._entries[50]
    with pytest.raises(JournalError, match="entry 51 is missing; found 52"):
        recover(journal)
