"""Models: the contract's declared types as Pydantic, written by datamodel-code-generator.

It is handed documents made of the IR's types, not the contract: every type is a component under
its allocated name, nothing is inline, nothing is constrained (the contract's own schemas are
checked before), and scalars that Python spells differently name the runtime's types. Docstrings
are ours and go around it, so that contract text becomes code in one place only.
"""

from __future__ import annotations

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.emit.memory import Memory
from wireproof.emit.server.identifiers import Identifiers
from wireproof.emit.server.model_document import components
from wireproof.emit.server.model_module import module
from wireproof.emit.server.model_source import pieces
from wireproof.emit.templates import Templates
from wireproof.ir.contract import Contract

_HEADER = '''"""The contract's types as Pydantic models.

Generated from the contract; do not edit. A member that may be absent but not null is a `Maybe`:
None means absent, and it is not sent.
"""

'''


def emit_models(
    contract: Contract, identifiers: Identifiers, templates: Templates, memory: Memory
) -> tuple[str, tuple[Diagnostic, ...]]:
    """Text of `models.py`, and what could not be modelled."""
    if not contract.types:
        return _HEADER, ()
    known = components(contract, identifiers)
    try:
        text = module(known, pieces(known, templates, memory))
    except Exception as error:  # noqa: BLE001 - whatever a third-party generator stumbles over
        return _without_models(identifiers), (_failure(str(error)),)
    return _HEADER + text, ()


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
