"""The way of a command from a handler to the core and back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from generated.server import Problem, problems
from handlers.core import (
    OutcomeUnknownError,
    OverloadedError,
    PartlyDoneError,
    Reads,
    Sought,
    TradingCore,
)
from handlers.exchange.codes import TIMESTAMP_OUT_OF_WINDOW
from handlers.exchange.commands import Command
from handlers.exchange.replies import Refused, Reply
from handlers.exchange.times import rfc3339
from handlers.exchange.views import OrderView
from handlers.refusals import problem_of

PATIENCE_SECONDS: Final = 10.0
_RETRY_AFTER: Final = (("retry-after", "1"),)
_CHALLENGE: Final = (("www-authenticate", "Signature"),)


async def carry_out(engine: TradingCore, command: Command, place: str = "/body") -> Reply:
    """Have the core carry out a command.

    Raises:
        Problem: What the core refused, 503 where it took nothing, 504 where nobody knows.
    """
    reply = await attempt(engine, command)
    if reply.refused is not None:
        raise refused(engine, reply.refused, place)
    return reply


async def attempt(engine: TradingCore, command: Command) -> Reply:
    """Like `carry_out`, with a refusal in the reply."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await engine.submit(command)
    except OverloadedError as error:
        raise overloaded() from error
    except PartlyDoneError as error:
        raise problems.timeout_unknown(str(error), retryable=True) from error
    except (OutcomeUnknownError, TimeoutError) as error:
        raise problems.timeout_unknown(
            "The request may still take effect. Get the order by its client_order_id.",
            retryable=True,
        ) from error


async def look_up(
    engine: TradingCore, sought: Sought, question: Callable[[Reads], OrderView]
) -> OrderView:
    """Ask about an order, of the core with everything in it that was acknowledged before.

    Raises:
        Problem: 503 where that cannot be known.
        RefusalError: As the question does.
    """
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            venue = await engine.current(sought)
        return question(venue)
    except (OutcomeUnknownError, TimeoutError) as error:
        raise overloaded() from error


def refused(engine: TradingCore, refusal: Refused, place: str = "/body") -> Problem:
    """The Problem of a command that the core refused; see `refusals.problem_of`."""
    if refusal.code != TIMESTAMP_OUT_OF_WINDOW:
        return problem_of(refusal, place)
    return problems.timestamp_out_of_window(
        refusal.detail,
        retryable=True,
        headers=_CHALLENGE,
        members={"server_time": rfc3339(engine.exchange.time)},
    )


def overloaded() -> Problem:
    """The 503 of a request that the core did not take."""
    return problems.overloaded("The venue is shedding load.", headers=_RETRY_AFTER)
