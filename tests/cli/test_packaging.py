"""The container file and the pre-commit hook, as far as they run without a registry and a daemon.

Not run here: pulling the base image, `apt-get`, `useradd`, and what pip would fetch.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
BINARIES = Path(sys.executable).parent


def instructions():
    """The container file's instructions: keyword and the rest, continued lines joined."""
    text = (ROOT / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def commands(keyword):
    return [
        part.strip()
        for name, rest in instructions()
        if name == keyword
        for part in rest.split("&&")
    ]


def test_the_container_file_is_one():
    known = {"FROM", "ENV", "WORKDIR", "COPY", "RUN", "USER", "ENTRYPOINT", "CMD"}
    found = [name for name, _ in instructions()]
    assert set(found) <= known
    assert found[0] == "FROM"
    stages = [rest.partition(" AS ")[2] for name, rest in instructions() if name == "FROM"]
    for source in re.findall(r"--from=(\w+)", (ROOT / "Containerfile").read_text()):
        assert source in stages


def test_what_it_runs_runs(tmp_path):
    """Every RUN but the package manager's and the user's, with what it copies and no more."""
    source = tmp_path / "src"
    for name, rest in instructions():
        if name == "COPY" and not rest.startswith("--from"):
            *sources, target = rest.split()
            for one in sources:
                folder = source / target
                if (ROOT / one).is_dir():
                    shutil.copytree(ROOT / one, folder, dirs_exist_ok=True)
                else:
                    folder.mkdir(parents=True, exist_ok=True)
                    shutil.copy(ROOT / one, folder)
    wheels, site = tmp_path / "wheels", tmp_path / "site"
    left = []
    for command in commands("RUN"):
        words = shlex.split(command.replace("/wheels", str(wheels)))
        match words[:2]:
            case ["pip", "wheel"]:
                run(["pip", *words[1:], "--no-index", "--no-build-isolation"], source)
            case ["pip", "install"]:
                (wheel,) = wheels.glob("*.whl")
                assert words[-1] == f"$(echo {wheels}/*.whl)[verify]"
                offline = ["--no-index", "--no-deps", "--target", str(site), str(wheel)]
                run(["pip", "install", *offline], source)
            case ["git", "config"]:
                run(words, source, GIT_CONFIG_SYSTEM=str(tmp_path / "gitconfig"))
                assert "directory = *" in (tmp_path / "gitconfig").read_text()
            case ["rm", _] if words[-1] == str(wheels):
                shutil.rmtree(wheels)
            case _:
                left.append(words[0])
    assert left == ["apt-get", "apt-get", "rm", "useradd"]
    assert commands("ENTRYPOINT") == ['["wireproof"]']
    program = "from wireproof.cli.main import main; main()"
    shown = run([sys.executable, "-P", "-c", program, "--help"], tmp_path, PYTHONPATH=str(site))
    assert "Commands:" in shown


def run(words, folder, **environment):
    if words[0] == "pip":
        words = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", *words[1:]]
    done = subprocess.run(
        words, cwd=folder, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def repository(tmp_path):
    """A repository whose commits the lint hook looks at, as pre-commit would call it."""
    hook = next(
        one
        for one in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
        if one["id"] == "wireproof-lint"
    )
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=tmp_path, check=True)
    script = tmp_path / ".git" / "hooks" / "pre-commit"
    script.write_text(
        "#!/bin/sh\nfiles=$(git diff --cached --name-only --diff-filter=ACMR | "
        f"grep -E '{hook['files']}') || exit 0\nexec {BINARIES / hook['entry']} $files\n"
    )
    script.chmod(0o755)

    def commit(text):
        (tmp_path / "openapi.yaml").write_text(text)
        (tmp_path / "notes.yaml").write_text("not: a contract\n")
        subprocess.run(["git", "add", "."], cwd=tmp_path, check=True)
        return subprocess.run(
            ["git", "-c", "user.name=u", "-c", "user.email=u@example.com", "commit", "-qm", "x"],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return commit


def test_the_hook_holds_a_commit_back_until_the_contract_is_right(repository):
    text = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: '#/components/x'}}\n"
    done = repository(text)
    assert done.returncode == 1
    assert "openapi.yaml:3:" in done.stdout + done.stderr
    assert repository(text.replace("{/a: {$ref: '#/components/x'}}", "{}")).returncode == 0
