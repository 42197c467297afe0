"""Examples from the contract as code that a reader can copy."""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.emit.typescript.layout import braces, brackets
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import entry, literal
from wireproof.ir.signature import Argument, Place, Signature
from wireproof.ir.types import (
    EnumDecl,
    ListType,
    LiteralType,
    MapType,
    ModelDecl,
    NullableType,
    Property,
    Scalar,
    ScalarType,
    Type,
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
    Scalar.DECIMAL: "1.00",
    Scalar.DECIMAL_NUMBER: 1,
    Scalar.INSTANT: "2030-01-02T03:04:05Z",
    Scalar.DATE: "2030-01-02",
    Scalar.TIME: "03:04:05Z",
    Scalar.DURATION: "PT1H",
    Scalar.UUID: "123e4567-e89b-12d3-a456-426614174000",
    Scalar.URI: "https://example.com",
    Scalar.BYTES: "AA==",
    Scalar.NULL: None,
}


class Examples:
    """Writes sample arguments."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling

    def call(self, signature: Signature, indent: str = "") -> str:
        """The object literal of a sample call: what the contract shows, or what is required."""
        body = self._body(signature)
        entries = []
        for argument in signature.arguments:
            found, value = self._argument(argument, body)
            if found or argument.required:
                spelled = self.value(argument.type, value, indent + "  ", given=found)
                entries.append(entry(argument.name, spelled))
        return braces(entries, indent=indent)

    def value(
        self, type_: Type, value: Json, indent: str, *, given: bool = True, depth: int = 0
    ) -> str:
        """One value of a type as an expression; a made-up one where none is `given`."""
        kind = self._spelling.resolve(type_)
        match kind:
            case ScalarType(Scalar.BINARY):
                return 'new Blob(["..."])'
            case ScalarType(Scalar.DECIMAL):
                text = value if given and isinstance(value, str) else _PLACEHOLDERS[Scalar.DECIMAL]
                return f"decimal({literal(text)})"
            case ScalarType(scalar):
                return literal(value if given else _PLACEHOLDERS[scalar])
            case LiteralType(constant):
                return literal(constant)
            case NullableType(inner):
                if not given or value is None:
                    return "null"
                return self.value(inner, value, indent, depth=depth)
            case EnumDecl(members=members) if not given and members:
                return literal(members[0].value)
            case ListType(item) if given and isinstance(value, list):
                entries = [self.value(item, each, indent + "  ", depth=depth) for each in value]
                return brackets(entries, indent=indent)
            case ListType():
                return "[]"
            case MapType() if not given:
                return "{}"
            case ModelDecl() if depth < _DEPTH and (not given or isinstance(value, dict)):
                return self._model(kind, value if given else {}, indent, depth, given=given)
            case UnionDecl(arms=arms) if not given and arms and depth < _DEPTH:
                return self.value(arms[0].type, None, indent, given=False, depth=depth + 1)
            case _:
                return literal(value) if given else "{}"

    def _model(self, model: ModelDecl, value: Json, indent: str, depth: int, *, given: bool) -> str:
        entries = []
        for prop in model.properties:
            if prop.name in value or (prop.required and not given and not prop.read_only):
                spelled = self.value(
                    prop.type,
                    value.get(prop.name),
                    indent + "  ",
                    given=prop.name in value,
                    depth=depth + 1,
                )
                entries.append(entry(prop.name, spelled))
        return braces(entries, indent=indent)

    @staticmethod
    def _body(signature: Signature) -> Json:
        for example in signature.body.examples if signature.body else ():
            return example.value
        return None

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
