"""One engine, its standby and replicas in one process, over real servers."""

import asyncio
import signal
import time
from contextlib import asynccontextmanager, suppress
from functools import partial

import pytest

from handlers.cluster.replica import Replica
from handlers.cluster.sequencer import run_engine
from handlers.cluster.tasks import end
from handlers.cluster.wire import (
    Channels,
    Source,
    connect,
    pack_batch,
    unpack_batch,
)
from handlers.core import OutcomeUnknownError, OverloadedError
from handlers.exchange import CancelOrder, Deposit, PlaceOrder
from handlers.exchange.codes import RefusalError
from handlers.exchange.journal import Entry, recover
from handlers.exchange.times import SECOND
from handlers.store.databases import postgresql_journal
from tests.exchange.conftest import SETUP

COMMANDS = Channels.of("main").commands


def clock() -> int:
    return time.time_ns() // 1_000


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


class Cluster:
    def __init__(self, database, redis):
        self.database = database
        self.redis = redis

    @asynccontextmanager
    async def engine(self):
        stop = asyncio.Event()

        async def define(engine):
            for command in (
                *SETUP,
                Deposit(account_id="a", deposit_id="d", asset="USD", amount="10000"),
                Deposit(account_id="b", deposit_id="d", asset="X", amount="10000"),
            ):
                await engine.submit(command)

        task = asyncio.create_task(
            run_engine(
                partial(postgresql_journal, self.database),
                self.redis.url,
                clock,
                stop=stop,
                started=define,
            )
        )
        try:
            yield task
        finally:
            stop.set()
            await task

    @asynccontextmanager
    async def replica(self):
        journal = await asyncio.to_thread(postgresql_journal, self.database)
        replica = Replica(journal, connect(self.redis.url), clock)
        await replica.start()
        try:
            yield replica
        finally:
            await replica.stop()


@pytest.fixture
def cluster(postgres_url, redis):
    return Cluster(postgres_url, redis)


async def ready(*replicas, patience=15):
    deadline = time.monotonic() + patience
    while not all(each.is_ready for each in replicas):
        assert time.monotonic() < deadline, "the cluster does not come up"
        await asyncio.sleep(0.01)


def recovered(cluster):
    journal = postgresql_journal(cluster.database)
    exchange, _ = recover(journal)
    entries = list(journal.read())
    journal.close()
    return exchange, entries


def test_replicas_answer_alike_and_equal_the_journal(cluster):
    async def main():
        async with cluster.engine(), cluster.replica() as one, cluster.replica() as two:
            await ready(one, two)
            answers = await asyncio.gather(
                *(one.submit(order(n)) for n in range(50)),
                *(two.submit(order(n, account_id="b", side="sell")) for n in range(50)),
            )
            assert all(each.refused is None for each in answers)
            canceled = await two.submit(
                CancelOrder(account_id="a", order_id=answers[0].order.order_id)
            )
            assert canceled.refused.code == "order_not_open"
            assert (await one.submit(order(1))).replayed
            await one.current()
            await two.current()
            deadline = time.monotonic() + 30
            while one._position < two._position:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.01)
            return one.exchange.digest(), two.exchange.digest()

    digests = asyncio.run(main())
    exchange, _ = recovered(cluster)
    assert digests == (exchange.digest(), exchange.digest())
    assert exchange.imbalance() == {}
    assert len(exchange.executions("a").items) == 50
    assert exchange.orders("a").items[0].status == "filled"


def test_a_look_up_anywhere_shows_what_was_acknowledged_anywhere(cluster):
    async def main():
        async with cluster.engine(), cluster.replica() as one, cluster.replica() as two:
            await ready(one, two)
            for n in range(30):
                await one.submit(order(n))
                assert (await two.current()).order_by_client_id("a", f"c{n}")

    asyncio.run(main())


