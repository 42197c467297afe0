"""The context of one request: what a handler may know beyond its arguments."""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from .percent import split_query
from .problem import Detail, malformed, pointer

if TYPE_CHECKING:
    from collections.abc import MutableMapping
    from typing import Any

    from .auth import Principal
    from .problem import Problem
    from .signature import VerifiedSignature

_IDS = count(1)
_PROCESS = os.urandom(8).hex()


@dataclass(frozen=True, slots=True)
class Anonymous:
    """Nobody: the principal where an operation asks for no credentials."""

    subject: str = ""
    scopes: frozenset[str] = frozenset()


ANONYMOUS = Anonymous()


class Context:
    """One request.

    Attributes:
        operation_id: The operation's id in the contract.
        request_id: Names this request in answers and logs.
        principal: Who asks; `ANONYMOUS` where nobody had to say so.
        signature: The verified signature, where the request was signed.
        body: The body's octets as received.
        problem: What was answered instead of a result; None until then, and where all was well.
        response_headers: Fields to send along with the answer, names in lower case.
    """

    __slots__ = (
        "_query",
        "body",
        "fields",
        "operation_id",
        "path_values",
        "principal",
        "problem",
        "request_id",
        "response_headers",
        "scope",
        "signature",
    )

    def __init__(
        self, scope: MutableMapping[str, Any], operation_id: str, path_values: tuple[str, ...]
    ) -> None:
        self.scope = scope
        self.operation_id = operation_id
        self.path_values = path_values
        self.request_id = f"{_PROCESS}-{next(_IDS):x}"
        self.fields: dict[bytes, bytes] = dict(scope["headers"])
        self.principal: Principal = ANONYMOUS
        self.signature: VerifiedSignature | None = None
        self.body = b""
        self.problem: Problem | None = None
        self.response_headers: list[tuple[bytes, bytes]] = []
        self._query: dict[str, list[str]] | None = None

    @property
    def query(self) -> dict[str, list[str]]:
        """Query parameters: decoded names, values as on the wire."""
        if self._query is None:
            self._query = split_query(self.scope["query_string"])
        return self._query

    @property
    def raw_path(self) -> bytes:
        """The path as on the wire, percent-encoded, without the query."""
        raw = self.scope.get("raw_path")
        if raw is None:
            return str(self.scope["path"]).encode()
        return bytes(raw)

    @property
    def client_ip(self) -> str:
        """The peer's address as the server saw it, "" where unknown."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    def header(self, name: str) -> str | None:
        """The only value of a request header field, or None where it was not sent.

        Raises:
            Problem: 400 where the field was sent more than once.
        """
        key = name.lower().encode("latin-1")
        value = self.fields.get(key)
        if value is None:
            return None
        if len(self.fields) != len(self.scope["headers"]) and self.times(key) > 1:
            message = f"the header field {name} was sent more than once"
            raise malformed(Detail(pointer("header", name.lower()), "duplicate", message))
        return value.decode("latin-1")

    def header_values(self, name: str) -> list[str]:
        """Every value of a request header field, in order."""
        key = name.lower().encode("latin-1")
        return [value.decode("latin-1") for field, value in self.scope["headers"] if field == key]

    def times(self, key: bytes) -> int:
        """How often a header field was sent; `key` in lower case."""
        return sum(field == key for field, _ in self.scope["headers"])

    def respond(self, name: str, value: str) -> None:
        """Send a header field along with the answer."""
        if "\n" in value or "\r" in value:
            raise ValueError(f"the value of {name} holds a line break")
        self.response_headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))
