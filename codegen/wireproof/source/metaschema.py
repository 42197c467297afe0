"""The structure of an OpenAPI document against OpenAPI's own meta-schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

import jsonschema_rs

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.source.document import Document
from wireproof.source.node import Json, Node

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_LONGEST = 120
_TYPES = {
    "object": "a mapping",
    "array": "a sequence",
    "string": "text",
    "boolean": "true or false",
}


@lru_cache(maxsize=4)
def _schema(version: str) -> Json:
    """The meta-schema of `3.0`, `3.1` or `3.2`, as openapi-spec-validator ships it."""
    found = find_spec("openapi_spec_validator")  # found, not imported: that takes 0.3 seconds
    assert found is not None and found.origin is not None  # noqa: S101, PT018 - a dependency
    folder = Path(found.origin).parent / "resources" / "schemas"
    schema = json.loads((folder / f"v{version}" / "schema.json").read_text("utf-8"))
    if "$defs" in schema:
        # The OpenAPI schema leaves Schema Objects open; JSON Schema's own dialect closes the gap.
        schema["$defs"]["schema"] = {"$dynamicAnchor": "meta", "$ref": _DRAFT}
    return schema


@lru_cache(maxsize=4)
def _validator(version: str) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(_schema(version))


def structure(document: Document) -> Iterator[Diagnostic]:
    """What the meta-schema of the document's version finds wrong, at the nodes in question."""
    version = str(document.root.value["openapi"])[:3]
    for error in _validator(version).iter_errors(document.root.value):
        for leaf in _leaves(error):
            yield from _diagnostics(document, leaf, version)


def _leaves(error: jsonschema_rs.ValidationError) -> Iterator[jsonschema_rs.ValidationError]:
    """The errors that explain one: of alternatives those of the branch that came closest."""
    branches = getattr(error.kind, "context", None)
    if not branches or not all(branches):
        yield error
        return
    chosen = [branch for branch in branches if not _wants_reference(branch)] or branches
    best = max(chosen, key=lambda branch: (_depth(branch), -len(branch)))
    if _depth(best) == len(error.instance_path) and len(chosen) > 1 and _types_only(chosen):
        yield error
        return
    for inner in best:
        yield from _leaves(inner)


def _wants_reference(branch: list[jsonschema_rs.ValidationError]) -> bool:
    return any(getattr(error.kind, "property", None) == "$ref" for error in branch)


def _types_only(branches: list[list[jsonschema_rs.ValidationError]]) -> bool:
    return all(hasattr(error.kind, "types") for branch in branches for error in branch)


def _depth(branch: list[jsonschema_rs.ValidationError]) -> int:
    return max(
        max([len(error.instance_path), *(_depth(inner) for inner in _branches(error))])
        for error in branch
    )


def _branches(
    error: jsonschema_rs.ValidationError,
) -> list[list[jsonschema_rs.ValidationError]]:
    return [branch for branch in getattr(error.kind, "context", None) or [] if branch]


def _diagnostics(
    document: Document, error: jsonschema_rs.ValidationError, version: str
) -> Iterator[Diagnostic]:
    node = _node(document, error.instance_path)
    name = _name(node)
    kind = error.kind
    if isinstance(missing := getattr(kind, "property", None), str):
        yield _at(node, f"{name} lacks the field {missing}", "add it", key=True)
    elif isinstance(unexpected := getattr(kind, "unexpected", None), list):
        known = _known_fields(version, error.schema_path)
        for field in unexpected:
            if (
                field in known
                and hasattr(kind, "unexpected")
                and "unevaluated" in str(error.schema_path[-1])
            ):
                continue  # known, and unevaluated only because its own value is wrong
            if isinstance(node.value, dict) and "$ref" in node.value:
                yield replace(
                    _at(
                        node.get(field) or node,
                        f"{field} beside $ref is ignored",
                        "remove it",
                        key=True,
                    ),
                    severity=Severity.WARNING,
                )
                continue
            close = get_close_matches(str(field), sorted(known), 1)
            hint = f"did you mean {close[0]}?" if close else "remove it, or begin its name with x-"
            child = node.get(field) or node
            yield _at(child, f"{name} has no field {field} in OpenAPI {version}", hint, key=True)
    elif isinstance(options := getattr(kind, "options", None), list):
        listed = ", ".join(map(str, options))
        close = get_close_matches(str(node.value), [str(option) for option in options], 1)
        hint = f"did you mean {close[0]}?" if close else "choose one of them"
        yield _at(node, f"{name} is {_short(node.value)}, not one of {listed}", hint)
    elif isinstance(types := getattr(kind, "types", None), list):
        wanted = " or ".join(_TYPES.get(str(each), str(each)) for each in types)
        yield _at(node, f"{name} must be {wanted}, not {_short(node.value)}", "correct the value")
    else:
        yield _at(node, f"{name}: {_clip(error.message)}", "see the OpenAPI specification")


def _node(document: Document, path: list[str | int]) -> Node:
    """The node at a path; numeric keys come as integers."""
    node = document.root
    for step in path:
        child = node.get(str(step) if isinstance(node.value, dict) else step)
        if child is None:
            break
        node = child
    return node


def _name(node: Node) -> str:
    """How a message calls a node: `info`, `parameters[2]`."""
    if node.parent is None:
        return "the document"
    return f"{_name(node.parent)}[{node.key}]" if isinstance(node.key, int) else node.key


@lru_cache(maxsize=256)
def _fields_of(version: str, path: tuple[str, ...]) -> frozenset[str]:
    schema = _schema(version)
    for step in path:
        if not isinstance(schema, dict) or step not in schema:
            return frozenset()
        schema = schema[step]
    found: set[str] = set()
    stack, seen = [schema], set()
    while stack:
        part = stack.pop()
        if isinstance(part, list):
            stack.extend(part)
        elif isinstance(part, dict) and id(part) not in seen:
            seen.add(id(part))
            found.update(part.get("properties", ()))
            stack.extend(
                part.get(word) for word in ("allOf", "anyOf", "oneOf", "if", "then", "else")
            )
            stack.extend(part.get("dependentSchemas", {}).values())
            if str(ref := part.get("$ref", "")).startswith("#/$defs/"):
                stack.append(_schema(version)["$defs"].get(ref.rpartition("/")[2]))
    return frozenset(found)


def _known_fields(version: str, schema_path: list[str | int]) -> frozenset[str]:
    """The fields of the meta-schema object that an error's keyword stands in."""
    path = [str(step) for step in schema_path[:-1]]
    for start, step in enumerate(path):
        if step in ("$defs", "definitions"):
            known = _fields_of(version, tuple(path[start:]))
            if known:
                return known
    return _fields_of(version, tuple(path))


def _at(node: Node, message: str, hint: str, *, key: bool = False) -> Diagnostic:
    span = node.key_span if key and node.parent is not None else node.span
    return Diagnostic("structure", Severity.ERROR, message, span, node.pointer, hint)


def _short(value: Json) -> str:
    if isinstance(value, (dict, list)):
        return "a mapping" if isinstance(value, dict) else "a sequence"
    return _clip(repr(value) if isinstance(value, str) else json.dumps(value, default=str))


def _clip(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
