"""Documents of a git revision."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import unquote, urlsplit

from wireproof.source.files import Disk
from wireproof.source.location import Location, unreadable
from wireproof.source.remote import Remote, is_remote


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
            raise unreadable(
                name, f"{revision} is no git revision", "write REV:path, e.g. main:api.yaml"
            )
        prefix = _git("rev-parse", "--show-prefix")
        if prefix is None:
            raise unreadable(
                name,
                "the file does not exist, and there is no git repository here",
                "check the path, or run this inside the repository",
            )
        if _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") is None:
            raise unreadable(
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
            raise unreadable(
                self.name, f"revision {self.revision} has no file {self.path}", self._nearby()
            )
        return data

    def _nearby(self) -> str:
        listing = _git("ls-tree", "-r", "--name-only", "-z", "--full-tree", self.revision) or b""
        close = get_close_matches(self.path, listing.decode("utf-8", "replace").split("\0"), 1)
        return f"did you mean {self.revision}:{close[0]}?" if close else "check the path"

    def join(self, reference: str) -> Location:
        """The place that a relative reference names, seen from here."""
        if is_remote(reference):
            return Remote(reference)
        if reference.lower().startswith("file://"):
            return Disk(Path(unquote(urlsplit(reference).path)))
        path = posixpath.join(posixpath.dirname(self.path), unquote(reference))
        return Revision(self.revision, posixpath.normpath(path))


def is_revision(name: str) -> bool:
    """Whether git, in the working directory, knows a commit by this name: `main`, `v1.2`."""
    commit = f"{name}^{{commit}}"
    plain = bool(name) and not name.startswith("-")
    return plain and _git("rev-parse", "--verify", "--quiet", commit) is not None


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
