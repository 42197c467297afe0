"""A security scheme works differently.

What
    What a client has to send for a scheme differs: its type, an API key's name or place,
    the HTTP scheme, OAuth2 URLs or the profile of `x-http-signature`.

Why
    Credentials built for the base are not understood by the head. It is reported only while
    operations of the base use the scheme.

Upgrade
    Present the credential as the scheme asks now.

Bad
    base:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      paths:
        /orders:
          post:
            security: [{key: []}]
            responses: {"200": {description: ok}}
    head:
      components:
        securitySchemes:
          key: {type: apiKey, in: query, name: key}
      paths:
        /orders:
          post:
            security: [{key: []}]
            responses: {"200": {description: ok}}

Good
    base:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key}
      paths:
        /orders:
          post:
            security: [{key: []}]
            responses: {"200": {description: ok}}
    head:
      components:
        securitySchemes:
          key: {type: apiKey, in: header, name: X-Key, description: Yours}
      paths:
        /orders:
          post:
            security: [{key: []}]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from typing import NamedTuple

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import HttpSignature, OAuthFlow, SecurityScheme


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each scheme in use whose mechanics differ."""
    changed = {
        name: _differences(old, comparison.head.security_schemes[name])
        for name, old in comparison.base.security_schemes.items()
        if name in comparison.head.security_schemes
    }
    for kept in comparison.changed():
        for name in dict.fromkeys(use.scheme for row in kept.base.security for use in row):
            for one in changed.get(name, ()):
                yield finding(
                    RULE.id,
                    RULE.tier,
                    one.verdict,
                    f"{one.what} of security scheme {name!r} {one.told}",
                    operation=kept.label,
                    side=kept.request,
                    base=comparison.base.security_schemes[name].origin,
                    head=comparison.head.security_schemes[name].origin,
                    at=((_KEYWORDS[one.what],),),
                    detail=one.what,
                )


_KEYWORDS = {
    "the type": "type",
    "the name of the key": "name",
    "the place of the key": "in",
    "the HTTP scheme": "scheme",
    "the OpenID Connect URL": "openIdConnectUrl",
    "the OAuth2 metadata URL": "oauth2MetadataUrl",
    "the signature profile": "x-http-signature",
    "an OAuth2 flow": "flows",
    "what the OAuth2 flows offer": "flows",
}
"""What may differ -> where it is stated."""


class _Difference(NamedTuple):
    """What differs, how it is told, and what it does."""

    what: str
    told: str
    verdict: Verdict


def _differences(old: SecurityScheme, new: SecurityScheme) -> tuple[_Difference, ...]:
    found = []
    for what, before, after in (
        ("the type", old.kind, new.kind),
        ("the name of the key", _key(old), _key(new)),
        ("the place of the key", old.api_key_in, new.api_key_in),
        ("the HTTP scheme", old.http_scheme.lower(), new.http_scheme.lower()),
        ("the OpenID Connect URL", old.openid_url, new.openid_url),
        ("the OAuth2 metadata URL", old.oauth2_metadata_url, new.oauth2_metadata_url),
    ):
        if before != after:
            told = f"is {after or 'none'!s} now; it was {before or 'none'!s}"
            found.append(_Difference(what, told, Verdict.BREAKING))
    if old.signature != new.signature:
        told = f"differs: {_told(old.signature, new.signature)}"
        found.append(_Difference("the signature profile", told, Verdict.BREAKING))
    lost = [flow for flow in old.flows if not any(_serves(flow, other) for other in new.flows)]
    if lost:
        told = f"serves no more: {', '.join(_flow(flow, new) for flow in lost)}"
        found.append(_Difference("an OAuth2 flow", told, Verdict.BREAKING))
    if not found and old.flows != new.flows:
        offer = _Difference("what the OAuth2 flows offer", "grew", Verdict.COMPATIBLE)
        return (offer,)
    return tuple(found)


def _key(scheme: SecurityScheme) -> str:
    """The name of an API key; those of headers ignore case."""
    return scheme.api_key_name.lower() if scheme.api_key_in == "header" else scheme.api_key_name


def _told(old: HttpSignature | None, new: HttpSignature | None) -> str:
    """The parts of a signature profile that differ."""
    if old is None or new is None:
        return "it is gone" if new is None else "it is new"
    parts = (
        f"{name.replace('_', '-')} is {_value(after)} now; it was {_value(before)}"
        for name, before, after in (
            (one.name, getattr(old, one.name), getattr(new, one.name)) for one in fields(old)
        )
        if before != after
    )
    return ", ".join(parts)


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _flow(old: OAuthFlow, new: SecurityScheme) -> str:
    """A flow that is lost, and what of it."""
    same = next((flow for flow in new.flows if flow.name == old.name), None)
    if same is None:
        return old.name
    lost = [f"no scope {one}" for one in sorted(old.scopes.keys() - same.scopes.keys())]
    moved = [name for name in _ADDRESSES if getattr(old, name) != getattr(same, name)]
    told = lost + [f"another {name.replace('_', ' ')}" for name in moved]
    return f"{old.name} ({', '.join(told)})"


_ADDRESSES = ("authorization_url", "token_url", "device_authorization_url", "refresh_url")


def _serves(old: OAuthFlow, new: OAuthFlow) -> bool:
    """Whether a client of the old flow gets its tokens from the new one."""
    return (
        old.name == new.name
        and all(getattr(old, name) == getattr(new, name) for name in _ADDRESSES)
        and old.scopes.keys() <= new.scopes.keys()
    )


RULE = Rule("security-scheme-changed", Tier.BEHAVIOUR, "security", "change", check)
