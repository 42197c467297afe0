"""Models: the contract's declared types as Pydantic, written by datamodel-code-generator.

It is handed a document made of the IR's types, not the contract: every type is a component under
its allocated name, nothing is inline, nothing is constrained (the contract's own schemas are
checked before), and scalars that Python spells differently name the runtime's types. Docstrings
are ours and go around it, so that contract text becomes code in one place only.
"""

from __future__ import annotations

import ast
import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any, assert_never

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.emit.python.text import docstring
from wireproof.emit.server.identifiers import Identifiers
from wireproof.emit.templates import Templates
from wireproof.ir.contract import Contract
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    AnyType,
    EnumDecl,
    ListType,
    LiteralType,
    MapType,
    ModelDecl,
    NamedType,
    NeverType,
    NullableType,
    Property,
    Scalar,
    ScalarType,
    Type,
    TypeDecl,
    UnionDecl,
)
from wireproof.source.node import Json

_PLACEHOLDER = "GENERATED_RUNTIME"
_COMPONENTS = "#/components/schemas/"
_PREAMBLE = ("#", "from ", "import ")

_HEADER = '''"""The contract's types as Pydantic models.

Generated from the contract; do not edit. A member that may be absent but not null is a `Maybe`:
None means absent, and it is not sent.
"""

'''

_SCALARS: dict[Scalar, dict[str, Json]] = {
    Scalar.STRING: {"type": "string"},
    Scalar.BOOLEAN: {"type": "boolean"},
    Scalar.INTEGER: {"type": "integer"},
    Scalar.INT64: {"type": "integer"},
    Scalar.INT64_STRING: {"customTypePath": f"{_PLACEHOLDER}.model.Int64String"},
    Scalar.FLOAT: {"type": "number"},
    Scalar.DECIMAL: {"customTypePath": f"{_PLACEHOLDER}.model.DecimalString"},
    Scalar.DECIMAL_NUMBER: {"customTypePath": f"{_PLACEHOLDER}.model.DecimalNumber"},
    Scalar.INSTANT: {"customTypePath": f"{_PLACEHOLDER}.model.UtcInstant"},
    Scalar.DATE: {"type": "string", "format": "date"},
    Scalar.TIME: {"type": "string"},
    Scalar.DURATION: {"type": "string"},
    Scalar.UUID: {"type": "string", "format": "uuid"},
    Scalar.URI: {"type": "string"},
    Scalar.BYTES: {"customTypePath": f"{_PLACEHOLDER}.model.Base64Bytes"},
    Scalar.BINARY: {"type": "string", "format": "binary"},
    Scalar.NULL: {"type": "null"},
}

_DEFAULTABLE = frozenset(
    {Scalar.STRING, Scalar.URI, Scalar.BOOLEAN, Scalar.INTEGER, Scalar.INT64, Scalar.FLOAT}
)


def emit_models(
    contract: Contract, identifiers: Identifiers, templates: Templates
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Text of `models.py`, and what could not be modelled."""
    if not contract.types:
        return _HEADER, ()
    document, extra = _Document(contract, identifiers).build()
    try:
        text = _generate(document, extra, templates)
        missing = sorted(set(identifiers.types.values()) - _defined(text))
    except Exception as error:  # noqa: BLE001 - whatever a third-party generator stumbles over
        return _without_models(identifiers), (_failure(str(error)),)
    if missing:
        return _without_models(identifiers), (_failure(f"no code for {', '.join(missing[:5])}"),)
    return _HEADER + text, ()


def _generate(document: dict[str, Json], extra: dict[str, Any], templates: Templates) -> str:
    # Imported here: it takes half a second, which no other target should pay.
    from datamodel_code_generator import LiteralType as Literals  # noqa: PLC0415 - see above
    from datamodel_code_generator import generate  # noqa: PLC0415 - see above
    from datamodel_code_generator.enums import DataModelType, InputFileType  # noqa: PLC0415 - see above
    from datamodel_code_generator.format import PythonVersion  # noqa: PLC0415 - see above

    text = generate(
        json.dumps(document, default=_number),
        input_file_type=InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        formatters=[],
        disable_timestamp=True,
        disable_future_imports=False,
        base_class=f"{_PLACEHOLDER}.model.Model",
        custom_template_dir=_template_dir(templates),
        extra_template_data=defaultdict(dict, extra),
        enum_field_as_literal=Literals.All,
        snake_case_field=True,
        strict_nullable=True,
        use_double_quotes=True,
        use_standard_collections=True,
        use_type_alias=True,
        use_union_operator=True,
    )
    assert isinstance(text, str)  # noqa: S101 - one module, because the document has no dotted names
    return _tidy(text)


def _tidy(text: str) -> str:
    """The generator's text in final layout: sorted imports, even gaps, no header of its own."""
    lines = [line.rstrip() for line in text.splitlines()]
    # Only what stands before the first definition: a docstring may have a line `from ...`, too.
    start = next(i for i, line in enumerate(lines) if line and not line.startswith(_PREAMBLE))
    imports = [line for line in lines[:start] if line and not line.startswith("#")]
    body = "\n".join(lines[start:])
    while "\n\n\n\n" in body:
        body = body.replace("\n\n\n\n", "\n\n\n")
    body = body.strip("\n")
    return f"{_imports(imports, maybe='Maybe[' in body)}\n\n\n{body}\n"


def _imports(lines: list[str], *, maybe: bool) -> str:
    """The import statements, one a module, in the usual groups."""
    modules: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        module, _, names = line.removeprefix("from ").partition(" import ")
        modules[module.replace(_PLACEHOLDER, ".runtime")].update(names.split(", "))
    if maybe:
        modules[".runtime.model"].add("Maybe")
    groups: tuple[list[str], list[str], list[str], list[str]] = ([], [], [], [])
    for module, found in sorted(modules.items()):
        line = f"from {module} import {', '.join(sorted(found))}"
        groups[_group(module)].append(line)
    return "\n\n".join("\n".join(group) for group in groups if group)


def _group(module: str) -> int:
    if module == "__future__":
        return 0
    if module.startswith("."):
        return 3
    return 2 if module.partition(".")[0] in ("pydantic", "typing_extensions") else 1


def _defined(text: str) -> set[str]:
    names: set[str] = set()
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign):
            names.update(target.id for target in statement.targets if isinstance(target, ast.Name))
    return names


