"""`--help` stays fast because it imports next to nothing: modules are counted, not milliseconds."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = {
    *("jsonschema", "jsonschema_rs", "jinja2", "orjson", "http.server"),
    *("wireproof.source", "wireproof.ir", "wireproof.compat", "wireproof.lint.rules"),
    *("wireproof.emit", "wireproof.mock", "wireproof.cli.config"),
}
PROBE = """
import sys
from wireproof.cli.main import main
sys.argv[0] = "wireproof"
try:
    main()
except SystemExit:
    print("\\n".join(sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "command",
    [
        *("", "breaking", "bundle", "diff", "explain", "generate", "init", "ir", "lint"),
        *("release", "rules", "watch"),
    ],
)
def test_help_imports_nothing_heavy(command):
    arguments = [sys.executable, "-c", PROBE, *command.split(), "--help"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Usage: wireproof")
    assert HEAVY.isdisjoint(done.stderr.split())
