"""Error classes from the contract's error codes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.emit.python.text import distinct, quoted, type_identifier
from wireproof.emit.words import pascal
from wireproof.ir.contract import Contract, Operation

_BY_STATUS = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionDeniedError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "410": "GoneError",
    "422": "UnprocessableEntityError",
    "429": "RateLimitError",
}
RUNTIME = (
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "ErrorTypes",
    "GoneError",
    "InternalServerError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ResponseDecodeError",
    "SDKError",
    "UnknownOutcomeError",
    "UnprocessableEntityError",
)
"""What the runtime's errors module has; generated classes stay clear of these names."""


@dataclass(frozen=True, slots=True)
class ErrorView:
    """One class for one code."""

    name: str
    base: str
    code: str
    doc: str


def error_views(contract: Contract, base_error: str) -> list[ErrorView]:
    """A class for every code of `x-error-codes`, sorted by code."""
    statuses: dict[str, set[str]] = {}
    for operation in contract.operations:
        for status, code in _codes(operation):
            statuses.setdefault(code, set()).add(status)
    taken = {*RUNTIME, base_error}
    views = []
    for code in sorted(statuses):
        name = distinct(_class_name(code), taken)
        taken.add(name)
        base, said = _base(statuses[code])
        views.append(ErrorView(name, base, quoted(code), f"{said}: `{code}`."))
    return views


def _codes(operation: Operation) -> Iterator[tuple[str, str]]:
    for response in operation.responses:
        for code in response.error_codes:
            yield response.status, code


def _class_name(code: str) -> str:
    name = type_identifier(pascal(code))
    return name if name.endswith("Error") else f"{name}Error"


def _base(statuses: set[str]) -> tuple[str, str]:
    if len(statuses) != 1:
        return "APIStatusError", ", ".join(sorted(statuses))
    status = next(iter(statuses))
    fallback = "InternalServerError" if status.startswith("5") else "APIStatusError"
    return _BY_STATUS.get(status, fallback), status


class ErrorIndex:
    """Which error classes tell something about one operation in particular."""

    def __init__(self, contract: Contract, views: list[ErrorView]) -> None:
        self._names = {view.code: f"{view.name}: {view.doc}" for view in views}
        counts = Counter(
            code for operation in contract.operations for code in _distinct_codes(operation)
        )
        often = max(len(contract.operations) / 2, 1)
        self._common = {code for code, count in counts.items() if count > often}

    def of(self, operation: Operation) -> list[str]:
        """The classes of an operation's own codes, each with what it means."""
        return [
            self._names[quoted(code)]
            for code in _distinct_codes(operation)
            if code not in self._common
        ]


def _distinct_codes(operation: Operation) -> list[str]:
    return list(dict.fromkeys(code for _, code in _codes(operation)))
