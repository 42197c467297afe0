"""The SDKs as an integrator gets them: built, then installed from what was built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NODE_TOOLS = ROOT / "tests" / "node" / "node_modules" / ".bin"


def install_python(folder: Path) -> Path:
    """Build the wheel and install it into a folder of its own; gives that folder."""
    copy = folder / "python"
    shutil.copytree(ROOT / "generated" / "python", copy)
    _pip("wheel", "--no-deps", "--no-build-isolation", "-w", str(folder), str(copy))
    (wheel,) = folder.glob("*.whl")
    target = folder / "site"
    _pip("install", "--no-deps", "--target", str(target), str(wheel))
    return target


def node_is_here() -> bool:
    """Whether the TypeScript half can be shown."""
    return shutil.which("node") is not None and (NODE_TOOLS / "tsc").exists()


def install_typescript(folder: Path) -> Path:
    """Pack the tarball and install it into a project of its own; gives that project."""
    copy = folder / "typescript"
    shutil.copytree(ROOT / "generated" / "typescript", copy, ignore=shutil.ignore_patterns("dist"))
    environment = {**os.environ, "PATH": f"{NODE_TOOLS}{os.pathsep}{os.environ['PATH']}"}
    _npm("pack", "--silent", cwd=copy, environment=environment)
    (tarball,) = copy.glob("*.tgz")
    project = folder / "taker"
    project.mkdir()
    (project / "package.json").write_text('{"name": "taker", "private": true, "type": "module"}\n')
    _npm("install", "--silent", "--no-audit", "--no-fund", "--offline", str(tarball), cwd=project)
    return project


def _pip(*arguments: str) -> None:
    quiet = ("-q", "--disable-pip-version-check", "--no-index")
    subprocess.run(  # noqa: S603 - our own interpreter, no shell
        [sys.executable, "-m", "pip", arguments[0], *quiet, *arguments[1:]],
        check=True,
    )


def _npm(*arguments: str, cwd: Path, environment: dict[str, str] | None = None) -> None:
    npm = shutil.which("npm")
    if npm is None:
        raise SystemExit("npm is not here, although node is: install it with Node.js")
    subprocess.run(  # noqa: S603 - found on the PATH, no shell
        [npm, *arguments], cwd=cwd, env=environment, stdout=subprocess.DEVNULL, check=True
    )
