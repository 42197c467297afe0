"""The formats by name, each imported only where it is asked for."""

from __future__ import annotations

from importlib import import_module

from wireproof.report.listing import Listing
from wireproof.report.text import Style, plain

FORMATS = {
    "text": "code frames for people",
    "json": "one JSON object",
    "sarif": "SARIF 2.1.0: code scanning",
    "junit": "JUnit XML: test reports",
    "github": "workflow commands: annotations of a pull request",
    "gitlab": "GitLab code quality",
    "markdown": "a table: comments and job summaries",
}
"""Name -> what it is for."""


def render(name: str, listing: Listing, style: Style = plain) -> str:
    """The listing in a format; `style` colours `text` only. KeyError for an unknown name."""
    if name not in FORMATS:
        raise KeyError(name)
    if name == "text":
        from wireproof.report import text  # noqa: PLC0415 - as the others

        return text.render(listing.diagnostics(), style)
    rendered: str = import_module(f"wireproof.report.as_{name}").render(listing)
    return rendered
