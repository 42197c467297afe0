"""Modules of models: what is received, one module a resource."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from wireproof.emit.python.expressions import alias_text, ring_alias
from wireproof.emit.python.imports import Imports
from wireproof.emit.python.rings import ordered
from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.text import (
    KEYWORDS,
    distinct,
    docstring,
    identifier,
    literal,
    quoted,
)
from wireproof.emit.python.unions import literals, optional, union
from wireproof.emit.words import snake
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    EnumDecl,
    ModelDecl,
    NamedType,
    NeverType,
    NullableType,
    Property,
    ScalarType,
    Type,
    TypeDecl,
    UnionArm,
    UnionDecl,
)

_PYDANTIC = frozenset(
    [
        "construct",
        "copy",
        "dict",
        "from_orm",
        "json",
        "model_computed_fields",
        "model_config",
        "model_construct",
        "model_copy",
        "model_dump",
        "model_dump_json",
        "model_extra",
        "model_fields",
        "model_fields_set",
        "model_json_schema",
        "model_parametrized_name",
        "model_post_init",
        "model_rebuild",
        "model_validate",
        "model_validate_json",
        "model_validate_strings",
        "parse_file",
        "parse_obj",
        "parse_raw",
        "schema",
        "schema_json",
        "update_forward_refs",
        "validate",
    ]
)
RESERVED_FIELDS = KEYWORDS | _PYDANTIC | {"bool", "bytes", "dt", "float", "int", "str"}
"""Names that a field cannot have: pydantic's own, and those that annotations use."""


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as the template writes it."""

    name: str
    annotation: str
    default: str
    doc: str


@dataclass(frozen=True, slots=True)
class ModelView:
    """One class as the template writes it."""

    name: str
    doc: str
    fields: tuple[FieldView, ...]


@dataclass(frozen=True, slots=True)
class AliasView:
    """One alias as the template writes it."""

    text: str
    doc: str


def field_names(properties: Iterable[Property]) -> Mapping[str, str]:
    """Attribute by wire name. Names that are already as Python writes them come first."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    listed = list(properties)
    for one in sorted(listed, key=lambda one: snake(one.sdk_name or one.name) != one.name):
        wanted = identifier(one.sdk_name or one.name, fallback="field", reserved=RESERVED_FIELDS)
        names[one.name] = distinct(wanted, taken)
        taken.add(names[one.name])
    return names


@dataclass(frozen=True, slots=True)
class ModelsView:
    """One module as the template writes it."""

    imports: tuple[str, ...]
    enums: tuple[AliasView, ...]
    models: tuple[ModelView, ...]
    aliases: tuple[AliasView, ...]


def models_module(spelling: Spelling, module: str, schemas: Iterable[SchemaId]) -> ModelsView:
    """The view of a models module: enums, then classes, then what is made of them."""
    imports = Imports()
    declared = [spelling.contract.types[schema] for schema in schemas]
    enums = [_enum(spelling, one, imports) for one in declared if isinstance(one, EnumDecl)]
    models = [
        _model(spelling, one, imports, module) for one in declared if isinstance(one, ModelDecl)
    ]
    rest = [one for one in declared if isinstance(one, UnionDecl | AliasDecl)]
    aliases = _aliases(spelling, rest, imports, module)
    return ModelsView(tuple(imports.lines()), tuple(enums), tuple(models), tuple(aliases))


def _model(spelling: Spelling, decl: ModelDecl, imports: Imports, module: str) -> ModelView:
    imports.add(".._runtime.models", "BaseModel")
    visible = [
        one for one in decl.properties if not one.write_only and not isinstance(one.type, NeverType)
    ]
    names = field_names(visible)
    fields = tuple(_field(spelling, one, names[one.name], imports, module) for one in visible)
    doc = _description(decl.description, deprecated=decl.deprecated)
    return ModelView(spelling.names[decl.id], docstring(doc, indent="    "), fields)


def _description(text: str, *, deprecated: bool) -> str:
    return (
        f"{text}\n\nDeprecated." if deprecated and text else "Deprecated." if deprecated else text
    )


