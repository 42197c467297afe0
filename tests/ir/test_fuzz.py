"""Whatever is wrong in a document, building it ends with diagnostics and never with a crash."""

import copy
import os
import random
from pathlib import Path

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wireproof.ir.build import build
from wireproof.ir.dump import dump
from wireproof.ir.naming import contexts
from wireproof.ir.signature import signature
from wireproof.ir.usage import usage
from wireproof.source.document import Document

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).parents[3] / "shared"))
SUBJECTS = [
    "redocly-cafe",
    "codat-io-bank-feeds",
    "pdfbroker-io",
    "exoapi-dev",
    "seldon-local-engine",
]
JUNK = [
    None,
    True,
    False,
    0,
    -1,
    1.5,
    10**30,
    "",
    "junk",
    "#/components/schemas/X",
    [],
    [None],
    ["a", {}],
    {},
    {"$ref": "#"},
    {"$ref": "#/components"},
    {"$ref": "#/paths"},
    {"$ref": "#/components/schemas"},
    {"$ref": 3},
    {"$ref": "other.yaml#/x"},
    {"": {"": {}}},
    {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/X"}}},
    {"allOf": [{"$ref": "#/components/schemas/X"}], "anyOf": [{}], "oneOf": [{"type": "null"}]},
    {"nullable": True, "enum": [], "required": ["a"]},
    {"discriminator": {"propertyName": "a", "mapping": {"x": "#/components/schemas/X"}}},
]


def read_everything(document):
    contract = build(Document("api.json", document))
    for operation in (*contract.operations, *contract.webhooks):
        signature(contract, operation)
    contexts(contract)
    usage(contract)
    written = orjson.loads(dump(contract))
    assert written["types"].keys() == set(contract.types)
    assert written["schemas"].keys() == set(contract.schemas)
    assert dump(build(Document("api.json", document))) == dump(contract)
    assert all(one.rule and one.message and one.span for one in contract.diagnostics)


def places(value, found):
    """Every (container, key) of a document."""
    keys = value if isinstance(value, dict) else range(len(value))
    for key in keys:
        found.append((value, key))
        if isinstance(value[key], dict | list):
            places(value[key], found)
    return found


def mutate(document, rng):
    for _ in range(rng.randint(1, 12)):
        all_places = places(document, [])
        if not all_places:
            return
        container, key = rng.choice(all_places)
        match rng.randrange(4):
            case 0:
                del container[key]
            case 1:
                other, other_key = rng.choice(all_places)
                container[key] = (
                    copy.deepcopy(other.get(other_key)) if isinstance(other, dict) else None
                )
            case _:
                container[key] = copy.deepcopy(rng.choice(JUNK))


@pytest.mark.parametrize("name", SUBJECTS)
def test_mutated_contracts(name):
    path = SHARED / "corpus" / "specs" / f"{name}.json"
    if not path.exists():
        pytest.skip("NO CORPUS: set WIREPROOF_SHARED to fuzz real contracts")
    original = path.read_bytes()
    for seed in range(40):
        document = orjson.loads(original)
        mutate(document, random.Random(f"{name} {seed}"))
        try:
            read_everything(document)
        except Exception as error:
            raise AssertionError(f"{name}, seed {seed}") from error


KEYWORDS = [
    "$ref", "type", "allOf", "anyOf", "oneOf", "properties", "items", "enum", "const", "required",
    "nullable", "additionalProperties", "patternProperties", "prefixItems", "discriminator",
    "default", "format", "not", "x-extensible-enum", "contentEncoding", "minimum", "maxLength",
]  # fmt: skip
REFS = [f"#/components/schemas/{name}" for name in "ABC"]
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-3, 2**70)
    | st.sampled_from([*REFS, "string", "object"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*KEYWORDS, "a", "b"]), inner, max_size=4)
    ),
    max_leaves=10,
)
SCHEMAS = st.dictionaries(st.sampled_from(KEYWORDS), VALUES, max_size=5)


@settings(deadline=None, max_examples=200)
@given(st.sampled_from(["3.0.3", "3.1.0"]), SCHEMAS, SCHEMAS, SCHEMAS)
def test_nonsense_schemas(version, a, b, c):
    read_everything(
        {
            "openapi": version,
            "paths": {
                "/a": {
                    "post": {
                        "parameters": [{"name": "q", "in": "query", "schema": a}],
                        "requestBody": {"content": {"application/json": {"schema": b}}},
                    }
                }
            },
            "components": {"schemas": {"A": a, "B": b, "C": c}},
        }
    )


CHILD = st.deferred(lambda: COMPOSED)
COMPOSED = st.one_of(
    st.sampled_from([{"$ref": ref} for ref in REFS]),
    st.sampled_from([{"type": "null"}, {"type": "string"}, {"enum": ["a", "b"]}, {"const": "a"}]),
    st.fixed_dictionaries(
        {},
        optional={
            "allOf": st.lists(CHILD, min_size=1, max_size=2),
            "oneOf": st.lists(CHILD, min_size=1, max_size=2),
            "anyOf": st.lists(CHILD, min_size=1, max_size=2),
            "properties": st.dictionaries(st.sampled_from("kz"), CHILD, max_size=2),
            "required": st.just(["k"]),
            "items": CHILD,
            "discriminator": st.just({"propertyName": "k"}),
            "nullable": st.booleans(),
        },
    ),
)


@settings(deadline=None, max_examples=200)
@given(CHILD, CHILD, CHILD)
def test_tangled_composition(a, b, c):
    read_everything({"openapi": "3.0.3", "components": {"schemas": {"A": a, "B": b, "C": c}}})
