"""Node tools for tests: TypeScript, esbuild, node's test runner. Skips where Node is absent."""

from __future__ import annotations

import fcntl
import json
import shutil
import subprocess
import sys
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent / "node"
TYPESCRIPT_5 = FOLDER / "typescript-5"
"""The compiler that most integrators still have."""


@lru_cache(maxsize=2)
def tools(folder: Path = FOLDER) -> Path:
    """The `node_modules` of a folder with locked tools, installed on first use."""
    if shutil.which("node") is None or shutil.which("npm") is None:
        pytest.skip("Node.js and npm are not installed: the TypeScript SDK stays UNTESTED")
    modules = folder / "node_modules"
    # Test workers are processes of their own: one installs, the others wait.
    with (folder / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (modules / ".bin" / "tsc").exists():
            done = run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], folder)
            if done.returncode != 0:
                pytest.skip(f"npm ci failed, the TypeScript SDK stays UNTESTED: {done.stderr}")
    return modules


def run(
    command: list[str], folder: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command in a folder; gives its output whatever its status."""
    return subprocess.run(
        command,
        cwd=folder,
        env=env,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def link(folder: Path) -> Path:
    """Make the tools available in a folder; gives the folder back."""
    modules = folder / "node_modules"
    if not modules.exists():
        modules.symlink_to(tools(), target_is_directory=True)
    return folder


def tsc(folder: Path, *arguments: str, compiler: Path = FOLDER) -> str:
    """Type-check or build the project in a folder; gives the compiler's complaints, "" for none."""
    done = run([str(tools(compiler) / ".bin" / "tsc"), "-p", ".", *arguments], folder)
    return done.stdout + done.stderr if done.returncode else ""


def node(
    folder: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run node in a folder."""
    tools()
    return run(["node", *arguments], folder, env)


def pyright(folder: Path, *include: str) -> str:
    """Type-check Python in a folder, strictly; gives the complaints, "" for none."""
    modules = tools()
    if not (modules / "pyright").is_dir():
        pytest.skip("pyright is not in tests/node/node_modules: run `make setup`; UNTESTED")
    settings = {"include": include, "typeCheckingMode": "strict", "pythonVersion": "3.11"}
    (folder / "pyrightconfig.json").write_text(json.dumps(settings))
    command = ["node", str(modules / "pyright" / "index.js"), "--pythonpath", sys.executable]
    done = run(command, folder)
    return done.stdout + done.stderr if done.returncode else ""
