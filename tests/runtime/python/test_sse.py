from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdk_runtime.sse import EventDecoder, ServerSentEvent

STREAM = (
    "\ufeff: hello\n\nevent: add\ndata: 73857293\ndata:  two\nid: 1\n\r\n"
    "data\n\nretry: 10\rdata: é\r\r"
)
EVENTS = [
    ServerSentEvent("73857293\n two", "add", "1"),
    ServerSentEvent("", "message", "1"),
    ServerSentEvent("é", "message", "1", 10),
]


def decoded(chunks: list[bytes]) -> list[ServerSentEvent]:
    decoder = EventDecoder()
    return [event for chunk in chunks for event in decoder.feed(chunk)]


@given(st.lists(st.integers(0, 120), max_size=20))
def test_events_do_not_depend_on_how_they_are_cut(cuts: list[int]) -> None:
    # A CR at the very end waits for the LF that may follow it, so the stream gets one more line.
    raw = STREAM.encode() + b"\n"
    places = sorted({0, len(raw), *(cut for cut in cuts if cut < len(raw))})
    chunks = [raw[start:end] for start, end in pairwise(places)]
    assert decoded(chunks) == EVENTS


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("data: a\n", []),  # no empty line: the event is incomplete
        ("data:a\n\n", ["a"]),
        ("id: x\n\n", []),
        ("datas: a\n\n", []),
        ("data: a: b\n\n", ["a: b"]),
    ],
)
def test_corners_of_the_standard(text: str, data: list[str]) -> None:
    assert [event.data for event in decoded([text.encode()])] == data
