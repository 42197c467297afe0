"""What travels: requests and answers, free of any socket."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request. `target` is the request target as on the wire: path and query.

    Header names are in lower case, in the order of arrival.
    """

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    @property
    def path(self) -> str:
        """The path, percent-encoded."""
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        """The query, percent-encoded, "" where there is none."""
        return self.target.partition("?")[2]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a header field; `name` in lower case."""
        return tuple(value for key, value in self.headers if key == name)

    def first(self, name: str) -> str:
        """The first value of a header field, "" where there is none; `name` in lower case."""
        return next((value for key, value in self.headers if key == name), "")


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP answer.

    Attributes:
        status: The status code.
        headers: Without those that frame the message.
        body: What a GET would get; HEAD leaves it out when sending.
        refused: Whether the request did not follow the contract.
        remark: For whoever watches: why it was refused, or how the answer departs from the
            contract; "" where all is well.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    refused: bool = False
    remark: str = ""
