"""`wireproof ir`: readable, deterministic, honest about flaws."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner
from wireproof.cli.ir import command
from wireproof.ir.build import build
from wireproof.ir.dump import dump
from wireproof.source.document import Document

SPEC = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "paths": {
        "/things": {
            "post": {
                "operationId": "createThing",
                "tags": ["things"],
                "parameters": [
                    {"name": "dry", "in": "query", "schema": {"type": ["boolean", "null"]}}
                ],
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                    },
                },
                "responses": {"204": {"description": ""}},
            }
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["price"],
                "properties": {
                    "price": {"type": "string", "format": "decimal"},
                    "kind": {"const": "big"},
                    "size": {"type": ["integer", "string", "number"], "minimum": 0.10},
                },
            }
        }
    },
}


def run(tmp_path, document):
    path = tmp_path / "api.json"
    path.write_text(json.dumps(document))
    return CliRunner().invoke(command, [str(path)])


def test_the_dump_reads_like_the_contract():
    found = json.loads(dump(build(Document("api.json", SPEC))))
    assert found["title"] == "Things"
    [operation] = found["operations"]
    assert operation["signature"] == {
        "resource": "things",
        "method": "createThing",
        "arguments": [
            "field price: decimal",
            "query dry?: boolean | null",
            'field kind?: = "big"',
            "field size?: #/components/schemas/Thing/properties/size",
        ],
        "body": "application/json",
        "results": {"204": None},
    }
    thing = found["types"]["#/components/schemas/Thing"]
    assert thing["kind"] == "model"
    assert [one["type"] for one in thing["properties"]] == [
        "decimal",
        '= "big"',
        "#/components/schemas/Thing/properties/size",
    ]
    size = found["schemas"]["#/components/schemas/Thing/properties/size"]
    assert size["types"] == ["number", "string"]


def test_the_command_prints_json_and_reports_flaws(tmp_path):
    sound = run(tmp_path, SPEC)
    assert sound.exit_code == 0
    assert json.loads(sound.stdout)["version"] == "1"
    assert sound.stderr == ""
    broken = json.loads(json.dumps(SPEC).replace("schemas/Thing", "schemas/Gone"))
    flawed = run(tmp_path, broken)
    assert flawed.exit_code == 1
    assert json.loads(flawed.stdout)["operations"]
    assert flawed.stderr.count("unresolved-ref") == 1


@pytest.mark.parametrize("text", ["", "[]", "{", "swagger: '2.0'"])
def test_what_is_no_contract_is_a_load_error(tmp_path, text):
    path = tmp_path / "api.yaml"
    path.write_text(text)
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    done = subprocess.run(
        [sys.executable, "-c", "from wireproof.cli.main import main; main()", "ir", str(path)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "api.yaml" in done.stderr


def test_the_hash_seed_changes_nothing(tmp_path):
    path = tmp_path / "api.json"
    path.write_text(json.dumps(SPEC))
    outputs = {
        subprocess.run(
            [sys.executable, "-c", "from wireproof.cli.main import main; main()", "ir", "api.json"],
            capture_output=True,
            cwd=tmp_path,
            env={**os.environ, "PYTHONHASHSEED": seed},
            check=True,
        ).stdout
        for seed in ("0", "1", "42")
    }
    assert len(outputs) == 1
