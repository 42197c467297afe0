"""A complete program for each operation, for documentation."""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.emit.target import EmitInput
from wireproof.emit.typescript.calls import CannotGenerate
from wireproof.emit.typescript.imports import Imports
from wireproof.emit.typescript.layout import braces
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.planned import Planned, planned
from wireproof.emit.typescript.security import schemes


def samples(given: EmitInput) -> Iterator[tuple[str, str]]:
    """Operation id and program, in document order; a module that compiles as it stands.

    Credentials come from the environment where the operation asks for any. Operations that cannot
    be generated have none.
    """
    plan = planned(given)
    declared = tuple(given.contract.security_schemes.values())
    made = schemes(declared, plan.package.prefix, Imports())
    readable = any(scheme.variables for scheme in made)
    for operation in plan.operations:
        signed = readable and any(operation.operation.security)
        if program := _program(plan, operation, signed=signed):
            yield operation.operation.id, program


def _program(plan: Planned, operation: Named, *, signed: bool) -> str:
    try:
        function = plan.writer.functions(operation, Imports())[0]
    except (CannotGenerate, KeyError):
        return ""
    package = plan.package.name
    extra = ", decimal" if "decimal(" in function.sample else ""
    lines = [f'import {{ createClient{extra} }} from "{package}";']
    if signed:
        lines.append(f'import {{ fromEnvironment }} from "{package}/auth";')
    lines.append(f'import {{ {function.name} }} from "{package}/{operation.module}";')
    settings = [] if plan.base else ['baseUrl: "https://api.example.com"']
    settings += ["auth: fromEnvironment()"] if signed else []
    client = braces(settings, before="const client = createClient(", after=");")
    client = client if settings else "const client = createClient();"
    return "\n".join([*lines, "", client, function.sample]) + "\n"
