from handlers.exchange import SetCancelAfter
from handlers.exchange.times import DAY, HOUR, SECOND, end_of_day


def test_cancel_releases_and_answers_with_the_order(desk):
    order_id = desk.ok("a", "buy", "1", "10")
    answer = desk.cancel("a", order_id)
    assert (answer.order.status, answer.order.cancel_reason) == ("canceled", "requested")
    assert answer.order.remaining_quantity == "0.0"
    assert desk.balance("a", "USD") == ("10000.0000", "0.0000")
    assert desk.book() == ([], [])
    assert desk.cancel("a", order_id).refused.code == "order_not_open"


def test_foreign_and_unknown_orders_are_not_found(desk):
    order_id = desk.ok("a", "buy", "1", "10")
    assert desk.cancel("b", order_id).refused.code == "order_not_found"
    assert desk.cancel("a", "nonsense").refused.code == "order_not_found"
    assert desk.order("a", order_id).status == "open"


def test_cancel_all_takes_stops_too_and_only_what_is_asked_for(desk):
    mine = [desk.ok("a", "buy", "1", "10"), desk.ok("a", "sell", "1", stop_price="5")]
    other = desk.ok("b", "buy", "1", "10")
    assert desk.cancel_all("a", "Y-USD").refused.code == "instrument_not_found"
    answer = desk.cancel_all("a", "X-USD")
    assert answer.canceled == tuple(mine)
    assert desk.order("b", other).status == "open"
    assert desk.cancel_all("a").canceled == ()
    assert desk.cancel_all("stranger").canceled == ()


def test_the_dead_mans_switch_cancels_everything_unless_set_again(desk):
    order_id = desk.ok("a", "buy", "1", "10")
    other = desk.ok("b", "buy", "1", "10")
    assert desk.cancel_after("a", 5_000).cancel_after == desk.time + 5 * SECOND
    desk.wait(4 * SECOND)
    desk.cancel_after("a", 5_000)
    desk.wait(5 * SECOND - 1)
    assert desk.order("a", order_id).status == "open"
    fired = desk.time + 1
    desk.wait(2)
    order = desk.order("a", order_id)
    assert (order.status, order.cancel_reason, order.updated_time) == (
        *("canceled", "cancel_after", fired),
    )
    assert desk.order("b", other).status == "open"
    assert desk.exchange.cancel_after("a") is None


def test_the_switch_can_be_turned_off(desk):
    order_id = desk.ok("a", "buy", "1", "10")
    desk.cancel_after("a", 1_000)
    assert desk.exchange.cancel_after("a") == desk.time + SECOND
    assert desk.cancel_after("a", 0).cancel_after is None
    desk.wait(DAY)
    assert desk.order("a", order_id).status == "open"
    assert desk.do(SetCancelAfter(account_id="a", timeout_ms=-1)).refused.code == "malformed"


def test_the_switch_fires_before_a_command_that_comes_too_late(desk):
    order_id = desk.ok("a", "sell", "1", "10")
    desk.cancel_after("a", 1_000)
    desk.time += SECOND
    taker = desk.ok("b", "buy", "1", "10")
    assert desk.order("a", order_id).status == "canceled"
    assert desk.order("b", taker).filled_quantity == "0.0"


def test_a_cancel_all_answers_only_with_what_it_canceled_itself(desk):
    gone = desk.ok("a", "buy", "1", "10", time_in_force="gtd", expire_time=desk.time + SECOND)
    left = desk.ok("a", "buy", "1", "10")
    desk.time += SECOND
    assert desk.cancel_all("a").canceled == (left,)
    assert desk.order("a", gone).status == "expired"


def test_gtd_orders_expire_at_their_instant(desk):
    at = desk.time + HOUR
    order_id = desk.ok("a", "buy", "1", "10", time_in_force="gtd", expire_time=at)
    assert desk.exchange.next_deadline == at
    desk.wait(HOUR - 1)
    assert desk.order("a", order_id).status == "open"
    desk.wait(SECOND)
    order = desk.order("a", order_id)
    assert (order.status, order.updated_time, order.expire_time) == ("expired", at, at)
    assert desk.balance("a", "USD") == ("10000.0000", "0.0000")
    assert desk.book() == ([], [])


def test_day_orders_end_with_the_utc_day(desk):
    order_id = desk.ok("a", "sell", "1", stop_price="5", time_in_force="day")
    midnight = end_of_day(desk.time)
    assert midnight % DAY == 0
    assert 0 < midnight - desk.time <= DAY
    assert desk.order("a", order_id).expire_time == midnight
    desk.wait(midnight - desk.time)
    assert desk.order("a", order_id).status == "expired"


def test_a_closed_order_does_not_expire_again(desk):
    order_id = desk.ok("a", "buy", "1", "10", time_in_force="day")
    desk.cancel("a", order_id)
    desk.wait(2 * DAY)
    assert desk.order("a", order_id).status == "canceled"


def test_expiry_does_not_depend_on_how_often_time_advances(new_desk):
    digests = []
    for steps in (1, 7):
        desk = new_desk()
        desk.fund("a", "b")
        for seconds in (1, 2, 3, 5):
            at = desk.time + seconds * SECOND
            desk.ok("a", "buy", "1", "10", time_in_force="gtd", expire_time=at)
        desk.cancel_after("b", 2_500)
        desk.ok("b", "buy", "1", "9")
        for _ in range(steps):
            desk.wait(7 * SECOND // steps)
        digests.append([o[13:] for o in desk.exchange.orders("a").items])
    assert digests[0] == digests[1]


def test_time_never_goes_back(desk):
    desk.wait(DAY)
    desk.time -= HOUR
    order = desk.place("a", "buy", "1", "10").order
    assert order.created_time == desk.time + HOUR
