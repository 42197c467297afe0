"""From what a user writes to the place that is meant."""

from __future__ import annotations

import os
import re
from pathlib import Path

from wireproof.source.files import Disk, Stdin
from wireproof.source.location import Location
from wireproof.source.remote import Remote, is_remote
from wireproof.source.revision import Revision

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


def locate(ref: str | Path) -> Location:
    """The place that a user means: a path, `-`, `REV:path`, or an http(s) URL.

    Something that exists on the disk is always taken as a path.
    """
    text = os.fspath(ref)
    if text == "-":
        return Stdin()
    if is_remote(text):
        return Remote(text)
    if isinstance(ref, str) and ":" in text and not _DRIVE.match(text) and not Path(text).exists():
        revision, _, path = text.partition(":")
        if revision and path:
            return Revision.find(revision, path)
    return Disk(Path(text))
