"""A table in Markdown, for comments on pull requests and summaries of jobs."""

from __future__ import annotations

import re

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.report.listing import Listing
from wireproof.report.text import summary

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+!|~@-])")
_ROWS = 100


def render(listing: Listing) -> str:
    """A headline with counts, then the worst findings first, at most a hundred of them."""
    diagnostics = list(listing.diagnostics())
    if not diagnostics:
        return f"**wireproof {listing.name}**: no findings\n"
    ranked = sorted(diagnostics, key=lambda one: -one.severity)
    rows = "".join(_row(one) for one in ranked[:_ROWS])
    left = len(ranked) - _ROWS
    more = f"\n... and {left} more.\n" if left > 0 else ""
    return (
        f"**wireproof {listing.name}**: {summary(diagnostics)}\n\n"
        f"| Severity | Place | Rule | Message |\n|---|---|---|---|\n{rows}{more}"
    )


def _row(diagnostic: Diagnostic) -> str:
    span = diagnostic.span
    place = f"{_escaped(span.file)}:{span.line}" if span else ""
    label = diagnostic.severity.label
    shown = f"**{label}**" if diagnostic.severity is Severity.ERROR else label
    text = "; ".join(filter(None, (_escaped(diagnostic.message), _escaped(diagnostic.help))))
    return f"| {shown} | {place} | {_escaped(diagnostic.rule)} | {text} |\n"


def _escaped(text: str) -> str:
    """Text that stays text: no markup, no mention, one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
