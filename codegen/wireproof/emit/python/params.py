"""Modules of parameters: TypedDicts for the nested objects that are sent."""

from __future__ import annotations

import keyword
from collections.abc import Iterable
from dataclasses import dataclass

from wireproof.emit.python.expressions import quoted_alias
from wireproof.emit.python.imports import Imports
from wireproof.emit.python.models import AliasView, named_id
from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.text import docstring, quoted
from wireproof.emit.python.unions import union
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import AliasDecl, EnumDecl, ModelDecl, NeverType, Property, UnionDecl


@dataclass(frozen=True, slots=True)
class KeyView:
    """One key of a TypedDict."""

    name: str
    annotation: str
    doc: str


@dataclass(frozen=True, slots=True)
class DictView:
    """One TypedDict; `functional` where a key is no identifier."""

    name: str
    doc: str
    keys: tuple[KeyView, ...]
    functional: bool


@dataclass(frozen=True, slots=True)
class ParamsView:
    """One module as the template writes it."""

    imports: tuple[str, ...]
    dicts: tuple[DictView, ...]
    aliases: tuple[AliasView, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What the module defines."""
        defined = [view.name for view in self.dicts]
        return (*defined, *(view.text.partition(":")[0] for view in self.aliases))


def params_module(spelling: Spelling, module: str, schemas: Iterable[SchemaId]) -> ParamsView:
    """What the template of a params module needs; without names where there is nothing to write."""
    imports = Imports()
    dicts: list[DictView] = []
    aliases: list[AliasView] = []
    for schema in schemas:
        declared = spelling.contract.types[schema]
        match declared:
            case EnumDecl():
                continue
            case ModelDecl():
                view = _dict(spelling, declared, imports, module)
                if view.keys:
                    dicts.append(view)
                else:
                    aliases.append(_open_object(spelling, declared, imports))
            case AliasDecl() | UnionDecl():
                if not spelling.transparent(schema):
                    aliases.append(_alias(spelling, declared, imports, module))
    if dicts:
        imports.add("typing_extensions", "TypedDict")
    if aliases:
        imports.add("typing", "TypeAlias")
    return ParamsView(tuple(imports.lines()), tuple(dicts), tuple(aliases))


def _dict(spelling: Spelling, decl: ModelDecl, imports: Imports, module: str) -> DictView:
    # A TypedDict's key may not be empty; a member without a name can still travel in extra_body.
    visible = [
        one
        for one in decl.properties
        if one.name and not one.read_only and not isinstance(one.type, NeverType)
    ]
    keys = tuple(_key(spelling, one, imports, module) for one in visible)
    functional = not all(_plain_key(one.name) for one in visible)
    if functional:
        keys = tuple(KeyView(quoted(k.name), quoted(k.annotation), "") for k in keys)
    return DictView(
        spelling.inputs[decl.id],
        docstring(decl.description, indent="" if functional else "    "),
        keys,
        functional,
    )


def _plain_key(name: str) -> bool:
    """Whether a key can stand in a class body: an identifier that Python would not mangle."""
    private = name.startswith("__") and not name.endswith("__")
    return name.isidentifier() and name.isascii() and not keyword.iskeyword(name) and not private


def _key(spelling: Spelling, prop: Property, imports: Imports, module: str) -> KeyView:
    annotation = spelling.sent(prop.type, imports, module)
    if prop.required:
        annotation = f"{imports.add('typing_extensions', 'Required')}[{annotation}]"
    return KeyView(prop.name, annotation, docstring(prop.description, indent="    "))


def _open_object(spelling: Spelling, decl: ModelDecl, imports: Imports) -> AliasView:
    spelled = f"{imports.typing('Mapping')}[str, object]"
    return AliasView(quoted_alias(spelling.inputs[decl.id], spelled), docstring(decl.description))


def _alias(
    spelling: Spelling, decl: AliasDecl | UnionDecl, imports: Imports, module: str
) -> AliasView:
    if isinstance(decl, AliasDecl):
        spelled = spelling.sent(decl.target, imports, module)
    else:
        arms = [arm.type for arm in decl.arms if named_id(arm.type) != decl.id]
        parts = [spelling.sent(arm, imports, module) for arm in arms]
        if decl.open and decl.tag is not None:
            parts.append(f"{imports.typing('Mapping')}[str, object]")
        spelled = union(parts or ["object"])
    return AliasView(quoted_alias(spelling.inputs[decl.id], spelled), docstring(decl.description))
