"""Environment variables are named alike in every language."""

from __future__ import annotations

from pathlib import Path

import pytest
from wireproof.emit.environment import env_prefix

from tests.python_tools import emitted

STYLES = Path(__file__).parent / "nasty" / "styles.yaml"


@pytest.mark.parametrize(
    ("options", "title", "prefix"),
    [
        ({}, "Northgate Trading REST API", "NORTHGATE_TRADING"),
        ({"package": "try_"}, "Try", "TRY"),
        ({"package": "@acme/order-desk"}, "x", "ORDER_DESK"),
        ({"package": "order_desk"}, "x", "ORDER_DESK"),
        ({"env_prefix": "OD"}, "x", "OD"),
        ({"env-prefix": "OD", "package": "y"}, "x", "OD"),
        ({}, "取引", "API"),
        ({}, "3 wishes", "API"),
    ],
)
def test_prefixes(options: dict[str, str], title: str, prefix: str) -> None:
    assert env_prefix(options, title) == prefix


def test_every_variable_of_a_python_sdk_begins_with_it() -> None:
    files = emitted(STYLES, package="try_").files
    text = "".join(str(content) for content in files.values())
    assert "TRY_BASE_URL" in text
    assert "TRY_LOG" in text
    assert "TRY_TEST_BASE_URL" in text
    assert "TRY__" not in text
