"""allOf, oneOf, anyOf, discriminators, recursion."""

import pytest
from wireproof.ir.build import build
from wireproof.ir.dump import notation
from wireproof.ir.naming import contexts
from wireproof.ir.types import AliasDecl, AnyType, ListType, ModelDecl, NamedType, UnionDecl
from wireproof.source.document import Document

S = "#/components/schemas/"
X = f"{S}X"


def ref(name):
    return {"$ref": f"{S}{name}"}


def names(model):
    return [one.name for one in model.properties]


def arms(union):
    return [(notation(arm.type).removeprefix(S), arm.tags) for arm in union.arms]


def kind(value, **more):
    return {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"const": value}, **more},
    }


def test_all_of_merges_own_properties_last(schemas):
    made = schemas(
        X={
            "allOf": [ref("Base"), {"properties": {"b": {}}, "required": ["a"]}],
            "properties": {"c": {}},
        },
        Base={"type": "object", "properties": {"a": {"type": "string"}}},
    )
    model = made.types[X]
    assert names(model) == ["a", "b", "c"]
    assert [one.required for one in model.properties] == [True, False, False]
    assert model.properties[0].schema == f"{S}Base/properties/a"
    assert not made.types[f"{S}Base"].properties[0].required


def test_a_property_narrowed_by_a_child(schemas):
    made = schemas(
        X={
            "allOf": [
                ref("Base"),
                {"properties": {"kind": {"const": "x"}, "n": {"type": "integer"}}},
            ]
        },
        Base={
            "properties": {
                "kind": {"type": "string", "description": "The kind"},
                "n": {"type": ["number", "null"]},
            }
        },
    )
    own, number = made.types[X].properties
    assert notation(own.type) == '= "x"'
    assert own.description == "The kind"
    assert notation(number.type) == "integer"
    assert made.diagnostics == ()


def test_contradictory_properties_are_named_and_the_last_wins(schemas, rules):
    made = schemas(
        X={
            "allOf": [
                {"properties": {"a": {"type": "string"}}},
                {"properties": {"a": {"type": "array"}}},
            ]
        }
    )
    assert notation(made.types[X].properties[0].type) == "list<any>"
    assert rules(made) == ["contradictory-all-of"]


def test_contradictory_types_are_named_and_the_last_wins(schemas, rules):
    made = schemas(X={"allOf": [{"type": "string"}, {"type": "integer"}]})
    assert notation(made.types[X].target) == "integer"
    assert rules(made) == ["contradictory-all-of"]


def test_records_met_in_one_property_are_joined(schemas):
    made = schemas(
        X={
            "allOf": [
                {"properties": {"p": {"properties": {"a": {}}}}},
                {"properties": {"p": {"properties": {"b": {}}, "required": ["b"]}}},
            ]
        }
    )
    [one] = made.types[X].properties
    assert one.type == NamedType(f"{X}/properties/p")
    assert names(made.types[one.type.id]) == ["a", "b"]
    assert one.type.id in list(made.types)


def test_an_override_with_a_descendant_is_the_descendant(schemas):
    made = schemas(
        X={"allOf": [{"properties": {"p": ref("Base")}}, {"properties": {"p": ref("Child")}}]},
        Base={"properties": {"a": {}}},
        Child={"allOf": [ref("Base"), {"properties": {"b": {}}}]},
    )
    assert made.types[X].properties[0].type == NamedType(f"{S}Child")


def test_a_wrapper_around_one_reference_is_that_reference(schemas):
    made = schemas(
        "3.0.3",
        X={
            "properties": {
                "a": {"allOf": [ref("Y")], "description": "a Y", "readOnly": True},
                "b": {"allOf": [ref("Y")], "nullable": True},
                "c": {"oneOf": [ref("Y")]},
            }
        },
        Y={"properties": {"q": {}}},
        Z={"allOf": [ref("Y")]},
    )
    a, b, c = made.types[X].properties
    assert (notation(a.type), a.description, a.read_only) == (f"{S}Y", "a Y", True)
    assert notation(b.type) == f"{S}Y | null"
    assert notation(c.type) == f"{S}Y"
    z = made.types[f"{S}Z"]
    assert isinstance(z, AliasDecl)
    assert notation(z.target) == f"{S}Y"


