"""Every specification of the corpus is served, and a second validator agrees with the answers."""

import json
import os
import re
from pathlib import Path

import jsonschema
import orjson
import pytest
from wireproof.emit.server.bodies import reply_kind
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.ir.build import build
from wireproof.mock.answers import Impossible
from wireproof.mock.prefer import Preferences
from wireproof.mock.service import Mock
from wireproof.source.workspace import load

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("WIREPROOF_SHARED", ROOT.parent / "shared"))
SPECS = sorted((SHARED / "corpus" / "specs").glob("*.json"), key=lambda path: path.name)
SAMPLE = 12


def pattern(validator, regex, instance, schema):
    """Patterns that Python's `re` does not know (`\\p{L}`) are the first validator's alone."""
    try:
        re.compile(regex)
    except re.error:
        return
    yield from jsonschema.Draft202012Validator.VALIDATORS["pattern"](
        validator, regex, instance, schema
    )


Second = jsonschema.validators.extend(jsonschema.Draft202012Validator, {"pattern": pattern})

# Declared with `oneOf` arms that admit each other's values, so that no body is valid.
CONTRADICTORY = {"vercel-com.json": {"get_v1_integrations_search_repo"}}


@pytest.mark.skipif(not SPECS, reason=f"SKIPPED LOUDLY: no corpus in {SHARED}")
def test_the_corpus_is_whole():
    assert len(SPECS) == 60


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@pytest.mark.parametrize("seed", [None, 7])
def test_answers_are_valid(path: Path, seed):
    contract = build(load(path).contract)
    mock = Mock(contract, seed=seed)
    left_out = [one for one in mock.diagnostics if one.rule == "server-operation"]
    assert len(mock.operations) + len(left_out) == len(contract.operations)
    step = max(1, len(mock.operations) // SAMPLE)
    for operation in mock.operations[::step]:
        served = mock._compile(operation, _names(operation))
        if operation.id in CONTRADICTORY.get(path.name, ()):
            with pytest.raises(Impossible):
                served.answers.reply(Preferences(), "")
        else:
            judge(contract, operation, served.answers.reply(Preferences(), ""))


def _names(operation):
    return tuple(p.name for p in operation.parameters if p.location.value == "path")


def judge(contract, operation, reply):
    headers = {name.lower(): value for name, value in reply.headers}
    declared = {response.status.upper(): response for response in operation.responses}
    code = str(reply.status)
    response = declared.get(code) or declared.get(f"{code[0]}XX") or declared["DEFAULT"]
    if "content-type" not in headers:
        assert not reply.body
        return
    kinds = {media.media_type: media for media in response.content}
    media = kinds.get(headers["content-type"]) or next(iter(kinds.values()))
    if reply_kind(media) != "json" or media.schema is None:
        return
    body = orjson.loads(reply.body)
    document = SchemaDocument(contract)
    key = document.key(media.schema, "out")
    if key is None:
        return
    defs = json.loads(document.render())
    token = key.replace("~", "~0").replace("/", "~1").replace("%", "%25")
    second = Second({**defs, "$ref": f"#/$defs/{token}"})
    second.validate(body)
