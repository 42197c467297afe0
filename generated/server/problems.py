"""Problems that the contract promises, one function per code. Generated; do not edit.

`raise problems.order_not_found("There is no such order.")`
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypedDict, Unpack

from .runtime.problem import Detail, Outcome, Problem

__all__ = [
    "Detail",
    "More",
    "Outcome",
    "Problem",
    "malformed",
    "number_not_decimal_string",
    "credentials_missing",
    "signature_invalid",
    "key_unknown",
    "key_expired",
    "timestamp_out_of_window",
    "nonce_reused",
    "scope_missing",
    "ip_not_allowed",
    "instrument_not_found",
    "order_not_found",
    "key_not_found",
    "client_order_id_conflict",
    "version_conflict",
    "order_not_open",
    "key_not_active",
    "content_too_large",
    "unsupported_media_type",
    "invalid_combination",
    "price_off_tick",
    "quantity_off_step",
    "below_minimum",
    "insufficient_balance",
    "post_only_would_cross",
    "reduce_only_violation",
    "self_trade_prevented",
    "instrument_not_open",
    "key_limit_reached",
    "rate_limited",
    "internal_error",
    "overloaded",
    "timeout_unknown",
]


class More(TypedDict, total=False):
    """What else a problem can say; see `Problem`."""

    title: str
    type: str
    errors: Iterable[Detail]
    retryable: bool
    outcome: Outcome
    headers: Iterable[tuple[str, str]]
    members: Mapping[str, object]


def malformed(
    detail: str = "", *, status: int = 400, **more: Unpack[More]
) -> Problem:
    """400 `malformed`."""
    return Problem(status, "malformed", detail, **more)


def number_not_decimal_string(
    detail: str = "", *, status: int = 400, **more: Unpack[More]
) -> Problem:
    """400 `number_not_decimal_string`."""
    return Problem(status, "number_not_decimal_string", detail, **more)


def credentials_missing(
    detail: str = "", *, status: int = 401, **more: Unpack[More]
) -> Problem:
    """401 `credentials_missing`."""
    return Problem(status, "credentials_missing", detail, **more)


def signature_invalid(
    detail: str = "", *, status: int = 401, **more: Unpack[More]
) -> Problem:
    """401 `signature_invalid`."""
    return Problem(status, "signature_invalid", detail, **more)


def key_unknown(
    detail: str = "", *, status: int = 401, **more: Unpack[More]
) -> Problem:
    """401 `key_unknown`."""
    return Problem(status, "key_unknown", detail, **more)


def key_expired(
    detail: str = "", *, status: int = 401, **more: Unpack[More]
) -> Problem:
    """401 `key_expired`."""
    return Problem(status, "key_expired", detail, **more)


def timestamp_out_of_window(
    detail: str = "", *, status: int = 401, **more: Unpack[More]
) -> Problem:
    """401 `timestamp_out_of_window`."""
    return Problem(status, "timestamp_out_of_window", detail, **more)


def nonce_reused(
    detail: str = "", *, status: int = 401, **more: Unpack[More]
) -> Problem:
    """401 `nonce_reused`."""
    return Problem(status, "nonce_reused", detail, **more)


def scope_missing(
    detail: str = "", *, status: int = 403, **more: Unpack[More]
) -> Problem:
    """403 `scope_missing`."""
    return Problem(status, "scope_missing", detail, **more)


def ip_not_allowed(
    detail: str = "", *, status: int = 403, **more: Unpack[More]
) -> Problem:
    """403 `ip_not_allowed`."""
    return Problem(status, "ip_not_allowed", detail, **more)


def instrument_not_found(
    detail: str = "", *, status: int = 404, **more: Unpack[More]
) -> Problem:
    """404 `instrument_not_found`."""
    return Problem(status, "instrument_not_found", detail, **more)


def order_not_found(
    detail: str = "", *, status: int = 404, **more: Unpack[More]
) -> Problem:
    """404 `order_not_found`."""
    return Problem(status, "order_not_found", detail, **more)


def key_not_found(
    detail: str = "", *, status: int = 404, **more: Unpack[More]
) -> Problem:
    """404 `key_not_found`."""
    return Problem(status, "key_not_found", detail, **more)


def client_order_id_conflict(
    detail: str = "", *, status: int = 409, **more: Unpack[More]
) -> Problem:
    """409 `client_order_id_conflict`."""
    return Problem(status, "client_order_id_conflict", detail, **more)


def version_conflict(
    detail: str = "", *, status: int = 409, **more: Unpack[More]
) -> Problem:
    """409 `version_conflict`."""
    return Problem(status, "version_conflict", detail, **more)


def order_not_open(
    detail: str = "", *, status: int = 409, **more: Unpack[More]
) -> Problem:
    """409 `order_not_open`."""
    return Problem(status, "order_not_open", detail, **more)


def key_not_active(
    detail: str = "", *, status: int = 409, **more: Unpack[More]
) -> Problem:
    """409 `key_not_active`."""
    return Problem(status, "key_not_active", detail, **more)


def content_too_large(
    detail: str = "", *, status: int = 413, **more: Unpack[More]
) -> Problem:
    """413 `content_too_large`."""
    return Problem(status, "content_too_large", detail, **more)


def unsupported_media_type(
    detail: str = "", *, status: int = 415, **more: Unpack[More]
) -> Problem:
    """415 `unsupported_media_type`."""
    return Problem(status, "unsupported_media_type", detail, **more)


def invalid_combination(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `invalid_combination`."""
    return Problem(status, "invalid_combination", detail, **more)


def price_off_tick(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `price_off_tick`."""
    return Problem(status, "price_off_tick", detail, **more)


def quantity_off_step(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `quantity_off_step`."""
    return Problem(status, "quantity_off_step", detail, **more)


def below_minimum(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `below_minimum`."""
    return Problem(status, "below_minimum", detail, **more)


def insufficient_balance(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `insufficient_balance`."""
    return Problem(status, "insufficient_balance", detail, **more)


def post_only_would_cross(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `post_only_would_cross`."""
    return Problem(status, "post_only_would_cross", detail, **more)


def reduce_only_violation(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `reduce_only_violation`."""
    return Problem(status, "reduce_only_violation", detail, **more)


def self_trade_prevented(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `self_trade_prevented`."""
    return Problem(status, "self_trade_prevented", detail, **more)


def instrument_not_open(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `instrument_not_open`."""
    return Problem(status, "instrument_not_open", detail, **more)


def key_limit_reached(
    detail: str = "", *, status: int = 422, **more: Unpack[More]
) -> Problem:
    """422 `key_limit_reached`."""
    return Problem(status, "key_limit_reached", detail, **more)


def rate_limited(
    detail: str = "", *, status: int = 429, **more: Unpack[More]
) -> Problem:
    """429 `rate_limited`."""
    return Problem(status, "rate_limited", detail, **more)


def internal_error(
    detail: str = "", *, status: int = 500, **more: Unpack[More]
) -> Problem:
    """500 `internal_error`."""
    return Problem(status, "internal_error", detail, **more)


def overloaded(
    detail: str = "", *, status: int = 503, **more: Unpack[More]
) -> Problem:
    """503 `overloaded`."""
    return Problem(status, "overloaded", detail, **more)


def timeout_unknown(
    detail: str = "", *, status: int = 504, **more: Unpack[More]
) -> Problem:
    """504 `timeout_unknown`."""
    return Problem(status, "timeout_unknown", detail, **more)
