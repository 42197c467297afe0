"""Why a break cannot be replayed, by the rule that found it."""

from __future__ import annotations

from wireproof.compat.finding import Finding, Side, Tier

_MISSED = "what is missed is no message: nothing is sent that shows it"
_TAG = "validators read the base schema alone; the tag matters to who chooses by it"
_REASONS = {
    "encoding-changed": "mocks take the parts of a form however they are encoded",
    "header-serialisation-changed": "text in a header is read in every way that it may be meant",
    "parameter-emptiness-changed": "mocks judge an empty value by its schema alone",
    "response-header-added": "receivers of webhooks and callbacks are not asked for their answers",
    "response-media-type-removed": _MISSED,
    "response-status-removed": _MISSED,
    "heir-added": _TAG,
    "heir-removed": _TAG,
    "discriminator-changed": _TAG,
    "dialect-changed": "it is about how schemas are read, not about one message",
    "server-removed": "it is about an address, and a replay stays on this machine",
    "server-variable-changed": "it is about an address, and a replay stays on this machine",
}


def reason(finding: Finding) -> str:
    """One clause."""
    if finding.tier is Tier.SDK:
        return "it breaks source code, not messages"
    known = _REASONS.get(finding.rule)
    if known:
        return known
    if finding.witness is not None:
        side = "an answer" if finding.side is Side.RESPONSE else "a request"
        return f"the witness is a part of {side}, and no whole one was found that holds it"
    return "messages stay valid, what they mean changes"
