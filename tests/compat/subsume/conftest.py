"""Schemas of two one-schema contracts, put to the prover."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from wireproof.compat.subsume import Flow, Options, Prover, Verdict
from wireproof.ir.build import build
from wireproof.ir.contract import Contract
from wireproof.ir.schema import SchemaId
from wireproof.source.document import Document

Schemas = Mapping[str, Any]
Judge = Callable[..., Verdict]


def contract_of(components: Schemas, version: str = "3.1.0") -> Contract:
    document = {
        "openapi": version,
        "info": {"title": "t", "version": "1"},
        "paths": {},
        "components": {"schemas": dict(components)},
    }
    return build(Document("contract.json", document))


@pytest.fixture(scope="session")
def make_contract() -> Callable[..., Contract]:
    """A contract that has nothing but component schemas."""
    return contract_of


@pytest.fixture(scope="session")
def judge() -> Judge:
    """Does the sender's schema X imply the receiver's? No witness may ever be rejected."""

    def ask(
        sender: Any,
        receiver: Any,
        *,
        flow: Flow = Flow.REQUEST,
        versions: tuple[str, str] = ("3.1.0", "3.1.0"),
        components: tuple[Schemas, Schemas] = ({}, {}),
        **options: Any,
    ) -> Verdict:
        contracts = [
            contract_of({"X": schema, **more}, version)
            for schema, version, more in zip((sender, receiver), versions, components, strict=True)
        ]
        prover = Prover(contracts[0].schemas, contracts[1].schemas, flow, Options(**options))
        verdict = prover.prove(
            SchemaId("#/components/schemas/X"), SchemaId("#/components/schemas/X")
        )
        assert prover.rejected == []
        return verdict

    return ask
