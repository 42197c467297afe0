"""Models: what the API answers."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, List

if TYPE_CHECKING:
    from .account import Balance as Balance
    from .account import BalanceList as BalanceList
    from .account import Execution as Execution
    from .account import ExecutionList as ExecutionList
    from .account import Liquidity as Liquidity
    from .account import Position as Position
    from .account import PositionList as PositionList
    from .account import RateLimit as RateLimit
    from .account import RateLimitList as RateLimitList
    from .api_keys import ApiKey as ApiKey
    from .api_keys import ApiKeyAlgorithm as ApiKeyAlgorithm
    from .api_keys import ApiKeyList as ApiKeyList
    from .api_keys import ApiKeyScope as ApiKeyScope
    from .api_keys import ApiKeyStatus as ApiKeyStatus
    from .api_keys import IpAllowList as IpAllowList
    from .api_keys import IssuedApiKey as IssuedApiKey
    from .api_keys import NewApiKeyAlgorithm as NewApiKeyAlgorithm
    from .api_keys import NewApiKeyScope as NewApiKeyScope
    from .market_data import Candle as Candle
    from .market_data import CandleInterval as CandleInterval
    from .market_data import CandleList as CandleList
    from .market_data import Instrument as Instrument
    from .market_data import InstrumentList as InstrumentList
    from .market_data import InstrumentStatus as InstrumentStatus
    from .market_data import OrderBook as OrderBook
    from .market_data import PriceLevel as PriceLevel
    from .market_data import ServerTime as ServerTime
    from .market_data import ServiceStatus as ServiceStatus
    from .market_data import Trade as Trade
    from .market_data import TradeList as TradeList
    from .market_data import VenueStatus as VenueStatus
    from .orders import AcceptedBatchItem as AcceptedBatchItem
    from .orders import CancelAfter as CancelAfter
    from .orders import CancelReason as CancelReason
    from .orders import CanceledOrders as CanceledOrders
    from .orders import NewOrderSide as NewOrderSide
    from .orders import NewOrderStpMode as NewOrderStpMode
    from .orders import NewOrderTimeInForce as NewOrderTimeInForce
    from .orders import NewOrderType as NewOrderType
    from .orders import Order as Order
    from .orders import OrderBatchItem as OrderBatchItem
    from .orders import OrderBatchResult as OrderBatchResult
    from .orders import OrderList as OrderList
    from .orders import OrderStatus as OrderStatus
    from .orders import OrderStatusFilter as OrderStatusFilter
    from .orders import OrderType as OrderType
    from .orders import PlacedOrder as PlacedOrder
    from .orders import RefusedBatchItem as RefusedBatchItem
    from .orders import StpMode as StpMode
    from .orders import TimeInForce as TimeInForce
    from .shared import OrderSide as OrderSide
    from .shared import Problem as Problem
    from .shared import ProblemCode as ProblemCode
    from .shared import ProblemDetail as ProblemDetail
    from .shared import ProblemOutcome as ProblemOutcome

_MODULES = {
    "Balance": "account",
    "BalanceList": "account",
    "Execution": "account",
    "ExecutionList": "account",
    "Liquidity": "account",
    "Position": "account",
    "PositionList": "account",
    "RateLimit": "account",
    "RateLimitList": "account",
    "ApiKey": "api_keys",
    "ApiKeyAlgorithm": "api_keys",
    "ApiKeyList": "api_keys",
    "ApiKeyScope": "api_keys",
    "ApiKeyStatus": "api_keys",
    "IpAllowList": "api_keys",
    "IssuedApiKey": "api_keys",
    "NewApiKeyAlgorithm": "api_keys",
    "NewApiKeyScope": "api_keys",
    "Candle": "market_data",
    "CandleInterval": "market_data",
    "CandleList": "market_data",
    "Instrument": "market_data",
    "InstrumentList": "market_data",
    "InstrumentStatus": "market_data",
    "OrderBook": "market_data",
    "PriceLevel": "market_data",
    "ServerTime": "market_data",
    "ServiceStatus": "market_data",
    "Trade": "market_data",
    "TradeList": "market_data",
    "VenueStatus": "market_data",
    "AcceptedBatchItem": "orders",
    "CancelAfter": "orders",
    "CancelReason": "orders",
    "CanceledOrders": "orders",
    "NewOrderSide": "orders",
    "NewOrderStpMode": "orders",
    "NewOrderTimeInForce": "orders",
    "NewOrderType": "orders",
    "Order": "orders",
    "OrderBatchItem": "orders",
    "OrderBatchResult": "orders",
    "OrderList": "orders",
    "OrderStatus": "orders",
    "OrderStatusFilter": "orders",
    "OrderType": "orders",
    "PlacedOrder": "orders",
    "RefusedBatchItem": "orders",
    "StpMode": "orders",
    "TimeInForce": "orders",
    "OrderSide": "shared",
    "Problem": "shared",
    "ProblemCode": "shared",
    "ProblemDetail": "shared",
    "ProblemOutcome": "shared",
}


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)


def __dir__() -> List[str]:
    return sorted({*globals(), *_MODULES})
