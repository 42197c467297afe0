"""`wireproof.yaml`: where a project keeps its contract and what it makes of it.

Every key is optional. Relative paths are relative to the file's folder::

    spec: spec/northgate.openapi.yaml
    out: generated
    names: generated/names.lock.json
    templates: sdk-templates
    targets:
      python: {package: northgate}
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.emit.registry import OPTIONS
from wireproof.source import expect
from wireproof.source.node import Json, Node
from wireproof.source.parse import parse

FILE = "wireproof.yaml"
_TEXTS = ("spec", "out", "names", "templates")
_MAPPINGS = ("targets", "lint", "compat", "verify")
_KNOWN = (*_TEXTS, *_MAPPINGS)


@dataclass(frozen=True, slots=True)
class Config:
    """A project's settings; all paths as seen from the working directory.

    Attributes:
        root: The folder of the configuration file, or the working directory.
        spec: The contract, None where it must be given on the command line.
        out: The folder of generated trees.
        names: The lock file of allocated type names.
        templates: The project's own templates, None for the built-in ones alone.
        targets: Target name -> its options, in the order of the file.
        lint: Options of the linter, with their places; None where there are none.
        compat: Options of the gate, with their places; None where there are none.
        verify: What is known of a running server, with its places; None where nothing is.
    """

    root: Path
    spec: str | None = None
    out: Path = Path("generated")
    names: Path = Path("generated/names.lock.json")
    templates: Path | None = None
    targets: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    lint: Node | None = None
    compat: Node | None = None
    verify: Node | None = None


def read_config(path: Path | None = None) -> Config:
    """The configuration at `path`, or the nearest `wireproof.yaml` upwards, or the defaults.

    Raises:
        UsageError: unknown keys, values of the wrong kind.
        LoadError: the file is not YAML.
    """
    found = path or _nearest(Path.cwd())
    if found is None:
        return Config(root=Path())
    if not found.is_file():
        raise UsageError(
            Diagnostic("config", Severity.ERROR, f"there is no configuration file {found}")
        )
    data = found.read_bytes()
    if not data.strip():
        return Config(root=found.parent)
    root = parse(str(found), data).document.root
    if root.value is not None:
        _check(root)
    return _config(found.parent, root)


def _nearest(folder: Path) -> Path | None:
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            candidate = parent / FILE
            return candidate.relative_to(folder) if parent == folder else candidate
    return None


def _check(root: Node) -> None:
    """Known sections, targets and options; sections of commands are checked where they are used."""
    if not isinstance(root.value, dict):
        raise expect.wrong(root, f"{FILE} must hold a mapping", "begin with spec: path/to/api.yaml")
    expect.only(root, _KNOWN, FILE, "")
    for key in _TEXTS:
        expect.text(root.get(key), key)
    for key in _MAPPINGS:
        expect.mapping(root.get(key), key, f"write {key}: and its settings below, indented")
    for name, options in expect.entries(root.get("targets"), "targets", "write python: {}"):
        if name not in OPTIONS:
            message = f"there is no target {name!r}"
            raise expect.wrong(options, message, expect.near(name, OPTIONS), key=True)
        where = f"targets.{name}"
        expect.only(options, OPTIONS[name], where, f"write {name}: {{}}")
        for option, value in options.items():
            if isinstance(value.value, dict | list | None):
                raise expect.wrong(value, f"{where}.{option} must be a text", "write it in quotes")


def _config(folder: Path, root: Node) -> Config:
    values = root.value or {}
    out = folder / values.get("out", "generated")
    templates = values.get("templates")
    return Config(
        root=folder,
        spec=str(folder / values["spec"]) if "spec" in values else None,
        out=out,
        names=folder / values["names"] if "names" in values else out / "names.lock.json",
        templates=folder / templates if templates else None,
        targets={name: options or {} for name, options in (values.get("targets") or {}).items()},
        lint=root.get("lint"),
        compat=root.get("compat"),
        verify=root.get("verify"),
    )
