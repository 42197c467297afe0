"""Declared types as the lines of `types.ts`."""

from __future__ import annotations

from typing import assert_never

from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import WIDTH, docstring, key, literal, prose
from wireproof.ir.types import (
    AliasDecl,
    EnumDecl,
    ModelDecl,
    NamedType,
    NullableType,
    Property,
    ScalarType,
    TypeDecl,
    UnionArm,
    UnionDecl,
)

_FEW = 8  # so many types of members may stand in an index signature


def declaration(spelling: Spelling, declared: TypeDecl, imports: Imports) -> str:
    """One exported type with its comment."""
    name = spelling.names[declared.id]
    match declared:
        case ModelDecl():
            return _model(spelling, name, declared, imports)
        case EnumDecl():
            return _enum(name, declared)
        case UnionDecl():
            return _union(spelling, name, declared, imports)
        case AliasDecl():
            doc = docstring(declared.description, tags=deprecation(declared.deprecated))
            target = spelling.use(declared.target, imports, declared.id)
            return doc + alternatives(name, target.split(" | ") if _flat(target) else [target])
        case _:
            assert_never(declared)


def alternatives(name: str, parts: list[str]) -> str:
    """`export type Name = A | B;`, one alternative a line where they do not fit on one."""
    parts = list(dict.fromkeys(parts))
    line = f"export type {name} = {' | '.join(parts)};"
    if len(line) <= WIDTH or len(parts) == 1:
        return line + "\n"
    return f"export type {name} =\n" + "\n".join(f"  | {part}" for part in parts) + ";\n"


def deprecation(deprecated: bool, why: str = "") -> list[str]:  # noqa: FBT001 - the flag is the whole question
    """The TSDoc tag of what is deprecated."""
    return [f"@deprecated {why}".rstrip()] if deprecated else []


def property_lines(spelling: Spelling, prop: Property, imports: Imports) -> str:
    """One member of an interface with its comment."""
    notes = list(deprecation(prop.deprecated))
    if prop.has_default and prop.default is not None and not isinstance(prop.default, list | dict):
        notes += [f"@defaultValue {line}" for line in prose(f"`{literal(prop.default)}`")]
    doc = docstring(prop.description, tags=notes, indent="  ")
    mark = "" if prop.required else "?"
    access = "readonly " if prop.read_only else ""
    return f"{doc}  {access}{key(prop.name)}{mark}: {spelling.use(prop.type, imports)};\n"


def _model(spelling: Spelling, name: str, model: ModelDecl, imports: Imports) -> str:
    doc = docstring(model.description, tags=deprecation(model.deprecated))
    members = "".join(property_lines(spelling, prop, imports) for prop in model.properties)
    index = _index(spelling, model, imports)
    if not members and not index:
        return f"{doc}export type {name} = {{ [key: string]: never }};\n"
    return f"{doc}export interface {name} {{\n{members}{index}}}\n"


def _index(spelling: Spelling, model: ModelDecl, imports: Imports) -> str:
    """The index signature, where the contract says what further members hold.

    A model that merely allows them gets none: it would hide every misspelt member.
    """
    if model.additional is None:
        return ""
    additional = spelling.use(model.additional, imports)
    if not model.properties:
        return f"  [key: string]: {additional};\n"
    if additional == "unknown":
        return ""
    parts = [additional, *(spelling.use(prop.type, imports) for prop in model.properties)]
    if not all(prop.required for prop in model.properties):
        parts.append("undefined")
    unique = list(dict.fromkeys(parts))
    spelled = spelling.union(unique) if len(unique) <= _FEW else "unknown"
    return f"  [key: string]: {spelled};\n"


def _enum(name: str, enum: EnumDecl) -> str:
    described = [
        f"- `{literal(each.value)}`: {each.description or each.name}"
        for each in enum.members
        if each.description or (each.name and each.name != each.value)
    ]
    doc = docstring(enum.description, "\n".join(described), tags=deprecation(enum.deprecated))
    parts = [literal(each.value) for each in enum.members]
    if enum.open:
        kinds = {"string" if isinstance(each.value, str) else "number" for each in enum.members}
        parts += [f"({kind} & {{}})" for kind in sorted(kinds)]
    return doc + alternatives(name, parts or ["never"])


def _union(spelling: Spelling, name: str, union: UnionDecl, imports: Imports) -> str:
    doc = docstring(union.description, tags=deprecation(union.deprecated))
    parts = [_arm(spelling, union, arm, imports) for arm in union.arms]
    if union.tag is not None:
        unknown = imports.runtime_type("UnknownTag")
        parts.append(f"{{ {key(union.tag)}: {unknown}; [key: string]: unknown }}")
    elif union.open:
        parts.append("unknown")
    if "unknown" in parts:
        # TypeScript folds it into `unknown`; the comment keeps what is known.
        known = [part for part in parts if part != "unknown"]
        doc = docstring(
            union.description,
            f"Usually {' or '.join(f'`{part}`' for part in known)}." if known else "",
            tags=deprecation(union.deprecated),
        )
        parts = ["unknown"]
    return doc + alternatives(name, parts or ["never"])


def _arm(spelling: Spelling, union: UnionDecl, arm: UnionArm, imports: Imports) -> str:
    spelled = spelling.use(arm.type, imports, union.id)
    if union.tag is None or not arm.tags or spelled == "unknown":
        return spelled
    tags = " | ".join(literal(tag) for tag in arm.tags)
    if _says(spelling, arm, union.tag, tags):
        return spelled
    return f"({spelled} & {{ {key(union.tag)}: {tags} }})"


def _says(spelling: Spelling, arm: UnionArm, tag: str, tags: str) -> bool:
    """Whether the arm's own declaration already fixes the tag to exactly these values."""
    model = spelling.resolve(arm.type)
    if not isinstance(model, ModelDecl):
        return False
    for prop in model.properties:
        if prop.name == tag and prop.required:
            kind = spelling.resolve(prop.type)
            if isinstance(kind, EnumDecl):
                return not kind.open and tags == " | ".join(literal(m.value) for m in kind.members)
            if not isinstance(kind, ModelDecl | UnionDecl | AliasDecl | NamedType | NullableType):
                return not isinstance(kind, ScalarType) and spelling.use(kind, Imports()) == tags
    return False


def _flat(spelled: str) -> bool:
    """Whether the text can be broken at its ` | `: nothing encloses one."""
    return not any(bracket in spelled for bracket in '({["')
