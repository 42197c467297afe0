"""Bodies: media types with their schemas, encodings and examples; headers."""

from __future__ import annotations

from wireproof.ir.build.metadata import examples
from wireproof.ir.contract import Encoding, Header, MediaType, RequestBody
from wireproof.ir.reading.reader import Reader
from wireproof.ir.reading.schemas import ANYTHING, SchemaTable
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import TypeView
from wireproof.source.node import Json, Node, escape


class Bodies:
    """Reads everything that holds a `content` map, and headers."""

    def __init__(self, reader: Reader, schemas: SchemaTable, types: TypeView) -> None:
        self.reader = reader
        self.schemas = schemas
        self.types = types

    def request(self, node: Node | None) -> RequestBody | None:
        """A request body; None where there is none that can be read."""
        body = self.reader.mapping(node)
        if body is None:
            return None
        return RequestBody(
            required=self.reader.flag(body, "required"),
            content=self.content(body),
            description=self.reader.text(body, "description"),
            origin=body,
        )

    def content(self, node: Node) -> tuple[MediaType, ...]:
        """The media types under `content`, in document order."""
        found = []
        for name, entry in self.reader.entries(node, "content"):
            media = self.reader.mapping(entry)
            if media is not None:
                found.append(self._media_type(name, media))
        return tuple(found)

    def _media_type(self, name: str, node: Node) -> MediaType:
        return MediaType(
            media_type=name,
            schema=self._schema(node, "schema"),
            item_schema=self._schema(node, "itemSchema"),
            encoding=self._encodings(node) if "encoding" in node.value else (),
            examples=examples(self.reader, node),
            types=self.types,
            origin=node,
        )

    def _schema(self, node: Node, key: str) -> SchemaId | None:
        child = node.get(key)
        return None if child is None or child.value is None else self.schemas.root(child)

    def _encodings(self, node: Node) -> tuple[Encoding, ...]:
        found = []
        for name, entry in self.reader.entries(node, "encoding"):
            encoding = self.reader.mapping(entry)
            if encoding is not None:
                found.append(self._encoding(name, encoding))
        return tuple(found)

    def _encoding(self, name: str, node: Node) -> Encoding:
        style = self.reader.text(node, "style") or None
        return Encoding(
            property_name=name,
            content_type=self.reader.text(node, "contentType") or None,
            headers=self.headers(node),
            style=style,
            explode=self.reader.flag(node, "explode") if "explode" in node.value else None,
            allow_reserved=self.reader.flag(node, "allowReserved"),
            origin=node,
        )

    def headers(self, node: Node) -> tuple[Header, ...]:
        """The headers of a response or a part; Content-Type is the media type's affair."""
        if "headers" not in node.value:
            return ()
        found = []
        for name, entry in self.reader.entries(node, "headers"):
            header = self.reader.mapping(entry)
            if header is not None and name.lower() != "content-type":
                found.append(self._header(name, header))
        return tuple(found)

    def _header(self, name: str, node: Node) -> Header:
        schema, media_type = self.value_schema(node)
        return Header(
            name=name,
            required=self.reader.flag(node, "required"),
            schema=schema,
            explode=self.reader.flag(node, "explode"),
            media_type=media_type,
            description=self.reader.text(node, "description"),
            deprecated=self.reader.flag(node, "deprecated"),
            types=self.types,
            origin=node,
        )

    def value_schema(self, node: Node) -> tuple[SchemaId, str | None]:
        """The schema of a parameter or header, and its media type in the `content` form."""
        schema = node.get("schema")
        if schema is not None and schema.value is not None:
            return self.schemas.root(schema), None
        for name, entry in self.reader.entries(node, "content"):
            media = self.reader.mapping(entry)
            if media is not None:
                inner = self._schema(media, "schema")
                return inner or self.anything(media, "schema"), name
        return self.anything(node, "schema"), None

    def anything(self, node: Node, key: str, value: Json = ANYTHING) -> SchemaId:
        """A schema that the document left out, as if `value` stood under `key`."""
        schema_id = SchemaId(f"#{node.pointer}/{escape(key)}")
        return self.schemas.adopt(Node(value, node.document, node, key), schema_id)
