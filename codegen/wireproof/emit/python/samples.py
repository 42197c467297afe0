"""Sample calls for docstrings and the README, from the contract's own examples."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.text import WIDTH, literal
from wireproof.ir.contract import Parameter
from wireproof.ir.schema import SchemaId
from wireproof.ir.signature import Argument, Place, Signature
from wireproof.ir.types import (
    EnumDecl,
    ListType,
    LiteralType,
    MapType,
    ModelDecl,
    NamedType,
    NullableType,
    Property,
    Scalar,
    ScalarType,
    Type,
    UnionDecl,
)
from wireproof.source.node import Json

_SCALARS: Mapping[Scalar, str] = {
    Scalar.STRING: '"..."',
    Scalar.BOOLEAN: "True",
    Scalar.INTEGER: "1",
    Scalar.INT64: "1",
    Scalar.INT64_STRING: "1",
    Scalar.FLOAT: "1.5",
    Scalar.DECIMAL: '"1.50"',
    Scalar.DECIMAL_NUMBER: '"1.50"',
    Scalar.INSTANT: '"2026-01-31T12:00:00Z"',
    Scalar.DATE: '"2026-01-31"',
    Scalar.TIME: '"12:00:00Z"',
    Scalar.DURATION: '"PT30S"',
    Scalar.UUID: '"6f1c7a52-6c0e-4d2f-8b57-0a4b8a5f3c11"',
    Scalar.URI: '"https://example.com"',
    Scalar.BYTES: 'b"..."',
    Scalar.BINARY: 'Path("file.bin")',
    Scalar.NULL: "None",
}
_LONGEST = 800  # characters of one value; a longer one says no more


def sample_call(
    spelling: Spelling, signature: Signature, names: Mapping[str, str], target: str
) -> list[str]:
    """The lines of a call of `target` with its required arguments, as far as examples go."""
    body = _body_example(signature)
    given = [
        f"{names[argument.name]}={_value(spelling, argument, body)}"
        for argument in signature.arguments
        if argument.required or _exemplified(argument, body)
    ]
    line = f"{target}({', '.join(given)})"
    if len(line) + 12 <= WIDTH:
        return [line]
    return [f"{target}(", *(f"    {text}," for text in given), ")"]


def _body_example(signature: Signature) -> Json:
    if signature.body is None or not signature.body.examples:
        return None
    return signature.body.examples[0].value


def _exemplified(argument: Argument, body: Json) -> bool:
    return argument.place is Place.FIELD and isinstance(body, dict) and _wire(argument) in body


def _wire(argument: Argument) -> str:
    return argument.source.name if argument.source is not None else argument.name


def _value(spelling: Spelling, argument: Argument, body: Json) -> str:
    example = _example(argument, body)
    if example is not None:
        text = literal(example)
        if len(text) <= _LONGEST:
            return text
    return _made_up(spelling, argument.type, ())


def _example(argument: Argument, body: Json) -> Json:
    if argument.place is Place.BODY:
        return body
    if _exemplified(argument, body):
        return body[_wire(argument)]
    source = argument.source
    if isinstance(source, Parameter) and source.examples:
        return source.examples[0].value
    if isinstance(source, Property) and source.examples and _plain(source.examples[0]):
        return source.examples[0]
    return None


def _plain(value: Any) -> bool:  # noqa: ANN401 - any JSON value
    return isinstance(value, str | int | bool | Decimal | float)


def _made_up(  # noqa: PLR0911 - one return an alternative of the closed union
    spelling: Spelling, type_: Type, path: tuple[SchemaId, ...]
) -> str:
    """A value of the type that shows its shape; rings and depth end in an ellipsis."""
    match type_:
        case ScalarType(scalar=scalar):
            return _SCALARS[scalar]
        case LiteralType(value=value):
            return literal(value)
        case ListType(item=item):
            return f"[{_made_up(spelling, item, path)}]"
        case MapType(value=value):
            return f'{{"...": {_made_up(spelling, value, path)}}}'
        case NullableType(inner=inner):
            return _made_up(spelling, inner, path)
        case NamedType(id=schema):
            return _made_up_named(spelling, schema, path)
        case _:
            return "{}"


def _made_up_named(spelling: Spelling, schema: SchemaId, path: tuple[SchemaId, ...]) -> str:
    if schema in path:
        return "..."
    inside = (*path, schema)
    declared = spelling.contract.types[schema]
    match declared:
        case EnumDecl(members=members):
            return literal(members[0].value) if members else '"..."'
        case ModelDecl(properties=properties):
            rows = [
                f"{literal(one.name)}: {_made_up(spelling, one.type, inside)}"
                for one in properties
                if one.required and not one.read_only
            ]
            text = f"{{{', '.join(rows)}}}"
            return text if len(text) <= _LONGEST else "{...}"
        case UnionDecl(arms=arms):
            return _made_up(spelling, arms[0].type, inside) if arms else "{}"
        case _:
            return _made_up(spelling, declared.target, inside)