def _template_dir(templates: Templates) -> Path:
    return next(
        root / "server" / "models"
        for root in templates.roots
        if (root / "server" / "models").is_dir()
    )


def _without_models(identifiers: Identifiers) -> str:
    lines = [f'{name} = TypeAliasType("{name}", Any)' for name in identifiers.types.values()]
    imports = "from __future__ import annotations\n\nfrom typing import Any\n\n"
    return (
        f"{_HEADER}{imports}from typing_extensions import TypeAliasType\n\n"
        + "\n".join(lines)
        + "\n"
    )


def _failure(reason: str) -> Diagnostic:
    return Diagnostic(
        "server-models",
        Severity.ERROR,
        f"no models could be generated: {reason.splitlines()[0][:200] if reason else 'unknown'}",
        help="handlers get plain JSON data; requests are still validated against the contract",
    )


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")


class _Document:
    """Builds the document for the generator, and what its templates need beside it."""

    def __init__(self, contract: Contract, identifiers: Identifiers) -> None:
        self._contract = contract
        self._names = identifiers.types
        self._extra: dict[str, dict[str, Any]] = {}

    def build(self) -> tuple[dict[str, Json], dict[str, dict[str, Any]]]:
        """The document and the template data by class."""
        schemas = {
            name: self._declaration(self._contract.types[schema_id], name)
            for schema_id, name in self._names.items()
        }
        info = {"title": "models", "version": "1"}
        components = {"schemas": schemas}
        return {
            "openapi": "3.1.0",
            "info": info,
            "paths": {},
            "components": components,
        }, self._extra

    def _declaration(self, declaration: TypeDecl, name: str) -> dict[str, Json]:
        extra = self._extra.setdefault(name, {})
        indent = "    " if isinstance(declaration, ModelDecl) else ""
        if text := docstring(declaration.description, indent=indent):
            extra["docstring"] = text.strip()
        match declaration:
            case ModelDecl():
                return self._model(declaration, extra)
            case EnumDecl():
                return _enum(declaration)
            case UnionDecl():
                return self._union(declaration)
            case AliasDecl():
                return self._type(declaration.target)
            case _:
                assert_never(declaration)

    def _model(self, model: ModelDecl, extra: dict[str, Any]) -> dict[str, Json]:
        absent: list[str] = []
        docs: dict[str, str] = {}
        properties: dict[str, Json] = {}
        required: list[str] = []
        for member in model.properties:
            schema = self._type(member.type)
            if text := docstring(member.description, indent="    "):
                docs[member.name] = text.strip()
            if member.required and not member.read_only and not member.write_only:
                required.append(member.name)
            elif self._has_default(member):
                schema = {**schema, "default": member.default}
            elif not self._nullable(member.type):
                absent.append(member.name)
            properties[member.name] = schema
        extra |= {"maybe": absent, "docs": docs}
        result: dict[str, Json] = {"type": "object", "properties": properties, "required": required}
        if model.additional is None:
            result["additionalProperties"] = False
        elif self._says_additional(model.id):
            result["additionalProperties"] = True
        return result

    def _has_default(self, member: Property) -> bool:
        """Whether a default is one that Python can hold as it stands."""
        if not member.has_default or member.default is None:
            return False
        match member.type:
            case ScalarType(scalar) if scalar in _DEFAULTABLE:
                return _fits(member.default, scalar)
            case NamedType(schema_id):
                declaration = self._contract.types[schema_id]
                return isinstance(declaration, EnumDecl) and any(
                    member.default == value.value for value in declaration.members
                )
            case _:
                return False

    def _nullable(self, type_: Type) -> bool:
        """Whether null is a value of the type."""
        seen: set[SchemaId] = set()
        pending = [type_]
        while pending:
            current = pending.pop()
            if isinstance(current, NullableType | AnyType) or current == ScalarType(Scalar.NULL):
                return True
            if isinstance(current, NamedType) and current.id not in seen:
                seen.add(current.id)
                declaration = self._contract.types[current.id]
                if isinstance(declaration, AliasDecl):
                    pending.append(declaration.target)
                elif isinstance(declaration, UnionDecl):
                    pending += [arm.type for arm in declaration.arms]
        return False

    def _says_additional(self, schema_id: SchemaId) -> bool:
        schema = self._contract.schemas.get(schema_id)
        return schema is not None and schema.additional_properties is not None

    def _union(self, union: UnionDecl) -> dict[str, Json]:
        arms = [self._type(arm.type) for arm in union.arms]
        if not arms:
            return {}
        if len(arms) == 1:
            return arms[0]
        schema: dict[str, Json] = {"anyOf": arms}
        mapping = self._mapping(union)
        if mapping is not None:
            schema = {"oneOf": arms}
            schema["discriminator"] = {"propertyName": union.tag, "mapping": mapping}
        return schema

    def _mapping(self, union: UnionDecl) -> dict[str, str] | None:
        """Tag to component, where every arm is a model whose tag can only have its own values."""
        if union.tag is None:
            return None
        mapping: dict[str, str] = {}
        for arm in union.arms:
            declared = (
                self._contract.types.get(arm.type.id) if isinstance(arm.type, NamedType) else None
            )
            if not isinstance(declared, ModelDecl):
                return None
            member = next((p for p in declared.properties if p.name == union.tag), None)
            if member is None or not member.required or not isinstance(member.type, LiteralType):
                return None
            if not isinstance(member.type.value, str) or member.type.value in mapping:
                return None
            mapping[member.type.value] = f"{_COMPONENTS}{self._names[declared.id]}"
        return mapping

    def _type(self, type_: Type) -> dict[str, Json]:
        match type_:
            case ScalarType() | LiteralType() | AnyType() | NeverType():
                return _leaf(type_)
            case ListType(item):
                return {"type": "array", "items": self._type(item)}
            case MapType(value):
                return {"type": "object", "additionalProperties": self._type(value)}
            case NullableType(inner):
                return {"anyOf": [self._type(inner), {"type": "null"}]}
            case NamedType(schema_id):
                return {"$ref": f"{_COMPONENTS}{self._names[schema_id]}"}
            case _:
                assert_never(type_)


