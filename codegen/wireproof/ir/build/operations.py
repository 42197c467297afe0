"""Operations: what stands under `paths`, `webhooks` and `callbacks`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.ir.build.media import Bodies
from wireproof.ir.build.metadata import lifecycle, servers
from wireproof.ir.build.parameters import Parameters
from wireproof.ir.build.promises import (
    OPERATION_EXTENSIONS,
    idempotency,
    pagination,
    rate_limit_cost,
)
from wireproof.ir.build.responses import Responses
from wireproof.ir.build.security import security
from wireproof.ir.contract import (
    Direction,
    HttpBinding,
    Operation,
    SecurityAlternative,
    SecurityScheme,
    Server,
)
from wireproof.ir.reading.reader import Reader, extensions
from wireproof.source.node import Node

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_WORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class Scope:
    """What an operation inherits, and which way it runs."""

    direction: Direction
    servers: tuple[Server, ...] = ()
    security: tuple[SecurityAlternative, ...] = ()


class Operations:
    """Reads path items and the operations in them."""

    def __init__(self, reader: Reader, bodies: Bodies, schemes: dict[str, SecurityScheme]) -> None:
        self._reader = reader
        self._bodies = bodies
        self._parameters = Parameters(reader, bodies)
        self._responses = Responses(reader, bodies)
        self._schemes = schemes
        self._ids: dict[str, Node] = {}

    def under(self, holder: Node, key: str, scope: Scope) -> tuple[Operation, ...]:
        """All operations of the path items in the mapping under `key`."""
        found: list[Operation] = []
        for path, entry in self._reader.entries(holder, key):
            if path.startswith("x-"):
                continue
            item = self._reader.mapping(entry)
            if item is not None:
                found.extend(self._path_item(path, item, scope))
        return tuple(found)

    def _path_item(self, path: str, item: Node, scope: Scope) -> Iterator[Operation]:
        own = servers(self._reader, item)
        if own is not None:
            scope = Scope(scope.direction, own, scope.security)
        for method, node in self._methods(item):
            yield self._operation(HttpBinding(method, path), item, node, scope)

    def _methods(self, item: Node) -> Iterator[tuple[str, Node]]:
        """Method and operation, in document order; additionalOperations is 3.2's."""
        for key, child in item.items():
            if key in METHODS:
                if self._is_operation(child):
                    yield key.upper(), child
            elif key == "additionalOperations":
                for method, node in self._reader.entries(item, key):
                    if self._is_operation(node):
                        yield method, node

    def _is_operation(self, node: Node) -> bool:
        if isinstance(node.value, dict):
            return True
        self._reader.wrong_type(node, "an operation")
        return False

    def _operation(self, binding: HttpBinding, item: Node, node: Node, scope: Scope) -> Operation:
        reader = self._reader
        outgoing = scope.direction is Direction.CLIENT_TO_SERVER
        operation_id, explicit = self._identify(binding, node)
        own_servers = servers(reader, node)
        own_security = security(reader, node, self._schemes)
        merged = self._parameters.merged(item, node, binding.path if outgoing else None)
        return Operation(
            id=operation_id,
            explicit_id=explicit,
            binding=binding,
            direction=scope.direction,
            tags=reader.texts(node, "tags"),
            sdk_name=reader.text(node, "x-sdk-name"),
            summary=reader.text(node, "summary") or reader.text(item, "summary"),
            description=reader.text(node, "description") or reader.text(item, "description"),
            parameters=merged.parameters,
            unplaced=merged.unplaced,
            request=self._bodies.request(node.get("requestBody")),
            responses=self._responses.of(node),
            security=scope.security if own_security is None else own_security,
            servers=scope.servers if own_servers is None else own_servers,
            callbacks=self._callbacks(node, scope),
            lifecycle=lifecycle(reader, node),
            idempotency=idempotency(reader, node),
            pagination=pagination(reader, node),
            rate_limit=rate_limit_cost(reader, node),
            extensions=extensions(node.value, OPERATION_EXTENSIONS),
            origin=node,
        )

    def _callbacks(self, node: Node, scope: Scope) -> tuple[Operation, ...]:
        """Callbacks of an operation: requests that run the other way."""
        inverted = Scope(
            Direction.SERVER_TO_CLIENT
            if scope.direction is Direction.CLIENT_TO_SERVER
            else Direction.CLIENT_TO_SERVER
        )
        found: list[Operation] = []
        for _name, entry in self._reader.entries(node, "callbacks"):
            callback = self._reader.mapping(entry)
            if callback is None:
                continue
            for expression, path_item in callback.items():
                item = None if expression.startswith("x-") else self._reader.mapping(path_item)
                if item is not None:
                    found.extend(self._path_item(expression, item, inverted))
        return tuple(found)

    def _identify(self, binding: HttpBinding, node: Node) -> tuple[str, bool]:
        """The operation's id, and whether the document states it. Ids are unique."""
        stated = self._reader.text(node, "operationId").strip()
        if stated and stated not in self._ids:
            self._ids[stated] = node
            return stated, True
        if stated and self._ids[stated].value is node.value:
            return stated, True  # one callback or path item, referenced from several places
        if stated:
            self._reader.report(
                "duplicate-operation-id",
                node,
                f"operationId `{stated}` is taken by an earlier operation",
                "give every operation an id of its own",
            )
        derived = base = derive_id(binding)
        count = 2
        while derived in self._ids:
            derived, count = f"{base}_{count}", count + 1
        self._ids[derived] = node
        return derived, False


def derive_id(binding: HttpBinding) -> str:
    """An id out of method and path: `GET /v1/orders/{id}` becomes `get_v1_orders_by_id`."""
    words = [binding.method.lower()]
    for segment in binding.path.split("/"):
        if segment.startswith("{"):
            words.append("by")
        words.extend(_WORD.findall(segment))
    return "_".join(words)
