"""`deprecated`, `x-sunset` and `x-stability` of a schema."""

from __future__ import annotations

from datetime import date

from wireproof.ir.contract import Lifecycle, Stability
from wireproof.ir.schema import Schema

_LEVELS = {level.value: level for level in Stability} | {
    "alpha": Stability.EXPERIMENTAL,
    "draft": Stability.EXPERIMENTAL,
}


def lifecycle(schema: Schema) -> Lifecycle:
    """What a schema promises about its future; what cannot be read promises nothing."""
    extensions = schema.extensions
    level = extensions.get("x-stability", extensions.get("x-stability-level"))
    stability = _LEVELS.get(level) if isinstance(level, str) else None
    return Lifecycle(
        schema.deprecated, parsed(extensions.get("x-sunset")), stability or Stability.STABLE
    )


def parsed(written: object) -> date | None:
    """A date as YAML or JSON state it; None for anything else."""
    try:
        return date.fromisoformat(str(written)[:10])
    except ValueError:
        return None