def test_once_expires_has_passed_not_found_means_never_accepted(cluster):
    """A batch that was held back on its way to Redis comes after somebody looked."""

    async def main():
        async with cluster.engine(), cluster.replica() as one, cluster.replica() as two:
            await ready(one, two)
            expires = clock() + SECOND // 10
            send, held = one._redis.xadd, asyncio.Event()

            async def later(*arguments):
                await held.wait()
                return await send(*arguments)

            one._redis.xadd = later
            delayed = asyncio.create_task(one.submit(order(1, expires=expires)))
            await asyncio.sleep(0.15)
            with pytest.raises(RefusalError):
                (await two.current()).order_by_client_id("a", "c1")
            held.set()
            assert (await delayed).refused.code == "timestamp_out_of_window"

    asyncio.run(main())


def test_a_standby_takes_over_and_nothing_is_done_twice(cluster):
    async def main():
        async with cluster.replica() as replica:
            async with cluster.engine():
                await ready(replica)
                await asyncio.gather(*(replica.submit(order(n)) for n in range(20)))
                async with cluster.engine() as standby:
                    await asyncio.sleep(0.5)
                    assert not standby.done()
            async with cluster.engine():
                await ready(replica)
                again = await asyncio.gather(*(replica.submit(order(n)) for n in range(20)))
                assert all(each.replayed for each in again)

    asyncio.run(main())
    exchange, entries = recovered(cluster)
    assert len(exchange.orders("a").items) == 20
    sources = [entry.source for entry in entries if entry.source]
    assert len(sources) == len(set(sources))


def test_commands_wait_in_the_stream_for_the_next_engine(cluster):
    async def main():
        client = connect(cluster.redis.url)
        async with cluster.replica() as replica:
            async with cluster.engine():
                await ready(replica)
            # Its heartbeat is still fresh: commands are taken, and nobody is there to serve them.
            asked = [asyncio.create_task(replica.submit(order(n))) for n in range(10)]
            deadline = time.monotonic() + 30
            while await client.xlen(COMMANDS) < 1:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.01)
            assert not any(task.done() for task in asked)
            async with cluster.engine():
                answers = await asyncio.gather(*asked)
                assert [each.order.client_order_id for each in answers] == [
                    f"c{n}" for n in range(10)
                ]
        await client.aclose()

    asyncio.run(main())


def test_the_rest_of_an_item_that_a_commit_cut_in_two_is_done_by_the_next_engine(cluster):
    async def main():
        client = connect(cluster.redis.url)
        journal = postgresql_journal(cluster.database)
        async with cluster.engine(), cluster.replica() as replica:
            await ready(replica)
        batch = [(f"t{n}", order(n)) for n in range(6)]
        item = (await client.xadd(COMMANDS, {b"batch": pack_batch(clock(), batch)})).decode()
        exchange, position = recover(journal)
        first = [
            Entry(position + 1 + n, exchange.time, order(n), str(Source(item, n, f"t{n}")))
            for n in range(3)
        ]
        journal.append(first)
        journal.close()
        async with cluster.engine(), cluster.replica() as replica:
            await ready(replica)
            await replica.current()
            assert len(replica.exchange.orders("a").items) == 6
        await client.aclose()

    asyncio.run(main())
    _, entries = recovered(cluster)
    tags = [Source.parse(e.source).tag for e in entries if e.source and "/t" in e.source]
    assert tags == [f"t{n}" for n in range(6)]


def test_what_is_no_command_is_passed_over(cluster, caplog):
    async def main():
        client = connect(cluster.redis.url)
        async with cluster.engine(), cluster.replica() as replica:
            await ready(replica)
            for data in (b"", b"[]", b'[1,[["t",5]]]', b'[1,[["t","{}"]]]', b"\xff"):
                await client.xadd(COMMANDS, {b"batch": data})
            wrong = b'[1,[["t","{\\"type\\":\\"CancelAll\\",\\"account_id\\":7}"]]]'
            await client.xadd(COMMANDS, {b"batch": wrong})
            assert (await replica.submit(order(1))).order.status == "open"
        await client.aclose()

    asyncio.run(main())
    assert caplog.text.count("passed over") >= 1


