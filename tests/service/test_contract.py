"""Northgate's contract keeps the rules it was written by; judged by tools that are not ours."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator.readers import read_from_filename

SPEC = Path(__file__).parents[2] / "spec"
PROBLEM = "application/problem+json"
ERROR = re.compile(r"[45]\d\d")
SCOPES = {"read", "trade", "keys"}

OPERATIONS = (
    "getServerTime getStatus listInstruments getOrderBook listTrades listCandles "
    "createOrder getOrder getOrderByClientId listOrders amendOrder cancelOrder cancelOrders "
    "createOrderBatch setCancelAfter "
    "listBalances listPositions listExecutions getRateLimits "
    "listApiKeys createApiKey updateApiKey revokeApiKey rotateApiKey"
)

# design: the codes that integrators are promised, by status
CODES = {
    "400": "malformed number_not_decimal_string",
    "401": "credentials_missing signature_invalid key_unknown key_expired "
    "timestamp_out_of_window nonce_reused",
    "403": "scope_missing ip_not_allowed",
    "404": "order_not_found instrument_not_found key_not_found",
    "409": "client_order_id_conflict version_conflict order_not_open key_not_active",
    "413": "content_too_large",
    "415": "unsupported_media_type",
    "422": "invalid_combination price_off_tick quantity_off_step below_minimum "
    "insufficient_balance post_only_would_cross reduce_only_violation self_trade_prevented "
    "instrument_not_open key_limit_reached",
    "429": "rate_limited",
    "500": "internal_error",
    "503": "overloaded",
    "504": "timeout_unknown",
}


def test_openapi_spec_validator_accepts_the_contract():
    document, base = read_from_filename(str(SPEC / "northgate.openapi.yaml"))
    errors = list(OpenAPIV31SpecValidator(document, base_uri=base).iter_errors())
    assert errors == []


def test_every_file_is_reachable(contract):
    seen: set[str] = set()
    queue = [contract]
    while queue:
        place = queue.pop()
        for reference in _references(place.value):
            target = type(place)({"$ref": reference}, place.uri).resolved()
            name = f"{target.uri}#{target.pointer()}"
            if name not in seen:
                seen.add(name)
                queue.append(target)
    files = {Path(name.partition("#")[0].removeprefix("file://")) for name in seen}
    written = set(SPEC.rglob("*.yaml")) - set((SPEC / "releases").glob("*"))
    assert written == files | {SPEC / "northgate.openapi.yaml"}
    shared = {
        f"{path.as_uri()}#/{name}"
        for folder in ("schemas", "responses", "examples", ".")
        for path in (SPEC / folder).glob("*.yaml")
        if path.name != "northgate.openapi.yaml"
        for name in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    }
    assert shared - seen == set()


def _references(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        yield from value.get("mapping", {}).values() if "propertyName" in value else ()
        for child in value.values():
            yield from _references(child)
    elif isinstance(value, list):
        for child in value:
            yield from _references(child)


def test_the_surface_is_the_designed_one(documented_operations):
    assert sorted(each.id for each in documented_operations) == sorted(OPERATIONS.split())


def test_operation_says_what_tools_and_readers_need(documented, contract):
    operation = documented.place.value
    tags = [tag["name"] for tag in contract.value["tags"]]
    assert operation["tags"][0] in tags
    assert len(operation["tags"]) == 1
    assert re.fullmatch(r"[a-z][a-z_]*", operation["x-sdk-name"])
    assert operation["summary"]
    assert operation["description"]
    cost = operation["x-rate-limit-cost"]
    assert cost["bucket"] in contract.value["x-rate-limits"]
    assert cost["cost"] <= contract.value["x-rate-limits"][cost["bucket"]]["burst"]


def test_sdk_names_are_unique_within_a_resource(documented_operations):
    found = [each.place.value for each in documented_operations]
    names = Counter((operation["tags"][0], operation["x-sdk-name"]) for operation in found)
    assert max(names.values()) == 1


def test_security_names_scopes_and_market_data_is_public(documented):
    security = documented.place.value["security"]
    if documented.place.value["tags"] == ["market_data"]:
        assert security == []
        return
    assert len(security) == 1
    assert set(security[0]) == {"signature"}
    assert set(security[0]["signature"]) < SCOPES
    assert {"401", "403"} <= set(documented.responses)


def test_errors_are_problems_with_codes_and_examples(documented):
    errors = {s: r for s, r in documented.responses.items() if ERROR.fullmatch(s)}
    assert {"400", "429", "500", "503"} <= set(errors)
    for status, response in errors.items():
        codes = response.value["x-error-codes"]
        assert set(response.value["content"]) == {PROBLEM}
        for name, example in response.get("content").get(PROBLEM).get("examples").items():
            value = example.value["value"]
            assert value["code"] == name
            assert name in codes
            assert str(value["status"]) == status


def test_bodies_are_guarded(documented):
    if "requestBody" in documented.place.value:
        assert {"413", "415"} <= set(documented.responses)


def test_every_promised_code_is_documented_somewhere(contract, documented_operations):
    found: dict[str, set[str]] = {}
    for documented in documented_operations:
        for status, response in documented.responses.items():
            found.setdefault(status, set()).update(response.value.get("x-error-codes", []))
    for status, codes in CODES.items():
        assert set(codes.split()) <= found[status]
    listed = type(contract)({"$ref": "schemas/enums.yaml#/ProblemCode"}, contract.uri).resolved()
    promised = set().union(*found.values())
    # These belong to no operation: HTTP forbids the request before one is looked at.
    general = (
        "not_found method_not_allowed not_acceptable request_timeout uri_too_long too_many_fields"
    )
    assert set(listed.value["enum"]) == promised | set(general.split())


def test_examples_validate(documented):
    checked = 0
    for media in _media_types(documented):
        examples = media.get("examples").items()
        assert examples, "every body has an example"
        for name, example in examples:
            errors = media.get("schema").schema_errors(example.value["value"])
            assert errors == [], f"{documented.id} {name}"
            checked += 1
    for parameter in documented.parameters:
        if "example" in parameter.value:
            errors = parameter.get("schema").schema_errors(parameter.value["example"])
            assert errors == [], parameter.value["name"]
    assert checked


def _media_types(documented):
    if "requestBody" in documented.place.value:
        yield from (
            media for _, media in documented.place.get("requestBody").get("content").items()
        )
    for response in documented.responses.values():
        yield from (media for _, media in response.get("content", {}).items())


def test_success_has_an_example(documented):
    successes = [r for s, r in documented.responses.items() if s.startswith("2")]
    assert successes
    for response in successes:
        assert "X-Request-Id" in response.value["headers"]
        for media in response.get("content", {}).items():
            assert media[1].value["examples"]


def test_lists_page_alike(documented):
    pages = documented.place.value.get("x-pagination")
    ok = documented.responses.get("200")
    schema = ok.get("content").get("application/json").get("schema") if ok else None
    has_cursor = schema is not None and "next_cursor" in schema.value.get("properties", {})
    assert has_cursor == (pages is not None)
    if pages:
        names = {parameter.value["name"] for parameter in documented.parameters}
        assert {pages["cursor"], pages["limit"]} <= names
        assert {pages["items"], pages["next"]} <= set(schema.value["required"])


def test_request_bodies_are_closed_and_response_bodies_are_open():
    for path in (SPEC / "schemas").glob("*.yaml"):
        schemas = yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
        for name, schema in schemas.items():
            if schema.get("type") == "object":
                closed = schema.get("additionalProperties") is False
                assert closed == (name in REQUESTS), name


REQUESTS = {
    "NewOrder",
    "OrderAmendment",
    "OrderBatch",
    "NewCancelAfter",
    "NewApiKey",
    "ApiKeyUpdate",
    "ApiKeyRotation",
}


def test_closed_lists_are_part_of_their_open_twins():
    lists = yaml.load((SPEC / "schemas" / "enums.yaml").read_text("utf-8"), yaml.CSafeLoader)
    twins = {
        "NewOrderSide": "OrderSide",
        "NewOrderType": "OrderType",
        "NewOrderTimeInForce": "TimeInForce",
        "NewOrderStpMode": "StpMode",
        "NewApiKeyAlgorithm": "ApiKeyAlgorithm",
        "NewApiKeyScope": "ApiKeyScope",
    }
    closed = {name for name, each in lists.items() if not each.get("x-extensible-enum")}
    assert closed == {*twins, "OrderStatusFilter", "CandleInterval"}
    for question, answer in twins.items():
        assert set(lists[question]["enum"]) <= set(lists[answer]["enum"])
    assert set(lists["OrderStatus"]["enum"]) < set(lists["OrderStatusFilter"]["enum"])


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("Price", ["0", "0.1", "60000.10", "9" * 20], ["", "1e3", "-1", ".5", "1.", "01", "+1"]),
        ("SignedAmount", ["-0.5", "0", "12"], ["-0", "--1", "-01", "1E-7", "NaN", "Infinity"]),
        ("ClientOrderId", ["a", "-x", "a.b", "A" * 36], ["", ".", "..", ".a", "a/b", "A" * 37]),
        ("Instant", ["2026-11-22T09:30:00.000000Z"], ["2026-11-22T09:30:00Z", "2026-11-22"]),
        ("InstrumentId", ["BTC-USD"], ["btc-usd", "BTCUSD", "BTC-USD-X"]),
    ],
)
def test_scalars_mean_what_they_say(contract, name, good, bad):
    schema = type(contract)({"$ref": f"schemas/scalars.yaml#/{name}"}, contract.uri).resolved()
    assert [value for value in good if schema.schema_errors(value)] == []
    assert [value for value in bad if not schema.schema_errors(value)] == []


def test_an_order_needs_a_client_order_id_and_money_is_never_a_number(contract):
    schema = type(contract)({"$ref": "schemas/orders.yaml#/NewOrder"}, contract.uri).resolved()
    order = {
        "client_order_id": "a",
        "instrument_id": "BTC-USD",
        "side": "buy",
        "type": "limit",
        "quantity": "1",
        "limit_price": "1",
    }
    assert schema.schema_errors(order) == []
    assert schema.schema_errors({**order, "quantity": 1}) != []
    assert schema.schema_errors({**order, "account_id": "x"}) != []
    assert schema.schema_errors({**order, "side": "long"}) != []
    assert schema.schema_errors({k: v for k, v in order.items() if k != "client_order_id"}) != []
