"""Bytes to a document: which format it is, its data, its repeated keys."""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

from wireproof.diagnostics import Diagnostic, LoadError, Related, Severity, Span
from wireproof.source.document import Document, Path
from wireproof.source.json_lines import JsonLines
from wireproof.source.json_places import JsonPlaces
from wireproof.source.json_text import read_exact, read_fast
from wireproof.source.node import Json
from wireproof.source.positions import Positions
from wireproof.source.surrogates import mended
from wireproof.source.text import Octets, Text, decode, refuse_controls
from wireproof.source.yaml_block import read_yaml
from wireproof.source.yaml_marks import Repeat

_JSON_START = re.compile(rb"(?:\xef\xbb\xbf)?\s*[{\[]")
_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Source:
    """A file as read.

    Attributes:
        data: Its bytes.
        document: What they mean.
        diagnostics: Repeated keys, halves of characters.
        plain: Whether it is JSON in which nothing is written otherwise than orjson writes it.
    """

    data: bytes
    document: Document
    diagnostics: tuple[Diagnostic, ...] = ()
    plain: bool = False


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
        if not _JSON_START.match(data):
            return _yaml(decode(name, data), data)
        fast = read_fast(data.removeprefix(_MARK))
        if fast is not None:
            places = _JsonPlaces(name, data, fast.value if fast.in_lines else None)
            return Source(data, Document(name, fast.value, places), plain=fast.plain)
        text = decode(name, data)
        try:
            value, repeated = read_exact(text)
        except LoadError:
            if name.lower().endswith(".json"):
                raise
            return _yaml(text, data)
    value, flaws = mended(text, value)
    repeats = Positions.of_json(text).repeats if repeated else ()
    document = Document(name, value, _JsonPlaces(name, data))
    return Source(data, document, (*flaws, *_repeated(text, repeats)))


def _yaml(text: Text, data: bytes) -> Source:
    refuse_controls(text)
    value, reader = read_yaml(text)
    places = Positions(text, value, reader.marks, reader.repeats)
    return Source(data, Document(text.name, value, places), _repeated(text, reader.repeats))


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


class _JsonPlaces:
    """Places in a JSON file, whose characters are looked at when first asked for.

    `lines` is the data of a file with an entry a line.
    """

    def __init__(self, name: str, data: bytes, lines: Json = None) -> None:
        self._name = name
        self._data = data
        self._lines = lines

    @cached_property
    def _places(self) -> JsonPlaces | JsonLines:
        text = Octets(self._name, self._data)
        return JsonPlaces(text) if self._lines is None else JsonLines(text, self._lines)

    def span(self, path: Path, *, key: bool) -> Span:
        with collector_paused():
            return self._places.span(path, key=key)


def _repeated(text: Text, repeats: Iterable[Repeat]) -> tuple[Diagnostic, ...]:
    """A diagnostic for every key that stands twice."""
    return tuple(
        Diagnostic(
            "duplicate-key",
            Severity.ERROR,
            f"the key {repeat.key!r} stands twice in this mapping; the later value counts",
            text.span(*repeat.second),
            help="remove or rename one of them",
            related=(Related("first here", text.span(*repeat.first)),),
        )
        for repeat in repeats
    )
