"""An operation can be reached at another address.

What
    The head lists a server URL for an operation that the base does not.

Why
    Nothing breaks: the old addresses are judged by `server-removed`.

Good
    base:
      servers: [{url: 'https://a.example'}]
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      servers: [{url: 'https://a.example'}, {url: 'https://b.example'}]
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


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each server URL that an operation gains."""
    for kept in comparison.changed():
        base = {server.url.rstrip("/") for server in kept.base.servers}
        for server in kept.head.servers:
            if server.url.rstrip("/") not in base:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.COMPATIBLE,
                    f"the server {server.url} was added",
                    operation=kept.label,
                    detail=server.url,
                    base=comparison.base.origin.get("servers"),
                    head=comparison.head.origin.get("servers"),
                    spots=(_spot(kept.base, server.url), _spot(kept.head, server.url)),
                )


def _spot(operation: Operation, url: str) -> Node | None:
    """The server in the list that holds for an operation, or the list where it has none."""
    return spot(governing(operation.origin, "servers"), [(Having("url", url),)])


RULE = Rule("server-added", Tier.BEHAVIOUR, "server", "add", check)
