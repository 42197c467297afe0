"""The gate's answer in Markdown, for comments on pull requests and summaries of jobs."""

from __future__ import annotations

from collections.abc import Sequence

from wireproof.report.as_markdown import render as table
from wireproof.report.findings import GateReport
from wireproof.report.findings_text import verdict
from wireproof.report.listing import Listing


def render(report: GateReport, listing: Listing) -> str:
    """The verdict, then the findings that are not merely compatible as a table."""
    return "\n\n".join(_parts(report, listing)) + "\n"


def _parts(report: GateReport, listing: Listing) -> Sequence[str]:
    headline = f"**wireproof {listing.name}**: {verdict(report)}"
    if not listing.entries:
        return (headline,)
    return headline, table(listing).partition("\n\n")[2].rstrip("\n")
