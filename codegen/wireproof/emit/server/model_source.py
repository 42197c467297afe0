"""Text of the models: datamodel-code-generator run, and its text laid out."""

from __future__ import annotations

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

from wireproof.emit.server.model_document import PLACEHOLDER
from wireproof.emit.templates import Templates
from wireproof.source.node import Json

_PREAMBLE = ("#", "from ", "import ")


def generate_source(document: dict[str, Json], extra: dict[str, Any], templates: Templates) -> str:
    """Python source of the document's components, without a header."""
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
        base_class=f"{PLACEHOLDER}.model.Model",
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
        modules[module.replace(PLACEHOLDER, ".runtime")].update(names.split(", "))
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