def test_missed_announcements_are_read_from_the_journal(cluster):
    async def main():
        async with cluster.engine(), cluster.replica() as one, cluster.replica() as deaf:
            await ready(one, deaf)
            take, deaf._take = deaf._take, lambda _news: asyncio.sleep(0)
            await asyncio.gather(*(one.submit(order(n)) for n in range(20)))
            assert len(deaf.exchange.orders("a").items) == 0
            deaf._take = take
            await one.submit(order(20))
            assert len((await deaf.current()).orders("a").items) == 21

    asyncio.run(main())


def test_without_an_engine_commands_are_turned_away(cluster):
    async def main():
        async with cluster.replica() as replica:
            assert not replica.is_ready
            with pytest.raises(OverloadedError):
                await replica.submit(order(1))
            with pytest.raises(OutcomeUnknownError):
                await replica.current()

    asyncio.run(main())


def test_redis_away_means_unknown_and_everything_comes_back(cluster):
    async def main():
        async with cluster.engine(), cluster.replica() as replica:
            await ready(replica)
            await replica.submit(order(1))
            cluster.redis.end(signal.SIGKILL)
            with pytest.raises(OutcomeUnknownError):
                await replica.submit(order(2))
            await asyncio.to_thread(cluster.redis.start)
            await asyncio.sleep(0.1)
            await ready(replica)
            with suppress(RefusalError):
                assert (await replica.current()).order_by_client_id("a", "c2")
            assert (await replica.submit(order(3))).order.status == "open"
            assert (await replica.current()).order_by_client_id("a", "c1")

    asyncio.run(main())


def test_a_connection_that_uvloop_finds_closed_is_a_failure_like_any_other(cluster, monkeypatch):
    """It says RuntimeError, which the client of Redis lets through: the replica must live on."""

    async def closed(*_args, **_options):
        raise RuntimeError("unable to perform operation on <TCPTransport closed=True>")

    async def main():
        async with cluster.engine(), cluster.replica() as replica:
            await ready(replica)
            with monkeypatch.context() as patch:
                patch.setattr("handlers.cluster.replica.send_batch", closed)
                with pytest.raises(OutcomeUnknownError):
                    await replica.submit(order(1))
            with monkeypatch.context() as patch:
                patch.setattr("redis.asyncio.client.PubSub.get_message", closed)
                await asyncio.sleep(0.5)
            await ready(replica)
            assert (await replica.submit(order(2))).refused is None

    asyncio.run(main())


def test_a_task_that_takes_its_cancellation_for_a_timeout_is_ended_all_the_same():
    async def main():
        lost = []

        async def deaf():
            while True:
                try:
                    await asyncio.sleep(60)
                except asyncio.CancelledError:
                    lost.append(1)
                    if len(lost) > 2:
                        raise

        async def broken():
            raise OSError("and this is nobody's business any more")

        tasks = [asyncio.create_task(deaf()), asyncio.create_task(broken())]
        await asyncio.sleep(0)
        await end(*tasks)
        assert all(each.done() for each in tasks)
        await end()
        assert len(lost) == 3

    asyncio.run(main())


def test_postgresql_away_stops_the_engine_until_it_is_back(cluster, postgres_server):
    async def main():
        async with cluster.engine(), cluster.replica() as replica:
            await ready(replica)
            await replica.submit(order(1))
            postgres_server.crash()
            asked = asyncio.create_task(replica.submit(order(2)))
            await asyncio.sleep(0.5)
            await asyncio.to_thread(postgres_server.start)
            assert (await asked).order.status == "open"
            assert len((await replica.current()).orders("a").items) == 2

    asyncio.run(main())


def test_batches_survive_the_wire():
    batch = unpack_batch(pack_batch(7, [("x.1", order(1)), ("x.2", order(2))]))
    assert batch == (7, (("x.1", order(1)), ("x.2", order(2))))
    assert Source.parse(str(Source("1-0", 3, "a.b"))) == ("1-0", 3, "a.b")
    assert Source.parse("") is None
