"""Emits, builds, packs and installs TypeScript SDKs for the tests of this folder."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from wireproof.diagnostics import Diagnostic
from wireproof.emit.names import allocate
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.emit.typescript import TARGET
from wireproof.ir.build import build
from wireproof.ir.contract import Contract
from wireproof.ir.naming import contexts
from wireproof.source.node import Json
from wireproof.source.workspace import load

from tests.node_tools import link, run, tools, tsc

ROOT = Path(__file__).parents[3]
HERE = Path(__file__).parent
STRICT: Mapping[str, Json] = {
    "target": "ES2022",
    "lib": ["ES2022", "DOM", "DOM.Iterable", "DOM.AsyncIterable"],
    "module": "NodeNext",
    "moduleResolution": "NodeNext",
    "strict": True,
    "exactOptionalPropertyTypes": True,
    "noUncheckedIndexedAccess": True,
    "noPropertyAccessFromIndexSignature": True,
    "noImplicitOverride": True,
    "noImplicitReturns": True,
    "verbatimModuleSyntax": True,
    "skipLibCheck": False,
    "types": [],
}


@dataclass(frozen=True)
class Emitted:
    """An SDK in memory."""

    contract: Contract
    files: Mapping[str, str | bytes]
    diagnostics: tuple[Diagnostic, ...]

    def text(self, path: str) -> str:
        content = self.files[path]
        assert isinstance(content, str)
        return content

    def write(self, folder: Path) -> Path:
        for path, content in self.files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            data = content if isinstance(content, bytes) else content.encode()
            target.write_bytes(data)
        return folder


def emit_document(spec: Path, options: Mapping[str, Json] | None = None) -> Emitted:
    contract = build(load(str(spec)).contract)
    names = allocate(contexts(contract), {})
    emission = TARGET.emit(EmitInput(contract, names, Templates(), options or {}))
    return Emitted(contract, emission.files, emission.diagnostics)


@pytest.fixture(scope="session")
def emit() -> Callable[..., Emitted]:
    """Emit the SDK of a document."""
    return emit_document


@pytest.fixture
def emit_paths(tmp_path: Path) -> Callable[..., Emitted]:
    """Emit the SDK of a contract given as its paths and components."""

    def emit(paths: Json, components: Json = None, **more: Json) -> Emitted:
        document = {
            "openapi": "3.1.0",
            "info": {"title": "Probe", "version": "1"},
            "servers": [{"url": "https://probe.test"}],
            "paths": paths,
            "components": components or {},
            **more,
        }
        spec = tmp_path / "probe.json"
        spec.write_text(json.dumps(document))
        return emit_document(spec)

    return emit


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., str]:
    """Type-check an emitted SDK, with further files beside its own; gives the complaints."""

    def complaints(emitted: Emitted, more: Mapping[str, str] | None = None) -> str:
        folder = emitted.write(tmp_path / "sdk")
        for path, text in (more or {}).items():
            (folder / path).write_text(text)
        return tsc(link(folder), "--noEmit")

    return complaints


@pytest.fixture(scope="session")
def northgate() -> Emitted:
    """Northgate's SDK."""
    return emit_document(ROOT / "spec" / "northgate.openapi.yaml")


@pytest.fixture(scope="session")
def tarball(northgate: Emitted, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Northgate's SDK as `npm pack` makes it; `prepack` builds it."""
    folder = northgate.write(tmp_path_factory.mktemp("northgate"))
    link(folder)
    done = run(["npm", "pack", "--silent", "--offline"], folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.tgz"))


@pytest.fixture(scope="session")
def consumer(tarball: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of an integrator: the tarball installed, the programs of this folder beside it."""
    folder = tmp_path_factory.mktemp("consumer")
    package = {"name": "consumer", "version": "1.0.0", "type": "module", "private": True}
    (folder / "package.json").write_text(json.dumps(package))
    done = run(
        ["npm", "install", "--offline", "--silent", "--no-audit", "--no-fund", str(tarball)], folder
    )
    assert done.returncode == 0, done.stdout + done.stderr

    (folder / "node_modules" / "@types").symlink_to(tools() / "@types", target_is_directory=True)
    (folder / "node_modules" / "undici-types").symlink_to(tools() / "undici-types")
    (folder / "src").mkdir()
    for program in HERE.glob("*.ts"):
        shutil.copy(program, folder / "src")
    shutil.copy(ROOT / "tests" / "runtime" / "typescript" / "fake.ts", folder / "src")
    options = {**STRICT, "types": ["node"], "rootDir": "src", "outDir": "dist"}
    options["lib"] = [*STRICT["lib"], "ESNext.Disposable"]
    (folder / "tsconfig.json").write_text(
        json.dumps({"compilerOptions": options, "include": ["src"]})
    )
    assert tsc(folder) == ""
    return folder
