"""`wireproof init`: from an empty folder to a project that passes everything."""

from __future__ import annotations

import subprocess
import sys

import pytest
from wireproof.cli.init import scaffold
from wireproof.source.parse import parse


def wireproof(folder, line):
    done = subprocess.run(
        [sys.executable, "-m", "wireproof", *line.split()],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def test_a_new_project_passes_lint_generation_gate_and_its_own_tests(tmp_path):
    assert wireproof(tmp_path, "init ping-pong").returncode == 0
    project = tmp_path / "ping-pong"
    lint = wireproof(project, "lint --fail-on info")
    assert (lint.returncode, lint.stdout) == (0, "")
    generated = wireproof(project, "generate --strict")
    assert generated.returncode == 0, generated.stderr
    assert (project / "generated" / "python" / "ping_pong" / "__init__.py").is_file()
    assert wireproof(project, "release").returncode == 0
    assert wireproof(project, "breaking").returncode == 0
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tests.returncode == 0, tests.stdout


def test_nothing_is_overwritten_and_nothing_half_done(tmp_path):
    (tmp_path / "wireproof.yaml").write_text("mine")
    done = wireproof(tmp_path, "init")
    assert (done.returncode, done.stdout) == (2, "")
    assert "wireproof.yaml exists already" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["wireproof.yaml"]


@pytest.mark.parametrize(
    ("title", "package"),
    [
        ("Orders", "orders"),
        ("Ping Pong API", "ping_pong_api"),
        ("42", "api_42"),
        ("日本", "api"),
        ("a: \"b\" #c\\\n'd'", "a_b_c_d"),
        ("NAME PACKAGE", "name_package"),
    ],
)
def test_any_name_makes_a_valid_project(title, package):
    files = scaffold(title)
    assert set(files) == {
        ".github/workflows/contract.yaml", ".gitignore", "README.md", "spec/api.yaml",
        "pytest.ini", "tests/test_contract.py", "wireproof.yaml",
    }  # fmt: skip
    contract = parse("api.yaml", files["spec/api.yaml"].encode()).document
    assert contract.at("/info/title").value == " ".join(title.split())
    config = parse("wireproof.yaml", files["wireproof.yaml"].encode()).document
    assert config.at("/targets/python/package").value == package
