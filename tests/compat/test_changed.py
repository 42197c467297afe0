"""Rules see operations that differ: in themselves, in what they share, in what holds for all."""

from copy import deepcopy
from datetime import date

import pytest
from wireproof.compat.pairing import operations
from wireproof.compat.rule import Comparison, Policy
from wireproof.ir.build import build
from wireproof.source.document import Document

CONTRACT = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "servers": [{"url": "/v1"}],
    "security": [{"key": []}],
    "tags": [{"name": "orders", "description": "Orders."}],
    "paths": {
        "/orders/{id}": {
            "parameters": [{"name": "id", "in": "path", "required": True, "schema": {}}],
            "get": {"responses": {"200": {"$ref": "#/components/responses/Order"}}},
        },
        "/time": {"get": {"responses": {"200": {"description": "ok"}}}},
    },
    "components": {
        "securitySchemes": {"key": {"type": "apiKey", "name": "X-Key", "in": "header"}},
        "responses": {
            "Order": {
                "description": "ok",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
            }
        },
        "schemas": {
            "Order": {"properties": {"side": {"$ref": "#/components/schemas/Side"}}},
            "Side": {"enum": [1, 0]},
        },
    },
}
ORDERS, BOTH = ["GET /orders/{id}"], ["GET /orders/{id}", "GET /time"]
EDITS = {
    "nothing": ((), None, []),
    "the name of the contract": (("info", "title"), "U", []),
    "words about tags": (("tags", 0, "description"), "All orders.", []),
    "a parameter of the path": (
        ("paths", "/orders/{id}", "parameters", 0, "schema"),
        {"type": "string"},
        ORDERS,
    ),
    "a shared response": (("components", "responses", "Order", "description"), "fine", ORDERS),
    "a schema two references away": (("components", "schemas", "Side", "enum"), [1], ORDERS),
    "a value that Python takes for another": (
        ("components", "schemas", "Side", "enum"),
        [True, False],
        ORDERS,
    ),
    "servers of all": (("servers", 0, "url"), "/v2", BOTH),
    "security of all": (("security",), [], BOTH),
    "a security scheme": (("components", "securitySchemes", "key", "name"), "X-Other", BOTH),
    "an extension of all": (("x-rate-limits",), {"reads": {"rate": 1}}, BOTH),
    "the dialect": (("openapi",), "3.0.3", BOTH),
}


def _edited(path, value):
    document = deepcopy(CONTRACT)
    place = document
    for step in path[:-1]:
        place = place[step]
    if path:
        place[path[-1]] = value
    return document


@pytest.mark.parametrize("name", EDITS)
def test_which_operations_differ(name):
    path, value, expected = EDITS[name]
    base, head = (build(Document("spec.yaml", each)) for each in (CONTRACT, _edited(path, value)))
    policy = Policy(today=date(2026, 1, 1))
    comparison = Comparison(base, head, operations(base, head), policy)
    assert [kept.label for kept in comparison.changed()] == expected
    assert [kept.label for kept in comparison.kept()] == BOTH
