"""The constraint view: every keyword, folded spellings, references, flaws."""

from decimal import Decimal

import pytest
from wireproof.ir.schema import Discriminator, edges
from wireproof.ir.types import AnyType

X = "#/components/schemas/X"


def test_every_keyword_of_2020_12_is_read(schemas):
    made = schemas(
        X={
            "type": ["object", "array", "string", "number"],
            "minimum": 0,
            "maximum": 10.5,
            "exclusiveMinimum": -1,
            "exclusiveMaximum": 11,
            "multipleOf": 0.01,
            "minLength": 1,
            "maxLength": 2,
            "pattern": "^a",
            "format": "email",
            "contentEncoding": "base64",
            "contentMediaType": "image/png",
            "contentSchema": {},
            "items": {},
            "prefixItems": [{}, {}],
            "contains": {},
            "minContains": 1,
            "maxContains": 2,
            "minItems": 3,
            "maxItems": 4,
            "uniqueItems": True,
            "unevaluatedItems": False,
            "properties": {"a/b": {}},
            "required": ["a/b", "c"],
            "patternProperties": {"^x": {}},
            "additionalProperties": False,
            "propertyNames": {"maxLength": 3},
            "minProperties": 5,
            "maxProperties": 6,
            "dependentRequired": {"a": ["b"]},
            "dependentSchemas": {"a": {}},
            "unevaluatedProperties": False,
            "allOf": [{}],
            "anyOf": [{}],
            "oneOf": [{}],
            "not": {},
            "if": {},
            "then": {},
            "else": {},
            "title": "T",
            "description": "D",
            "default": None,
            "examples": [1],
            "deprecated": True,
            "readOnly": True,
            "writeOnly": True,
            "x-extensible-enum": True,
            "x-other": 1,
            "enum": ["a"],
            "$comment": "",
            "xml": {},
            "frobnicate": 1,
        }
    )
    schema = made.schemas[X]
    assert schema.types == {"object", "array", "string", "number"}
    assert (schema.minimum, schema.maximum) == (Decimal(0), Decimal("10.5"))
    assert (schema.exclusive_minimum, schema.exclusive_maximum) == (Decimal(-1), Decimal(11))
    assert schema.multiple_of == Decimal("0.01")
    assert (schema.min_length, schema.max_length, schema.pattern) == (1, 2, "^a")
    assert (schema.format, schema.content_encoding) == ("email", "base64")
    assert schema.content_media_type == "image/png"
    assert schema.content_schema == f"{X}/contentSchema"
    assert schema.items == f"{X}/items"
    assert schema.prefix_items == (f"{X}/prefixItems/0", f"{X}/prefixItems/1")
    assert (schema.contains, schema.min_contains, schema.max_contains) == (f"{X}/contains", 1, 2)
    assert (schema.min_items, schema.max_items, schema.unique_items) == (3, 4, True)
    assert schema.unevaluated_items == f"{X}/unevaluatedItems"
    assert schema.properties == {"a/b": f"{X}/properties/a~1b"}
    assert schema.required == ("a/b", "c")
    assert schema.pattern_properties == {"^x": f"{X}/patternProperties/^x"}
    assert made.schemas[schema.additional_properties].verdict is False
    assert made.schemas[schema.property_names].max_length == 3
    assert (schema.min_properties, schema.max_properties) == (5, 6)
    assert schema.dependent_required == {"a": ("b",)}
    assert schema.dependent_schemas == {"a": f"{X}/dependentSchemas/a"}
    assert schema.unevaluated_properties == f"{X}/unevaluatedProperties"
    assert (schema.all_of, schema.any_of, schema.one_of) == (
        (f"{X}/allOf/0",),
        (f"{X}/anyOf/0",),
        (f"{X}/oneOf/0",),
    )
    assert (schema.not_, schema.if_) == (f"{X}/not", f"{X}/if")
    assert (schema.then, schema.else_) == (f"{X}/then", f"{X}/else")
    assert (schema.title, schema.description) == ("T", "D")
    assert (schema.default, schema.has_default, schema.examples) == (None, True, (1,))
    assert schema.deprecated
    assert schema.read_only
    assert schema.write_only
    assert schema.extensible_enum
    assert schema.enum == ("a",)
    assert schema.extensions == {"x-other": 1}
    assert schema.unmodelled == ("frobnicate", "xml")
    assert made.diagnostics == ()
    assert len(tuple(edges(schema))) == 19
    assert all(child in made.schemas for child in edges(schema))


def test_unstated_keywords_are_none(schemas):
    schema = schemas(X={}).schemas[X]
    assert schema.types is None
    assert schema.enum is None
    assert schema.minimum is None
    assert not schema.has_default
    assert schema.verdict is None


@pytest.mark.parametrize("verdict", [True, False])
def test_boolean_schemas(schemas, verdict):
    assert schemas(X=verdict).schemas[X].verdict is verdict


def test_number_absorbs_integer(schemas):
    assert schemas(X={"type": ["integer", "number"]}).schemas[X].types == {"number"}


def test_a_bare_reference_is_an_edge_to_its_final_target(schemas):
    made = schemas(
        X={"properties": {"a": {"$ref": "#/components/schemas/Y"}}},
        Y={"$ref": "#/components/schemas/Z"},
        Z={"type": "string"},
    )
    assert made.schemas[X].properties["a"] == "#/components/schemas/Z"
    assert made.schemas["#/components/schemas/Y"].ref == "#/components/schemas/Z"


