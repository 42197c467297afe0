"""What handlers need of the trading core, wherever it runs, and how it may fail them."""

from __future__ import annotations

from typing import Protocol

from handlers.exchange.commands import Command, mistyped
from handlers.exchange.exchange import Exchange
from handlers.exchange.replies import Reply


class EngineError(Exception):
    """The engine did not answer a command."""


class OverloadedError(EngineError):
    """The command was turned away before it was sequenced: it is not executed."""


class OutcomeUnknownError(EngineError):
    """The engine stopped while the command was in flight: it may or may not be executed."""


class TradingCore(Protocol):
    """What handlers need of the core, wherever it runs: an `Engine` here, or a replica of one."""

    @property
    def exchange(self) -> Exchange:
        """The venue, for queries that need not be linearizable (see `current`)."""
        ...

    @property
    def is_ready(self) -> bool:
        """Whether commands are taken."""
        ...

    @property
    def waiting(self) -> int:
        """How many commands wait for an answer."""
        ...

    async def start(self) -> None:
        """Recover, then take commands."""
        ...

    async def submit(self, command: Command) -> Reply:
        """Have a command carried out; see `Engine.submit`."""
        ...

    async def current(self) -> Exchange:
        """The venue with everything in it that was sequenced before; see `Engine.current`."""
        ...

    async def stop(self) -> None:
        """Take nothing new and let go of everything."""
        ...


def require_typed(command: Command) -> None:
    """Raise TypeError for a command that the core could not digest."""
    wrong = mistyped(command)
    if wrong is not None:
        raise TypeError(f"{type(command).__name__}.{wrong} is not of its type")
