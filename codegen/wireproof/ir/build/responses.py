"""Responses by status."""

from __future__ import annotations

import re

from wireproof.ir.build.media import Bodies
from wireproof.ir.contract import Response
from wireproof.ir.reading.reader import Reader
from wireproof.source.node import Node

_STATUS = re.compile(r"[1-5](?:[0-9]{2}|XX)|DEFAULT")


class Responses:
    """Reads response objects."""

    def __init__(self, reader: Reader, bodies: Bodies) -> None:
        self._reader = reader
        self._bodies = bodies
        self._read: dict[tuple[str, int], Response] = {}

    def of(self, operation: Node) -> tuple[Response, ...]:
        """The responses of an operation, in document order."""
        holder = self._reader.mapping(operation.get("responses"))
        if holder is None or not holder.value:
            self._reader.report(
                "missing-responses",
                operation,
                "the operation states no response",
                "add `responses` with at least its success status",
                at_key=True,
            )
            return ()
        found = []
        for key, entry in holder.items():
            response = None if str(key).startswith("x-") else self._response(str(key), entry)
            if response is not None:
                found.append(response)
        return tuple(found)

    def _response(self, key: str, entry: Node) -> Response | None:
        status = key.upper()
        if not _STATUS.fullmatch(status):
            self._reader.report(
                "invalid-status",
                entry,
                f"{key!r} is no status; the response is left out",
                "use a number from 100 to 599, a range such as 4XX, or default",
            )
            return None
        node = self._reader.mapping(entry)
        if node is None:
            return None
        status = "default" if status == "DEFAULT" else status
        shared = (status, id(node.value))
        if shared not in self._read:
            self._read[shared] = Response(
                status=status,
                content=self._bodies.content(node),
                headers=self._bodies.headers(node),
                description=self._reader.text(node, "description"),
                error_codes=self._reader.texts(node, "x-error-codes"),
                origin=node,
            )
        return self._read[shared]
