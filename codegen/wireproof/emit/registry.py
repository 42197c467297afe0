"""The targets that `wireproof generate` knows, imported only when asked for."""

from __future__ import annotations

from importlib import import_module

from wireproof.emit.target import Target

MODULES = {
    "server": "wireproof.emit.server",
    "python": "wireproof.emit.python",
    "typescript": "wireproof.emit.typescript",
}
"""Target name -> module that exports it as `TARGET`; the order is the order of generation."""


def target(name: str) -> Target:
    """The target of that name. KeyError where there is none."""
    found = import_module(MODULES[name]).TARGET
    assert isinstance(found, Target)  # noqa: S101 - a module that exports something else is a bug here
    return found
