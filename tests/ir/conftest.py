"""Small contracts for the tests of the IR."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from wireproof.ir.build import build
from wireproof.ir.contract import Contract, Operation
from wireproof.ir.dump import notation
from wireproof.ir.schema import SchemaId
from wireproof.source.document import Document

Build = Callable[..., Contract]


@pytest.fixture
def contract() -> Build:
    """A contract out of parts of a document; 3.1 unless `openapi` says otherwise."""

    def make(openapi: str = "3.1.0", **parts: Any) -> Contract:
        document = {"openapi": openapi, "info": {"title": "Test", "version": "1"}, **parts}
        return build(Document("api.json", document))

    return make


@pytest.fixture
def schemas(contract: Build) -> Build:
    """A contract that consists of components/schemas."""

    def make(openapi: str = "3.1.0", **components: Any) -> Contract:
        return contract(openapi, components={"schemas": components})

    return make


@pytest.fixture
def operation(contract: Build) -> Callable[..., tuple[Contract, Operation]]:
    """A contract with one operation, and that operation."""

    def make(
        node: dict[str, Any] | None = None,
        *,
        path: str = "/things",
        method: str = "get",
        item: dict[str, Any] | None = None,
        **parts: Any,
    ) -> tuple[Contract, Operation]:
        stated = {"operationId": "op", "responses": {"204": {"description": ""}}, **(node or {})}
        made = contract(paths={path: {**(item or {}), method: stated}}, **parts)
        return made, made.operations[0]

    return make


@pytest.fixture
def type_of() -> Callable[[Contract, str], str]:
    """The type of a component, or of what lies below it, in one line."""

    def use(made: Contract, name: str) -> str:
        return notation(made.type_of(SchemaId(f"#/components/schemas/{name}")))

    return use


@pytest.fixture
def rules() -> Callable[[Contract], list[str]]:
    """The rule ids of a contract's diagnostics."""
    return lambda made: [one.rule for one in made.diagnostics]
