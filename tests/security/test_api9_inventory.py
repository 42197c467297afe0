"""API9:2023 Improper inventory management: what the contract does not name does not exist."""

from __future__ import annotations

import pytest

from generated.server.operations import PLAN
from tests.security.attacks import problem, speak


def test_the_server_serves_exactly_the_contract(documented_paths):
    served = {(each.method, each.path) for each in PLAN.operations}
    assert served == set(documented_paths)
    assert len(served) == len(documented_paths)


UNDOCUMENTED = [
    *("/", "/v1", "/v1/", "/v2/orders", "/v0/orders", "/orders", "/V1/orders", "/v1/Orders"),
    *("/openapi.json", "/openapi.yaml", "/v1/openapi.json", "/docs", "/redoc", "/ui", "/swagger"),
    *("/healthz", "/readyz", "/metrics", "/debug", "/admin", "/v1/admin", "/.env", "/.git/HEAD"),
    *("/v1/orders/", "/v1/time/", "/v1/time/..", "/v1/../v1/time", "/v1/./time", "//v1/time"),
    *("/v1/time;x=1", "/v1/time%2e", "/v1%2ftime", "/v1/time%00", "/v1\\time"),
    *("/v1/accounts", "/v1/users", "/v1/internal", "/v1/deposits", "/v1/withdrawals"),
]


@pytest.mark.parametrize("path", UNDOCUMENTED)
def test_nothing_else_is_there(socketed, path):
    octets = f"GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n".encode()
    status, name = problem(speak(socketed.host, socketed.port, octets))
    assert (status, name) in ((404, "not_found"), (400, "malformed"))


@pytest.mark.parametrize("name", ["x-api-version", "accept-version", "api-version", "x-debug"])
def test_no_header_chooses_another_version(public, name):
    plain, asked = (public.send("GET", "/v1/instruments", headers=h) for h in ({}, {name: "0"}))
    assert asked.json() == plain.json()
