"""Environment variables of an SDK: one name for a setting, in every language."""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.emit.words import words
from wireproof.source.node import Json

_SAY_NOTHING = frozenset({"api", "rest"})
_MOST_WORDS = 4


def env_prefix(options: Mapping[str, Json], title: str) -> str:
    """What they begin with: `NORTHGATE` of `NORTHGATE_BASE_URL`.

    From the option `env_prefix` (or `env-prefix`), else the package's name (`@acme/orders` is
    `ORDERS`), else the first words of the contract's title.
    """
    given = options.get("env_prefix") or options.get("env-prefix")
    if given:
        return str(given)
    package = str(options.get("package") or "").rpartition("/")[2]
    parts = list(words(package)) or [word for word in words(title) if word not in _SAY_NOTHING]
    prefix = "_".join(parts[:_MOST_WORDS] if not package else parts).upper()
    return prefix if prefix.isidentifier() and prefix.isascii() else "API"