def test_siblings_of_ref_count_since_3_1_only(schemas):
    parts = {
        "X": {"properties": {"a": {"$ref": "#/components/schemas/Y", "maxLength": 3}}},
        "Y": {"type": "string"},
    }
    new = schemas("3.1.0", **parts)
    child = new.schemas[new.schemas[X].properties["a"]]
    assert (child.ref, child.max_length) == ("#/components/schemas/Y", 3)
    old = schemas("3.0.3", **parts)
    assert old.schemas[X].properties["a"] == "#/components/schemas/Y"


def test_a_chain_stops_at_a_reference_with_siblings(schemas):
    made = schemas(
        X={"items": {"$ref": "#/components/schemas/Y"}},
        Y={"$ref": "#/components/schemas/Z", "maxLength": 3},
        Z={"type": "string"},
    )
    assert made.schemas[X].items == "#/components/schemas/Y"


def test_references_into_components_and_with_escapes(schemas):
    made = schemas(
        X={"items": {"$ref": "#/components/schemas/A~1B%20C/properties/d"}},
        **{"A/B C": {"properties": {"d": {"type": "integer"}}}},
    )
    assert made.schemas[X].items == "#/components/schemas/A~1B C/properties/d"
    assert made.schemas[made.schemas[X].items].types == {"integer"}
    assert made.diagnostics == ()


def test_an_unresolved_reference_admits_anything(schemas, rules):
    made = schemas(X={"properties": {"a": {"$ref": "#/components/schemas/Gone"}}})
    child = made.schemas[made.schemas[X].properties["a"]]
    assert (child.ref, child.types, child.verdict) == (None, None, None)
    assert rules(made) == ["unresolved-ref"]
    assert made.diagnostics[0].pointer == "/components/schemas/X/properties/a/$ref"


@pytest.mark.parametrize(
    "components",
    [
        {"X": {"$ref": "#/components/schemas/X"}},
        {"X": {"$ref": "#/components/schemas/Y"}, "Y": {"$ref": "#/components/schemas/X"}},
    ],
)
def test_circles_of_references_are_named(schemas, rules, components):
    made = schemas(**components)
    assert set(rules(made)) == {"circular-ref"}
    assert len(made.types) == len(components)
    assert made.types[X].target == AnyType()


def test_discriminator_mapping_by_name_and_by_reference(schemas, rules):
    made = schemas(
        X={
            "oneOf": [{"$ref": "#/components/schemas/A"}],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"a": "A", "b": "#/components/schemas/A", "c": "gone.yaml#/C"},
                "defaultMapping": "A",
            },
        },
        A={"type": "object"},
    )
    a = "#/components/schemas/A"
    assert made.schemas[X].discriminator == Discriminator("kind", {"a": a, "b": a}, a)
    assert rules(made) == ["unresolved-mapping"]


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("minLength", "x"),
        ("minLength", -1),
        ("minLength", 1.5),
        ("minimum", "0"),
        ("minimum", True),
        ("pattern", 1),
        ("uniqueItems", "yes"),
        ("properties", []),
        ("properties", {"a": 3}),
        ("allOf", {}),
        ("allOf", [3]),
        ("items", "string"),
        ("required", True),
        ("required", [1]),
        ("enum", "a"),
        ("dependentRequired", []),
        ("discriminator", "kind"),
        ("discriminator", {}),
        ("nullable", "yes"),
        ("examples", 3),
    ],
)
def test_a_keyword_of_the_wrong_kind_is_reported_and_left_out(schemas, rules, keyword, value):
    made = schemas("3.0.3", X={keyword: value})
    assert rules(made) == ["wrong-type"]
    assert made.diagnostics[0].pointer.startswith("/components/schemas/X")


@pytest.mark.parametrize("value", ["date", ["string", "file"], 3, {"a": 1}])
def test_unknown_types_are_ignored(schemas, rules, value):
    made = schemas(X={"type": value})
    assert rules(made) == ["unknown-type"]
    assert made.schemas[X].types in (None, {"string"})


def test_iteration_reaches_inline_schemas_and_operations(contract):
    made = contract(
        paths={
            "/a": {
                "get": {
                    "parameters": [{"name": "q", "in": "query", "schema": {"items": {}}}],
                    "responses": {"204": {"description": ""}},
                }
            }
        },
        components={"schemas": {"X": {"properties": {"a": {"items": {}}}}}},
    )
    assert list(made.schemas) == [
        X,
        f"{X}/properties/a",
        f"{X}/properties/a/items",
        "#/paths/~1a/get/parameters/0/schema",
        "#/paths/~1a/get/parameters/0/schema/items",
    ]
    assert len(made.schemas) == 5


def test_unknown_ids_are_key_errors(schemas):
    made = schemas(X={})
    with pytest.raises(KeyError):
        made.schemas["#/components/schemas/Y"]
    with pytest.raises(KeyError):
        made.types["#/components/schemas/Y"]
    assert "#/components/schemas/Y" not in made.schemas
    assert "#/components/schemas/Y" not in made.types


def test_an_empty_format_is_none(schemas):
    made = schemas(A={"type": "string", "format": ""})
    assert made.schemas["#/components/schemas/A"].format is None
    assert made.diagnostics == ()
