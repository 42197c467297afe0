from dataclasses import fields
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.exchange import AdvanceTime, CancelOrder, Command, PlaceBatch, PlaceOrder
from handlers.exchange.codec import CodecError, decode, encode
from handlers.exchange.commands import mistyped

ORDER = PlaceOrder(
    account_id="a",
    client_order_id="c",
    instrument_id="X-USD",
    side="buy",
    type="limit",
    quantity="1",
    limit_price="10",
    expires=5,
)


@given(st.one_of(*(st.from_type(kind) for kind in get_args(Command))))
def test_every_command_survives_the_journal(command):
    assert decode(encode(command)) == command
    assert b"\n" not in encode(command)


def test_defaults_are_left_out_so_that_commands_can_grow():
    assert encode(AdvanceTime()) == b'{"type":"AdvanceTime"}'
    assert encode(ORDER) == (
        b'{"type":"PlaceOrder","account_id":"a","client_order_id":"c","instrument_id":"X-USD",'
        b'"side":"buy","kind":"limit","quantity":"1","limit_price":"10","expires":5}'
    )


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"type":"Nonsense"}', b"\xff"),
        *(b'{"type":"CancelOrder"}', b'{"type":"AdvanceTime","more":1}', b'{"type":["x"]}'),
    ],
)
def test_what_is_no_command_is_a_codec_error(data):
    with pytest.raises(CodecError):
        decode(data)


@given(st.one_of(*(st.from_type(kind) for kind in get_args(Command))))
def test_commands_of_the_right_types_pass(command):
    assert mistyped(command) is None


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"quantity": 1.0}, "quantity"),
        ({"limit_price": 10}, "limit_price"),
        ({"client_order_id": None}, "client_order_id"),
        ({"client_order_id": ["c"]}, "client_order_id"),
        ({"post_only": 1}, "post_only"),
        ({"expires": "5"}, "expires"),
        ({"expires": True}, "expires"),
        ({"expire_time": 5.5}, "expire_time"),
    ],
)
def test_mistyped_members_are_named(change, member):
    members = {f.name: getattr(ORDER, f.name) for f in fields(ORDER)}
    bad = PlaceOrder(**(members | change))
    assert mistyped(bad) == member
    assert mistyped(PlaceBatch(account_id="a", items=(ORDER, bad))) == "items"
    assert mistyped(PlaceBatch(account_id="a", items=[ORDER])) == "items"


def test_strings_that_are_no_unicode_text_cannot_reach_the_journal():
    lone = CancelOrder(account_id="a", order_id="\ud800")
    assert decode(encode(lone)) == lone
