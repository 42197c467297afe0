"""Public identifiers: sequence numbers under a prefix, so that text order is time order."""

from __future__ import annotations

_DIGITS = 16


def order_id(number: int) -> str:
    """The public id of an order."""
    return f"ord_{number:016d}"


def trade_id(number: int) -> str:
    """The public id of a trade."""
    return f"trd_{number:016d}"


def execution_id(number: int, *, maker: bool) -> str:
    """The public id of one side of a trade."""
    return f"exe_{2 * number + maker:016d}"


def order_number(text: str) -> int | None:
    """The number behind an order id; None for text that never was one."""
    prefix, _, digits = text.partition("_")
    if prefix != "ord" or len(digits) != _DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    return int(digits)


def trade_number(execution: str) -> int:
    """The number of the trade behind an execution's id, of those that the venue gave out."""
    return int(execution.rpartition("_")[2]) // 2
