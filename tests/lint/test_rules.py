"""Every rule's documentation is a test: Bad fires that rule alone, Good is silent."""

import re
import textwrap
from importlib import import_module
from pathlib import Path

import pytest
import wireproof.lint.rules
from wireproof.lint.engine import SUPPRESSION, lint
from wireproof.lint.rules import ALL
from wireproof.lint.settings import Settings
from wireproof.source.workspace import load

CONFORMANCE = tuple(rule.id for rule in ALL if rule.check is None)


def documentation(rule):
    return import_module(f"wireproof.lint.rules.{rule.id.replace('-', '_')}").__doc__


def section(doc, name):
    found = re.search(rf"^{name}\n((?:    .*\n|\n)*)", doc, re.MULTILINE)
    return textwrap.dedent(found.group(1)) if found else ""


def findings(rule, example, folder):
    head = "" if example.lstrip().startswith("openapi:") else "openapi: 3.1.0\n"
    text = f"{head}info: {{title: t, version: 1.0.0}}\n{example}"
    spec = folder / "api.yaml"
    spec.write_text(text)
    levels = {each.id: each.severity for each in ALL if each.id in {*CONFORMANCE, rule.id}}
    return lint(load(spec), ALL, Settings("none", levels))


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_the_bad_example_fires_this_rule_alone(rule, tmp_path):
    found = findings(rule, section(documentation(rule), "Bad"), tmp_path)
    assert {one.diagnostic.rule for one in found} == {rule.id}


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_the_good_example_is_silent(rule, tmp_path):
    assert findings(rule, section(documentation(rule), "Good"), tmp_path) == ()


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_documentation_is_complete(rule):
    doc = documentation(rule)
    for name in ("What", "Why", "Bad", "Good"):
        assert section(doc, name).strip()
    assert doc.partition("\n")[0].endswith(".")


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_options_are_documented(rule):
    doc = documentation(rule)
    assert all(f"`{option}`" in doc for option in rule.options)


@pytest.mark.parametrize("rule", ALL, ids=lambda rule: rule.id)
def test_a_finding_has_a_place_and_says_what_to_do(rule, tmp_path):
    for one in findings(rule, section(documentation(rule), "Bad"), tmp_path):
        assert one.diagnostic.span.line > 0
        assert one.diagnostic.help
        assert not one.diagnostic.message.endswith(".")


def test_the_register_holds_every_file_once():
    folder = Path(wireproof.lint.rules.__path__[0])
    files = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert sorted(rule.id.replace("-", "_") for rule in ALL) == files


def test_no_rule_has_the_name_of_a_rule_of_the_gate():
    from wireproof.compat.rules import ALL as GATE  # noqa: PLC0415 - only this test needs the gate

    assert {rule.id for rule in ALL}.isdisjoint(rule.id for rule in GATE)


def test_suppression_is_the_rule_that_the_engine_knows():
    assert SUPPRESSION in {rule.id for rule in ALL}


def test_rules_without_a_check_are_what_validation_can_find():
    """`source` names its findings in calls; each has its page here."""
    source = Path(wireproof.lint.rules.__path__[0]).parents[1] / "source"
    text = "".join(path.read_text() for path in source.glob("*.py"))
    for rule in CONFORMANCE:
        assert rule == SUPPRESSION or f'"{rule}"' in text


@pytest.mark.parametrize(
    ("version", "union"),
    [
        ("3.1.0", "required: [kind], discriminator: {propertyName: kind}"),
        ("3.2.0", "discriminator: {propertyName: kind, defaultMapping: Fill}"),
    ],
    ids=["the union requires the tag", "an instance without the tag has a default"],
)
def test_branches_need_no_tag_where_it_is_settled(version, union, tmp_path):
    rule = next(one for one in ALL if one.id == "discriminator-valid")
    example = f"""\
openapi: {version}
paths: {{}}
components:
  schemas:
    Event: {{oneOf: [{{$ref: '#/components/schemas/Fill'}}], {union}}}
    Fill: {{type: object, properties: {{kind: {{type: string}}}}}}
"""
    assert [one.diagnostic.rule for one in findings(rule, example, tmp_path)] == []
