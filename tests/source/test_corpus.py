"""Real contracts: every one loads, exactly, and its places are true."""

from __future__ import annotations

import json
import random

import pytest
from wireproof.source import load
from wireproof.source.dump import dump_yaml
from wireproof.source.parse import parse
from wireproof.source.scalars import exact
from wireproof.source.validate import validate


def spec_files(corpus):
    found = sorted(
        path
        for folder in (corpus / "specs", corpus / "history")
        for path in folder.rglob("*")
        if path.suffix in (".json", ".yaml", ".yml")
    )
    assert len(found) > 100
    return found


def test_every_contract_loads_exactly(corpus, oracle):
    for path in spec_files(corpus):
        workspace = load(path)
        assert workspace.diagnostics == (), path
        if path.suffix == ".json":
            expected = json.loads(path.read_bytes(), parse_float=exact)
        else:
            expected, _ = oracle(path.read_text("utf-8"))
        assert workspace.entry.root.value == expected, path


def test_every_place_is_true(corpus):
    """At the place of a value stands its text; a sample of each document."""
    rng = random.Random(5)
    for path in spec_files(corpus)[::4]:
        if path.suffix != ".json":
            continue  # libyaml's marks are held against ours in test_yaml
        document = load(path).entry
        lines = path.read_text("utf-8").split("\n")
        for _ in range(40):
            node = document.root
            while children := [child for _, child in node.items()] or list(node.elements()):
                node = rng.choice(children)
            span = node.span
            assert span.line == span.end_line
            written = lines[span.line - 1][span.column - 1 : span.end_column - 1]
            assert json.loads(written, parse_float=exact) == node.value, (path, node.pointer)
            if isinstance(node.key, str):
                key = node.key_span
                assert (
                    json.loads(lines[key.line - 1][key.column - 1 : key.end_column - 1]) == node.key
                )


def test_yaml_of_every_contract_reads_the_same(corpus):
    for path in spec_files(corpus)[::5]:
        value = parse(path.name, path.read_bytes()).document.root.value
        document = parse("spec.yaml", dump_yaml(value).encode()).document
        assert document.root.value == value
        assert repr(document.root.value) == repr(value)  # 1 is not 1.0 is not True


@pytest.mark.parametrize("first", range(3))
def test_validation_never_crashes(corpus, first):
    for path in spec_files(corpus)[first::15]:
        for found in validate(load(path)):
            assert found.span.line >= 1
            assert found.message
            assert found.help
            assert len(str(found)) < 1500
