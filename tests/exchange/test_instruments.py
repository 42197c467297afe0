import pytest

from handlers.exchange import DefineAsset, DefineInstrument, SetInstrumentStatus

GOOD = {
    "instrument_id": "Z-USD",
    "base_asset": "X",
    "quote_asset": "USD",
    "price_tick": "0.5",
    "quantity_step": "0.1",
}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"base_asset": "Q"}, "/base_asset"),
        ({"quote_asset": "Q"}, "/quote_asset"),
        ({"quote_asset": "X"}, "/quote_asset"),
        ({"price_tick": "0"}, "/price_tick"),
        ({"price_tick": "0.0001"}, "/price_tick"),
        ({"quantity_step": "0.001"}, "/quantity_step"),
        ({"quantity_step": "1e-1"}, "/quantity_step"),
        ({"minimum_quantity": "0.15"}, "/minimum_quantity"),
        ({"minimum_notional": "0.00001"}, "/minimum_notional"),
        ({"maker_fee_rate": "-0.001"}, "/maker_fee_rate"),
        ({"taker_fee_rate": "0.2"}, "/taker_fee_rate"),
        ({"taker_fee_rate": "0.0000001"}, "/taker_fee_rate"),
        ({"instrument_id": "X-USD"}, "/instrument_id"),
    ],
)
def test_terms_that_cannot_be_counted_in_integers_are_refused(desk, change, pointer):
    refused = desk.do(DefineInstrument(**(GOOD | change))).refused
    assert (refused.code, refused.pointer) == ("malformed", pointer)
    assert len(desk.exchange.instruments()) == 1


def test_defining_the_same_again_changes_nothing(desk):
    for command, _ in desk.log[:3]:
        assert desk.do(command).refused is None
    assert desk.do(DefineAsset(asset="USD", scale=3)).refused.code == "malformed"
    assert desk.do(DefineAsset(asset="EUR", scale=19)).refused.code == "malformed"


def test_several_instruments_share_the_accounts_balances(desk):
    desk.do(DefineAsset(asset="Z", scale=0))
    terms = GOOD | {"base_asset": "Z", "quantity_step": "1"}
    assert desk.do(DefineInstrument(**terms)).refused is None
    desk.ok("a", "buy", "990", "10")
    code = desk.code("a", "buy", "10", "10", instrument_id="Z-USD")
    assert code == "insufficient_balance"


def test_statuses_are_open_and_halted(desk):
    for instrument_id, status, code in (
        ("X-USD", "closed", "malformed"),
        ("Y-USD", "open", "instrument_not_found"),
    ):
        command = SetInstrumentStatus(instrument_id=instrument_id, status=status)
        assert desk.do(command).refused.code == code
