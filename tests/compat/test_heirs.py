"""Families by discriminator: what a change of tags and heirs is shown by, and said where."""

from __future__ import annotations

import pytest

PET = {"$ref": "#/components/schemas/Pet"}
CAT = {"allOf": [PET, {"type": "object", "properties": {"claws": {"type": "integer"}}}]}
BARKING = {"type": "object", "required": ["bark"], "properties": {"bark": {"type": "string"}}}
DOG = {"allOf": [PET, BARKING]}


def base(tag=None, **mapping):
    discriminator = {"propertyName": "kind", **({"mapping": mapping} if mapping else {})}
    properties = {"kind": {"type": "string", **(tag or {})}}
    more = {"discriminator": discriminator, "properties": properties}
    return {"type": "object", "required": ["kind"], **more}


@pytest.fixture
def family(api):
    def make(openapi="3.1.0", **schemas):
        return {**api(PET, openapi=openapi), "components": {"schemas": schemas}}

    return make


def breaks(found):
    return {(f.rule, f.side.value): f for f in found if f.verdict.label == "breaking"}


BOTH = {"cat": "Cat", "dog": "Dog"}
CHANGES = {
    "a tag is renamed": (
        {"Pet": base(**BOTH), "Cat": CAT, "Dog": DOG},
        {"Pet": base(feline="Cat", dog="Dog"), "Cat": CAT, "Dog": DOG},
        {
            ("discriminator-changed", "request"): ({"kind": "cat"}, "base"),
            ("discriminator-changed", "response"): ({"kind": "feline"}, "head"),
        },
    ),
    "an heir comes": (
        {"Pet": base(), "Cat": CAT},
        {"Pet": base(), "Cat": CAT, "Dog": DOG},
        {("heir-added", "response"): ({"kind": "Dog", "bark": "a"}, "head")},
    ),
    "an heir goes": (
        {"Pet": base(**BOTH), "Cat": CAT, "Dog": DOG},
        {"Pet": base(cat="Cat"), "Cat": CAT},
        {("heir-removed", "request"): ({"kind": "dog", "bark": "a"}, "base")},
    ),
}


@pytest.mark.parametrize("openapi", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("kind", CHANGES)
def test_a_value_of_the_heir_shows_it(findings, family, kind, openapi):
    before, after, expected = CHANGES[kind]
    found = breaks(findings(family(openapi, **before), family(openapi, **after)))
    assert found.keys() == expected.keys()
    for key, (value, sender) in expected.items():
        witness = found[key].witness
        assert (witness.value, witness.accepted_by) == (value, sender)
        assert "is not one of" in witness.error
        assert found[key].operations == ("POST /act",)
        assert found[key].place is not None


def test_a_listed_tag_is_said_once(findings, family):
    """The list of the tag's values says it already: the heir is news and no second break."""
    before = family(Pet=base({"enum": ["Cat"]}), Cat=CAT)
    after = family(Pet=base({"enum": ["Cat", "Dog"]}), Cat=CAT, Dog=DOG)
    found = findings(before, after)
    assert breaks(found).keys() == {("enum-value-added", "response")}
    assert any(f.rule == "heir-added" for f in found)
    assert all(f.verdict.label != "unproven" for f in found)


def test_a_default_mapping_takes_every_tag(findings, family):
    pet = base(**BOTH)
    pet["discriminator"]["defaultMapping"] = "Cat"
    after = {**pet, "discriminator": {**pet["discriminator"], "mapping": {**BOTH, "pup": "Dog"}}}
    before = family("3.2.0", Pet=pet, Cat=CAT, Dog=DOG)
    assert not breaks(findings(before, family("3.2.0", Pet=after, Cat=CAT, Dog=DOG)))


def test_another_default_mapping_is_told(findings, family):
    pet = base(**BOTH)
    after = {**pet, "discriminator": {**pet["discriminator"], "defaultMapping": "Cat"}}
    found = findings(
        family("3.2.0", Pet=pet, Cat=CAT, Dog=DOG), family("3.2.0", Pet=after, Cat=CAT, Dog=DOG)
    )
    messages = {f.message for f in found}
    assert messages == {"Pet: a tag that is not listed means Cat now; it meant nothing"}


def test_what_no_rule_accounts_for_is_said(findings, api, monkeypatch):
    """The proof has the last word: a break that no rule finds is a break without a name."""
    monkeypatch.setattr("wireproof.compat.gate.SCHEMA_RULES", ())
    before, after = ({"type": "string", "maxLength": most} for most in (9, 2))
    found = findings(api(before), api(after))
    assert [(f.rule, f.side.value) for f in found] == [("unexplained-change", "request")]
    assert found[0].witness.value == "a" * 3
    assert found[0].head_place.line == 1