def test_siblings_of_ref_in_3_1(schemas):
    made = schemas(
        X={
            "properties": {
                "a": {**ref("Y"), "description": "own words", "deprecated": True},
                "b": {**ref("Y"), "required": ["q"]},
            }
        },
        Y={"properties": {"q": {}}},
    )
    a, b = made.types[X].properties
    assert (notation(a.type), a.description, a.deprecated) == (f"{S}Y", "own words", True)
    assert notation(b.type) == f"{X}/properties/b"
    assert made.types[b.type.id].properties[0].required


def test_alternatives_that_only_constrain_leave_the_model_alone(schemas):
    made = schemas(
        X={
            "type": "object",
            "properties": {"a": {"type": "string"}, "b": {"type": "string"}},
            "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
            "oneOf": [{"properties": {"a": {"enum": ["x", "y"]}}}, {"not": {"required": ["a"]}}],
        }
    )
    model = made.types[X]
    assert isinstance(model, ModelDecl)
    assert names(model) == ["a", "b"]
    assert not any(one.required for one in model.properties)


def test_properties_beside_alternatives_join_every_arm(schemas):
    made = schemas(
        X={
            "type": "object",
            "required": ["id"],
            "properties": {"id": {"type": "string"}},
            "oneOf": [ref("Card"), {"required": ["iban"], "properties": {"iban": {}}}],
        },
        Card={"required": ["number"], "properties": {"number": {}}},
    )
    union = made.types[X]
    assert arms(union) == [("X/oneOf/0", ()), ("X/oneOf/1", ())]
    assert names(made.types[f"{X}/oneOf/0"]) == ["id", "number"]
    assert names(made.types[f"{X}/oneOf/1"]) == ["id", "iban"]
    assert names(made.types[f"{S}Card"]) == ["number"]
    assert list(made.types) == [X, f"{X}/oneOf/0", f"{X}/oneOf/1", f"{S}Card"]


def test_one_arm_beside_properties_is_a_merge(schemas):
    made = schemas(
        X={"properties": {"a": {}}, "anyOf": [{"properties": {"b": {}}}, {"type": "null"}]}
    )
    assert names(made.types[X]) == ["a", "b"]


def test_a_nullable_inline_model_is_declared_at_its_owner(schemas, type_of):
    made = schemas(X={"anyOf": [{"type": "object", "properties": {"a": {}}}, {"type": "null"}]})
    assert isinstance(made.types[X], ModelDecl)
    assert type_of(made, "X") == f"{X} | null"
    assert list(made.types) == [X]


def test_a_union_inherited_through_all_of_is_joined(schemas):
    made = schemas(
        X={"allOf": [ref("Event"), {"properties": {"at": {}}}]},
        Event={"oneOf": [ref("A"), ref("B")]},
        A=kind("a"),
        B=kind("b"),
    )
    union = made.types[X]
    assert union.tag == "kind"
    assert arms(union) == [("X/oneOf/0", ("a",)), ("X/oneOf/1", ("b",))]
    assert names(made.types[f"{X}/oneOf/1"]) == ["at", "kind"]


def test_discriminator_tags_from_mapping_constants_and_names(schemas):
    made = schemas(
        Mapped={
            "oneOf": [ref("A"), ref("B")],
            "discriminator": {"propertyName": "kind", "mapping": {"x": "A", "y": "B", "z": "B"}},
        },
        Constant={"oneOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "kind"}},
        Named={"oneOf": [ref("C"), ref("D")], "discriminator": {"propertyName": "kind"}},
        A=kind("a"),
        B=kind("b"),
        C={"properties": {"kind": {"type": "string"}}},
        D={"properties": {"kind": {"type": "string"}}},
    )
    assert arms(made.types[f"{S}Mapped"]) == [("A", ("x",)), ("B", ("y", "z"))]
    assert arms(made.types[f"{S}Constant"]) == [("A", ("a",)), ("B", ("b",))]
    assert arms(made.types[f"{S}Named"]) == [("C", ("C",)), ("D", ("D",))]
    assert {made.types[f"{S}{one}"].tag for one in ("Mapped", "Constant", "Named")} == {"kind"}


def test_the_default_mapping_marks_an_arm(schemas):
    made = schemas(
        X={
            "oneOf": [ref("A"), ref("Other")],
            "discriminator": {"propertyName": "kind", "defaultMapping": "Other"},
        },
        A=kind("a"),
        Other={"properties": {"kind": {"type": "string"}}},
        Base={
            "properties": {"kind": {"type": "string"}},
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"h": "Heir"},
                "defaultMapping": "Base",
            },
        },
        Heir={"allOf": [ref("Base"), {"properties": {"x": {}}}]},
    )
    union = made.types[X]
    assert [(arm.tags, arm.default) for arm in union.arms] == [(("a",), False), (("Other",), True)]
    family = made.types[f"{S}Base"]
    assert {arm.tags: arm.default for arm in family.arms} == {("h",): False, ("Base",): True}


