"""Where redoc comes from: found, fetched once and checked, or told of in one step."""

import hashlib
import io
import os
import tarfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from wireproof.cli.main import cli
from wireproof.diagnostics import LoadError, UsageError
from wireproof.docs import redoc

BUNDLE = b"const a=1;export{RedocStandalone,hydrate,init};"


def package():
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        member = tarfile.TarInfo("package/bundles/redoc.standalone.js")
        member.size = len(BUNDLE)
        archive.addfile(member, io.BytesIO(BUNDLE))
    return packed.getvalue()


PACKAGE = package()
DIGEST = hashlib.sha256(PACKAGE).hexdigest()


@pytest.fixture
def registry(monkeypatch, tmp_path):
    """A registry on loopback, and a cache of its own."""
    asked = []

    class Registry(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            known = self.path == "/npm/redoc/-/redoc-3.0.1.tgz"
            self.send_response(200 if known else 404)
            self.end_headers()
            self.wfile.write(PACKAGE if known else b"")

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Registry)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    url = f"http://127.0.0.1:{server.server_port}/npm"
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", url)
    monkeypatch.setenv("WIREPROOF_CACHE", str(tmp_path / "cache"))
    yield asked
    server.shutdown()
    server.server_close()
    thread.join()


def test_it_is_fetched_once_and_found_from_then_on(registry, tmp_path):
    assert redoc.fetch(DIGEST).encode() == BUNDLE
    found = redoc.find(None, tmp_path)
    assert found == tmp_path / "cache" / "redoc-3.0.1.js"
    assert found.read_bytes() == BUNDLE
    assert list(found.parent.iterdir()) == [found]
    assert registry == ["/npm/redoc/-/redoc-3.0.1.tgz"]


@pytest.mark.usefixtures("registry")
def test_without_a_cache_it_is_used_all_the_same(monkeypatch, tmp_path):
    monkeypatch.setenv("WIREPROOF_CACHE", "")
    assert redoc.fetch(DIGEST).encode() == BUNDLE
    with pytest.raises(UsageError):
        redoc.find(None, tmp_path)


@pytest.mark.usefixtures("registry")
def test_another_package_is_refused_and_not_kept(tmp_path):
    with pytest.raises(UsageError) as caught:
        redoc.fetch()
    assert DIGEST in str(caught.value)
    assert not (tmp_path / "cache").exists()


@pytest.mark.usefixtures("registry")
def test_a_registry_that_does_not_have_it(monkeypatch):
    monkeypatch.setenv("NPM_CONFIG_REGISTRY", f"{os.environ['NPM_CONFIG_REGISTRY']}/no")
    with pytest.raises(LoadError, match="404"):
        redoc.fetch()


def test_npm_says_which_registry_is_asked(registry, monkeypatch, tmp_path):
    npm = tmp_path / "bin" / "npm"
    npm.parent.mkdir()
    npm.write_text(f"#!/bin/sh\necho '{os.environ['NPM_CONFIG_REGISTRY']}'\n")
    npm.chmod(0o755)
    monkeypatch.delenv("NPM_CONFIG_REGISTRY")
    monkeypatch.setenv("PATH", str(npm.parent), prepend=os.pathsep)
    assert redoc.fetch(DIGEST).encode() == BUNDLE
    assert registry == ["/npm/redoc/-/redoc-3.0.1.tgz"]


def test_without_npm_a_registry_has_to_be_named(monkeypatch, tmp_path):
    monkeypatch.delenv("NPM_CONFIG_REGISTRY", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="npm is not here") as caught:
        redoc.fetch()
    assert "NPM_CONFIG_REGISTRY" in caught.value.diagnostics[0].help


def test_the_digest_is_the_one_that_the_repository_checks_too():
    makefile = (Path(__file__).resolve().parents[2] / "Makefile").read_text()
    assert f"REDOC := {redoc.VERSION}\n" in makefile
    assert f"REDOC_SHA256 := {redoc.SHA256}\n" in makefile


def test_a_first_run_names_the_one_step(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("WIREPROOF_CACHE", str(tmp_path))
    (tmp_path / "api.yaml").write_text(
        'openapi: 3.1.0\ninfo: {title: T, version: "1"}\npaths: {}\n'
    )
    result = CliRunner().invoke(cli, ["docs", "api.yaml"])
    assert "not here yet" in str(result.exception)
    assert "wireproof docs --fetch-redoc" in result.exception.diagnostics[0].help
