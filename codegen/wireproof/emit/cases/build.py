"""One round trip for every operation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from wireproof.emit.cases.model import Answer, BodyKind, Case, Given, Skipped
from wireproof.emit.cases.request import bare, sent
from wireproof.emit.cases.text import dumps, spelled
from wireproof.ir.contract import Contract, MediaType, Parameter
from wireproof.ir.media import essence, is_form, is_json, is_multipart, is_text
from wireproof.ir.samples.check import Checker
from wireproof.ir.samples.encode import concrete, encode, reply_kind
from wireproof.ir.samples.patterns import matching
from wireproof.ir.samples.values import Values
from wireproof.ir.schema import SchemaId
from wireproof.ir.signature import Argument, Place, Signature
from wireproof.ir.types import Scalar, ScalarType
from wireproof.source.node import Json

_LONGEST = 4_000  # characters of JSON; what the contract shows may be a whole book
_PLAIN: tuple[Json, ...] = ("text", 1, True)
_ABSENT = object()
_EVENTS = frozenset({"text/event-stream"})
_LINES = frozenset({"application/x-ndjson", "application/jsonl", "application/json-seq"})


class Impossible(Exception):  # noqa: N818 - an answer about the contract, not a fault
    """No value was found; the message says of what."""


class Cases:
    """Makes the cases of one contract. Cheap to make; what was worked out is kept.

    Args:
        contract: The contract.
    """

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._made = {way: Values(contract, self._leaf, outbound=way) for way in (True, False)}
        self._check = {
            (way, lenient): Checker(contract, outbound=way, lenient=lenient)
            for way in (True, False)
            for lenient in (False, True)
        }
        self._values: dict[tuple[SchemaId, bool], object] = {}
        self._found: dict[tuple[str, str], Case | Skipped] = {}

    def of(self, signature: Signature, media: MediaType | None = None) -> Case | Skipped:
        """The case of an operation.

        Args:
            signature: How it is called.
            media: What it is answered in; None for what a call asks for.
        """
        key = (signature.operation.id, "" if media is None else media.media_type)
        if key not in self._found:
            try:
                given = tuple(self._given(signature))
                request = sent(self.contract.types, signature, given)
                self._found[key] = Case(signature, given, request, self._answer(signature, media))
            except Impossible as reason:
                self._found[key] = Skipped(signature, str(reason))
        return self._found[key]

    def _given(self, signature: Signature) -> Iterator[Given]:
        body = self._body(signature)
        for argument in signature.arguments:
            source = argument.source
            if argument.place is Place.BODY:
                value = body
            elif argument.place is Place.FIELD and source is not None:
                value = body.get(source.name, _ABSENT) if isinstance(body, dict) else _ABSENT
            else:
                value = self._parameter(argument, source)
            if value is not _ABSENT and not self._is_lost(signature, argument):
                yield Given(argument, value)

    def _is_lost(self, signature: Signature, argument: Argument) -> bool:
        """Whether an argument is raw octets where only text travels: in JSON, in a URL."""
        if bare(self.contract.types, argument.type) != ScalarType(Scalar.BINARY):
            return False
        media = "" if signature.body is None else signature.body.media_type
        in_body = argument.place is Place.FIELD and is_multipart(media)
        if argument.place is Place.BODY or in_body:
            return False
        if argument.required:
            place = essence(media) if argument.place is Place.FIELD else argument.place.value
            raise Impossible(f"{argument.name!r} is raw octets, which {place} cannot hold")
        return True

    def _parameter(self, argument: Argument, source: object) -> object:
        assert isinstance(source, Parameter)  # noqa: S101 - what is neither body nor field is one
        shown = [example.value for example in source.examples]
        travels = _TRAVELS.get(argument.place, _is_something)
        value = self._value(source.schema, shown, outbound=False, also=travels)
        if value is _ABSENT and argument.required:
            raise Impossible(
                f"no value was found for the {argument.place.value} parameter {source.name!r}"
            )
        return value

    def _body(self, signature: Signature) -> object:
        """JSON data of the body; `_ABSENT` where there is none."""
        media, request = signature.body, signature.operation.request
        if media is None or request is None:
            return _ABSENT
        schema = media.schema or media.item_schema
        shown = [example.value for example in media.examples]
        names = {
            argument.source.name
            for argument in signature.arguments
            if argument.place is Place.FIELD and argument.source is not None
        }
        if names:
            shown = [_only(value, names) for value in shown]
        if schema is None:
            return next(iter(shown), "text")
        value = self._value(schema, shown, outbound=False, also=_body_test(media, names))
        inside = (each for each in signature.arguments if each.place in (Place.FIELD, Place.BODY))
        if value is _ABSENT and (request.required or any(each.required for each in inside)):
            raise Impossible(f"no value was found for the body, {schema}")
        return value

    def _answer(self, signature: Signature, media: MediaType | None) -> Answer:
        result = signature.results[0]
        status = int(result.status) if result.status.isdecimal() else 200
        media = media or result.media
        if media is None:
            return Answer(status=status)
        schema = media.item_schema or media.schema
        shown = [] if media.item_schema else [example.value for example in media.examples]
        value: object = next(iter(shown), {} if is_json(media.media_type) else "text")
        if schema is not None:
            value = self._value(schema, shown, outbound=True)
        if value is _ABSENT:
            raise Impossible(f"no value was found for the answer, {schema}")
        return answered(media, status, value)

    def _value(
        self,
        schema: SchemaId,
        shown: Iterable[Json],
        *,
        outbound: bool,
        also: Callable[[Json], bool] | None = None,
    ) -> object:
        """The first valid value, those shown first; `_ABSENT` where none was found."""
        check = self._check[outbound, False]
        for value in shown:
            if (also is None or also(value)) and check.admits(schema, value) and _is_short(value):
                return value
        key = (schema, outbound)
        if key not in self._values:
            self._values[key] = self._first(schema, lambda _: True, outbound=outbound)
        known = self._values[key]
        if known is _ABSENT or also is None or also(known):
            return known
        return self._first(schema, also, outbound=outbound)

    def _first(self, schema: SchemaId, also: Callable[[Json], bool], *, outbound: bool) -> object:
        made: list[Json] = []
        fitting: object = _ABSENT
        for value in self._made[outbound].candidates(schema, None):
            if self._check[outbound, False].admits(schema, value) and also(value):
                fitting = value
                if _is_short(value):
                    break
            made.append(value)
        if fitting is _ABSENT:
            check = self._check[outbound, True]
            tried = (*made, *_PLAIN)
            return next((v for v in tried if check.admits(schema, v) and also(v)), _ABSENT)
        return fitting

    def _leaf(self, schema_id: SchemaId) -> Json:
        schema = self.contract.schemas[schema_id]
        if schema.pattern is None:
            return None
        return matching(schema.pattern, schema.min_length or 0, schema.max_length)


def answered(media: MediaType, status: int, value: Json) -> Answer:
    """An answer that says a value in a media type."""
    name = essence(media.media_type)
    if name in _EVENTS | _LINES:
        frame = encode(media, "json", value)[1]
        kind = BodyKind.EVENTS if name in _EVENTS else BodyKind.LINES
        return Answer(
            status=status, media_type=name, kind=kind, value=[value, value], content=frame * 2
        )
    how = reply_kind(media)
    if how == "json":
        media_type = concrete(media.media_type, how)
        content = dumps(value).encode("utf-8", "replace")
        return Answer(
            status=status, media_type=media_type, kind=BodyKind.JSON, value=value, content=content
        )
    media_type, content = encode(media, how, value)
    text = content.decode("utf-8", "replace")
    return Answer(
        status=status, media_type=media_type, kind=BodyKind.TEXT, value=text, content=content
    )


def _only(value: Json, names: set[str]) -> Json:
    """The members that are arguments of a call."""
    return {k: v for k, v in value.items() if k in names} if isinstance(value, dict) else value


def _body_test(media: MediaType, names: set[str]) -> Callable[[Json], bool]:
    """Whether a body can be given by a call."""

    def test(value: Json) -> bool:
        if names:
            return isinstance(value, dict) and value.keys() <= names
        if is_form(media.media_type) or is_multipart(media.media_type):
            return isinstance(value, dict)
        return isinstance(value, str) or not is_text(media.media_type)

    return test


def _is_short(value: Json) -> bool:
    return len(dumps(value)) <= _LONGEST


def _is_something(value: Json) -> bool:
    """Whether a parameter's value travels: nothing does of null and of empty lists."""
    return value is not None and value not in ([], {})


def _fits_path(value: Json) -> bool:
    return _is_something(value) and spelled(value) not in ("", ".", "..")


def _fits_field(value: Json) -> bool:
    text = spelled(value)
    return _is_something(value) and text == text.strip() and text.isascii() and text.isprintable()


_TRAVELS: dict[Place, Callable[[Json], bool]] = {
    Place.PATH: _fits_path,
    Place.HEADER: _fits_field,
    Place.COOKIE: _fits_field,
}
