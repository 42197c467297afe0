"""From one bundled document to the contract.

Building reads operations at once and schemas when they are asked for. Whatever is wrong is
reported and left out; building never fails.
"""

from __future__ import annotations

from wireproof.diagnostics import Diagnostic
from wireproof.ir.build.media import Bodies
from wireproof.ir.build.metadata import servers, tags
from wireproof.ir.build.operations import Operations, Scope
from wireproof.ir.build.promises import rate_limits
from wireproof.ir.build.security import security, security_schemes
from wireproof.ir.contract import Contract, Direction, Server
from wireproof.ir.inference import TypeTable
from wireproof.ir.reading.reader import Reader, extensions
from wireproof.ir.reading.schemas import SchemaTable
from wireproof.source.document import Document
from wireproof.source.node import Node

__all__ = ["build", "schema_table"]

_ROOT_EXTENSIONS = frozenset({"x-rate-limits"})
_DEFAULT_SERVERS = (Server("/"),)


def build(document: Document) -> Contract:
    """The contract that a bundled OpenAPI 3.0, 3.1 or 3.2 document makes.

    Flaws are in `Contract.diagnostics`; what they make unusable is left out, and a schema that
    cannot be found admits anything.
    """
    reader = Reader(document)
    root = _root(reader)
    version = reader.text(root, "openapi")
    schemas = SchemaTable(reader, siblings_count=not version.startswith("3.0"))
    types = TypeTable(schemas, reader)
    bodies = Bodies(reader, schemas, types)
    schemes = security_schemes(reader, root)
    scope = Scope(
        Direction.CLIENT_TO_SERVER,
        servers(reader, root) or _DEFAULT_SERVERS,
        security(reader, root, schemes) or (),
    )
    operations = Operations(reader, bodies, schemes)
    paths = operations.under(root, "paths", scope)
    webhooks = operations.under(root, "webhooks", Scope(Direction.SERVER_TO_CLIENT))
    types.add_roots(paths)
    types.add_roots(webhooks)

    def examine() -> tuple[Diagnostic, ...]:
        for schema_id in schemas:
            types.use(schema_id)
        for declaration in types:
            types[declaration]
        return reader.diagnostics()

    info = reader.mapping(root.get("info")) or Node({}, root.document, root, "info")
    return Contract(
        title=reader.text(info, "title"),
        version=reader.text(info, "version"),
        spec_version=version,
        description=reader.text(info, "description"),
        servers=scope.servers,
        tags=tags(reader, root),
        operations=paths,
        webhooks=webhooks,
        security_schemes=schemes,
        rate_limits=rate_limits(reader, root),
        schemas=schemas,
        types=types,
        extensions=extensions(root.value, _ROOT_EXTENSIONS),
        self_uri=reader.text(root, "$self"),
        examine=examine,
        origin=root,
    )


def _root(reader: Reader) -> Node:
    root = reader.document.root
    if isinstance(root.value, dict):
        return root
    reader.wrong_type(root, "a mapping")
    return Node({}, root.document)


def schema_table(contract: Contract) -> SchemaTable:
    """A contract's schemas in a table of their own, which takes in others beside them."""
    table = contract.schemas
    assert isinstance(table, SchemaTable)  # noqa: S101 - a contract is built from a document
    return table.beside()
