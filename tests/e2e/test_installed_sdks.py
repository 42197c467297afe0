"""Both SDKs as installed, every operation, against the running server, judged by openapi-core."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from openapi_core.exceptions import OpenAPIError

from demo.packages import install_python, install_typescript
from demo.venue import Venue, running
from tests.e2e.judge import Judge, operation_of
from tests.e2e.recorder import Exchange, recording
from tests.node_tools import tools, tsc
from tests.service.contract_reading import operations

HERE = Path(__file__).parent
REFUSED = {
    "listInstruments": "MalformedError",
    "getOrderBook": "InstrumentNotFoundError",
    "listTrades": "InstrumentNotFoundError",
    "listCandles": "InstrumentNotFoundError",
    "listOrders": "MalformedError",
    "listExecutions": "MalformedError",
    "createOrder": "ClientOrderIdConflictError",
    "getOrder": "OrderNotFoundError",
    "getOrderByClientId": "OrderNotFoundError",
    "amendOrder": "VersionConflictError",
    "cancelOrder": "OrderNotOpenError",
    "cancelOrders": "InstrumentNotFoundError",
    "listBalances": "ScopeMissingError",
    "listPositions": "ScopeMissingError",
    "getRateLimits": "ScopeMissingError",
    "setCancelAfter": "ScopeMissingError",
    "createOrderBatch": "ScopeMissingError",
    "listApiKeys": "ScopeMissingError",
    "createApiKey": "ScopeMissingError",
    "updateApiKey": "KeyNotFoundError",
    "revokeApiKey": "KeyNotFoundError",
    "rotateApiKey": "KeyNotFoundError",
}
NEVER_REFUSED = {"getServerTime", "getStatus"}
"""They take no argument and no key; overload alone would refuse them."""


@pytest.fixture(scope="module")
def judge() -> Judge:
    return Judge()


@pytest.fixture(scope="module")
def venue(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Venue]:
    with running(tmp_path_factory.mktemp("venue")) as venue:
        yield venue


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, str]]:
    """How to run the Python program beside the installed wheel."""
    folder = tmp_path_factory.mktemp("python-sdk")
    site = install_python(folder)
    shutil.copy(HERE / "walk.py", folder)
    return [sys.executable, str(folder / "walk.py")], {"PYTHONPATH": str(site)}


@pytest.fixture(scope="module")
def typescript(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[str], dict[str, str]]:
    """How to run the TypeScript program, strictly type-checked beside the installed tarball."""
    modules = tools()
    project = install_typescript(tmp_path_factory.mktemp("typescript-sdk"))
    (project / "node_modules" / "@types").symlink_to(modules / "@types", target_is_directory=True)
    (project / "node_modules" / "undici-types").symlink_to(modules / "undici-types")
    shutil.copy(HERE / "walk.ts", project)
    options = {
        "target": "ES2022",
        "module": "NodeNext",
        "strict": True,
        "exactOptionalPropertyTypes": True,
        "noUncheckedIndexedAccess": True,
        "types": ["node"],
    }
    (project / "tsconfig.json").write_text(json.dumps({"compilerOptions": options}))
    assert tsc(project) == ""
    return ["node", str(project / "walk.js")], {}


@pytest.mark.parametrize(
    ("sdk", "surface"),
    [
        ("python", "sync"),
        ("python", "async"),
        ("typescript", "functions"),
        ("typescript", "class"),
    ],
)
def test_every_operation_as_the_contract_says(
    sdk: str, surface: str, venue: Venue, judge: Judge, request: pytest.FixtureRequest
) -> None:
    command, variables = request.getfixturevalue(sdk)
    with recording(venue.url) as recorder:
        keys = {
            f"{name.upper()}_{variable}": venue.accounts[name][variable.lower()]
            for name in venue.accounts
            for variable in ("KEY_ID", "PRIVATE_KEY")
        }
        done = subprocess.run(
            [*command, surface, surface],
            env={
                **{k: v for k, v in os.environ.items() if not k.startswith("NORTHGATE_")},
                **variables,
                **keys,
                "NORTHGATE_BASE_URL": recorder.url,
            },
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == REFUSED
    for exchange in recorder.exchanges:
        judge(exchange)
    _covers_everything(recorder.exchanges)


def _covers_everything(exchanges: list[Exchange]) -> None:
    """Every operation succeeded and, where it can be, was refused; nothing went wrong."""
    seen = Counter((operation_of(each), each.status // 100) for each in exchanges)
    every = {each.id for each in operations()}
    assert len(every) == 24
    assert {name for name, kind in seen if kind == 2} == every
    assert {name for name, kind in seen if kind == 4} == every - NEVER_REFUSED
    assert {kind for _, kind in seen} == {2, 4}


TIME = Exchange(
    "GET",
    "/v1/time",
    [("Host", "127.0.0.1")],
    b"",
    200,
    [("Content-Type", "application/json"), ("X-Request-Id", "req_1")],
    b'{"time": "2026-11-22T09:30:00.000000Z"}',
)
_INPUT = (
    'sig1=("@method" "@authority" "@path" "@query");created=1;expires=6;nonce="n"'
    ';keyid="k";alg="ed25519";tag="trading-v1"'
)
ORDERS = replace(
    TIME,
    target="/v1/orders?limit=1",
    request_fields=[
        (
            "Signature-Input",
            _INPUT,
        ),
        ("Signature", "sig1=:AAAA:"),
    ],
    response_body=b'{"data": [], "next_cursor": null}',
)


def complaint(judge: Judge, exchange: Exchange) -> str:
    """The kind of error that the judge finds, "" where it finds none."""
    try:
        judge(exchange)
    except OpenAPIError as error:
        return type(error).__name__
    return ""


@pytest.mark.parametrize("exchange", [TIME, ORDERS], ids=["open", "signed"])
def test_the_judge_can_say_yes(exchange: Exchange, judge: Judge) -> None:
    assert complaint(judge, exchange) == ""


@pytest.mark.parametrize(
    "exchange",
    [
        replace(TIME, response_body=b'{"time": 1}'),
        replace(TIME, status=418),
        replace(TIME, target="/v1/tine"),
        replace(ORDERS, target="/v1/orders?limit=many"),
        replace(ORDERS, request_fields=[]),
        *(
            replace(ORDERS, request_fields=[("Signature-Input", bent), ORDERS.request_fields[1]])
            for bent in (
                _INPUT.replace(' "@query"', ""),
                _INPUT.replace("sig1", "sig2"),
                _INPUT.replace("expires=6", "expires=60"),
                _INPUT.replace("ed25519", "rsa-v1_5-sha256"),
                _INPUT.replace("trading-v1", "web-bot-auth"),
            )
        ),
        replace(ORDERS, request_fields=[*ORDERS.request_fields, ("Content-Digest", "sha-256=::")]),
    ],
)
def test_the_judge_can_say_no(exchange: Exchange, judge: Judge) -> None:
    assert complaint(judge, exchange)
