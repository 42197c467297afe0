import asyncio
import gc
import threading
from dataclasses import replace

import pytest

from handlers.core import OutcomeUnknownError, OverloadedError
from handlers.engine import Engine
from handlers.exchange import CancelAll, PlaceOrder, SetCancelAfter
from handlers.exchange.codes import RefusalError
from handlers.exchange.journal import JournalError, MemoryJournal
from handlers.exchange.times import SECOND
from tests.exchange.conftest import T0


class SlowJournal(MemoryJournal):
    """A journal whose writes wait until the test lets them go on, or fail."""

    def __init__(self):
        super().__init__()
        self.gate = threading.Event()
        self.gate.set()
        self.broken = False
        self.sizes = []

    def append(self, entries):
        self.gate.wait(5)
        if self.broken:
            raise JournalError("the disk is gone")
        self.sizes.append(len(entries))
        return super().append(entries)


class Clock:
    """Time that stands still unless it is moved."""

    def __init__(self):
        self.now = T0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def run(desk, clock):
    """Run a coroutine function with an engine over a given journal, funded as `desk` is."""

    def go(body, journal, **options):
        async def main():
            engine = Engine(journal, clock, **options)
            await engine.start()
            if not engine.exchange.instruments():
                for command, _ in desk.log:
                    assert (await engine.submit(command)).refused is None
            try:
                return await body(engine)
            finally:
                await engine.stop()

        return asyncio.run(main())

    return go


async def turn(times=5):
    """Let the event loop and the journal's thread go on."""
    for _ in range(times):
        await asyncio.sleep(0.005)


def order(n, **more) -> PlaceOrder:
    terms = {
        "account_id": "a",
        "client_order_id": f"c{n}",
        "instrument_id": "X-USD",
        "side": "buy",
        "type": "limit",
        "quantity": "0.1",
        "limit_price": "10",
    }
    return PlaceOrder(**(terms | more))


def test_replies_come_with_the_state_right_after_the_command(run):
    async def body(engine):
        place, cancel = engine.submit(order(1)), engine.submit(CancelAll(account_id="a"))
        placed, canceled = await asyncio.gather(place, cancel)
        assert placed.order.status == "open"
        assert canceled.canceled == (placed.order.order_id,)
        assert engine.exchange.order("a", placed.order.order_id).status == "canceled"

    run(body, SlowJournal())


def test_under_load_one_commit_stands_for_many_commands(run):
    journal = SlowJournal()

    async def body(engine):
        journal.gate.clear()
        tasks = [asyncio.create_task(engine.submit(order(n))) for n in range(50)]
        await turn()
        journal.gate.set()
        replies = await asyncio.gather(*tasks)
        assert [r.order.client_order_id for r in replies] == [f"c{n}" for n in range(50)]

    run(body, journal)
    assert journal.sizes[-1] == 50


def test_nothing_is_seen_before_it_is_on_disk(run):
    journal = SlowJournal()

    async def body(engine):
        journal.gate.clear()
        task = asyncio.create_task(engine.submit(order(1)))
        await turn()
        assert not task.done()
        assert engine.exchange.orders("a").items == ()
        journal.gate.set()
        assert (await task).order.status == "open"

    run(body, journal)


def test_a_look_up_waits_for_what_is_being_written(run, clock):
    journal = SlowJournal()

    async def body(engine):
        journal.gate.clear()
        task = asyncio.create_task(engine.submit(order(1, expires=T0)))
        await turn()
        clock.now += 10 * SECOND
        look = asyncio.create_task(engine.current())
        await turn()
        assert not look.done(), "the order may yet turn out to be accepted"
        journal.gate.set()
        exchange = await look
        assert exchange.order_by_client_id("a", "c1").status == "open"
        await task

    run(body, journal)


def test_once_expires_has_passed_not_found_means_never_accepted(run, clock):
    """Requests are held back past their `expires` while others look for them."""
    journal = SlowJournal()

    async def body(engine):
        for n in range(20):
            expires = clock.now + SECOND
            journal.gate.clear()
            blocker = asyncio.create_task(engine.submit(order(f"block{n}")))
            await turn(2)
            delayed = asyncio.create_task(engine.submit(order(n, expires=expires)))
            clock.now = expires + n % 3
            look = asyncio.create_task(engine.current())
            await asyncio.sleep(0)  # it has begun, by the clock as it is now
            if n % 2:
                clock.now -= 5 * SECOND  # the machine's clock is set back: it must not matter
            journal.gate.set()
            exchange = await look
            try:
                found = exchange.order_by_client_id("a", f"c{n}")
            except RefusalError:
                found = None
            answer = await delayed
            await blocker
            if found is None and n % 3:
                assert answer.refused.code == "timestamp_out_of_window"
                with pytest.raises(RefusalError):
                    (await engine.current()).order_by_client_id("a", f"c{n}")

    run(body, journal)


