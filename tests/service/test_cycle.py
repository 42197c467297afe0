"""Answers on their way to the socket: what leaves in one piece, and what may not leave so."""

from __future__ import annotations

import pytest

from handlers.cycle import whole_head

FIELDS = [(b"content-type", b"application/json"), (b"content-length", b"2")]


def test_a_head_is_its_status_and_its_fields_a_line_each():
    assert whole_head(200, FIELDS, 2) == (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n"
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (b"x", b"a\r\nset-cookie: b"),
        (b"x", b"a\nb"),
        (b"x", b"a\rb"),
        (b"x", b"a\0b"),
        (b"x\r\ny", b"z"),
        (b"connection", b"close"),
        (b"transfer-encoding", b"chunked"),
        (b"content-length", b"2"),
        (b"content-length", b"3"),
    ],
)
def test_what_is_more_than_one_field_or_says_how_to_read_on_is_left_to_uvicorn(name, value):
    assert whole_head(200, [(name, value), *FIELDS], 2) is None
    assert whole_head(200, [*FIELDS, (name, value)], 2) is None


def test_so_is_a_body_of_another_length():
    assert whole_head(200, FIELDS, 3) is None
    assert whole_head(200, FIELDS[:1], 2) is None
    assert whole_head(200, [(b"content-length", b"22")], 2) is None
