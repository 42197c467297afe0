"""What block and flow styles of YAML share: properties, aliases, quoted scalars, marks."""

from __future__ import annotations

import re
from difflib import get_close_matches

from wireproof.diagnostics import LoadError
from wireproof.source.node import Json
from wireproof.source.scalars import CANDIDATES, resolve
from wireproof.source.text import MAX_DEPTH, Text
from wireproof.source.yaml_marks import Mark, Marks, Repeat, whole
from wireproof.source.yaml_scalars import (
    DOUBLE,
    SINGLE,
    BadScalarError,
    double_quoted,
    single_quoted,
)

MAX_EXPANSION = 1_000_000
"""Values that aliases may stand for in one file, counting what they contain."""

_QUOTED = {'"': re.compile(DOUBLE), "'": re.compile(SINGLE)}
_PROPERTY = re.compile(r"&([^ \t\n,\[\]{}]+)|(!<[^> \t\n]*>|![^ \t\n,\[\]{}]*)")
_ALIAS = re.compile(r"\*([^ \t\n,\[\]{}]+)")
_CORE_TAGS = frozenset(
    f"{prefix}{name}"
    for prefix in ("!!", "tag:yaml.org,2002:")
    for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp")
)


class Properties:
    """Anchor and tag in front of a node; both "" where there are none."""

    __slots__ = ("anchor", "start", "tag")

    def __init__(self, start: int) -> None:
        self.start = start
        self.anchor = ""
        self.tag = ""


class Reader:
    """State of one pass over a file.

    Values come out plain; `marks` tells where every entry of every container stands.
    """

    def __init__(self, text: Text) -> None:
        self.text = text
        self.s = text.value + "\0"  # a sentinel: looking one character ahead is always possible
        self.limit = len(text.value)
        self.pos = 0
        self.start = 0  # of the value read last
        self.end = 0
        self.scalar: str | None = None  # its text, where it can be a key
        self.depth = 0
        self.marks: Marks = {}
        self.repeats: list[Repeat] = []
        self._anchors: dict[str, tuple[Json, int]] = {}
        self._sizes: dict[int, int] = {}
        self._expanded = 0

    def fail(self, pos: int, message: str, hint: str, *, end: int | None = None) -> LoadError:
        """A syntax error at an offset."""
        return self.text.error(pos, message, hint, end=end)

    def enter(self) -> None:
        """Go one container deeper.

        Raises:
            LoadError: Deeper than anybody needs.
        """
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.text.error(
                self.pos,
                f"nested deeper than {MAX_DEPTH} levels",
                "name the inner parts under components and refer to them",
                rule="nesting",
            )

    def put(self, out: dict[str, Json], key: str, value: Json, mark: Mark) -> None:
        """Add an entry to a mapping; a repeated key is noted, and the later value stays."""
        places = self.marks[id(out)]
        if key in out:
            first = whole(self.s, key, places[key])
            self.repeats.append(Repeat(key, first[:2], mark[:2]))
        places[key] = mark
        out[key] = value

    def quoted(self, pos: int) -> tuple[str, int]:
        """A quoted scalar at `pos`: its text and the offset behind it."""
        quote = self.s[pos]
        match = _QUOTED[quote].match(self.s, pos)
        if match is None:
            raise self.fail(
                pos, f"this {quote} is never closed", f"add the closing {quote}", end=pos + 1
            )
        if quote == "'":
            return single_quoted(match[0]), match.end()
        try:
            return double_quoted(match[0]), match.end()
        except BadScalarError as error:
            raise self.fail(pos + error.offset, str(error), error.hint) from None

    def properties(self, pos: int, skip: re.Pattern[str]) -> tuple[Properties, int]:
        """Anchor and tag at `pos`, with what separates them, and the offset behind."""
        found = Properties(pos)
        while match := _PROPERTY.match(self.s, pos):
            if match[1]:
                found.anchor = match[1]
            else:
                found.tag = self._tag(match)
            pos = match.end()
            space = skip.match(self.s, pos)
            pos = space.end() if space else pos
        return found, pos

    def _tag(self, match: re.Match[str]) -> str:
        tag = match[2]
        if tag.startswith("!<"):
            tag = tag[2:-1]
        if tag != "!" and tag not in _CORE_TAGS:
            raise self.fail(
                match.start(),
                f"the tag {match[2]} means nothing in an OpenAPI document",
                "write plain YAML: mappings, sequences, text, numbers, true, false, null",
                end=match.end(),
            )
        return tag.rpartition("!" if tag.startswith("!") else ":")[2] or "str"

    def apply(self, properties: Properties, value: Json, raw: str | None) -> Json:
        """A value under its properties; `raw` is a plain scalar's own text."""
        tag = properties.tag
        if tag and not isinstance(value, (dict, list)):
            text = raw if raw is not None else value
            if tag in ("str", "timestamp"):
                value = "" if text is None else text
            elif isinstance(value, str) and raw is None and isinstance(text, str):
                value = resolve(text)
        if properties.anchor:
            self._anchors[properties.anchor] = (value, self._size(value))
            if isinstance(value, (dict, list)):
                self._sizes[id(value)] = self._anchors[properties.anchor][1]
        return value

    def alias(self, pos: int) -> tuple[Json, int]:
        """The value of the alias at `pos`, and the offset behind it."""
        match = _ALIAS.match(self.s, pos)
        if match is None:
            raise self.fail(pos, "* begins an alias, but no name follows", "put quotes around it")
        name = match[1].rstrip(":") if match[1] not in self._anchors else match[1]
        if name not in self._anchors:
            close = get_close_matches(name, self._anchors, 1)
            hint = (
                f"did you mean *{close[0]}?"
                if close
                else "put quotes around text that begins with *"
            )
            raise self.fail(pos, f"no anchor &{name} stands above this", hint, end=match.end())
        value, size = self._anchors[name]
        self._expanded += size
        if self._expanded > MAX_EXPANSION:
            raise self.text.error(
                pos,
                f"aliases in this file stand for more than {MAX_EXPANSION:,} values",
                "write the repeated part once under components and refer to it with $ref",
                rule="alias-bomb",
            )
        return value, pos + 1 + len(name)

    def _size(self, value: Json) -> int:
        """How many values stand in a value, aliases expanded."""
        total, stack = 0, [value]
        while stack:
            item = stack.pop()
            total += self._sizes.get(id(item), 0) if isinstance(item, (dict, list)) else 0
            if isinstance(item, (dict, list)) and id(item) in self._sizes:
                continue
            total += 1
            if isinstance(item, dict):
                stack.extend(item.values())
            elif isinstance(item, list):
                stack.extend(item)
        return total

    def merge(self, out: dict[str, Json], value: Json, pos: int) -> None:
        """Merge key `<<`: entries that the mapping does not have itself, earlier sources first."""
        for source in value if isinstance(value, list) else [value]:
            if not isinstance(source, dict):
                raise self.fail(
                    pos, "<< merges mappings, and this is none", "point it at an anchored mapping"
                )
            for key, item in source.items():
                if key not in out:
                    out[key] = item
                    self.marks[id(out)][key] = self.marks[id(source)][key]


def plain(raw: str) -> Json:
    """The value of a plain scalar that stands on one line."""
    return resolve(raw) if raw[0] in CANDIDATES else raw
