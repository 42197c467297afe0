"""Problems: every error that leaves the server is an RFC 9457 `application/problem+json`.

Raise `Problem` anywhere in a handler; the generated module `problems` has a function for every
code that the contract promises. Members beside the RFC's own: `code` (stable, for programs),
`request_id`, `errors` (what exactly was wrong, one entry a place), `retryable` and `outcome`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal

import orjson

Outcome = Literal["not_executed", "executed", "unknown"]
"""Whether the request took effect."""

PROBLEM_JSON = b"application/problem+json"

_RETRYABLE = frozenset({408, 429, 503})
_OUTCOME_UNKNOWN = frozenset({500, 502, 504})


@dataclass(frozen=True, slots=True)
class Detail:
    """One thing that was wrong with a request.

    Attributes:
        pointer: RFC 6901 pointer into the request seen as `{path, query, header, cookie, body}`:
            `/body/orders/0/quantity`, `/query/limit`, `/header/content-type`.
        code: What was wrong, a stable word: `required`, `type`, `number_not_decimal_string`.
        detail: The same as a sentence.
    """

    pointer: str
    code: str
    detail: str


class Problem(Exception):  # noqa: N818 - the RFC's own word for it
    """An error answer.

    Args:
        status: HTTP status.
        code: The contract's word for it, e.g. `order_not_found`.
        detail: One sentence about this occurrence; never an internal of the server.
        title: Short text of the kind of problem; made from the code where left out.
        type: URI reference of the kind of problem; made from the code where left out.
        errors: What exactly was wrong.
        retryable: Whether the same request may succeed later; None derives it from the status.
        outcome: Whether it took effect; None derives it from the status.
        headers: Header fields to send along.
        members: Extension members of this problem, e.g. `server_time`.
    """

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        *,
        title: str = "",
        type: str = "",  # noqa: A002 - the RFC's member name
        errors: Iterable[Detail] = (),
        retryable: bool | None = None,
        outcome: Outcome | None = None,
        headers: Iterable[tuple[str, str]] = (),
        members: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(f"{status} {code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.title = title
        self.type = type
        self.errors = tuple(errors)
        self.retryable = status in _RETRYABLE if retryable is None else retryable
        self.outcome: Outcome = outcome or _outcome(status)
        self.headers = tuple(headers)
        self.members = members or {}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How the contract spells its problems.

    Attributes:
        members: Members that its problem schema declares; `retryable` and `outcome` are left out
            where it does not know them. None: it declares no problem schema.
        codes: Values that it gives `code`. None: it gives no list.
        types: Prefix of `type` URIs, `https://example.com/problems/`; "" for `about:blank`.
    """

    members: frozenset[str] | None = None
    codes: frozenset[str] | None = None
    types: str = ""

    def document(
        self, problem: Problem, request_id: str, declared: tuple[str, ...] = ()
    ) -> dict[str, object]:
        """A problem as JSON data.

        Args:
            problem: The problem.
            request_id: The request's id.
            declared: Codes that the operation promises for this status (`x-error-codes`). A code
                of the runtime's own that neither they nor `codes` know gives way to the first.
        """
        code = self._code(problem.code, declared)
        data: dict[str, object] = {
            **problem.members,
            "type": problem.type or (f"{self.types}{code}" if self.types else "about:blank"),
            "title": problem.title or code.replace("_", " ").capitalize(),
            "status": problem.status,
            "detail": problem.detail or phrase(problem.status),
            "code": code,
            "request_id": request_id,
        }
        if self.members is None or "retryable" in self.members:
            data["retryable"] = problem.retryable
        if self.members is None or "outcome" in self.members:
            data["outcome"] = problem.outcome
        if problem.errors:
            data["errors"] = [
                {
                    "pointer": error.pointer,
                    "code": self._code(error.code, (code,)),
                    "detail": error.detail,
                }
                for error in problem.errors
            ]
        return data

    def render(self, problem: Problem, request_id: str, declared: tuple[str, ...] = ()) -> bytes:
        """A problem's body; see `document`."""
        return orjson.dumps(self.document(problem, request_id, declared), default=str)

    def _code(self, code: str, declared: tuple[str, ...]) -> str:
        if not declared or code in declared or (self.codes is None or code in self.codes):
            return code
        return declared[0]


def phrase(status: int) -> str:
    """The reason phrase of a status, "Error" for one that is not registered."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def malformed(*errors: Detail) -> Problem:
    """A 400 whose code is that of its errors where the contract has a word for them."""
    codes = {error.code for error in errors}
    code = "number_not_decimal_string" if codes == {"number_not_decimal_string"} else "malformed"
    first = errors[0]
    more = f" (and {len(errors) - 1} more)" if len(errors) > 1 else ""
    return Problem(400, code, f"{first.pointer}: {first.detail}{more}", errors=errors)


def pointer(*path: str | int) -> str:
    """An RFC 6901 pointer from its tokens."""
    return "".join("/" + str(token).replace("~", "~0").replace("/", "~1") for token in path)


def _outcome(status: int) -> Outcome:
    return "unknown" if status in _OUTCOME_UNKNOWN else "not_executed"
