"""`wireproof watch`: a round now, and one after each save."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from wireproof.cli import generating
from wireproof.cli.watch import SETTLE, loop
from wireproof.cli.watching import Round
from wireproof.emit.server import model_source
from wireproof.source import parse as parsing

PROJECT = Path(__file__).parent / "project"


@pytest.fixture
def project(tmp_path, monkeypatch):
    shutil.copytree(PROJECT, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def later(path, text=None):
    """Save a file so that its time differs, however coarse the clock of the file system."""
    stamp = path.stat().st_mtime_ns
    if text is not None:
        path.write_text(text)
    os.utime(path, ns=(stamp + 10**9, stamp + 10**9))


def test_it_works_at_once_and_after_each_save_of_any_of_its_files(tmp_path):
    files = [tmp_path / "a.yaml", tmp_path / "b.yaml"]
    for file in files:
        file.write_text("1")
    rounds = []
    looks = []

    def work():
        rounds.append([file.read_text() for file in files])
        return len(rounds), [str(file) for file in files]

    def sleep(seconds):
        if seconds == SETTLE:
            return
        looks.append(len(rounds))
        if len(looks) % 3 == 0:
            later(files[len(rounds) % 2], str(len(rounds) + 1))

    assert loop(work, 3, sleep) == 3
    assert rounds == [["1", "1"], ["1", "2"], ["3", "2"]]
    assert looks == [1, 1, 1, 2, 2, 2]


def test_a_file_that_appears_or_goes_starts_a_round(tmp_path):
    file = tmp_path / "a.yaml"
    states = []

    def work():
        states.append(file.exists())
        return 0, [str(file)]

    def sleep(seconds):
        if seconds != SETTLE:
            file.unlink() if file.exists() else file.write_text("")

    assert loop(work, 3, sleep) == 0
    assert states == [False, True, False]


def test_what_is_saved_during_a_round_is_not_lost(tmp_path):
    file = tmp_path / "a.yaml"
    file.write_text("1")
    texts = []

    def work():
        texts.append(file.read_text())
        if len(texts) == 2:
            later(file, "3")
        return 0, [str(file)]

    def sleep(seconds):
        if seconds != SETTLE:
            assert len(texts) == 1, "there is something to do"
            later(file, "2")

    assert loop(work, 3, sleep) == 0
    assert texts == ["1", "2", "3"]


def test_a_save_in_several_steps_is_one_round(tmp_path):
    """As editors do it: the old file is moved away, an empty one made, and then filled."""
    file = tmp_path / "a.yaml"
    file.write_text("1")
    texts = []
    steps = [file.unlink, lambda: file.write_text(""), lambda: later(file, "2"), lambda: None]

    def work():
        texts.append(file.read_text())
        return 0, [str(file)]

    def sleep(_seconds):
        steps.pop(0)()

    assert loop(work, 2, sleep) == 0
    assert texts == ["1", "2"]
    assert steps == []


def test_a_round_lints_and_generates(project, capsys):
    status, files = Round(None, gate=True, generate=True)()
    assert status == 0
    assert {"orders.yaml", "parameters.yaml", "wireproof.yaml", "waivers.yaml"} == set(files)
    assert (project / "generated" / "python" / "pyproject.toml").is_file()
    streams = capsys.readouterr()
    assert "[money-decimal]" in streams.out
    assert "1 target" in streams.err


def test_nothing_is_generated_from_what_fails(project):
    orders = project / "orders.yaml"
    orders.write_text(orders.read_text().replace("listOrders", "listOrders\n      oops: 1"))
    status, _ = Round(None, gate=True, generate=True)()
    assert status == 1
    assert not (project / "generated").exists()


def test_a_contract_that_cannot_be_read_is_watched_still(project, capsys):
    one = Round(None, gate=True, generate=False)
    _, before = one()
    (project / "orders.yaml").write_text("openapi: [")
    status, files = one()
    assert (status, files) == (2, before)
    assert "syntax" in capsys.readouterr().err


def test_the_gate_is_asked_where_there_is_a_release(project, capsys):
    (project / "releases").mkdir()
    shutil.copy(project / "orders.yaml", project / "releases" / "1.0.0.yaml")
    shutil.copy(project / "parameters.yaml", project / "releases" / "parameters.yaml")
    shutil.copy(project / "base.yaml", project / "orders.yaml")
    assert Round(None, gate=True, generate=False)()[0] == 1
    assert "breaking" in capsys.readouterr().out
    assert Round(None, gate=False, generate=False)()[0] == 0


def test_a_wrong_configuration_is_told_and_watched(project, capsys):
    (project / "wireproof.yaml").write_text("spce: orders.yaml\n")
    status, files = Round(None, gate=True, generate=True)()
    assert (status, files) == (2, {"wireproof.yaml"})
    assert "did you mean spec?" in capsys.readouterr().err


def test_a_save_that_changes_nothing_writes_nothing(project, capsys):
    work = Round(None, gate=True, generate=True)
    work()
    orders = project / "orders.yaml"
    orders.write_text(f"# another word\n{orders.read_text()}")
    capsys.readouterr()
    assert work()[0] == 0
    told = capsys.readouterr()
    assert "nothing to generate: the contract says the same" in told.err
    assert "orders.yaml:" in told.out  # linted all the same, at its new line


@pytest.mark.usefixtures("project")
def test_a_round_tells_its_steps_and_their_times(capsys):
    Round(None, gate=True, generate=True)()
    assert re.search(r"^lint \d+ ms, generate \d+ ms$", capsys.readouterr().err, re.MULTILINE)


def test_each_file_is_parsed_once_for_all_steps_and_rounds(project, monkeypatch):
    (project / "releases").mkdir()
    shutil.copy(project / "orders.yaml", project / "releases" / "1.0.0.yaml")
    shutil.copy(project / "parameters.yaml", project / "releases" / "parameters.yaml")
    parsed = []
    parse = parsing.parse

    def spy(name, data):
        parsed.append(name)
        return parse(name, data)

    monkeypatch.setattr(parsing, "parse", spy)
    work = Round(None, gate=True, generate=True)
    assert work()[0] == 0
    assert len(parsed) == len(set(parsed))
    parsed.clear()
    work()
    assert parsed == []
    later(project / "parameters.yaml", (project / "parameters.yaml").read_text() + "\n")
    work()
    assert parsed == ["parameters.yaml"]


def test_a_changed_template_is_used_at_once(project):
    (project / "own" / "python").mkdir(parents=True)
    (project / "own" / "templates.yaml").write_text("contract: 1\n")
    config = project / "wireproof.yaml"
    config.write_text(config.read_text() + "templates: own\n")
    readme = project / "own" / "python" / "README.md.j2"
    readme.write_text("one\n")
    work = Round(None, gate=False, generate=True)
    _, files = work()
    assert str(readme.relative_to(project)) in files
    written = project / "generated" / "python" / "README.md"
    assert written.read_text() == "one\n"
    later(readme, "two\n")
    work()
    assert written.read_text() == "two\n"


def test_a_second_run_remembers_the_models(project, tmp_path, monkeypatch):
    monkeypatch.setenv("WIREPROOF_CACHE", str(tmp_path / "cache"))
    asked = generating.Asked(targets=("server",))
    assert generating.run(asked) == 0
    models = (project / "generated" / "server" / "models.py").read_bytes()
    shutil.rmtree(project / "generated" / "server")
    monkeypatch.setattr(model_source, "generate_source", None)
    (project / "generated" / "manifest.json").unlink()
    assert generating.run(asked) == 0
    assert (project / "generated" / "server" / "models.py").read_bytes() == models
