"""The service's plan: what the runtime needs to know of a contract."""

from __future__ import annotations

from urllib.parse import urlsplit

from wireproof.emit.python.text import quoted
from wireproof.emit.server.identifiers import Identifiers
from wireproof.emit.server.layout import Call, call, layout
from wireproof.emit.server.operation_plan import operation_plan
from wireproof.emit.server.problem_schema import ProblemSchema
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.emit.server.schemes import scheme_plans
from wireproof.ir.contract import Contract, Operation


def service_source(
    contract: Contract,
    operations: tuple[Operation, ...],
    identifiers: Identifiers,
    document: SchemaDocument,
    problem: ProblemSchema,
) -> str:
    """Source of the `ServicePlan(...)` expression."""
    plan = call(
        "ServicePlan",
        title=quoted(contract.title),
        version=quoted(contract.version),
        base_path=quoted(base_path(contract)) if base_path(contract) else None,
        problem_members=_set(problem.members),
        problem_codes=_set(problem.codes),
        schemes=scheme_plans(contract, operations) or None,
        buckets=_buckets(contract) or None,
        operations=tuple(operation_plan(contract, identifiers, document, o) for o in operations),
    )
    return layout(plan, used=len("PLAN = "))


def _set(values: tuple[str, ...] | None) -> Call | None:
    return None if values is None else call("frozenset", tuple(map(quoted, values)))


def base_path(contract: Contract) -> str:
    """Path of the first server's URL, its variables at their defaults; "" for the root."""
    if not contract.servers:
        return ""
    server = contract.servers[0]
    url = server.url
    for name, (default, _) in server.variables.items():
        url = url.replace("{" + name + "}", default)
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _buckets(contract: Contract) -> tuple[Call, ...]:
    return tuple(
        call(
            "Bucket",
            quoted(bucket.name),
            f"{float(bucket.rate)!r}",
            str(bucket.burst),
            quoted("ip" if bucket.partition == "ip" else "account"),
        )
        for bucket in contract.rate_limits
    )
