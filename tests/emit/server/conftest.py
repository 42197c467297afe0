"""Emits servers from small contracts, writes them, imports them."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest
from wireproof.emit.names import allocate
from wireproof.emit.server import TARGET
from wireproof.emit.target import Emission, EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.source import load

Emit = Callable[[Any], Emission]


def emit_file(path: Path) -> Emission:
    """What the server target makes of a file."""
    contract = build(load(path).contract)
    return TARGET.emit(EmitInput(contract, allocate(contexts(contract), {}), Templates()))


@pytest.fixture
def emit(tmp_path: Path) -> Emit:
    """Emit a contract given as data; `openapi` and `info` may be left out."""

    def run(document: dict[str, Any]) -> Emission:
        path = tmp_path / "spec.json"
        head = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
        path.write_bytes(orjson.dumps({**head, **document}))
        return emit_file(path)

    return run


@pytest.fixture
def emit_path() -> Callable[[Path], Emission]:
    """Emit a contract that lies in a file."""
    return emit_file


@pytest.fixture
def imported(tmp_path: Path) -> Iterator[Callable[[Emission], ModuleType]]:
    """Write an emission and import it as a package; forgotten after the test."""
    name = f"emitted_{tmp_path.name.replace('-', '_')}"

    def run(emission: Emission) -> ModuleType:
        for file, text in emission.files.items():
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else text.encode())
        sys.path.insert(0, str(tmp_path))
        try:
            for part in ("app", "handlers", "models", "operations", "problems"):
                importlib.import_module(f"{name}.{part}")
            return importlib.import_module(name)
        finally:
            sys.path.remove(str(tmp_path))

    yield run
    for module in [key for key in sys.modules if key.partition(".")[0] == name]:
        del sys.modules[module]


class Willing:
    """Handlers of any operation, an authenticator of any scheme."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)

        async def anything(_context: Any, **_arguments: Any) -> None:
            return None

        return anything


@pytest.fixture
def started() -> Callable[[ModuleType], Any]:
    """The application of an imported server, with stub handlers, its stack built."""

    def run(package: ModuleType) -> Any:
        plan = importlib.import_module(f"{package.__name__}.operations").PLAN
        willing = Willing()
        handlers = package.Handlers(**{operation.group: willing for operation in plan.operations})
        options = {}
        if hasattr(package, "Auth"):
            options["auth"] = package.Auth(**dict.fromkeys(package.Auth.__annotations__, willing))
        app = package.create_app(handlers, **options)
        app.middleware._build_middleware_stack()
        assert set(app.operations) == {operation.id for operation in plan.operations}
        return app

    return run
