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
from dataclasses import replace

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.places import governing
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import Operation, SecurityScheme
from wireproof.source.node import Node


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each operation whose security alternatives differ."""
    renamed = _renamed(comparison)
    for kept in comparison.changed():
        before, after = _alternatives(kept.base, {}), _alternatives(kept.head, renamed)
        if before == after:
            continue
        sent, read = (after, before) if kept.inverted else (before, after)
        refused = [one for one in sent if not any(_enough(one, other) for other in read)]
        yield finding(
            RULE.id,
            RULE.tier,
            Verdict.BREAKING if refused else Verdict.COMPATIBLE,
            f"calls with {_said(refused[0])} are refused now; needed is {_either(read)}"
            if refused
            else f"calls are accepted with {_either(after)}; it was {_either(before)}",
            operation=kept.label,
            side=kept.request,
            base=_home(kept.base),
            head=_home(kept.head),
            spots=(
                governing(kept.base.origin, "security"),
                governing(kept.head.origin, "security"),
            ),
            detail=_either(after),
        )


def _home(operation: Operation) -> Node:
    """What states the security of an operation: itself, or what holds for all that do not."""
    stated = governing(operation.origin, "security")
    inherited = stated is not None and operation.origin.get("security") is None
    return stated if stated is not None and inherited else operation.origin


Credentials = Mapping[str, frozenset[str]]


def _alternatives(operation: Operation, renamed: Mapping[str, str]) -> list[Credentials]:
    stated = operation.security or ((),)
    return [
        {renamed.get(use.scheme, use.scheme): frozenset(use.scopes) for use in alternative}
        for alternative in stated
    ]


def _renamed(comparison: Comparison) -> dict[str, str]:
    """The head's name of a scheme -> the base's, where nothing but the name differs."""
    base, head = comparison.base.security_schemes, comparison.head.security_schemes
    gone = {name: _mechanics(scheme) for name, scheme in base.items() if name not in head}
    return {
        name: old
        for name, scheme in head.items()
        if name not in base
        for old, mechanics in gone.items()
        if mechanics == _mechanics(scheme)
    }


def _mechanics(scheme: SecurityScheme) -> SecurityScheme:
    return replace(scheme, name="", description="", deprecated=False)


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
