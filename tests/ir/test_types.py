"""The type view: scalars, enums, models, lists, maps, null."""

from decimal import Decimal

import pytest
from wireproof.ir.dump import notation
from wireproof.ir.naming import contexts
from wireproof.ir.types import AliasDecl, EnumDecl, ModelDecl, UnionDecl

S = "#/components/schemas/"
X = f"{S}X"


def below(schemas, type_of, schema, openapi="3.1.0", **others):
    """The type of an inline schema."""
    return type_of(schemas(openapi, X={"properties": {"p": schema}}, **others), "X/properties/p")


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({}, "any"),
        (True, "any"),
        (False, "never"),
        ({"description": "only"}, "any"),
        ({"type": "string"}, "string"),
        ({"type": "boolean"}, "boolean"),
        ({"type": "integer"}, "integer"),
        ({"type": "integer", "format": "int32"}, "integer"),
        ({"type": "integer", "format": "int64"}, "int64"),
        ({"type": "integer", "format": "uint64"}, "int64"),
        ({"type": "integer", "maximum": 2**60}, "int64"),
        ({"type": "integer", "maximum": 2**53 - 1}, "integer"),
        ({"type": "number"}, "float"),
        ({"type": "number", "format": "double"}, "float"),
        ({"type": "number", "format": "decimal"}, "decimal-number"),
        ({"type": "number", "format": "int64"}, "int64"),
        ({"type": "string", "format": "decimal"}, "decimal"),
        ({"type": "string", "format": "int64"}, "int64-string"),
        ({"type": "string", "format": "date-time"}, "instant"),
        ({"type": "string", "format": "date"}, "date"),
        ({"type": "string", "format": "time"}, "time"),
        ({"type": "string", "format": "duration"}, "duration"),
        ({"type": "string", "format": "uuid"}, "uuid"),
        ({"type": "string", "format": "uri"}, "uri"),
        ({"type": "string", "format": "byte"}, "bytes"),
        ({"type": "string", "format": "binary"}, "binary"),
        ({"type": "string", "format": "password"}, "string"),
        ({"type": "string", "contentEncoding": "base64"}, "bytes"),
        ({"type": "string", "contentEncoding": "base64url"}, "bytes"),
        ({"type": "string", "contentEncoding": "base64", "contentMediaType": "image/png"}, "bytes"),
        ({"type": "string", "contentMediaType": "image/png"}, "binary"),
        ({"type": "string", "contentMediaType": "application/json"}, "string"),
        ({"type": "null"}, "null"),
        ({"type": ["string", "null"]}, "string | null"),
        ({"type": "string", "nullable": True}, "string | null"),
        ({"nullable": True}, "any"),
        ({"type": "array"}, "list<any>"),
        ({"type": "array", "items": {"type": "string"}}, "list<string>"),
        ({"items": {"type": "string"}}, "list<string>"),
        ({"type": "array", "items": {"type": ["string", "null"]}}, "list<string | null>"),
        ({"prefixItems": [{"type": "string"}, {"type": "string"}]}, "list<string>"),
        ({"type": "object"}, "map<any>"),
        ({"type": "object", "additionalProperties": True}, "map<any>"),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, "map<integer>"),
        ({"additionalProperties": {"type": "integer"}}, "map<integer>"),
        ({"type": "object", "additionalProperties": False}, "map<never>"),
        ({"type": "object", "properties": {}}, "map<any>"),
        ({"type": "object", "patternProperties": {"^x": {"type": "integer"}}}, "map<integer>"),
        (
            {
                "type": "object",
                "patternProperties": {"^x": {"type": "integer"}},
                "additionalProperties": False,
            },
            "map<integer>",
        ),
        (
            {"type": "object", "patternProperties": {"a": {"type": "integer"}, "b": {}}},
            "map<any>",
        ),
        ({"format": "date-time"}, "instant"),
        ({"pattern": "^a"}, "string"),
        ({"minimum": 1}, "float"),
        ({"type": ["string", "number", "boolean", "array", "object", "null"]}, "any"),
        ({"const": "a"}, '= "a"'),
        ({"const": 1}, "= 1"),
        ({"const": True}, "= true"),
        ({"const": None}, "null"),
        ({"enum": ["a"]}, '= "a"'),
        ({"enum": [1.5]}, "= 1.5"),
        ({"enum": ["a", None]}, '= "a" | null'),
        ({"enum": [True, False]}, "boolean"),
        ({"enum": [{"a": 1}], "type": "object"}, "map<any>"),
        ({"not": {"type": "string"}}, "any"),
        ({"type": "string", "not": {"enum": ["a"]}}, "string"),
        ({"type": "string", "if": {"minLength": 1}, "then": {"pattern": "a"}}, "string"),
        ({"allOf": [{"type": "string"}, {"format": "date"}]}, "date"),
        ({"allOf": [{"type": "string"}, {"maxLength": 3}], "nullable": True}, "string | null"),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "string | null"),
        ({"oneOf": [{"type": "integer"}]}, "integer"),
        ({"anyOf": [{"type": "string"}, {}]}, "any"),
        ({"type": "string", "anyOf": [{"pattern": "^a"}, {"maxLength": 3}]}, "string"),
        ({"anyOf": [{"type": "string", "format": "uuid"}, False]}, "uuid"),
        ({"type": "object", "anyOf": [{"minProperties": 1}, {"not": {}}]}, "map<any>"),
    ],
)
def test_inline_schemas_by_structure(schemas, type_of, schema, expected):
    assert below(schemas, type_of, schema) == expected


