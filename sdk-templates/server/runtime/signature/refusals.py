"""What a request is told whose signature is not good."""

from __future__ import annotations

from datetime import UTC, datetime

from ..problem import Problem

_CHALLENGE = (("www-authenticate", "Signature"),)


def refusal(code: str, detail: str) -> Problem:
    """A 401 of that code."""
    return Problem(401, code, detail, headers=_CHALLENGE)


def invalid(detail: str) -> Problem:
    """The signature is not what the profile says."""
    return refusal("signature_invalid", detail)


def mismatch(base: bytes, *, sandbox: bool) -> Problem:
    """The signature does not belong to the request; a sandbox shows the base it computed."""
    return Problem(
        401,
        "signature_invalid",
        "The signature does not match the request as it arrived.",
        headers=_CHALLENGE,
        members={"signature_base": base.decode("latin-1")} if sandbox else {},
    )


def out_of_window(detail: str, now: float) -> Problem:
    """The signature's times do not fit the server's clock; `now` in seconds since the epoch."""
    moment = datetime.fromtimestamp(now, UTC).isoformat(timespec="microseconds")
    return Problem(
        401,
        "timestamp_out_of_window",
        f"{detail} Correct your clock by server_time and sign anew.",
        retryable=True,
        headers=_CHALLENGE,
        members={"server_time": moment.replace("+00:00", "Z")},
    )


def key_expired(expires: datetime) -> Problem:
    """The key stopped signing."""
    moment = expires.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return refusal("key_expired", f"The key stopped signing at {moment}.")


def address_not_allowed(address: str) -> Problem:
    """The key may not be used from there."""
    detail = f"The key may not be used from {address or 'this address'}."
    return Problem(403, "ip_not_allowed", detail)


def nonce_reused() -> Problem:
    """The request is a replay, or looks like one."""
    return Problem(
        401,
        "nonce_reused",
        "This nonce was used by this key before. Sign each attempt with a new one.",
        retryable=True,
        headers=_CHALLENGE,
    )
