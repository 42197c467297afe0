"""The site of Northgate, and a browser to look at it with."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner
from wireproof.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
REDOC = Path(os.environ.get("WIREPROOF_REDOC", ROOT / "tests" / "node" / "node_modules" / "redoc"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def make_site():
    """Writes the site into a folder."""
    if not (REDOC / "bundles" / "redoc.standalone.js").is_file():
        pytest.skip(f"SKIPPED LOUDLY: redoc 3.0.1 is not in {REDOC}; no site can be made")

    def make(out):
        here = Path.cwd()
        os.chdir(ROOT)
        try:
            result = CliRunner().invoke(cli, ["docs", "--out", str(out), "--redoc", str(REDOC)])
        finally:
            os.chdir(here)
        assert result.exit_code == 0, result.output

    return make


@pytest.fixture(scope="session")
def site(tmp_path_factory, make_site):
    out = tmp_path_factory.mktemp("artefacts") / "site"
    make_site(out)
    return out


@contextmanager
def proxy():
    """Everything that the browser asks the network for ends here, and is refused."""
    asked = []

    class Refusing(BaseHTTPRequestHandler):
        def _refuse(self):
            asked.append(self.path)
            self.send_error(403)

        def __getattr__(self, name):
            if name.startswith("do_"):
                return self._refuse
            raise AttributeError(name)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield server.server_port, asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def browse(tmp_path):
    """Loads an URL; gives its DOM, what its console said, and what was asked of the network."""
    if CHROMIUM is None:
        pytest.skip("SKIPPED LOUDLY: no chromium here (apt-get install chromium)")

    def load(url, *flags):
        with proxy() as (port, asked):
            command = [
                CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                "--disable-background-networking", "--disable-component-update",
                "--window-size=1440,4000", "--virtual-time-budget=15000",
                "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}",
                f"--proxy-server=127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>",
                *(flags or ["--dump-dom"]), url,
            ]  # fmt: skip
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
        console = [line for line in done.stderr.splitlines() if "CONSOLE" in line]
        return done.stdout, console, [one for one in asked if not _browsers_own(one)]

    return load


def _browsers_own(target):
    """What Chromium asks its maker for on its own: updates, the time, dictionaries."""
    host = target.removeprefix("http://").partition("/")[0].partition(":")[0]
    return host.endswith((".google.com", ".googleapis.com", ".gvt1.com", ".gstatic.com"))