def test_constants_discriminate_without_a_discriminator(schemas):
    made = schemas(
        X={"anyOf": [ref("A"), ref("B"), {"type": "null"}]},
        Y={"oneOf": [ref("A"), ref("Loose")]},
        Z={"oneOf": [ref("A"), ref("A2")]},
        W={"oneOf": [ref("A"), {"type": "string"}]},
        Aliased={"oneOf": [ref("Alias"), ref("B")]},
        Alias={"allOf": [ref("A")], "description": "An A"},
        A=kind("a"),
        B={
            "required": ["kind"],
            "properties": {"kind": {"type": "string", "enum": ["b", "c"]}, "x": {}},
        },
        A2=kind("a", more={}),
        Loose={"properties": {"kind": {"type": "string"}}},
    )
    assert made.types[X].tag == "kind"
    assert arms(made.types[X]) == [("A", ("a",)), ("B", ("b", "c"))]
    assert arms(made.types[f"{S}Aliased"]) == [("Alias", ("a",)), ("B", ("b", "c"))]
    for untagged in "YZW":
        assert made.types[f"{S}{untagged}"].tag is None
        assert all(not arm.tags for arm in made.types[f"{S}{untagged}"].arms)


def test_a_union_may_be_declared_open(schemas):
    made = schemas(
        X={"oneOf": [ref("A"), ref("B")], "x-extensible-enum": True},
        Y={"oneOf": [ref("A"), ref("B")]},
        A=kind("a"),
        B=kind("b"),
    )
    assert made.types[X].open
    assert not made.types[f"{S}Y"].open


def test_a_nested_union_passes_its_tags_on(schemas):
    made = schemas(
        X={"oneOf": [ref("Inner"), ref("C")], "discriminator": {"propertyName": "kind"}},
        Inner={"oneOf": [ref("A"), ref("B")]},
        A=kind("a"),
        B=kind("b"),
        C=kind("c"),
    )
    assert arms(made.types[X]) == [("Inner", ("a", "b")), ("C", ("c",))]


def test_a_base_with_discriminator_stands_for_its_family(schemas, type_of):
    made = schemas(
        Owner={"properties": {"pet": ref("Pet"), "pets": {"items": ref("Pet")}}},
        Pet={
            "type": "object",
            "required": ["petType"],
            "properties": {"petType": {"type": "string"}, "friend": ref("Pet")},
            "discriminator": {"propertyName": "petType", "mapping": {"cat": "Cat"}},
        },
        Cat={"allOf": [ref("Pet"), {"properties": {"claws": {"type": "integer"}}}]},
    )
    union = made.types[f"{S}Pet"]
    assert isinstance(union, UnionDecl)
    assert (union.tag, union.open, arms(union)) == ("petType", True, [("Cat", ("cat",))])
    assert names(made.types[f"{S}Cat"]) == ["petType", "friend", "claws"]
    assert type_of(made, "Owner/properties/pet") == f"{S}Pet"


def test_a_family_without_mapping_is_found_by_inheritance(schemas):
    made = schemas(
        Pet={
            "properties": {"petType": {"type": "string"}},
            "discriminator": {"propertyName": "petType"},
        },
        Cat={"allOf": [ref("Pet")]},
        Lion={"allOf": [ref("Cat"), {"properties": {"mane": {}}}]},
        Alone={
            "properties": {"kind": {"type": "string"}},
            "discriminator": {"propertyName": "kind"},
        },
    )
    assert arms(made.types[f"{S}Pet"]) == [("Cat", ("Cat",)), ("Lion", ("Lion",))]
    assert names(made.types[f"{S}Cat"]) == ["petType"]
    assert isinstance(made.types[f"{S}Alone"], ModelDecl)


