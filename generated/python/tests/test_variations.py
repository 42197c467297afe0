"""Answers that a server may give one day, and calls with null, nothing, or exact digits.

What the contract does not know is kept and stays readable; what is no exact decimal, or null where
the contract has none, is refused.
"""

from __future__ import annotations

from typing import Any

import pytest
from northgate import ResponseDecodeError, UnknownOutcomeError
from northgate._runtime.models import Unknown

from support import CASES, DATA, Transport, assert_same, assert_sent, at, client
from test_round_trips import invoke, read

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def title(row: Any) -> str:
    """What a test is called."""
    return f"{row['kind']}: {row['call']} {'.'.join(map(str, row.get('pointer', [])))}"


def answered(row: Any, *, strict: bool = False) -> object:
    """What the changed answer is read as."""
    case = CASES[row["call"]]
    transport = Transport({**case["answer"], "value": row["answer"]})
    with client(transport, strict=strict) as sdk:
        return read(invoke(sdk, row["call"], case), case)


def assert_refused(row: Any, *, strict: bool = False) -> None:
    """The answer cannot be read, and nothing is claimed about what the call did."""
    with pytest.raises((ResponseDecodeError, UnknownOutcomeError)) as caught:
        answered(row, strict=strict)
    assert caught.value.outcome == "unknown"


@pytest.mark.parametrize("row", DATA["answers"], ids=title)
def test_changed_answer(row: Any) -> None:
    if row["verdict"] == "refused":
        assert_refused(row)
        return
    found = answered(row)
    assert_same(row["answer"], found)
    if row["verdict"] == "unknown":
        assert isinstance(at(found, row["pointer"]), Unknown)


@pytest.mark.parametrize(
    "row", [one for one in DATA["answers"] if one["kind"].startswith("unknown")], ids=title
)
def test_strict_client_refuses_what_is_unknown(row: Any) -> None:
    if row.get("open"):
        pytest.skip("the contract itself says that there may be others")
    assert_refused(row, strict=True)


@pytest.mark.parametrize("row", DATA["arguments"], ids=title)
def test_changed_argument(row: Any) -> None:
    case = CASES[row["call"]]
    transport = Transport(case["answer"])
    with client(transport) as sdk:
        invoke(sdk, row["call"], row)
    (request,) = transport.requests
    assert_sent(request, row["request"])


@pytest.mark.parametrize("kind", DATA["without"])
def test_kind_that_the_contract_does_not_show(kind: str) -> None:
    pytest.skip(f"{kind}: no operation of this contract shows it")
