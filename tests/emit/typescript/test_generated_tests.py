"""The tests that come with every package: run as its owner runs them, and seen to fail."""

from __future__ import annotations

import json
import os
import re
import tarfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from wireproof.ir.build import build
from wireproof.mock.listen import MockServer
from wireproof.mock.service import Mock
from wireproof.source.workspace import load

from tests.emit.typescript.conftest import ROOT, STRICT, Emitted, emit_document
from tests.node_tools import node, run, tools, tsc

SPEC = ROOT / "spec" / "northgate.openapi.yaml"
NASTY = sorted((ROOT / "tests" / "emit" / "nasty").glob("*.yaml"))


@pytest.fixture(scope="module")
def project(consumer: Path, northgate: Emitted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Northgate's tests beside its installed tarball."""
    folder = tmp_path_factory.mktemp("generated-tests")
    (folder / "node_modules").symlink_to(consumer / "node_modules")
    (folder / "package.json").write_text('{ "type": "module" }')
    for path, text in northgate.files.items():
        if path.startswith("tests/"):
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(str(text))
    return folder


def run_tests(folder: Path, **variables: str) -> dict[str, int]:
    done = node(folder, "--test", "--test-reporter=tap", env={**os.environ, **variables})
    said = re.findall(r"^# (tests|pass|fail|skipped) (\d+)", done.stdout, re.MULTILINE)
    counts = {name: int(count) for name, count in said}
    failed = [part[:1500] for part in done.stdout.split("# Subtest: ") if "\nnot ok" in part]
    assert (counts["fail"], failed) == (0, [])
    return counts


def cases(emitted: Emitted) -> dict[str, list[dict[str, object]]]:
    found: dict[str, list[dict[str, object]]] = json.loads(emitted.text("tests/cases.json"))
    return found


def test_every_operation_has_a_round_trip(northgate: Emitted) -> None:
    document = cases(northgate)
    assert document["skipped"] == []
    assert len(document["cases"]) == len(northgate.contract.operations)
    kinds = {
        str(each["name"]).partition(": ")[2].partition(" at ")[0] for each in document["answers"]
    }
    assert kinds >= {"unknown enum value", "unknown union tag", "decimal", "64-bit integer"}
    assert any(each["refused"] for each in document["answers"])
    assert document["arguments"]


def test_against_the_tarball(project: Path, northgate: Emitted) -> None:
    document = cases(northgate)
    counts = run_tests(project)
    listed = sum(len(document[name]) for name in ("cases", "answers", "arguments"))
    assert counts["pass"] == counts["tests"] == listed


@pytest.fixture
def mock() -> Iterator[str]:
    with MockServer(Mock(build(load(str(SPEC)).contract))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.url
        server.shutdown()
        thread.join()


def test_against_a_mock(project: Path, northgate: Emitted, mock: str) -> None:
    counts = run_tests(project, NORTHGATE_TEST_BASE_URL=mock)
    assert counts["pass"] >= len(northgate.contract.operations)


def test_tests_type_check_strictly(project: Path) -> None:
    config = project / "tsconfig.json"
    options = {**STRICT, "types": ["node"], "checkJs": True, "noEmit": True}
    options["typeRoots"] = [str(tools() / "@types")]
    config.write_text(json.dumps({"compilerOptions": options, "include": ["tests"]}))
    assert tsc(project) == ""


def test_they_are_not_published(tarball: Path) -> None:
    with tarfile.open(tarball) as archive:
        assert not [name for name in archive.getnames() if "tests" in name.split("/")]


def test_a_project_may_go_without() -> None:
    emitted = emit_document(SPEC, {"tests": False})
    assert not [path for path in emitted.files if path.startswith("tests/")]
    assert '"test"' not in emitted.text("package.json")


BREAKS = {
    "another path": ("src/account.ts", "/v1/balances", "/v1/balance"),
    "another method": ("src/orders.ts", 'method: "DELETE"', 'method: "POST"'),
    "a lost parameter": ("src/orders.ts", "limit: params.limit", "limit: undefined"),
    "rounded integers": ("src/market-data.ts", "read: readExactJson", "read: readJson"),
    "a lost body": ("src/orders.ts", "body: json(params)", "body: undefined"),
    "floats for decimals": (
        "src/runtime/validate.ts",
        'return typeof value === "string" &&',
        "return",
    ),
}


@pytest.mark.parametrize("name", BREAKS)
def test_they_fail_when_the_package_is_broken(
    name: str, northgate: Emitted, tmp_path: Path
) -> None:
    path, text, broken = BREAKS[name]
    assert text in northgate.text(path)
    folder = northgate.write(tmp_path / "sdk")
    source = folder / path
    source.write_text(source.read_text().replace(text, broken))
    transpile(folder)
    done = node(folder, "--test", "--test-reporter=tap")
    failed = re.search(r"^# fail (\d+)", done.stdout, re.MULTILINE)
    assert failed
    assert int(failed[1]) > 0


def transpile(folder: Path) -> None:
    """Sources to `dist` without a look at their types."""
    sources = sorted(str(path.relative_to(folder)) for path in (folder / "src").rglob("*.ts"))
    flags = ["--outdir=dist", "--outbase=src", "--format=esm", "--log-level=error"]
    done = run([str(tools() / ".bin" / "esbuild"), *sources, *flags], folder)
    assert done.returncode == 0, done.stderr


def test_contracts_made_to_break_generators(tmp_path: Path) -> None:
    """All of them in one run of the compiler, and in one of the tests."""
    assert len(NASTY) > 20
    for spec in NASTY:
        emitted = emit_document(spec)
        assert emitted.diagnostics == (), spec.name
        assert not json.loads(emitted.text("tests/cases.json"))["skipped"], spec.name
        transpile(emitted.write(tmp_path / spec.stem))
        modules = [path.stem.casefold() for path in (tmp_path / spec.stem / "src").glob("*.ts")]
        assert len(set(modules)) == len(modules), f"{spec.name}: on some disks these are one file"
    options = json.loads((tmp_path / "enums" / "tsconfig.json").read_text())["compilerOptions"]
    options |= {"rootDir": ".", "noEmit": True}
    (tmp_path / "package.json").write_text('{ "type": "module" }')
    (tmp_path / "tsconfig.json").write_text(
        json.dumps({"compilerOptions": options, "include": ["*/src"]})
    )
    assert tsc(tmp_path) == ""
    assert run_tests(tmp_path)["pass"] > 2 * len(NASTY)
