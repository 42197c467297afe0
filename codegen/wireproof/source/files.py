"""Where documents are read from: the disk, standard input, a git revision, or (if allowed) HTTP.

Every place is a `Location`; relative references are resolved against one, so a document that was
read at a git revision finds its neighbours at that revision.
"""

from __future__ import annotations

import os
import posixpath
import re
import sys
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urljoin, urlsplit

from wireproof.diagnostics import Diagnostic, LoadError, Severity, Span

_REMOTE = re.compile(r"https?://", re.IGNORECASE)
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_TIMEOUT = 30
_MAX_REMOTE = 64 * 1024 * 1024


class Location(Protocol):
    """A place that a document can be read from."""

    @property
    def name(self) -> str:
        """As shown to users."""

    @property
    def key(self) -> str:
        """The same for two spellings of one place."""

    @property
    def stem(self) -> str:
        """The file's name without its ending."""

    def read(self) -> bytes:
        """The bytes.

        Raises:
            LoadError: They cannot be had; says why.
        """

    def join(self, reference: str) -> Location:
        """The place that a relative reference (percent-encoded, no fragment) names."""


def locate(ref: str | Path) -> Location:
    """The place that a user means: a path, `-`, `REV:path`, or an http(s) URL.

    Something that exists on the disk is always taken as a path.
    """
    text = os.fspath(ref)
    if text == "-":
        return Stdin()
    if _REMOTE.match(text):
        return Remote(text)
    if isinstance(ref, str) and ":" in text and not _DRIVE.match(text) and not Path(text).exists():
        revision, _, path = text.partition(":")
        if revision and path:
            return Revision.find(revision, path)
    return Disk(Path(text))


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
            raise _error(self.name, "the file does not exist", self._nearby()) from None
        except IsADirectoryError:
            found = sorted(
                p.name for p in self.path.iterdir() if p.suffix in (".yaml", ".yml", ".json")
            )
            hint = f"name the document in it, e.g. {found[0]}" if found else "name a file"
            raise _error(self.name, "this is a directory", hint) from None
        except PermissionError:
            raise _error(self.name, "the file may not be read", "check its permissions") from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise _error(self.name, f"cannot be read: {reason}", "check the path") from None

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
        if _REMOTE.match(reference):
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


@dataclass(frozen=True)
class Revision:
    """A file of a git revision; `path` is relative to the repository's root."""

    revision: str
    path: str

    @classmethod
    def find(cls, revision: str, path: str) -> Revision:
        """The file at `path`, relative to the repository's root or to the working directory.

        Raises:
            LoadError: There is no repository here, or no such revision.
        """
        name = f"{revision}:{path}"
        if revision.startswith("-"):
            raise _error(
                name, f"{revision} is no git revision", "write REV:path, e.g. main:api.yaml"
            )
        prefix = _git("rev-parse", "--show-prefix")
        if prefix is None:
            raise _error(
                name,
                "the file does not exist, and there is no git repository here",
                "check the path, or run this inside the repository",
            )
        if _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
            raise _error(
                name,
                f"git knows no revision {revision}, and no file of this name exists",
                "fetch the revision (git fetch), or check its name",
            )
        local = posixpath.normpath(posixpath.join(prefix.decode().strip(), path))
        plain = posixpath.normpath(path)
        for candidate in dict.fromkeys((plain, local)):
            if not path.startswith("./") or candidate == local:
                found = cls(revision, candidate)
                if _git("cat-file", "-e", f"{revision}:{candidate}") is not None:
                    return found
        return cls(revision, local if path.startswith("./") else plain)

    @property
    def name(self) -> str:
        """As shown to users."""
        return f"{self.revision}:{self.path}"

    @property
    def key(self) -> str:
        """The same for two spellings of one place."""
        return self.name

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return posixpath.basename(self.path).split(".")[0]

    def read(self) -> bytes:
        """The bytes; a LoadError says why they cannot be had."""
        data = _git("cat-file", "blob", self.name)
        if data is None:
            raise _error(
                self.name, f"revision {self.revision} has no file {self.path}", self._nearby()
            )
        return data

    def _nearby(self) -> str:
        listing = _git("ls-tree", "-r", "--name-only", "-z", "--full-tree", self.revision) or b""
        close = get_close_matches(self.path, listing.decode("utf-8", "replace").split("\0"), 1)
        return f"did you mean {self.revision}:{close[0]}?" if close else "check the path"

    def join(self, reference: str) -> Location:
        """The place that a relative reference names, seen from here."""
        if _REMOTE.match(reference):
            return Remote(reference)
        if reference.lower().startswith("file://"):
            return Disk(Path(unquote(urlsplit(reference).path)))
        path = posixpath.join(posixpath.dirname(self.path), unquote(reference))
        return Revision(self.revision, posixpath.normpath(path))


@dataclass(frozen=True)
class Remote:
    """A document behind http or https."""

    url: str

    @property
    def name(self) -> str:
        """As shown to users."""
        return self.url

    @property
    def key(self) -> str:
        """The same for two spellings of one place."""
        return self.url

    @property
    def stem(self) -> str:
        """The file's name without its ending."""
        return posixpath.basename(urlsplit(self.url).path).split(".")[0] or "remote"

    def read(self) -> bytes:
        """The bytes; a LoadError says why they cannot be had."""
        import urllib.error  # noqa: PLC0415 - with http and ssl behind it, half of the start-up
        import urllib.request  # noqa: PLC0415 - likewise

        try:
            with urllib.request.urlopen(self.url, timeout=_TIMEOUT) as answer:  # noqa: S310 - the scheme was checked: http or https
                data: bytes = answer.read(_MAX_REMOTE + 1)
        except urllib.error.HTTPError as error:
            error.close()
            raise _error(self.url, f"cannot be fetched: {error}", "check the address") from None
        except (urllib.error.URLError, OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise _error(self.url, f"cannot be fetched: {reason}", "check the address") from None
        if len(data) > _MAX_REMOTE:
            raise _error(self.url, "larger than 64 MB", "refer to a smaller document")
        return data

    def join(self, reference: str) -> Location:
        """The place that a relative reference names, seen from here."""
        joined = urljoin(self.url, reference)
        if not _REMOTE.match(joined):
            raise _error(
                self.url,
                f"a remote document refers to {joined}",
                "only http and https are followed",
            )
        return Remote(joined)


def _git(*arguments: str) -> bytes | None:
    """Standard output of a git command, or None where it fails."""
    import subprocess  # noqa: PLC0415 - most runs need no git

    try:
        done = subprocess.run(  # noqa: S603 - fixed command, arguments never begin with a dash
            ["git", *arguments],  # noqa: S607 - the user's own git
            capture_output=True,
            check=False,
        )
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def _error(name: str, message: str, hint: str) -> LoadError:
    return LoadError(Diagnostic("unreadable", Severity.ERROR, message, Span.point(name), help=hint))
