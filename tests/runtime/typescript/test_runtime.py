"""Runs the runtime's own tests (node's test runner), one file a test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.node_tools import node

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WIREPROOF_SHARED", HERE.parents[3] / "shared"))


@pytest.mark.parametrize("name", sorted(path.stem for path in HERE.glob("*.test.ts")))
def test_runtime(compiled: Path, name: str) -> None:
    vectors = SHARED / "vectors" / "auth_vectors.json"
    env = {**os.environ, "AUTH_VECTORS": str(vectors) if vectors.exists() else ""}
    flags = ("--test", "--test-reporter=spec", "--test-timeout=30000")
    done = node(compiled, *flags, f"dist/tests/{name}.js", env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "tests 0" not in done.stdout


def test_every_module_of_the_runtime_is_tested_or_only_types() -> None:
    runtime = HERE.parents[2] / "sdk-templates" / "typescript" / "runtime"
    types_only = {"hooks", "plan", "tag"}
    text = "".join(path.read_text() for path in HERE.glob("*.ts"))
    untested = [
        path.stem
        for path in runtime.glob("*.ts")
        if path.stem not in types_only and f"runtime/{path.stem}.js" not in text
    ]
    assert untested == []
