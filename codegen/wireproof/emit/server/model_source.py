"""Python of single types: datamodel-code-generator run, and its text cut into one piece a type.

A piece depends on its component and on the kinds of those it refers to, never on what else is
generated with it: a `$ref` finds a stand-in for its target. So pieces can be kept, and a run asks
for those alone that changed. What is said of types stays out: it is put in afterwards
(`model_module`), and a corrected description costs nothing.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from wireproof.emit.memory import Memory, key
from wireproof.emit.server.model_document import COMPONENTS, PLACEHOLDER, Component
from wireproof.emit.server.model_order import circles
from wireproof.emit.templates import Templates
from wireproof.source.node import Json

SAID = '"""{}"""'
"""Stands for a docstring: of the type under "", of a member under its number."""

_BATCH = 100  # components a run; some of the generator's passes are quadratic
_OPTIONS: Mapping[str, Json] = {
    "formatters": [],
    "disable_timestamp": True,
    "disable_future_imports": False,
    "base_class": f"{PLACEHOLDER}.model.Model",
    "snake_case_field": True,
    "strict_nullable": True,
    "use_double_quotes": True,
    "use_standard_collections": True,
    "use_type_alias": True,
    "use_union_operator": True,
}
_DEFINITION = re.compile(r"(?:class ([A-Za-z_]\w*)\b|([A-Za-z_]\w*) = )")
_TEXT = re.compile(r'"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'')
_NAME = re.compile(r"[A-Za-z_]\w*")
_FIELD = re.compile(r"    [A-Za-z_]\w*: ")


@dataclass(frozen=True, slots=True)
class Piece:
    """The code of one type.

    Attributes:
        text: Its statement, with placeholders where docstrings go.
        imports: Module and name of what it needs; a name may be `date as date_aliased`.
    """

    text: str
    imports: tuple[tuple[str, str], ...]


def pieces(
    components: Mapping[str, Component], templates: Templates, memory: Memory
) -> dict[str, Piece]:
    """Python of every component, what is remembered first."""
    salt = _salt(_template_dir(templates))
    keys = {
        name: key(salt, name, _extra(one), one.schema, _stubs(one, components))
        for name, one in components.items()
    }
    found = {name: memory.get(each) for name, each in keys.items()}
    missing = [name for name, answer in found.items() if answer is None]
    for batch in _batches(missing, components) if missing else ():
        for name, piece in _generated(batch, components, templates).items():
            found[name] = [piece.text, [list(each) for each in piece.imports]]
            memory.put(keys[name], found[name])
    return {
        name: Piece(text, tuple((module, name) for module, name in imports))
        for name, (text, imports) in found.items()
    }


def references(schema: Json) -> Iterator[str]:
    """Names of the components that a component's schema refers to, repeats included."""
    if not isinstance(schema, dict):
        return
    if "$ref" in schema:
        yield schema["$ref"].removeprefix(COMPONENTS)
    for part in ("items", "additionalProperties"):
        yield from references(schema.get(part))
    for parts in ("anyOf", "oneOf"):
        for one in schema.get(parts, ()):
            yield from references(one)
    for one in schema.get("properties", {}).values():
        yield from references(one)


def _batches(missing: Sequence[str], components: Mapping[str, Component]) -> Iterator[list[str]]:
    """What is generated together.

    The generator quotes names in aliases of a circle, each as its order has it. So no alias goes
    together with anything that it is in a circle with.
    """
    rounds: dict[int, list[str]] = {0: []}
    edges = {name: tuple(references(one.schema)) for name, one in components.items()}
    turns: Counter[int] = Counter()
    number = {name: n for n, circle in enumerate(circles(edges)) for name in circle}
    for name in missing:
        apart = name in number and "properties" not in components[name].schema
        if apart:
            turns[number[name]] += 1
        rounds.setdefault(turns[number[name]] if apart else 0, []).append(name)
    for names in rounds.values():
        for start in range(0, len(names), _BATCH):
            yield names[start : start + _BATCH]


def _generated(
    batch: Sequence[str], components: Mapping[str, Component], templates: Templates
) -> dict[str, Piece]:
    chosen = {name: components[name].schema for name in batch}
    for name in batch:
        for other, stub in _stubs(components[name], components).items():
            chosen.setdefault(other, stub)
    extra = {name: _extra(components[name]) for name in batch}
    text = generate_source(chosen, extra, templates)
    cut = _cut(text)
    if gone := [name for name in batch if name not in cut.texts]:
        raise ValueError(f"no code for {', '.join(gone[:5])}")
    return {name: _piece(cut.texts[name], cut.imports) for name in batch}


