"""Python SDK for Northgate.

Everything is imported when it is first used, so `import northgate` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from . import errors as errors
    from . import models as models
    from . import params as params
    from ._async_client import AsyncNorthgate as AsyncNorthgate
    from ._client import Northgate as Northgate
    from ._runtime.absent import NOT_GIVEN as NOT_GIVEN
    from ._runtime.absent import NotGiven as NotGiven
    from ._runtime.aio.transport import AsyncHttpxTransport as AsyncHttpxTransport
    from ._runtime.aio.transport import AsyncTransport as AsyncTransport
    from ._runtime.hooks import Hooks as Hooks
    from ._runtime.request import Timeout as Timeout
    from ._runtime.response import APIResponse as APIResponse
    from ._runtime.retry import RetryPolicy as RetryPolicy
    from ._runtime.sync.transport import HttpxTransport as HttpxTransport
    from ._runtime.sync.transport import Transport as Transport
    from ._version import VERSION as __version__
    from .errors import NorthgateError as NorthgateError
    from .errors import APIConnectionError as APIConnectionError
    from .errors import APIStatusError as APIStatusError
    from .errors import APITimeoutError as APITimeoutError
    from .errors import AuthenticationError as AuthenticationError
    from .errors import BadRequestError as BadRequestError
    from .errors import ConfigurationError as ConfigurationError
    from .errors import ConflictError as ConflictError
    from .errors import GoneError as GoneError
    from .errors import InternalServerError as InternalServerError
    from .errors import NotFoundError as NotFoundError
    from .errors import PermissionDeniedError as PermissionDeniedError
    from .errors import RateLimitError as RateLimitError
    from .errors import ResponseDecodeError as ResponseDecodeError
    from .errors import UnknownOutcomeError as UnknownOutcomeError
    from .errors import UnprocessableEntityError as UnprocessableEntityError
    from .errors import BelowMinimumError as BelowMinimumError
    from .errors import ClientOrderIdConflictError as ClientOrderIdConflictError
    from .errors import ContentTooLargeError as ContentTooLargeError
    from .errors import CredentialsMissingError as CredentialsMissingError
    from .errors import InstrumentNotFoundError as InstrumentNotFoundError
    from .errors import InstrumentNotOpenError as InstrumentNotOpenError
    from .errors import InsufficientBalanceError as InsufficientBalanceError
    from .errors import InternalError as InternalError
    from .errors import InvalidCombinationError as InvalidCombinationError
    from .errors import IpNotAllowedError as IpNotAllowedError
    from .errors import KeyExpiredError as KeyExpiredError
    from .errors import KeyLimitReachedError as KeyLimitReachedError
    from .errors import KeyNotActiveError as KeyNotActiveError
    from .errors import KeyNotFoundError as KeyNotFoundError
    from .errors import KeyUnknownError as KeyUnknownError
    from .errors import MalformedError as MalformedError
    from .errors import NonceReusedError as NonceReusedError
    from .errors import NumberNotDecimalStringError as NumberNotDecimalStringError
    from .errors import OrderNotFoundError as OrderNotFoundError
    from .errors import OrderNotOpenError as OrderNotOpenError
    from .errors import OverloadedError as OverloadedError
    from .errors import PostOnlyWouldCrossError as PostOnlyWouldCrossError
    from .errors import PriceOffTickError as PriceOffTickError
    from .errors import QuantityOffStepError as QuantityOffStepError
    from .errors import RateLimitedError as RateLimitedError
    from .errors import ReduceOnlyViolationError as ReduceOnlyViolationError
    from .errors import ScopeMissingError as ScopeMissingError
    from .errors import SelfTradePreventedError as SelfTradePreventedError
    from .errors import SignatureInvalidError as SignatureInvalidError
    from .errors import TimeoutUnknownError as TimeoutUnknownError
    from .errors import TimestampOutOfWindowError as TimestampOutOfWindowError
    from .errors import UnsupportedMediaTypeError as UnsupportedMediaTypeError
    from .errors import VersionConflictError as VersionConflictError

_HOMES = {
    "APIResponse": "._runtime.response",
    "AsyncNorthgate": "._async_client",
    "AsyncHttpxTransport": "._runtime.aio.transport",
    "AsyncTransport": "._runtime.aio.transport",
    "Hooks": "._runtime.hooks",
    "HttpxTransport": "._runtime.sync.transport",
    "NOT_GIVEN": "._runtime.absent",
    "NotGiven": "._runtime.absent",
    "RetryPolicy": "._runtime.retry",
    "Timeout": "._runtime.request",
    "Transport": "._runtime.sync.transport",
    "Northgate": "._client",
    "NorthgateError": ".errors",
    "APIConnectionError": ".errors",
    "APIStatusError": ".errors",
    "APITimeoutError": ".errors",
    "AuthenticationError": ".errors",
    "BadRequestError": ".errors",
    "ConfigurationError": ".errors",
    "ConflictError": ".errors",
    "GoneError": ".errors",
    "InternalServerError": ".errors",
    "NotFoundError": ".errors",
    "PermissionDeniedError": ".errors",
    "RateLimitError": ".errors",
    "ResponseDecodeError": ".errors",
    "UnknownOutcomeError": ".errors",
    "UnprocessableEntityError": ".errors",
    "BelowMinimumError": ".errors",
    "ClientOrderIdConflictError": ".errors",
    "ContentTooLargeError": ".errors",
    "CredentialsMissingError": ".errors",
    "InstrumentNotFoundError": ".errors",
    "InstrumentNotOpenError": ".errors",
    "InsufficientBalanceError": ".errors",
    "InternalError": ".errors",
    "InvalidCombinationError": ".errors",
    "IpNotAllowedError": ".errors",
    "KeyExpiredError": ".errors",
    "KeyLimitReachedError": ".errors",
    "KeyNotActiveError": ".errors",
    "KeyNotFoundError": ".errors",
    "KeyUnknownError": ".errors",
    "MalformedError": ".errors",
    "NonceReusedError": ".errors",
    "NumberNotDecimalStringError": ".errors",
    "OrderNotFoundError": ".errors",
    "OrderNotOpenError": ".errors",
    "OverloadedError": ".errors",
    "PostOnlyWouldCrossError": ".errors",
    "PriceOffTickError": ".errors",
    "QuantityOffStepError": ".errors",
    "RateLimitedError": ".errors",
    "ReduceOnlyViolationError": ".errors",
    "ScopeMissingError": ".errors",
    "SelfTradePreventedError": ".errors",
    "SignatureInvalidError": ".errors",
    "TimeoutUnknownError": ".errors",
    "TimestampOutOfWindowError": ".errors",
    "UnsupportedMediaTypeError": ".errors",
    "VersionConflictError": ".errors",
}
_MODULES = frozenset({"errors", "models", "params"})


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name], __name__), name)
    if name in _MODULES:
        return import_module(f".{name}", __name__)
    if name == "__version__":
        return import_module("._version", __name__).VERSION
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES, *_MODULES})
