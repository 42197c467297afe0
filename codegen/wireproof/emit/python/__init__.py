"""The Python SDK: typed synchronous and asynchronous clients over a hand-written runtime."""

from __future__ import annotations

from wireproof.emit.python.files import emit
from wireproof.emit.target import Target

TARGET = Target(
    name="python",
    summary="Python SDK: sync and async client, Pydantic models, exact decimals, safe retries",
    emit=emit,
)
