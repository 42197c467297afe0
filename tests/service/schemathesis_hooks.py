"""Northgate's own checks for schemathesis: what its contract promises beyond OpenAPI."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from itertools import count
from typing import Any

import jsonschema_rs
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from wireproof.source import load

from tests.service.contract_reading import SPEC

# Values of the right form that no schema can tell from good ones, and the rule that refuses them.
UNSAYABLE = {
    "/query/cursor": "only what the venue gave out",
    "/body/public_key": "a point of the curve, not of small order",
    "/body/expire_time": "in the future, if keys or orders are to live that long",
    "/body/ip_allow_list": "an address or range that exists",
}


@cache
def contract() -> Any:
    return load(str(SPEC)).contract.root.value


def _promised(case: Any, status: int) -> set[str]:
    """Codes of an operation's answers of that status (`x-error-codes`)."""
    operation = contract()["paths"][case.operation.path][case.operation.method.lower()]
    answer = operation["responses"].get(str(status), {})
    while "$ref" in answer:
        target: Any = contract()
        for token in answer["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        answer = target
    return set(answer.get("x-error-codes", ()))


@schemathesis.check
def promised_code(_ctx: Any, response: Any, case: Any) -> None:
    """An error carries one of the codes that the contract lists for its operation and status."""
    if response.status_code < 400 or str(response.status_code) in ("405", "406"):
        return
    code = response.json()["code"]
    promised = _promised(case, response.status_code)
    assert code in promised, f"{code} is not among the codes promised: {sorted(promised)}"


@schemathesis.check
def refused_by_a_rule(_ctx: Any, response: Any, case: Any) -> None:
    """Good data is malformed only where the schema cannot say what is good."""
    good = case.meta is not None and case.meta.generation.mode.is_positive
    if not good or response.status_code != 400:
        return
    problem = response.json()
    places = {re.sub(r"/\d+$", "", error["pointer"]) for error in problem["errors"]}
    assert places, problem
    assert places <= set(UNSAYABLE), f"well formed, and refused at {sorted(places)}: {problem}"


@schemathesis.check
def no_trace_of_the_inside(_ctx: Any, response: Any, _case: Any) -> None:
    """Answers tell nothing of the server's code, and may not be sniffed or cached."""
    for word in ("Traceback", "sqlalchemy", "sqlite3", ".py"):
        assert word not in response.text, word


@schemathesis.check
def canceled_for_good(ctx: Any, response: Any, case: Any) -> None:
    """An order that was canceled can be read, and never is anything else again."""
    if (
        case.operation.definition.raw.get("operationId") != "getOrder"
        or response.status_code != 200
    ):
        return
    for related in ctx.internals.find_related(case_id=case.id):
        answer = ctx.internals.find_response(case_id=related.id)
        canceled = (
            related.operation.definition.raw.get("operationId") == "cancelOrder"
            and answer is not None
            and answer.status_code == 200
            and answer.json()["order_id"] == response.json()["order_id"]
        )
        if canceled:
            assert response.json()["status"] in ("canceled", "pending_cancel")


# Most generated orders that the schema allows break a rule of the market, and would never get as
# far as the book. Bodies that are valid are made plausible, most of them; others stay as they are.

_NUMBERS = count(1)
_MOST = 5
PRICES = {"limit_price": "60000.10", "stop_price": "59000.00"}


@cache
def _validator(name: str) -> Any:
    reference = {"$ref": f"#/components/schemas/{name}", "components": contract()["components"]}
    return jsonschema_rs.validator_for(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **reference}
    )


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Make a valid order or key one that the venue can accept."""
    operation = context.operation.definition.raw.get("operationId")
    make = {"createOrder": (_order, "NewOrder"), "createApiKey": (_key, "NewApiKey")}.get(operation)
    if make is None or next(_NUMBERS) % _MOST == 0 or not _is_valid(make[1], body):
        return body
    return make[0](body)


def _is_valid(schema: str, body: Any) -> bool:
    try:
        return _validator(schema).is_valid(body)
    except (TypeError, ValueError):  # what is no JSON
        return False


def _order(body: dict[str, Any]) -> dict[str, Any]:
    number = next(_NUMBERS)
    kind = ("limit", "limit", "market", "stop_limit", "stop")[number % 5]
    needed = {
        "limit": ("limit_price",),
        "stop_limit": ("limit_price", "stop_price"),
        "stop": ("stop_price",),
        "market": (),
    }[kind]
    order = {
        "client_order_id": f"{body['client_order_id'][:20]}-{number}",
        "instrument_id": "BTC-USD",
        "side": body["side"],
        "type": kind,
        "quantity": "0.25",
        **{name: PRICES[name] for name in needed},
    }
    if kind == "limit":
        order |= {name: body[name] for name in ("stp_mode", "post_only") if name in body}
    return order


def _key(body: dict[str, Any]) -> dict[str, Any]:
    key = {name: body[name] for name in ("name", "algorithm", "scopes")}
    if key["algorithm"] == "ed25519":
        public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
        key["public_key"] = b64encode(public).decode()
    return key
