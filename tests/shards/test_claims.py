"""Client ids are unique over all shards: the table, the engines that claim, and crashes between."""

import asyncio
import random
import threading

import pytest
from sqlalchemy import select, text

from handlers.engine import Engine
from handlers.exchange import Deposit, Exchange, PlaceBatch, PlaceOrder, RefuseOrder
from handlers.exchange.journal import Entry, JournalError, recover
from handlers.exchange.times import DAY, HOUR, MINUTE
from handlers.shards.map import ShardMap, ShardMapError
from handlers.store.claims import Claims
from handlers.store.client_ids import ClientIds
from handlers.store.databases import postgresql, postgresql_journal
from handlers.store.journal import WriterBusyError
from handlers.store.venue import CLIENT_ORDER_IDS, agree, shard_journal
from tests.exchange.conftest import SETUP, T0

SHARDS = ShardMap.parse("main:XX-USD;eur:YY-EUR")


def order(name, **more) -> PlaceOrder:
    terms = {
        "account_id": "a",
        "client_order_id": name,
        "instrument_id": "X-USD",
        "side": "buy",
        "type": "limit",
        "quantity": "0.1",
        "limit_price": "10",
    }
    return PlaceOrder(**(terms | more))


RICH = (*SETUP, Deposit(account_id="a", deposit_id="d", asset="USD", amount="1000000"))


class Shards:
    """Journals of shards and engines over them. Each core has the same instruments here."""

    def __init__(self, url):
        self.url = url
        self.now = T0
        self._open = []
        agree(url, SHARDS)

    def journal(self, name):
        journal = shard_journal(self.url, name)
        self._open.append(journal)
        return journal

    async def engine(self, name, **more):
        journal = self.journal(name)
        engine = Engine(journal, lambda: self.now, client_ids=ClientIds.of(journal), **more)
        for _ in range(100):
            try:
                await engine.start()
            except WriterBusyError:  # the server needs a moment to notice that one has gone
                await asyncio.sleep(0.05)
            else:
                break
        for command in RICH:
            await engine.submit(command)
        return engine

    def claims(self):
        engine = postgresql(self.url)
        table = CLIENT_ORDER_IDS.c
        with engine.connect() as connection:
            rows = connection.execute(select(table.client_order_id, table.shard)).all()
        engine.dispose()
        return dict(map(tuple, rows))

    def close(self):
        for journal in self._open:
            journal.close()


@pytest.fixture
def shards(postgres_url):
    made = Shards(postgres_url)
    yield made
    made.close()


def test_an_id_that_another_shard_holds_is_refused_and_the_refusal_is_what_is_journaled(shards):
    async def main():
        one, two = await shards.engine("main"), await shards.engine("eur")
        assert (await one.submit(order("c1"))).order.status == "open"
        refused = (await two.submit(order("c1"))).refused
        assert (refused.code, refused.pointer) == ("client_order_id_conflict", "/client_order_id")
        assert (await one.submit(order("c1"))).replayed
        assert (await two.submit(order("c1"))).refused == refused
        digests = one.exchange.digest(), two.exchange.digest()
        await one.stop()
        await two.stop()
        return digests

    digests = asyncio.run(main())
    for name, digest in zip(("main", "eur"), digests, strict=True):
        exchange, _ = recover(shards.journal(name))
        assert exchange.digest() == digest, "replay refuses what the engine refused"
    commands = [entry.command for entry in shards.journal("eur").read()]
    assert commands.count(RefuseOrder(account_id="a", client_order_id="c1")) == 2
    assert shards.claims() == {"c1": "main"}


def test_of_a_batch_only_the_items_with_taken_ids_are_refused(shards):
    async def main():
        one, two = await shards.engine("main"), await shards.engine("eur")
        await one.submit(order("c2"))
        items = tuple(order(f"c{n}") for n in (1, 2, 3))
        reply = await two.submit(PlaceBatch(account_id="a", items=items))
        codes = [item.refused and item.refused.code for item in reply.items]
        assert codes == [None, "client_order_id_conflict", None]
        await one.stop()
        await two.stop()

    asyncio.run(main())
    assert shards.claims() == {"c1": "eur", "c2": "main", "c3": "eur"}


