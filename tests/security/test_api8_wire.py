"""API8:2023 Security misconfiguration: what a socket takes that is not quite HTTP, or not ours."""

from __future__ import annotations

import socket

import pytest

from tests.security.attacks import ORDER, answers, code, eventually, problem, speak

TIME = b"GET /v1/time HTTP/1.1\r\n"
CLOSE = b"connection: close\r\n\r\n"


@pytest.mark.parametrize(
    "octets",
    [
        TIME + CLOSE,
        TIME + b"host: a\r\nhost: a\r\n" + CLOSE,
        TIME + b"host: a\r\nhost: b\r\n" + CLOSE,
        TIME + b"host: a/b\r\n" + CLOSE,
        TIME + b"host: a b\r\n" + CLOSE,
        TIME + b"host: a@b\r\n" + CLOSE,
        TIME + b"host: \xff\r\n" + CLOSE,
        b"GET /v1/time\r\n\r\n",
        b"GET /v1/time HTTP/3.0\r\nhost: x\r\n" + CLOSE,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"get /v1/time HTTP/1.1\r\nhost: x\r\n" + CLOSE,
        b"CONNECT a:443 HTTP/1.1\r\nhost: x\r\n" + CLOSE,
        b"GET /v1/time?\xff HTTP/1.1\r\nhost: x\r\n" + CLOSE,
        TIME + b"host: x\r\nx: a\0b\r\n" + CLOSE,
        TIME + b"host: x\r\nx: a\rb\r\n" + CLOSE,
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(32),
    ],
    ids=lambda octets: ascii(octets[:60])[2:-1],
)
def test_what_is_no_request_to_this_server_is_refused(socketed, octets):
    """RFC 9112 3.2: one Host field in HTTP/1.1, and one that could be a host."""
    assert problem(speak(socketed.host, socketed.port, octets)) == (400, "malformed")


@pytest.mark.parametrize("head", [b"GET /v1/time HTTP/1.0\r\n", TIME + b"host: [::1]:8080\r\n"])
def test_requests_that_need_no_more_are_answered(socketed, head):
    ((status, _, _),) = answers(speak(socketed.host, socketed.port, head + CLOSE))
    assert status == 200


def test_a_trailer_is_no_header(socketed):
    """RFC 9110 6.5.1: what a proxy has checked in the head cannot be added behind the body."""
    head = b"POST /v1/orders HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n" + CLOSE
    trailers = b"signature-input: sig1=()\r\nsignature: sig1=:AAAA:\r\n" + b"x: y\r\n" * 200
    found = speak(socketed.host, socketed.port, head, b"0\r\n" + trailers + b"\r\n")
    assert problem(found) == (401, "credentials_missing")


def test_no_upgrade_is_taken(socketed):
    for protocol in (b"h2c", b"websocket"):
        head = b"host: x\r\nconnection: upgrade, close\r\nupgrade: " + protocol + b"\r\n\r\n"
        ((status, _, _),) = answers(speak(socketed.host, socketed.port, TIME + head))
        assert status == 200


class TestConcurrency:
    @pytest.fixture
    def settings(self, settings):
        return settings.model_copy(update={"concurrency": 1})

    @pytest.fixture
    def body_seconds(self):
        return 60.0

    def test_more_requests_than_the_venue_works_on_are_turned_away_at_once(self, socketed):
        slow = b"POST /v1/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n"
        with socket.create_connection((socketed.host, socketed.port)) as connection:
            connection.sendall(slow)
            told = []
            ask = (socketed.host, socketed.port, TIME + b"host: x\r\n" + CLOSE)
            eventually(lambda: told.append(speak(*ask)) or answers(told[-1])[0][0] == 503)
            assert problem(told[-1]) == (503, "overloaded")
            assert answers(told[-1])[0][1]["retry-after"] == "1"
            connection.sendall(b"{}       ")
            assert b" 401 " in connection.recv(65536)
        ((status, _, _),) = answers(
            speak(socketed.host, socketed.port, TIME + b"host: x\r\n" + CLOSE)
        )
        assert status == 200


EDGES = ["9999-12-31T23:59:59-23:59", "9999-12-31T23:59:60Z", "0001-01-01T00:00:00+23:59"]


@pytest.mark.parametrize("moment", EDGES)
def test_a_moment_that_no_calendar_has_harms_nobody(alice, moment):
    """It was accepted once, and its order could never be shown again."""
    gtd = {**ORDER, "time_in_force": "gtd", "expire_time": moment}
    assert code(alice.send("POST", "/v1/orders", json=gtd)) == (400, "malformed")
    key = {"name": "k", "algorithm": "hmac-sha256", "scopes": ["read"], "expire_time": moment}
    assert code(alice.send("POST", "/v1/api-keys", json=key)) == (400, "malformed")
    batch = alice.send("POST", "/v1/orders/batch", json={"orders": [gtd]})
    assert code(batch) == (400, "malformed")
    answer = alice.send("GET", "/v1/orders", params={"start_time": moment})
    assert code(answer) == (400, "malformed")
    assert alice.get("/v1/orders")["data"] == []
    assert len(alice.get("/v1/api-keys")["data"]) == 1
