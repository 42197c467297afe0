"""A base URL is gone.

What
    A server URL of an operation in the base that the head does not list.

Why
    Clients that are configured with it call a place that no longer promises anything.
    Adding servers, or stating the first one, breaks nobody.

Upgrade
    Call one of the servers that are left.

Bad
    base:
      servers: [{url: https://api.example.test}, {url: https://eu.example.test}]
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      servers: [{url: https://api.example.test}]
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}

Good
    base:
      servers: [{url: https://api.example.test}]
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      servers: [{url: https://api.example.test}, {url: https://eu.example.test}]
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
    """One finding for each server URL that an operation loses."""
    for kept in comparison.changed():
        head = {server.url.rstrip("/") for server in kept.head.servers}
        for server in kept.base.servers:
            if server.url.rstrip("/") not in head | {""}:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.UNPROVEN,
                    f"the server {server.url} was removed",
                    operation=kept.label,
                    detail=server.url,
                    base=comparison.base.origin.get("servers"),
                    head=comparison.head.origin.get("servers"),
                    spots=(_spot(kept.base, server.url), _spot(kept.head, server.url)),
                    reason="a contract cannot say whether the old address still answers",
                )


def _spot(operation: Operation, url: str) -> Node | None:
    """The server in the list that holds for an operation, or the list where it has none."""
    return spot(governing(operation.origin, "servers"), [(Having("url", url),)])


RULE = Rule("server-removed", Tier.BEHAVIOUR, "server", "remove", check)
