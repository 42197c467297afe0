"""Guides: Markdown files of a project, in the order of their names, as HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, Span
from wireproof.docs.highlight import highlighted
from wireproof.docs.tables import MARKERS

_ORDER = re.compile(r"^\d+[-_]")
_TITLE = re.compile(r"^#\s+(.+?)\s*#*\s*$", re.MULTILINE)
_MARKER = re.compile(r"<!--\s*wireproof:([a-z-]+)\s*-->")
_SECTION = re.compile(r'<h2 id="([^"]+)">(.*?)</h2>')
_TAG = re.compile(r"<[^>]+>")
_LINK = re.compile(r'(<a href=")(?!\w+:|#|/)([^"#]+?)\.md((?:#[^"]*)?")')


@dataclass(frozen=True, slots=True)
class Page:
    """A page: file name without ending, title, Markdown."""

    slug: str
    title: str
    text: str


def guides(folder: Path) -> list[Page]:
    """The Markdown files of a folder; `10-errors.md` becomes the page `errors`."""
    if not folder.is_dir():
        return []
    return [
        page(_ORDER.sub("", path.stem), path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.md"))
    ]


def page(slug: str, text: str) -> Page:
    """A page whose title is its first heading."""
    heading = _TITLE.search(text)
    title = heading.group(1) if heading else slug.replace("-", " ").capitalize()
    return Page(slug, title.replace("`", ""), text)


def filled(one: Page, table: Callable[[str], str]) -> tuple[Page, list[Diagnostic]]:
    """The page with tables in the place of its markers."""
    unknown: list[Diagnostic] = []

    def fill(match: re.Match[str]) -> str:
        name = match.group(1)
        if name in MARKERS:
            return "\n" + table(name)
        line = one.text.count("\n", 0, match.start()) + 1
        unknown.append(
            Diagnostic(
                "docs-marker",
                Severity.WARNING,
                f"there is no table {name}",
                Span.point(f"{one.slug}.md", line),
                help=f"known are {', '.join(MARKERS)}",
            )
        )
        return ""

    return Page(one.slug, one.title, _MARKER.sub(fill, one.text)), unknown


def html(text: str) -> str:
    """Markdown (CommonMark with tables) as HTML; HTML within it is shown, not run."""
    from markdown_it import MarkdownIt  # noqa: PLC0415 - keeps the other commands fast

    options = {"html": False, "highlight": highlighted}
    made = MarkdownIt("commonmark", options).enable("table").render(text)
    return _LINK.sub(_linked, _anchored(str(made)))


def sections(made: str) -> list[dict[str, str]]:
    """The second-level headings of a page's HTML: where they are, and their words as HTML."""
    return [{"slug": slug, "title": _TAG.sub("", title)} for slug, title in _SECTION.findall(made)]


def _linked(match: re.Match[str]) -> str:
    return f"{match.group(1)}{_ORDER.sub('', match.group(2))}.html{match.group(3)}"


def _anchored(made: str) -> str:
    """Headings that can be linked to."""

    def anchor(match: re.Match[str]) -> str:
        plain = re.sub(r"<[^>]+>|&\w+;", "", match.group(2)).lower()
        slug = re.sub(r"[^\w]+", "-", plain).strip("-")
        return f'<h{match.group(1)} id="{slug}">{match.group(2)}</h{match.group(1)}>'

    return re.sub(r"<h([1-4])>(.*?)</h\1>", anchor, made)
