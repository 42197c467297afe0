"""Every rule's documentation is a test: Bad fires that rule alone, Good is silent."""

import re
import textwrap
from dataclasses import fields, replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest
import wireproof.compat.rules
from wireproof.cli.documentation import upgrade
from wireproof.compat.finding import Verdict
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.compat.rules import RULES as OTHER_RULES
from wireproof.compat.rules import SCHEMA_RULES, SDK_RULES
from wireproof.ir.build import build
from wireproof.ir.schema import Schema
from wireproof.source.parse import parse

RULES = (*OTHER_RULES, *SDK_RULES, *SCHEMA_RULES)
HEAD = "openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\n"
POLICY = Policy(today=date(2026, 1, 1))


def documentation(rule):
    return import_module(f"wireproof.compat.rules.{rule.id.replace('-', '_')}").__doc__


def section(doc, name):
    found = re.search(rf"^{name}\n((?:    .*\n|\n)*)", doc, re.MULTILINE)
    return textwrap.dedent(found.group(1)) if found else ""


def contracts(example):
    body = re.split(r"^(base|head):\n", example, flags=re.MULTILINE)
    assert body[1::2] == ["base", "head"]
    for text in body[2::2]:
        yield build(parse("rule.yaml", (HEAD + textwrap.dedent(text)).encode()).document)


def findings(rule, example):
    base, head = contracts(example)
    flaws = {diagnostic.rule for diagnostic in (*base.diagnostics, *head.diagnostics)}
    assert flaws <= {"invalid-stability", "invalid-sunset"}
    if rule not in SDK_RULES:
        return judge(base, head, POLICY)
    found = judge(base, head, replace(POLICY, sdk=True))
    return [finding for finding in found if finding.rule in {one.id for one in SDK_RULES}]


CASES = [
    (rule, name) for rule in RULES for name in ("Bad", "Good") if section(documentation(rule), name)
]


@pytest.mark.parametrize(("rule", "name"), CASES, ids=[f"{r.id}-{n}" for r, n in CASES])
def test_an_example_does_what_its_heading_says(rule, name):
    found = findings(rule, section(documentation(rule), name))
    loud = {finding.rule for finding in found if finding.verdict is not Verdict.COMPATIBLE}
    assert loud == ({rule.id} if name == "Bad" else set())
    for finding in found:
        if finding.verdict is Verdict.BREAKING:
            assert upgrade(finding.rule, finding.side.value if finding.side else "")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_documentation_is_complete(rule):
    doc = documentation(rule)
    assert section(doc, "What").strip()
    assert section(doc, "Why").strip()
    assert section(doc, "Bad") or section(doc, "Good")


def test_every_rule_that_can_break_shows_how():
    silent = [rule.id for rule in RULES if not section(documentation(rule), "Bad")]
    for rule in silent:
        source = Path(wireproof.compat.rules.__path__[0], f"{rule.replace('-', '_')}.py")
        assert "Verdict.BREAKING" not in source.read_text(), rule


def test_the_register_holds_every_file_once():
    folder = Path(wireproof.compat.rules.__path__[0])
    files = sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")
    assert sorted(rule.id.replace("-", "_") for rule in RULES) == files


def test_rules_have_their_mirror():
    """Who judges an addition also judges the removal, and the other way round."""
    actions = {}
    for rule in RULES:
        if rule.action in {"add", "remove"}:
            actions.setdefault(re.sub("-(added|removed)$", "", rule.id), set()).add(rule.action)
    unmirrored = {
        "union-grew": "a union that shrinks is a matter of union-changed alone",
    }
    unmirrored |= dict.fromkeys(
        ("sdk-type", "sdk-field", "sdk-member", "sdk-argument"),
        "what is added to an SDK breaks no source code",
    )
    for name, found in actions.items():
        assert found == {"add", "remove"} or name in unmirrored, name


def test_every_field_of_a_schema_has_its_rule():
    """No silent gap: whatever differs between two schemas is some rule's business."""
    by_children = {"id", "origin"}  # where it stands, not what it says
    covered = {name for rule in SCHEMA_RULES for name in rule.fields}
    assert {field.name for field in fields(Schema)} - by_children == covered
