"""Compiles the runtime together with its tests, once a session."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.node_tools import link, tsc

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with `dist/runtime/*.js` and `dist/tests/*.test.js`."""
    folder = tmp_path_factory.mktemp("runtime")
    runtime = ROOT / "sdk-templates" / "typescript" / "runtime"
    shutil.copytree(runtime, folder / "src" / "runtime")
    (folder / "src" / "tests").mkdir()
    for test in HERE.glob("*.ts"):
        shutil.copy(test, folder / "src" / "tests")
    (folder / "package.json").write_text('{ "type": "module" }\n')
    options = json.loads((ROOT / "tests" / "node" / "tsconfig.runtime.json").read_text())
    options["compilerOptions"] |= {
        "module": "NodeNext",
        "moduleResolution": "NodeNext",
        "types": ["node"],
        "noEmit": False,
        "outDir": "dist",
        "rootDir": "src",
    }
    (folder / "tsconfig.json").write_text(json.dumps({**options, "include": ["src"]}))
    assert tsc(link(folder)) == ""
    return folder
