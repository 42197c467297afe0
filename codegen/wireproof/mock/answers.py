"""Answers of one operation: the contract's examples, or values that its schemas admit."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from random import Random
from typing import Any

import orjson

from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.contract import Contract, Header, MediaType, Operation, Response
from wireproof.ir.media import essence
from wireproof.ir.samples.encode import concrete, encode, reply_kind
from wireproof.ir.samples.values import Effort, Values
from wireproof.ir.schema import SchemaId
from wireproof.mock import choosing
from wireproof.mock.as_xml import document
from wireproof.mock.prefer import Preferences
from wireproof.mock.streams import is_transcript, items, transcript
from wireproof.source.node import Json

_BODILESS = frozenset({204, 205, 304})
_NOT_OURS = frozenset(
    {"connection", "content-length", "content-type", "date", "keep-alive", "server", "trailer",
     "transfer-encoding", "upgrade"}
)  # fmt: skip
NOTICE = "Wireproof-Notice"
"""Header of an answer that does not follow its own schema, because nothing was found that does."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer's parts before it is sent; `notice` says why it does not fit its schema."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    notice: str = ""


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
        self._contract = contract
        self._operation = operation
        self._schemas = schemas
        self._key_of = key_of
        self._seed = seed
        self._prover = Prover(contract.schemas, contract.schemas, Flow.RESPONSE)
        self._values = Values(contract, self._prover.smallest, outbound=True)

    def reply(self, wanted: Preferences, accept: str) -> Reply:
        """The answer to a good request.

        Args:
            wanted: What the caller prefers.
            accept: The request's Accept field, "" where it has none.

        Raises:
            Impossible: nothing that was declared fits what is wanted.
        """
        response, status = choosing.response(self._operation, wanted.code)
        headers = [*self._headers(response, wanted)]
        if status in _BODILESS or not response.content:
            return Reply(status, tuple(headers), b"")
        media = choosing.media_type(response, wanted, accept)
        random = self._random(status, wanted)
        if media.item_schema is not None or essence(media.media_type) == "text/event-stream":
            content_type, body, notice = self._stream(media, random, wanted)
        else:
            value, notice = self._value(media, random, wanted)
            content_type, body = self._encoded(media, value)
        headers.insert(0, ("content-type", content_type))
        if notice:
            headers.append((NOTICE, notice))
        return Reply(status, tuple(headers), body, notice)

    def _encoded(self, media: MediaType, value: Json) -> tuple[str, bytes]:
        kind = reply_kind(media)
        if essence(media.media_type).endswith(("/xml", "+xml")) and media.schema is not None:
            return concrete(media.media_type, kind), document(self._contract, media.schema, value)
        return encode(media, kind, value)

    def _stream(
        self, media: MediaType, random: Random | None, wanted: Preferences
    ) -> tuple[str, bytes, str]:
        """Content type, all items in their frames, and a notice where none fits."""
        schema = media.item_schema or media.schema
        examples = [e.value for e in media.examples if wanted.example in ("", e.name)]
        if wanted.dynamic and not wanted.example:
            examples = []
        if examples and is_transcript(media, examples[0]):
            return media.media_type, transcript(examples[0]), ""
        made = self._candidates(schema, random, wanted) if schema else iter(["text"])
        valid = (lambda _: True) if wanted.example else self._admits(schema)
        found, fits = items(examples, made, valid)
        notice = "" if fits else f"no item was found that {_ascii(schema or '')} admits"
        found = found or ([self._values.make(schema, random, Effort.SHOWN)] if schema else [])
        frames = [encode(media, reply_kind(media), item) for item in found]
        return media.media_type, b"".join(frame for _, frame in frames), notice

    def _value(
        self, media: MediaType, random: Random | None, wanted: Preferences
    ) -> tuple[Json, str]:
        if wanted.example:
            return next(e.value for e in media.examples if e.name == wanted.example), ""
        valid = self._validity(media)
        shown = [e.value for e in media.examples if not wanted.dynamic and valid(e.value)]
        if shown:
            return random.choice(shown) if random else shown[0], ""
        schema = media.schema or media.item_schema
        if schema is None:
            return {} if reply_kind(media) == "json" else "", ""
        for value in self._candidates(schema, random, wanted):
            if valid(value):
                return value, ""
        nearest = next((e.value for e in media.examples), None)
        if nearest is None:
            nearest = self._values.make(schema, random, Effort.SHOWN)
        return nearest, f"no value was found that {_ascii(schema)} admits"

    def _candidates(
        self, schema: SchemaId, random: Random | None, wanted: Preferences
    ) -> Iterator[Json]:
        if wanted.dynamic:
            yield self._values.make(schema, random, Effort.MADE)
        yield from self._values.candidates(schema, random)
        yield self._prover.smallest(schema)

    def _validity(self, media: MediaType) -> Callable[[Json], bool]:
        return self._admits(media.schema) if reply_kind(media) == "json" else lambda _: True

    def _admits(self, schema: SchemaId | None) -> Callable[[Json], bool]:
        key = self._key_of(schema) if schema is not None else None
        if key is None:
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

    def _headers(self, response: Response, wanted: Preferences) -> Iterator[tuple[str, str]]:
        for header in response.headers:
            value = None if header.name.lower() in _NOT_OURS else self._header(header)
            if value is not None:
                yield header.name, value
        if wanted.applied:
            yield "Preference-Applied", wanted.applied

    def _header(self, header: Header) -> str | None:
        value = self._values.make(header.schema, None, Effort.SHOWN)
        parts = value if isinstance(value, list) else [value]
        if any(part is None or isinstance(part, dict | list) for part in parts):
            return None
        text = ",".join(str(p).lower() if isinstance(p, bool) else str(p) for p in parts)
        return text if text.isprintable() and text.isascii() else None


def _ascii(text: str) -> str:
    """Fit for a header field."""
    return text.encode("ascii", "replace").decode()
