"""The tests that every SDK brings along: they run, they can fail, and they need only the SDK."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from threading import Thread

import pytest
from wireproof.ir.build import build
from wireproof.mock.listen import MockServer
from wireproof.mock.service import Mock
from wireproof.source.workspace import load

from tests.python_tools import emitted, write_tree

ROOT = Path(__file__).parents[3]
SPEC = ROOT / "spec" / "northgate.openapi.yaml"
PROBE = Path(__file__).with_name("probe.yaml")
NASTY = sorted((ROOT / "tests" / "emit" / "nasty").glob("*.yaml"))


def run(folder: Path, *arguments: str, **variables: str) -> str:
    """Run the tests of a project, every warning an error; gives pytest's last words."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": "", "PYTEST_ADDOPTS": "", **variables},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    return done.stdout[-6000:]


def counts(output: str) -> dict[str, int]:
    """`{"passed": 60, "skipped": 3}` of pytest's last line."""
    found = re.findall(r"(\d+) (passed|failed|skipped|error)", output.splitlines()[-1])
    return {word: int(number) for number, word in found}


@pytest.fixture(scope="module")
def sdist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Northgate's SDK, unpacked from the source distribution that is built of `generated/`."""
    folder = tmp_path_factory.mktemp("sdist")
    project = folder / "project"
    shutil.copytree(ROOT / "generated" / "python", project)
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", "dist"],
        cwd=project,
        capture_output=True,
        check=True,
    )
    (archive,) = project.glob("dist/*.tar.gz")
    with tarfile.open(archive) as file:
        file.extractall(folder, filter="data")
    (wheel,) = project.glob("dist/*.whl")
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "cases.json" in name]
    return folder / archive.name.removesuffix(".tar.gz")


def test_northgate_s_sdist_tests_every_operation(sdist: Path) -> None:
    cases = json.loads((sdist / "tests" / "cases.json").read_text())
    operations = {one.id for one in build(load(str(SPEC)).contract).operations}
    assert len(cases["cases"]) == len(operations) == 24
    assert cases["skipped"] == {}
    seen = counts(run(sdist))
    assert "failed" not in seen
    varied = len(cases["answers"]) + len(cases["arguments"])
    assert seen["passed"] >= 2 * len(operations) + varied


def test_northgate_s_round_trips_against_the_mock(sdist: Path) -> None:
    server = MockServer(Mock(build(load(str(SPEC)).contract)))
    Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        variables = {"NORTHGATE_TEST_BASE_URL": server.url}
        output = run(sdist, "tests/test_round_trips.py", **variables)
    finally:
        server.shutdown()
        server.server_close()
    assert counts(output)["passed"] == 48, output
    assert "failed" not in counts(output)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        # What is sent: a member lost, a parameter renamed, a key not sent.
        ("northgate/resources/orders.py", '"quantity": quantity', '"quantity": "1"'),
        ("northgate/resources/market_data.py", '"depth": depth', '"dept": depth'),
        ("northgate/_runtime/auth.py", "self.signer.sign(request, clock.now()).expires", "0"),
        # What is read: an amount through floating point, unknown members dropped, a null let in.
        ("northgate/_runtime/decimals.py", "return Decimal(value)", "return Decimal(float(value))"),
        ("northgate/_runtime/models.py", 'extra="allow"', 'extra="ignore"'),
        ("northgate/_runtime/models.py", "else _UNKNOWN_TAG", "else next(iter(self.arms))"),
        ("northgate/_runtime/decimals.py", "if not _EXACT.fullmatch(value):", "if False:"),
    ],
)
def test_the_tests_can_fail(
    sdist: Path, tmp_path: Path, file: str, before: str, after: str
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(sdist, broken)
    text = (broken / file).read_text()
    assert before in text
    (broken / file).write_text(text.replace(before, after))
    assert counts(run(broken, "-x")).get("failed") == 1


@pytest.mark.parametrize("spec", [PROBE, *NASTY], ids=lambda spec: spec.stem)
def test_contracts_made_to_break_emitters(spec: Path, tmp_path: Path) -> None:
    write_tree(tmp_path, emitted(spec, package="subject").files)
    seen = counts(run(tmp_path))
    assert "failed" not in seen
    assert "error" not in seen


def test_what_cannot_be_called_is_named_with_its_reason(tmp_path: Path) -> None:
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a": {
                "get": {
                    "operationId": "a",
                    "responses": {
                        "200": {
                            "description": "d",
                            "content": {"application/json": {"schema": {"not": {}}}},
                        }
                    },
                }
            }
        },
    }
    (tmp_path / "spec.json").write_text(json.dumps(document))
    tree = tmp_path / "tree"
    write_tree(tree, emitted(tmp_path / "spec.json", package="subject").files)
    assert "no value was found for the answer" in run(tree, "-rs")


def test_tests_can_be_left_out() -> None:
    files = emitted(SPEC, package="northgate", tests=False).files
    assert not [path for path in files if path.startswith("tests/")]
    assert '"tests"' not in files["pyproject.toml"]
