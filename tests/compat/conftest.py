"""Where the labelled cases and version histories stand, and how a pair of contracts is judged."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from wireproof.compat.finding import Finding
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.ir.build import build
from wireproof.source.parse import parse

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("WIREPROOF_SHARED", ROOT.parent / "shared"))
TODAY = date(2026, 1, 1)

Judge = Callable[..., tuple[Finding, ...]]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of judged cases, histories and specs."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip(f"THE CORPUS IS MISSING: no folder {folder}; set WIREPROOF_SHARED")
    return folder


@pytest.fixture
def findings() -> Judge:
    """Judges two documents given as data."""

    def run(base: Any, head: Any, **policy: Any) -> tuple[Finding, ...]:
        contracts = [
            build(parse(f"{name}.json", json.dumps(document).encode()).document)
            for name, document in (("base", base), ("head", head))
        ]
        return judge(contracts[0], contracts[1], Policy(**{"today": TODAY, **policy}))

    return run


@pytest.fixture
def api() -> Callable[..., dict[str, Any]]:
    """A document with one operation that takes and gives one schema."""

    def make(schema: Any = None, *, openapi: str = "3.1.0", **operation: Any) -> dict[str, Any]:
        content = {"application/json": {"schema": schema}} if schema is not None else {}
        post = {
            "operationId": "act",
            "requestBody": {"required": True, "content": content},
            "responses": {"200": {"description": "ok", "content": content}},
        }
        if schema is None:
            del post["requestBody"]
            post["responses"] = {"200": {"description": "ok"}}
        return {
            "openapi": openapi,
            "info": {"title": "t", "version": "1.0.0"},
            "paths": {"/act": {"post": {**post, **operation}}},
        }

    return make


def loud(found: Sequence[Finding]) -> set[str]:
    """Rules whose findings are not compatible."""
    return {finding.rule for finding in found if finding.verdict.label != "compatible"}
