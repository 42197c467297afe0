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
from difflib import get_close_matches
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.source.node import Json, Node
from wireproof.source.parse import parse

FILE = "wireproof.yaml"
_TEXTS = ("spec", "out", "names", "templates")
_MAPPINGS = ("targets", "lint", "compat")
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
        lint: Options of the linter.
        compat: Options of the gate, with their places; None where there are none.
    """

    root: Path
    spec: str | None = None
    out: Path = Path("generated")
    names: Path = Path("generated/names.lock.json")
    templates: Path | None = None
    targets: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    lint: Mapping[str, Json] = field(default_factory=dict)
    compat: Node | None = None


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
    root = parse(str(found), found.read_bytes()).document.root
    values = dict(_settings(root)) if root.value is not None else {}
    return _config(found.parent, values, root.get("compat"))


def _nearest(folder: Path) -> Path | None:
    for parent in (folder, *folder.parents):
        if (parent / FILE).is_file():
            candidate = parent / FILE
            return candidate.relative_to(folder) if parent == folder else candidate
    return None


def _settings(root: Node) -> Mapping[str, Json]:
    if not isinstance(root.value, dict):
        raise _wrong(root, f"{FILE} must hold a mapping")
    for key, node in root.items():
        if key in _TEXTS:
            if not isinstance(node.value, str) or not node.value:
                raise _wrong(node, f"{key} must be a text")
        elif key in _MAPPINGS:
            if not isinstance(node.value, dict):
                raise _wrong(node, f"{key} must be a mapping")
        else:
            near = get_close_matches(key, _KNOWN, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(_KNOWN)}"
            raise _wrong(node, f"{key} is no setting of Wireproof", hint, key=True)
    targets = root.get("targets")
    for name, node in targets.items() if targets else ():
        if node.value is not None and not isinstance(node.value, dict):
            raise _wrong(node, f"the options of target {name} must be a mapping")
    return dict(root.value)


def _config(folder: Path, values: Mapping[str, Json], compat: Node | None) -> Config:
    out = folder / values.get("out", "generated")
    templates = values.get("templates")
    return Config(
        root=folder,
        spec=str(folder / values["spec"]) if "spec" in values else None,
        out=out,
        names=folder / values["names"] if "names" in values else out / "names.lock.json",
        templates=folder / templates if templates else None,
        targets={name: options or {} for name, options in values.get("targets", {}).items()},
        lint=values.get("lint", {}),
        compat=compat,
    )


def _wrong(node: Node, message: str, hint: str = "", *, key: bool = False) -> UsageError:
    span = node.key_span if key else node.span
    return UsageError(
        Diagnostic("config", Severity.ERROR, message, span, pointer=node.pointer, help=hint)
    )
