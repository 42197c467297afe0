"""Witnesses: judged on the original schemas, located, searched for where nothing is decided."""

from decimal import Decimal
from typing import Any

import pytest
from wireproof.compat.subsume import Flow, Options, Proven, Prover, Reason, Refuted, Unproven
from wireproof.compat.subsume.convert import Conversion
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.search import candidates
from wireproof.compat.subsume.validate import Judges, Unjudged
from wireproof.compat.subsume.values import exact, freeze, plain
from wireproof.ir.schema import SchemaId

X = SchemaId("#/components/schemas/X")
INT = {"type": "integer"}
TEXT = {"type": "string"}


def obj(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(required)}


@pytest.fixture
def judges(make_contract):
    def make(schema: Any, version: str = "3.1.0", flow: Flow = Flow.REQUEST, **more: Any) -> Judges:
        contract = make_contract({"X": schema, **more}, version)
        return Judges(Reading(contract.schemas, flow, receives=True))

    return make


BOTH, NEITHER = (True, True), (False, False)


class TestValidators:
    @pytest.mark.parametrize(
        ("schema", "good", "bad"),
        [
            ({**TEXT, "nullable": True}, None, 1),
            ({"allOf": [{"$ref": "#/components/schemas/T"}], "nullable": True}, None, 1),
            ({"$ref": "#/components/schemas/T", "maxLength": 1}, "long", 1),
            ({**INT, "minimum": 1, "exclusiveMinimum": True}, 2, 1),
            ({**INT, "format": "int32"}, 2**31 - 1, 2**31),
            ({**TEXT, "format": "byte"}, "YQ==", "?"),
            ({**TEXT, "format": "decimal"}, "1.5", "x"),
            ({**TEXT, "format": "date"}, "2024-02-29", "2023-02-29"),
            ({**TEXT, "format": "color"}, "anything", 1),
            ({**TEXT, "pattern": r"^\d+$"}, "12", "٣"),
            ({**TEXT, "pattern": "^a$"}, "a", "a\n"),
            ({**TEXT, "pattern": r"^\p{Lu}"}, "É", "é"),
            ({**TEXT, "pattern": "^(?=.*[0-9]).+$"}, "a1", "a"),
        ],
    )
    def test_3_0(self, judges, schema, good, bad):
        judge = judges(schema, "3.0.3", T=TEXT)
        assert judge.accept(X, good) == BOTH
        assert judge.accept(X, bad) == NEITHER

    @pytest.mark.parametrize(
        ("schema", "good", "bad"),
        [
            ({"$ref": "#/components/schemas/T", "maxLength": 1}, "s", "long"),
            ({"type": "number", "multipleOf": 0.1}, Decimal("0.3"), Decimal("0.35")),
            ({"type": "number", "multipleOf": 0.01}, 10**25, Decimal("0.001")),
            ({"const": 0.1}, Decimal("0.1"), Decimal("0.2")),
            ({"contentEncoding": "base64"}, "YQ==", "?"),
            (
                {"patternProperties": {"^a": INT}, "additionalProperties": False},
                {"ab": 1},
                {"b": 1},
            ),
            ({"dependentSchemas": {"a": {"required": ["b"]}}}, {"a": 1, "b": 1}, {"a": 1}),
            ({"prefixItems": [INT], "items": False}, [1], [1, 2]),
            ({"allOf": [obj(a=INT)], "unevaluatedProperties": False}, {"a": 1}, {"b": 1}),
            ({"minimum": "three", "required": True, **TEXT}, "x", 1),
        ],
    )
    def test_3_1(self, judges, schema, good, bad):
        judge = judges(schema, T=TEXT)
        assert judge.accept(X, good) == BOTH
        assert judge.accept(X, bad) == NEITHER
        assert judge.error(X, bad)

    def test_read_only_in_requests(self, judges):
        schema = obj("id", "name", id={**INT, "readOnly": True}, name=TEXT)
        assert judges(schema).accept(X, {"name": "n", "id": "any"}) == BOTH
        assert judges(schema, flow=Flow.RESPONSE).accept(X, {"name": "n"}) == NEITHER

    def test_a_value_that_nests_too_deeply_is_not_judged(self, judges):
        value: Any = {}
        for _ in range(100):
            value = {"x": value}
        with pytest.raises(Unjudged, match="nests deeper"):
            judges({"$ref": "#/components/schemas/X"}).accept(X, value)

    def test_only_what_a_value_touches_is_compiled(self, make_contract):
        parts = {f"P{i}": obj(next={"$ref": f"#/components/schemas/P{i + 1}"}) for i in range(50)}
        contract = make_contract({"X": obj(a=parts["P0"], b=INT), **parts, "P50": TEXT})
        judge = Judges(Reading(contract.schemas, Flow.REQUEST, receives=True))
        document = judge._document(X, {"b": 1})
        assert sum(each is not True for each in document["$defs"].values()) == 1
        conversion = Conversion(Reading(contract.schemas, Flow.REQUEST, receives=True))
        assert len(conversion.closure(conversion.name(X))) == 51


