"""`Prefer` (RFC 7240): how a caller chooses an answer.

`code=404`, `example=name`, `dynamic=true` (made values where examples would be shown), `seed=7`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_PREFERENCE = re.compile(r'([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|([^",;]*))')


@dataclass(frozen=True, slots=True)
class Preferences:
    """What the caller would like; "" and None where nothing was said."""

    code: str = ""
    example: str = ""
    dynamic: bool = False
    seed: int | None = None

    @property
    def applied(self) -> str:
        """Value of `Preference-Applied`, "" where nothing was asked for."""
        parts = [f"code={self.code}"] if self.code else []
        if self.example:
            parts.append(f'example="{self.example}"')
        if self.dynamic:
            parts.append("dynamic=true")
        if self.seed is not None:
            parts.append(f"seed={self.seed}")
        return ", ".join(parts)


def preferences(fields: tuple[str, ...]) -> Preferences:
    """What all `Prefer` fields of a request say; preferences of other kinds are let pass."""
    found: dict[str, str] = {}
    for field in fields:
        for name, quoted, plain in _PREFERENCE.findall(field):
            found.setdefault(name.lower(), (quoted or plain).strip())
    seed = found.get("seed", "")
    return Preferences(
        code=found.get("code", ""),
        example=found.get("example", ""),
        dynamic=found.get("dynamic", "").lower() == "true",
        seed=int(seed) if seed.isascii() and seed.isdigit() else None,
    )
