"""Whether requests may have to go through a proxy."""

from __future__ import annotations

import os
import sys


def proxies_configured() -> bool:
    """Whether the environment, or on macOS and Windows the system, names a proxy for anything."""
    if sys.platform in {"darwin", "win32"}:
        from urllib.request import getproxies  # noqa: PLC0415 - costs as much as half of this SDK

        return bool(getproxies())
    return any(value for name, value in os.environ.items() if name.lower().endswith("_proxy"))
