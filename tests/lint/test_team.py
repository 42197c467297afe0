"""A team's own rules: files of the same shape as the built-in ones."""

from __future__ import annotations

import re
import textwrap

import pytest
from wireproof.cli.documentation import page
from wireproof.diagnostics import UsageError
from wireproof.lint.engine import lint
from wireproof.lint.settings import read_settings
from wireproof.lint.team import documentation, rules
from wireproof.source.document import Document
from wireproof.source.workspace import load

RULE = '''\
"""Paths begin with a version.

What
    A path does not begin with `/v1`.
"""
from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule


def check(root, scope):
    for path, node in scope.facts.names("paths").items():
        if not path.startswith(scope.text("prefix")):
            yield Problem(node, f"{path} has no version", "begin it with /v1", key=True)


RULE = Rule("path-version", Severity.ERROR, ("openapi",), check, options={"prefix": "/v1/"})
'''
API = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths: {/a: {get: {responses: {'200': {description: ok}}}}}
"""


@pytest.fixture
def write(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def writer(text, name="path_version.py"):
        path = tmp_path / name
        path.write_text(text)
        return path

    return writer


def run(write, text, **options):
    file = write(text)
    write(API, "api.yaml")
    raw = {"extends": "none", "rules": {"path-version": {"level": "warning", **options}}}
    return lint(
        load("api.yaml"),
        rules([file]),
        read_settings(Document("wireproof.yaml", raw).root, file.parent),
    )


def test_a_rule_of_ones_own_runs_with_level_and_options(write):
    [found] = run(write, RULE)
    assert (found.diagnostic.rule, found.diagnostic.severity.label) == ("path-version", "warning")
    assert str(found.diagnostic.span) == "api.yaml:3:9"
    assert run(write, RULE, prefix="/a") == ()


def test_its_docstring_is_its_page(write):
    *_, rule = rules([write(RULE)])
    assert documentation(rule).startswith("Paths begin with a version.")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("RULE = 3", "it defines no RULE = Rule(...)"),
        ("import nowhere_to_be_found", "ModuleNotFoundError"),
        ("def check(:", "SyntaxError"),
        (RULE.replace('Rule("path-version"', 'Rule("other"'), "called other, not as its file"),
        (RULE.replace("Severity.ERROR", '"error"'), "its severity is 'error'"),
        (RULE.replace('("openapi",)', '("openapy",)'), "did you mean openapi?"),
        (RULE.replace('("openapi",)', '"openapi"'), "write a tuple of kinds"),
        (RULE.replace(", check,", ", 7,"), "its check is no function"),
    ],
)
def test_a_file_that_is_no_rule_is_a_usage_error(write, text, what):
    with pytest.raises(UsageError, match=r"path_version\.py") as error:
        rules([write(text)])
    assert what in error.value.diagnostics[0].message


def test_a_missing_file_is_a_usage_error(tmp_path):
    with pytest.raises(UsageError, match="there is no such Python file"):
        rules([tmp_path / "gone.py"])


def test_a_name_that_is_taken_is_a_usage_error(write):
    with pytest.raises(UsageError, match="exists already"):
        rules([write(RULE.replace("path-version", "path-query"), "path_query.py")])


def test_a_rule_that_crashes_is_named_with_the_place(write):
    with pytest.raises(UsageError) as error:
        run(write, RULE.replace("for path", "1 / 0\n    for path"))
    assert "failed at api.yaml#: ZeroDivisionError" in error.value.diagnostics[0].message
    assert error.value.diagnostics[0].span.line == 11


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (re.sub(r"Problem\(node.*", "node", RULE), "which is no Problem(node, ...)"),
        (RULE.replace("yield Problem(node, ", "yield Problem(path, "), "which is no Problem(node"),
        (RULE.replace("yield Problem", "return Problem"), "is not iterable"),
        (RULE.replace("yield Problem(", "str("), "TypeError"),
    ],
)
def test_a_rule_that_gives_nonsense_is_told_so(write, text, what):
    with pytest.raises(UsageError) as error:
        run(write, text)
    assert what in error.value.diagnostics[0].message


def test_the_rule_that_is_explained_runs(write):
    text = page("own-rules").split("gives problems:\n")[1]
    program = textwrap.dedent(text)
    found = run(write, program)
    assert [one.diagnostic.message for one in found] == ["/a has no version"]
