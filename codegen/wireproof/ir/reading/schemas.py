"""Schemas of the bundled document, built when first asked for.

References are followed one hop at a time, because since OpenAPI 3.1 a `$ref` may have siblings
that count: a chain stops at the first schema that says more than `$ref`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from wireproof.ir.reading.draft import Draft
from wireproof.ir.reading.keywords import NO_CONTRACT, READERS
from wireproof.ir.reading.reader import Reader
from wireproof.ir.schema import Discriminator, Schema, SchemaId, edges
from wireproof.source.node import Json, Node, escape

COMPONENTS = "#/components/schemas/"
ANYTHING: Json = True
"""The schema that the document left out: `true`, any value."""
_BARE_SIBLINGS = frozenset({"$ref", "$comment"})
_MODELLED_EXTENSIONS = frozenset({"x-extensible-enum"})


class SchemaTable(Mapping[SchemaId, Schema]):
    """All schemas by id. Iteration goes over components, then over what operations reach."""

    def __init__(
        self,
        reader: Reader,
        *,
        siblings_count: bool,
        under: SchemaTable | None = None,
    ) -> None:
        self.reader = reader
        self._siblings_count = siblings_count
        self._nodes: dict[SchemaId, Node] = {}
        self._under = under
        self._built: dict[SchemaId, Schema] = {}
        self._targets: dict[str, SchemaId | None] = {}
        self._roots: dict[SchemaId, None] = {}
        self.components = self._component_ids()

    def __getitem__(self, schema_id: SchemaId) -> Schema:
        schema = self._built.get(schema_id)
        if schema is None:
            schema = self._built[schema_id] = self._find(schema_id)
        return schema

    def _find(self, schema_id: SchemaId) -> Schema:
        if self._under is not None and schema_id in self._under:
            return self._under[schema_id]
        node = self._nodes.get(schema_id) or self._unlinked(schema_id)
        if node is None:
            raise KeyError(schema_id)
        return self._build(node, schema_id)

    def __iter__(self) -> Iterator[SchemaId]:
        seen: dict[SchemaId, None] = {}
        for root in (*self.components, *self._roots):
            pending = [root]
            while pending:
                schema_id = pending.pop()
                if schema_id not in seen:
                    seen[schema_id] = None
                    pending.extend(reversed(tuple(edges(self[schema_id]))))
        return iter(seen)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, schema_id: object) -> bool:
        return isinstance(schema_id, str) and (
            schema_id in self._nodes or self._unlinked(schema_id) is not None
        )

    def beside(self) -> SchemaTable:
        """A table of the same schemas that takes in others; this one does not see those."""
        reader = Reader(self.reader.document)
        return SchemaTable(reader, siblings_count=self._siblings_count, under=self)

    def root(self, node: Node) -> SchemaId:
        """The schema that an operation holds at `node` (a parameter's, a body's)."""
        schema_id = self.link(node, SchemaId(f"#{node.pointer}"))
        self._roots.setdefault(schema_id)
        return schema_id

    def adopt(self, node: Node, schema_id: SchemaId) -> SchemaId:
        """Take in a schema that the document leaves to be understood."""
        self._nodes.setdefault(schema_id, node)
        self._roots.setdefault(schema_id)
        return schema_id

    def link(self, node: Node, schema_id: SchemaId) -> SchemaId:
        """The id of the schema that stands at `node`, bare `$ref`s followed."""
        value = node.value
        if isinstance(value, dict) and "$ref" in value and self._is_bare(value):
            target = self._follow(value["$ref"])
            if target is not None:
                return target
        if schema_id not in self._nodes:
            self._nodes[schema_id] = node
        return schema_id

    def _component_ids(self) -> tuple[SchemaId, ...]:
        found = []
        components = self.reader.mapping(self.reader.document.root.get("components"))
        if components is not None:
            for name, node in self.reader.entries(components, "schemas"):
                schema_id = SchemaId(f"{COMPONENTS}{escape(name)}")
                self._nodes[schema_id] = node
                found.append(schema_id)
        return tuple(found)

    def _is_bare(self, value: dict[str, Json]) -> bool:
        return len(value) == 1 or not self._siblings_count or value.keys() <= _BARE_SIBLINGS

    def _follow(self, ref: Json) -> SchemaId | None:
        """Where a `$ref` finally leads; None where to nothing, or back to itself."""
        if not isinstance(ref, str):
            return None
        if ref in self._targets:
            return self._targets[ref]
        self._targets[ref] = None  # answers a circle of bare references
        node = self._locate(ref)
        if node is not None:
            value = node.value
            if isinstance(value, dict) and "$ref" in value and self._is_bare(value):
                self._targets[ref] = self._follow(value["$ref"])
            elif isinstance(value, dict | bool):
                schema_id = SchemaId(f"#{node.pointer}")
                self._nodes.setdefault(schema_id, node)
                self._targets[ref] = schema_id
        return self._targets[ref]

    def _locate(self, ref: str) -> Node | None:
        """The node at a local reference."""
        return self.reader.document.at(ref) if ref == "#" or ref.startswith("#/") else None

    def _unlinked(self, schema_id: str) -> Node | None:
        """The node of a schema that nothing has led to so far.

        Other ids may be asked for too: those of types that no schema states in one place, which
        may name a list (`prefixItems`).
        """
        node = self._locate(schema_id)
        return node if node is not None and isinstance(node.value, dict | bool) else None

    def _build(self, node: Node, schema_id: SchemaId) -> Schema:
        value = node.value
        if isinstance(value, bool):
            return Schema(id=schema_id, origin=node, verdict=value)
        if not isinstance(value, dict):
            self.reader.wrong_type(node, "a schema")
            return Schema(id=schema_id, origin=node)
        if "$ref" in value:
            target = self._follow(value["$ref"])
            if target is None or target == schema_id:
                self._report_dangling(node, value["$ref"])
                target = None
            if not self._siblings_count:
                return Schema(id=schema_id, origin=node, ref=target)
            return self._read(node, schema_id, {"ref": target})
        return self._read(node, schema_id, {})

    def _report_dangling(self, node: Node, ref: Json) -> None:
        if isinstance(ref, str) and self._locate(ref) is not None:
            self.reader.report(
                "circular-ref",
                node,
                f"`$ref` {ref!r} leads back to itself or to no schema; any value is assumed",
                "let one schema of the circle say something else than `$ref`",
            )
        else:
            self.reader.unresolved(node, ref)

    def _read(self, node: Node, schema_id: SchemaId, fields: dict[str, Any]) -> Schema:
        draft = Draft(node, schema_id, self, fields)
        extensions: dict[str, Json] = {}
        for keyword, raw in node.value.items():
            read = READERS.get(keyword)
            if read is not None:
                read(draft, keyword, raw)
            elif isinstance(keyword, str) and keyword.startswith("x-"):
                extensions[keyword] = raw
            elif keyword not in NO_CONTRACT:
                draft.unmodelled.append(str(keyword))
        fold_nullable(draft)
        fold_content(draft)
        self._read_discriminator(draft)
        if extensions:
            fields["extensions"] = extensions
        if draft.unmodelled:
            fields["unmodelled"] = tuple(sorted(draft.unmodelled))
        return Schema.stating({"id": schema_id, "origin": node, **fields})

    def _read_discriminator(self, draft: Draft) -> None:
        node = draft.node.get("discriminator")
        if node is None:
            return
        if not isinstance(node.value, dict) or not isinstance(node.value.get("propertyName"), str):
            self.reader.wrong_type(node, "a mapping with `propertyName`")
            return
        mapping = {}
        for tag, entry in self.reader.entries(node, "mapping"):
            target = self._mapped(entry.value)
            if target is None:
                self.reader.report(
                    "unresolved-mapping",
                    entry,
                    f"the discriminator maps {tag!r} to {entry.value!r}, which is no schema here",
                    "name a component, or point at one with #/components/schemas/...",
                )
            else:
                mapping[tag] = target
        draft.fields["discriminator"] = Discriminator(
            node.value["propertyName"], mapping, self._mapped(node.value.get("defaultMapping"))
        )

    def _mapped(self, name: Json) -> SchemaId | None:
        """The schema that a discriminator names: by component name, or by reference."""
        if not isinstance(name, str):
            return None
        by_name = self._follow(f"{COMPONENTS}{escape(name)}")
        return by_name if by_name is not None else self._follow(name)


def fold_nullable(draft: Draft) -> None:
    """`nullable: true` joins `types`, or sets `or_null` where no type is stated."""
    raw = draft.node.value.get("nullable")
    if raw is None or raw is False:
        return
    if raw is not True:
        draft.wrong("nullable", "true or false")
    elif "types" in draft.fields:
        draft.fields["types"] |= {"null"}
    else:
        draft.fields["or_null"] = True


def fold_content(draft: Draft) -> None:
    """3.0's `format: byte` is `contentEncoding: base64`, `format: binary` raw octets."""
    fields = draft.fields
    if fields.get("format") == "byte":
        fields.pop("format")
        fields.setdefault("content_encoding", "base64")
    elif fields.get("format") == "binary":
        fields.pop("format")
        fields.setdefault("content_media_type", "application/octet-stream")
