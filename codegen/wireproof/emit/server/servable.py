"""Which operations can be served, and why the others cannot."""

from __future__ import annotations

import re
from dataclasses import replace

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.emit.server.identifiers import path_of
from wireproof.ir.contract import Contract, Location, Operation, Parameter

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_METHOD = re.compile(r"[A-Z][A-Z0-9-]*")


def servable(contract: Contract) -> tuple[tuple[Operation, ...], tuple[Diagnostic, ...]]:
    """Operations that the runtime can route and call, and a diagnostic for each flaw.

    Parameters that no request can carry (a path parameter that the path does not have) are left
    out of their operation.
    """
    kept: list[Operation] = []
    diagnostics: list[Diagnostic] = []
    routes: dict[tuple[str, str], str] = {}
    ids: set[str] = set()
    for operation in contract.operations:
        method, path = path_of(operation)
        route = (method, _TEMPLATE.sub("{}", path))
        flaw = _flaw(contract, operation, routes.get(route), ids)
        if flaw:
            diagnostics.append(_left_out(operation, flaw))
            continue
        routes[route] = operation.id
        ids.add(operation.id)
        parameters = tuple(p for p in operation.parameters if _present(p, path))
        diagnostics += [
            _absent(operation, p) for p in operation.parameters if not _present(p, path)
        ]
        kept.append(replace(operation, parameters=parameters))
    return tuple(kept), tuple(diagnostics)


def _flaw(contract: Contract, operation: Operation, rival: str | None, ids: set[str]) -> str:
    method, path = path_of(operation)
    unknown = {u.scheme for alternative in operation.security for u in alternative}
    unknown -= contract.security_schemes.keys()
    if rival is not None:
        return f"{rival} answers the same requests"
    if operation.id in ids:
        return "its operation id is taken"
    if not path.startswith("/") or "?" in path or "#" in path:
        return "its path is no path: a query or fragment does not belong there"
    if not _METHOD.fullmatch(method):
        return f"{method} is no HTTP method"
    if unknown:
        return f"nothing declares its security scheme {', '.join(sorted(unknown))}"
    return ""


def _present(parameter: Parameter, path: str) -> bool:
    if parameter.location is Location.PATH:
        return parameter.name in _TEMPLATE.findall(path)
    if parameter.location is Location.HEADER:
        return parameter.name.isascii() and bool(parameter.name)
    return True


def _left_out(operation: Operation, reason: str) -> Diagnostic:
    method, path = path_of(operation)
    return Diagnostic(
        "server-operation",
        Severity.WARNING,
        f"{operation.id} ({method} {path}) cannot be served: {reason}",
        operation.origin.span,
        operation.origin.pointer,
        help="correct the contract; the other operations are served",
    )


def _absent(operation: Operation, parameter: Parameter) -> Diagnostic:
    return Diagnostic(
        "server-parameter",
        Severity.WARNING,
        f"no request to {operation.id} can carry its {parameter.location.value} parameter "
        f"{parameter.name}",
        parameter.origin.span,
        parameter.origin.pointer,
        help="name it in the path template, or move it to the query",
    )
