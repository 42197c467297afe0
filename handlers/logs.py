"""Structured logs: one JSON object a line, and never a secret in it.

What is logged of a request is chosen here, member by member; header fields, bodies and query
strings are never among them.
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Final

from generated.server import Context

_ACCESS: Final = logging.getLogger("handlers.access")


class JsonFormatter(logging.Formatter):
    """A log record as a JSON object; `extra={"fields": {...}}` adds members."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="microseconds")
        entry: dict[str, object] = {
            "time": moment.replace("+00:00", "Z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        # In ASCII: U+2028 ends lines for some readers, and other marks turn text around.
        return json.dumps(entry)


def set_up(level: str) -> None:
    """Send all logs to standard error as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    # Uvicorn would log the query string as well.
    logging.getLogger("uvicorn.access").disabled = True


def observe(context: Context, status: int, seconds: float) -> None:
    """Log one answer."""
    if not _ACCESS.isEnabledFor(logging.INFO):
        return
    fields = {
        "request_id": context.request_id,
        "operation": context.operation_id,
        "status": status,
        "milliseconds": round(seconds * 1000, 3),
        "account": context.principal.subject,
        "key": context.signature.key_id if context.signature is not None else "",
        "address": context.client_ip,
    }
    _ACCESS.info("request", extra={"fields": fields})
