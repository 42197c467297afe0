"""Orders: place, look up, amend, cancel."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from generated.server import Context, Reply, models
from generated.server.runtime.problem import Dialect
from handlers import translate
from handlers.caller import account_of, expires_of
from handlers.clock import Clock
from handlers.core import Sought, TradingCore
from handlers.dispatch import attempt, carry_out, look_up, refused
from handlers.exchange import replies
from handlers.exchange.codes import ORDER_NOT_OPEN
from handlers.exchange.commands import CancelAll, CancelOrder, PlaceBatch, SetCancelAfter
from handlers.exchange.orders import CANCELED, PENDING_NEW
from handlers.exchange.views import OrderView
from handlers.pages import window
from handlers.refusals import PROBLEM_TYPES, problem_of, refusals

_DIALECT: Final = Dialect(types=PROBLEM_TYPES)


class Orders:
    """Implements the operations of the tag `orders`. Accounts see their own orders only."""

    def __init__(self, engine: TradingCore, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock

    async def create(
        self, context: Context, body: models.NewOrder, *, dry_run: bool = False
    ) -> Reply[models.PlacedOrder]:
        """Place an order, show the one that the same request placed before, or only check."""
        command = translate.place_order(account_of(context), body, expires_of(context))
        if dry_run:
            sought = Sought(command.account_id, instrument_id=command.instrument_id)
            with refusals():
                view = await look_up(
                    self._engine, sought, lambda venue: venue.dry_run(command, self._clock())
                )
            known = view.status != PENDING_NEW
            return Reply(translate.placed_order(view, replayed=known, dry_run=True), status=200)
        reply = await carry_out(self._engine, command)
        placed = _placed(reply)
        if reply.replayed:
            return Reply(placed, status=200)
        return Reply(placed, status=201, headers=[("location", f"/v1/orders/{placed.order_id}")])

    async def create_batch(
        self, context: Context, body: models.OrderBatch
    ) -> models.OrderBatchResult:
        """Place orders one after the other, each with its own result."""
        account_id, expires = account_of(context), expires_of(context)
        items = tuple(translate.place_order(account_id, item, expires) for item in body.orders)
        command = PlaceBatch(account_id=account_id, items=items, expires=expires)
        reply = await carry_out(self._engine, command)
        return models.OrderBatchResult(
            results=[
                _batch_item(context, index, item.client_order_id, result)
                for index, (item, result) in enumerate(zip(items, reply.items, strict=True))
            ]
        )

    async def get(self, context: Context, order_id: str) -> models.Order:
        """An order by the venue's name of it."""
        account_id = account_of(context)
        sought = Sought(account_id, order_id=order_id)
        with refusals("/path"):
            view = await look_up(
                self._engine, sought, lambda venue: venue.order(account_id, order_id)
            )
        return translate.order(view)

    async def get_by_client_id(self, context: Context, client_order_id: str) -> models.Order:
        """An order by the client's name of it; linearizable."""
        account_id = account_of(context)
        sought = Sought(account_id, client_order_id=client_order_id)
        with refusals("/path"):
            view = await look_up(
                self._engine,
                sought,
                lambda venue: venue.order_by_client_id(account_id, client_order_id),
            )
        return translate.order(view)

    async def list(
        self,
        context: Context,
        *,
        instrument_id: str | None = None,
        status: str | None = None,
        start_time: datetime | None = None,
        end_time: datetime | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.OrderList:
        """The account's orders, newest first."""
        with refusals("/query"):
            found = self._engine.exchange.orders(
                account_of(context),
                window(cursor, limit, start_time, end_time),
                instrument_id=instrument_id,
                status=status,
            )
        return translate.page(models.OrderList, found, translate.order)

    async def amend(
        self, context: Context, order_id: str, body: models.OrderAmendment
    ) -> models.Order:
        """Change a working order."""
        command = translate.amend_order(account_of(context), order_id, body, expires_of(context))
        reply = await carry_out(self._engine, command)
        return translate.order(_shown(reply))

    async def cancel(self, context: Context, order_id: str) -> models.Order:
        """Cancel an order; one that is canceled already is simply shown."""
        account_id = account_of(context)
        command = CancelOrder(account_id=account_id, order_id=order_id, expires=expires_of(context))
        reply = await attempt(self._engine, command)
        if reply.refused is None:
            return translate.order(_shown(reply))
        if reply.refused.code == ORDER_NOT_OPEN:
            view = self._engine.exchange.order(account_id, order_id)
            if view.status == CANCELED:
                return translate.order(view)
        raise refused(self._engine, reply.refused, "/path")

    async def cancel_all(
        self, context: Context, *, instrument_id: str | None = None
    ) -> models.CanceledOrders:
        """Cancel all working orders of the account, or those of one instrument."""
        command = CancelAll(
            account_id=account_of(context),
            instrument_id=instrument_id,
            expires=expires_of(context),
        )
        reply = await carry_out(self._engine, command, "/query")
        return models.CanceledOrders(order_ids=list(reply.canceled))

    async def set_cancel_after(
        self, context: Context, body: models.NewCancelAfter
    ) -> models.CancelAfter:
        """Arm, re-arm or disarm the dead-man switch."""
        command = SetCancelAfter(
            account_id=account_of(context),
            timeout_ms=body.timeout_ms,
            expires=expires_of(context),
        )
        reply = await carry_out(self._engine, command)
        return models.CancelAfter(
            timeout_ms=body.timeout_ms,
            trigger_time=translate.optional_instant(reply.cancel_after),
        )


def _shown(reply: replies.Reply) -> OrderView:
    if reply.order is None:
        raise TypeError("the core showed no order")
    return reply.order


def _placed(reply: replies.Reply) -> models.PlacedOrder:
    return translate.placed_order(_shown(reply), replayed=reply.replayed)


def _batch_item(
    context: Context, index: int, client_order_id: str, reply: replies.Reply
) -> models.AcceptedBatchItem | models.RefusedBatchItem:
    if reply.refused is None:
        return models.AcceptedBatchItem(
            result="accepted", client_order_id=client_order_id, order=_placed(reply)
        )
    problem = problem_of(reply.refused, f"/body/orders/{index}")
    return models.RefusedBatchItem(
        result="refused",
        client_order_id=client_order_id,
        problem=models.Problem.model_validate(_DIALECT.document(problem, context.request_id)),
    )
