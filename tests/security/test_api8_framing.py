"""API8:2023 Security misconfiguration: where a request begins, where it ends, and for whom it is.

What two readers of one stream could read in two ways is how requests are smuggled past a proxy.
"""

from __future__ import annotations

import logging
import socket
from functools import partial

import pytest

from tests.security.attacks import answers, eventually, problem, speak

HEAD = b"POST /v1/orders HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
TIME = b"GET /v1/time HTTP/1.1\r\nhost: x\r\n"
CLOSE = b"connection: close\r\n\r\n"


@pytest.mark.parametrize(
    "fields",
    [
        b"content-length: 2\r\ntransfer-encoding: chunked\r\n",
        b"transfer-encoding: chunked\r\ncontent-length: 2\r\n",
        b"transfer-encoding: gzip\r\n",
        b"transfer-encoding: xchunked\r\n",
        b"transfer-encoding: gzip, chunked\r\n",
        b"transfer-encoding: chunked, identity\r\n",
        b"transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n",
        b"transfer-encoding: \x0bchunked\r\n",
        b"transfer-encoding : chunked\r\n",
        b"content-length: 2\r\ncontent-length: 2\r\n",
        b"content-length: 2\r\ncontent-length: 3\r\n",
        b"content-length: 2, 2\r\n",
        b"content-length: +2\r\n",
        b"content-length: -2\r\n",
        b"content-length: 0x2\r\n",
        b"content-length: 99999999999999999999999\r\n",
        b"x: a\r\n b\r\ncontent-length: 2\r\n",
    ],
)
def test_a_body_whose_end_can_be_read_in_two_ways_is_none(socketed, fields):
    """RFC 9112 6.3, 5.2."""
    octets = HEAD + fields + CLOSE + b"{}"
    assert problem(speak(socketed.host, socketed.port, octets)) == (400, "malformed")


@pytest.mark.parametrize("body", [b"zz\r\n{}\r\n0\r\n\r\n", b"2\r\n{}XX\r\n0\r\n\r\n", b"-1\r\n"])
def test_chunks_that_are_none_are_told_so(socketed, body):
    octets = HEAD + b"transfer-encoding: chunked\r\n\r\n"
    assert problem(speak(socketed.host, socketed.port, octets, body)) == (400, "malformed")


def test_any_spelling_of_chunked_is_read(socketed):
    octets = HEAD + b"transfer-encoding: Chunked\r\n" + CLOSE + b"2;a=b\r\n{}\r\n0\r\n\r\n"
    assert problem(speak(socketed.host, socketed.port, octets)) == (401, "credentials_missing")


class TestFrames:
    @pytest.fixture
    def body_seconds(self):
        return 60.0

    def test_chunks_of_more_frame_than_body_are_not_read_for_ever(self, socketed, guard):
        """A body has a limit, and so has what is said beside it (RFC 9112 7.1.1)."""
        head = HEAD + b"transfer-encoding: chunked\r\nexpect: 100-continue\r\n\r\n"
        with socket.create_connection((socketed.host, socketed.port)) as connection:
            connection.sendall(head)
            assert b" 100 " in connection.recv(100)
            connection.sendall(b"1;" + b"a" * guard.limits.head_octets)
            found = b"".join(iter(partial(connection.recv, 65536), b""))
        assert problem(found) == (413, "content_too_large")


@pytest.mark.parametrize(
    ("target", "status"),
    [
        (b"http://x/v1/time", 200),
        (b"HTTP://X/v1/time", 200),
        (b"http://evil/v1/time", 400),
        (b"http://x:8080/v1/time", 400),
        (b"http://x@evil/v1/time", 400),
        (b"/v1/time#x", 400),
        (b"/v1/time?#x", 400),
        (b"//x/v1/time", 404),
    ],
)
def test_a_target_names_the_host_that_the_request_names(socketed, target, status):
    """RFC 9112 3.2.2: the target's host counts, signatures cover the field's; one must do."""
    octets = b"GET " + target + b" HTTP/1.1\r\nhost: x\r\n" + CLOSE
    ((found, _, _),) = answers(speak(socketed.host, socketed.port, octets))
    assert found == status


def test_the_server_as_a_whole_says_what_it_can(socketed):
    """RFC 9110 9.3.7."""
    octets = b"OPTIONS * HTTP/1.1\r\nhost: x\r\n" + CLOSE
    ((status, fields, _),) = answers(speak(socketed.host, socketed.port, octets))
    assert (status, fields["allow"]) == (204, "DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT")
    found = speak(socketed.host, socketed.port, octets.replace(b"OPTIONS", b"GET"))
    assert problem(found) == (404, "not_found")


def test_who_leaves_while_being_answered_leaves_no_fault_in_the_log(socketed, guard, caplog):
    """Two octets behind a request made an error with a traceback, for whoever liked to."""
    refused = []
    guard.refused = refused.append
    with caplog.at_level(logging.ERROR):
        speak(socketed.host, socketed.port, TIME + b"\r\n" + b"\0\r\n\r\n")
        eventually(lambda: "malformed" in refused)
        speak(socketed.host, socketed.port, TIME + CLOSE)
    assert caplog.records == []
