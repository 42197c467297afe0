"""A headless Chromium that reaches loopback and nothing else. Skips where there is none."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def body_of(url: str, profile: Path) -> str:
    """The text of a page's body once its scripts have run."""
    if CHROMIUM is None:
        pytest.skip("SKIPPED LOUDLY: no chromium here (apt-get install chromium)")
    command = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--disable-component-update",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
        "--virtual-time-budget=15000", f"--user-data-dir={profile}", "--dump-dom", url,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    found = re.search(r"<body[^>]*>(.*?)</body>", done.stdout, re.DOTALL)
    assert found, done.stdout + done.stderr
    return html.unescape(found[1].strip())
