"""Models: the contract's declared types as Pydantic, written by datamodel-code-generator.

It is handed a document made of the IR's types, not the contract: every type is a component under
its allocated name, nothing is inline, nothing is constrained (the contract's own schemas are
checked before), and scalars that Python spells differently name the runtime's types. Docstrings
are ours and go around it, so that contract text becomes code in one place only.
"""

from __future__ import annotations

import ast

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.emit.server.identifiers import Identifiers
from wireproof.emit.server.model_document import model_document
from wireproof.emit.server.model_source import generate_source
from wireproof.emit.templates import Templates
from wireproof.ir.contract import Contract

_HEADER = '''"""The contract's types as Pydantic models.

Generated from the contract; do not edit. A member that may be absent but not null is a `Maybe`:
None means absent, and it is not sent.
"""

'''


def emit_models(
    contract: Contract, identifiers: Identifiers, templates: Templates
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Text of `models.py`, and what could not be modelled."""
    if not contract.types:
        return _HEADER, ()
    document, extra = model_document(contract, identifiers)
    try:
        text = generate_source(document, extra, templates)
        missing = sorted(set(identifiers.types.values()) - _defined(text))
    except Exception as error:  # noqa: BLE001 - whatever a third-party generator stumbles over
        return _without_models(identifiers), (_failure(str(error)),)
    if missing:
        return _without_models(identifiers), (_failure(f"no code for {', '.join(missing[:5])}"),)
    return _HEADER + text, ()


def _defined(text: str) -> set[str]:
    names: set[str] = set()
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.ClassDef):
            names.add(statement.name)
        elif isinstance(statement, ast.Assign):
            names.update(target.id for target in statement.targets if isinstance(target, ast.Name))
    return names


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
