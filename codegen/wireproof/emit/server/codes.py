"""Codes: one function per problem that the contract promises (`x-error-codes`)."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.emit.python.text import distinct, docstring, identifier, quoted
from wireproof.ir.contract import Operation


@dataclass(frozen=True, slots=True)
class Code:
    """A problem: its function's name, the code as a literal, its status."""

    function: str
    literal: str
    status: int
    docstring: str


_TAKEN = frozenset({"Detail", "Members", "Problem", "Unpack"})


def codes(operations: tuple[Operation, ...]) -> tuple[Code, ...]:
    """All codes, by status and in the order of first mention."""
    statuses: dict[str, dict[int, None]] = {}
    for operation in operations:
        for response in operation.responses:
            if response.status.isdigit():
                for code in response.error_codes:
                    statuses.setdefault(code, {})[int(response.status)] = None
    found: list[Code] = []
    for code, seen in sorted(statuses.items(), key=lambda entry: min(entry[1])):
        status = next(iter(seen))
        others = ", ".join(str(other) for other in seen if other != status)
        more = f"Also declared for {others}: pass `status`." if others else ""
        name = distinct(identifier(code, fallback="code"), [*_TAKEN, *(c.function for c in found)])
        about = docstring(f"{status} `{code}`.", more, indent="    ")
        found.append(Code(name, quoted(code), status, about))
    return tuple(found)
