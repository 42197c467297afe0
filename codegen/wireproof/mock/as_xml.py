"""Bodies in XML, named and nested as the keyword `xml` has it (OpenAPI 3.2, "XML Object").

Read of it are `name`, `prefix`, `namespace`, `attribute`, `wrapped` and 3.2's `nodeType`. Elements
without a name of their own are called as the member is, and items of a list as the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from wireproof.ir.contract import Contract
from wireproof.ir.samples.conjunction import conjunction
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAME = re.compile(r"[A-Za-z_][\w.-]*(:[A-Za-z_][\w.-]*)?", re.ASCII)
_COMPONENT = "#/components/schemas/"


@dataclass(slots=True)
class _Element:
    """An element while it is filled."""

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list[str] = field(default_factory=list)

    def text(self) -> str:
        head = "".join([self.name, *(f" {k}={quoteattr(v)}" for k, v in self.attributes.items())])
        return f"<{head}>{''.join(self.inside)}</{self.name}>"


def document(contract: Contract, schema: SchemaId, value: Json) -> bytes:
    """A value as an XML document.

    Args:
        contract: The contract.
        schema: The schema that the value is of.
        value: JSON data; a text is sent as it is, because it is XML already.
    """
    if isinstance(value, str):
        return value.encode("utf-8", "replace")
    name = schema.removeprefix(_COMPONENT)
    known = name if name != schema and "/" not in name else "root"
    writer = _Writer(contract)
    if isinstance(value, list):
        root = writer.started((schema,), known)
        root.inside += [one.text() for one in writer.listed((schema,), known, value)]
    else:
        root = writer.element((schema,), known, value)
    return (_HEAD + root.text()).encode("utf-8", "replace")


class _Writer:
    """Elements of one contract's values."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract

    def started(self, ids: tuple[SchemaId, ...], name: str) -> _Element:
        """An element with its name and namespace, still empty."""
        said = self._said(ids)
        found = _Element(_named(said, name))
        if isinstance(namespace := said.get("namespace"), str) and namespace:
            prefix = said.get("prefix")
            found.attributes[f"xmlns:{prefix}" if prefix else "xmlns"] = namespace
        return found

    def element(self, ids: tuple[SchemaId, ...], name: str, value: Json) -> _Element:
        """An element with a value in it."""
        found = self.started(ids, name)
        if not isinstance(value, dict):
            found.inside.append(_text(value))
            return found
        members = self._members(ids)
        for key, child in value.items():
            self._member(found, members.get(key, ()), key, child)
        return found

    def listed(self, ids: tuple[SchemaId, ...], name: str, value: list[Json]) -> Iterator[_Element]:
        """The items of a list, each an element."""
        items = tuple(s.items for s in self._schemas(ids) if s.items is not None)
        for item in value:
            yield self.element(items, name, item)

    def _member(self, found: _Element, ids: tuple[SchemaId, ...], key: str, value: Json) -> None:
        said = self._said(ids)
        kind = "attribute" if said.get("attribute") is True else said.get("nodeType", "element")
        if kind == "attribute":
            found.attributes[_named(said, key)] = _plain(value)
        elif kind in ("text", "cdata"):
            found.inside.append(_text(value))
        elif not isinstance(value, list):
            found.inside.append(self.element(ids, key, value).text())
        elif said.get("wrapped") is True or said.get("nodeType") == "element":
            wrapper = self.started(ids, key)
            wrapper.inside += [one.text() for one in self.listed(ids, key, value)]
            found.inside.append(wrapper.text())
        else:
            found.inside += [one.text() for one in self.listed(ids, key, value)]

    def _said(self, ids: tuple[SchemaId, ...]) -> Mapping[str, Json]:
        """The keyword `xml` of the first of some schemas that has it."""
        for schema in self._schemas(ids):
            written = schema.origin.value
            said = written.get("xml") if isinstance(written, dict) else None
            if isinstance(said, dict):
                return said
        return {}

    def _members(self, ids: tuple[SchemaId, ...]) -> Mapping[str, tuple[SchemaId, ...]]:
        return conjunction(self._contract, ids, lambda arms: arms[0]).properties if ids else {}

    def _schemas(self, ids: tuple[SchemaId, ...]) -> list[Schema]:
        return conjunction(self._contract, ids, lambda arms: arms[0]).schemas if ids else []


def _named(said: Mapping[str, Json], otherwise: str) -> str:
    """The name of an element or attribute; `member` where the contract's is none for XML."""
    own = said.get("name")
    name = own if isinstance(own, str) and own else otherwise
    prefix = said.get("prefix")
    whole = f"{prefix}:{name}" if isinstance(prefix, str) and prefix else name
    return whole if _NAME.fullmatch(whole) else "member"


def _text(value: Json) -> str:
    return escape(_plain(value))


def _plain(value: Json) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
