"""The map of shards: what is accepted, and what each mistake is told."""

import pytest

from handlers.shards.ids import NOWHERE, private, public
from handlers.shards.map import ShardMap, ShardMapError


def test_a_map_knows_the_owner_of_every_instrument_and_asset():
    shards = ShardMap.parse(" main: ETH-USD,BTC-USD ;eur:SOL-EUR;")
    assert shards.names == ("eur", "main")
    assert shards.instruments("main") == ("BTC-USD", "ETH-USD")
    assert shards.by_instrument() == {"SOL-EUR": "eur", "BTC-USD": "main", "ETH-USD": "main"}
    assert shards.by_asset() == {
        **dict.fromkeys(("SOL", "EUR"), "eur"),
        **dict.fromkeys(("BTC", "ETH", "USD"), "main"),
    }
    assert str(shards) == "eur:SOL-EUR;main:BTC-USD,ETH-USD"
    assert ShardMap.parse(str(shards)) == shards


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "fewer than two shards"),
        ("main:BTC-USD", "leave it unset for a venue of one"),
        ("main:BTC-USD;main:SOL-EUR", "main stands there twice"),
        ("main:BTC-USD;eur:", "eur owns no instrument"),
        ("main:BTC-USD;eur", "eur owns no instrument"),
        ("main:BTC-USD;EUR:SOL-EUR", "'EUR' is no name of a shard"),
        ("main:BTC-USD;a_b:SOL-EUR", "'a_b' is no name of a shard"),
        ("main:BTC-USD;x123456789:SOL-EUR", "is no name of a shard"),
        ("main:BTC-USD;eur:SOLEUR", "'SOLEUR' of the shard eur is no instrument like BTC-USD"),
        ("main:BTC-USD,SOL-EUR;eur:SOL-EUR", "SOL-EUR stands in main and again in eur"),
        ("main:BTC-USD,BTC-USD;eur:SOL-EUR", "BTC-USD stands in main and again in main"),
        ("btc:BTC-USD;eth:ETH-USD", "USD would be in two shards: in btc for BTC-USD, in eth"),
        ("main:BTC-USD;eur:BTC-EUR", "BTC would be in two shards"),
    ],
)
def test_a_mistake_is_named_with_what_to_do(text, said):
    with pytest.raises(ShardMapError, match=said):
        ShardMap.parse(text)


def test_only_more_instruments_in_the_same_shards_extend_a_map():
    stored = ShardMap.parse("main:BTC-USD;eur:SOL-EUR")
    assert ShardMap.parse("main:BTC-USD,ETH-USD;eur:SOL-EUR").extends(stored)
    assert stored.extends(stored)
    assert not ShardMap.parse("main:BTC-USD;eur:XRP-EUR").extends(stored)
    assert not ShardMap.parse("main:SOL-EUR;eur:BTC-USD").extends(stored)
    assert not ShardMap.parse("main:BTC-USD;eur:SOL-EUR;gbp:XRP-GBP").extends(stored)
    assert not stored.extends(ShardMap.parse("main:BTC-USD,ETH-USD;eur:SOL-EUR"))


def test_ids_carry_the_shard_and_those_of_main_are_as_ever():
    assert public("main", "ord_0000000000000007") == "ord_0000000000000007"
    assert public("eur", "ord_0000000000000007") == "ord_eur_0000000000000007"
    assert private("ord_eur_0000000000000007") == ("eur", "ord_0000000000000007")
    assert private("ord_0000000000000007") == ("main", "ord_0000000000000007")
    assert private("ord_main_0000000000000007") == ("", NOWHERE), "an order has one name"
    assert len(public("abcdefgh", "exe_0000000000000007")) <= 36, "the contract's longest"
