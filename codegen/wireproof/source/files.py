"""Documents on the disk and from standard input."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wireproof.source.location import Location, unreadable
from wireproof.source.remote import Remote, is_remote


@dataclass(frozen=True)
class Disk:
    """A file on the disk."""

    path: Path

    @property
    def name(self) -> str:
        """The path relative to the working directory where it lies below, else as given."""
        try:
            return Path(os.path.normpath(self.path.absolute())).relative_to(Path.cwd()).as_posix()
        except ValueError:
            return self.path.as_posix()

    @cached_property
    def key(self) -> str:
        """The same for two spellings of one place."""
        try:
            return os.path.realpath(self.path)
        except ValueError:  # a null byte, which reading it will tell
            return os.fspath(self.path)

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return self.path.name.split(".")[0]

    def read(self) -> bytes:
        """The bytes; a LoadError says why they cannot be had."""
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            raise unreadable(self.name, "the file does not exist", self._nearby()) from None
        except IsADirectoryError:
            found = sorted(
                p.name for p in self.path.iterdir() if p.suffix in (".yaml", ".yml", ".json")
            )
            hint = f"name the document in it, e.g. {found[0]}" if found else "name a file"
            raise unreadable(self.name, "this is a directory", hint) from None
        except PermissionError:
            raise unreadable(
                self.name, "the file may not be read", "check its permissions"
            ) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise unreadable(self.name, f"cannot be read: {reason}", "check the path") from None

    def _nearby(self) -> str:
        try:
            names = sorted(p.name for p in self.path.parent.iterdir())
        except OSError:
            return f"the directory {self.path.parent.as_posix()} does not exist either"
        close = get_close_matches(self.path.name, names, 1)
        return (
            f"did you mean {(self.path.parent / close[0]).as_posix()}?"
            if close
            else "check the path"
        )

    def join(self, reference: str) -> Location:
        """The place that a relative reference names, seen from here."""
        if is_remote(reference):
            return Remote(reference)
        if reference.lower().startswith("file://"):
            return Disk(Path(unquote(urlsplit(reference).path)))
        return Disk(Path(os.path.normpath(self.path.parent / unquote(reference))))


@dataclass(frozen=True)
class Stdin:
    """Standard input; relative references start at the working directory."""

    name: str = "<stdin>"
    key: str = "<stdin>"
    stem: str = "stdin"

    def read(self) -> bytes:
        """The bytes; a LoadError says why they cannot be had."""
        return sys.stdin.buffer.read()

    def join(self, reference: str) -> Location:
        """The place that a relative reference names, seen from here."""
        return Disk(Path("stdin")).join(reference)
