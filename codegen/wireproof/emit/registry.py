"""The targets that `wireproof generate` knows, imported only when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wireproof.emit.target import Target

MODULES = {
    "server": "wireproof.emit.server",
    "python": "wireproof.emit.python",
    "typescript": "wireproof.emit.typescript",
}
"""Target name -> module that exports it as `TARGET`; the order is the order of generation."""

OPTIONS: Mapping[str, tuple[str, ...]] = {
    "server": (),
    "python": ("package", "distribution", "client", "version", "env_prefix", "tests"),
    "typescript": (
        "package",
        "client",
        "version",
        "license",
        "env_prefix",
        "env-prefix",
        "tests",
    ),
}
"""Target name -> what its section of `wireproof.yaml` may set."""


def target(name: str) -> Target:
    """The target of that name. KeyError where there is none."""
    from wireproof.emit.target import Target  # noqa: PLC0415 - the names alone need no templates

    found = import_module(MODULES[name]).TARGET
    assert isinstance(found, Target)  # noqa: S101 - a module that exports something else is a bug here
    return found
