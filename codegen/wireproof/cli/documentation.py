"""A rule's docstring is its documentation, be it a rule of the linter or of the gate."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from inspect import getdoc

_PACKAGES = ("wireproof.lint.rules", "wireproof.compat.rules")


def page(rule: str) -> str:
    """The whole documentation of a rule. KeyError where there is none of that id."""
    for package in _PACKAGES:
        name = f"{package}.{rule.replace('-', '_')}"
        if find_spec(name) is not None:
            return getdoc(import_module(name)) or ""
    raise KeyError(rule)


def headline(rule: str) -> str:
    """Its first line."""
    return page(rule).partition("\n")[0]
