"""Bad input: every flaw has a place and a hint, and nothing hangs, crashes or gets through."""

from __future__ import annotations

import time

import orjson
import pytest
from wireproof.diagnostics import LoadError, Severity
from wireproof.source import json_text, load
from wireproof.source.parse import parse
from wireproof.source.text import MAX_DEPTH

FLAWS = {
    "second colon": (b"a: b: c", 1, 5, "syntax"),
    "tab indentation": (b"a:\n\tb: 1", 2, 1, "syntax"),
    "unclosed bracket": (b"a:\n  b: [1, 2\n", 2, 6, "syntax"),
    "unclosed brace": (b"a: {b: 1\nc: 2", 2, 2, "syntax"),
    "unclosed quote": (b"a: 'x\nb: 1", 1, 4, "syntax"),
    "unclosed double quote": ('é: "x\n'.encode(), 1, 4, "syntax"),
    "wrong bracket": (b"a: [1, 2}\n", 1, 9, "syntax"),
    "bad indentation": (b"a:\n    b: 1\n  c: 2\n", 3, 3, "syntax"),
    "no colon": (b"a: 1\nbroken\nc: 2\n", 2, 1, "syntax"),
    "missing key": (b"a: 1\n: 2\n", 2, 1, "syntax"),
    "missing key in flow": (b"a: {: 2}\n", 1, 5, "syntax"),
    "complex key": (b"[a, b]: 1", 1, 7, "syntax"),
    "complex flow key": (b"x: {[a]: 1}", 1, 5, "syntax"),
    "item among keys": (b"a: 1\n- b\n", 2, 1, "syntax"),
    "reserved character": (b"a: @x\n", 1, 4, "syntax"),
    "backquote": ("ä: `x\n".encode(), 1, 4, "syntax"),
    "unknown escape": (rb'a: "ab\q"', 1, 7, "syntax"),
    "half a surrogate": (rb'a: "\ud800"', 1, 4, "syntax"),
    "text behind quotes": (b"a: 'x' y\n", 1, 8, "syntax"),
    "unknown alias": (b"a: *nobody\n", 1, 4, "syntax"),
    "alias to itself": (b"a: &x [*x]\n", 1, 8, "syntax"),
    "foreign tag": (b"a: !include b.yaml\n", 1, 4, "syntax"),
    "python tag": (b"a: !!python/object:os.system x\n", 1, 4, "syntax"),
    "merging text": (b"a: {<<: 1}\n", 1, 5, "syntax"),
    "second document": (b"a: 1\n---\nb: 2\n", 2, 1, "multiple-documents"),
    "control character": (b"a: 1\nb: x\x07y\n", 2, 5, "syntax"),
    "null byte": (b"a: \x00\n", 1, 4, "syntax"),
    "not UTF-8": ("ä: x\nb: ü".encode() + b"\xff", 2, 5, "encoding"),
    "UTF-16": ("a: 1".encode("utf-16"), 1, 1, "encoding"),
    "UTF-32": ("a: 1".encode("utf-32"), 1, 1, "encoding"),
    "empty": (b"", 1, 1, "empty-document"),
    "blank": (b" \n\t\n", 1, 1, "empty-document"),
    "deep brackets": (b"[" * 100_000, 1, MAX_DEPTH + 1, "nesting"),
    "deep braces": (b'{"a":' * 100_000, 1, 5 * MAX_DEPTH + 1, "nesting"),
    "deep dashes": (b"- " * 100_000 + b"x", 1, 2 * MAX_DEPTH + 1, "nesting"),
    "deep blocks": (
        "".join(" " * n + "a:\n" for n in range(400)).encode(),
        MAX_DEPTH + 1,
        MAX_DEPTH + 1,
        "nesting",
    ),
    "deep dashes on lines": (
        "".join(" " * n + "-\n" for n in range(400)).encode(),
        MAX_DEPTH + 1,
        MAX_DEPTH + 1,
        "nesting",
    ),
}


