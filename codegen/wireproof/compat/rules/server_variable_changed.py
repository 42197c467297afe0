"""An address is made of other parts.

What
    The default or the allowed values of a server's variable differ.

Why
    Clients that leave the variable alone go where the default points; those that set a value that
    is no longer allowed go nowhere.

Upgrade
    Put one of the values that are left into the server's address.

Bad
    base:
      servers:
        - url: 'https://{region}.example'
          variables: {region: {default: eu, enum: [eu, us]}}
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      servers:
        - url: 'https://{region}.example'
          variables: {region: {default: eu, enum: [eu]}}
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}

Good
    base:
      servers:
        - url: 'https://{region}.example'
          variables: {region: {default: eu, enum: [eu]}}
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      servers:
        - url: 'https://{region}.example'
          variables: {region: {default: eu, enum: [eu, us]}}
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.places import Having, governing, spot
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import Operation
from wireproof.source.node import Node

Variable = tuple[str, tuple[str, ...]]
"""Default and allowed values; no values allow any."""


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each variable that differs."""
    for kept in comparison.changed():
        heads = {server.url.rstrip("/"): server for server in kept.head.servers}
        for server in kept.base.servers:
            after = heads.get(server.url.rstrip("/"))
            if after is None:
                continue
            for name in {**server.variables, **after.variables}:
                default, allowed = server.variables.get(name, ("", ()))
                new_default, new_allowed = after.variables.get(name, ("", ()))
                if (default, set(allowed)) == (new_default, set(new_allowed)):
                    continue
                lost = bool(new_allowed) and not set(allowed or new_allowed) <= set(new_allowed)
                closed = bool(new_allowed) and not allowed
                known = name in server.variables
                breaks = known and (default != new_default or lost or closed)
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                    f"the variable {name!r} of the server {server.url}: "
                    f"{_told(server.variables.get(name), after.variables.get(name))}",
                    operation=kept.label,
                    detail=f"{server.url} {name}",
                    base=comparison.base.origin.get("servers"),
                    head=comparison.head.origin.get("servers"),
                    spots=(
                        _spot(kept.base, server.url, name),
                        _spot(kept.head, after.url, name),
                    ),
                )


def _told(before: Variable | None, after: Variable | None) -> str:
    """What the variable was and is."""
    if before is None or after is None:
        return "it was added" if before is None else "it was removed"
    said = []
    if before[0] != after[0]:
        said.append(f"the default is {after[0]!r} now; it was {before[0]!r}")
    if set(before[1]) != set(after[1]):
        said.append(f"allowed is {_listed(after[1])} now; it was {_listed(before[1])}")
    return ", ".join(said)


def _listed(values: tuple[str, ...]) -> str:
    return ", ".join(map(repr, values)) if values else "any value"


def _spot(operation: Operation, url: str, name: str) -> Node | None:
    """The variable, or the server that lacks it."""
    server = Having("url", url)
    ways = [(server, "variables", name), (server,)]
    return spot(governing(operation.origin, "servers"), ways)


RULE = Rule("server-variable-changed", Tier.BEHAVIOUR, "server", "change", check)
