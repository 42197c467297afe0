"""Lifecycle, servers, tags, examples: small objects that stand in many places."""

from __future__ import annotations

from datetime import date

from wireproof.ir.contract import Example, Lifecycle, Server, Stability, Tag
from wireproof.ir.reading.reader import Reader
from wireproof.source.node import Node

_STABILITIES = {stability.value: stability for stability in Stability} | {
    "alpha": Stability.EXPERIMENTAL,
    "draft": Stability.EXPERIMENTAL,
}
_PLAIN = Lifecycle()
_DEPRECATED = Lifecycle(deprecated=True)


def lifecycle(reader: Reader, node: Node) -> Lifecycle:
    """`deprecated`, `x-sunset`, `x-stability` of an operation or a parameter."""
    value = node.value
    deprecated = reader.flag(node, "deprecated")
    if not value.keys() & {"x-sunset", "x-stability", "x-stability-level"}:
        return _DEPRECATED if deprecated else _PLAIN
    return Lifecycle(deprecated, _sunset(reader, node), _stability(reader, node))


def _sunset(reader: Reader, node: Node) -> date | None:
    raw = node.value.get("x-sunset")
    if raw is None:
        return None
    try:
        return date.fromisoformat(str(raw)[:10])
    except ValueError:
        reader.report(
            "invalid-sunset",
            node.get("x-sunset") or node,
            f"`x-sunset: {raw!r}` is no date",
            "write it as 2027-01-31",
        )
        return None


def _stability(reader: Reader, node: Node) -> Stability:
    key = "x-stability" if "x-stability" in node.value else "x-stability-level"
    raw = node.value.get(key)
    if raw is None:
        return Stability.STABLE
    found = _STABILITIES.get(raw) if isinstance(raw, str) else None
    if found is None:
        reader.report(
            "invalid-stability",
            node.get(key) or node,
            f"`{key}: {raw!r}` is not known; stable is assumed",
            f"use one of {', '.join(_STABILITIES)}",
        )
    return found or Stability.STABLE


def servers(reader: Reader, node: Node) -> tuple[Server, ...] | None:
    """The `servers` of a node; None where it states none."""
    raw = node.value.get("servers")
    if not raw:
        return None
    found = []
    for element in reader.elements(node, "servers"):
        target = reader.mapping(element)
        if target is not None:
            found.append(_server(reader, target))
    return tuple(found)


def _server(reader: Reader, node: Node) -> Server:
    variables = {}
    for name, entry in reader.entries(node, "variables"):
        if reader.mapping(entry) is not None:
            variables[name] = (reader.text(entry, "default"), reader.texts(entry, "enum"))
    return Server(
        reader.text(node, "url"),
        reader.text(node, "name"),
        reader.text(node, "description"),
        variables,
    )


def tags(reader: Reader, root: Node) -> tuple[Tag, ...]:
    """The tags declared at the root."""
    found = []
    for element in reader.elements(root, "tags"):
        node = reader.mapping(element)
        if node is not None and isinstance(node.value.get("name"), str):
            found.append(
                Tag(
                    node.value["name"],
                    reader.text(node, "summary"),
                    reader.text(node, "description"),
                    reader.text(node, "parent"),
                    reader.text(node, "kind"),
                )
            )
    return tuple(found)


def examples(reader: Reader, node: Node) -> tuple[Example, ...]:
    """`example` and `examples` of a parameter or a media type."""
    value = node.value
    found = []
    if "example" in value:
        found.append(Example("", value["example"], origin=node.get("example")))
    if "examples" in value:
        for name, entry in reader.entries(node, "examples"):
            target = reader.mapping(entry)
            if target is not None:
                for key in ("value", "dataValue"):
                    if key in target.value:
                        summary = reader.text(target, "summary")
                        found.append(Example(name, target.value[key], summary, origin=target))
                        break
    return tuple(found)
