"""Runs the venue and samples where its CPU time goes: `venue_profile.py FILE serve`.

A signal comes after every two milliseconds of the process's CPU time. The stack it finds is booked
under the first line of `PLACES` whose module stands in it, asked from the innermost frame outwards;
the counts go to FILE as JSON when the venue ends.
"""

from __future__ import annotations

import json
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 0.002
PLACES = (
    (
        "signature: Ed25519, digest, base",
        ("runtime/signature/", "runtime/failed_auth", "server/auth"),
    ),
    ("nonce and key", ("handlers/keys/",)),
    ("core", ("handlers/exchange/",)),
    ("engine and journal", ("handlers/engine", "handlers/store/")),
    ("cluster: stream and replica", ("handlers/cluster/",)),
    ("rate limits", ("runtime/memory", "runtime/ratelimit")),
    (
        "validation and models",
        ("runtime/validation", "runtime/exact_json", "runtime/model", "pydantic", "server/models"),
    ),
    ("metrics and logs", ("handlers/metrics", "handlers/logs", "prometheus_client", "/logging/")),
    (
        "translation and dispatch",
        ("handlers/translate", "handlers/orders", "handlers/dispatch", "handlers/account"),
    ),
    ("generated server: the rest", ("generated/server/",)),
    ("HTTP: parser, guard, headers", ("uvicorn/protocols", "handlers/wire", "handlers/headers")),
    ("frameworks in between", ("starlette", "connexion", "uvicorn/middleware")),
)


def place(frame: FrameType | None) -> str:
    """The part of the venue that a stack belongs to."""
    while frame is not None:
        path = frame.f_code.co_filename
        for name, parts in PLACES:
            if any(part in path for part in parts):
                return name
        frame = frame.f_back
    return "event loop, sockets, the journal's thread"


def main() -> int:
    """Run `python -m handlers ...` under the sampler."""
    found: Counter[str] = Counter()

    def sample(_number: int, frame: FrameType | None) -> None:
        found[place(frame)] += 1

    sys.path.insert(0, str(ROOT))
    from handlers.__main__ import main as run  # noqa: PLC0415 - after the path is set

    signal.signal(signal.SIGPROF, sample)
    signal.signal(signal.SIGUSR2, lambda *_: found.clear())
    signal.setitimer(signal.ITIMER_PROF, SECONDS, SECONDS)
    target = Path(sys.argv[1])
    signal.signal(signal.SIGUSR1, lambda *_: target.write_text(json.dumps(found)))
    return run(sys.argv[2:])


if __name__ == "__main__":
    sys.exit(main())
