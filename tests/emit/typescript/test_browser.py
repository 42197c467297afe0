"""The installed package in a browser: bundled as integrators bundle it, against another origin."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.chromium import body_of
from tests.emit.typescript.conftest import HERE, STRICT
from tests.node_tools import run, tools, tsc

SECRET = "a secret that both know"
ED25519 = Ed25519PrivateKey.generate()


def order(name: str) -> dict[str, object]:
    stamp = "2026-11-22T09:30:00.000000Z"
    return {
        "order_id": name, "client_order_id": name, "instrument_id": "BTC-USD", "side": "buy",
        "type": "limit", "time_in_force": "gtc", "quantity": "0.00000010", "status": "open",
        "limit_price": "60000.10", "filled_quantity": "0.00000000", "version": 9007199254740993,
        "stp_mode": "cancel_newest", "post_only": False, "reduce_only": False,
        "remaining_quantity": "0.00000010", "replayed": False, "dry_run": False,
        "created_time": stamp, "updated_time": stamp, "expire_time": None, "stop_price": None,
        "average_price": None, "cancel_reason": None, "reject_code": None,
    }  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Pages below `root` for whoever asks; an API for pages of other origins."""

    protocol_version = "HTTP/1.1"
    root: Path | None = None

    def do_OPTIONS(self) -> None:
        self._answer(204, b"")

    def do_GET(self) -> None:
        if self.root is not None:
            path = self.root / urlsplit(self.path).path.lstrip("/")
            kind = "text/javascript" if path.suffix == ".js" else "text/html"
            if not path.is_file():  # the browser asks for an icon
                return self._answer(404, b"")
            return self._answer(200, path.read_bytes(), kind)
        if refusal := self._refusal(b""):
            return self._problem(401, refusal)
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        if path == "/v1/orders":
            page = int(query.get("cursor", ["0"])[0])
            names = [str(2 * page), str(2 * page + 1)]
            following = str(page + 1) if page < 2 else None
            return self._json(200, {"data": [*map(order, names)], "next_cursor": following})
        name = path.rpartition("/")[2]
        if name == "missing":
            return self._problem(404, "order_not_found")
        if name == "slow":
            time.sleep(1)
        return self._json(200, order(name))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        if refusal := self._refusal(body):
            return self._problem(401, refusal)
        name = json.loads(body)["client_order_id"]
        if name == "drop":
            self.close_connection = True
            return self.connection.close()
        return self._json(201, order(name))

    def _refusal(self, body: bytes) -> str:
        """Why the signature is not accepted (RFC 9421, the contract's profile); "" if it is."""
        given = self.headers["signature-input"].removeprefix("sig1=")
        signature = base64.b64decode(self.headers["signature"].removeprefix("sig1=:")[:-1])
        lines = [
            f'"@method": {self.command}',
            f'"@authority": {self.headers["host"]}',
            f'"@path": {urlsplit(self.path).path}',
            f'"@query": ?{urlsplit(self.path).query}',
        ]
        if body:
            digest = f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"
            if self.headers["content-digest"] != digest:
                return "signature_invalid"
            lines.append(f'"content-digest": {digest}')
        base = "\n".join([*lines, f'"@signature-params": {given}']).encode()
        if 'keyid="ed25519"' in given:
            ED25519.public_key().verify(signature, base)
            return ""
        known = hmac.digest(SECRET.encode(), base, "sha256")
        return "" if hmac.compare_digest(known, signature) else "signature_invalid"

    def _json(self, status: int, value: object) -> None:
        self._answer(status, json.dumps(value).encode(), "application/json")

    def _problem(self, status: int, code: str) -> None:
        value = {"type": "about:blank", "title": code, "status": status, "code": code}
        self._answer(status, json.dumps(value).encode(), "application/problem+json")

    def _answer(self, status: int, body: bytes, kind: str = "text/plain") -> None:
        self.send_response(status)
        self.send_header("access-control-allow-origin", "*")
        self.send_header("access-control-allow-headers", "*")
        self.send_header("access-control-allow-methods", "*")
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def serving(folder: Path | None = None) -> Iterator[str]:
    handler = type("Bound", (Handler,), {"root": folder})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def bundle(consumer: Path, tmp_path: Path) -> Callable[[Path], Path]:
    """Type-check a program as browser code and bundle it; esbuild refuses Node's own modules."""

    def make(program: Path) -> Path:
        (tmp_path / "node_modules").symlink_to(consumer / "node_modules")
        (tmp_path / "package.json").write_text('{ "type": "module" }')
        shutil.copy(program, tmp_path / "main.ts")
        options = {"compilerOptions": {**STRICT, "noEmit": True}, "files": ["main.ts"]}
        (tmp_path / "tsconfig.json").write_text(json.dumps(options))
        assert tsc(tmp_path) == ""
        flags = ["--bundle", "--platform=browser", "--format=esm", "--outfile=page/main.js"]
        esbuild = str(tools() / ".bin" / "esbuild")
        done = run([esbuild, "main.ts", "--log-level=warning", *flags], tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        return tmp_path / "page"

    return make


def test_signed_calls_errors_paging_and_abort(
    bundle: Callable[[Path], Path], tmp_path: Path
) -> None:
    folder = bundle(HERE / "browser.ts")
    (folder / "index.html").write_text(
        '<!doctype html><body>loading</body><script type="module" src="main.js"></script>'
    )
    seed = base64.b64encode(ED25519.private_bytes_raw()).decode()
    with serving() as api, serving(folder) as pages:
        query = urlencode({"api": api, "secret": SECRET, "seed": seed})
        found = json.loads(body_of(f"{pages}/index.html?{query}", tmp_path / "profile"))
    assert found == {
        "hmac": ["by-hmac", "0.00000010", "9007199254740993"],
        "ed25519": ["by-ed25519", "0.00000010", "9007199254740993"],
        "facade": "1",
        "missing": "order_not_found",
        "lost": ["OutcomeUnknownError", "unknown"],
        "walked": ["0", "1", "2", "3", "4", "5"],
        "aborted": "Error: changed my mind",
        "environment": 0,
    }


def test_every_module_bundles_for_browsers(
    consumer: Path, bundle: Callable[[Path], Path], tmp_path: Path
) -> None:
    exports = json.loads((consumer / "node_modules/northgate/package.json").read_text())["exports"]
    paths = [path[1:] for path, target in exports.items() if isinstance(target, dict)]
    assert "/orders" in paths
    program = tmp_path / "all.ts"
    program.write_text(
        "".join(f'import * as m{n} from "northgate{path}";\n' for n, path in enumerate(paths))
        + f"console.log({', '.join(f'm{n}' for n in range(len(paths)))});\n"
    )
    text = (bundle(program) / "main.js").read_text()
    assert "createOrder" in text
    assert not re.search(r"node:|require\(|\bBuffer\b|__dirname", text)
