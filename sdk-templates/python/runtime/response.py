"""Answers with everything that came along, for callers who want more than the value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .decode import decode
from .headers import Headers
from .operation import Operation
from .request import ResponseHead

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class APIResponse(Generic[T]):
    """A successful answer.

    Attributes:
        operation: The operation that was called.
        head: Status and header fields.
        content: The body as it arrived.
        attempts: How many requests were sent.
        elapsed: Seconds from the call to the end of the body.
    """

    operation: Operation[T] = field(repr=False)
    head: ResponseHead
    content: bytes = field(repr=False)
    attempts: int
    elapsed: float
    strict: bool = False

    @property
    def status_code(self) -> int:
        """HTTP status."""
        return self.head.status

    @property
    def headers(self) -> Headers:
        """Header fields."""
        return self.head.headers

    @property
    def request_id(self) -> str:
        """What to quote to the operator; "" where the server sends none."""
        return self.head.headers.get("x-request-id", "")

    def parse(self) -> T:
        """The value that the plain call would have returned."""
        return decode(self.operation, self.head, self.content, strict=self.strict)
