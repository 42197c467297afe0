"""Whole-process time of generating SDKs, beside peers in the same run.

    python benchmarks/bench_generate.py SPEC [--runs 3] [--peers .bench]

Every tool reads the same file and writes into an empty folder; rounds go through all tools in
turn, so that a slow moment of the machine hits all of them. Peers are installed once into the
`--peers` folder (git-ignored); one that cannot be installed or fails on the document is said so.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

BIN = Path(sys.executable).parent
TIMEOUT_SECONDS = 300


@dataclass
class Tool:
    """A tool, its command with {spec} and {out}, and the seconds that its runs took."""

    name: str
    command: list[str]
    seconds: list[float] = field(default_factory=list)
    failure: str = ""


def main() -> None:
    """Time all tools and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("spec", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path, default=Path(".bench"))
    options = parser.parse_args()
    tools = ours() + peers(options.peers.resolve())
    for _ in range(options.runs):
        for tool in tools:
            if not tool.failure:
                run(tool, options.spec.resolve())
    table(tools)


def ours() -> list[Tool]:
    """Wireproof in several cuts."""
    rows = {
        "wireproof python + typescript": "python typescript",
        "wireproof python": "python",
        "wireproof typescript": "typescript",
        "wireproof server": "server",
    }
    command = f"{BIN}/wireproof generate {{}} --spec {{{{spec}}}} --out {{{{out}}}}"
    return [Tool(name, command.format(targets).split()) for name, targets in rows.items()]


def peers(folder: Path) -> list[Tool]:
    """The peers, installed if they are not yet."""
    folder.mkdir(exist_ok=True)
    venv, modules = folder / "venv", folder / "node_modules"
    if not venv.exists():
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        packages = ["openapi-python-client", "datamodel-code-generator", "ruff"]
        subprocess.run([venv / "bin" / "pip", "install", "-q", *packages], check=True)
    if not modules.exists() and shutil.which("npm"):
        packages = ["@hey-api/openapi-ts", "openapi-typescript", "typescript@5"]
        subprocess.run(["npm", "install", "--silent", "--prefix", folder, *packages], check=True)
    python, node = venv / "bin", modules / ".bin"
    models = "--input-file-type openapi --output-model-type pydantic_v2.BaseModel"
    rows = {
        "openapi-python-client": f"{python}/openapi-python-client generate --path {{spec}} "
        "--output-path {out}/client",
        "datamodel-code-generator (models only)": f"{python}/datamodel-codegen --input {{spec}} "
        f"--output {{out}}/models.py {models}",
        "hey-api (typescript)": f"{node}/openapi-ts -i {{spec}} -o {{out}} "
        "-c @hey-api/client-fetch",
        "openapi-typescript (types only)": f"{node}/openapi-typescript {{spec}} -o {{out}}/t.ts",
    }
    return [Tool(name, command.split()) for name, command in rows.items()]


def run(tool: Tool, spec: Path) -> None:
    """One run into an empty folder; a failure is kept and ends this tool's runs."""
    with tempfile.TemporaryDirectory() as out:
        command = [part.format(spec=spec, out=out) for part in tool.command]
        started = time.perf_counter()
        try:
            done = subprocess.run(
                command, cwd=out, capture_output=True, timeout=TIMEOUT_SECONDS, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            tool.failure = type(error).__name__
            return
        tool.seconds.append(time.perf_counter() - started)
        if done.returncode:
            last = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()[-1:]
            tool.failure = f"status {done.returncode}: {' '.join(last)[:80]}"


def table(tools: list[Tool]) -> None:
    """Medians, spreads and ratios to the first tool."""
    first = median(tools[0].seconds)
    print(f"{'tool':<40} {'median s':>9} {'min':>7} {'max':>7} {'ratio':>7}")
    for tool in tools:
        if not tool.seconds:
            print(f"{tool.name:<40} {tool.failure}")
            continue
        middle = median(tool.seconds)
        spread = f"{min(tool.seconds):>7.2f} {max(tool.seconds):>7.2f}"
        note = f"  ({tool.failure})" if tool.failure else ""
        print(f"{tool.name:<40} {middle:>9.2f} {spread} {middle / first:>6.1f}x{note}")


if __name__ == "__main__":
    main()