def test_a_base_that_maps_to_itself_has_a_model_of_its_own(schemas):
    made = schemas(
        Pet={
            "properties": {"petType": {"type": "string"}},
            "discriminator": {"propertyName": "petType", "mapping": {"pet": "Pet", "cat": "Cat"}},
        },
        Cat={"allOf": [ref("Pet"), {"properties": {"claws": {}}}]},
    )
    base = f"{S}Pet/discriminator"
    assert arms(made.types[f"{S}Pet"]) == [("Pet/discriminator", ("pet",)), ("Cat", ("cat",))]
    assert names(made.types[base]) == ["petType"]
    assert base in list(made.types)


def test_a_member_that_inherits_from_its_own_union_does_not_recurse(schemas):
    made = schemas(
        Pet={
            "type": "object",
            "properties": {"petType": {"type": "string"}},
            "oneOf": [ref("Cat"), ref("Dog")],
            "discriminator": {"propertyName": "petType"},
        },
        Cat={"allOf": [ref("Pet"), {"properties": {"claws": {}}}]},
        Dog={"allOf": [ref("Pet"), {"properties": {"bark": {}}}]},
    )
    assert names(made.types[f"{S}Cat"]) == ["petType", "claws"]
    assert made.types[f"{S}Pet"].tag == "petType"
    assert made.diagnostics == ()


def test_recursion_is_an_edge(schemas, type_of):
    made = schemas(
        Node={"properties": {"next": ref("Node"), "children": {"items": ref("Node")}}},
        Json={
            "anyOf": [
                {"type": "string"},
                {"type": "null"},
                {"type": "array", "items": ref("Json")},
                {"type": "object", "additionalProperties": ref("Json")},
            ]
        },
        Loop={"allOf": [ref("Loop"), {"properties": {"a": {}}}]},
        Self={"anyOf": [ref("Self"), {"type": "string"}]},
    )
    assert type_of(made, "Node/properties/children") == f"list<{S}Node>"
    assert arms(made.types[f"{S}Json"]) == [
        ("string", ()),
        (f"list<{S}Json | null>", ()),
        (f"map<{S}Json | null>", ()),
    ]
    assert names(made.types[f"{S}Loop"]) == ["a"]
    assert len(made.types) == 4


def test_inline_schemas_that_contain_themselves_get_one_name(contract):
    pointer = "#/paths/~1a/get/responses/200/content/application~1json/schema"
    made = contract(
        paths={
            "/a": {
                "get": {
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json": {
                                    "schema": {"type": "array", "items": {"$ref": pointer}}
                                }
                            },
                        }
                    }
                }
            }
        }
    )
    assert made.operations[0].responses[0].content[0].type == NamedType(pointer)
    assert notation(made.types[pointer].target) == f"list<{pointer}>"


def test_an_unresolved_reference_is_any(schemas):
    made = schemas(X={"properties": {"a": ref("Gone"), "b": {"items": ref("Gone")}}})
    a, b = made.types[X].properties
    assert a.type == AnyType()
    assert notation(b.type) == "list<any>"


def test_aliases_in_a_circle_are_any(schemas, rules):
    made = schemas(A={"oneOf": [ref("B")]}, B={"anyOf": [ref("A"), {"type": "null"}]})
    assert made.types[f"{S}A"].target == AnyType()
    assert made.types[f"{S}B"].target == AnyType()
    assert rules(made) == ["circular-ref", "circular-ref"]


def test_alternatives_within_alternatives_end(schemas, rules):
    def level(n):
        return {"properties": {f"p{n}": {}}, "oneOf": [level(n - 1), level(n - 2)]} if n > 0 else {}

    made = schemas(X=level(7))
    assert len(made.types) < 100
    assert "deep-alternatives" in rules(made)


@pytest.mark.parametrize(
    "schemas",
    [
        {"C": {"items": {"items": {"$ref": "#/components/schemas/C/items"}}}},
        {
            "A": {"$ref": "#/components/schemas/C/items"},
            "C": {"items": {"items": {"$ref": "#/components/schemas/C/items"}}},
        },
    ],
)
def test_an_inline_schema_that_contains_itself_gets_a_name(schemas):
    document = {"openapi": "3.1.0", "components": {"schemas": schemas}}
    contract = build(Document("api.json", document))
    inline = "#/components/schemas/C/items"
    assert contract.types["#/components/schemas/C"].target == ListType(NamedType(inline))
    assert contract.types[inline].target == ListType(NamedType(inline))
    assert list(contexts(contract)) == list(contract.types)
