"""Many files to one logical document.

Every object that a reference finds in another file moves to `#/components/<section>/<Name>`;
path items are put in place of their reference. Names come from the pointer or the file, and the
same files give the same names. A single file is its own bundle, uncopied.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

from wireproof.diagnostics import Diagnostic, LoadError, Severity, Span
from wireproof.source.document import Document, Path
from wireproof.source.grammar import COLLECTION, SECTIONS, Kind, reference, spliced, walk
from wireproof.source.node import Json, Node, escape
from wireproof.source.references import BrokenReferenceError, File, Resolver, Target

_REF = re.compile(rb"""\$ref(?:["']?[ \t]*:[ \t\r\n]*["']?(#[^"'\s,}]*))?""")
"""Every `$ref`, with what it refers to where that stands in the same file."""
_ESCAPED = re.compile(rb"\\(?:u0024|x24)")
"""A dollar sign in disguise."""
_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_WHOLE = re.compile(
    rb"/(?:paths|webhooks|components|parameters|responses|schemas|headers|examples|properties|"
    rb"content|links|callbacks|definitions|\$defs|requestBodies|patternProperties|pathItems|"
    rb"allOf|anyOf|oneOf|securitySchemes|mediaTypes|encoding|dependentSchemas|prefixItems)\Z"
)
_MOST_SPLICES = 2_000
_FILE_LIKE = re.compile(r"[/#]|\.(?:ya?ml|json)\Z")

Slot = tuple[str, str]
"""Section and name of a component."""

Key = tuple[str, str]
"""Identity of a target: its file and its pointer there."""


def only_local(document: Document, data: bytes, *, plain: bool = False) -> bool:
    """Whether a quick look proves that every reference leads to a place in the same file.

    False says nothing: the references have to be walked then. In `plain` data no character is
    escaped that need not be.
    """
    if not plain and _ESCAPED.search(data):
        return False
    for ref in set(_REF.findall(data)):
        if not ref or _WHOLE.search(ref):  # it leads elsewhere, or may stand for a whole map
            return False
        pointer = ref.decode("utf-8", "replace").replace("\\/", "/")
        target = document.at(pointer) if pointer.startswith("#/") else None
        if target is None or document.resolve(target) is None:
            return False
    return True


class Bundler:
    """Finds what the entry reaches, names it, and builds the one document.

    Attributes:
        diagnostics: References that lead nowhere or may not be followed.
    """

    def __init__(self, entry: File, resolver: Resolver) -> None:
        self.diagnostics: list[Diagnostic] = []
        self._entry = entry
        self._resolver = resolver
        self._targets: dict[Key, Target] = {}
        self._edges: list[tuple[Node, str, Target, Kind]] = []
        self._inlined: dict[int, Target] = {}
        self._edits: dict[int, dict[str, Json]] = {}
        self._slots: dict[Key, Slot] = {}
        self._grafts: dict[Path, tuple[Document, Path]] = {}
        self._walked: set[int] = set()
        self._spliced: dict[int, Node] = {}
        self._splices = 0
        self._open: set[Key] = set()

    def bundle(self) -> Document:
        """The contract as one document; the entry itself where nothing has to change."""
        self._reach(self._entry, self._entry.document.root, "openapi")
        self._adopt()
        self._name()
        self._rewrite()
        if not self._edits and not self._inlined:
            return self._entry.document
        return self._build()

    # What is reachable

    def _reach(self, file: File, root: Node, root_kind: Kind) -> None:
        pending = [(file, root, root_kind)]
        while pending:
            here, start, start_kind = pending.pop()
            for node, kind in walk(start, start_kind):
                if id(node.value) in self._walked and node is not start:
                    continue
                if isinstance(node.value, dict):
                    self._walked.add(id(node.value))
                if (ref := spliced(node, kind)) is not None:
                    self._splice(here, node, kind, ref, pending)
                for holder, key, ref, wanted in _references(node, kind, entry=here is self._entry):
                    target = self._follow(here, holder, ref)
                    if target is None:
                        continue
                    self._edges.append((holder, key, target, wanted))
                    self._targets[target.key] = target
                    if id(target.node.value) not in self._walked:
                        self._walked.add(id(target.node.value))
                        pending.append((target.file, target.node, wanted))

    def _splice(
        self,
        file: File,
        node: Node,
        kind: Kind,
        ref: str,
        pending: list[tuple[File, Node, Kind]],
    ) -> None:
        """A reference in place of a whole map or list: what it leads to is put there."""
        target = self._follow(file, node, ref)
        if target is None:
            return
        self._inlined[id(node.value)] = target
        self._spliced[id(node.value)] = node
        self.diagnostics.append(_no_reference(node, kind))
        if id(target.node.value) not in self._walked:
            self._walked.add(id(target.node.value))
            pending.append((target.file, target.node, kind))

    def _follow(self, file: File, holder: Node, ref: str) -> Target | None:
        try:
            return self._resolver.target(file, ref, holder)
        except BrokenReferenceError as broken:
            self.diagnostics.extend(broken.diagnostics)
            return None

    # Where it goes

    def _adopt(self) -> None:
        """A component that is nothing but a reference to another file becomes its target."""
        for holder, key, target, kind in self._edges:
            path = holder.path
            if (
                target.file is not self._entry
                and holder.document is self._entry.document
                and key == "$ref"
                and len(holder.value) == 1
                and path[:-1] == ("components", SECTIONS.get(kind))
                and target.key not in self._slots
            ):
                self._slots[target.key] = (SECTIONS[kind], str(path[-1]))
                self._inlined[id(holder.value)] = target
            elif (
                target.file is not self._entry
                and kind == "pathItem"
                and len(path) == 2  # noqa: PLR2004 - a path item right under paths or webhooks
                and path[0] in ("paths", "webhooks")
                and holder.document is self._entry.document
            ):
                self._inlined[id(holder.value)] = target

    def _name(self) -> None:
        """Names for all that moves: in the order of files and pointers, not of encounter."""
        moves: dict[Key, tuple[Target, Kind]] = {}
        for holder, _, target, kind in self._edges:
            placed = target.key in self._slots or id(holder.value) in self._inlined
            if target.file is not self._entry and not placed:
                moves.setdefault(target.key, (target, kind))
        taken = set(_slots(self._entry.document.root.get("components")))
        for target, kind in sorted(moves.values(), key=_order):
            if self._pointer(target) is None:
                slot = _free(target, SECTIONS[kind], taken)
                taken.add(slot)
                self._slots[target.key] = slot

    def _pointer(self, target: Target) -> str | None:
        """Where a target stands in the bundle; a part of something that moves moves with it."""
        file, pointer = target.key
        if target.file is self._entry:
            return pointer
        rest = ""
        while (file, pointer) not in self._slots:
            if not pointer:
                return None
            pointer, _, last = pointer.rpartition("/")
            rest = f"/{last}{rest}"
        slot = self._slots[file, pointer]
        return "".join(f"/{escape(token)}" for token in ("components", *slot)) + rest

    # How it is written

    def _rewrite(self) -> None:
        for holder, key, target, _ in self._edges:
            if id(holder.value) in self._inlined:
                continue
            written = holder.value[key]
            at_home = holder.document is self._entry.document and target.file is self._entry
            if at_home and written.startswith("#") and self._entry.document.at(written):
                continue  # as written, it already means a place in this document
            pointer = self._pointer(target)
            assert pointer is not None  # noqa: S101 - every target was given a slot
            wanted = _fragment(pointer)
            self._edits.setdefault(id(holder.value), {})[key] = wanted

    def _build(self) -> Document:
        self._grafts[()] = (self._entry.document, ())
        root = self._copy(self._entry.document.root.value, ())
        if self._slots and not isinstance(root.get("components"), dict):
            root["components"] = {}
        for key, (section, name) in sorted(self._slots.items(), key=lambda item: item[1]):
            place = root["components"].setdefault(section, {})
            if isinstance(place, dict) and name not in place:
                place[name] = self._moved(self._targets[key], ("components", section, name))
        return Document(self._entry.document.name, root, _Bundled(self._grafts))

    def _moved(self, target: Target, path: Path) -> Json:
        self._grafts[path] = (target.file.document, target.node.path)
        return self._copy(target.node.value, path)

    def _copy(self, value: Json, path: Path) -> Json:
        if isinstance(value, list):
            return [self._copy(item, (*path, index)) for index, item in enumerate(value)]
        if not isinstance(value, dict):
            return value
        target = self._inlined.get(id(value))
        if target is None:
            edits = self._edits.get(id(value), {})
            return {
                key: edits[key] if key in edits else self._copy(item, (*path, key))
                for key, item in value.items()
            }
        if target.key in self._open:
            self.diagnostics.append(_endless(self._spliced[id(value)]))
            return {}
        self._splices += 1
        if self._splices > _MOST_SPLICES:
            raise LoadError(_too_many(self._entry.document))
        self._open.add(target.key)
        try:
            return self._moved(target, path)
        finally:
            self._open.discard(target.key)


@lru_cache(maxsize=1 << 13)
def _fragment(pointer: str) -> str:
    """A pointer as a `$ref` writes it."""
    return "#" + quote(pointer, safe="/~!$&'()*+,;=:@-._")


def _no_reference(node: Node, kind: Kind) -> Diagnostic:
    noun = kind.removeprefix(COLLECTION) if kind.startswith(COLLECTION) else ""
    place = node.get("$ref") or node
    return Diagnostic(
        "misplaced-ref",
        Severity.WARNING,
        f"OpenAPI knows no $ref in place of all of {node.key}; it was followed all the same",
        place.span,
        place.pointer,
        f"refer to each {noun} by itself" if noun else "write them here, each as a reference",
    )


def _endless(node: Node) -> Diagnostic:
    place = node.get("$ref") or node
    message = f"the reference {place.value} stands in what it leads to"
    return Diagnostic(
        "unresolved-ref",
        Severity.ERROR,
        message,
        place.span,
        place.pointer,
        "refer to a schema, which may contain itself, and not to its parts",
    )


def _too_many(document: Document) -> Diagnostic:
    return Diagnostic(
        "alias-bomb",
        Severity.ERROR,
        f"references in place of whole maps stand for more than {_MOST_SPLICES:,} of them",
        Span.point(document.name),
        help="refer to each part by itself",
    )


def _references(node: Node, kind: Kind, *, entry: bool) -> Iterator[tuple[Node, str, str, Kind]]:
    """The references of one object: holder, key, text, and the kind of what they lead to."""
    ref = reference(node, kind)
    if ref is not None:
        yield node, "$ref", ref, kind
    if kind != "schema":
        return
    discriminator = node.get("discriminator")
    mapping = discriminator.get("mapping") if discriminator else None
    for tag, value in mapping.items() if mapping else ():
        if isinstance(value.value, str) and mapping is not None:
            if _FILE_LIKE.search(value.value):
                yield mapping, tag, value.value, "schema"
            elif not entry and _names_component(node, value.value):
                yield mapping, tag, f"#/components/schemas/{escape(value.value)}", "schema"


def _names_component(node: Node, name: str) -> bool:
    """Whether a bare name in a discriminator means a schema of its own file."""
    root = node
    while root.parent is not None:
        root = root.parent
    found: Node | None = root
    for key in ("components", "schemas", name):
        found = found.get(key) if found else None
    return found is not None


def _slots(components: Node | None) -> Iterator[Slot]:
    for section, entries in components.items() if components else ():
        if isinstance(entries.value, dict):
            yield from ((section, name) for name in entries.value)


def _order(move: tuple[Target, Kind]) -> tuple[str, str]:
    target = move[0]
    return target.file.document.name, target.node.pointer


def _free(target: Target, section: str, taken: set[Slot]) -> Slot:
    """A name for a target that nothing else has: its own, else with its file's name behind."""
    path = target.node.path
    stem = _NAME.sub("_", target.file.location.stem) or "file"
    own = _NAME.sub("_", str(path[-1])).strip("_") if path else stem
    candidates = [own or stem, f"{own}_{stem}"]
    number = 2
    while (section, candidates[-1]) in taken and (section, candidates[0]) in taken:
        candidates.append(f"{own}_{stem}_{number}")
        number += 1
    return section, next(name for name in candidates if (section, name) not in taken)


class _Bundled:
    """Places in a bundle: those of the files that its parts were written in."""

    def __init__(self, grafts: dict[Path, tuple[Document, Path]]) -> None:
        self._grafts = grafts

    def span(self, path: Path, *, key: bool) -> Span:
        for length in range(len(path), -1, -1):
            graft = self._grafts.get(path[:length])
            if graft is not None:
                document, start = graft
                return document.span((*start, *path[length:]), key=key)
        return Span.point("")
