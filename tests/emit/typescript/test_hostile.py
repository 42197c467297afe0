"""Hostile names and texts: the package still type-checks, and nothing of them is executed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.emit.typescript.conftest import Emitted
from tests.node_tools import link, node, tsc

EVIL = "*/ globalThis.pwned = 1; /* `${(globalThis.pwned = 1)}` \"'\\ \u2028 \u202e \x1b </script>"
NAMES = [
    "Date",
    "Promise",
    "Record",
    "Error",
    "Response",
    "Client",
    "Decimal",
    "Call",
    "constructor",
    "__proto__",
    "toString",
    "delete",
    "class",
    "type",
    "2fa",
    "a-b",
    "a_b",
    "aB",
    "A B",
    "größe",
    "注文",
    "\u202eevil",
    "`${x}`",
    "'; globalThis.pwned = 1; '",
    "*/ globalThis.pwned = 1; /*",
    "line\nbreak",
    "",
]


def _operation(name: str, index: int) -> object:
    return {
        "operationId": name or None,
        "tags": [name],
        "summary": EVIL,
        "description": EVIL,
        "parameters": [
            {"name": name or "p", "in": "query", "description": EVIL, "schema": {"type": "string"}},
            {"name": f"x-{name}", "in": "header", "schema": {"type": "string", "example": EVIL}},
        ],
        "requestBody": {
            "content": {
                "application/json": {
                    "schema": {"$ref": f"#/components/schemas/S{index}"},
                    "example": {name: EVIL},
                }
            }
        },
        "responses": {
            "200": {
                "description": EVIL,
                "content": {
                    "application/json": {"schema": {"$ref": f"#/components/schemas/S{index}"}}
                },
            },
            "404": {"description": EVIL, "x-error-codes": [name, EVIL]},
        },
    }


def _schema(name: str) -> object:
    return {
        "title": name,
        "x-sdk-name": name,
        "type": "object",
        "description": EVIL,
        "required": [name],
        "properties": {
            name: {"type": "string", "description": EVIL, "default": EVIL},
            "__proto__": {"type": "string"},
            "kind": {"enum": [EVIL, name, "`", "\\"], "x-enum-descriptions": [EVIL] * 4},
            "const": {"const": EVIL},
        },
    }


@pytest.fixture
def hostile(emit_paths: Callable[..., Emitted]) -> Emitted:
    paths = {f"/p{index}": {"post": _operation(name, index)} for index, name in enumerate(NAMES)}
    return emit_paths(
        paths,
        {
            "schemas": {f"S{index}": _schema(name) for index, name in enumerate(NAMES)},
            "securitySchemes": {
                "delete": {"type": "http", "scheme": "bearer", "description": EVIL},
                "S-1": {"type": "apiKey", "in": "header", "name": EVIL, "description": EVIL},
                "fromEnvironment": {"type": "http", "scheme": "basic"},
            },
        },
        tags=[{"name": name, "description": EVIL} for name in NAMES],
        info={"title": EVIL, "version": EVIL, "description": EVIL},
        **{"x-rate-limits": {EVIL: {"rate": 1, "burst": 1, "per": "account"}}},
    )


def test_hostile_contract(hostile: Emitted, tmp_path: Path) -> None:
    assert hostile.diagnostics == ()
    assert len(hostile.contract.operations) == len(NAMES)
    folder = link(hostile.write(tmp_path / "sdk"))
    assert tsc(folder) == ""
    modules = sorted((folder / "dist").glob("*.js"))
    assert len(modules) > len(NAMES) / 2
    program = "".join(f"await import({str(path)!r});\n" for path in modules)
    program += "if ('pwned' in globalThis) throw new Error('executed');\n"
    done = node(folder, "--input-type=module", "--eval", program)
    assert (done.returncode, done.stderr) == (0, "")


def test_no_invisible_characters(hostile: Emitted) -> None:
    for path, text in hostile.files.items():
        assert isinstance(text, str)
        assert not set(text) & set("\u202e\u2028\u2029\x1b\x00"), path


def test_order_of_declaration_changes_no_name(emit_paths: Callable[..., Emitted]) -> None:
    def names(order: list[int]) -> set[str]:
        paths = {f"/p{index}": {"post": _operation(NAMES[index], index)} for index in order}
        schemas = {f"S{index}": _schema(NAMES[index]) for index in order}
        emitted = emit_paths(paths, {"schemas": schemas})
        return {
            line
            for path, text in emitted.files.items()
            if isinstance(text, str) and path.startswith("src/") and "/runtime/" not in path
            for line in text.splitlines()
            if line.startswith("export ")
        }

    straight = list(range(len(NAMES)))
    assert names(straight) == names(straight[::-1])
