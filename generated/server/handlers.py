"""What the application implements: one Protocol per tag. Generated; do not edit.

Each operation is an async method. It gets the request's context and its arguments, valid by the
contract, and returns the body of its first success or a `Reply`; it raises `Problem` to refuse.
"""

from __future__ import annotations

import builtins
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Protocol
from uuid import UUID

from . import models
from .runtime import model
from .runtime.context import Context
from .runtime.reply import Reply

__all__ = [
    "Any",
    "AsyncIterator",
    "Context",
    "Handlers",
    "Literal",
    "Reply",
    "UUID",
    "builtins",
    "date",
    "model",
    "models",
    "MarketDataHandlers",
    "OrdersHandlers",
    "AccountHandlers",
    "ApiKeysHandlers",
]


class MarketDataHandlers(Protocol):
    """What everybody may see. Needs no key."""

    async def get_time(
        self,
        context: Context,
    ) -> models.ServerTime | Reply[models.ServerTime]:
        """GET /v1/time

        Server time

        400: malformed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def get_status(
        self,
        context: Context,
    ) -> models.ServiceStatus | Reply[models.ServiceStatus]:
        """GET /v1/status

        Venue status

        400: malformed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def list_instruments(
        self,
        context: Context,
        *,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.InstrumentList | Reply[models.InstrumentList]:
        """GET /v1/instruments

        List instruments

        400: malformed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def get_order_book(
        self,
        context: Context,
        instrument_id: models.InstrumentId,
        *,
        depth: int = 50,
    ) -> models.OrderBook | Reply[models.OrderBook]:
        """GET /v1/instruments/{instrument_id}/book

        Order book

        400: malformed.
        404: instrument_not_found.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def list_trades(
        self,
        context: Context,
        instrument_id: models.InstrumentId,
        *,
        start_time: model.UtcInstant | None = None,
        end_time: model.UtcInstant | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.TradeList | Reply[models.TradeList]:
        """GET /v1/instruments/{instrument_id}/trades

        List public trades

        400: malformed.
        404: instrument_not_found.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def list_candles(
        self,
        context: Context,
        instrument_id: models.InstrumentId,
        *,
        interval: models.CandleInterval,
        start_time: model.UtcInstant | None = None,
        end_time: model.UtcInstant | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.CandleList | Reply[models.CandleList]:
        """GET /v1/instruments/{instrument_id}/candles

        List candles

        400: malformed.
        404: instrument_not_found.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...


class OrdersHandlers(Protocol):
    """Place, look up, amend and cancel orders."""

    async def list(
        self,
        context: Context,
        *,
        instrument_id: models.InstrumentId | None = None,
        status: models.OrderStatusFilter | None = None,
        start_time: model.UtcInstant | None = None,
        end_time: model.UtcInstant | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.OrderList | Reply[models.OrderList]:
        """GET /v1/orders

        List orders

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def create(
        self,
        context: Context,
        body: models.NewOrder,
        *,
        dry_run: bool = False,
    ) -> models.PlacedOrder | Reply[models.PlacedOrder]:
        """POST /v1/orders

        Place an order

        Answers: 200, 201.
        400: malformed, number_not_decimal_string.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: instrument_not_found.
        409: client_order_id_conflict.
        413: content_too_large.
        415: unsupported_media_type.
        422: invalid_combination, price_off_tick, quantity_off_step, below_minimum,
        insufficient_balance, post_only_would_cross, reduce_only_violation, self_trade_prevented,
        instrument_not_open.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        504: timeout_unknown.
        """
        ...

    async def cancel_all(
        self,
        context: Context,
        *,
        instrument_id: models.InstrumentId | None = None,
    ) -> models.CanceledOrders | Reply[models.CanceledOrders]:
        """DELETE /v1/orders

        Cancel all orders

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: instrument_not_found.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        504: timeout_unknown.
        """
        ...

    async def create_batch(
        self,
        context: Context,
        body: models.OrderBatch,
    ) -> models.OrderBatchResult | Reply[models.OrderBatchResult]:
        """POST /v1/orders/batch

        Place up to 20 orders

        400: malformed, number_not_decimal_string.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        413: content_too_large.
        415: unsupported_media_type.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        504: timeout_unknown.
        """
        ...

    async def get_by_client_id(
        self,
        context: Context,
        client_order_id: models.ClientOrderId,
    ) -> models.Order | Reply[models.Order]:
        """GET /v1/orders/by-client-id/{client_order_id}

        Get an order by your name of it

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: order_not_found.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def get(
        self,
        context: Context,
        order_id: models.OrderId,
    ) -> models.Order | Reply[models.Order]:
        """GET /v1/orders/{order_id}

        Get an order

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: order_not_found.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def amend(
        self,
        context: Context,
        order_id: models.OrderId,
        body: models.OrderAmendment,
    ) -> models.Order | Reply[models.Order]:
        """PATCH /v1/orders/{order_id}

        Amend an order

        400: malformed, number_not_decimal_string.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: order_not_found.
        409: version_conflict, order_not_open.
        413: content_too_large.
        415: unsupported_media_type.
        422: invalid_combination, price_off_tick, quantity_off_step, below_minimum,
        insufficient_balance, post_only_would_cross, reduce_only_violation, self_trade_prevented,
        instrument_not_open.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        504: timeout_unknown.
        """
        ...

    async def cancel(
        self,
        context: Context,
        order_id: models.OrderId,
    ) -> models.Order | Reply[models.Order]:
        """DELETE /v1/orders/{order_id}

        Cancel an order

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: order_not_found.
        409: order_not_open.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        504: timeout_unknown.
        """
        ...

    async def set_cancel_after(
        self,
        context: Context,
        body: models.NewCancelAfter,
    ) -> models.CancelAfter | Reply[models.CancelAfter]:
        """PUT /v1/cancel-after

        Set the dead-man switch

        400: malformed, number_not_decimal_string.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        413: content_too_large.
        415: unsupported_media_type.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        504: timeout_unknown.
        """
        ...


class AccountHandlers(Protocol):
    """Balances, positions, executions and limits of the account."""

    async def list_balances(
        self,
        context: Context,
    ) -> models.BalanceList | Reply[models.BalanceList]:
        """GET /v1/balances

        List balances

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def list_positions(
        self,
        context: Context,
    ) -> models.PositionList | Reply[models.PositionList]:
        """GET /v1/positions

        List positions

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def list_executions(
        self,
        context: Context,
        *,
        instrument_id: models.InstrumentId | None = None,
        order_id: models.OrderId | None = None,
        start_time: model.UtcInstant | None = None,
        end_time: model.UtcInstant | None = None,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.ExecutionList | Reply[models.ExecutionList]:
        """GET /v1/executions

        List executions

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def get_rate_limits(
        self,
        context: Context,
    ) -> models.RateLimitList | Reply[models.RateLimitList]:
        """GET /v1/rate-limits

        Rate limits

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...


class ApiKeysHandlers(Protocol):
    """The account's API keys."""

    async def list(
        self,
        context: Context,
        *,
        cursor: str | None = None,
        limit: int = 100,
    ) -> models.ApiKeyList | Reply[models.ApiKeyList]:
        """GET /v1/api-keys

        List API keys

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def create(
        self,
        context: Context,
        body: models.NewApiKey,
    ) -> models.IssuedApiKey | Reply[models.IssuedApiKey]:
        """POST /v1/api-keys

        Create an API key

        400: malformed, number_not_decimal_string.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        413: content_too_large.
        415: unsupported_media_type.
        422: invalid_combination, key_limit_reached.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def update(
        self,
        context: Context,
        key_id: models.KeyId,
        body: models.ApiKeyUpdate,
    ) -> models.ApiKey | Reply[models.ApiKey]:
        """PATCH /v1/api-keys/{key_id}

        Change an API key

        400: malformed, number_not_decimal_string.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: key_not_found.
        413: content_too_large.
        415: unsupported_media_type.
        422: invalid_combination.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def revoke(
        self,
        context: Context,
        key_id: models.KeyId,
    ) -> None | Reply[None]:
        """DELETE /v1/api-keys/{key_id}

        Revoke an API key

        400: malformed.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: key_not_found.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...

    async def rotate(
        self,
        context: Context,
        key_id: models.KeyId,
        body: models.ApiKeyRotation,
    ) -> models.IssuedApiKey | Reply[models.IssuedApiKey]:
        """POST /v1/api-keys/{key_id}/rotate

        Rotate an API key

        400: malformed, number_not_decimal_string.
        401: credentials_missing, signature_invalid, key_unknown, key_expired,
        timestamp_out_of_window, nonce_reused.
        403: scope_missing, ip_not_allowed.
        404: key_not_found.
        409: key_not_active.
        413: content_too_large.
        415: unsupported_media_type.
        422: invalid_combination, key_limit_reached.
        429: rate_limited.
        500: internal_error.
        503: overloaded.
        """
        ...


@dataclass(frozen=True, kw_only=True)
class Handlers:
    """The application's handlers, one object per tag."""

    market_data: MarketDataHandlers
    orders: OrdersHandlers
    account: AccountHandlers
    api_keys: ApiKeysHandlers
