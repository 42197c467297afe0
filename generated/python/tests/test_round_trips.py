"""Every operation is called once, synchronously and asynchronously.

The request must be the one that the contract describes, and what comes back must be what was
answered. With NORTHGATE_TEST_BASE_URL set, the same calls go to a server instead, such as
`wireproof mock`; it answers as it likes, and the answers must be readable.
"""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from support import (
    CASES,
    DATA,
    SERVER,
    AsyncDirect,
    AsyncTransport,
    Direct,
    Transport,
    arguments,
    assert_same,
    assert_sent,
    async_client,
    client,
)

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
in_process = pytest.mark.parametrize("name", [] if SERVER else list(CASES))
against_server = pytest.mark.parametrize("name", list(CASES) if SERVER else [])


def invoke(root: object, name: str, row: Any) -> Any:
    """Make the call of a case on a client."""
    target: Any = root
    for part in name.split("."):
        target = getattr(target, part)
    return target(**arguments(row))


def read(answer: Any, row: Any) -> object:
    """The value of an answer."""
    match row["verb"]:
        case "call_pages":
            return answer.body
        case "call_stream":
            return list(answer)
        case "call_binary":
            return answer.read()
        case _:
            return answer


async def read_async(pending: Any, row: Any) -> object:
    """The value of an answer on its way."""
    answer = await pending
    match row["verb"]:
        case "call_pages":
            return answer.body
        case "call_stream":
            return [item async for item in answer]
        case "call_binary":
            return await answer.aread()
        case _:
            return answer


def expected(row: Any) -> Any:
    """What the answer says."""
    value = row["answer"].get("value")
    return value.encode() if row["verb"] == "call_binary" and isinstance(value, str) else value


def assert_authenticated(secrets: tuple[str, ...], row: Any, headers: Any, query: str) -> None:
    """An operation that asks for credentials gets them."""
    if row.get("secured"):
        names = {name.lower() for name in headers} | {p.partition("=")[0] for p in query.split("&")}
        assert names & ({name.lower() for name in secrets} | set(secrets) | {"cookie"})


def check(found: object, row: Any, transport: Transport | AsyncTransport, secrets: Any) -> None:
    """Hold what was sent and what was read against the case."""
    (request,) = transport.requests
    assert_sent(request, row["request"])
    assert_authenticated(secrets, row, request.headers, request.query)
    wanted = expected(row)
    if isinstance(wanted, bytes):
        assert found == wanted
    else:
        assert_same(wanted, found)


@in_process
def test_round_trip(name: str) -> None:
    row = CASES[name]
    transport = Transport(row["answer"])
    with client(transport) as sdk:
        found = read(invoke(sdk, name, row), row)
        check(found, row, transport, sdk.config.secret_fields())


@in_process
def test_asynchronous_round_trip(name: str) -> None:
    row = CASES[name]

    async def run() -> None:
        transport = AsyncTransport(row["answer"])
        async with async_client(transport) as sdk:
            found = await read_async(invoke(sdk, name, row), row)
            check(found, row, transport, sdk.config.secret_fields())

    asyncio.run(run())


@against_server
def test_against_a_server(name: str) -> None:
    with client(Direct(), base_url=SERVER) as sdk:
        read(invoke(sdk, name, CASES[name]), CASES[name])


@against_server
def test_against_a_server_asynchronously(name: str) -> None:
    async def run() -> None:
        async with async_client(AsyncDirect(), base_url=SERVER) as sdk:
            await read_async(invoke(sdk, name, CASES[name]), CASES[name])

    asyncio.run(run())


@pytest.mark.parametrize("name", list(DATA["skipped"]))
def test_operation_without_a_case(name: str) -> None:
    pytest.skip(f"{name}: {DATA['skipped'][name]}")
