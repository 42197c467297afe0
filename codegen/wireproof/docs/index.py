"""What the site's search knows: sections of pages, operations. It is worked out when built."""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wireproof.ir.contract import Contract, HttpBinding, Operation

_HEADING = re.compile(r'<h[123] id="([^"]+)">(.*?)</h[123]>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")
_BLANK = re.compile(r"\s+")
_ODD = re.compile(r"[^\w]+")
_LONGEST = 1_500
"""Characters of a section that are searched."""


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found.

    Attributes:
        title: What it is called.
        part: What it is part of: a page's title, or an operation's method and path.
        url: Where it stands, seen from the site's root.
        text: The words that are searched beside these.
    """

    title: str
    part: str
    url: str
    text: str


def of_page(slug: str, title: str, body: str) -> Iterator[Entry]:
    """The sections of a page's HTML, what stands before the first heading among them."""
    pieces = _HEADING.split(body)
    if lead := _plain(pieces[0]):
        yield Entry(title, "", f"{slug}.html", lead)
    for anchor, heading, text in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        name = _plain(heading)
        part = "" if name == title else title
        url = f"{slug}.html" if name == title else f"{slug}.html#{anchor}"
        yield Entry(name, part, url, _plain(text))


def of_operations(contract: Contract) -> Iterator[Entry]:
    """The operations, each with the words of its description and the names of its parameters."""
    for one in contract.operations:
        assert isinstance(one.binding, HttpBinding)  # noqa: S101 - the union has one member today
        names = " ".join(parameter.name for parameter in one.parameters)
        yield Entry(
            one.summary or one.id,
            f"{one.binding.method} {one.binding.path}",
            f"reference.html#/{_anchor(one)}",
            _cut(f"{one.id} {names} {_BLANK.sub(' ', one.description.replace('`', ''))}"),
        )


def _anchor(operation: Operation) -> str:
    """Where redoc shows an operation: its first tag and its id, in lower case."""
    parts = [*operation.tags[:1], operation.id]
    return "/".join(_ODD.sub("-", part.lower()).strip("-") for part in parts)


def script(entries: Sequence[Entry]) -> str:
    """The index as a classic script, which a page opened from a file may load too."""
    rows = [[one.title, one.part, one.url, one.text] for one in entries]
    data = json.dumps(rows, ensure_ascii=True, separators=(",", ":"))
    return f"window.siteIndex = {data};\n"


def _plain(made: str) -> str:
    return _cut(_BLANK.sub(" ", entities.unescape(_TAG.sub(" ", made))).strip())


def _cut(text: str) -> str:
    return text[:_LONGEST]
