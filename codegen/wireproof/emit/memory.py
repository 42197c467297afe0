"""What emitters may remember from one run to the next: answers by a digest of the question.

A memory changes how long a run takes and never what it gives: whatever goes into an answer has to
be in its key. One that cannot be read, or was damaged, is an empty one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import orjson

from wireproof.source.node import Json

_VARIABLE = "WIREPROOF_CACHE"
_CHECK = 64  # hexadecimal digits of the SHA-256 that begin a file


def key(*parts: Json) -> str:
    """The digest of a question: plain data, whose order counts."""
    return hashlib.sha256(json.dumps(parts, default=repr).encode()).hexdigest()


class Memory:
    """Answers by key. Only those that were asked for since it was made are kept by `save`."""

    def __init__(self, known: Mapping[str, Json] | None = None) -> None:
        self._known = dict(known or {})
        self._used: dict[str, Json] = {}
        self._fresh = False

    def get(self, key: str) -> Json:
        """The answer, None where there is none yet."""
        if key in self._known:
            self._used[key] = self._known[key]
        return self._known.get(key)

    def put(self, key: str, answer: Json) -> None:
        """Remember an answer: plain JSON data, not None."""
        self._known[key] = self._used[key] = answer
        self._fresh = True

    def save(self, path: Path | None) -> None:
        """Write what was used, if any of it is new; a folder that cannot be written is no error."""
        if path is None or not self._fresh:
            return
        self._fresh = False
        body = orjson.dumps(self._used)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".{path.name}.{os.getpid()}")
            temporary.write_bytes(_sealed(body))
            temporary.replace(path)


def load(path: Path | None) -> Memory:
    """The memory in a file; an empty one where there is none, or none that is whole."""
    if path is None:
        return Memory()
    try:
        data = path.read_bytes()
        body = data[_CHECK:]
        known = orjson.loads(body) if _sealed(body) == data else None
    except (OSError, ValueError):
        known = None
    return Memory(known if isinstance(known, dict) else None)


def file_for(out: Path) -> Path | None:
    """Where the memory of an output folder is kept; None where no folder is wanted for it."""
    kept = folder()
    if kept is None:
        return None
    return kept / f"{hashlib.sha256(os.fsencode(out.resolve())).hexdigest()[:16]}.json"


def folder() -> Path | None:
    """Where things are kept from one run to the next; None where nothing shall be.

    `WIREPROOF_CACHE`, which may be empty to keep none, else a folder under the user's cache folder
    (XDG Base Directory Specification).
    """
    chosen = os.environ.get(_VARIABLE)
    if chosen == "":
        return None
    with suppress(RuntimeError):  # a user without a home
        home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        return Path(chosen) if chosen else home / "wireproof"
    return None


def _sealed(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode() + body
