"""Tables that the contract knows better than any guide: error codes, rate limits."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.ir.contract import Contract, HttpBinding

MARKERS = ("error-codes", "rate-limits")
"""`<!-- wireproof:error-codes -->` in a guide stands for the table of that name."""


@dataclass(frozen=True, slots=True)
class Table:
    """Headings and rows of Markdown cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        """The table as Markdown; a sentence where it has no rows."""
        if not self.rows:
            return "The contract declares none.\n"
        lines = [self.head, tuple("---" for _ in self.head), *self.rows]
        return "".join("| " + " | ".join(map(_cell, line)) + " |\n" for line in lines)


def table(name: str, contract: Contract) -> Table:
    """The table behind a marker. KeyError where there is none of that name."""
    return {"error-codes": error_codes, "rate-limits": rate_limits}[name](contract)


def error_codes(contract: Contract) -> Table:
    """Every code of `x-error-codes` with its statuses and the operations that answer it."""
    found: dict[str, tuple[set[str], list[str]]] = {}
    for operation in contract.operations:
        for response in operation.responses:
            for code in response.error_codes:
                statuses, operations = found.setdefault(code, (set(), []))
                statuses.add(response.status)
                if operation.id not in operations:
                    operations.append(operation.id)
    everywhere = len(contract.operations)
    rows = [
        (
            f"`{code}`",
            ", ".join(sorted(statuses)),
            "all" if len(names) == everywhere else ", ".join(f"`{name}`" for name in names),
        )
        for code, (statuses, names) in sorted(
            found.items(), key=lambda item: (min(item[1][0]), item[0])
        )
    ]
    return Table(("Code", "Status", "Operations"), tuple(rows))


def rate_limits(contract: Contract) -> Table:
    """The buckets of `x-rate-limits` with the calls that they pay for."""
    rows = []
    for bucket in contract.rate_limits:
        calls = [
            f"`{o.binding.method} {o.binding.path}` ({o.rate_limit.cost})"
            for o in contract.operations
            if isinstance(o.binding, HttpBinding)
            and o.rate_limit is not None
            and o.rate_limit.bucket == bucket.name
        ]
        rate = f"{bucket.rate.normalize():f} a second"
        rows.append(
            (f"`{bucket.name}`", rate, str(bucket.burst), bucket.partition, ", ".join(calls))
        )
    return Table(("Bucket", "Refill", "Burst", "Shared by", "Calls (cost)"), tuple(rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
