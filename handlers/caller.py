"""Who asks: the account behind a verified signature, and what its key may do."""

from __future__ import annotations

from dataclasses import dataclass

from generated.server import Context
from handlers.exchange.times import SECOND


@dataclass(frozen=True, slots=True)
class Caller:
    """The principal of a signed request. `subject` is the account: limits are counted by it."""

    subject: str
    key_id: str
    scopes: frozenset[str]


def caller_of(context: Context) -> Caller:
    """Who signed the request of an operation that demands a signature."""
    caller = context.principal
    if not isinstance(caller, Caller):
        raise TypeError(f"{context.operation_id} was called without a signature")
    return caller


def account_of(context: Context) -> str:
    """The account that a signed request is about: never taken from anything but the key."""
    return caller_of(context).subject


def expires_of(context: Context) -> int | None:
    """The last instant (microseconds) at which the core may carry the request out."""
    return None if context.signature is None else context.signature.expires * SECOND
