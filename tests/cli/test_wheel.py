"""The tool as people install it: from the built wheel, away from the checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SPEC = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders:
    get:
      operationId: listOrders
      tags: [orders]
      responses:
        "200":
          description: All orders
          content: {application/json: {schema: {type: array, items: {type: string}}}}
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with nothing but what the wheel holds."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    quiet = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *quiet, "--no-build-isolation", "-w", folder, ROOT], check=True)
    (wheel,) = folder.glob("wireproof-*.whl")
    subprocess.run([*pip, "install", *quiet, "--target", folder / "site", wheel], check=True)
    return folder / "site"


def wireproof(installed, *arguments, cwd):
    program = "import sys; sys.argv[0] = 'wireproof'; from wireproof.cli.main import main; main()"
    return subprocess.run(
        # -P and the order of PYTHONPATH keep the checkout out of the way
        [sys.executable, "-P", "-c", program, *arguments],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_is_the_wheel_that_runs(installed, tmp_path):
    done = subprocess.run(
        [sys.executable, "-P", "-c", "import wireproof; print(wireproof.__file__)"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).is_relative_to(installed)


@pytest.mark.parametrize("target", ["python", "typescript", "server"])
def test_it_generates_with_the_templates_that_it_ships(installed, tmp_path, target):
    (tmp_path / "openapi.yaml").write_text(SPEC)
    done = wireproof(
        installed, "generate", target, "--spec", "openapi.yaml", "--out", "out", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / target).is_dir()


def test_it_scaffolds_a_project(installed, tmp_path):
    done = wireproof(installed, "init", "fresh", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    linted = wireproof(installed, "lint", cwd=tmp_path / "fresh")
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_it_explains_its_rules(installed, tmp_path):
    done = wireproof(installed, "explain", "property-became-required", cwd=tmp_path)
    assert done.returncode == 0
    assert "Why" in done.stdout
