"""Is the document a valid OpenAPI document? Structure first, then what no schema can say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wireproof.diagnostics import Diagnostic, Related, Severity, ordered
from wireproof.source.document import Document
from wireproof.source.grammar import SECTIONS, Kind, reference, walk
from wireproof.source.metaschema import structure
from wireproof.source.node import Node, escape
from wireproof.source.workspace import Workspace

_TEMPLATE = re.compile(r"\{([^{}]*)\}")
_COMPONENT = re.compile(r"#/components/([^/]+)/[^/]+\Z")
_METHODS = frozenset(("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"))


def validate(
    workspace: Workspace, visited: Iterable[tuple[Node, Kind]] | None = None
) -> tuple[Diagnostic, ...]:
    """Everything that keeps the contract from being a valid OpenAPI document.

    The meta-schema of the document's version; operation ids, paths and path parameters;
    references to the wrong kind of component; and what loading has found already. `visited` is
    what `walk` gives for the contract, from who has walked it already.
    """
    document = workspace.contract
    found = [*workspace.diagnostics, *structure(document)]
    found += _operations(document)
    found += _references(document, visited or walk(document.root, "openapi"))
    return ordered(found)


def operations(document: Document) -> Iterator[tuple[Node, Node]]:
    """Path item (resolved) and operation of everything under `paths`, in document order."""
    paths = document.root.get("paths")
    for path, written in paths.items() if paths else ():
        item = document.resolve(written) if path.startswith("/") else None
        for method, operation in item.items() if item else ():
            if method in _METHODS and item is not None and isinstance(operation.value, dict):
                yield item, operation
        more = item.get("additionalOperations") if item else None
        for _, operation in more.items() if more else ():
            if item is not None and isinstance(operation.value, dict):
                yield item, operation


def _operations(document: Document) -> Iterator[Diagnostic]:
    yield from _ambiguous_paths(document)
    ids: dict[str, Node] = {}
    for _, operation in operations(document):
        name = operation.get("operationId")
        if name is not None and isinstance(name.value, str):
            if name.value in ids:
                yield _error(
                    "duplicate-operation-id",
                    name,
                    f"the operationId {name.value} is taken",
                    "give every operation an id of its own",
                    Related("first here", ids[name.value].span),
                )
            ids.setdefault(name.value, name)
    paths = document.root.get("paths")
    for path, written in paths.items() if paths else ():
        item = document.resolve(written)
        if item is not None and path.startswith("/"):
            yield from _path_parameters(document, path, item)


def _ambiguous_paths(document: Document) -> Iterator[Diagnostic]:
    """Paths that differ in parameter names only; worse where they share a method."""
    shapes: dict[str, tuple[Node, set[str]]] = {}
    paths = document.root.get("paths")
    for path, node in paths.items() if paths else ():
        item = document.resolve(node)
        methods = {key for key, _ in item.items() if key in _METHODS} if item else set()
        shape = _TEMPLATE.sub("{}", path)
        if shape in shapes:
            first, taken = shapes[shape]
            both = bool(methods & taken)
            yield _error(
                "ambiguous-path",
                node,
                f"{path} and {first.key} match the same requests",
                "keep one of them" if both else "use the same parameter names in both",
                Related("the other one", first.key_span),
                key=True,
                severity=Severity.ERROR if both else Severity.WARNING,
            )
        shapes.setdefault(shape, (node, set()))[1].update(methods)


def _path_parameters(document: Document, path: str, item: Node) -> Iterator[Diagnostic]:
    wanted = _TEMPLATE.findall(path)
    shared = _parameters(document, item)
    yield from _strangers(shared, path, wanted)
    for key, operation in item.items():
        if key not in _METHODS or not isinstance(operation.value, dict):
            continue
        own = _parameters(document, operation)
        yield from _strangers(own, path, wanted)
        yield from _repeated(own)
        declared = {name for name, place, _ in (*shared, *own) if place == "path"}
        for name in dict.fromkeys(wanted):
            if name not in declared:
                yield _error(
                    "missing-path-parameter",
                    operation,
                    f"{key.upper()} {path} does not declare its path parameter {name}",
                    f"add a parameter with name: {name}, in: path, required: true",
                    key=True,
                )


Declared = tuple[str, str, Node]
"""Name, `in`, and node of a parameter as it stands in the list."""


def _parameters(document: Document, holder: Node) -> list[Declared]:
    found: list[Declared] = []
    listed = holder.get("parameters")
    for written in listed.elements() if listed else ():
        parameter = document.resolve(written)
        value = parameter.value if parameter is not None else None
        if isinstance(value, dict):
            name, place = value.get("name"), value.get("in")
            if isinstance(name, str) and isinstance(place, str):
                found.append((name, place, written))
    return found


def _strangers(declared: list[Declared], path: str, wanted: list[str]) -> Iterator[Diagnostic]:
    for name, place, node in declared:
        if place == "path" and name not in wanted:
            yield _error(
                "unknown-path-parameter",
                node,
                f"the path {path} has no {{{name}}}",
                f"add {{{name}}} to the path, or remove the parameter",
            )


def _repeated(declared: list[Declared]) -> Iterator[Diagnostic]:
    seen: dict[tuple[str, str], Node] = {}
    for name, place, node in declared:
        if (name, place) in seen:
            yield _error(
                "duplicate-parameter",
                node,
                f"the {place} parameter {name} is declared twice",
                "remove one of them",
                Related("first here", seen[name, place].span),
            )
        seen.setdefault((name, place), node)


def _references(document: Document, visited: Iterable[tuple[Node, Kind]]) -> Iterator[Diagnostic]:
    for node, kind in visited:
        ref = reference(node, kind)
        if ref is not None:
            yield from _misplaced(node, kind, ref)
        elif kind == "schema" and isinstance(node.value, dict) and "discriminator" in node.value:
            yield from _mapping(document, node)


def _misplaced(node: Node, kind: Kind, ref: str) -> Iterator[Diagnostic]:
    match = _COMPONENT.match(ref)
    if match and match[1] in SECTIONS.values() and match[1] != SECTIONS[kind]:
        yield _error(
            "misplaced-ref",
            node.get("$ref") or node,
            f"{ref} is no {kind}, which is expected here",
            f"refer to something under #/components/{escape(SECTIONS[kind])}",
        )


def _mapping(document: Document, schema: Node) -> Iterator[Diagnostic]:
    """Values of a discriminator's mapping: a reference, or the name of a schema."""
    discriminator = schema.get("discriminator")
    mapping = discriminator.get("mapping") if discriminator else None
    for tag, node in mapping.items() if mapping else ():
        value = node.value
        if not isinstance(value, str):
            continue  # the structure says so
        pointer = value if "/" in value else f"#/components/schemas/{escape(value)}"
        if not pointer.startswith("#") or document.at(pointer) is None:
            yield _error(
                "unresolved-ref",
                node,
                f"the discriminator maps {tag} to {value}, which leads nowhere",
                "name a schema under components, or refer to one",
            )


def _error(
    rule: str,
    node: Node,
    message: str,
    hint: str,
    *related: Related,
    key: bool = False,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    span = node.key_span if key else node.span
    return Diagnostic(rule, severity, message, span, node.pointer, hint, related)
