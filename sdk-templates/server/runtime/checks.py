"""Checks of responses: does the server keep the contract itself?

Off by default, always in tests, sampled in production. A violation is reported; where it is
also `rejected`, the client gets a 500 instead of an answer that breaks the promise.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from random import random

import orjson

from .context import Context
from .problem import Detail, Problem
from .reply import Form, Prepared, Replies
from .validation import Schemas

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Violation:
    """An answer that broke the contract."""

    operation_id: str
    request_id: str
    status: int
    errors: tuple[Detail, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseValidation:
    """How responses are validated.

    Attributes:
        rate: Share of the answers that are looked at: 0 none, 1 all.
        reject: Answer 500 instead of sending what breaks the contract.
        report: Told of every violation: where a metric counts. They are logged in any case.
    """

    rate: float = 0.0
    reject: bool = False
    report: Callable[[Violation], None] | None = None


# What HTTP itself answers before a request is one of the contract's: which method, how long, how
# large, how slow. Any client can bring them about at will, so none of them is the server's breach.
_OF_HTTP = frozenset({405, 406, 408, 413, 414, 431})

OFF = ResponseValidation()
ALWAYS = ResponseValidation(rate=1.0, reject=True)


class ResponseCheck:
    """Validates the answers of one operation."""

    def __init__(self, settings: ResponseValidation, schemas: Schemas) -> None:
        self._settings = settings
        self._schemas = schemas

    def __call__(self, context: Context, prepared: Prepared) -> None:
        """Look at a handler's answer. Raises Problem 500 where violations are rejected."""
        if not self._chosen() or not isinstance(prepared.payload, bytes):
            return
        errors = self._errors(prepared.form, prepared.payload)
        if errors:
            self._report(context, prepared.status, errors)
            if self._settings.reject:
                detail = "The server's answer did not follow its contract and was held back."
                raise Problem(500, "internal_error", detail, outcome="executed")

    def problem(self, context: Context, replies: Replies, status: int, payload: bytes) -> None:
        """Look at a problem. It is sent in any case: there is nothing better to say."""
        if not self._chosen():
            return
        forms = replies.declared(status)
        if not forms and status in _OF_HTTP:
            return
        if not forms:
            error = Detail("/status", "undeclared", f"the contract declares no {status}")
            self._report(context, status, [error])
            return
        form = next((form for form in forms if form.plan.kind == "json"), None)
        if form is not None and (errors := self._errors(form, payload)):
            self._report(context, status, errors)

    def _chosen(self) -> bool:
        rate = self._settings.rate
        return rate >= 1.0 or random() < rate  # noqa: S311 - sampling, not secrecy

    def _errors(self, form: Form, payload: bytes) -> list[Detail]:
        if form.plan.schema is None or form.plan.kind != "json":
            return []
        validator = self._schemas.validator(form.plan.schema)
        value = orjson.loads(payload)
        return [] if validator.is_valid(value) else validator.errors(value, "body")

    def _report(self, context: Context, status: int, errors: list[Detail]) -> None:
        violation = Violation(context.operation_id, context.request_id, status, tuple(errors))
        _LOG.error(
            "response breaks the contract: %s %s %s %s",
            violation.operation_id,
            status,
            violation.request_id,
            "; ".join(f"{error.pointer}: {error.detail}" for error in errors[:5]),
        )
        if self._settings.report is not None:
            self._settings.report(violation)
