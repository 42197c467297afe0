"""What is logged: one line a request, one an answer, never a secret.

Log records go to the logger named after the package; set `<PACKAGE>_LOG=debug` (or configure
the logger) to see them.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Mapping

from .request import Request

REDACTED = "[redacted]"

_SECRET_FIELDS = frozenset(
    {"authorization", "proxy-authorization", "cookie", "set-cookie", "signature", "x-api-key"}
)
_SECRET_WORDS = ("token", "secret", "password", "api-key", "apikey", "api_key", "signature")


def redacted(fields: Mapping[str, str], secret: Iterable[str] = ()) -> dict[str, str]:
    """Header fields with the values of secret ones replaced."""
    named = {name.lower() for name in secret}
    return {
        name: REDACTED if _is_secret(name.lower(), named) else value
        for name, value in fields.items()
    }


def redacted_url(request: Request, secret: Iterable[str] = ()) -> str:
    """The URL with the values of secret query parameters replaced."""
    if not request.query:
        return request.url
    named = {name.lower() for name in secret}
    pairs: list[str] = []
    for pair in request.query.split("&"):
        name, equals, _ = pair.partition("=")
        secretive = bool(equals) and _is_secret(name.lower(), named)
        pairs.append(f"{name}={REDACTED}" if secretive else pair)
    return f"{request.origin}{request.path}?{'&'.join(pairs)}"


def _is_secret(name: str, named: set[str]) -> bool:
    return name in _SECRET_FIELDS or name in named or any(word in name for word in _SECRET_WORDS)


def logger_for(package: str, variable: str) -> logging.Logger:
    """The package's logger; an environment variable sets its level."""
    logger = logging.getLogger(package)
    level = os.environ.get(variable, "").upper()
    if level in {"DEBUG", "INFO", "WARNING", "ERROR"} and logger.level == logging.NOTSET:
        logger.setLevel(level)
        if not logging.getLogger().handlers and not logger.handlers:
            logger.addHandler(logging.StreamHandler())
    return logger
