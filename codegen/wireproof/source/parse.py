"""Bytes to a document: which format it is, its data, its repeated keys."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from wireproof.diagnostics import Diagnostic, LoadError, Related, Severity, Span
from wireproof.source.document import Document, Path
from wireproof.source.json_places import JsonPlaces
from wireproof.source.json_text import read_exact, read_fast
from wireproof.source.node import Json
from wireproof.source.positions import Positions
from wireproof.source.surrogates import mended
from wireproof.source.text import Octets, Text, decode, refuse_controls
from wireproof.source.yaml_block import read_yaml

_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Source:
    """A file as read.

    Attributes:
        data: Its bytes.
        document: What they mean.
        diagnostics: Repeated keys, halves of characters.
    """

    data: bytes
    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()


Parse = Callable[[str, bytes], Source]
"""Name and bytes to what they mean: `parse`, or the method of a `Memory`."""


class Memory:
    """Files as they were read last, for whoever reads the same contract again and again.

    A file whose bytes are those of last time keeps its document, with all that was worked out
    about it since.
    """

    def __init__(self) -> None:
        self._sources: dict[str, Source] = {}

    def parse(self, name: str, data: bytes) -> Source:
        """As `parse` does."""
        known = self._sources.get(name)
        if known is None or known.data != data:
            known = self._sources[name] = parse(name, data)
        return known


def parse(name: str, data: bytes) -> Source:
    """Read YAML or JSON, told apart by content: a file that begins like JSON is tried as such.

    Raises:
        LoadError: The bytes are neither.
    """
    with collector_paused():
        if _JSON_START.match(data):
            value = read_fast(data.removeprefix(_MARK))
            if value is not None:
                return Source(data, Document(name, value, _Lazy(name, data, is_json=True)))
        text = decode(name, data)
        value, is_json, repeated = _read(text, begins_like_json=bool(_JSON_START.match(data)))
    value, flaws = mended(text, value) if is_json else (value, ())
    places = _Lazy(name, data, is_json=is_json)
    document = Document(name, value, places)
    return Source(data, document, (*flaws, *(places.repeats() if repeated else ())))


def _read(text: Text, *, begins_like_json: bool) -> tuple[Json, bool, bool]:
    """The value, whether it is JSON, and whether a key is repeated."""
    if begins_like_json:
        try:
            value, repeated = read_exact(text)
        except LoadError:
            if text.name.lower().endswith(".json"):
                raise
        else:
            return value, True, repeated
    refuse_controls(text)
    value, reader = read_yaml(text)
    return value, False, bool(reader.repeats)


@contextmanager
def collector_paused() -> Iterator[None]:
    """No cyclic garbage collection meanwhile: a parse makes many objects and no cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


class _Lazy:
    """Positions that are worked out when first asked for."""

    def __init__(self, name: str, data: bytes, *, is_json: bool) -> None:
        self._name = name
        self._data = data
        self._is_json = is_json

    @cached_property
    def _text(self) -> Text:
        return decode(self._name, self._data)

    @cached_property
    def _positions(self) -> Positions:
        with collector_paused():
            return Positions(self._text, is_json=self._is_json)

    @cached_property
    def _places(self) -> Positions | JsonPlaces:
        if self._is_json:
            return JsonPlaces(Octets(self._name, self._data))
        return self._positions

    def span(self, path: Path, *, key: bool) -> Span:
        with collector_paused():
            return self._places.span(path, key=key)

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
