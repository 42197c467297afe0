"""Schemathesis against the venue: requests made from the contract, good and bad.

A real socket on loopback, signed with a real key. The clock moves a little whenever it is asked,
so that rate limits do not end the test early.
"""

from __future__ import annotations

import asyncio
import copy
import socket
import threading
from base64 import b64decode
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
import pytest
import requests
import schemathesis
import uvicorn
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, settings
from pydantic import SecretBytes
from schemathesis.checks import CHECKS
from wireproof.source import load

from handlers.app import assemble, create_app
from handlers.sandbox import define_instruments, open_account
from handlers.settings import Settings
from tests.service.contract_reading import SPEC
from tests.service.in_process import START, Signature

EXAMPLES = 12

# Checks that ask for what this contract deliberately does not promise, and why:
NOT_OURS = {
    # Rules of the market refuse orders that the schema allows: 422 is an answer to good data.
    "positive_data_acceptance",
    # A canceled order stays readable: DELETE ends an order's life in the book, not its record.
    "use_after_free",
}


class Requests(requests.auth.AuthBase):
    """The test signer for the library that schemathesis sends with."""

    def __init__(self, signature: Signature) -> None:
        self._signature = signature

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        body = request.body.encode() if isinstance(request.body, str) else request.body
        twin = httpx.Request(request.method or "", request.url or "", content=body)
        next(self._signature.auth_flow(twin))
        for name in ("signature", "signature-input", "content-digest"):
            if name in twin.headers:
                request.headers[name] = twin.headers[name]
        return request


@contextmanager
def serving(folder: Any):
    """A venue on loopback: its base URL and a signer for a funded account."""
    ticks = count()
    clock = lambda: START + next(ticks) * 20_000  # noqa: E731 - 20 ms every time it is asked
    secret = SecretBytes(bytes(range(32)))
    northgate = assemble(
        Settings(database=folder / "n.db", master_key=secret, validate_responses=True), clock
    )
    made: dict[str, Any] = {}
    ready = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(northgate), log_config=None, ws="none"))

    async def main() -> None:
        serve = asyncio.create_task(server.serve(sockets=[listener]))
        while not server.started:  # noqa: ASYNC110 - uvicorn tells it by no event
            await asyncio.sleep(0.01)
        await define_instruments(northgate.engine)
        deposits = (("USD", "1000000"), ("BTC", "100"))
        made["account"] = await open_account(northgate.engine, northgate.keys, "s", deposits)
        ready.set()
        await serve

    thread = threading.Thread(target=asyncio.run, args=(main(),), daemon=True)
    thread.start()
    assert ready.wait(30)
    account = made["account"]
    key = Ed25519PrivateKey.from_private_bytes(b64decode(account.private_key))
    try:
        host, port = listener.getsockname()
        yield (
            f"http://{host}:{port}",
            Requests(Signature(account.key_id, "ed25519", key.sign, clock)),
        )
    finally:
        server.should_exit = True
        thread.join(30)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("venue")) as found:
        yield found


def judged() -> dict[str, Any]:
    """The contract without its security.

    Schemathesis would leave the scheme's header out, or invent one, and expect a 401, while the
    signer puts the right one back. That nothing opens without it is `test_signatures`' business.
    """
    document = copy.deepcopy(load(str(SPEC)).contract.root.value)
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict):
                operation.pop("security", None)
    del document["security"]
    return document


contract = schemathesis.openapi.from_dict(judged())


def checks():
    return [check for check in CHECKS.get_all() if check.__name__ not in NOT_OURS]


@contract.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_requests_made_from_the_contract(case, served):
    url, auth = served
    case.call_and_validate(base_url=url, auth=auth, checks=checks(), timeout=20)
