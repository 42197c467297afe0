"""Helpers shared by the tests of `source`: files, an independent YAML reader, the corpus."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml
from wireproof.source import Document
from wireproof.source.parse import parse
from wireproof.source.scalars import resolve

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("WIREPROOF_SHARED", ROOT.parent / "shared"))

Marks = dict[tuple[str | int, ...], tuple[yaml.Mark, yaml.Mark, yaml.Node]]


class Composer(yaml.CSafeLoader):
    """libyaml's parser without PyYAML's YAML 1.1 idea of scalars."""

    yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}


def compose(text: str) -> tuple[Any, Marks]:
    """The data of a YAML text as libyaml parses it, and key mark, value mark, node by path."""
    loader = Composer(text)
    try:
        root = loader.get_single_node()
    finally:
        loader.dispose()
    marks: Marks = {}

    def build(node: yaml.Node, path: tuple[str | int, ...]) -> Any:
        if isinstance(node, yaml.ScalarNode):
            tagged = node.tag.rpartition(":")[2] in ("int", "float", "bool", "null")
            return resolve(node.value) if tagged or not node.style else node.value
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                marks[*path, index] = (item.start_mark, item.start_mark, item)
            return [build(item, (*path, index)) for index, item in enumerate(node.value)]
        out = {}
        for key, item in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.YAMLError("a key that is no scalar")
            marks[*path, key.value] = (key.start_mark, item.start_mark, item)
            out[key.value] = build(item, (*path, key.value))
        return out

    return (build(root, ()) if root is not None else None), marks


@pytest.fixture(scope="session")
def oracle() -> Callable[[str], tuple[Any, Marks]]:
    return compose


@pytest.fixture(scope="session")
def read() -> Callable[[str | bytes], Document]:
    """A document from text, named `spec.yaml`."""

    def reader(text: str | bytes) -> Document:
        data = text if isinstance(text, bytes) else text.encode()
        return parse("spec.yaml", data).document

    return reader


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Path]:
    """Writes files into the test's own working directory."""
    monkeypatch.chdir(tmp_path)

    def write(contents: dict[str, str]) -> Path:
        for name, text in contents.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture(scope="session")
def corpus() -> Path:
    if not SHARED.is_dir():
        pytest.skip(f"THE CORPUS IS MISSING: no folder {SHARED}; set WIREPROOF_SHARED")
    return SHARED / "corpus"