def _leaf(type_: ScalarType | LiteralType | AnyType | NeverType) -> dict[str, Json]:
    if isinstance(type_, ScalarType):
        return dict(_SCALARS[type_.scalar])
    if isinstance(type_, LiteralType) and isinstance(type_.value, str | int):
        return {"const": type_.value}
    return {}


def _enum(enum: EnumDecl) -> dict[str, Json]:
    values = [member.value for member in enum.members]
    if not all(isinstance(value, str | int) for value in values):
        return {"type": "number"}  # Python has no literal for a fraction
    if not values:
        return {}
    listed: dict[str, Json] = {"enum": values}
    kinds = {"integer" if isinstance(value, int) else "string" for value in values}
    if len(kinds) == 1 and not any(isinstance(value, bool) for value in values):
        listed = {"type": kinds.pop(), **listed}
        if enum.open:
            return {"anyOf": [listed, {"type": listed["type"]}]}
    return {} if enum.open else listed


def _fits(value: Json, scalar: Scalar) -> bool:
    match scalar:
        case Scalar.STRING | Scalar.URI:
            return isinstance(value, str)
        case Scalar.BOOLEAN:
            return isinstance(value, bool)
        case Scalar.FLOAT:
            return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
        case _:
            return isinstance(value, int) and not isinstance(value, bool)
