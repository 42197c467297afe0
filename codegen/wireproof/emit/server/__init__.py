"""The server: a connexion application with compiled operations, models and handler Protocols."""

from __future__ import annotations

from wireproof.emit.server.emitter import emit
from wireproof.emit.target import Target

__all__ = ["TARGET"]

TARGET = Target("server", "ASGI server on connexion: typed handlers, Pydantic models", emit)