def test_whoever_is_refused_for_another_reason_can_use_the_id_anywhere_at_once(shards):
    async def main():
        one, two = await shards.engine("main"), await shards.engine("eur")
        for n in range(20):
            refused = (await one.submit(order(f"c{n}", account_id="poor"))).refused
            assert refused.code == "insufficient_balance"
            await two.submit(
                Deposit(account_id="poor", deposit_id="d", asset="USD", amount="1000000")
            )
            assert (await two.submit(order(f"c{n}", account_id="poor"))).order
        await one.stop()
        await two.stop()

    asyncio.run(main())
    assert set(shards.claims().values()) == {"eur"}


def test_an_id_is_the_accounts_own(shards):
    async def main():
        one, two = await shards.engine("main"), await shards.engine("eur")
        await two.submit(Deposit(account_id="b", deposit_id="d", asset="USD", amount="1000"))
        assert (await one.submit(order("c1"))).order
        assert (await two.submit(order("c1", account_id="b"))).order
        await one.stop()
        await two.stop()

    asyncio.run(main())


def test_of_many_at_once_exactly_one_is_accepted_and_nobody_waits_for_ever(shards):
    """Groups of both engines claim the same ids in other orders, and drop some of them again."""
    rng = random.Random(7)

    async def main():
        engines = [await shards.engine("main"), await shards.engine("eur")]
        accepted = {}
        for turn in range(15):
            asked = []
            for number, engine in enumerate(engines):
                names = [f"c{turn}-{n}" for n in range(40)]
                rng.shuffle(names)
                for name in names:
                    account = rng.choice(("a", "a", "a", "poor"))
                    asked.append(
                        (number, account, name, engine.submit(order(name, account_id=account)))
                    )
            replies = await asyncio.gather(*(each[3] for each in asked))
            for (number, account, name, _), reply in zip(asked, replies, strict=True):
                if reply.order is not None:
                    assert accepted.setdefault((account, name), number) == number
                else:
                    codes = {"client_order_id_conflict", "insufficient_balance"}
                    assert reply.refused.code in codes
        for engine in engines:
            assert engine.is_ready, "no deadlock ended an engine"
            await engine.stop()
        return accepted

    accepted = asyncio.run(main())
    names = {name: ("main", "eur")[number] for (_, name), number in accepted.items()}
    assert shards.claims() == names, "claimed is what is held, and nothing else"


def test_ids_are_claimed_in_one_order_so_that_engines_never_wait_for_each_other(
    shards, monkeypatch
):
    insert, seen = Claims._insert, []

    def watched(self, writer, keys, time):
        seen.append(list(keys))
        return insert(self, writer, keys, time)

    monkeypatch.setattr(Claims, "_insert", watched)
    journal = shards.journal("main")
    names = [f"c{n * 37 % 100}" for n in range(100)]
    journal.append([Entry(n, T0, order(name)) for n, name in enumerate(names, 1)])
    assert seen == [sorted(("a", name) for name in names)]


def test_a_crash_between_commit_and_refusal_leaves_no_claim_behind(shards):
    """The group is on disk; its engine dies before it could let go of what the core refuses."""
    journal = shards.journal("main")
    journal.claim()
    entries = [Entry(n, T0, command) for n, command in enumerate(RICH, 1)]
    journal.append(entries)
    last = len(entries)
    poor = {"account_id": "poor"}
    first = [order("kept"), order("tried", **poor)]
    journal.append([Entry(last + n, T0 + 1, each) for n, each in enumerate(first, 1)])
    second = [
        order("held"),
        order("stale", **poor),
        order("kept", quantity="7"),
        order("tried", **poor),  # again, before the first try was settled
    ]
    journal.append([Entry(last + n, T0 + 2, each) for n, each in enumerate(second, 3)])
    journal.close()
    assert set(shards.claims()) == {"kept", "held", "stale", "tried"}

    async def main():
        engine = await shards.engine("main")
        await engine.stop()

    asyncio.run(main())
    assert set(shards.claims()) == {"kept", "held"}


def test_a_writer_that_was_displaced_drops_nothing_any_more(shards):
    journal = shards.journal("main")
    journal.claim()
    entries = [Entry(n, T0, command) for n, command in enumerate((*RICH, order("c1")), 1)]
    journal.append(entries)
    with journal.look() as connection:
        connection.execute(text("UPDATE writer SET epoch = epoch + 1"))
        connection.commit()
    with pytest.raises(JournalError, match="somebody else"):
        ClientIds.of(journal).drop([("a", "c1")])
    assert shards.claims() == {"c1": "main"}


