"""Bytes to a document: which format it is, its data, its repeated keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from wireproof.diagnostics import Diagnostic, LoadError, Related, Severity, Span
from wireproof.source.document import Document, Path
from wireproof.source.json_text import read_json
from wireproof.source.node import Json
from wireproof.source.positions import Positions
from wireproof.source.text import Text, decode
from wireproof.source.yaml_block import read_yaml

_JSON_START = re.compile(r"\s*[{\[]")


@dataclass(frozen=True)
class Source:
    """A file as read: its text, its document, and what is wrong with it."""

    text: Text
    document: Document
    diagnostics: tuple[Diagnostic, ...]


def parse(name: str, data: bytes) -> Source:
    """Read YAML or JSON, told apart by content: a file that begins like JSON is tried as such.

    Raises:
        LoadError: The bytes are neither.
    """
    text = decode(name, data)
    value, is_json, repeated = _value(text, data)
    places = _Lazy(text, is_json=is_json)
    document = Document(name, value, places)
    return Source(text, document, places.repeats() if repeated else ())


def _value(text: Text, data: bytes) -> tuple[Json, bool, bool]:
    if _JSON_START.match(text.value):
        try:
            value, repeated = read_json(text, data)
        except LoadError:
            if text.name.lower().endswith(".json"):
                raise
        else:
            return value, True, repeated
    value, reader = read_yaml(text)
    return value, False, bool(reader.repeats)


class _Lazy:
    """Positions that are worked out when first asked for."""

    def __init__(self, text: Text, *, is_json: bool) -> None:
        self._text = text
        self._is_json = is_json

    @cached_property
    def _positions(self) -> Positions:
        return Positions(self._text, is_json=self._is_json)

    def span(self, path: Path, *, key: bool) -> Span:
        return self._positions.span(path, key=key)

    def repeats(self) -> tuple[Diagnostic, ...]:
        """A diagnostic for every key that stands twice."""
        return tuple(
            Diagnostic(
                "duplicate-key",
                Severity.ERROR,
                f"the key {repeat.key!r} stands twice in this mapping; the later value counts",
                self._text.span(*repeat.second),
                help="remove or rename one of them",
                related=(Related("first here", self._text.span(*repeat.first)),),
            )
            for repeat in self._positions.repeats
        )
