"""Numbers of a document, exactly."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from wireproof.source.node import Json


def as_number(raw: Json) -> Decimal | None:
    """A JSON number as an exact Decimal; None for anything else, infinities included."""
    if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
        return None
    try:
        number = Decimal(repr(raw)) if isinstance(raw, float) else Decimal(raw)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