def test_uses_of_components_are_names_whatever_they_are(schemas, type_of):
    made = schemas(
        X={"items": {"$ref": f"{S}Money"}},
        Money={"type": "string", "format": "decimal"},
    )
    assert type_of(made, "Money") == f"{S}Money"
    assert notation(made.types[X].target) == f"list<{S}Money>"
    money = made.types[f"{S}Money"]
    assert isinstance(money, AliasDecl)
    assert notation(money.target) == "decimal"


def test_null_belongs_to_the_use(schemas, type_of):
    made = schemas(
        "3.0.3",
        X={"type": "object", "nullable": True, "properties": {"a": {"type": "string"}}},
        E={"type": "string", "enum": ["a", "b"], "nullable": True},
        N={"enum": ["a", "b", None]},
        U={"oneOf": [{"$ref": f"{S}X"}, {"$ref": f"{S}E"}]},
        O={"nullable": True, "allOf": [{"$ref": f"{S}M"}]},
        M={"type": "object", "properties": {"a": {}}},
    )
    assert type_of(made, "X") == f"{X} | null"
    assert isinstance(made.types[X], ModelDecl)
    assert type_of(made, "E") == f"{S}E | null"
    assert [m.value for m in made.types[f"{S}E"].members] == ["a", "b"]
    assert type_of(made, "N") == f"{S}N | null"
    assert type_of(made, "U") == f"{S}U | null"
    assert [str(arm.type.id) for arm in made.types[f"{S}U"].arms] == [X, f"{S}E"]
    assert type_of(made, "O") == f"{S}O | null"
    assert type_of(made, "M") == f"{S}M"


def test_a_model_lists_members_with_presence_and_annotations(schemas):
    made = schemas(
        X={
            "type": "object",
            "description": "A thing",
            "deprecated": True,
            "examples": [{"a": 1}],
            "required": ["a", "undeclared"],
            "properties": {
                "a": {"type": "integer", "readOnly": True, "description": "An a", "default": 3},
                "b": {
                    "type": ["string", "null"],
                    "writeOnly": True,
                    "deprecated": True,
                    "examples": ["x"],
                    "x-sdk-name": "bee",
                },
            },
        }
    )
    model = made.types[X]
    assert (model.description, model.deprecated, model.examples) == ("A thing", True, ({"a": 1},))
    a, b, undeclared = model.properties
    assert (a.name, a.required, a.read_only, a.description) == ("a", True, True, "An a")
    assert (a.default, a.has_default, a.schema) == (3, True, f"{X}/properties/a")
    assert (b.required, b.write_only, b.deprecated, b.sdk_name) == (False, True, True, "bee")
    assert b.examples == ("x",)
    assert (undeclared.name, undeclared.required) == ("undeclared", True)
    assert made.schemas[undeclared.schema].verdict is True
    assert model.additional is not None


@pytest.mark.parametrize("word", ["anyOf", "oneOf"])
@pytest.mark.parametrize(
    ("arms", "words"),
    [
        ([{"type": "string", "description": "inside"}, {"type": "null"}], "inside"),
        ([{"type": "string", "description": "inside"}], ""),
        ([{"type": "string", "description": "a"}, {"type": "null"}, {"type": "boolean"}], ""),
        ([{"$ref": "#/components/schemas/Y"}, {"type": "null"}], ""),
    ],
)
def test_the_words_of_what_may_be_null_may_stand_in_its_only_other_arm(schemas, word, arms, words):
    made = schemas(
        X={
            "type": "object",
            "properties": {"a": {word: arms}, "b": {word: arms, "description": "own"}},
        },
        Y={"type": "object", "description": "of the type", "properties": {"z": {}}},
    )
    assert [prop.description for prop in made.types[X].properties] == [words, "own"]


@pytest.mark.parametrize(
    ("additional", "expected"),
    [(None, "any"), (True, "any"), (False, None), ({"type": "integer"}, "integer")],
)
def test_undeclared_members(schemas, additional, expected):
    schema = {"properties": {"a": {}}, "additionalProperties": additional}
    if additional is None:
        del schema["additionalProperties"]
    found = schemas(X=schema).types[X].additional
    assert (None if found is None else notation(found)) == expected


def test_unevaluated_properties_close_a_model(schemas):
    made = schemas(
        X={"allOf": [{"properties": {"a": {}}}], "unevaluatedProperties": False},
    )
    assert made.types[X].additional is None