class TestBlame:
    def test_names_both_schemas_and_the_place(self, judge):
        old = obj(orders={"type": "array", "items": {"$ref": "#/components/schemas/Order"}})
        components = [
            {"Order": obj("id", id=TEXT, note={**TEXT, "maxLength": n})} for n in (20, 10)
        ]
        verdict = judge(old, old, components=components)
        assert isinstance(verdict, Refuted)
        assert verdict.pointer == "/orders/0/note"
        assert verdict.keyword == "maxLength"
        assert verdict.sender == "#/components/schemas/Order/properties/note"
        assert verdict.receiver == "#/components/schemas/Order/properties/note"
        assert verdict.witness == {"orders": [{"id": "a", "note": "a" * 11}]}

    def test_escapes_pointers(self, judge):
        verdict = judge(obj(**{"a/b~c": INT}), obj(**{"a/b~c": TEXT}))
        assert isinstance(verdict, Refuted)
        assert verdict.pointer == "/a~1b~0c"

    def test_blames_the_arm_that_comes_closest(self, judge):
        def union(limit: int) -> dict[str, Any]:
            arms = [obj("kind", kind={"const": kind}, v={**INT, "maximum": limit}) for kind in "ab"]
            return {"oneOf": arms}

        verdict = judge(union(9), union(8))
        assert isinstance(verdict, Refuted)
        assert (verdict.pointer, verdict.keyword) == ("/v", "maximum")
        assert verdict.receiver.endswith("/properties/v")

    def test_blames_a_union_where_no_arm_comes_close(self, judge):
        verdict = judge({"type": ["string", "boolean"]}, {"anyOf": [TEXT, INT]})
        assert isinstance(verdict, Refuted)
        assert (verdict.keyword, verdict.receiver) == ("anyOf", X)


class TestUndecided:
    def test_look_ahead_is_named(self, judge):
        password = {**TEXT, "pattern": "^(?=.*[0-9])(?=.*[a-z]).{8,}$"}
        assert isinstance(judge(password, {**password, "title": "t"}), Proven)
        verdict = judge(password, {**TEXT, "pattern": "^(?=.*[0-9]).{8,}$"})
        assert isinstance(verdict, Unproven)
        assert "lookahead" in verdict.reasons[0].text

    def test_but_still_refuted_by_trying(self, judge):
        verdict = judge(TEXT, {**TEXT, "pattern": "^(?=.*[0-9]).+$"})
        assert isinstance(verdict, Refuted)

    def test_the_search_uses_examples(self, judge):
        # No short word has a digit and a letter; the documented example does.
        old = {**TEXT, "pattern": "^(?=.*[0-9])(?=.*q)[a-z0-9]{12,}$", "examples": ["q0abcdefghij"]}
        new = {**TEXT, "pattern": "^(?=.*7)[a-z0-9]{12,}$"}
        verdict = judge(old, new)
        assert isinstance(verdict, Refuted)
        assert verdict.witness == "q0abcdefghij"

    def test_unmodelled_keywords_are_named(self, judge):
        old, new = {**TEXT, "$dynamicRef": "#a"}, {**TEXT, "$dynamicRef": "#b"}
        verdict = judge(old, new)
        assert isinstance(verdict, Unproven)
        assert verdict.reasons == (Reason("keyword '$dynamicRef' is not modelled"),)
        assert isinstance(judge(old, {**old, "title": "t"}), Proven)

    def test_candidates_are_bounded_and_start_with_the_base(self, make_contract):
        contract = make_contract({"X": obj("a", a={**INT, "minimum": 3})})
        reading = Reading(contract.schemas, Flow.REQUEST, receives=False)
        found = list(candidates({"a": 3}, [(reading, X)], 20))
        assert found[0] == {"a": 3}
        assert {"a": 4} in found
        assert {"a": 2} in found
        assert len(found) == 20

    def test_a_witness_that_is_not_confirmed_is_a_bug_that_shows(self, make_contract, monkeypatch):
        prover = Prover(
            make_contract({"X": TEXT}).schemas,
            make_contract({"X": INT}).schemas,
            Flow.REQUEST,
            Options(),
        )
        monkeypatch.setattr(Judges, "accept", lambda *_: (False, False))
        verdict = prover.prove(X, X)
        assert isinstance(verdict, Unproven)
        assert len(prover.rejected) == 1


class TestValues:
    def test_equality_is_that_of_json_schema(self):
        assert freeze(1) == freeze(1.0) == freeze(Decimal("1.00"))
        assert freeze([True]) != freeze([1])
        assert freeze({"a": [1, None]}) == freeze({"a": [1.0, None]})
        assert freeze([1, 2]) != freeze([2, 1])
        assert freeze("1") != freeze(1)

    @pytest.mark.parametrize("text", ["0.1", "-12.50", "1e-7", "123456789012345678901234567890.5"])
    def test_numbers_survive(self, text):
        assert plain(exact(Decimal(text))) == Decimal(text)