def test_a_broken_journal_stops_the_engine_and_says_that_it_does_not_know(run, caplog):
    journal = SlowJournal()

    async def body(engine):
        journal.broken = True
        with pytest.raises(OutcomeUnknownError):
            await engine.submit(order(1))
        assert not engine.is_ready
        with pytest.raises(OverloadedError):
            await engine.submit(order(2))
        with pytest.raises(OutcomeUnknownError):
            await engine.current()
        assert engine.exchange.orders("a").items == ()

    run(body, journal)
    assert "the engine stopped" in caplog.text


def test_commands_that_only_wait_when_the_engine_stops_are_not_executed(run):
    journal = SlowJournal()

    async def body(engine):
        journal.gate.clear()
        flying = asyncio.create_task(engine.submit(order(1)))
        await turn()
        waiting = asyncio.create_task(engine.submit(order(2)))
        await turn()
        journal.broken = True
        journal.gate.set()
        with pytest.raises(OutcomeUnknownError):
            await flying
        with pytest.raises(OverloadedError):
            await waiting

    run(body, journal)


def test_too_many_waiting_commands_are_turned_away(run):
    journal = SlowJournal()

    async def body(engine):
        journal.gate.clear()
        tasks = [asyncio.create_task(engine.submit(order(n))) for n in range(200)]
        await turn()
        journal.gate.set()
        answers = await asyncio.gather(*tasks, return_exceptions=True)
        turned_away = [a for a in answers if isinstance(a, OverloadedError)]
        assert 0 < len(turned_away) < 200
        placed = [a for a in answers if not isinstance(a, OverloadedError)]
        assert len(engine.exchange.orders("a").items) == len(placed)

    run(body, journal, queue_limit=100, group_limit=50)


def test_a_client_that_goes_away_leaves_its_order_behind(run):
    journal = SlowJournal()

    async def body(engine):
        journal.gate.clear()
        task = asyncio.create_task(engine.submit(order(1)))
        await turn()
        task.cancel()
        journal.gate.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        other = await engine.submit(order(2))
        assert other.order.status == "open"
        assert len(engine.exchange.orders("a").items) == 2

    run(body, journal)


def test_time_advances_by_itself(run, clock):
    async def body(engine):
        placed = await engine.submit(order(1))
        await engine.submit(SetCancelAfter(account_id="a", timeout_ms=50))
        clock.now += SECOND // 20
        await turn(40)
        order_id = placed.order.order_id
        assert engine.exchange.order("a", order_id).cancel_reason == "cancel_after"

    run(body, SlowJournal())


def test_a_mistyped_command_never_reaches_the_journal(run):
    journal = SlowJournal()

    async def body(engine):
        before = len(journal.sizes)
        for bad in (
            order(1, quantity=1.5),
            order(1, account_id={}),
            order(1, instrument_id=["X-USD"]),
        ):
            with pytest.raises(TypeError):
                await engine.submit(bad)
        assert len(journal.sizes) == before
        assert engine.is_ready

    run(body, journal)


def test_stopping_answers_what_waits(run):
    journal = SlowJournal()

    async def body(engine):
        journal.gate.clear()
        tasks = [asyncio.create_task(engine.submit(order(n))) for n in range(5)]
        await turn()
        stopping = asyncio.create_task(engine.stop())
        await turn()
        with pytest.raises(OverloadedError):
            await engine.submit(order(9))
        journal.gate.set()
        await stopping
        assert all(task.result().order for task in tasks)

    run(body, journal)


def test_replays_are_equal_whatever_the_retry_says_about_expiry(run):
    async def body(engine):
        first = await engine.submit(order(1, expires=T0 + SECOND))
        again = await engine.submit(replace(order(1), expires=T0 + 2 * SECOND))
        assert again.replayed
        assert again.order == first.order

    run(body, SlowJournal())


def test_recovery_leaves_the_garbage_collector_as_it_was(run):
    journal = MemoryJournal()
    seen = []
    original = journal.read
    journal.read = lambda after=0: seen.append(gc.isenabled()) or original(after)

    async def body(_engine):
        assert gc.isenabled()

    run(body, journal)
    assert seen == [False]