def _field(
    spelling: Spelling, prop: Property, name: str, imports: Imports, module: str
) -> FieldView:
    nullable = isinstance(prop.type, NullableType) or _is_null(prop.type)
    inner = prop.type.inner if isinstance(prop.type, NullableType) else prop.type
    annotation = spelling.received(inner, imports, module)
    if annotation != "Any":
        if nullable and not prop.required and annotation != "None":
            annotation = f"{imports.add('.._runtime.models', 'Nullable')}[{annotation}]"
        elif nullable or not prop.required:
            annotation = optional(annotation)
    doc = docstring(_description(prop.description, deprecated=prop.deprecated), indent="    ")
    return FieldView(name, annotation, _default(prop, name, imports), doc)


def _is_null(type_: Type) -> bool:
    return isinstance(type_, ScalarType) and type_.scalar.value == "null"


def _default(prop: Property, name: str, imports: Imports) -> str:
    if name == prop.name:
        return "" if prop.required else " = None"
    imports.add("pydantic", "Field")
    default = "" if prop.required else "default=None, "
    return f" = Field({default}alias={quoted(prop.name)})"


def _enum(spelling: Spelling, decl: EnumDecl, imports: Imports) -> AliasView:
    imports.add("typing", "TypeAlias")
    values = tuple(member.value for member in decl.members)
    parts = [literals(values, imports)]
    if decl.open:
        parts += _plain_types(values)
    spelled = union(parts)
    told = [
        f"- `{literal(member.value)}`: {member.description}"
        for member in decl.members
        if member.description
    ]
    doc = docstring(_description(decl.description, deprecated=decl.deprecated), "\n".join(told))
    return AliasView(alias_text(spelling.names[decl.id], spelled), doc)


def _plain_types(values: tuple[object, ...]) -> list[str]:
    kinds: dict[str, None] = {}
    for value in values:
        if isinstance(value, bool):
            kinds["bool"] = None
        elif isinstance(value, int):
            kinds["int"] = None
        elif isinstance(value, str):
            kinds["str"] = None
    return list(kinds) or ["str"]


def _aliases(
    spelling: Spelling, declared: list[UnionDecl | AliasDecl], imports: Imports, module: str
) -> list[AliasView]:
    """Unions and aliases, each after those that it is made of; rings through TypeAliasType."""
    by_id: dict[SchemaId, TypeDecl] = {one.id: one for one in declared}
    order, rings = ordered(spelling, by_id)
    views = []
    for schema in order:
        decl = by_id[schema]
        spelled = _alias_target(spelling, decl, imports, module)
        name = spelling.names[schema]
        imports.add("typing", "TypeAlias")
        if schema in rings:
            imports.add("typing", "TYPE_CHECKING")
            imports.add("typing_extensions", "TypeAliasType")
            text = ring_alias(name, spelled)
        else:
            text = alias_text(name, spelled)
        doc = docstring(_description(decl.description, deprecated=decl.deprecated))
        views.append(AliasView(text, doc))
    return views


def _alias_target(spelling: Spelling, decl: TypeDecl, imports: Imports, module: str) -> str:
    if isinstance(decl, AliasDecl):
        return spelling.received(decl.target, imports, module)
    if not isinstance(decl, UnionDecl):
        return imports.typing("Any")
    arms = [arm for arm in decl.arms if named_id(arm.type) != decl.id]
    parts = [spelling.received(arm.type, imports, module) for arm in arms]
    if "Any" in parts:
        return "Any"
    if decl.tag is None or not all(arm.tags for arm in arms):
        if decl.open:
            parts.append(imports.add(".._runtime.models", "Unknown"))
        return union(parts or [imports.typing("Any")])
    return _tagged(decl.tag, list(zip(arms, parts, strict=True)), imports)


def _tagged(tag: str, arms: list[tuple[UnionArm, str]], imports: Imports) -> str:
    """A union that is read by its tag; one without a default arm also has `Unknown`."""
    table = ", ".join(f"{quoted(each)}: {part}" for arm, part in arms for each in arm.tags)
    default = next((part for arm, part in arms if arm.default), "")
    parts = [part for _, part in arms]
    if not default:
        parts.append(imports.add(".._runtime.models", "Unknown"))
    imports.add(".._runtime.models", "Tagged")
    tagged = f"Tagged({quoted(tag)}, {{{table}}}{default and f', {default}'})"
    return f"{imports.add('typing', 'Annotated')}[{union(parts)}, {tagged}]"


def named_id(type_: Type) -> SchemaId | None:
    """The declaration that a type is, if it is nothing else."""
    return type_.id if isinstance(type_, NamedType) else None
