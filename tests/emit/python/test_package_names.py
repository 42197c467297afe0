"""What a package is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.python_tools import emitted


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Order Desk API", "order_desk"),
        ("Platform API", "platform_sdk"),
        ("HTTP", "http_sdk"),
        ("httpx", "httpx_sdk"),
        ("Tests", "tests_sdk"),
        ("API", "sdk"),
    ],
)
def test_a_package_hides_no_module_that_it_needs(tmp_path: Path, title: str, name: str) -> None:
    spec = tmp_path / "openapi.yaml"
    spec.write_text(f"openapi: 3.1.0\ninfo: {{title: {title}, version: '1'}}\npaths: {{}}\n")

    files = emitted(spec).files

    assert f"{name}/__init__.py" in files
    assert f'name = "{name.replace("_", "-")}"' in str(files["pyproject.toml"])
