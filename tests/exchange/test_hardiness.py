"""The journal is written ahead: a command that broke the core would be met at every recovery."""

from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.exchange import Command, Exchange, PlaceBatch, PlaceOrder, reply
from handlers.exchange.codec import decode, encode
from handlers.exchange.commands import mistyped
from handlers.exchange.snapshots import unpack
from handlers.exchange.state import RETENTION
from tests.exchange.conftest import T0, Desk
from tests.exchange.test_snapshots import kept

# Any text there is, lone surrogates too, and words that lead somewhere.
WORDS = (
    *("", "a", "b", "venue:fees", "venue:external", "X", "USD", "X-USD", "Y-USD", "c1", "d1"),
    *("buy", "sell", "limit", "market", "stop", "stop_limit", "gtc", "gtd", "day", "ioc", "fok"),
    *("cancel_newest", "cancel_oldest", "cancel_both", "open", "halted"),
    *("0", "0.1", "1", "10", "10.5", "0.000000000000000001", "9" * 40, "9" * 41, "1e3", "-1"),
    *("1.", ".5", "00", "٣", "1_0", " 1", "NaN", "0.0001", "ord_0000000000000001", "\ud800"),
)
text = st.sampled_from(WORDS) | st.text(st.characters(exclude_categories=()), max_size=8)
number = st.sampled_from((0, 1, -1, 2, 18, 19, T0, T0 + 10**9, -(2**63), 2**63, 10**30))
VALUES = {
    "str": text,
    "int": number,
    "bool": st.booleans(),
    "str | None": st.none() | text,
    "int | None": st.none() | number,
}


def of(kind):
    values = {f.name: VALUES[str(f.type)] for f in fields(kind)}
    return st.builds(kind, **values)


batches = st.builds(
    PlaceBatch,
    account_id=text,
    items=st.lists(of(PlaceOrder), max_size=3).map(tuple),
    expires=VALUES["int | None"],
)
commands = st.one_of(*(of(kind) for kind in get_args(Command) if kind is not PlaceBatch), batches)


@settings(max_examples=300, deadline=None)
@given(st.lists(commands, min_size=1, max_size=12))
def test_no_command_of_the_right_types_breaks_the_core(chosen):
    desk = Desk()
    desk.fund("a", "b")
    exchange = desk.exchange
    for n, command in enumerate(chosen):
        assert mistyped(command) is None
        assert decode(encode(command)) == command
        events = exchange.apply(command, T0 + n)
        reply(exchange, command, events)
        if isinstance(command, PlaceOrder):
            try:
                exchange.dry_run(command, T0 + n)
            except Exception as error:  # noqa: BLE001 - of one kind only
                assert type(error).__name__ == "RefusalError"  # noqa: PT017 - the point
        assert exchange.imbalance() == {}
    restored = unpack(kept(exchange), RETENTION)
    assert restored.digest() == exchange.digest()


@pytest.mark.parametrize("time", [0, 1, -5, 2**63, 10**24])
def test_no_time_breaks_the_core(time):
    exchange = Exchange()
    for command, _ in Desk().log:
        exchange.apply(command, time)
    assert unpack(kept(exchange), RETENTION).digest() == exchange.digest()
