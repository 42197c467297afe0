"""Writing a generated tree: all or nothing, and only what changed.

A manifest of hashes says which files are ours and what we last wrote. So unchanged files keep
their bytes and times, files that are no longer emitted go, and what somebody wrote by hand
over a generated file is noticed instead of lost. Files that `.wireproofignore` lists belong to
the project, as do those in a package's folder `custom`, where nothing is ever generated.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import orjson

from wireproof.diagnostics import Diagnostic, Severity, Span, UsageError
from wireproof.emit import ignore

MANIFEST = "manifest.json"
CUSTOM = "custom"
"""Folders of this name, inside a target's package, hold a project's own code: `src/custom/`,
`northgate/custom/`. Nothing in them is written or removed."""
_VERSION = 1

Manifest = Mapping[str, Mapping[str, str]]
"""Target -> path relative to the output folder -> SHA-256 of what was written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a write would do. Paths are relative to the output folder, sorted.

    `edited` are files that somebody changed since we wrote them (or that were there before us)
    and that would be overwritten or removed. `kept` are generated files that the project has
    taken over, `diagnostics` says which entries of the ignore file have rotted.
    """

    root: Path
    files: Mapping[str, bytes]
    create: tuple[str, ...] = ()
    update: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    manifest: Manifest = field(default_factory=dict)
    manifest_differs: bool = False

    @property
    def clean(self) -> bool:
        """Whether the folder already holds exactly this tree."""
        return not (self.create or self.update or self.remove or self.manifest_differs)


def plan(root: Path, emitted: Mapping[str, Mapping[str, str | bytes]]) -> Plan:
    """Compare what was emitted (target -> path -> content) with the folder `root`.

    Targets of the old manifest that are not in `emitted` are left alone.

    Raises:
        UsageError: the manifest or the ignore file cannot be read.
    """
    old = read_manifest(root)
    entries = ignore.read_ignored(root)
    ignored = {entry.path for entry in entries}
    diagnostics: list[Diagnostic] = []
    files: dict[str, bytes] = {}
    manifest: dict[str, Mapping[str, str]] = {k: v for k, v in old.items() if k not in emitted}
    for target, tree in emitted.items():
        bodies = {
            f"{target}/{path}": body.encode() if isinstance(body, str) else body
            for path, body in tree.items()
        }
        for path in (target, *tree):
            _check_inside(path)
        diagnostics += ignore.judge(entries, bodies, {target})
        bodies = {path: body for path, body in bodies.items() if path not in ignored}
        files.update(bodies)
        manifest[target] = {path: _digest(body) for path, body in sorted(bodies.items())}
    before = {
        path: digest
        for target in emitted
        for path, digest in old.get(target, {}).items()
        if path not in ignored
    }
    done = _compare(root, files, before, manifest, differs=manifest != old)
    kept = sorted(ignored & {f"{target}/{path}" for target in emitted for path in emitted[target]})
    return replace(done, kept=tuple(kept), diagnostics=tuple(diagnostics))


def _compare(
    root: Path,
    files: Mapping[str, bytes],
    before: Mapping[str, str],
    manifest: Manifest,
    *,
    differs: bool,
) -> Plan:
    create, update, remove, edited = [], [], [], []
    for path, body in sorted(files.items()):
        present = _read(root / path)
        if present is None:
            create.append(path)
        elif present != body:
            update.append(path)
            if before.get(path) != _digest(present):
                edited.append(path)
    for path in sorted(before.keys() - files.keys()):
        present = _read(root / path)
        if present is not None:
            remove.append(path)
            if before[path] != _digest(present):
                edited.append(path)
    return Plan(
        root=root,
        files=files,
        create=tuple(create),
        update=tuple(update),
        remove=tuple(remove),
        edited=tuple(edited),
        manifest=dict(sorted(manifest.items())),
        manifest_differs=differs,
    )


def custom_files(root: Path, target: str) -> frozenset[str]:
    """The project's own files in a target's folders called `custom`, relative to the target."""
    base = root / target
    return frozenset(
        path.relative_to(base).as_posix()
        for folder in base.glob(f"*/{CUSTOM}")
        if folder.is_dir()
        for path in folder.rglob("*")
        if path.is_file()
    )


def apply(todo: Plan, *, force: bool = False) -> None:
    """Carry a plan out. The manifest is written last, so an interrupted write is noticed.

    Raises:
        UsageError: hand-edited files stand in the way and `force` is not set.
    """
    if todo.edited and not force:
        raise UsageError(*(_edited(todo.root / path) for path in todo.edited))
    for path in (*todo.create, *todo.update):
        _write(todo.root / path, todo.files[path])
    for path in todo.remove:
        (todo.root / path).unlink(missing_ok=True)
        _remove_empty_parents(todo.root / path, todo.root)
    if todo.manifest_differs:
        _write(todo.root / MANIFEST, _manifest_bytes(todo.manifest))


def read_manifest(root: Path) -> Manifest:
    """The manifest in `root`; empty where there is none.

    Raises:
        UsageError: the file is there but is no manifest.
    """
    data = _read(root / MANIFEST)
    if data is None:
        return {}
    try:
        document = orjson.loads(data)
        targets = {str(target): dict(files) for target, files in document["targets"].items()}
        version = document["version"]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _bad_manifest(root, str(error)) from error
    if version != _VERSION:
        raise _bad_manifest(root, f"version {version!r}, and this Wireproof reads {_VERSION}")
    return targets


def _bad_manifest(root: Path, why: str) -> UsageError:
    return UsageError(
        Diagnostic(
            rule="manifest",
            severity=Severity.ERROR,
            message=f"not a manifest of generated files: {why}",
            span=Span.point(str(root / MANIFEST)),
            help="restore it from version control, or delete it and generate with --force",
        )
    )


def _manifest_bytes(manifest: Manifest) -> bytes:
    document = {"version": _VERSION, "targets": manifest}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _edited(path: Path) -> Diagnostic:
    return Diagnostic(
        rule="edited-by-hand",
        severity=Severity.ERROR,
        message="this generated file was changed by hand and would be overwritten",
        span=Span.point(str(path)),
        help="move the change to the contract, a template or custom code, or pass --force",
    )


def _check_inside(path: str) -> None:
    if ".." in PurePosixPath(path).parts or PurePosixPath(path).is_absolute():
        raise ValueError(f"emitted path leaves the output folder: {path}")
    if CUSTOM in PurePosixPath(path).parts[1:2] and PurePosixPath(path).name != CUSTOM:
        raise ValueError(f"emitted path lies in a folder that is the project's own: {path}")


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return None


def _write(path: Path, body: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.wireproof")
    temporary.write_bytes(body)
    os.replace(temporary, path)  # noqa: PTH105 - Path.replace is the same call with one more object


def _remove_empty_parents(path: Path, root: Path) -> None:
    for parent in path.parents:
        if parent == root or any(parent.iterdir()):
            return
        parent.rmdir()
