"""A complete program for each operation, for documentation."""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.emit.python.files import planned
from wireproof.emit.target import EmitInput


def samples(given: EmitInput) -> Iterator[tuple[str, str]]:
    """Operation id and program, in the order of the client's methods.

    Credentials and the server come from the environment, as the client reads them. Operations that
    cannot be generated have none; of one that several resources offer, the first is shown.
    """
    plan = planned(given)
    package, client = plan.package.name, plan.package.client
    seen: set[str] = set()
    for resource in plan.resources:
        for method in resource.methods:
            if method.operation.id not in seen:
                seen.add(method.operation.id)
                head = f"from {package} import {client}\n\nclient = {client}()\n"
                yield method.operation.id, head + "\n".join(method.sample) + "\n"
