import json
import textwrap

import pytest
from wireproof.lint.engine import lint
from wireproof.lint.rules import ALL
from wireproof.lint.settings import read_settings
from wireproof.source.parse import parse
from wireproof.source.workspace import load


def settings_node(configured):
    """Settings as a file says them, so that errors have places."""
    data = json.dumps({"lint": configured}, indent=1).encode()
    return parse("wireproof.yaml", data).document.root.get("lint")


HEAD = "openapi: 3.1.0\ninfo: {title: t, version: 1.0.0}\n"


@pytest.fixture
def check(tmp_path, monkeypatch):
    """Lint files given as texts; the first is the contract. `lint` is the configuration."""
    monkeypatch.chdir(tmp_path)

    def run(text, *, others=None, rule_set=ALL, **settings):
        for name, body in (others or {}).items():
            (tmp_path / name).write_text(textwrap.dedent(body))
        body = textwrap.dedent(text)
        head = "" if body.startswith("openapi:") else HEAD
        (tmp_path / "api.yaml").write_text(head + body)
        configured = {key.replace("_", "-"): value for key, value in settings.items()}
        return lint(load("api.yaml"), rule_set, read_settings(settings_node(configured), tmp_path))

    return run
