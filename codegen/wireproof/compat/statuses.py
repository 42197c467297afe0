"""What a status means to a client that handles what its contract declares, and nothing else.

A success (2xx) or a redirect (3xx) is an outcome: what the operation is called for, and what
programs branch on. Errors are not: clients have to expect them whether they are declared or not
(RFC 9110 section 15: the class of an unknown status is understood). 304 answers a condition that
the client itself has stated, and is no outcome either.
"""

from __future__ import annotations

from collections.abc import Iterable

from wireproof.ir.contract import Response

DEFAULT = "default"
_NOT_MODIFIED = "304"


def statuses(responses: Iterable[Response]) -> frozenset[str]:
    """The statuses as written, in lower case: `200`, `2xx`, `default`."""
    return frozenset(response.status.lower() for response in responses)


def is_success(status: str) -> bool:
    """2xx and the range of them."""
    return status.startswith("2")


def is_outcome(status: str) -> bool:
    """Successes, and redirects but 304."""
    return is_success(status) or (status.startswith("3") and status != _NOT_MODIFIED)


def covers(declared: frozenset[str], status: str) -> bool:
    """Whether a status is among those declared, as itself or in a range.

    `default` stands for all that is not listed; where outcomes are listed, it stands for errors.
    """
    if not declared.isdisjoint({status, f"{status[:1]}xx"}):
        return True
    errors_alone = is_outcome(status) and any(map(is_outcome, declared))
    return DEFAULT in declared and not errors_alone
