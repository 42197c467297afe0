"""Mistakes in wireproof.yaml are told with their place and with what was meant."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from wireproof.cli.lint import command as lint
from wireproof.cli.main import LazyGroup, main
from wireproof.diagnostics import UsageError

API = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\npaths: {}\n"


@pytest.mark.parametrize(
    ("text", "place", "told"),
    [
        ("spce: api.yaml", "1:1", ("wireproof.yaml has no setting 'spce'", "did you mean spec?")),
        ("spec: [api.yaml]", "1:7", ("spec must be a text", "quotes")),
        ("- spec", "1:1", ("must hold a mapping", "begin with spec:")),
        ("targets: [python]", "1:10", ("targets must be a mapping", "below")),
        ("targets:\n  pyton: {}", "2:3", ("there is no target 'pyton'", "did you mean python?")),
        (
            "targets:\n  python: {pakage: x}",
            "2:12",
            ("no setting 'pakage'", "did you mean package?"),
        ),
        ("targets:\n  python: {package: [x]}", "2:21", ("must be a text", "quotes")),
        ("targets:\n  server: 1", "2:11", ("targets.server must be a mapping", "server: {}")),
        ("lint: 3", "1:7", ("lint must be a mapping", "below")),
        ("lint:\n  extend: all", "2:3", ("lint has no setting 'extend'", "did you mean extends?")),
        ("lint:\n  extends: al", "2:12", ("lint.extends is 'al'", "did you mean all?")),
        (
            "lint: {rules: {money-decimals: off}}",
            "1:16",
            ("no rule", "did you mean money-decimal?"),
        ),
        ("lint:\n  rules:\n    path-verb: eror", "3:16", ("'eror'", "did you mean error?")),
        (
            "lint:\n  rules:\n    path-verb: {level: off, verb: [a]}",
            "3:29",
            ("no option 'verb'", "did you mean verbs?"),
        ),
        ("lint:\n  rules:\n    path-verb: {verbs: a}", "3:24", ("must be a list", "brackets")),
        (
            "lint:\n  rules:\n    property-style: {style: snaky}",
            "3:29",
            ("'snaky'", "did you mean snake?"),
        ),
        (
            "lint:\n  overrides:\n    - {path: [/a], rules: {}}",
            "3:8",
            ("no setting 'path'", "did you mean paths?"),
        ),
        (
            "lint:\n  overrides:\n    - {paths: [/a], rules: {path-verbs: off}}",
            "3:29",
            ("no rule 'path-verbs'", "did you mean path-verb?"),
        ),
        ("lint:\n  baseline: 7", "2:13", ("lint.baseline must be a text", "quotes")),
        ("lint:\n  rule-files: a.py", "2:15", ("lint.rule-files must be a list", "brackets")),
    ],
)
def test_a_mistake_has_a_place_and_a_remedy(tmp_path, monkeypatch, text, place, told):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wireproof.yaml").write_text(text + "\n")
    (tmp_path / "api.yaml").write_text(API)
    with pytest.raises(UsageError) as error:
        lint.main(["api.yaml"], standalone_mode=False)
    [said] = error.value.diagnostics
    assert str(said.span) == f"wireproof.yaml:{place}"
    assert told[0] in said.message
    assert told[1] in said.help


def test_it_is_printed_with_its_line_and_exit_status_2(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wireproof.yaml").write_text("spec: api.yaml\nlint:\n  extnds: all\n")
    monkeypatch.setattr("sys.argv", ["wireproof", "lint"])
    with pytest.raises(SystemExit) as end:
        main()
    assert end.value.code == 2
    told = capsys.readouterr().err
    assert "wireproof.yaml:3:3 error: lint has no setting 'extnds' [config]" in told
    assert "    3 |   extnds: all\n      |   ^^^^^^\n" in told
    assert "did you mean extends?" in told


@pytest.mark.parametrize("text", ["", "lint:\ntargets:\ncompat:\n", "targets: {python: }\n"])
def test_what_is_empty_is_not_wrong(tmp_path, monkeypatch, text):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "wireproof.yaml").write_text(text)
    (tmp_path / "api.yaml").write_text(API)
    with pytest.raises(SystemExit) as end:
        lint.main(["api.yaml", "--fail-on", "never"], standalone_mode=False)
    assert end.value.code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_shell_completes_commands_and_options_without_importing_more(shell):
    group = LazyGroup("wireproof")
    start = {"_WIREPROOF_COMPLETE": f"{shell}_source"}
    script = CliRunner().invoke(group, [], env=start, prog_name="wireproof")
    assert script.exit_code == 0
    assert "_WIREPROOF_COMPLETE" in script.output
    begun = {"_WIREPROOF_COMPLETE": f"{shell}_complete"}
    for words, wanted in (
        (("wireproof", "ge"), "generate"),
        (("wireproof", "lint", "--fa"), "--fail-on"),
    ):
        asked = {
            "COMP_WORDS": " ".join(words),
            "COMP_CWORD": words[-1] if shell == "fish" else str(len(words) - 1),
        }
        found = CliRunner().invoke(group, [], env=begun | asked, prog_name="wireproof")
        assert wanted in found.output
