"""The synchronous half of the runtime, derived from the asynchronous one.

The runtime's `aio` folder is written by hand; `sync` is the same text without `async` and
`await`, and with the names of the synchronous world. A file that has no mechanical twin is
written by hand in `sync` and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_WORDS = {
    "aclose": "close",
    "aiter_bytes": "iter_bytes",
    "aread": "read",
    "async_lock": "lock",
    "async_sleep": "sleep",
    "asynchronous": "synchronous",
    "handle_async_request": "handle_request",
    "AnyIOBackend": "SyncBackend",
    "AsyncByteStream": "SyncByteStream",
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aio": "sync",
}
_RULE = re.compile(
    r"\basync (?=def|with|for)|\bawait |\b(?:"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")\b|\b(_?)Async(?=[A-Z])"
)


def synchronous(text: str) -> str:
    """The synchronous twin of an asynchronous module."""
    return _RULE.sub(lambda found: found[1] or _WORDS.get(found[0], ""), text)


def with_synchronous(modules: Mapping[str, str]) -> dict[str, str]:
    """All modules of the runtime by relative path, with the derived ones added."""
    derived = {
        path.replace("aio/", "sync/", 1): synchronous(text)
        for path, text in modules.items()
        if path.startswith("aio/")
    }
    return dict(sorted({**derived, **modules}.items()))
