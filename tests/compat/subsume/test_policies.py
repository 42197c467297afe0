"""What a schema means between two parties: open objects, directions, tags, formats, spellings."""

from typing import Any

import pytest
from wireproof.compat.subsume import Flow, Proven, Refuted, Unproven

INT = {"type": "integer"}
TEXT = {"type": "string"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


class TestOpenObjects:
    def test_a_new_optional_property_does_not_break_by_default(self, judge):
        assert isinstance(judge(obj(a=INT), obj(a=INT, b=INT)), Proven)

    def test_read_strictly_it_does(self, judge):
        verdict = judge(obj(a=INT), obj(a=INT, b=INT), open_world=True)
        assert isinstance(verdict, Refuted)
        assert (verdict.pointer, verdict.keyword) == ("/b", "type")

    def test_a_free_form_object_may_hold_anything(self, judge):
        for free in ({"type": "object"}, {"type": "object", "additionalProperties": True}):
            assert isinstance(judge(free, obj(a=INT)), Refuted)

    def test_a_typed_map_may_hold_anything_of_its_type(self, judge):
        words = {"type": "object", "additionalProperties": TEXT}
        assert isinstance(judge(words, obj(a=INT)), Refuted)
        assert isinstance(judge(words, obj(a=TEXT)), Proven)

    @pytest.mark.parametrize(
        "restriction",
        [
            {"additionalProperties": False},
            {"additionalProperties": TEXT},
            {"unevaluatedProperties": False},
            {"patternProperties": {"^x-": TEXT}},
            {"propertyNames": {"pattern": "^[a-z]+$"}},
        ],
        ids=lambda restriction: next(iter(restriction)),
    )
    def test_restricting_names_that_were_free_breaks(self, judge, restriction):
        assert isinstance(judge(obj(a=INT), {**obj(a=INT), **restriction}), Refuted)
        assert isinstance(judge({**obj(a=INT), **restriction}, obj(a=INT)), Proven)

    def test_names_of_all_branches_of_an_all_of_are_declared(self, judge):
        both = {"allOf": [obj(a=INT), obj(b=INT)]}
        assert isinstance(judge(both, {"allOf": [obj(a=INT), obj(b=TEXT)]}), Refuted)
        assert isinstance(judge(both, obj(a=INT, b=TEXT)), Refuted)

    def test_nested_branches_declare_together_too(self, judge):
        both = {"allOf": [obj(x=obj(a=INT)), obj(x=obj(b=INT))]}
        assert isinstance(judge(both, {"allOf": [obj(x=obj(a=INT)), obj(x=obj(b=TEXT))]}), Refuted)
        assert isinstance(judge(both, obj(x=obj(a=INT, b=TEXT))), Refuted)

    def test_names_that_match_a_pattern_are_declared(self, judge):
        matched = {
            "type": "object",
            "patternProperties": {"^x-": TEXT},
            "additionalProperties": False,
        }
        verdict = judge(matched, {"type": "object", "additionalProperties": INT})
        assert isinstance(verdict, Refuted)
        assert verdict.pointer == "/x-"

    def test_a_property_that_is_only_required_is_declared(self, judge):
        assert isinstance(judge({"type": "object", "required": ["a"]}, obj(a=INT)), Refuted)


class TestUnsentProperties:
    OLD = obj("id", "name", id={**TEXT, "readOnly": True}, name=TEXT)

    def test_read_only_properties_are_optional_in_requests(self, judge):
        new = obj("name", id={**INT, "readOnly": True}, name=TEXT)
        assert isinstance(judge(self.OLD, new), Proven)
        assert isinstance(judge(new, self.OLD), Proven)

    def test_and_bind_in_responses(self, judge):
        new = obj("name", id={**TEXT, "readOnly": True}, name=TEXT)
        verdict = judge(new, self.OLD, flow=Flow.RESPONSE)
        assert isinstance(verdict, Refuted)
        assert verdict.keyword == "required"
        assert "id" not in verdict.witness

    def test_a_new_required_read_only_property_breaks_no_request(self, judge):
        new = obj(
            "id",
            "name",
            "at",
            id=self.OLD["properties"]["id"],
            name=TEXT,
            at={**TEXT, "readOnly": True},
        )
        assert isinstance(judge(self.OLD, new), Proven)

    def test_making_it_writable_and_required_does(self, judge):
        verdict = judge(self.OLD, obj("id", "name", id=TEXT, name=TEXT))
        assert isinstance(verdict, Refuted)
        assert verdict.keyword == "required"
        assert "id" not in verdict.witness

    def test_write_only_is_the_mirror_image(self, judge):
        old = obj("key", key={**TEXT, "writeOnly": True})
        new = obj(key={**TEXT, "writeOnly": True})
        assert isinstance(judge(new, old, flow=Flow.RESPONSE), Proven)
        assert isinstance(judge(new, old, flow=Flow.REQUEST), Refuted)

    def test_required_in_another_branch_of_the_all_of(self, judge):
        split = {"allOf": [obj(id={**TEXT, "readOnly": True}), {"required": ["id"]}]}
        assert isinstance(judge(obj(name=TEXT), split), Proven)

    def test_read_only_through_a_reference(self, judge):
        components = {"Id": {**TEXT, "readOnly": True}}
        old, new = obj(name=TEXT), obj("id", id=ref("Id"), name=TEXT)
        assert isinstance(judge(old, new, components=(components, components)), Proven)


class TestEnums:
    def test_growth_breaks_responses(self, judge):
        old, new = {"enum": ["a"]}, {"enum": ["a", "b"]}
        verdict = judge(new, old, flow=Flow.RESPONSE)
        assert isinstance(verdict, Refuted)
        assert verdict.witness == "b"

    @pytest.mark.parametrize("mark", [{"x-extensible-enum": True}])
    def test_unless_the_reader_expects_more(self, judge, mark):
        old, new = {**TEXT, "enum": ["a"], **mark}, {**TEXT, "enum": ["a", "b"], **mark}
        assert isinstance(judge(new, old, flow=Flow.RESPONSE), Proven)
        assert isinstance(judge(new, old, flow=Flow.REQUEST), Refuted)

    def test_the_list_spelling(self, judge):
        old = {**TEXT, "x-extensible-enum": ["a"]}
        new = {**TEXT, "x-extensible-enum": ["a", "b"]}
        assert isinstance(judge(new, old, flow=Flow.RESPONSE), Proven)
        assert isinstance(judge(new, old, flow=Flow.REQUEST), Refuted)

    def test_an_enum_dropped_while_the_type_widens(self, judge):
        assert isinstance(
            judge({**TEXT, "enum": ["a", "b"]}, {"type": ["string", "integer"]}), Proven
        )


class TestDiscriminator:
    CAT, DOG = obj("kind", kind=TEXT, claws=INT), obj("kind", kind=TEXT, tail=INT)

    def union(self, *arms: str, **more: Any) -> dict[str, Any]:
        return {
            "oneOf": [ref(arm) for arm in arms],
            "discriminator": {"propertyName": "kind", **more},
        }

    def test_arms_that_look_alike_are_told_apart_by_their_tag(self, judge):
        components = {"Cat": self.CAT, "Dog": self.DOG}
        old = self.union("Cat", "Dog")
        assert isinstance(judge(old, {**old, "title": "Pet"}, components=(components,) * 2), Proven)
        narrowed = {"Cat": self.CAT, "Dog": obj("kind", "tail", kind=TEXT, tail=INT)}
        verdict = judge(old, old, components=(components, narrowed))
        assert isinstance(verdict, Refuted)
        assert verdict.witness == {"kind": "Dog"}
        assert verdict.keyword == "required"

    def test_a_new_arm_breaks_who_reads_it(self, judge):
        components = {"Cat": self.CAT, "Dog": self.DOG}
        old, new = self.union("Cat"), self.union("Cat", "Dog")
        verdict = judge(new, old, components=(components,) * 2, flow=Flow.RESPONSE)
        assert isinstance(verdict, Refuted)
        assert verdict.witness["kind"] == "Dog"
        assert isinstance(judge(old, new, components=(components,) * 2), Proven)

    def test_arms_that_list_their_own_tags_keep_them(self, judge):
        cat, dog = obj("kind", kind={"const": "cat"}), obj("kind", kind={"const": "dog"}, v=INT)
        components = {"Cat": cat, "Dog": dog, "Some": self.union("Dog")}
        old = self.union("Cat", "Some")  # an arm may be a union itself
        narrowed = {**components, "Dog": obj("kind", kind={"const": "dog"}, v=TEXT)}
        verdict = judge(old, old, components=(components, narrowed))
        assert isinstance(verdict, Refuted)
        assert verdict.witness == {"kind": "dog", "v": 0}

    def test_the_mapping_names_the_tags(self, judge):
        components = {"Cat": self.CAT, "Dog": self.DOG}
        mapping = {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"}
        old, new = self.union("Cat", "Dog", mapping=mapping), self.union("Cat", "Dog")
        verdict = judge(old, new, components=(components,) * 2)
        assert isinstance(verdict, Refuted)
        assert verdict.witness["kind"] in mapping

    @pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
    @pytest.mark.parametrize("within", [False, True])
    def test_only_the_arm_that_the_tag_chooses_evaluates(self, judge, keyword, within):
        """Both arms look right, but a tail is no property of what is called a cat."""
        told = {keyword: [ref("Cat"), ref("Dog")], "discriminator": {"propertyName": "kind"}}
        pet = {"allOf": [told]} if within else told
        closed = {**obj(kind=TEXT), **pet, "unevaluatedProperties": False}
        components = ({}, {"Cat": self.CAT, "Dog": self.DOG})
        cat = {**obj("kind", kind={"const": "Cat"}, claws=INT), "additionalProperties": False}
        assert isinstance(judge(cat, closed, components=components), Proven)
        tailed = {**obj("kind", "tail", kind={"const": "Cat"}, tail=INT)}
        verdict = judge(tailed, closed, components=components)
        assert isinstance(verdict, Refuted)
        assert (verdict.keyword, verdict.witness) == (
            "unevaluatedProperties",
            {"kind": "Cat", "tail": 0},
        )


class TestFormats:
    def test_known_formats_are_languages(self, judge):
        for narrow, wide in (("date", "date-time"), ("date-time", "date"), ("uuid", "date")):
            verdict = judge({**TEXT, "format": narrow}, {**TEXT, "format": wide})
            assert isinstance(verdict, Refuted)
            assert verdict.keyword == "format"
            assert len(verdict.readings) == 2

    def test_unknown_formats_are_equal_or_undecided(self, judge):
        ours, theirs = {**TEXT, "format": "isin"}, {**TEXT, "format": "cusip"}
        assert isinstance(judge(ours, {**ours, "title": "t"}), Proven)
        assert isinstance(judge(ours, TEXT), Proven)
        verdict = judge(ours, theirs)
        assert isinstance(verdict, Unproven)
        assert [reason.text for reason in verdict.reasons] == ["format 'cusip' is not known"]

    def test_an_unknown_format_hides_no_other_break(self, judge):
        verdict = judge({**TEXT, "format": "isin"}, INT)
        assert isinstance(verdict, Refuted)

    def test_formats_of_other_types_say_nothing(self, judge):
        assert isinstance(judge(INT, {**INT, "format": "date"}), Proven)
        assert isinstance(judge(TEXT, {**TEXT, "format": "int32"}), Proven)
        assert isinstance(judge(TEXT, {**TEXT, "format": "password"}), Proven)

    def test_decimals(self, judge):
        money = {**TEXT, "format": "decimal"}
        verdict = judge(money, {**money, "pattern": r"^\d+(\.\d{1,8})?$"})
        assert isinstance(verdict, Refuted)
        assert isinstance(judge({**TEXT, "pattern": r"^\d+\.\d\d$"}, money), Proven)


class TestSpellings:
    PAIRS = (
        ({**TEXT, "nullable": True}, {"type": ["string", "null"]}),
        ({**INT, "minimum": 0, "exclusiveMinimum": True}, {**INT, "exclusiveMinimum": 0}),
        ({**INT, "maximum": 9, "exclusiveMaximum": False}, {**INT, "maximum": 9}),
        ({**TEXT, "format": "byte"}, {**TEXT, "contentEncoding": "base64"}),
        ({"enum": ["a"], "type": "string"}, {"const": "a"}),
    )

    @pytest.mark.parametrize(("old", "new"), PAIRS)
    def test_an_upgrade_to_3_1_changes_nothing(self, judge, old, new):
        assert isinstance(judge(old, new, versions=("3.0.3", "3.1.0")), Proven)
        assert isinstance(judge(new, old, versions=("3.1.0", "3.0.3")), Proven)

    def test_the_same_text_may_mean_something_else_in_another_version(self, judge):
        text = {"$ref": "#/components/schemas/Base", "maxLength": 3}
        base = {"Base": TEXT}
        verdict = judge(text, text, versions=("3.0.3", "3.1.0"), components=(base, base))
        assert isinstance(verdict, Refuted)  # 3.0 ignores what stands beside $ref
        assert verdict.keyword == "maxLength"

    def test_nullable_wrapping(self, judge):
        components = {"Base": obj(a=INT)}
        old = {"allOf": [ref("Base")], "nullable": True}
        new = {"anyOf": [ref("Base"), {"type": "null"}]}
        verdict = judge(old, new, versions=("3.0.3", "3.1.0"), components=(components, components))
        assert isinstance(verdict, Proven)
