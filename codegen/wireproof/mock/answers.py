"""Answers: which of the declared ones, in which media type, with which value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

import orjson

from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.emit.server.bodies import reply_kind
from wireproof.ir.contract import Contract, Header, MediaType, Operation, Response
from wireproof.ir.media import essence
from wireproof.ir.samples.encode import encode
from wireproof.ir.samples.values import Effort, Values
from wireproof.ir.schema import SchemaId
from wireproof.ir.signature import preferred
from wireproof.mock.prefer import Preferences
from wireproof.mock.runtime import runtime
from wireproof.source.node import Json

_ARMS = 6
_BODILESS = frozenset({204, 205, 304})
_NOT_OURS = frozenset(
    {"connection", "content-length", "content-type", "date", "keep-alive", "server", "trailer",
     "transfer-encoding", "upgrade"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer's parts before it is sent."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


class Impossible(Exception):  # noqa: N818 - names the answer, not a fault of the program
    """The contract declares an answer that no value fits, or that nobody asked for can have."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


class Answers:
    """Makes the answers of one operation.

    Args:
        contract: The contract.
        operation: The operation.
        schemas: The runtime's `validation.Schemas`, compiled on demand.
        key_of: Where a schema stands among them as the server sends it; None where it admits all.
        seed: Chooses among equals; None takes the first everywhere.
    """

    def __init__(
        self,
        contract: Contract,
        operation: Operation,
        schemas: Any,  # noqa: ANN401 - the runtime's own type
        key_of: Callable[[SchemaId], str | None],
        seed: int | None,
    ) -> None:
        self._operation = operation
        self._schemas = schemas
        self._key_of = key_of
        self._seed = seed
        self._prover = Prover(contract.schemas, contract.schemas, Flow.RESPONSE)
        self._values = Values(contract, self._prover.smallest, outbound=True)

    def reply(self, wanted: Preferences, accept: str) -> Reply:
        """The answer to a good request.

        Raises:
            Impossible: nothing that was declared fits what is wanted.
        """
        response, status = self._chosen(wanted.code)
        headers = [*self._headers(response, wanted)]
        if status in _BODILESS or not response.content:
            return Reply(status, tuple(headers), b"")
        media = self._media(response, wanted, accept)
        value = self._value(media, status, wanted)
        content_type, body = encode(media, reply_kind(media), value)
        return Reply(status, (("content-type", content_type), *headers), body)

    def _chosen(self, code: str) -> tuple[Response, int]:
        declared = {response.status.upper(): response for response in self._operation.responses}
        if not code:
            return _usual(declared)
        if code.isascii() and code.isdigit() and 200 <= int(code) <= 599:  # noqa: PLR2004 - final statuses (RFC 9110 15)
            for key in (code, f"{code[0]}XX", "DEFAULT"):
                if key in declared:
                    return declared[key], int(code)
        known = ", ".join(r.status for r in self._operation.responses) or "nothing"
        raise Impossible(
            404, "no_such_response", f"{self._operation.id} declares no {code}: it has {known}."
        )

    def _media(self, response: Response, wanted: Preferences, accept: str) -> MediaType:
        fitting = [one for one in response.content if _accepts(accept, one.media_type)]
        if wanted.example:
            named = [m for m in fitting if any(e.name == wanted.example for e in m.examples)]
            if not named:
                known = sorted({e.name for m in response.content for e in m.examples if e.name})
                text = ", ".join(known) or "none"
                raise Impossible(
                    404,
                    "no_such_example",
                    f"There is no example {wanted.example} of this answer; named are: {text}.",
                )
            return named[0]
        shown = preferred(tuple(fitting))
        if shown is None:
            offered = ", ".join(one.media_type for one in response.content)
            raise Impossible(406, "not_acceptable", f"This operation answers with {offered}.")
        return shown

    def _value(self, media: MediaType, status: int, wanted: Preferences) -> Json:
        if wanted.example:
            return next(e.value for e in media.examples if e.name == wanted.example)
        valid = self._validity(media)
        random = self._random(status, wanted)
        shown = [example.value for example in media.examples if valid(example.value)]
        if shown:
            return random.choice(shown) if random else shown[0]
        schema = media.schema or media.item_schema
        if schema is None:
            return {} if reply_kind(media) == "json" else ""
        for effort in Effort:
            for arm in range(_ARMS):
                value = self._values.make(schema, random, effort, arm)
                if valid(value):
                    return value
        value = self._prover.smallest(schema)
        if valid(value):
            return value
        raise Impossible(
            500,
            "no_instance",
            f"No value was found that the schema of this answer admits: {schema}. Give it an "
            "example, or see whether its keywords contradict each other.",
        )

    def _validity(self, media: MediaType) -> Callable[[Json], bool]:
        key = self._key_of(media.schema) if media.schema is not None else None
        if key is None or reply_kind(media) != "json":
            return lambda _: True
        validator = self._schemas.validator(key)

        def valid(value: Json) -> bool:
            return bool(validator.is_valid(orjson.loads(orjson.dumps(value, default=str))))

        return valid

    def _random(self, status: int, wanted: Preferences) -> Random | None:
        seed = self._seed if wanted.seed is None else wanted.seed
        if seed is None:
            return None
        digest = sha256(f"{seed} {self._operation.id} {status}".encode()).digest()
        return Random(digest)  # noqa: S311 - repeatable choices are what it is for

    def _headers(self, response: Response, wanted: Preferences) -> list[tuple[str, str]]:
        found = []
        for header in response.headers:
            if header.name.lower() in _NOT_OURS:
                continue
            value = self._header(header)
            if value is not None:
                found.append((header.name, value))
        if wanted.applied:
            found.append(("Preference-Applied", wanted.applied))
        return found

    def _header(self, header: Header) -> str | None:
        value = self._values.make(header.schema, None, Effort.SHOWN)
        parts = value if isinstance(value, list) else [value]
        if any(part is None or isinstance(part, dict | list) for part in parts):
            return None
        text = ",".join(str(p).lower() if isinstance(p, bool) else str(p) for p in parts)
        return text if text.isprintable() and text.isascii() else None


def _usual(declared: dict[str, Response]) -> tuple[Response, int]:
    """The answer to give when nobody says which: the first success, else whatever comes first."""
    for prefix in ("2", "D", "3", "4", "5", "1"):
        for key, response in declared.items():
            if key.startswith(prefix):
                status = key.replace("XX", "00")
                return response, int(status) if status.isdigit() else 200
    raise Impossible(501, "no_response", "The contract declares no response of this operation.")


def _accepts(accept: str, media_type: str) -> bool:
    if not accept.strip():
        return True
    covers = runtime("body").covers
    for part in accept.split(","):
        pattern, *parameters = (piece.strip() for piece in part.split(";"))
        refused = any(p.replace(" ", "").rstrip("0.") == "q=" for p in parameters)
        name = essence(media_type)
        if not refused and (covers(pattern, name) or covers(name, pattern.lower())):
            return True
    return False
