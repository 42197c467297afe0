"""Examples from the contract as code that a reader can copy."""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.emit.typescript.layout import braces, brackets
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import entry, literal
from wireproof.ir.media import is_json
from wireproof.ir.signature import Argument, Place, Signature
from wireproof.ir.types import (
    EnumDecl,
    ListType,
    LiteralType,
    ModelDecl,
    NullableType,
    Property,
    Scalar,
    ScalarType,
    Type,
    TypeDecl,
    UnionDecl,
)
from wireproof.source.node import Json

_DEPTH = 4
_PLACEHOLDERS: dict[Scalar, Json] = {
    Scalar.STRING: "text",
    Scalar.BOOLEAN: True,
    Scalar.INTEGER: 1,
    Scalar.INT64: 1,
    Scalar.INT64_STRING: "1",
    Scalar.FLOAT: 1,
    Scalar.DECIMAL_NUMBER: 1,
    Scalar.INSTANT: "2030-01-02T03:04:05Z",
    Scalar.DATE: "2030-01-02",
    Scalar.TIME: "03:04:05Z",
    Scalar.DURATION: "PT1H",
    Scalar.UUID: "123e4567-e89b-12d3-a456-426614174000",
    Scalar.URI: "https://example.com",
    Scalar.BYTES: "AA==",
    Scalar.BINARY: "octets",
    Scalar.NULL: None,
}


class Examples:
    """Writes sample arguments."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._files = False

    def call(self, signature: Signature, callee: str, *first: str, shortest: bool = False) -> str:
        """A call of `callee` with its `first` arguments, then what the contract shows or asks.

        With `shortest`, the smallest of the contract's examples is taken.
        """
        self._files = signature.body is not None and not is_json(signature.body.media_type)
        bodies = [example.value for example in signature.body.examples] if signature.body else []
        if shortest:
            bodies.sort(key=lambda value: len(value) if isinstance(value, dict) else 0)
        body = next(iter(bodies), None)
        entries = []
        for argument in signature.arguments:
            found, value = self._argument(argument, body)
            if found or argument.required:
                spelled = self.value(argument.type, value, "  ", given=found)
                entries.append(entry(argument.name, spelled))
        if not entries:
            return f"{callee}({', '.join(first)})"
        before = "".join(f"{each}, " for each in first)
        # Three columns for the comment's margin, one for a semicolon.
        return braces(entries, before=f"{callee}({before}", after=")", spare=4)

    def value(  # noqa: PLR0911 - one return a kind of type
        self, type_: Type, value: Json, indent: str, *, given: bool = True, depth: int = 0
    ) -> str:
        """One value of a type as an expression; a made-up one where none is `given`."""
        kind = self._spelling.resolve(type_)
        if not given:
            return self._made_up(kind, indent, depth)
        match kind:
            case ScalarType(Scalar.BINARY) if self._files:
                return 'new Blob(["..."])'
            case ScalarType(Scalar.DECIMAL) if isinstance(value, str):
                return f"decimal({literal(value)})"
            case NullableType(inner) if value is not None:
                return self.value(inner, value, indent, depth=depth)
            case ListType(item) if isinstance(value, list):
                entries = [self.value(item, each, indent + "  ", depth=depth) for each in value]
                return brackets(entries, indent=indent)
            case ModelDecl() if depth < _DEPTH and isinstance(value, dict):
                return self._model(kind, value, indent, depth)
            case _:
                return literal(value)

    def _made_up(  # noqa: PLR0911 - one return a kind of type
        self, kind: Type | TypeDecl, indent: str, depth: int
    ) -> str:
        match kind:
            case ScalarType(Scalar.BINARY) if self._files:
                return 'new Blob(["..."])'
            case ScalarType(Scalar.DECIMAL):
                return 'decimal("1.00")'
            case ScalarType(scalar):
                return literal(_PLACEHOLDERS[scalar])
            case LiteralType(constant):
                return literal(constant)
            case NullableType():
                return "null"
            case ListType():
                return "[]"
            case EnumDecl(members=members) if members:
                return literal(members[0].value)
            case ModelDecl() if depth < _DEPTH:
                return self._model(kind, {}, indent, depth)
            case UnionDecl(arms=arms) if arms and depth < _DEPTH:
                return self.value(arms[0].type, None, indent, given=False, depth=depth + 1)
            case _:
                return "{}"

    def _model(self, model: ModelDecl, value: Json, indent: str, depth: int) -> str:
        entries = []
        for prop in model.properties:
            given = prop.name in value
            if given or (prop.required and not value and not prop.read_only):
                shown = value.get(prop.name)
                spelled = self.value(prop.type, shown, indent + "  ", given=given, depth=depth + 1)
                entries.append(entry(prop.name, spelled))
        return braces(entries, indent=indent)

    @staticmethod
    def _argument(argument: Argument, body: Json) -> tuple[bool, Json]:
        source = argument.source
        if argument.place is Place.BODY:
            return body is not None, body
        if (
            argument.place is Place.FIELD
            and isinstance(body, dict)
            and isinstance(source, Property)
        ):
            return source.name in body, body.get(source.name)
        for value in _shown(source):
            return argument.required, value
        return False, None


def _shown(source: object) -> Iterator[Json]:
    for example in getattr(source, "examples", ()):
        yield getattr(example, "value", example)
