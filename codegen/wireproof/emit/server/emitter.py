"""The emitter: from a contract to the files of a server package."""

from __future__ import annotations

from wireproof.diagnostics import Diagnostic, Severity, ordered
from wireproof.emit.server.codes import codes
from wireproof.emit.server.identifiers import name_all
from wireproof.emit.server.models import emit_models
from wireproof.emit.server.problem_schema import find_problem
from wireproof.emit.server.protocols import protocols
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.emit.server.schemes import auth_fields
from wireproof.emit.server.servable import servable
from wireproof.emit.server.service_plan import service_source
from wireproof.emit.target import Emission, EmitInput


def emit(given: EmitInput) -> Emission:
    """Files of the package `generated.server`.

    Operations that cannot be served are left out and named in a diagnostic. Never raises for a
    contract that could be built.
    """
    contract, templates = given.contract, given.templates
    operations, diagnostics = servable(contract)
    identifiers = name_all(contract, given.names, operations)
    schemas = SchemaDocument(contract)
    models, flaws = emit_models(contract, identifiers, templates, given.memory)
    plan = service_source(contract, operations, identifiers, schemas, find_problem(contract))
    groups = protocols(contract, operations, identifiers)
    shared = {
        "protocols": groups,
        "auth": auth_fields(contract, operations),
    }
    files: dict[str, str | bytes] = {
        "__init__.py": templates.render("server/package.py.j2", **shared),
        "app.py": templates.render("server/app.py.j2", **shared),
        "auth.py": templates.render("server/auth.py.j2", **shared),
        "handlers.py": templates.render("server/handlers.py.j2", **shared),
        "models.py": models,
        "operations.py": templates.render("server/operations.py.j2", plan=plan),
        "problems.py": templates.render("server/problems.py.j2", codes=codes(operations)),
        "py.typed": "",
        "schemas.json": schemas.render(),
    }
    for path, text in templates.runtime("server").items():
        files[f"runtime/{path}"] = text
    left_out = (*diagnostics, *flaws, *schemas.diagnostics, *_nothing(operations))
    return Emission(dict(sorted(files.items())), ordered(left_out))


def _nothing(operations: tuple[object, ...]) -> tuple[Diagnostic, ...]:
    if operations:
        return ()
    message = "the contract has no operation that can be served"
    return (Diagnostic("server-empty", Severity.WARNING, message),)
