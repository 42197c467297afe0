"""A rule's docstring is its documentation."""

from __future__ import annotations

from importlib import import_module
from inspect import getdoc


def page(rule: str) -> str:
    """The whole documentation of a rule. KeyError where there is none of that id."""
    return getdoc(import_module(f"wireproof.compat.rules.{rule.replace('-', '_')}")) or ""


def headline(rule: str) -> str:
    """Its first line."""
    return page(rule).partition("\n")[0]
