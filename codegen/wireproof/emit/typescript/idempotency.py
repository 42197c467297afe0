"""How a keyed operation says that it may be repeated, and how its fate is looked up."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass

from wireproof.emit.typescript import parameters
from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.layout import braces
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import WIDTH, entry, literal, member
from wireproof.ir.signature import Argument, Place
from wireproof.ir.types import ModelDecl, Scalar, ScalarType, Type

_INDENT = "      "


@dataclass(frozen=True, slots=True)
class Keyed:
    """What the plan says of repeating, and the statement that makes a key where none is given.

    `entry` is `key: ...`, or `idempotent: true` where no single text names the request.
    """

    entry: str
    before: tuple[str, ...] = ()


def keyed(
    spelling: Spelling,
    operation: Named,
    named: Mapping[str, Named],
    values: MutableMapping[str, str],
    imports: Imports,
) -> Keyed | None:
    """The key of an operation that declares one and takes it as an argument, or None.

    Where the argument is optional, `values` is changed to send the key that was made.
    """
    promise = operation.operation.idempotency
    if promise is None:
        return None
    place = {"header": Place.HEADER, "query": Place.QUERY}.get(promise.location)
    argument = _argument(operation, promise.key, place)
    before: tuple[str, ...] = ()
    if argument is None:
        value = _inside_body(spelling, operation, promise.key, values)
        if value is None:
            return None
    elif not _text(spelling, argument.type):
        return Keyed("idempotent: true")
    else:
        value = values[argument.name]
        if not argument.required and place is not None:
            before = (f"const key = {value} ?? crypto.randomUUID();",)
            value = values[argument.name] = "key"
    entries = [entry("value", value)]
    found = named.get(promise.lookup)
    if found is not None and (call := _lookup(spelling, found, promise.key, value)):
        if found.module != operation.module:
            imports.value(f"./{found.module}.js", found.function)
        entries.append(call)
        entries += _absent(found)
    return Keyed(braces(entries, before="key: ", indent=_INDENT), before)


def _argument(operation: Named, key: str, place: Place | None) -> Argument | None:
    for argument in operation.signature.arguments:
        here = argument.place is place or (place is None and argument.place is Place.FIELD)
        if here and getattr(argument.source, "name", None) == key:
            return argument
    return None


def _inside_body(
    spelling: Spelling, operation: Named, key: str, values: Mapping[str, str]
) -> str | None:
    for argument in operation.signature.arguments:
        if argument.place is Place.BODY and argument.required:
            model = spelling.resolve(argument.type)
            if isinstance(model, ModelDecl):
                for prop in model.properties:
                    if prop.name == key and prop.required and _text(spelling, prop.type):
                        return member(values[argument.name], key)
    return None


def _lookup(spelling: Spelling, found: Named, key: str, value: str) -> str | None:
    """A call of the look-up by the key alone; None where it needs more than the key."""
    required = [each for each in found.signature.arguments if each.required]
    matching = [each for each in found.signature.arguments if each.name == key] or required
    if len(matching) != 1 or any(each is not matching[0] for each in required):
        return None
    if not _text(spelling, matching[0].type):
        return None
    given = braces([entry(matching[0].name, value)])
    call = f"{found.function}(client, {given}, options)"
    line = f"lookup: (options) => {call}"
    return (
        line
        if len(_INDENT) + len(line) + 3 <= WIDTH
        else f"lookup: (options) =>\n{_INDENT}    {call}"
    )


def _absent(found: Named) -> list[str]:
    codes = [
        code
        for response in found.operation.responses
        if response.status == "404"
        for code in response.error_codes
    ]
    return [f"absent: {literal(codes)}"] if codes else []


def _text(spelling: Spelling, type_: Type) -> bool:
    kind = spelling.resolve(type_)
    return parameters.scalar(spelling, type_) and not (
        isinstance(kind, ScalarType)
        and kind.scalar
        in (Scalar.BOOLEAN, Scalar.INTEGER, Scalar.INT64, Scalar.FLOAT, Scalar.DECIMAL_NUMBER)
    )
