"""A project's own rules are seen by lint and by explain."""

from __future__ import annotations

import sys

import pytest
from wireproof.cli.main import main

RULE = '''\
"""Paths begin with a version.

What
    A path does not begin with `/v1/`.
"""
from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule


def check(root, scope):
    for path, node in scope.facts.names("paths").items():
        if not path.startswith("/v1/"):
            yield Problem(node, f"{path} has no version", "begin it with /v1", key=True)


RULE = Rule("path-version", Severity.ERROR, ("openapi",), check)
'''


@pytest.fixture
def wireproof(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "path_version.py").write_text(RULE)
    (tmp_path / "wireproof.yaml").write_text(
        "spec: api.yaml\nlint: {extends: none, rules: {path-version: error}, "
        "rule-files: [path_version.py]}\n"
    )
    (tmp_path / "api.yaml").write_text(
        "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
        "paths: {/a: {get: {responses: {'200': {description: ok}}}}}\n"
    )

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["wireproof", *arguments])
        with pytest.raises(SystemExit) as end:
            main()
        return end.value.code or 0, capsys.readouterr()

    return run


def test_lint_fires_them(wireproof):
    code, streams = wireproof("lint")
    assert code == 1
    assert "api.yaml:3:9 error: /a has no version [path-version]" in streams.out


def test_explain_knows_them(wireproof):
    code, streams = wireproof("explain", "path-version")
    assert code == 0
    assert "Paths begin with a version." in streams.out
    code, streams = wireproof("explain", "path-versions")
    assert code == 2
    assert "did you mean path-version?" in streams.err
