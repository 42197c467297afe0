"""Flow style of YAML 1.2 (section 7.4): `[a, b]` and `{a: 1}`, JSON's own style included."""

from __future__ import annotations

import re

from wireproof.diagnostics import LoadError
from wireproof.source.node import Json
from wireproof.source.yaml_marks import Mark
from wireproof.source.yaml_reader import Reader, plain
from wireproof.source.yaml_scalars import FLOW_FIRST, FLOW_REST

_SPACE = re.compile(r"(?:[ \t\n]++(?:#[^\n]*+)?)*+")
_PLAIN = re.compile(FLOW_FIRST + FLOW_REST)
_MORE = re.compile(r"[ \t]*(\n(?:[ \t]*\n)*)[ \t]*((?![#:,\[\]{}]|[ \t\n])" + FLOW_REST + ")")
_COLON = re.compile(r":(?=[ \t\n,\[\]{}])")
_LINE_SPACE = re.compile(r"[ \t]*")


class FlowReader(Reader):
    """Adds flow collections. Every method that reads a value sets `start` and `end`."""

    def flow_value(self, pos: int) -> Json:
        """The flow node at `pos`; an absent one is null."""
        s = self.s
        begin, properties = pos, None
        if s[pos] in "&!":
            properties, pos = self.properties(pos, _SPACE)
        char, raw = s[pos], None
        value: Json
        self.scalar = None
        if char in "[{":
            value = self.flow_sequence(pos) if char == "[" else self.flow_mapping(pos)
            pos, self.scalar = self.end, None
        elif char in "\"'":
            value, pos = self.quoted(pos)
            self.scalar = value
        elif char == "*":
            value, pos = self.alias(pos)
            self.scalar = value if isinstance(value, str) else None
        else:
            raw, pos = self._flow_plain(pos)
            value = plain(raw) if raw else None
            self.scalar = raw
        if properties is not None:
            value = self.apply(properties, value, raw)
        self.start, self.end = begin, pos
        return value

    def _flow_plain(self, pos: int) -> tuple[str, int]:
        match = _PLAIN.match(self.s, pos)
        if match is None:
            return "", pos
        text, end = match[0].rstrip(" \t"), match.end()
        while more := _MORE.match(self.s, end):
            text += "\n" * (more[1].count("\n") - 1) or " "
            text += more[2].rstrip(" \t")
            end = more.end()
        while self.s[end - 1] in " \t":
            end -= 1
        return text, end

    def _open(self, pos: int) -> int:
        """Enter a collection; the offset of the first thing inside."""
        self.pos = pos
        self.enter()
        return self._skip(pos + 1)

    def _skip(self, pos: int) -> int:
        match = _SPACE.match(self.s, pos)
        return match.end() if match else pos

    def _next(self, pos: int, begin: int, close: str) -> int:
        """Behind an entry: over the comma, or to the closing bracket."""
        pos = self._skip(pos)
        if self._at_end(pos, begin) or self.s[pos] == close:
            return pos
        if self.s[pos] != ",":
            raise self.fail(
                pos,
                f"expected , or {close} here",
                f"separate entries with commas and close the {self.s[begin]} of "
                f"line {self.text.place(begin)[0]}",
                end=pos + 1,
            )
        pos = self._skip(pos + 1)
        self._at_end(pos, begin)
        return pos

    def _at_end(self, pos: int, begin: int) -> bool:
        if pos >= self.limit:
            raise self.fail(
                begin,
                f"this {self.s[begin]} is never closed",
                f"add the closing {'}' if self.s[begin] == '{' else ']'}",
                end=begin + 1,
            )
        return False

    def flow_sequence(self, begin: int) -> list[Json]:
        """The sequence whose `[` stands at `begin`."""
        out: list[Json] = []
        marks: dict[str | int, Mark | int] = {}
        self.marks[id(out)] = marks
        pos = self._open(begin)
        self._at_end(pos, begin)
        while self.s[pos] != "]":
            if self.s[pos] in ",}":
                raise self.fail(
                    pos, "a value is missing here", "remove the extra character", end=pos + 1
                )
            value = self._flow_item(pos, begin)
            marks[len(out)] = (self.start, self.end, self.start, self.end)
            out.append(value)
            pos = self._next(self.end, begin, "]")
        self._close(begin, pos)
        return out

    def _flow_item(self, pos: int, begin: int) -> Json:
        """One value, or `key: value`, which is a mapping of one entry."""
        if _COLON.match(self.s, pos):
            raise self.no_key(pos)
        value = self.flow_value(pos)
        key, key_end = self.scalar, self.end
        space = _LINE_SPACE.match(self.s, key_end)
        colon = space.end() if space else key_end
        if not (_COLON.match(self.s, colon) or self._adjacent(pos, colon)):
            if key_end == pos:
                raise self._unreadable(pos)
            return value
        if key is None:
            raise self._complex_key(pos)
        pair: dict[str, Json] = {}
        self.marks[id(pair)] = {}
        value = self._flow_entry_value(pos, key_end, begin)
        self.put(pair, key, value, (pos, key_end, self.start, self.end))
        self.start = pos
        return pair

    def _adjacent(self, pos: int, colon: int) -> bool:
        """Behind a quoted key the colon needs no space: `"a":1`."""
        return self.s[pos] in "\"'" and self.s[colon] == ":"

    def flow_mapping(self, begin: int) -> dict[str, Json]:
        """The mapping whose `{` stands at `begin`."""
        out: dict[str, Json] = {}
        self.marks[id(out)] = {}
        merges: list[tuple[Json, int]] = []
        pos = self._open(begin)
        self._at_end(pos, begin)
        while self.s[pos] != "}":
            if self.s[pos] in ",]":
                raise self.fail(
                    pos, "an entry is missing here", "remove the extra character", end=pos + 1
                )
            if self.s[pos] == "?" and self.s[pos + 1] in " \t\n":
                pos = self._skip(pos + 1)
            key, key_end = self._flow_key(pos)
            value = self._flow_entry_value(pos, key_end, begin)
            if self.s[pos:key_end] == "<<":
                merges.append((value, pos))
            else:
                self.put(out, key, value, (pos, key_end, self.start, self.end))
            pos = self._next(self.end, begin, "}")
        for value, place in merges:
            self.merge(out, value, place)
        self._close(begin, pos)
        return out

    def _flow_key(self, pos: int) -> tuple[str, int]:
        """The key at `pos`, and the offset behind it."""
        if _COLON.match(self.s, pos):
            raise self.no_key(pos)
        self.flow_value(pos)
        if self.end == pos:
            raise self._unreadable(pos)
        if self.scalar is None:
            raise self._complex_key(pos)
        return self.scalar, self.end

    def _flow_entry_value(self, pos: int, key_end: int, begin: int) -> Json:
        """The value of the entry whose key stands from `pos` to `key_end`; null if absent."""
        colon = self._skip(key_end)
        self._at_end(colon, begin)
        if not (_COLON.match(self.s, colon) or self._adjacent(pos, colon)):
            self.start = self.end = key_end
            return None
        place = self._skip(colon + 1)
        self._at_end(place, begin)
        value = self.flow_value(place)
        if self.end == place:  # nothing there
            self.start = self.end = colon + 1
        return value

    def _close(self, begin: int, pos: int) -> None:
        self.depth -= 1
        self.start, self.end = begin, pos + 1

    def _unreadable(self, pos: int) -> LoadError:
        char = self.s[pos]
        return self.fail(
            pos, f"{char!r} cannot begin a value here", "put quotes around the text", end=pos + 1
        )

    def no_key(self, pos: int) -> LoadError:
        """A colon with nothing before it."""
        return self.fail(pos, "a key is missing before this colon", "write key: value", end=pos + 1)

    def _complex_key(self, pos: int) -> LoadError:
        return self.fail(
            pos, "a mapping key must be text", "OpenAPI knows no collections as keys", end=pos + 1
        )
