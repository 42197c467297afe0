from dataclasses import replace

import pytest

from handlers.exchange import Deposit
from handlers.exchange.codes import RefusalError
from handlers.exchange.times import DAY, MINUTE


def test_a_limit_order_rests_and_holds_its_worst_case(desk):
    answer = desk.place("a", "buy", "1.5", "10.5")
    order = answer.order
    assert (order.status, order.version, order.time_in_force) == ("open", 1, "gtc")
    assert (order.quantity, order.limit_price, order.remaining_quantity) == ("1.5", "10.5", "1.5")
    assert order.created_time == order.updated_time == desk.time
    # 1.5 x 10.5 = 15.75 and 20 bps of it
    assert desk.balance("a", "USD") == ("9984.2185", "15.7815")
    desk.ok("a", "sell", "1.5", "11")
    assert desk.balance("a", "X") == ("98.50", "1.50")
    assert desk.book() == ([("10.5", "1.5")], [("11.0", "1.5")])


@pytest.mark.parametrize(
    ("more", "code", "pointer"),
    [
        ({"price": "10.3"}, "price_off_tick", "/limit_price"),
        ({"price": "0"}, "price_off_tick", "/limit_price"),
        ({"price": "10.50001"}, "price_off_tick", "/limit_price"),
        ({"price": 10.5}, "number_not_decimal_string", "/limit_price"),
        ({"price": "1e1"}, "malformed", "/limit_price"),
        ({"quantity": "0.15"}, "quantity_off_step", "/quantity"),
        ({"quantity": "0"}, "below_minimum", "/quantity"),
        ({"quantity": "0.1", "price": "9.5"}, "below_minimum", "/quantity"),
        ({"quantity": 1}, "number_not_decimal_string", "/quantity"),
        ({"quantity": "100000"}, "insufficient_balance", ""),
        ({"instrument_id": "Y-USD"}, "instrument_not_found", "/instrument_id"),
        ({"client_order_id": ".x"}, "malformed", "/client_order_id"),
        ({"client_order_id": "x" * 37}, "malformed", "/client_order_id"),
        ({"client_order_id": "x\n"}, "malformed", "/client_order_id"),
        ({"client_order_id": "\u00fc"}, "malformed", "/client_order_id"),
        ({"side": "hold"}, "malformed", "/side"),
        ({"type": "iceberg"}, "malformed", "/type"),
        ({"time_in_force": "gtx"}, "malformed", "/time_in_force"),
        ({"stp_mode": "none"}, "malformed", "/stp_mode"),
        ({"price": None, "type": "limit"}, "invalid_combination", "/limit_price"),
        ({"type": "market"}, "invalid_combination", "/limit_price"),
        ({"type": "market", "price": None, "time_in_force": "gtc"}, "invalid_combination", None),
        ({"type": "limit", "stop_price": "9"}, "invalid_combination", "/stop_price"),
        ({"type": "stop_limit"}, "invalid_combination", "/stop_price"),
        ({"time_in_force": "gtd"}, "invalid_combination", "/expire_time"),
        ({"expire_time": 2_000_000_000_000_000}, "invalid_combination", "/expire_time"),
        ({"time_in_force": "gtd", "expire_time": 5}, "malformed", "/expire_time"),
        ({"post_only": True, "time_in_force": "ioc"}, "invalid_combination", "/post_only"),
        ({"post_only": True, "price": None}, "invalid_combination", "/post_only"),
        ({"post_only": True, "price": None, "stop_price": "9"}, "invalid_combination", None),
    ],
)
def test_refusals(desk, more, code, pointer):
    more = {"side": "buy", "quantity": "1", "price": "10"} | more
    answer = desk.place("a", **more)
    assert answer.refused is not None
    assert answer.refused.code == code
    assert pointer in (None, answer.refused.pointer)
    assert desk.exchange.orders("a").items == ()
    assert desk.balance("a", "USD") == ("10000.0000", "0.0000")


def test_a_refused_request_leaves_its_client_id_free(desk):
    assert desk.code("a", "buy", "1", "10.3", client_order_id="mine") == "price_off_tick"
    with pytest.raises(RefusalError):
        desk.exchange.order_by_client_id("a", "mine")
    assert desk.code("a", "buy", "1", "10.5", client_order_id="mine") is None
    assert desk.exchange.order_by_client_id("a", "mine").status == "open"


def test_the_same_request_again_gives_the_original(desk):
    request = desk.request("a", "buy", "1", "10.5")
    first = desk.do(request)
    desk.ok("b", "sell", "1", "10.5")
    again = desk.do(replace(request, quantity="1.00", limit_price="10.50", expires=desk.time))
    assert (first.replayed, again.replayed) == (False, True)
    assert again.order.order_id == first.order.order_id
    assert again.order.status == "filled"
    assert len(desk.exchange.orders("a").items) == 1


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": "2"},
        {"limit_price": "11"},
        {"side": "sell"},
        {"post_only": True},
        {"time_in_force": "ioc"},
        {"stp_mode": "cancel_both"},
        {"reduce_only": True},
        {"instrument_id": "Y-USD"},
        {"quantity": "garbage"},
    ],
)
def test_another_request_under_the_same_client_id_is_a_conflict(desk, change):
    request = desk.request("a", "buy", "1", "10.5")
    desk.do(request)
    for _ in range(2):
        answer = desk.do(replace(request, **change))
        assert answer.refused.code == "client_order_id_conflict"
    desk.cancel("a", desk.exchange.order_by_client_id("a", request.client_order_id).order_id)
    assert desk.do(replace(request, **change)).refused.code == "client_order_id_conflict"


