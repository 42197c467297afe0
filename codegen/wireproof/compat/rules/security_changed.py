"""Other credentials are asked for.

What
    The security alternatives of an operation differ: schemes, scopes, or whether anonymous
    calls are allowed.

Why
    Credentials that were enough must stay enough: each alternative of the base has to
    contain some alternative of the head, with no scope added. A call that was anonymous
    must stay so.

Upgrade
    Present the credentials that are asked for now.

Bad
    base:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          oauth:
            type: oauth2
            flows: {clientCredentials: {tokenUrl: /t, scopes: {read: r, trade: t}}}
      paths:
        /orders:
          post:
            security: [{oauth: [read]}]
            responses: {"200": {description: ok}}
    head:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          oauth:
            type: oauth2
            flows: {clientCredentials: {tokenUrl: /t, scopes: {read: r, trade: t}}}
      paths:
        /orders:
          post:
            security: [{oauth: [read, trade]}]
            responses: {"200": {description: ok}}

Good
    base:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          oauth:
            type: oauth2
            flows: {clientCredentials: {tokenUrl: /t, scopes: {read: r, trade: t}}}
      paths:
        /orders:
          post:
            security: [{oauth: [read, trade]}]
            responses: {"200": {description: ok}}
    head:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
          oauth:
            type: oauth2
            flows: {clientCredentials: {tokenUrl: /t, scopes: {read: r, trade: t}}}
      paths:
        /orders:
          post:
            security: [{oauth: [read]}, {key: []}]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.places import governing
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import Operation


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose security alternatives differ."""
    for kept in comparison.changed():
        before, after = _alternatives(kept.base), _alternatives(kept.head)
        if before == after:
            continue
        refused = [old for old in before if not any(_enough(old, new) for new in after)]
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.BREAKING if refused else Verdict.COMPATIBLE,
            f"calls with {_said(refused[0])} are refused now; needed is {_either(after)}"
            if refused
            else f"calls are accepted with {_either(after)}; it was {_either(before)}",
            operation=kept.label,
            side=kept.request,
            base=kept.base.origin,
            head=kept.head.origin,
            spots=(
                governing(kept.base.origin, "security"),
                governing(kept.head.origin, "security"),
            ),
            detail=_either(after),
        )


Credentials = Mapping[str, frozenset[str]]


def _alternatives(operation: Operation) -> list[Credentials]:
    stated = operation.security or ((),)
    return [{use.scheme: frozenset(use.scopes) for use in alternative} for alternative in stated]


def _enough(given: Credentials, needed: Credentials) -> bool:
    return all(scheme in given and needed[scheme] <= given[scheme] for scheme in needed)


def _said(credentials: Credentials) -> str:
    if not credentials:
        return "no credentials"
    return " and ".join(
        f"{scheme} ({', '.join(sorted(scopes))})" if scopes else scheme
        for scheme, scopes in credentials.items()
    )


def _either(alternatives: list[Credentials]) -> str:
    return " or ".join(map(_said, alternatives))


RULE = Rule("security-changed", Tier.BEHAVIOUR, "security", "change", check)
