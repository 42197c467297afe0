"""From the core's views to the contract's models, and from its requests to commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeVar

from generated.server import models
from generated.server.runtime.model import Model
from handlers.exchange.commands import AmendOrder, PlaceOrder
from handlers.exchange.paging import Page
from handlers.exchange.times import microseconds
from handlers.exchange.views import OrderView

M = TypeVar("M", bound=Model)
V = TypeVar("V")

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_INSTANTS: Final = frozenset(
    {"time", "start_time", "updated_time", "created_time", "expire_time", "trigger_time"}
)


def instant(time: int) -> datetime:
    """A moment from microseconds since the epoch."""
    return _EPOCH + timedelta(microseconds=time)


def optional_instant(time: int | None) -> datetime | None:
    """The same for a time that may be missing."""
    return None if time is None else instant(time)


def plain(amount: Decimal | None) -> str | None:
    """An amount as the core takes it: digits without exponent."""
    return None if amount is None else format(amount, "f")


def model(kind: type[M], view: Any, **more: object) -> M:  # noqa: ANN401 - any of the core's named tuples
    """A response model with the members of a view, which have the same names."""
    members: dict[str, Any] = view._asdict()
    for name in _instants(view._fields):
        members[name] = optional_instant(members[name])
    members.update(more)
    return kind.model_validate(members)


@cache
def _instants(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name for name in names if name in _INSTANTS)


def page(kind: Callable[..., M], items: Page[V], show: Callable[[V], Model]) -> M:
    """A list response from a page of the core's."""
    return kind(data=[show(item) for item in items.items], next_cursor=items.next_cursor)


def order(view: OrderView) -> models.Order:
    """The contract's Order."""
    return model(models.Order, view)


def placed_order(
    view: OrderView, *, replayed: bool = False, dry_run: bool = False
) -> models.PlacedOrder:
    """The contract's PlacedOrder."""
    return model(models.PlacedOrder, view, replayed=replayed, dry_run=dry_run)


def place_order(account_id: str, request: models.NewOrder, expires: int | None) -> PlaceOrder:
    """The command behind an order request."""
    given = {name: getattr(request, name) for name in request.model_fields_set}
    if "expire_time" in given:
        given["expire_time"] = microseconds(given["expire_time"])
    for name in ("quantity", "limit_price", "stop_price"):
        if name in given:
            given[name] = plain(given[name])
    return PlaceOrder(account_id=account_id, expires=expires, **given)


def amend_order(
    account_id: str, order_id: str, request: models.OrderAmendment, expires: int | None
) -> AmendOrder:
    """The command behind an amendment."""
    return AmendOrder(
        account_id=account_id,
        order_id=order_id,
        expected_version=request.expected_version,
        quantity=plain(request.quantity),
        limit_price=plain(request.limit_price),
        stop_price=plain(request.stop_price),
        expires=expires,
    )
