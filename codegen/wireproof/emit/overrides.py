"""A project's own templates: whether they fit this version of Wireproof.

What a template is given, and which runtime files the rest relies on, is a contract of its own. Its
version stands in the file `templates.yaml` of the project's folder, so that an update of Wireproof
tells about templates that no longer fit, instead of generating something odd::

    contract: 1

Files with the built-in ones' names win over them. Other names do nothing and are warned of, unless
they begin with an underscore: those are a project's own parts, for its templates to include.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, Span, UsageError
from wireproof.source.parse import parse

CONTRACT = 1
"""Raised whenever a template is given something else, or a file goes or is renamed."""
HEADER = "templates.yaml"
_SKIPPED = {"__pycache__", "node_modules"}


def names(root: Path) -> frozenset[str]:
    """Files below a folder of templates, as POSIX paths relative to it."""
    return frozenset(
        path.relative_to(root).as_posix()
        for path in root.rglob("*")
        if path.is_file() and not _SKIPPED.intersection(path.relative_to(root).parts)
    )


def check(override: Path, builtin: Path) -> tuple[Diagnostic, ...]:
    """Warnings about files that override nothing.

    Raises:
        UsageError: there is no such folder, or its templates are not of this contract.
    """
    if not override.is_dir():
        raise _refused(override, "there is no folder of templates here", "correct templates:")
    found = names(override)
    if found - {HEADER}:
        _check_contract(override / HEADER)
    return tuple(_without_effect(override, found, names(builtin)))


def _check_contract(header: Path) -> None:
    said = f"say `contract: {CONTRACT}` in it, once the templates are compared with the built-in"
    if not header.is_file():
        raise _refused(header, "the contract that these templates are written for is missing", said)
    root = parse(str(header), header.read_bytes()).document.root
    version = root.get("contract") if isinstance(root.value, dict) else None
    if version is None or version.value != CONTRACT:
        stated = "no contract" if version is None else f"contract {version.value!r}"
        message = f"templates of {stated}, and this Wireproof has contract {CONTRACT}"
        raise UsageError(
            Diagnostic(
                "template-contract", Severity.ERROR, message, (version or root).span, help=said
            )
        )


def _without_effect(
    override: Path, found: frozenset[str], known: frozenset[str]
) -> Iterator[Diagnostic]:
    for path in sorted(found - known - {HEADER}):
        if path.rpartition("/")[2].startswith("_"):
            continue
        near = get_close_matches(path, sorted(known), n=1)
        yield Diagnostic(
            rule="template-unknown",
            severity=Severity.WARNING,
            message=f"{path} overrides nothing: Wireproof has no such template or runtime file",
            span=Span.point(str(override / path)),
            help=f"did you mean {near[0]}?" if near else "begin the name of an own part with _",
        )


def _refused(path: Path, message: str, hint: str) -> UsageError:
    return UsageError(
        Diagnostic("template-contract", Severity.ERROR, message, Span.point(str(path)), help=hint)
    )
