"""Contracts and requests for the tests of the mock."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest
from wireproof.ir.build import build
from wireproof.mock.listen import MockServer
from wireproof.mock.message import Request
from wireproof.mock.service import Mock
from wireproof.source.document import Document
from wireproof.source.workspace import load

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def northgate():
    return build(load(ROOT / "spec" / "northgate.openapi.yaml").contract)


@pytest.fixture
def mock():
    """A mock of one operation out of its parts."""

    def make(paths, seed=None, *, credentials=True, **parts):
        document = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": paths}
        return Mock(
            build(Document("api.json", {**document, **parts})), seed=seed, credentials=credentials
        )

    return make


@pytest.fixture
def ask():
    """Sends a request to a mock; JSON bodies are read."""

    def send(mock, method, target, json_body=None, **headers):
        fields = {name.replace("_", "-"): value for name, value in headers.items()}
        body = b""
        if json_body is not None:
            fields.setdefault("content-type", "application/json")
            body = json_body if isinstance(json_body, bytes) else json.dumps(json_body).encode()
        answer = mock.handle(Request(method, target, tuple(fields.items()), body))
        kind = dict(answer.headers).get("content-type", "")
        return answer, json.loads(answer.body) if "json" in kind else answer.body

    return send


@pytest.fixture
def serving():
    """Puts a mock on a free port of loopback until the test ends."""
    servers = []

    def serve(mock):
        server = MockServer(mock)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        servers.append((server, thread))
        return server

    yield serve
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()
