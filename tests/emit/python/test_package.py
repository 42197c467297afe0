"""The SDK as people get it: strictly typed, formatted, built, installed, run from its README."""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.node_tools import pyright
from tests.python_tools import Answer, emitted, serving, write_tree

SPEC = Path(__file__).parents[3] / "spec" / "northgate.openapi.yaml"
PLACED = {
    "order_id": "o1",
    "client_order_id": "c1",
    "instrument_id": "BTC-USD",
    "side": "buy",
    "type": "limit",
    "time_in_force": "gtc",
    "expire_time": None,
    "quantity": "0.25",
    "limit_price": "60000.10",
    "stop_price": None,
    "post_only": False,
    "reduce_only": False,
    "stp_mode": "cancel_newest",
    "status": "open",
    "filled_quantity": "0",
    "remaining_quantity": "0.25",
    "average_price": None,
    "cancel_reason": None,
    "reject_code": None,
    "version": 1,
    "created_time": "2026-11-22T09:30:00.000000Z",
    "updated_time": "2026-11-22T09:30:00.000000Z",
    "replayed": False,
    "dry_run": False,
}


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("northgate-project")
    write_tree(folder, emitted(SPEC, package="northgate").files)
    return folder


@pytest.mark.parametrize("tree", ["project", "probe_tree"])
def test_it_is_strictly_typed(tree: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(tree)
    package = next(folder.glob("*/py.typed")).parent.name
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--warn-unreachable", package, "tests"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("tree", ["project", "probe_tree"])
def test_pyright_finds_nothing_either(tree: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(tree)
    assert pyright(folder, ".") == ""


@pytest.mark.parametrize("tree", ["project", "probe_tree"])
def test_no_checker_is_told_to_look_away_from_a_whole_file(
    tree: str, request: pytest.FixtureRequest
) -> None:
    for path in request.getfixturevalue(tree).rglob("*.py"):
        for line in path.read_text().splitlines():
            assert not re.match(r"\s*#\s*(mypy:|pyright:|type:\s*ignore)", line), path
            assert not re.search(r"type:\s*ignore(?!\[)", line), path


@pytest.mark.parametrize("tree", ["project", "probe_tree"])
def test_it_is_laid_out_as_a_formatter_would(tree: str, request: pytest.FixtureRequest) -> None:
    folder = request.getfixturevalue(tree)
    package = next(folder.glob("*/py.typed")).parent.name
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "ruff",
            "format",
            "--isolated",
            "--line-length=100",
            "--diff",
            package,
        ],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout


@pytest.fixture(scope="session")
def built(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("northgate-dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(project)],
        check=True,
        capture_output=True,
    )
    return out


def test_wheel_and_sdist_hold_everything(built: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as wheel:
        names = set(wheel.namelist())
        metadata = wheel.read("northgate-1.0.0.dist-info/METADATA").decode()
    assert {
        "northgate/py.typed",
        "northgate/_client.py",
        "northgate/_runtime/sync/client.py",
        "northgate/models/orders.py",
        "northgate/params/orders.py",
    } <= names
    assert "Requires-Dist: pydantic" in metadata
    assert "# Northgate: Python SDK" in metadata
    with tarfile.open(next(built.glob("*.tar.gz"))) as sdist:
        assert {"northgate-1.0.0/README.md", "northgate-1.0.0/api.md"} <= set(sdist.getnames())


def test_the_readme_s_first_call_works_from_the_installed_wheel(
    project: Path, built: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "-q"]
    wheel = str(next(built.glob("*.whl")))
    subprocess.run([*pip, "--no-deps", "--no-index", "--target", str(site), wheel], check=True)
    readme = (project / "README.md").read_text()
    found = re.search(r"## First call\n\n```python\n(.*?)```", readme, re.DOTALL)
    assert found is not None
    seed = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"
    program = found[1].replace('private_key="..."', f'private_key="{seed}"')
    with serving(lambda _: Answer(201, PLACED)) as server:
        done = subprocess.run(
            [sys.executable, "-c", f"{program}client.close()\n"],
            env={"PYTHONPATH": str(site), "NORTHGATE_BASE_URL": server.url},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert done.returncode == 0, done.stderr
    assert "order_id='o1' client_order_id='c1'" in done.stdout
    assert server.received[0].json["quantity"] == "0.25"
    assert len(program.splitlines()) < 10


def test_importing_it_is_cheap(project: Path) -> None:
    """Modules, not seconds: nothing but the standard library until a client is asked for."""
    program = (
        "import sys; import northgate; before = set(sys.modules)\n"
        "assert not {'pydantic', 'httpx', 'cryptography'} & before, before\n"
        "from northgate import Northgate\n"
        "loaded = set(sys.modules)\n"
        "heavy = ('httpx', 'cryptography', 'northgate.models', 'northgate._runtime.aio')\n"
        "assert not {m for m in loaded if m.startswith(heavy)}, loaded"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_a_first_call_that_uploads_imports_what_it_names(tmp_path: Path) -> None:
    spec = tmp_path / "box.yaml"
    spec.write_text(
        """
openapi: 3.1.0
info: {title: Box, version: 1.0.0}
paths:
  /files:
    post:
      operationId: upload
      requestBody: {required: true, content: {multipart/form-data: {schema: {type: object,
        required: [file], properties: {file: {type: string, format: binary}}}}}}
      responses: {'204': {description: Kept.}}
"""
    )
    readme = str(emitted(spec, package="box").files["README.md"])
    for block in re.findall(r"```python\n(.*?)```", readme, re.DOTALL):
        if "Path(" in block:
            assert block.startswith("from pathlib import Path\n\nfrom box import ")
    assert readme.count("from pathlib import Path") == 2