def test_enums_of_all_kinds(schemas):
    made = schemas(
        Strings={"type": "string", "enum": ["a", "b", "a"]},
        Numbers={"enum": [1, 2.5]},
        Mixed={"enum": [1, "a", True, None]},
        One={"enum": ["only"]},
        Slip={"type": "string", "enum": [1, True, "x"]},
        Digits={"type": "integer", "enum": ["1", "2"]},
    )
    values = {
        name: [member.value for member in made.types[f"{S}{name}"].members]
        for name in ("Strings", "Numbers", "Mixed", "One", "Slip", "Digits")
    }
    assert values == {
        "Strings": ["a", "b"],
        "Numbers": [1, Decimal("2.5")],
        "Mixed": [1, "a", True],
        "One": ["only"],
        "Slip": ["1", "true", "x"],
        "Digits": [1, 2],
    }


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "enum": ["a", "b"], "x-extensible-enum": True},
        {"type": "string", "x-extensible-enum": ["a", "b"]},
        {"anyOf": [{"type": "string"}, {"type": "string", "enum": ["a", "b"]}]},
        {"anyOf": [{"enum": ["a", "b"]}, {"type": "string"}, {"type": "null"}]},
        {"anyOf": [{"type": "string"}, {"$ref": f"{S}Closed"}]},
        {"oneOf": [{"const": "a"}, {"const": "b"}, {"type": "string"}]},
    ],
)
def test_open_enums(schemas, schema):
    made = schemas(X=schema, Closed={"type": "string", "enum": ["a", "b"]})
    declared = made.types[X]
    assert isinstance(declared, EnumDecl)
    assert declared.open
    assert [member.value for member in declared.members] == ["a", "b"]


def test_closed_enums_stay_closed(schemas):
    for extensible in ({}, {"x-extensible-enum": False}):
        assert not schemas(X={"enum": ["a", "b"], **extensible}).types[X].open


def test_enum_names_and_descriptions(schemas):
    made = schemas(
        X={
            "enum": ["a", "b"],
            "x-enum-varnames": ["First", "Second"],
            "x-enum-descriptions": {"b": "the second"},
        },
        Y={"oneOf": [{"const": 1, "title": "Low", "description": "not high"}, {"const": 2}]},
        Z={"enum": ["a", "b"], "x-enum-varnames": ["TooFew"]},
    )
    assert [(m.name, m.description) for m in made.types[X].members] == [
        ("First", ""),
        ("Second", "the second"),
    ]
    y = made.types[f"{S}Y"]
    assert [(m.value, m.name, m.description) for m in y.members] == [
        (1, "Low", "not high"),
        (2, "", ""),
    ]
    assert not y.open
    assert [m.name for m in made.types[f"{S}Z"].members] == ["", ""]


def test_several_json_types_are_a_union(schemas, type_of):
    made = schemas(
        X={"type": ["object", "string", "null"], "properties": {"a": {"type": "string"}}}
    )
    union = made.types[X]
    assert isinstance(union, UnionDecl)
    assert type_of(made, "X") == f"{X} | null"
    string, record = union.arms
    assert string.type.scalar.value == "string"
    assert isinstance(made.types[record.type.id], ModelDecl)
    assert record.type.id in list(made.types)


def test_tuples_are_lists_of_unions(schemas, type_of):
    made = schemas(
        X={
            "properties": {
                "p": {"prefixItems": [{"type": "string"}, {"type": ["null", "integer"]}]}
            }
        }
    )
    union = f"{X}/properties/p/prefixItems"
    assert type_of(made, "X/properties/p") == f"list<{union} | null>"
    assert [arm.type.scalar.value for arm in made.types[union].arms] == ["string", "integer"]
    assert union in list(made.types)


@pytest.mark.parametrize("rest", [{}, {"items": {"type": "boolean"}}, {"items": False}])
def test_the_list_of_a_tuple_is_taken_for_no_schema(schemas, rest):
    made = schemas(X={"prefixItems": [{"type": "string"}, {"type": "integer"}], **rest})
    union = f"{X}/prefixItems"
    assert isinstance(made.types[union], UnionDecl)
    assert union not in made.schemas
    assert contexts(made)[union]
    assert made.diagnostics == ()


def test_a_list_in_place_of_a_schema_is_reported(schemas):
    made = schemas(X={"properties": {"p": [1]}})
    assert [(one.rule, one.pointer) for one in made.diagnostics] == [
        ("wrong-type", "/components/schemas/X/properties/p")
    ]


def test_types_iterate_over_components_then_their_inline_types(contract):
    made = contract(
        paths={
            "/a": {
                "post": {
                    "requestBody": {
                        "content": {
                            "application/json": {
                                "schema": {"properties": {"z": {"$ref": f"{S}X"}}},
                            }
                        }
                    },
                    "responses": {"204": {"description": ""}},
                }
            }
        },
        components={
            "schemas": {
                "Y": {"properties": {"x": {"$ref": f"{S}X"}, "i": {"properties": {"q": {}}}}},
                "X": {"type": "string"},
            }
        },
    )
    assert list(made.types) == [
        f"{S}Y",
        f"{S}Y/properties/i",
        X,
        "#/paths/~1a/post/requestBody/content/application~1json/schema",
    ]
    assert len(made.types) == 4
