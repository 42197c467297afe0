import os
import random
import subprocess
import sys

from handlers.exchange import Exchange, PlaceOrder
from handlers.exchange.codec import encode
from handlers.exchange.times import SECOND

REPLAY = """
import sys
from handlers.exchange import Exchange
from handlers.exchange.codec import decode
exchange = Exchange()
for line in sys.stdin.buffer:
    time, _, command = line.strip().partition(b" ")
    for event in exchange.apply(decode(command), int(time)):
        print(*event)
print(exchange.digest())
"""


def busy_life(desk, steps: int = 400) -> None:
    """A life with everything in it, always the same."""
    rng = random.Random(11)
    for _ in range(steps):
        account = rng.choice("abc")
        dice = rng.random()
        desk.time += rng.randrange(3) * SECOND
        if dice < 0.1:
            desk.cancel_after(account, rng.choice((0, 3_000)))
        elif dice < 0.15:
            desk.cancel_all(account)
        elif dice < 0.3:
            working = desk.exchange.orders(account, status="working").items
            order_id = rng.choice(working).order_id if working else "ord_0000000000000001"
            if rng.random() < 0.3:
                desk.cancel(account, order_id)
            else:
                desk.amend(account, order_id, quantity="0.5", limit_price="10.5")
        else:
            desk.batch(account, *(random_order(desk, rng, account) for _ in range(2)))


def random_order(desk, rng, account) -> PlaceOrder:
    price = None if rng.random() < 0.2 else f"{rng.randrange(16, 26) / 2}"
    more = {
        "stp_mode": rng.choice(("cancel_newest", "cancel_oldest", "cancel_both")),
        "reduce_only": rng.random() < 0.2,
    }
    if rng.random() < 0.3:
        more["stop_price"] = f"{rng.randrange(16, 26) / 2}"
    if price and rng.random() < 0.3:
        more |= {"time_in_force": "gtd", "expire_time": desk.time + 5 * SECOND}
    side = rng.choice(("buy", "sell"))
    return desk.request(account, side, f"{rng.randrange(2, 30) / 10}", price, **more)


def test_replaying_the_commands_gives_the_same_events_and_state(desk):
    first: list[object] = []
    busy_life(desk)
    again = Exchange()
    for command, time in desk.log:
        first += again.apply(command, time)
    assert again.digest() == desk.exchange.digest()
    third = Exchange()
    assert [e for command, time in desk.log for e in third.apply(command, time)] == first
    kinds = {type(event).__name__ for event in first}
    assert kinds >= {
        *("OrderAccepted", "OrderAmended", "OrderClosed", "OrderTriggered", "Traded"),
        *("Rejected", "CancelAfterSet", "BatchItem", "Deposited"),
    }, "the life is not busy enough"


def test_nothing_depends_on_the_hash_seed(desk):
    busy_life(desk)
    lines = b"\n".join(b"%d %s" % (time, encode(command)) for command, time in desk.log)
    outputs = {
        subprocess.run(
            [sys.executable, "-c", REPLAY],
            input=lines,
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }
    (output,) = outputs
    assert output.decode().splitlines()[-1] == desk.exchange.digest()


def test_the_digest_sees_every_difference(new_desk):
    def digest(*steps):
        desk = new_desk()
        desk.fund("a", "b")
        desk.ok("a", "sell", "1", "10")
        for step in steps:
            step(desk)
        desk.time += SECOND
        return desk.exchange.digest()

    variants = [
        (),
        (lambda d: d.place("b", "buy", "1", "9"),),
        (lambda d: d.place("b", "buy", "1", "9.5"),),
        (lambda d: d.place("b", "buy", "1", "9", post_only=True),),
        (lambda d: d.place("b", "buy", "1", "9", client_order_id="x"),),
        (lambda d: d.place("b", "buy", "0.5", "10"),),
        (lambda d: d.place("b", "buy", "1", stop_price="11"),),
        (lambda d: d.cancel_after("a", 1_000),),
        (lambda d: d.cancel_after("a", 2_000),),
        (lambda d: d.status("halted"),),
        (lambda d: d.fund("c"),),
        (lambda d: d.wait(SECOND),),
    ]
    assert len({digest(*steps) for steps in variants}) == len(variants)
    assert digest() == digest()
