"""The extensions by which an operation promises more than OpenAPI can say."""

from __future__ import annotations

from decimal import Decimal

from wireproof.ir.contract import Idempotency, Pagination, RateLimitBucket, RateLimitCost
from wireproof.ir.reading.numbers import as_number
from wireproof.ir.reading.reader import Reader
from wireproof.source.node import Node

OPERATION_EXTENSIONS = frozenset(
    {
        "x-idempotency",
        "x-pagination",
        "x-rate-limit-cost",
        "x-sdk-name",
        "x-stability",
        "x-stability-level",
        "x-sunset",
    }
)
_PLACES = frozenset({"body", "header", "query"})


def idempotency(reader: Reader, operation: Node) -> Idempotency | None:
    """`x-idempotency`; None where absent or without a usable key."""
    node = reader.mapping(operation.get("x-idempotency"))
    if node is None:
        return None
    key, place = reader.text(node, "key"), reader.text(node, "in") or "body"
    if not key or place not in _PLACES:
        reader.report(
            "invalid-idempotency",
            node,
            f"`x-idempotency` with key {key!r} in {place!r} is left out",
            "name a `key`, and an `in` out of body, header, query",
        )
        return None
    return Idempotency(key, place, reader.text(node, "lookup"))


def pagination(reader: Reader, operation: Node) -> Pagination | None:
    """`x-pagination`; None where absent or incomplete."""
    node = reader.mapping(operation.get("x-pagination"))
    if node is None:
        return None
    found = Pagination(
        cursor=reader.text(node, "cursor"),
        limit=reader.text(node, "limit"),
        items=reader.text(node, "items"),
        next_cursor=reader.text(node, "next"),
    )
    if not (found.cursor and found.items and found.next_cursor):
        reader.report(
            "invalid-pagination",
            node,
            "`x-pagination` is incomplete and is left out",
            "name `cursor`, `items` and `next` (and `limit` where there is one)",
        )
        return None
    return found


def rate_limit_cost(reader: Reader, operation: Node) -> RateLimitCost | None:
    """`x-rate-limit-cost`; None where absent or without a bucket."""
    node = reader.mapping(operation.get("x-rate-limit-cost"))
    if node is None:
        return None
    bucket = reader.text(node, "bucket")
    if not bucket:
        reader.report(
            "invalid-rate-limit", node, "`x-rate-limit-cost` names no bucket", "add `bucket`"
        )
        return None
    return RateLimitCost(bucket, _whole(reader, node, "cost", 1))


def rate_limits(reader: Reader, root: Node) -> tuple[RateLimitBucket, ...]:
    """`x-rate-limits` at the root, in document order."""
    found = []
    for name, entry in reader.entries(root, "x-rate-limits"):
        node = reader.mapping(entry)
        if node is None:
            continue
        rate = as_number(node.value.get("rate"))
        if rate is None or rate <= 0:
            reader.report(
                "invalid-rate-limit", node, f"bucket `{name}` has no rate", "add `rate`, a number"
            )
            continue
        burst = _whole(reader, node, "burst", max(1, int(rate)))
        found.append(
            RateLimitBucket(name, Decimal(rate), burst, reader.text(node, "per") or "account")
        )
    return tuple(found)


def _whole(reader: Reader, node: Node, key: str, default: int) -> int:
    value = node.value.get(key, default)
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    reader.wrong_type(node.get(key) or node, "a whole number, zero or more")
    return default
