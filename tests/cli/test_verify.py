"""`wireproof verify` against a mock that keeps its contract, and against another contract's."""

import json
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from wireproof.ir.build import build
from wireproof.mock.listen import MockServer
from wireproof.mock.service import Mock
from wireproof.source.document import Document

WIREPROOF = Path(sys.executable).with_name("wireproof")


def contract(schema):
    return {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/things/{id}": {
                "get": {
                    "operationId": "getThing",
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": True,
                            "schema": {"type": "integer"},
                        }
                    ],
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {"application/json": {"schema": schema}},
                        },
                        "400": {
                            "description": "",
                            "content": {"application/problem+json": {"schema": {"type": "object"}}},
                        },
                    },
                }
            }
        },
    }


@pytest.fixture
def serve():
    running = []

    def start(document):
        server = MockServer(Mock(build(Document("api.json", document))))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        running.append((server, thread))
        return server.url

    yield start
    for server, thread in running:
        server.shutdown()
        server.server_close()
        thread.join()


def verify(folder, url, document, *options):
    (folder / "api.json").write_text(json.dumps(document, indent=1))
    return subprocess.run(
        [WIREPROOF, "verify", url, "--spec", "api.json", "--max-examples", "5", *options],
        cwd=folder, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_a_server_that_keeps_its_contract(tmp_path, serve):
    document = contract({"type": "object"})
    done = verify(tmp_path, serve(document), document)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 operations keep the contract" in done.stderr


def test_a_server_that_answers_something_else(tmp_path, serve):
    url = serve(contract({"type": "string"}))
    done = verify(
        tmp_path,
        url,
        contract({"type": "object"}),
        "--format",
        "text",
        "--format",
        "json=found.json",
    )
    assert done.returncode == 1, done.stderr
    assert "verify-response-schema-conformance" in done.stdout
    assert "api.json:" in done.stdout
    assert "curl" in done.stdout
    assert "GET /things/{id}" in (tmp_path / "found.json").read_text()


SIGNER = """\
def auth(request):
    request.headers["X-Signed"] = f"{request.method} {request.path_url}"
    return request
"""


def test_each_request_is_signed_by_a_function_of_the_users_own(tmp_path):
    document = contract({"type": "object"})
    seen = []
    mock = Mock(build(Document("api.json", document)))
    server = MockServer(mock, observe=lambda request, _: seen.append(request))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    (tmp_path / "sign.py").write_text(SIGNER)
    try:
        done = verify(tmp_path, server.url, document, "--auth", "sign.py")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert done.returncode == 0, done.stdout + done.stderr
    signed = [one for one in seen if one.first("x-signed")]
    assert len(signed) > 5
    assert all(one.first("x-signed") == f"{one.method} {one.target}" for one in signed)


@pytest.mark.parametrize(
    ("program", "said"),
    [("x = 1", "has no function `auth`"), ("1 / 0", "does not run: ZeroDivisionError")],
)
def test_a_signer_that_is_none(tmp_path, serve, program, said):
    document = contract({"type": "object"})
    (tmp_path / "sign.py").write_text(program)
    done = verify(tmp_path, serve(document), document, "--auth", "sign.py")
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr


@pytest.mark.parametrize("name", ["json", "sarif", "junit", "github", "gitlab", "markdown"])
def test_findings_in_every_format(tmp_path, serve, name):
    url = serve(contract({"type": "string"}))
    done = verify(
        tmp_path, url, contract({"type": "object"}), "--format", name, "--max-examples", "1"
    )
    assert done.returncode == 1, done.stderr
    assert "response-schema-conformance" in done.stdout.replace("\\", "")
    assert "api.json" in done.stdout
    assert "wireproof lint" not in done.stdout
    if name in {"json", "sarif", "gitlab"}:
        json.loads(done.stdout)
    if name == "junit":
        ET.fromstring(done.stdout)  # noqa: S314 - our own output


def test_nobody_listens(tmp_path):
    done = verify(tmp_path, "http://127.0.0.1:9", contract({"type": "object"}))
    assert done.returncode == 2, done.stdout + done.stderr
    assert "nobody answers at http://127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr


def test_usage(tmp_path):
    assert verify(tmp_path, "localhost", contract({})).returncode == 2
    done = verify(tmp_path, "http://127.0.0.1:9", contract({}), "-H", "nonsense")
    assert done.returncode == 2
    assert "is no header" in done.stderr


class Picky(BaseHTTPRequestHandler):
    """Knows two orders, and takes no cursor that it did not make."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        parts = urlsplit(self.path)
        self.server.asked.append(self.path)
        known = parts.path in ("/orders/ord_1", "/orders/ord_2")
        if known and not parts.query:
            self.answer(200, "application/json", b"[]")
        else:
            self.answer(400, "application/problem+json", b"{}")

    def __getattr__(self, name):
        if name.startswith("do_"):
            return lambda: self.answer(405, "text/plain", b"")
        raise AttributeError(name)

    def answer(self, status, kind, body):
        self.send_response(status)
        self.send_header("allow", "GET")
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def picky():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Picky)
    server.asked = []
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


PAGED = {
    "openapi": "3.1.0",
    "info": {"title": "T", "version": "1"},
    "components": {
        "parameters": {"Cursor": {"name": "cursor", "in": "query", "schema": {"type": "string"}}}
    },
    "paths": {
        "/orders/{order_id}": {
            "parameters": [
                {
                    "name": "order_id",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "minLength": 1},
                }
            ],
            "get": {
                "operationId": "getOrder",
                "parameters": [{"$ref": "#/components/parameters/Cursor"}],
                "responses": {
                    "200": {
                        "description": "",
                        "content": {"application/json": {"schema": {"type": "array"}}},
                    },
                    "400": {
                        "description": "",
                        "content": {"application/problem+json": {"schema": {"type": "object"}}},
                    },
                },
            },
        }
    },
}


@pytest.mark.parametrize(
    ("settings", "status"),
    [
        ("", 1),
        ("verify: {opaque: [cursor]}", 1),
        ("verify: {opaque: [cursor, order_id]}", 0),
        ("verify: {opaque: [cursor], values: {order_id: [ord_1, ord_2]}}", 0),
    ],
)
def test_what_only_the_server_can_make_is_told_in_the_settings(tmp_path, picky, settings, status):
    (tmp_path / "wireproof.yaml").write_text(settings)
    url = f"http://127.0.0.1:{picky.server_port}"
    done = verify(tmp_path, url, PAGED)
    assert done.returncode == status, done.stdout + done.stderr
    assert ("verify-positive-data-acceptance" in done.stdout) == bool(status)
    if "cursor" in settings:
        assert not [asked for asked in picky.asked if "cursor=" in asked]
    if "values" in settings:
        assert {"/orders/ord_1", "/orders/ord_2"} & set(picky.asked)


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("verify: {opaque: [curser]}", "did you mean cursor?"),
        ("verify: {opaque: cursor}", "verify.opaque must be a list"),
        ("verify: {opaqe: [cursor]}", "did you mean opaque?"),
        ("verify: {values: {order_id: []}}", "verify.values.order_id has no value"),
        ("verify: {values: {id: [1]}}", "no operation has a parameter 'id'"),
        ("verify: [cursor]", "verify must be a mapping"),
    ],
)
def test_settings_that_are_wrong_say_where(tmp_path, settings, said):
    (tmp_path / "wireproof.yaml").write_text(settings)
    done = verify(tmp_path, "http://127.0.0.1:9", PAGED)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "wireproof.yaml:1:" in done.stderr