def test_claims_end_with_the_cores_memory_of_the_order(shards, monkeypatch):
    """Also where what is old and held fills all that one sweep looks at."""
    monkeypatch.setattr("handlers.store.client_ids._AT_ONCE", 1)

    async def main():
        engine = await shards.engine("main", retention=2 * DAY)
        await engine.submit(order("resting"))
        canceled = await engine.submit(order("ioc", time_in_force="ioc"))
        assert canceled.order.status == "canceled"
        for hours in range(1, 52):
            shards.now = T0 + hours * HOUR
            await engine.submit(order(f"at-{hours}", time_in_force="ioc"))
        shards.now += MINUTE
        await engine.submit(order("last", time_in_force="ioc"))
        held = {name for name in ("resting", "ioc", "at-1") if engine.exchange.knows("a", name)}
        assert held == {"resting"}, "which works still"
        await engine.stop()
        return {n for n in shards.claims() if n.startswith(("resting", "ioc", "at-1"))}

    claims = asyncio.run(main())
    assert "resting" in claims
    assert not {"ioc", "at-1"} & claims


def test_what_no_contract_allows_is_refused_and_stops_no_engine(shards):
    async def main():
        engine = await shards.engine("main")
        for name in ("", "a\x00b", "\ud800", "x" * 100_000):
            refused = (await engine.submit(order(name))).refused
            assert refused.code == "client_order_id_conflict"
        assert (await engine.submit(order("c1"))).order
        await engine.stop()

    asyncio.run(main())


def test_an_id_that_is_claimed_and_dropped_meanwhile_is_asked_for_again(shards, monkeypatch):
    """Another shard's claim stands when ours is tried, and is gone when its owner is asked."""
    one, two = shards.journal("main"), shards.journal("eur")
    one.claim()
    two.claim()
    one.append([Entry(1, T0, order("c1"))])
    owners = Claims._owners
    done = []

    def meanwhile(self, writer, keys):
        if not done:
            done.append(True)
            thread = threading.Thread(target=ClientIds.of(one).drop, args=([("a", "c1")],))
            thread.start()
            thread.join()
        return owners(self, writer, keys)

    monkeypatch.setattr(Claims, "_owners", meanwhile)
    written = two.append([Entry(1, T0, order("c1"))])
    assert isinstance(written[0].command, PlaceOrder)
    assert shards.claims() == {"c1": "eur"}


def test_a_venue_is_split_in_one_way_for_good(postgres_url):
    agree(postgres_url, SHARDS)
    agree(postgres_url, SHARDS)
    with pytest.raises(ShardMapError, match="set NORTHGATE_SHARDS to that"):
        agree(postgres_url, None)
    more = ShardMap.parse("main:XX-USD,ZZ-USD;eur:YY-EUR")
    agree(postgres_url, more)
    for other in (SHARDS, ShardMap.parse("main:YY-EUR;eur:XX-USD,ZZ-USD")):
        with pytest.raises(ShardMapError, match="cannot move from one shard to another"):
            agree(postgres_url, other)


def test_a_venue_without_shards_stays_one(postgres_server, postgres_url):
    agree(postgres_url, None)
    agree(postgres_url, None)
    with pytest.raises(ShardMapError, match="holds a venue without shards"):
        agree(postgres_url, SHARDS)
    older = postgres_server.url("older")  # from before there were shards: no map is stored
    journal = postgresql_journal(older)
    journal.append([Entry(1, T0, order("c1"))])
    journal.close()
    with pytest.raises(ShardMapError, match="holds a venue without shards"):
        agree(older, SHARDS)
    agree(older, None)


def test_shards_keep_their_journals_apart(shards):
    journals = [shards.journal(name) for name in ("main", "eur")]
    for number, journal in enumerate(journals):
        journal.claim()  # neither waits for the other's lock
        journal.append([Entry(1, T0 + number, order(f"c{number}"))])
    for number, journal in enumerate(journals):
        (entry,) = journal.read()
        assert entry.time == T0 + number
        with pytest.raises(WriterBusyError):
            shards.journal(("main", "eur")[number]).claim()
    plain = postgresql_journal(shards.url)
    assert [entry.time for entry in plain.read()] == [T0], "main is where it is without shards"
    plain.close()


def test_a_refusal_that_comes_late_is_late():
    late = RefuseOrder(account_id="a", client_order_id="c", expires=T0 - 1)
    (event,) = Exchange().apply(late, T0)
    assert event.code == "timestamp_out_of_window"
