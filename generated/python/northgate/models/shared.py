"""Models of `shared`: what the API answers."""

from __future__ import annotations

import datetime as dt
from typing import List, Literal, TypeAlias

from .._runtime.models import BaseModel

OrderSide: TypeAlias = Literal["buy", "sell"] | str
"""Buy or sell the base asset."""

ProblemCode: TypeAlias = (
    Literal[
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
        "not_found",
        "order_not_found",
        "instrument_not_found",
        "key_not_found",
        "method_not_allowed",
        "not_acceptable",
        "request_timeout",
        "uri_too_long",
        "too_many_fields",
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
    | str
)
"""What went wrong, for programs. Each operation lists the codes it can give, by status, in
`x-error-codes`.
"""

ProblemOutcome: TypeAlias = Literal["not_executed", "executed", "unknown"] | str
"""What became of the request: nothing changed, it took effect, or the venue cannot tell and you
must look (for an order: get it by `client_order_id`).
"""


class Problem(BaseModel):
    """An error (RFC 9457). Branch on `code`; `title` and `detail` are for people and may change."""

    type: str
    """Identifies the kind of problem; one per `code`."""

    title: str
    """The kind of problem in words."""

    status: int
    """The HTTP status."""

    detail: str
    """What is wrong with this very request, and what to do about it."""

    code: ProblemCode
    """What went wrong, for programs. Each operation lists the codes it can give, by status, in
    `x-error-codes`.
    """

    request_id: str
    """Name it when you ask us; the same as the `X-Request-Id` header."""

    retryable: bool
    """Whether the same request, signed anew, may succeed later. An order is retried with the same
    `client_order_id`, never with a new one.
    """

    outcome: ProblemOutcome
    """What became of the request: nothing changed, it took effect, or the venue cannot tell and you
    must look (for an order: get it by `client_order_id`).
    """

    errors: List[ProblemDetail] | None = None
    """Each single flaw, where the request has several."""

    server_time: dt.datetime | None = None
    """With `timestamp_out_of_window` the venue's clock, to correct yours by."""

    signature_base: str | None = None
    """With `signature_invalid`, in the sandbox only: the signature base (RFC 9421, section 2.5)
    that the venue computed. Compare it with yours, byte by byte.
    """


class ProblemDetail(BaseModel):
    """One flaw of a request."""

    pointer: str
    """Where, as an RFC 6901 pointer into the request: `/body/orders/0/quantity`, `/query/limit`,
    `/path/order_id`, `/header/content-type`.
    """

    code: ProblemCode
    """What went wrong, for programs. Each operation lists the codes it can give, by status, in
    `x-error-codes`.
    """

    detail: str
    """What is wrong there."""
