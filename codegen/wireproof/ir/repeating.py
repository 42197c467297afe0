"""Whether a request may be sent again when nobody knows what became of it.

RFC 9110 section 9.2: safe methods change nothing, and a server that offers PUT or DELETE promises
that repeating one has the effect of sending it once. `x-idempotent` on the operation says otherwise
(`false`), or says it of another method (`true`). Keys that a server recognises a repeated request
by are a promise of their own: `Operation.idempotency`.
"""

from __future__ import annotations

from wireproof.ir.contract import Operation

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "TRACE"})
_IDEMPOTENT = _SAFE | {"DELETE", "PUT"}


def repeatable(operation: Operation) -> bool:
    """Whether sending a request twice has the effect of sending it once."""
    stated = operation.extensions.get("x-idempotent")
    return stated if isinstance(stated, bool) else operation.binding.method in _IDEMPOTENT