def test_client_ids_are_unique_per_account_only(desk):
    one = desk.place("a", "buy", "1", "10", client_order_id="same")
    other = desk.place("b", "sell", "2", "12", client_order_id="same")
    assert (one.replayed, other.replayed) == (False, False)
    for account, answer in (("a", one), ("b", other)):
        found = desk.exchange.order_by_client_id(account, "same")
        assert found == answer.order
    assert one.order.order_id != other.order.order_id


def test_client_ids_stay_taken_for_the_retention_and_no_longer(new_desk):
    desk = new_desk(retention=30 * DAY)
    desk.fund("a")
    request = desk.request("a", "buy", "1", "10")
    order_id = desk.do(request).order.order_id
    desk.wait(40 * DAY)
    assert desk.do(request).replayed, "an open order never loses its id"
    desk.cancel("a", order_id)
    desk.wait(30 * DAY - MINUTE)
    assert desk.do(request).order.status == "canceled"
    desk.wait(2 * 60 * MINUTE)
    fresh = desk.do(request)
    assert not fresh.replayed
    assert fresh.order.status == "open"
    assert fresh.order.order_id > order_id
    with pytest.raises(RefusalError):
        desk.exchange.order("a", order_id)
    assert [o.order_id for o in desk.exchange.orders("a").items] == [fresh.order.order_id]


def test_an_expired_request_is_never_carried_out(desk):
    request = desk.request("a", "buy", "1", "10", expires=desk.time - 1)
    assert desk.do(request).refused.code == "timestamp_out_of_window"
    assert desk.do(replace(request, expires=desk.time)).refused is None
    late = replace(request, expires=desk.time - 1)
    assert desk.do(late).refused.code == "timestamp_out_of_window", "not even as a replay"


def test_expiry_is_enforced_for_every_client_command(desk):
    order_id = desk.ok("a", "buy", "1", "10")
    past = desk.time - 1
    item = desk.request("a", "buy", "1", "10")
    assert desk.cancel("a", order_id, expires=past).refused.code == "timestamp_out_of_window"
    changed = desk.amend("a", order_id, quantity="0.5", expires=past)
    assert changed.refused.code == "timestamp_out_of_window"
    assert desk.batch("a", item, expires=past).refused.code == "timestamp_out_of_window"
    assert desk.order("a", order_id).version == 1


def test_a_batch_gives_a_result_per_item(desk):
    items = [
        desk.request("a", "buy", "1", "10", client_order_id="one"),
        desk.request("a", "buy", "1", "10.3"),
        desk.request("a", "buy", "1", "10", client_order_id="one"),
        desk.request("a", "buy", "2", "10", client_order_id="one"),
        desk.request("b", "buy", "1", "10"),
        desk.request("a", "sell", "1", "12"),
    ]
    results = desk.batch("a", *items).items
    codes = [r.refused and r.refused.code for r in results]
    assert codes == [
        *(None, "price_off_tick", None, "client_order_id_conflict", "malformed", None),
    ]
    assert [r.replayed for r in results] == [False, False, True, False, False, False]
    assert results[2].order.order_id == results[0].order.order_id
    assert desk.exchange.orders("b").items == ()


def test_an_empty_batch_does_nothing(desk):
    assert desk.batch("a").items == ()


def test_dry_run_checks_everything_and_changes_nothing(desk):
    desk.ok("b", "sell", "1", "10")
    before = desk.exchange.digest()
    request = desk.request("a", "buy", "1", "10")
    shown = desk.exchange.dry_run(request, desk.time)
    assert (shown.status, shown.filled_quantity) == ("pending_new", "0.0")
    for change, code in (
        ({"limit_price": "10.3"}, "price_off_tick"),
        ({"post_only": True}, "post_only_would_cross"),
        ({"quantity": "5000"}, "insufficient_balance"),
        ({"account_id": "stranger"}, "insufficient_balance"),
        ({"reduce_only": True}, "reduce_only_violation"),
        ({"account_id": "b", "side": "buy"}, "self_trade_prevented"),
    ):
        with pytest.raises(RefusalError) as caught:
            desk.exchange.dry_run(replace(request, **change), desk.time)
        assert caught.value.code == code
    assert desk.exchange.digest() == before
    placed = desk.do(request).order
    assert placed.order_id == shown.order_id
    assert desk.exchange.dry_run(request, desk.time) == placed


def test_a_halted_instrument_takes_cancels_only(desk):
    order_id = desk.ok("a", "buy", "1", "10")
    desk.status("halted")
    assert desk.exchange.instrument("X-USD").status == "halted"
    assert desk.code("a", "buy", "1", "10") == "instrument_not_open"
    assert desk.amend("a", order_id, quantity="0.5").refused.code == "instrument_not_open"
    assert desk.cancel("a", order_id).order.status == "canceled"
    desk.status("open")
    assert desk.code("a", "buy", "1", "10") is None


def test_deposits_count_once(desk):
    again = Deposit(account_id="a", deposit_id="d1", asset="USD", amount="10000")
    assert desk.do(again).refused is None
    assert desk.balance("a", "USD") == ("10000.0000", "0.0000")
    assert desk.do(replace(again, amount="1")).refused.code == "malformed"
    assert desk.do(replace(again, deposit_id="n", amount="0")).refused.code == "malformed"
    assert desk.do(replace(again, deposit_id="n", asset="EUR")).refused.code == "malformed"
    venue = replace(again, deposit_id="n", account_id="venue:fees")
    assert desk.do(venue).refused.code == "malformed"
