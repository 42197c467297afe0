"""Follow references from file to file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cached_property
from urllib.parse import unquote, urldefrag

from wireproof.diagnostics import Diagnostic, LoadError, Related, Severity
from wireproof.source.document import Document
from wireproof.source.location import Location
from wireproof.source.node import Node
from wireproof.source.parse import Parse, parse
from wireproof.source.remote import Remote

_ABSOLUTE = re.compile(r"file:|[/\\]|[A-Za-z]:[\\/]", re.IGNORECASE)


@dataclass(frozen=True)
class File:
    """A document and where it was read from."""

    location: Location
    document: Document
    _joined: dict[str, Location] = field(default_factory=dict, compare=False, repr=False)
    led: dict[str, Target] = field(default_factory=dict, compare=False, repr=False)
    """Where references that are written here lead, so far as they were followed."""

    def join(self, reference: str) -> Location:
        """The place that a relative reference names, seen from here; asked for again and again."""
        if reference not in self._joined:
            self._joined[reference] = self.location.join(reference)
        return self._joined[reference]


@dataclass(frozen=True)
class Target:
    """What a reference leads to."""

    file: File
    node: Node

    @cached_property
    def key(self) -> tuple[str, str]:
        """Identity: the file and the pointer in it."""
        return self.file.location.key, self.node.pointer


class BrokenReferenceError(Exception):
    """A reference that cannot be followed; carries the diagnostics that say why."""

    def __init__(self, *diagnostics: Diagnostic) -> None:
        super().__init__()
        self.diagnostics = diagnostics


class Resolver:
    """Reads referenced files, each once, and follows references.

    Attributes:
        files: What was read, by the key of its location.
        diagnostics: Flaws of referenced files that do not keep them from being read.
    """

    def __init__(self, entry: File, *, allow_remote: bool, read: Parse = parse) -> None:
        self.files = {entry.location.key: entry}
        self.diagnostics: list[Diagnostic] = []
        self._allow_remote = allow_remote
        self._parse = read
        self._broken: dict[str, LoadError] = {}
        self._attach(entry)

    def _attach(self, file: File) -> None:
        """Let the document follow references into other files."""

        def outside(node: Node, ref: str) -> Node | None:
            try:
                return self.target(file, ref, node).node
            except BrokenReferenceError:
                return None

        file.document.outside = outside

    def target(self, file: File, ref: str, holder: Node) -> Target:
        """What `ref`, written in `file` at `holder`, leads to, chains of bare `$ref`s followed.

        Raises:
            BrokenReferenceError: It leads nowhere, in a circle, or where it may not lead.
        """
        seen: set[tuple[str, str]] = set()
        found = self._step(file, ref, holder)
        while isinstance(found.node.value, dict) and found.node.value.keys() == {"$ref"}:
            following = found.node.value["$ref"]
            if not isinstance(following, str):
                break
            if found.key in seen:
                raise _broken(holder, f"the reference {ref} goes round in a circle", "break it")
            seen.add(found.key)
            found = self._step(found.file, following, found.node)
        return found

    def _step(self, file: File, ref: str, holder: Node) -> Target:
        known = file.led.get(ref)
        if known is None:
            known = file.led[ref] = self._followed(file, ref, holder)
        return known

    def _followed(self, file: File, ref: str, holder: Node) -> Target:
        base, fragment = urldefrag(ref)
        named = file.document.named(base) if base else None
        if named is not None:
            return self._inside(Target(file, named), fragment, ref, holder)
        if base:
            file = self._file(file, base, ref, holder)
        return self._inside(Target(file, file.document.root), fragment, ref, holder)

    def _inside(self, start: Target, fragment: str, ref: str, holder: Node) -> Target:
        if fragment and not fragment.startswith("/"):
            node = start.file.document.named(f"#{unquote(fragment)}")
            if node is None:
                raise _broken(
                    holder,
                    f"the reference {ref} leads nowhere: no $anchor {fragment}",
                    "pointers begin with a slash: #/components/...",
                )
            return Target(start.file, node)
        found, gone = start, ""
        for token in unquote(fragment).split("/")[1:]:
            step = token.replace("~1", "/").replace("~0", "~")
            following = _child(found.node, step)
            if following is None:
                found = self._through(found, ref, holder)
                following = _child(found.node, step)
            if following is None:
                raise _broken(holder, *_nowhere(ref, found.node, gone, step, token))
            found, gone = Target(found.file, following), f"{gone}/{token}"
        return found

    def _through(self, found: Target, ref: str, holder: Node) -> Target:
        """Where a pointer leads into an object that is itself a reference, go on behind it."""
        inner = found.node.value.get("$ref") if isinstance(found.node.value, dict) else None
        if not isinstance(inner, str) or inner == ref or found.node.pointer == holder.pointer:
            return found
        return self.target(found.file, inner, found.node)

    def _file(self, file: File, base: str, ref: str, holder: Node) -> File:
        if re.match(r"https?://", base, re.IGNORECASE) or isinstance(file.location, Remote):
            if not self._allow_remote:
                raise _broken(
                    holder,
                    f"the reference {ref} needs the network",
                    "keep a copy beside this file and refer to it, or pass --allow-remote",
                    rule="remote-ref",
                )
        elif _ABSOLUTE.match(base):
            raise _broken(
                holder,
                f"the reference {ref} names a place on one machine",
                "write a path relative to this file",
                rule="absolute-ref",
            )
        try:
            return self.read(file.join(base))
        except LoadError as error:
            place = f"the reference {ref} cannot be followed"
            if error.diagnostics[0].rule == "unreadable":
                inner = error.diagnostics[0]
                name = inner.span.file if inner.span else base
                raise _broken(holder, f"{place}: {name}: {inner.message}", inner.help) from None
            related = (
                (Related(f"why: {error.diagnostics[0].message}", span),)
                if (span := error.diagnostics[0].span)
                else ()
            )
            raise BrokenReferenceError(
                *error.diagnostics,
                Diagnostic(
                    "unresolved-ref",
                    Severity.ERROR,
                    place,
                    holder.span,
                    holder.pointer,
                    "correct the file that it names",
                    related,
                ),
            ) from None

    def read(self, location: Location) -> File:
        """The file at a location, read once.

        Raises:
            LoadError: It cannot be read.
        """
        key = location.key
        if key in self._broken:
            raise self._broken[key]
        if key not in self.files:
            try:
                source = self._parse(location.name, location.read())
            except LoadError as error:
                self._broken[key] = error
                raise
            self.files[key] = File(location, source.document)
            self._attach(self.files[key])
            self.diagnostics.extend(source.diagnostics)
        return self.files[key]


def _child(node: Node, step: str) -> Node | None:
    if isinstance(node.value, list):
        return node.get(int(step)) if step.isascii() and step.isdigit() else None
    return node.get(step)


def _nowhere(ref: str, node: Node, gone: str, step: str, token: str) -> tuple[str, str]:
    keys = list(node.value) if isinstance(node.value, dict) else []
    close = get_close_matches(step, keys, 1, 0.5) or [
        key for key in keys if key.lower() == step.lower()
    ]
    where = f"{gone or 'the root'} has no {token}"
    if not close:
        return f"the reference {ref} leads nowhere: {where}", "define it, or correct the reference"
    right = close[0].replace("~", "~0").replace("/", "~1")
    return f"the reference {ref} leads nowhere: {where}", f"did you mean {right}?"


def _broken(
    holder: Node, message: str, hint: str, rule: str = "unresolved-ref"
) -> BrokenReferenceError:
    place = holder.get("$ref") or holder
    return BrokenReferenceError(
        Diagnostic(rule, Severity.ERROR, message, place.span, place.pointer, hint)
    )