def _piece(text: str, imports: Mapping[str, tuple[str, str]]) -> Piece:
    """A statement with what it needs, called as if nothing had been generated beside it.

    Where a member of any class is called `date`, the generator says `date_aliased` in all of them.
    """
    known = dict(imports)
    for short, (module, name) in imports.items():
        plain = name.partition(" as ")[0]
        if short != plain and f"\n    {plain}: " not in text:
            known[plain] = (module, plain)
            renamed = re.compile(rf"{_TEXT.pattern}|\b{short}\b")
            text = renamed.sub(lambda found: _renamed(found[0], short, plain), text)  # noqa: B023 - called at once
    return Piece(text, _needs(text, known))


def _renamed(found: str, short: str, plain: str) -> str:
    return plain if found == short else found


def generate_source(
    schemas: Mapping[str, Json], extra: dict[str, dict[str, Any]], templates: Templates
) -> str:
    """The generator's module for some components, as it writes it."""
    # Imported here: it takes half a second, which no other target should pay.
    from datamodel_code_generator import LiteralType as Literals  # noqa: PLC0415 - see above
    from datamodel_code_generator import generate  # noqa: PLC0415 - see above
    from datamodel_code_generator.enums import DataModelType, InputFileType  # noqa: PLC0415 - see above
    from datamodel_code_generator.format import PythonVersion  # noqa: PLC0415 - see above

    document = {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "1"},
        "paths": {},
        "components": {"schemas": schemas},
    }
    text = generate(
        json.dumps(document, default=_number),
        input_file_type=InputFileType.OpenAPI,
        output_model_type=DataModelType.PydanticV2BaseModel,
        target_python_version=PythonVersion.PY_311,
        enum_field_as_literal=Literals.All,
        custom_template_dir=_template_dir(templates),
        extra_template_data=defaultdict(dict, extra),
        **_OPTIONS,
    )
    assert isinstance(text, str)  # noqa: S101 - one module, because the document has no dotted names
    return text


@dataclass(frozen=True, slots=True)
class _Cut:
    texts: Mapping[str, str]
    imports: Mapping[str, tuple[str, str]]


def _cut(text: str) -> _Cut:
    """A module in pieces: statements by what they define; imports by the names that they give."""
    imports: dict[str, tuple[str, str]] = {}
    texts: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if not texts and line.startswith("from "):
            module, _, names = line.removeprefix("from ").partition(" import ")
            imports |= {one.rpartition(" as ")[2]: (module, one) for one in names.split(", ")}
        elif match := _DEFINITION.match(line):
            lines = texts.setdefault(match[1] or match[2], [])
            lines.append(line.rstrip())
        elif ".model_rebuild(" in line and not line.startswith(" "):
            lines = []
        else:
            lines.append(line.rstrip())
    return _Cut({name: "\n".join(each).strip("\n") for name, each in texts.items()}, imports)


def _needs(text: str, imports: Mapping[str, tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    used: set[str] = set()
    for line in text.split("\n"):
        used.update(_NAME.findall(_TEXT.sub("", _FIELD.sub("", line))))
    return tuple(sorted(imports[name] for name in used & imports.keys()))


def _extra(component: Component) -> dict[str, Any]:
    """What the templates are told, docstrings as placeholders."""
    extra: dict[str, Any] = {"maybe": list(component.maybe)}
    if component.docstring:
        extra["docstring"] = SAID.format("")
    extra["docs"] = {name: SAID.format(n) for n, name in enumerate(component.docs)}
    return extra


def _stubs(component: Component, components: Mapping[str, Component]) -> dict[str, Json]:
    """Stand-ins for what a component refers to."""
    names = dict.fromkeys(references(component.schema))
    return {name: _stub(components[name].schema) for name in names}


def _stub(schema: dict[str, Json]) -> Json:
    """As much of a component as the code of those that refer to it may depend on.

    An enum is itself, because a default may be one of its values; a model keeps its constants,
    because it may be told by them from others.
    """
    if "properties" not in schema:
        return schema if not any(references(schema)) else {"type": "object", "properties": {}}
    tags = {name: one for name, one in schema["properties"].items() if "const" in one}
    required = [name for name in schema["required"] if name in tags]
    return {"type": "object", "properties": tags, "required": required}


@cache
def _salt(folder: Path) -> str:
    """All that pieces depend on beside their components."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return key(
        version("datamodel-code-generator"),
        sys.version_info[:2],
        Path(__file__).read_text(encoding="utf-8"),
        [path.read_text(encoding="utf-8") for path in files],
    )


def _template_dir(templates: Templates) -> Path:
    return next(
        root / "server" / "models"
        for root in templates.roots
        if (root / "server" / "models").is_dir()
    )


def _number(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
