"""Naming contexts and the way types travel."""

from wireproof.ir.naming import NameHints, contexts
from wireproof.ir.usage import usage

S = "#/components/schemas/"


def content(schema, media="application/json"):
    return {"content": {media: {"schema": schema}}}


def words(made):
    return {
        type_id.rpartition("/schemas/")[2] if S in type_id else type_id: hint.context
        for type_id, hint in contexts(made).items()
    }


def test_components_have_their_name_title_and_sdk_name(schemas):
    made = schemas(
        **{"a/b": {"type": "string", "title": "A B", "x-sdk-name": "AB"}},
        P={"properties": {"q": {"enum": ["a", "b"], "x-sdk-name": "renamed", "title": "Q"}}},
    )
    assert dict(contexts(made)) == {
        f"{S}a~1b": NameHints("AB", "a/b", "A B", ("a/b",)),
        f"{S}P": NameHints("", "P", "", ("P",)),
        f"{S}P/properties/q": NameHints("", "", "Q", ("P", "q")),
    }


def test_inline_types_are_named_by_their_way_down(schemas):
    inner = {"properties": {"z": {}}}
    made = schemas(
        X={
            "properties": {
                "list": {"items": inner},
                "map": {"additionalProperties": inner},
                "nested": {"items": {"properties": {"deep": {"enum": ["a", "b"]}}}},
            },
            "additionalProperties": inner,
        }
    )
    assert set(words(made).values()) == {
        ("X",),
        ("X", "list", "Item"),
        ("X", "map", "Value"),
        ("X", "nested", "Item"),
        ("X", "nested", "Item", "deep"),
        ("X", "Value"),
    }


def test_arms_are_named_by_tag_component_kind_or_position(schemas):
    def kind(value):
        return {"required": ["k"], "properties": {"k": {"const": value}, "z": {}}}

    made = schemas(
        Tagged={"oneOf": [kind("a"), kind("b")]},
        Joined={
            "properties": {"id": {}},
            "oneOf": [{"$ref": f"{S}Card"}, {"$ref": f"{S}Bank"}],
        },
        Mixed={"oneOf": [{"type": "string"}, {"properties": {"a": {}}}]},
        Alike={"oneOf": [{"properties": {"a": {}}}, {"properties": {"b": {}}}]},
        Card={"properties": {"number": {}}},
        Bank={"properties": {"iban": {}}},
    )
    assert words(made) == {
        "Tagged": ("Tagged",),
        "Tagged/oneOf/0": ("Tagged", "a"),
        "Tagged/oneOf/1": ("Tagged", "b"),
        "Joined": ("Joined",),
        "Joined/oneOf/0": ("Joined", "Card"),
        "Joined/oneOf/1": ("Joined", "Bank"),
        "Mixed": ("Mixed",),
        "Mixed/oneOf/1": ("Mixed", "Object"),
        "Alike": ("Alike",),
        "Alike/oneOf/0": ("Alike", "Option1"),
        "Alike/oneOf/1": ("Alike", "Option2"),
        "Card": ("Card",),
        "Bank": ("Bank",),
    }


def test_types_of_operations(operation):
    record = {"properties": {"z": {}}}
    made, _ = operation(
        {
            "operationId": "listOrders",
            "parameters": [
                {"name": "side", "in": "query", "schema": {"enum": ["buy", "sell"]}},
            ],
            "requestBody": {
                "content": {
                    "application/json": {"schema": record},
                    "application/x-www-form-urlencoded": {"schema": record},
                }
            },
            "responses": {
                "200": {"description": "", **content({"items": record})},
                "202": {"description": "", **content(record)},
                "404": {"description": "", **content(record)},
                "default": {"description": "", **content(record)},
            },
        },
        method="post",
    )
    assert list(words(made).values()) == [
        ("listOrders", "side"),
        ("listOrders", "Request"),
        ("listOrders", "Request", "Form"),
        ("listOrders", "Response", "Item"),
        ("listOrders", "Response", "202"),
        ("listOrders", "Error", "404"),
        ("listOrders", "Error"),
    ]


def test_shared_responses_own_their_inline_types(contract):
    ref = {"$ref": "#/components/responses/NotFound"}
    made = contract(
        paths={"/a": {"get": {"operationId": "a", "responses": {"404": ref}}}},
        components={
            "responses": {
                "NotFound": {
                    "description": "",
                    **content({"properties": {"code": {"enum": ["a", "b"]}}}),
                }
            }
        },
    )
    assert list(words(made).values()) == [
        ("NotFound", "Response"),
        ("NotFound", "Response", "code"),
    ]


def test_an_inline_type_belongs_to_where_it_stands(schemas):
    made = schemas(
        A={"properties": {"p": {"$ref": f"{S}B/properties/q"}}},
        B={"properties": {"q": {"properties": {"z": {}}}}},
    )
    assert words(made)["B/properties/q"] == ("B", "q")


def test_sdk_names_make_the_context(operation):
    made, _ = operation(
        {
            "tags": ["orders"],
            "x-sdk-name": "list",
            "responses": {"200": {"description": "", **content({"properties": {"z": {}}})}},
        }
    )
    assert list(words(made).values()) == [("orders", "list", "Response")]


def test_usage_follows_the_direction_and_skips_what_does_not_travel(contract):
    def ref(name):
        return {"$ref": f"{S}{name}"}

    made = contract(
        paths={
            "/a": {
                "post": {
                    "requestBody": content(ref("In")),
                    "responses": {"200": {"description": "", **content({"items": ref("Out")})}},
                    "callbacks": {
                        "c": {
                            "/x": {
                                "post": {
                                    "requestBody": content(ref("Event")),
                                    "responses": {
                                        "200": {"description": "", **content(ref("Ack"))}
                                    },
                                }
                            }
                        }
                    },
                }
            }
        },
        webhooks={
            "w": {"post": {"requestBody": content(ref("Hook")), "responses": {}}},
        },
        components={
            "schemas": {
                "In": {
                    "properties": {
                        "r": {"allOf": [ref("ReadOnly")], "readOnly": True},
                        "w": {"allOf": [ref("Both")]},
                    }
                },
                "Out": {
                    "properties": {
                        "w": {"allOf": [ref("WriteOnly")], "writeOnly": True},
                        "b": ref("Both"),
                    }
                },
                **{
                    name: {"properties": {"z": {}}}
                    for name in ("ReadOnly", "WriteOnly", "Both", "Event", "Ack", "Hook", "Unused")
                },
            }
        },
    )
    found = usage(made)
    assert {one.removeprefix(S) for one in found.sent} == {"In", "Both", "Ack"}
    assert {one.removeprefix(S) for one in found.received} == {"Out", "Both", "Event", "Hook"}
