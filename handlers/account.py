"""The account: balances, positions, executions, limits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from generated.server import Context, RateLimiter, models
from generated.server.runtime.plan import Bucket
from handlers import translate
from handlers.caller import account_of
from handlers.core import TradingCore
from handlers.pages import window
from handlers.refusals import refusals


class AccountData:
    """Implements the operations of the tag `account`."""

    def __init__(
        self, engine: TradingCore, limiter: RateLimiter, buckets: Sequence[Bucket]
    ) -> None:
        self._engine = engine
        self._limiter = limiter
        self._buckets = [bucket for bucket in buckets if bucket.partition == "account"]

    async def list_balances(self, context: Context) -> models.BalanceList:
        """All assets, in one instant."""
        found = self._engine.exchange.balances(account_of(context))
        return models.BalanceList(data=[translate.model(models.Balance, each) for each in found])

    async def list_positions(self, context: Context) -> models.PositionList:
        """All instruments, in one instant."""
        found = self._engine.exchange.positions(account_of(context))
        return models.PositionList(data=[translate.model(models.Position, each) for each in found])

    async def list_executions(
        self,
        context: Context,
        *,
        instrument_id: str | None = None,
        order_id: str | None = None,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.ExecutionList:
        """The account's side of its trades, newest first."""
        with refusals("/query"):
            found = self._engine.exchange.executions(
                account_of(context),
                window(cursor, limit, start_time, end_time),
                instrument_id=instrument_id,
                order_id=order_id,
            )
        return translate.page(
            models.ExecutionList, found, partial(translate.model, models.Execution)
        )

    async def get_rate_limits(self, context: Context) -> models.RateLimitList:
        """The account's buckets and what is left in each."""
        account_id = account_of(context)
        return models.RateLimitList(
            data=[
                models.RateLimit(
                    bucket=bucket.name,
                    rate=int(bucket.rate),
                    burst=bucket.burst,
                    # Taking nothing tells what is left.
                    remaining=(await self._limiter.take(bucket, account_id, 0)).remaining,
                )
                for bucket in self._buckets
            ]
        )
