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

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import OAuthFlow, SecurityScheme


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each scheme in use whose mechanics differ."""
    changed = {
        name: _differences(old, comparison.head.security_schemes[name])
        for name, old in comparison.base.security_schemes.items()
        if name in comparison.head.security_schemes
    }
    for kept in comparison.changed():
        for name in dict.fromkeys(use.scheme for row in kept.base.security for use in row):
            for what, verdict in changed.get(name, ()):
                yield finding(
                    RULE.id,
                    RULE.tier,
                    verdict,
                    f"{what} of security scheme {name!r} changed",
                    operation=kept.label,
                    side=kept.request,
                    base=comparison.base.security_schemes[name].origin,
                    head=comparison.head.security_schemes[name].origin,
                    at=((_KEYWORDS[what],),),
                    detail=what,
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


def _differences(old: SecurityScheme, new: SecurityScheme) -> tuple[tuple[str, Verdict], ...]:
    same_name = old.api_key_name == new.api_key_name or (
        old.api_key_in == new.api_key_in == "header"
        and old.api_key_name.lower() == new.api_key_name.lower()
    )
    rows = (
        ("the type", old.kind == new.kind),
        ("the name of the key", same_name),
        ("the place of the key", old.api_key_in == new.api_key_in),
        ("the HTTP scheme", old.http_scheme.lower() == new.http_scheme.lower()),
        ("the OpenID Connect URL", old.openid_url == new.openid_url),
        ("the OAuth2 metadata URL", old.oauth2_metadata_url == new.oauth2_metadata_url),
        ("the signature profile", old.signature == new.signature),
        (
            "an OAuth2 flow",
            all(any(_serves(flow, other) for other in new.flows) for flow in old.flows),
        ),
    )
    broken = tuple((what, Verdict.BREAKING) for what, same in rows if not same)
    if not broken and old.flows != new.flows:
        return (("what the OAuth2 flows offer", Verdict.COMPATIBLE),)
    return broken


def _serves(old: OAuthFlow, new: OAuthFlow) -> bool:
    """Whether a client of the old flow gets its tokens from the new one."""
    addresses = ("authorization_url", "token_url", "device_authorization_url", "refresh_url")
    return (
        old.name == new.name
        and all(getattr(old, name) == getattr(new, name) for name in addresses)
        and old.scopes.keys() <= new.scopes.keys()
    )


RULE = Rule("security-scheme-changed", Tier.BEHAVIOUR, "security", "change", check)
