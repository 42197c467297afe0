"""A changelog's releases: each section of the second level is one, with a page of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.docs.pages import Page

_FENCE = re.compile(r"^\s{0,3}(```|~~~)")
_RELEASE = re.compile(r"^##\s+(.+?)\s*#*\s*$")
_HEADING = re.compile(r"^#(#{2,5}\s)")
_ODD = re.compile(r"[^\w.]+")
_LINK = re.compile(r"\[([^\]]+)\](?:\([^)]*\))?")


@dataclass(frozen=True, slots=True)
class Changelog:
    """A changelog in parts.

    Attributes:
        whole: All of it as one page, headings linked to the pages of their releases.
        releases: A page each, newest first, as the file has them.
    """

    whole: Page
    releases: tuple[Page, ...]


def changelog(one: Page) -> Changelog:
    """The parts of a changelog's page."""
    lines: list[str] = []
    found: list[tuple[str, list[str]]] = []
    taken: set[str] = set()
    for line, fenced in _fenced(one.text):
        heading = None if fenced else _RELEASE.match(line)
        if heading:
            title = _LINK.sub(r"\1", heading[1])
            title = title[:1].upper() + title[1:]
            found.append((title, []))
            lines.append(f"## [{title}]({_slug(title, taken)}.html)")
            continue
        lines.append(line)
        if found:
            found[-1][1].append(line if fenced else _HEADING.sub(r"\1", line))
    taken.clear()
    pages = tuple(
        Page(_slug(title, taken), title, f"# {title}\n" + "\n".join(body) + "\n")
        for title, body in found
    )
    return Changelog(Page(one.slug, one.title, "\n".join(lines) + "\n"), pages)


def _slug(title: str, taken: set[str]) -> str:
    """A file name for a release that no other has; a repeated heading gets a mark behind."""
    slug = f"release-{_ODD.sub('-', title.lower()).strip('-.')}"
    while slug in taken:
        slug += "-again"
    taken.add(slug)
    return slug


def _fenced(text: str) -> Iterator[tuple[str, bool]]:
    """Lines, and whether they stand in a block of code."""
    fence = ""
    for line in text.splitlines():
        mark = _FENCE.match(line)
        yield line, bool(fence or mark)
        if mark and (not fence or mark[1] == fence):
            fence = "" if fence else mark[1]