@pytest.mark.parametrize("name", FLAWS)
def test_yaml_flaw_has_a_place(name):
    data, line, column, rule = FLAWS[name]
    begin = time.process_time()
    with pytest.raises(LoadError) as caught:
        parse("spec.yaml", data)
    assert time.process_time() - begin < 2
    (found,) = caught.value.diagnostics
    assert (found.span.line, found.span.column, found.rule) == (line, column, rule), str(found)
    assert found.severity is Severity.ERROR
    assert found.message
    assert found.help


JSON_FLAWS = {
    "trailing comma": (b'{"a": 1,}', 1, 9),
    "missing comma": (b'{"a": 1\n "b": 2}', 2, 2),
    "single quotes": (b"{'a': 1}", 1, 2),
    "unclosed": (b'{"\xc3\xa4": [1, 2', 1, 12),
    "text behind": (b'{"a": 1} x', 1, 10),
    "control character": (b'{"a": "x\ny"}', 1, 9),
    "NaN": (b'{"a": NaN}', 1, 7),
    "leading zero": (b'{"a": 01}', 1, 8),
    "deep": (b"[" * 100_000 + b"]" * 100_000, 1, MAX_DEPTH + 1),
    "a little too deep": (b"[" * (MAX_DEPTH + 1) + b"]" * (MAX_DEPTH + 1), 1, MAX_DEPTH + 1),
}


@pytest.mark.parametrize("name", JSON_FLAWS)
def test_json_flaw_has_a_place(name):
    data, line, column = JSON_FLAWS[name]
    with pytest.raises(LoadError) as caught:
        parse("spec.json", data)
    (found,) = caught.value.diagnostics
    assert (found.span.line, found.span.column) == (line, column), str(found)
    assert found.help


@pytest.mark.parametrize("name", ["spec.json", "spec.yaml"])
def test_the_deepest_document_is_read(name):
    data = b"[" * MAX_DEPTH + b"]" * MAX_DEPTH
    assert parse(name, data).document.span((0,) * (MAX_DEPTH - 1)).column == MAX_DEPTH


def test_orjson_writes_as_deep_as_the_depth_check_assumes():
    value: object = []
    for _ in range(json_text._ORJSON_DEPTH - 1):
        value = [value]
    assert orjson.dumps(value)
    with pytest.raises(TypeError):
        orjson.dumps([value])


def test_alias_bombs_are_refused_at_once():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 40)]
    begin = time.process_time()
    with pytest.raises(LoadError) as caught:
        parse("bomb.yaml", "\n".join(lines).encode())
    assert time.process_time() - begin < 2
    (found,) = caught.value.diagnostics
    assert (found.rule, found.span.line) == ("alias-bomb", 6)


def test_merge_bombs_are_refused_at_once():
    lines = ["a0: &a0 {" + ", ".join(f"k{n}: [1, 2, 3]" for n in range(200)) + "}"]
    lines += [f"a{n}: &a{n} {{x: *a{n - 1}, y: *a{n - 1}, <<: *a{n - 1}}}" for n in range(1, 60)]
    begin = time.process_time()
    with pytest.raises(LoadError, match="alias-bomb"):
        parse("bomb.yaml", "\n".join(lines).encode())
    assert time.process_time() - begin < 5


@pytest.mark.parametrize(
    "data",
    [
        b"a: " + b"x" * 1_000_000,
        b"a: " + b"9" * 1_000_000,
        b"a: 1e" + b"9" * 100_000,
        b"a: '" + b"x\n " * 300_000 + b"'",
        b"a: x\n" + b"# c\n" * 300_000,
        b"a: |\n" + b"  x\n" * 300_000,
        b"a: [" + b"1, " * 300_000 + b"]",
        b"a:" + b" " * 1_000_000,
        b"a" * 1_000_000 + b": 1",
        b'a: "' + rb"\n" * 300_000 + b'"',
        b"a: " + b"b:" * 300_000,
        b"a: " + b"b #" * 300_000,
        b"&" * 300_000,
        b"? " * 300_000,
        b"a: x\n" + b" y\n" * 50_000,
        b"[1" + b"1" * 1_000_000 + b"]",
    ],
    ids=lambda data: data[:8].decode(),
)
def test_long_input_takes_linear_time(data):
    begin = time.process_time()
    try:
        parse("spec.yaml", data)
    except LoadError as error:
        assert len(str(error)) < 1000  # noqa: PT017 - reading it is allowed as well
    assert time.process_time() - begin < 4


