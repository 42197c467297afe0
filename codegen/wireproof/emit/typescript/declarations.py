"""Declared types as the lines of `types.ts`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import assert_never

from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.tags import fixed, optional, tag_of
from wireproof.emit.typescript.text import WIDTH, docstring, key, literal, prose
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    EnumDecl,
    ModelDecl,
    Property,
    Type,
    TypeDecl,
    UnionArm,
    UnionDecl,
)

_FEW = 8  # so many types of members may stand in an index signature


@dataclass(frozen=True, slots=True)
class Declarations:
    """Writes declarations, as they are received or as they are `sent`."""

    spelling: Spelling
    imports: Imports
    sent: bool = False
    files: bool = False

    def write(self, declared: TypeDecl) -> str:
        """One exported type with its comment."""
        if declared.id in self.spelling.files and not self.files:
            return replace(self, files=True).write(declared)
        name = self.spelling.name(declared.id, sent=self.sent)
        match declared:
            case ModelDecl():
                return self._model(name, declared)
            case EnumDecl():
                return _enum(name, declared)
            case UnionDecl():
                return self._union(name, declared)
            case AliasDecl():
                doc = docstring(declared.description, tags=deprecation(declared.deprecated))
                target = self._use(declared.target, declared.id)
                return doc + alternatives(name, target.split(" | ") if _flat(target) else [target])
            case _:
                assert_never(declared)

    def _use(self, type_: Type, owner: SchemaId | None = None) -> str:
        return self.spelling.use(type_, self.imports, owner, sent=self.sent, files=self.files)

    def _model(self, name: str, model: ModelDecl) -> str:
        doc = docstring(model.description, tags=deprecation(model.deprecated))
        travels = self.spelling.travels
        properties = [each for each in model.properties if travels(model.id, each, sent=self.sent)]
        members = "".join(self._member(prop) for prop in properties)
        index = self._index(model, properties)
        if not members and not index:
            return f"{doc}export type {name} = {{ [key: string]: never }};\n"
        return f"{doc}export interface {name} {{\n{members}{index}}}\n"

    def _member(self, prop: Property) -> str:
        notes = list(deprecation(prop.deprecated))
        if prop.default is not None and not isinstance(prop.default, list | dict):
            notes += [f"@defaultValue {line}" for line in prose(f"`{literal(prop.default)}`")]
        doc = docstring(prop.description, tags=notes, indent="  ")
        access = "readonly " if prop.read_only else ""
        mark = "" if prop.required else "?"
        return f"{doc}  {access}{key(prop.name)}{mark}: {self._use(prop.type)};\n"

    def _index(self, model: ModelDecl, properties: list[Property]) -> str:
        """The index signature, where the contract says what further members hold.

        A model that merely allows them gets none: it would hide every misspelt member.
        """
        if model.additional is None:
            return ""
        additional = self._use(model.additional)
        if not model.properties:
            return f"  [key: string]: {additional};\n"
        if additional == "unknown":
            return ""
        parts = [additional, *(self._use(prop.type) for prop in properties)]
        if not all(prop.required for prop in properties):
            parts.append("undefined")
        unique = list(dict.fromkeys(parts))
        spelled = self.spelling.union(unique) if len(unique) <= _FEW else "unknown"
        return f"  [key: string]: {spelled};\n"

    def _union(self, name: str, union: UnionDecl) -> str:
        tags = deprecation(union.deprecated)
        tag = tag_of(self.spelling, union)
        parts = [self._arm(union, arm, tag) for arm in union.arms]
        if tag is not None:
            parts += self._unknown(union, tag)
        elif union.open:
            parts.append("unknown")
        if "unknown" not in parts:
            doc = docstring(union.description, tags=tags)
            return doc + alternatives(name, parts or ["never"])
        # TypeScript folds it into `unknown`; the comment keeps what is known.
        known = " or ".join(f"`{part}`" for part in parts if part != "unknown")
        doc = docstring(union.description, f"Usually {known}." if known else "", tags=tags)
        return doc + alternatives(name, ["unknown"])

    def _arm(self, union: UnionDecl, arm: UnionArm, tag: str | None) -> str:
        spelled = self._use(arm.type, union.id)
        if tag is None or spelled == "unknown":
            return spelled
        if arm.default:
            return self._default(arm, spelled, tag)
        if not arm.tags:
            return spelled
        if fixed(self.spelling, arm, tag) == list(arm.tags):
            return spelled
        tags = " | ".join(literal(each) for each in arm.tags)
        return f"({spelled} & {{ {key(tag)}: {tags} }})"

    def _unknown(self, union: UnionDecl, tag: str) -> list[str]:
        """The arm of tags that nobody knows; none where an arm of the contract is for them."""
        if any(arm.default for arm in union.arms):
            return []
        unknown = self.imports.runtime_type("UnknownTag")
        said = f"?: {unknown} | null" if optional(self.spelling, union, tag) else f": {unknown}"
        return [f"{{ {key(tag)}{said}; [key: string]: unknown }}"]

    def _default(self, arm: UnionArm, spelled: str, tag: str) -> str:
        """The arm of all other tags: its own word counts, and where it has none, there is one."""
        model = self.spelling.resolve(arm.type)
        if self.sent or not isinstance(model, ModelDecl):
            return spelled
        if any(prop.name == tag for prop in model.properties):
            return spelled
        unknown = self.imports.runtime_type("UnknownTag")
        return f"({spelled} & {{ {key(tag)}?: {unknown} | null }})"


def alternatives(name: str, parts: list[str]) -> str:
    """`export type Name = A | B;`, one alternative a line where they do not fit on one."""
    parts = list(dict.fromkeys(parts))
    line = f"export type {name} = {' | '.join(parts)};"
    if len(line) <= WIDTH or len(parts) == 1:
        return line + "\n"
    return f"export type {name} =\n" + "\n".join(f"  | {part}" for part in parts) + ";\n"


def deprecation(deprecated: bool) -> list[str]:  # noqa: FBT001 - the flag is the whole question
    """The TSDoc tag of what is deprecated."""
    return ["@deprecated"] if deprecated else []


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


def _flat(spelled: str) -> bool:
    """Whether the text can be broken at its ` | `: nothing encloses one."""
    return not any(bracket in spelled for bracket in '({["')
