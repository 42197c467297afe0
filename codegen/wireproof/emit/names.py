"""Type names: allocated once, kept in a committed lock file, shared by all targets.

Every declared type has a row of candidates, best first: its `x-sdk-name`, its component name, its
title, its context (`OrderListResponseItem`). A candidate is granted when it is free and nobody of
the same rank wants it too; otherwise all of them move on to their next one. So a name depends
on the contract, never on the order in which types are met, and a locked name is never given
away: a new schema cannot rename an old one.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import orjson

from wireproof.diagnostics import Diagnostic, Severity, Span, UsageError
from wireproof.emit.words import pascal, words
from wireproof.ir.naming import NameHints
from wireproof.ir.schema import SchemaId

_PASCAL = re.compile(r"[A-Z][A-Za-z0-9]*\Z")
_LONGEST_TITLE = 5  # words; a longer title is a sentence, not a name
_LOCK_VERSION = 1


@dataclass(frozen=True, slots=True)
class Names:
    """Allocated, language-neutral PascalCase names by schema id; unique ignoring case."""

    types: Mapping[SchemaId, str]

    def type(self, schema: SchemaId) -> str:
        """The name of a declared type. KeyError for a schema that is not declared."""
        return self.types[schema]


def allocate(hints: Mapping[SchemaId, NameHints], lock: Mapping[SchemaId, str]) -> Names:
    """Name every type in `hints`; names in `lock` stay as they are."""
    granted = {schema: lock[schema] for schema in hints if schema in lock}
    taken = {name.casefold() for name in granted.values()}
    waiting = {
        schema: list(candidates(schema, hint))
        for schema, hint in hints.items()
        if schema not in granted
    }
    while waiting:
        wanted: defaultdict[tuple[int, str], list[SchemaId]] = defaultdict(list)
        for schema, row in waiting.items():
            rank, name = row[0]
            wanted[rank, name.casefold()].append(schema)
        best = min(rank for rank, _ in wanted)
        for (rank, key), claimants in wanted.items():
            if rank != best:
                continue
            if len(claimants) == 1 and key not in taken:
                granted[claimants[0]] = waiting.pop(claimants[0])[0][1]
            else:
                for schema in claimants:
                    del waiting[schema][0]
        # Granted only now, so that equals compete before anybody's name counts as taken.
        taken.update(name.casefold() for name in granted.values())
    return Names({schema: granted[schema] for schema in hints})


def candidates(schema: SchemaId, hint: NameHints) -> list[tuple[int, str]]:
    """Ranked names for one type, best first; the last one is unique by construction."""
    row: list[tuple[int, str]] = []
    if hint.sdk_name:
        row.append((0, _spell(hint.sdk_name)))
    if hint.component:
        exact = _PASCAL.match(hint.component)
        row.append((1 if exact else 2, _spell(hint.component)))
    if hint.title and len(words(hint.title)) <= _LONGEST_TITLE:
        row.append((3, _spell(hint.title)))
    context = pascal(*hint.context) or _spell(hint.component or hint.title or "Type")
    row.append((4, context))
    digest = hashlib.sha256(schema.encode()).hexdigest()
    row += [(5 + n, f"{context}X{digest[:n].upper()}") for n in range(4, 33, 4)]
    return [(rank, name) for rank, name in row if name]


def _spell(name: str) -> str:
    """A name as PascalCase; one that is already written so keeps its own capitals."""
    return name if _PASCAL.match(name) else pascal(name)


def read_lock(data: bytes, file: str) -> dict[SchemaId, str]:
    """Names from a lock file's bytes.

    Raises:
        UsageError: it is no lock file, or gives one name to two types.
    """
    try:
        document = orjson.loads(data)
        names = {SchemaId(str(key)): str(value) for key, value in document["types"].items()}
        version = document["version"]
    except (orjson.JSONDecodeError, TypeError, KeyError, AttributeError) as error:
        raise _bad_lock(file, f"not a names lock file: {error}") from error
    if version != _LOCK_VERSION:
        raise _bad_lock(file, f"written for version {version!r}, this one reads {_LOCK_VERSION}")
    owners: dict[str, SchemaId] = {}
    for schema, name in names.items():
        if not _PASCAL.match(name) and pascal(name) != name:
            raise _bad_lock(file, f"{name!r} (for {schema}) is not a PascalCase name")
        if (other := owners.setdefault(name.casefold(), schema)) != schema:
            raise _bad_lock(file, f"{other} and {schema} are both called {name!r}")
    return names


def write_lock(names: Names) -> bytes:
    """The lock file's bytes: sorted, one name a line, so that merges and reviews stay easy."""
    document = {"version": _LOCK_VERSION, "types": dict(sorted(names.types.items()))}
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _bad_lock(file: str, message: str) -> UsageError:
    return UsageError(
        Diagnostic(
            rule="names-lock",
            severity=Severity.ERROR,
            message=message,
            span=Span.point(file),
            help="restore the file from version control, or delete it to allocate anew",
        )
    )
