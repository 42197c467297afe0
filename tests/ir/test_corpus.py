"""Every public specification of the corpus gives a whole contract."""

import os
from pathlib import Path

import orjson
import pytest
from wireproof.diagnostics import Diagnostic
from wireproof.ir.build import build
from wireproof.ir.dump import dump
from wireproof.ir.inference.walk import members, named, operation_types
from wireproof.ir.naming import contexts
from wireproof.ir.schema import edges
from wireproof.ir.signature import signature
from wireproof.ir.types import ModelDecl, NullableType, UnionDecl
from wireproof.ir.usage import usage
from wireproof.source.document import Document

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).parents[3] / "shared"))
HISTORIES = [path for path in sorted(SHARED.glob("corpus/history/*")) if path.is_dir()]
NEWEST = [newest for folder in HISTORIES for newest in sorted(folder.glob("*.json"))[-1:]]
SPECS = [*sorted(SHARED.glob("corpus/specs/*.json")), *NEWEST]

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}


def read(path):
    return build(Document(path.name, orjson.loads(path.read_bytes())))


@pytest.mark.skipif(not SPECS, reason="NO CORPUS: set WIREPROOF_SHARED to test on real contracts")
def test_the_corpus_is_there():
    assert len(SPECS) > 50


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_real_contract_is_read_whole(path):
    contract = read(path)
    expected = count_operations(contract.origin.document)
    assert len(contract.operations) == expected
    assert len({one.id for one in contract.operations}) == expected
    for schema in contract.schemas.values():
        assert all(child in contract.schemas for child in edges(schema))
    declared = set(contract.types)
    for declaration in contract.types.values():
        check_declaration(declaration, declared)
    for operation in contract.operations:
        check_operation(contract, operation, declared)
    assert set(contexts(contract)) == declared
    assert usage(contract).sent | usage(contract).received <= declared
    assert all(isinstance(one, Diagnostic) for one in contract.diagnostics)
    assert dump(contract)


def count_operations(document):
    items = [document.resolve(item).value for _, item in document.root.get("paths").items()]
    return sum(method in METHODS for item in items for method in item)


def check_declaration(declaration, declared):
    for type_ in members(declaration):
        assert named(type_) in declared | {None}
    if isinstance(declaration, ModelDecl):
        wire_names = [one.name for one in declaration.properties]
        assert len(wire_names) == len(set(wire_names))
    if isinstance(declaration, UnionDecl):
        assert len(declaration.arms) >= 1
        assert not any(isinstance(arm.type, NullableType) for arm in declaration.arms)
        assert all(bool(arm.tags) == (declaration.tag is not None) for arm in declaration.arms)


def check_operation(contract, operation, declared):
    for type_ in operation_types(operation):
        assert named(type_) in declared | {None}
    found = signature(contract, operation)
    names = [argument.name for argument in found.arguments]
    assert len(names) == len(set(names))
    assert found.results
    required = [argument.required for argument in found.arguments]
    assert required == sorted(required, reverse=True)
