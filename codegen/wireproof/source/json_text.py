"""JSON: fast and exact values, repeated keys, and the place of every entry when asked."""

from __future__ import annotations

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # public C function, not in typeshed

import orjson

from wireproof.diagnostics import LoadError
from wireproof.source.node import Json
from wireproof.source.scalars import exact
from wireproof.source.text import MAX_DEPTH, Text
from wireproof.source.yaml_reader import Mark, Marks, Repeat

_DELICATE = re.compile(
    rb"[:\[,\s]-?(?:[0-9][0-9.]{15,}|[0-9.]+[eE])"  # 16 digits or more, or an exponent
)
_TOKEN = re.compile(r'[ \t\n]*(?:([{}\[\],:])|(")|([^\s{}\[\],:"]+))')


def read_json(text: Text, data: bytes) -> tuple[Json, bool]:
    """The document, and whether a key stands twice somewhere.

    Numbers are exact: integers of any size, floats where the literal survives a double,
    Decimals elsewhere. Of repeated keys the last one counts, as in every JSON parser.

    Raises:
        LoadError: The text is not JSON, or nested too deeply.
    """
    try:
        value = orjson.loads(data)
        written = orjson.dumps(value)
    except (orjson.JSONDecodeError, TypeError, RecursionError):
        value, written = None, b""
    # A dropped key takes two quotes or more with it; only "\u0022" could hide that.
    intact = written.count(b'"') == data.count(b'"') and b"\\u0022" not in data
    if intact and not _DELICATE.search(data):
        return value, False
    return _slow(text)


def _slow(text: Text) -> tuple[Json, bool]:
    repeated = False

    def pairs(entries: list[tuple[str, Json]]) -> dict[str, Json]:
        nonlocal repeated
        found = dict(entries)
        repeated = repeated or len(found) != len(entries)
        return found

    def constant(name: str) -> Json:
        raise ValueError(name)

    try:
        value = json.loads(
            text.value, object_pairs_hook=pairs, parse_float=exact, parse_constant=constant
        )
    except json.JSONDecodeError as error:
        raise text.error(error.pos, _message(error), _hint(text, error)) from None
    except (RecursionError, ValueError):
        Scan(text).run()  # says where
        raise text.error(0, "the file is not JSON", "check it with a JSON editor") from None
    if _too_deep(value):
        Scan(text).run()
    return value, repeated


def _too_deep(value: Json) -> bool:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = (
            [
                item
                for container in level
                for item in (container.values() if isinstance(container, dict) else container)
                if isinstance(item, (dict, list))
            ]
            if not level or isinstance(level[0], (dict, list))
            else []
        )
        if not level:
            return False
    return True


def _message(error: json.JSONDecodeError) -> str:
    return f"not JSON: {error.msg[:1].lower()}{error.msg[1:]}"


def _hint(text: Text, error: json.JSONDecodeError) -> str:
    before = text.value[: error.pos].rstrip()
    if before.endswith(",") and text.value[error.pos : error.pos + 1] in "}]":
        return "remove the comma before it"
    return "correct the JSON here"


class Scan:
    """One pass over JSON that notes where every entry stands, and which keys are repeated."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.marks: Marks = {}
        self.repeats: list[Repeat] = []

    def run(self) -> Json:
        """The containers, scalars left out: all that positions need.

        Raises:
            LoadError: The text is not JSON, or nested too deeply.
        """
        s = self.text.value
        pos, depth = 0, 0
        holder: list[Json] = []
        stack: list[tuple[Json, dict[str | int, Mark], str | int, int, int, int]] = []
        container: Json = holder
        marks: dict[str | int, Mark] = {}
        key: str | int = 0
        key_start = key_end = 0
        naming = False  # the next text is a key
        while match := _TOKEN.match(s, pos):
            mark, quote, _ = match.groups()
            pos = match.end()
            start = pos - len(match[mark and 1 or quote and 2 or 3])
            if mark == ",":
                if isinstance(container, list):
                    key = len(marks)
                else:
                    naming = True
                continue
            if mark == ":":
                naming = False
                continue
            if mark in ("{", "["):
                depth += 1
                if depth > MAX_DEPTH:
                    raise self._too_deep(start)
                stack.append((container, marks, key, key_start, key_end, start))
                child: Json = {} if mark == "{" else []
                if isinstance(container, list):
                    container.append(child)
                else:
                    container[key] = child
                container, marks, key, naming = child, {}, 0, mark == "{"
                self.marks[id(child)] = marks
                continue
            if mark in ("}", "]"):
                depth -= 1
                if not stack:
                    break
                container, marks, key, key_start, key_end, start = stack.pop()
            elif quote:
                value, pos = scanstring(s, pos, False)  # noqa: FBT003 - positional-only in C
                if naming:
                    key, key_start, key_end = value, start, pos
                    if key in marks:
                        self.repeats.append(Repeat(value, marks[key][:2], (start, pos)))
                    continue
            if isinstance(container, list):
                if not mark:
                    container.append(None)
                marks[key] = (start, pos, start, pos)
            else:
                if not mark:
                    container[key] = None
                marks[key] = (key_start, key_end, start, pos)
        return holder[0] if holder else None

    def _too_deep(self, pos: int) -> LoadError:
        return self.text.error(
            pos,
            f"nested deeper than {MAX_DEPTH} levels",
            "name the inner parts under components and refer to them",
            rule="nesting",
        )
