"""What the documentation shows is run: guides, and the samples of every operation."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import threading
from pathlib import Path

import jsonschema
import pytest
from cryptography.hazmat.primitives.serialization import load_der_private_key
from wireproof.docs.samples import samples
from wireproof.docs.shell import Shell
from wireproof.emit.names import allocate, read_lock
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.mock.listen import MockServer
from wireproof.mock.service import Mock
from wireproof.source.workspace import load

from demo.packages import install_typescript
from tests.node_tools import tools, tsc

ROOT = Path(__file__).resolve().parents[2]
GUIDES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
# RFC 9421, B.1.4: test-key-ed25519
TEST_KEY = "MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF"
PEM = f"-----BEGIN PRIVATE KEY-----\n{TEST_KEY}\n-----END PRIVATE KEY-----\n"


def blocks(language, *guides):
    """Code blocks with the guide they stand in."""
    fence = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    return [
        (path.stem, code)
        for path in guides or GUIDES
        for name, code in fence.findall(path.read_text())
        if name == language
    ]


@pytest.fixture(scope="module")
def contract():
    return build(load(ROOT / "spec" / "northgate.openapi.yaml").contract)


@pytest.fixture(scope="module")
def shown(contract):
    """Operation id -> language -> sample."""
    lock = ROOT / "generated" / "names.lock.json"
    names = allocate(contexts(contract), read_lock(lock.read_bytes(), str(lock)))
    package = {"package": "northgate"}
    found = samples(contract, names, Templates(None), {"python": package, "typescript": package})
    return {name: {one["label"]: one["source"] for one in each} for name, each in found.items()}


@pytest.fixture(scope="module")
def mock(contract):
    """A mock, what it was asked, and the environment of a client of it."""
    asked = []
    server = MockServer(Mock(contract), observe=lambda *exchange: asked.append(exchange))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    environment = {
        "NORTHGATE_BASE_URL": server.url,
        "NORTHGATE_KEY_ID": "test-key-ed25519",
        "NORTHGATE_PRIVATE_KEY": PEM,
    }
    yield server.url, asked, environment
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def answered(mock):
    """Fails where the mock refused anything meanwhile; how much it was asked."""
    url, asked, environment = mock
    del asked[:]
    yield url, asked, environment
    refused = [(r.method, r.target, a.remark) for r, a in asked if a.refused]
    assert not refused


def test_every_guide_shows_something():
    assert len(blocks("python")) >= 1
    assert len(blocks("ts")) >= 1
    assert len(blocks("sh")) >= 3
    assert len(blocks("json")) >= 2


def test_python_of_guides_and_samples_runs(shown, answered, monkeypatch):
    _, asked, environment = answered
    monkeypatch.syspath_prepend(str(ROOT / "generated" / "python"))
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    programs = [*blocks("python"), *((name, each["Python"]) for name, each in shown.items())]
    for name, program in programs:
        before = len(asked)
        namespace: dict = {}
        exec(compile(program, name, "exec"), namespace)  # noqa: S102 - running it is the test
        namespace["client"].close()
        assert len(asked) > before, f"{name} called nothing"


@pytest.fixture(scope="module")
def typescript(tmp_path_factory):
    modules = tools()
    project = install_typescript(tmp_path_factory.mktemp("samples"))
    (project / "node_modules" / "@types").symlink_to(modules / "@types", target_is_directory=True)
    (project / "node_modules" / "undici-types").symlink_to(modules / "undici-types")
    options = {
        "target": "ES2022", "module": "NodeNext", "strict": True, "noUnusedLocals": False,
        "exactOptionalPropertyTypes": True, "noUncheckedIndexedAccess": True, "types": ["node"],
    }  # fmt: skip
    (project / "tsconfig.json").write_text(json.dumps({"compilerOptions": options}))
    return project


def test_typescript_of_guides_and_samples_compiles_and_runs(shown, answered, typescript):
    url, asked, environment = answered
    programs = [*blocks("ts"), *((name, each["TypeScript"]) for name, each in shown.items())]
    for index, (name, program) in enumerate(programs):
        (typescript / f"s{index}-{name}.ts").write_text(program + "\nexport {};\n")
    assert tsc(typescript) == ""
    # The contract's own server is somewhere else: everything is sent to the mock.
    head = (
        "const real = globalThis.fetch; globalThis.fetch = (url, init) => {\n"
        "  const { pathname, search } = new URL(url);\n"
        f"  return real({json.dumps(url)} + pathname + search, init);\n}};\n"
    )
    imports = [f'await import("./s{i}-{name}.js");' for i, (name, _) in enumerate(programs)]
    (typescript / "all.mjs").write_text(head + "\n".join(imports))
    done = subprocess.run(
        ["node", "all.mjs"], cwd=typescript, env={**os.environ, **environment},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert len(asked) >= len(programs)


@pytest.mark.skipif(shutil.which("curl") is None, reason="SKIPPED: curl is not installed here")
def test_curl_of_guides_and_samples_is_answered(contract, answered):
    url, asked, _ = answered
    shell = Shell(contract, url)
    commands = [shell.call(operation) for operation in contract.operations]
    lines = [line for _, code in blocks("sh") for line in code.splitlines() if "curl" in line]
    assert lines
    commands += [
        re.sub(r"https://\w+\.northgate\.example|http://127\.0\.0\.1:8080", url, x) for x in lines
    ]
    secrets = {
        "CONTENT_DIGEST": "sha-256=:x:",
        "SIGNATURE_INPUT": "sig1=()",
        "SIGNATURE": "sig1=:x:",
    }
    script = "\n".join(
        command.replace("curl ", "curl -sS -o /dev/null ", 1) for command in commands
    )
    done = subprocess.run(
        ["bash", "-e", "-c", script], env={**os.environ, **secrets},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert len(asked) == len(commands)


def test_json_of_guides_is_what_the_contract_says(contract):
    document = SchemaDocument(contract)
    keys = {
        "Problem": document.key("#/components/schemas/Problem", "out"),
        "NewOrder": document.key("#/components/schemas/NewOrder", "in"),
    }
    defs = json.loads(document.render())
    for _, code in blocks("json"):
        value = json.loads(code)
        name = "Problem" if "status" in value else "NewOrder"
        jsonschema.validate(value, {**defs, "$ref": f"#/$defs/{keys[name]}"})


def test_the_signing_example_is_right_to_the_byte():
    guide = ROOT / "docs" / "20-signing.md"
    ((_, body),) = blocks("json", guide)
    (_, digest), (_, base), (_, fields) = blocks("", guide)
    made = base64.b64encode(hashlib.sha256(body.strip().encode()).digest()).decode()
    assert digest == f"Content-Digest: sha-256=:{made}:\n"
    assert f'"content-digest": sha-256=:{made}:' in base
    names = re.findall(r'^"([^"]+)":', base, re.MULTILINE)
    assert names[-1] == "@signature-params"
    parameters = base.rstrip("\n").rpartition('"@signature-params": ')[2]
    assert re.findall(r'"([@\w-]+)"', parameters.partition(")")[0]) == names[:-1]
    key = load_der_private_key(base64.b64decode(TEST_KEY), None)
    signature = base64.b64encode(key.sign(base.rstrip("\n").encode())).decode()
    assert fields == f"Signature-Input: sig1={parameters}\nSignature: sig1=:{signature}:\n"
