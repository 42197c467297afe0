"""What README.md and api.md say about the package at hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from wireproof.emit.typescript.documentation import Documentation
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.package import Package
from wireproof.emit.typescript.security import Scheme
from wireproof.emit.typescript.text import prose


def readme(
    package: Package,
    operations: list[Named],
    documentation: Documentation,
    *,
    base: str,
    made: list[Scheme],
) -> Mapping[str, object]:
    """The context of README.md."""
    first = _first(operations)
    variables = [name for scheme in made for name in scheme.variables]
    auth = ["auth: fromEnvironment()"] if variables else []
    where = [] if base else ['baseUrl: "https://api.example.com"']
    return {
        "package_name": package.name,
        "sample": _sample(first, documentation) if first else None,
        "settings": _settings(where),
        "function_settings": _settings(where + auth),
        "variables": ", ".join(f"`{name}`" for name in variables),
        "paged": next((o.function for o in operations if o.operation.pagination), ""),
        "keyed": next((o.function for o in operations if o.operation.idempotency), ""),
        "codes": any(r.error_codes for o in operations for r in o.operation.responses),
    }


def api(operations: Iterable[Named]) -> list[dict[str, object]]:
    """The tables of api.md, one a resource."""
    tables: dict[str, dict[str, object]] = {}
    rows: dict[str, list[dict[str, str]]] = {}
    for each in operations:
        title = each.signature.resource or "Operations"
        tables.setdefault(each.module, {"title": _cell(title), "module": each.module})
        binding = each.operation.binding
        rows.setdefault(each.module, []).append(
            {
                "function": each.function,
                "method": f"{each.resource}.{each.method}" if each.resource else each.method,
                "request": _cell(f"{binding.method} {binding.path}"),
                "summary": _cell(each.operation.summary),
            }
        )
    return [{**table, "rows": rows[module]} for module, table in tables.items()]


def _first(operations: list[Named]) -> Named | None:
    """The operation to show first: one with a key, else one that is easily called."""
    keyed = (each for each in operations if each.operation.idempotency)
    easy = sorted(operations, key=lambda each: sum(a.required for a in each.signature.arguments))
    return next(keyed, None) or next(iter(easy), None)


def _sample(operation: Named, documentation: Documentation) -> dict[str, str]:
    call = partial(documentation.examples.call, operation.signature, shortest=True)
    owner = f"client.{operation.resource}" if operation.resource else "client"
    return {
        "function": operation.function,
        "module": operation.module,
        "call": call(f"const result = await {owner}.{operation.method}") + ";",
        "function_call": call(f"const result = await {operation.function}", "client") + ";",
    }


def _settings(entries: list[str]) -> str:
    return f"{{ {', '.join(entries)} }}" if entries else ""


def _cell(text: str) -> str:
    return " ".join(prose(text, width=10_000)).replace("|", "\\|")
