"""Hooks for schemathesis that make most of its valid requests ones that the venue can accept.

Most generated orders that the schema allows break a rule of the market, and would never get as far
as the book; most links would lead from one refusal to the next. Only what is valid is changed, so
that negative data stays negative, and one in five stays as it is. What becomes of a request
depends on the request alone, but for the one name that must be new: Hypothesis gives up where the
same choices lead elsewhere.
"""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from itertools import count
from typing import Any
from zlib import crc32

import jsonschema_rs
import schemathesis
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.service.contract_reading import contract

_NUMBERS = count(1)
_MOST = 5
_LONGEST_CURSOR = 512
PRICES = {"limit_price": "60000.10", "stop_price": "59000.00"}


@cache
def _validator(name: str) -> Any:
    reference = {"$ref": f"#/components/schemas/{name}", "components": contract()["components"]}
    return jsonschema_rs.validator_for(
        {"$schema": "https://json-schema.org/draft/2020-12/schema", **reference},
        validate_formats=True,  # else what violates one would be made good, and be accepted
    )


@schemathesis.hook
def map_body(context: Any, body: Any) -> Any:
    """Make a valid body one that the venue can accept."""
    operation = context.operation.definition.raw.get("operationId")
    make = _PLAUSIBLE.get(operation)
    if make is None or not _is_valid(make[1], body):
        return body
    number = _number(body)
    return body if number % _MOST == _MOST - 1 else make[0](body, number)


@schemathesis.hook
def map_query(_context: Any, query: Any) -> Any:
    """Leave out a cursor that is a good string, and none that the venue gave out."""
    cursor = query.get("cursor") if isinstance(query, dict) else None
    good = isinstance(cursor, str) and 0 < len(cursor) <= _LONGEST_CURSOR
    if not good or _number(query) % _MOST == _MOST - 1:
        return query
    return {name: value for name, value in query.items() if name != "cursor"}


def _number(value: Any) -> int:
    return crc32(json.dumps(value, sort_keys=True, default=str).encode())


def _is_valid(schema: str, body: Any) -> bool:
    try:
        return _validator(schema).is_valid(body)
    except (TypeError, ValueError):  # what is no JSON
        return False


def _order(body: dict[str, Any], number: int) -> dict[str, Any]:
    kind = ("limit", "limit", "market", "stop_limit", "stop")[number % 5]
    needed = {
        "limit": ("limit_price",),
        "stop_limit": ("limit_price", "stop_price"),
        "stop": ("stop_price",),
        "market": (),
    }[kind]
    order = {
        "client_order_id": f"{body['client_order_id'][:20]}-{next(_NUMBERS)}",
        "instrument_id": "BTC-USD",
        "side": body["side"],
        "type": kind,
        "quantity": "0.25",
        **{name: PRICES[name] for name in needed},
    }
    if kind == "limit":
        order |= {name: body[name] for name in ("stp_mode", "post_only") if name in body}
    return order


def _amendment(_body: dict[str, Any], number: int) -> dict[str, Any]:
    return {"expected_version": 1, "quantity": ("0.2", "0.3")[number % 2]}


def _public_key() -> str:
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    return b64encode(public).decode()


def _key(body: dict[str, Any], _number: int) -> dict[str, Any]:
    key = {name: body[name] for name in ("name", "algorithm", "scopes")}
    if key["algorithm"] == "ed25519":
        key["public_key"] = _public_key()
    return key


def _rotation(_body: dict[str, Any], number: int) -> dict[str, Any]:
    # Which kind of key it is about stands in the path: half of them fit.
    fitting = {"public_key": _public_key()} if number % 2 else {}
    return {"overlap_seconds": 3600, **fitting}


_PLAUSIBLE = {
    "createOrder": (_order, "NewOrder"),
    "amendOrder": (_amendment, "OrderAmendment"),
    "createApiKey": (_key, "NewApiKey"),
    "rotateApiKey": (_rotation, "ApiKeyRotation"),
}
