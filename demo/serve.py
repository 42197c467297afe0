"""`python -m demo.serve`: Northgate on loopback until Ctrl-C, with sandbox keys to try."""

from __future__ import annotations

import argparse
import contextlib
import tempfile
from pathlib import Path

from demo.venue import running


def main() -> None:
    """Serve, print the URL and the keys, and wait."""
    parser = argparse.ArgumentParser(prog="python -m demo.serve", description=main.__doc__)
    parser.add_argument("--port", type=int, default=8080, help="0 for any free one")
    port = parser.parse_args().port
    with (
        tempfile.TemporaryDirectory(prefix="northgate-") as folder,
        running(Path(folder), port) as venue,
        contextlib.suppress(KeyboardInterrupt),
    ):
        print(f"Northgate: {venue.url}\n")
        for name, account in venue.accounts.items():
            print(f"# {name}")
            print(f"export NORTHGATE_BASE_URL={venue.url}")
            print(f"export NORTHGATE_KEY_ID={account['key_id']}")
            print(f"export NORTHGATE_PRIVATE_KEY={account['private_key']}\n")
        print("Ctrl-C ends it; nothing is kept.", flush=True)
        venue.process.wait()


if __name__ == "__main__":
    main()
