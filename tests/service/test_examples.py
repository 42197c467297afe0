"""Every example of the contract, replayed: what the documentation shows is what the venue says.

Each case brings a fresh venue into the situation that an example speaks of, sends the documented
request with the documented parameters, and compares the answer member by member.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from handlers.core import OutcomeUnknownError, OverloadedError
from tests.service.contract_reading import SPEC, Place, operations, root

RANDOM = {"request_id", "key_id", "secret"}
OPERATIONS = {each.id: each for each in operations()}
MAKER = {"instrument_id": "BTC-USD", "type": "limit"}


class Scene:
    """A venue with the account of the documentation and somebody to trade with."""

    def __init__(self, venue):
        self.venue = venue
        self.account = venue.open("trader", ("USD", "100000"), ("BTC", "1"))
        self.trader = venue.client(self.account)
        self.other = venue.client(venue.open("other", ("USD", "100000"), ("BTC", "1")))
        self.public = venue.client()
        self.paths = {}
        self.sent = None

    def wait(self, seconds):
        self.venue.clock.advance(seconds)

    def call(self, operation, example=None, *, client=None, body=None, **parameters):
        """Send the documented request; `parameters` replace documented ones, None leaves out."""
        documented = OPERATIONS[operation]
        self.sent = (operation, example)
        given = {
            (each.value["in"], each.value["name"]): each.value["example"]
            for each in documented.parameters
            if "example" in each.value
        }
        path, query = documented.path, {}
        for (place, name), example_value in given.items():
            value = parameters.get(name, self.paths.get(name, example_value))
            if place == "path":
                path = path.replace(f"{{{name}}}", value)
            elif value is not None:
                query[name] = str(value).lower() if isinstance(value, bool) else value
        if example is not None:
            content = documented.place.get("requestBody").get("content").get("application/json")
            body = content.get("examples").get(example).value["value"]
        public = documented.place.value["security"] == []
        sender = client or (self.public if public else self.trader)
        options = {"json": body} if body is not None else {}
        return sender.send(documented.method.upper(), path, params=query, **options)

    def limit(self):
        return self.call("createOrder", "limit")

    def fill(self):
        """The documented limit order, filled by the other account."""
        self.limit()
        self.wait(3.25)
        assert self.other.place("o-1", "sell").status_code == 201

    def key(self, example="ed25519"):
        issued = self.call("createApiKey", example)
        self.paths["key_id"] = issued.json()["key_id"]
        return issued


def market(scene):
    scene.other.place("o-1", limit_price="59999.50")
    scene.wait(1)
    return scene.call("createOrder", "market")


def book(scene):
    scene.limit()
    scene.other.place("o-1", "sell", limit_price="60010.00", quantity="0.5")
    return scene.call("getOrderBook")


def after(*steps):
    def case(scene):
        for step in steps[:-1]:
            step(scene)
        return steps[-1](scene)

    return case


def call(operation, example=None, **parameters):
    return lambda scene: scene.call(operation, example, **parameters)


def wait(seconds):
    return lambda scene: scene.wait(seconds)


limit, fill, key = Scene.limit, Scene.fill, Scene.key
shown = {"start_time": None, "end_time": None}

SUCCESSES: dict[tuple[str, str, str], Callable[[Scene], Any]] = {
    ("getServerTime", "200", "time"): call("getServerTime"),
    ("getStatus", "200", "operational"): call("getStatus"),
    ("listInstruments", "200", "two_instruments"): call("listInstruments"),
    ("getOrderBook", "200", "book"): book,
    ("listTrades", "200", "one_trade"): after(fill, call("listTrades")),
    ("listCandles", "200", "one_candle"): after(fill, call("listCandles")),
    ("createOrder", "201", "limit"): limit,
    ("createOrder", "201", "market"): market,
    ("createOrder", "201", "stop_limit"): call("createOrder", "stop_limit"),
    ("createOrder", "200", "replayed"): after(limit, wait(1), limit),
    ("createOrder", "200", "checked"): call("createOrder", "limit", dry_run=True),
    ("listOrders", "200", "one_order"): after(limit, call("listOrders")),
    ("cancelOrders", "200", "canceled"): after(limit, call("cancelOrders")),
    ("createOrderBatch", "200", "two_orders"): call("createOrderBatch", "two_orders"),
    ("getOrderByClientId", "200", "open"): after(limit, call("getOrderByClientId")),
    ("getOrder", "200", "open"): after(limit, call("getOrder")),
    ("getOrder", "200", "filled"): after(fill, call("getOrder")),
    ("amendOrder", "200", "smaller"): after(limit, wait(2), call("amendOrder", "smaller")),
    ("amendOrder", "200", "new_price"): after(limit, wait(2), call("amendOrder", "new_price")),
    ("cancelOrder", "200", "canceled"): after(limit, wait(2), call("cancelOrder")),
    ("setCancelAfter", "200", "armed"): call("setCancelAfter", "armed"),
    ("setCancelAfter", "200", "disarmed"): call("setCancelAfter", "disarmed"),
    ("listBalances", "200", "two_assets"): after(fill, call("listBalances")),
    ("listPositions", "200", "long"): after(fill, call("listPositions")),
    ("listExecutions", "200", "one_execution"): after(fill, call("listExecutions")),
    ("getRateLimits", "200", "buckets"): after(limit, call("getRateLimits")),
    ("listApiKeys", "200", "two_keys"): after(wait(1), key, call("listApiKeys")),
    ("createApiKey", "201", "ed25519"): key,
    ("createApiKey", "201", "hmac"): call("createApiKey", "hmac"),
    ("updateApiKey", "200", "restricted"): after(key, call("updateApiKey", "restricted")),
    ("rotateApiKey", "201", "one_hour"): after(key, wait(1), call("rotateApiKey", "one_hour")),
}


def broken(name, error):
    """The core fails in a way that no request can bring about."""

    def step(scene):
        async def fail(*_arguments):
            raise error

        setattr(scene.venue.northgate.engine, name, fail)

    return step


def exhaust(scene):
    for number in range(100):
        scene.trader.raw("POST", "/v1/orders", json={"number": number})


def late(scene):
    scene.trader.signature.change = {"created": 1_795_339_794, "expires": 1_795_339_799}
    scene.wait(1.1)


def sign_with(**change):
    return lambda scene: scene.trader.signature.change.update(change)


def expire(scene):
    listed = scene.trader.get("/v1/api-keys")["data"][0]["key_id"]
    body = {"expire_time": "2026-11-22T09:30:01Z"}
    scene.trader.send("PATCH", f"/v1/api-keys/{listed}", json=body)
    scene.wait(1)


def weak(*scopes):
    def step(scene):
        scene.trader = scene.venue.client(scene.venue.open("weak", scopes=scopes))

    return step


def elsewhere(scene):
    listed = scene.trader.get("/v1/api-keys")["data"][0]["key_id"]
    body = {"ip_allow_list": ["192.0.2.0/24"]}
    scene.trader.send("PATCH", f"/v1/api-keys/{listed}", json=body)


def order(**members):
    base = {
        "client_order_id": "arb-20261122-0001",
        "instrument_id": "BTC-USD",
        "side": "buy",
        "type": "limit",
        "quantity": "0.25",
        "limit_price": "60000.10",
    }
    return call("createOrder", body={**base, **members})


def many_keys(scene):
    for number in range(49):
        scene.wait(1)
        body = {"name": str(number), "algorithm": "hmac-sha256", "scopes": ["read"]}
        assert scene.trader.raw("POST", "/v1/api-keys", json=body).status_code == 201


def ask(scene):
    scene.other.place("o-1", "sell", limit_price="60000.00")


def partly(scene):
    scene.limit()
    scene.other.place("o-1", "sell", quantity="0.1")


big = {"content": b" " * 70_000, "headers": {"content-type": "application/json"}}
text = {"content": b"{}", "headers": {"content-type": "text/plain"}}


def post(**options):
    return lambda scene: scene.trader.send("POST", "/v1/orders", **options)


keyless = {"name": "x", "algorithm": "ed25519", "scopes": ["read"]}
sooner = {"expire_time": "2026-11-22T23:00:00Z"}
rotate = call("rotateApiKey", "one_hour")

PROBLEMS: dict[tuple[str, str], Callable[[Scene], Any]] = {
    ("BadRequest", "malformed"): call("listOrders", limit=1000),
    ("BadBody", "malformed"): order(qty="0.25"),
    ("BadBody", "number_not_decimal_string"): order(quantity=0.25),
    ("Unauthorized", "credentials_missing"): lambda s: s.call("listOrders", client=s.public),
    ("Unauthorized", "signature_invalid"): after(
        lambda s: setattr(s.trader.signature, "sign", lambda _base: bytes(64)), call("listOrders")
    ),
    ("Unauthorized", "key_unknown"): after(sign_with(keyid="key_404"), call("listOrders")),
    ("Unauthorized", "key_expired"): after(expire, call("listOrders")),
    ("Unauthorized", "timestamp_out_of_window"): after(late, call("listOrders")),
    ("Unauthorized", "nonce_reused"): after(
        sign_with(nonce="once"), call("listOrders"), call("listOrders")
    ),
    ("Forbidden", "scope_missing"): after(weak("read"), order()),
    ("Forbidden", "ip_not_allowed"): after(elsewhere, call("listOrders")),
    ("BodyTooLarge", "content_too_large"): post(**big),
    ("UnsupportedMediaType", "unsupported_media_type"): post(**text),
    ("RateLimited", "rate_limited"): after(exhaust, order()),
    ("InternalError", "internal_error"): after(broken("submit", RuntimeError("x")), order()),
    ("Overloaded", "overloaded"): after(broken("submit", OverloadedError("x")), order()),
    ("TimeoutUnknown", "timeout_unknown"): after(broken("submit", OutcomeUnknownError()), order()),
    ("InstrumentNotFound", "instrument_not_found"): call("getOrderBook", instrument_id="DOGE-USD"),
    ("OrderNotFound", "order_not_found"): call("getOrder", order_id="ord_0000000000000404"),
    ("ClientOrderIdNotFound", "order_not_found"): call("getOrderByClientId"),
    ("ClientOrderIdConflict", "client_order_id_conflict"): after(limit, order(quantity="0.3")),
    ("OrderNotOpen", "order_not_open"): after(fill, call("cancelOrder")),
    ("AmendmentConflict", "version_conflict"): after(
        limit, call("amendOrder", "smaller"), call("amendOrder", "new_price")
    ),
    ("AmendmentConflict", "order_not_open"): after(fill, call("amendOrder", "smaller")),
    ("OrderRefused", "price_off_tick"): order(limit_price="60000.101"),
    ("OrderRefused", "insufficient_balance"): order(quantity="2"),
    ("OrderRefused", "post_only_would_cross"): after(ask, order(post_only=True)),
    ("AmendmentRefused", "below_minimum"): after(
        partly, call("amendOrder", body={"expected_version": 2, "quantity": "0.1"})
    ),
    ("KeyNotFound", "key_not_found"): call("revokeApiKey", key_id="key_404"),
    ("KeyNotActive", "key_not_active"): after(key, rotate, rotate),
    ("KeyRefused", "invalid_combination"): call("createApiKey", body=keyless),
    ("KeyRefused", "key_limit_reached"): after(many_keys, wait(10), call("createApiKey", "hmac")),
    ("KeyChangeRefused", "invalid_combination"): after(
        key, rotate, call("updateApiKey", body=sooner)
    ),
}


def documented_successes():
    found = {}
    for each in OPERATIONS.values():
        for status, response in each.responses.items():
            if status.startswith("2") and "content" in response.value:
                examples = response.get("content").get("application/json").get("examples")
                for name, example in examples.items():
                    found[each.id, status, name] = example.value["value"]
    return found


def documented_problems():
    found = {}
    for path in sorted((SPEC.parent / "responses").glob("*.yaml")):
        file = Place({"$ref": f"responses/{path.name}"}, root().uri).resolved()
        for component, response in file.items():
            content = response.get("content").get("application/problem+json")
            for name, example in content.get("examples").items():
                found[component, name] = example.value["value"]
    return found


def masked(value):
    """A body without what is random."""
    if isinstance(value, dict):
        # The account's first key is made by the sandbox; the others register a documented one.
        random = RANDOM | {"public_key"} if value.get("name") == "trader" else RANDOM
        return {
            name: (name if name in random and member is not None else masked(member))
            for name, member in value.items()
        }
    return [masked(each) for each in value] if isinstance(value, list) else value


@pytest.fixture
def scene(venue):
    return Scene(venue)


@pytest.mark.parametrize("case", SUCCESSES, ids="-".join)
def test_what_is_shown_is_what_is_answered(scene, case):
    response = SUCCESSES[case](scene)
    assert str(response.status_code) == case[1], response.text
    assert masked(response.json()) == masked(documented_successes()[case])
    operation, _, name = case
    if name in requests_of(operation):
        assert scene.sent == (operation, name)


@pytest.mark.parametrize("case", PROBLEMS, ids="-".join)
def test_problems_are_told_as_documented(scene, case):
    response = PROBLEMS[case](scene)
    shown = dict(documented_problems()[case])
    said = response.json()
    said.pop("signature_base", None)  # the sandbox's help; it is another test's
    assert response.status_code == shown["status"], response.text
    assert masked(said) == masked(shown)


def test_no_example_is_left_out():
    assert set(SUCCESSES) == set(documented_successes())
    assert set(PROBLEMS) == set(documented_problems())


def requests_of(operation):
    body = OPERATIONS[operation].place.value.get("requestBody")
    return body["content"]["application/json"]["examples"] if body else {}


def test_every_documented_request_has_its_answer():
    """Request and answer go by one name."""
    for operation in OPERATIONS:
        answers = {name for each, _, name in SUCCESSES if each == operation}
        assert set(requests_of(operation)) <= answers