def test_duplicate_keys_name_both_places():
    source = parse("spec.yaml", "ä: 1\nb:\n  c: 1\n  'c': 2\nä: {d: 1, \"d\": 2}\n".encode())
    found = [
        (each.rule, each.span.line, each.span.column, str(each.related[0].span))
        for each in source.diagnostics
    ]
    assert found == [
        ("duplicate-key", 4, 3, "spec.yaml:3:3"),
        ("duplicate-key", 5, 11, "spec.yaml:5:5"),
        ("duplicate-key", 5, 1, "spec.yaml:1:1"),
    ]
    assert source.document.root.value["b"] == {"c": 2}


@pytest.mark.parametrize(
    ("data", "column", "first"),
    [
        (b'{"a": 1, "a": 2}', 10, 2),
        (b'{"x": "\\u0022", "a": 1, "a": 2}', 25, 17),
        (b'{"a\\u0062": 1, "ab": 2}', 16, 2),
        (b'{"q": "\\u0022\\u0022", "a": 1, "a": 2}', 31, 23),
    ],
)
def test_duplicate_keys_in_json_name_both_places(data, column, first):
    (found,) = parse("spec.json", data).diagnostics
    assert (found.span.column, found.related[0].span.column) == (column, first)


def test_escaped_quotes_are_no_duplicates():
    assert parse("spec.json", b'{"a": "\\u0022 \\"", "b\\"": {"a": 1}}').diagnostics == ()


VERSIONS = {
    "swagger: '2.0'\ninfo: {}": (1, 10, "convert"),
    "info: {}\n": (1, 1, "openapi"),
    "openapi: 3.1\n": (1, 10, "in quotes"),
    "openapi: '4.0.0'\n": (1, 10, "3.0.x"),
    "openapi: [3]\n": (1, 10, "3.0.x"),
    "- a\n": (1, 1, "openapi"),
    "just text\n": (1, 1, "openapi"),
}


@pytest.mark.parametrize("text", VERSIONS)
def test_what_is_no_openapi_says_what_to_do(text, files):
    line, column, hint = VERSIONS[text]
    path = files({"api.yaml": text}) / "api.yaml"
    with pytest.raises(LoadError) as caught:
        load(path)
    (found,) = caught.value.diagnostics
    assert (str(found.span), hint in found.help) == (f"api.yaml:{line}:{column}", True), str(found)


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.0", "3.1.1", "3.2.0", "3.1.0-rc0"])
def test_openapi_3_is_accepted(version, files):
    path = files({"api.yaml": f"openapi: {version}\npaths: {{}}\n"}) / "api.yaml"
    assert load(path).contract.root.value["openapi"] == version


@pytest.mark.parametrize(
    ("data", "title", "column"),
    [
        (b'{"openapi": "3.1.0", "info": {"title": "a\\ud800b"}}', "a\ufffdb", 42),
        (b'{"openapi": "3", "info": {"title": "\\udc00\\ud83d\\ude00"}}', "\ufffd\U0001f600", 37),
    ],
)
def test_half_a_character_is_replaced_and_told(data, title, column):
    source = parse("api", data)
    assert source.document.root.value["info"]["title"] == title
    (found,) = source.diagnostics
    assert (found.rule, found.severity, found.span.column) == ("encoding", Severity.WARNING, column)


@pytest.mark.parametrize(
    ("data", "text"),
    [(b'{"a": "\\ud83d\\ude00"}', "\U0001f600"), (b'{"a": "\\\\ud800"}', "\\ud800")],
)
def test_whole_characters_and_plain_backslashes_are_none(data, text):
    source = parse("api.json", data)
    assert (source.document.root.value, source.diagnostics) == ({"a": text}, ())


def test_a_reference_with_a_null_byte_is_told(files):
    text = 'openapi: 3.1.0\npaths: {/a: {$ref: "b\\0.yaml"}}\n'
    (found,) = load(files({"api.yaml": text}) / "api.yaml").diagnostics
    assert found.rule == "unresolved-ref"
    assert "null byte" in found.message
