"""One HTTP request as it will be sent, and the knobs of one call."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypedDict

from .absent import NotGiven
from .headers import Headers

HeaderValues = Mapping[str, "str | NotGiven"]
"""Extra header fields; `NOT_GIVEN` takes a default one away."""


@dataclass(frozen=True, slots=True)
class Timeout:
    """Seconds that one attempt may wait: to connect, to read, to write, for a free connection.

    Each begins anew with every step. `total` does not: by then the head of the answer must be
    there. With an httpx client of your own it is not enforced.
    """

    connect: float | None = 5.0
    read: float | None = 30.0
    write: float | None = 30.0
    pool: float | None = 10.0
    total: float | None = None

    @classmethod
    def of(cls, value: float | Timeout | None) -> Timeout:
        """The same number of seconds for every step, no limit for None."""
        return value if isinstance(value, Timeout) else cls(value, value, value, value)

    def within(self, remaining: float | None) -> Timeout:
        """This timeout, cut to what is left of the call's deadline."""
        if remaining is None:
            return self
        return Timeout(
            *(
                remaining if part is None else min(part, remaining)
                for part in (self.connect, self.read, self.write, self.pool, self.total)
            )
        )

    def as_httpx(self) -> dict[str, float | None]:
        """The same, as httpx's `timeout` extension has it."""
        return {
            "connect": self.connect,
            "read": self.read,
            "write": self.write,
            "pool": self.pool,
        }


DEFAULT_TIMEOUT = Timeout()


@dataclass(frozen=True, slots=True)
class StreamBody:
    """A body that is produced while it is sent. `open` starts it again for a retry.

    `replayable` is False for a source that can be read only once; such a request is never
    sent a second time.
    """

    open: Callable[[], Iterator[bytes]]
    replayable: bool = True


@dataclass(slots=True, eq=False)
class Request:
    """An HTTP request.

    `path` (absolute) and `query` (without `?`) are percent-encoded and travel as they are, so
    what is signed is what is sent.
    """

    method: str
    origin: str
    path: str
    query: str = ""
    headers: dict[str, str] = field(default_factory=dict[str, str])
    content: bytes | StreamBody | None = None

    @property
    def url(self) -> str:
        """The absolute URL."""
        return f"{self.origin}{self.path}{'?' if self.query else ''}{self.query}"

    @property
    def authority(self) -> str:
        """Host and port as in the Host field: lower case, default port left out."""
        scheme, _, authority = self.origin.partition("://")
        default = ":443" if scheme == "https" else ":80"
        return authority.lower().removesuffix(default)

    @property
    def replayable(self) -> bool:
        """Whether the same body can be sent again."""
        return not isinstance(self.content, StreamBody) or self.content.replayable


class RequestOptions(TypedDict, total=False):
    """What a caller can add to any call.

    Attributes:
        extra_headers: More header fields; `NOT_GIVEN` takes a default one away.
        extra_query: More query parameters.
        extra_body: More members of a JSON object or form.
        timeout: Seconds that one attempt of this call may wait, or a `Timeout`.
    """

    extra_headers: HeaderValues
    extra_query: Mapping[str, object]
    extra_body: Mapping[str, object]
    timeout: float | Timeout | None


@dataclass(frozen=True, slots=True, eq=False)
class ResponseHead:
    """Status and header fields of an answer."""

    status: int
    headers: Headers
