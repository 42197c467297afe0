"""A large synthetic contract: the same bytes on every run.

    python benchmarks/synthetic.py OUT.yaml [OPERATIONS]

With 1,200 operations the YAML is about 9.8 MB in 300,000 lines, shaped like the large public
contracts: long descriptions, inline and shared schemas, examples, errors on every operation.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

from wireproof.source.dump import dump_yaml

WORDS = (  # noqa: SIM905 - forty quoted words read worse
    "order account balance position execution quote price quantity venue ledger margin transfer "
    "deposit settlement instrument currency limit market cancel replace report audit webhook key "
    "session token region client trader desk book depth candle trade fill fee rebate tier status"
).split()


def contract(operations: int = 1200, seed: int = 7) -> dict[str, Any]:
    """The contract as plain data."""
    rng = random.Random(seed)  # noqa: S311 - test data
    schemas = {f"Entity{n}": _schema(rng, 0, f"Entity{(n * 7 + 3) % 400}") for n in range(400)}
    schemas["Problem"] = _schema(rng, 2, "Entity0")
    paths: dict[str, Any] = {}
    for number in range(operations):
        word = WORDS[number % len(WORDS)]
        path = f"/v1/{word}s/{{{word}_id}}/part-{number // 2}"
        method = ("get", "post")[number % 2]
        paths.setdefault(path, {})[method] = _operation(rng, number, method, word)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Synthetic", "version": "1.0.0", "description": _prose(rng, 60)},
        "servers": [{"url": "https://api.example.com"}],
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _prose(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def _schema(rng: random.Random, depth: int, reference: str) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for word in rng.sample(WORDS, 7):
        kind = rng.randrange(6 if depth < 1 else 5)
        properties[word] = (
            {"type": "string", "description": _prose(rng, 12), "maxLength": rng.randrange(1, 500)},
            {"type": "string", "format": "date-time", "example": "2024-05-06T07:08:09Z"},
            {"type": "integer", "format": "int64", "minimum": 0, "default": rng.randrange(99)},
            {"type": ["string", "null"], "enum": [*rng.sample(WORDS, 4), None]},
            {"type": "array", "items": {"$ref": f"#/components/schemas/{reference}"}},
            None,
        )[kind] or _schema(rng, depth + 1, reference)
    return {
        "type": "object",
        "description": _prose(rng, 20),
        "required": sorted(properties)[:4],
        "properties": properties,
        "additionalProperties": False,
    }


def _operation(rng: random.Random, number: int, method: str, word: str) -> dict[str, Any]:
    reference = f"Entity{number % 400}"
    parameters: list[dict[str, Any]] = [
        {"name": f"{word}_id", "in": "path", "required": True, "schema": {"type": "string"}}
    ]
    parameters += [
        {
            "name": name,
            "in": "query",
            "description": _prose(rng, 14),
            "schema": {"type": "integer", "minimum": 1, "maximum": rng.randrange(10, 1000)},
        }
        for name in rng.sample(WORDS, 3)
    ]
    operation: dict[str, Any] = {
        "operationId": f"{method}_{word}_{number}",
        "summary": _prose(rng, 6),
        "description": "\n\n".join(_prose(rng, 40) for _ in range(2)) + "\n",
        "tags": [word],
        "parameters": parameters,
    }
    if method == "post":
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _schema(rng, 1, reference)}},
        }
    operation["responses"] = {
        "200": {
            "description": _prose(rng, 5),
            "content": {
                "application/json": {
                    "schema": _schema(rng, 0, reference),
                    "examples": {"usual": {"value": {w: _prose(rng, 3) for w in WORDS[:9]}}},
                }
            },
        },
        "default": {
            "description": "A problem.",
            "content": {
                "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
            },
        },
    }
    return operation


def main() -> None:
    """Write the contract to the path of the command line."""
    target = Path(sys.argv[1])
    target.write_text(dump_yaml(contract(int(sys.argv[2]) if sys.argv[2:] else 1200)))
    print(f"{target}: {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
