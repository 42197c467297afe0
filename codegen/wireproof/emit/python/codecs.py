"""Which members of what is sent have a wire form that their Python type does not tell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wireproof.emit.python.imports import Imports
from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.text import quoted
from wireproof.ir.inference.walk import members, named
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    EnumDecl,
    ListType,
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

_FUNCTIONS: Mapping[Scalar, str] = {
    Scalar.DECIMAL: "decimal",
    Scalar.DECIMAL_NUMBER: "number",
    Scalar.INT64_STRING: "int_text",
}

_NUMBERS = frozenset({Scalar.INTEGER, Scalar.INT64, Scalar.FLOAT})


class Codecs:
    """Codec expressions; which declarations need any is worked out once for a contract."""

    def __init__(self, spelling: Spelling) -> None:
        self._spelling = spelling
        self._types = spelling.contract.types
        self._special = _reaching(spelling, frozenset(_FUNCTIONS))
        self._exact = _reaching(spelling, frozenset({Scalar.DECIMAL_NUMBER}))

    def exact(self, type_: Type) -> bool:
        """Whether values of the type can hold exact JSON numbers."""
        return _holds(type_, self._exact, frozenset({Scalar.DECIMAL_NUMBER}))

    def expression(self, type_: Type, imports: Imports) -> str:
        """The codec of a value of this type, "" where Python's type says it all."""
        return self._expression(type_, imports, ())

    def members(self, properties: Iterable[Property], imports: Imports) -> str:
        """The codec of an object with these members, "" where none needs one."""
        return self._table(properties, imports, ())

    def _expression(self, type_: Type, imports: Imports, path: tuple[SchemaId, ...]) -> str:
        match type_:
            case ScalarType(scalar=scalar) if scalar in _FUNCTIONS:
                return f"codecs.{_import(imports, _FUNCTIONS[scalar])}"
            case NullableType(inner=inner):
                return self._expression(inner, imports, path)
            case ListType(item=item):
                inner_text = self._expression(item, imports, path)
                return f"[{inner_text}]" if inner_text else ""
            case MapType(value=value):
                inner_text = self._expression(value, imports, path)
                return f'{{"*": {inner_text}}}' if inner_text else ""
            case NamedType(id=schema) if schema in self._special:
                return self._named(schema, imports, path)
            case _:
                return ""

    def _named(self, schema: SchemaId, imports: Imports, path: tuple[SchemaId, ...]) -> str:
        if schema in path:
            # A ring of types: codecs reach as deep as one turn of it, plain rules below.
            return ""
        inside = (*path, schema)
        declared = self._types[schema]
        match declared:
            case AliasDecl(target=target):
                return self._expression(target, imports, inside)
            case ModelDecl(properties=properties):
                return self._table(properties, imports, inside)
            case UnionDecl():
                return self._union(declared, imports, inside)
            case EnumDecl():
                return ""

    def _table(
        self, properties: Iterable[Property], imports: Imports, path: tuple[SchemaId, ...]
    ) -> str:
        rows = [
            f"{quoted(one.name)}: {codec}"
            for one in properties
            if not one.read_only and (codec := self._expression(one.type, imports, path))
        ]
        return f"{{{', '.join(rows)}}}" if rows else ""

    def _union(self, union: UnionDecl, imports: Imports, path: tuple[SchemaId, ...]) -> str:
        """Members of all arms together, as far as the arms agree about them.

        Beside an arm of plain numbers a number stays one; decimals and texts need no codec there.
        """
        found: dict[str, Property | None] = {}
        single: set[str] = set()
        for arm in union.arms:
            model = self._spelling.resolve(arm.type)
            if not isinstance(model, ModelDecl):
                single.add(self._expression(arm.type, imports, path))
                continue
            for one in model.properties:
                known = found.setdefault(one.name, one)
                if known is not None and known.type != one.type:
                    found[one.name] = None
        if any(_is_plain_number(self._spelling.resolve(arm.type)) for arm in union.arms):
            single.clear()
        table = self._table([one for one in found.values() if one is not None], imports, path)
        texts = {text for text in (*single, table) if text}
        return texts.pop() if len(texts) == 1 else ""


def _is_plain_number(type_: object) -> bool:
    return isinstance(type_, ScalarType) and type_.scalar in _NUMBERS


def _import(imports: Imports, name: str) -> str:
    imports.add(".._runtime", "codecs")
    return name


def _holds(type_: Type, special: frozenset[SchemaId], scalars: frozenset[Scalar]) -> bool:
    match type_:
        case ScalarType(scalar=scalar):
            return scalar in scalars
        case ListType(item=inner) | MapType(value=inner) | NullableType(inner=inner):
            return _holds(inner, special, scalars)
        case NamedType(id=schema):
            return schema in special
        case _:
            return False


def _reaching(spelling: Spelling, scalars: frozenset[Scalar]) -> frozenset[SchemaId]:
    """Declarations that hold one of the scalars, at any depth."""
    users: dict[SchemaId, list[SchemaId]] = {}
    pending: list[SchemaId] = []
    for schema, declared in spelling.contract.types.items():
        for type_ in members(declared):
            if _holds(type_, frozenset(), scalars):
                pending.append(schema)
            elif (target := named(type_)) is not None:
                users.setdefault(target, []).append(schema)
    found: set[SchemaId] = set()
    while pending:
        schema = pending.pop()
        if schema not in found:
            found.add(schema)
            pending += users.get(schema, ())
    return frozenset(found)
