"""Errors: what a call can raise.

`NorthgateError` is the base of them all. An answer that says no raises the class of its code,
where the contract names the code, and otherwise the class of its status.
"""

from __future__ import annotations

from ._runtime.errors import APIConnectionError as APIConnectionError
from ._runtime.errors import APIStatusError as APIStatusError
from ._runtime.errors import APITimeoutError as APITimeoutError
from ._runtime.errors import AuthenticationError as AuthenticationError
from ._runtime.errors import BadRequestError as BadRequestError
from ._runtime.errors import ConfigurationError as ConfigurationError
from ._runtime.errors import ConflictError as ConflictError
from ._runtime.errors import ErrorTypes
from ._runtime.errors import GoneError as GoneError
from ._runtime.errors import InternalServerError as InternalServerError
from ._runtime.errors import NotFoundError as NotFoundError
from ._runtime.errors import PermissionDeniedError as PermissionDeniedError
from ._runtime.errors import RateLimitError as RateLimitError
from ._runtime.errors import ResponseDecodeError as ResponseDecodeError
from ._runtime.errors import SDKError as NorthgateError
from ._runtime.errors import UnknownOutcomeError as UnknownOutcomeError
from ._runtime.errors import UnprocessableEntityError as UnprocessableEntityError

__all__ = [
    "NorthgateError",
    "APIConnectionError",
    "APIStatusError",
    "APITimeoutError",
    "AuthenticationError",
    "BadRequestError",
    "ConfigurationError",
    "ConflictError",
    "GoneError",
    "InternalServerError",
    "NotFoundError",
    "PermissionDeniedError",
    "RateLimitError",
    "ResponseDecodeError",
    "UnknownOutcomeError",
    "UnprocessableEntityError",
    "BelowMinimumError",
    "ClientOrderIdConflictError",
    "ContentTooLargeError",
    "CredentialsMissingError",
    "InstrumentNotFoundError",
    "InstrumentNotOpenError",
    "InsufficientBalanceError",
    "InternalError",
    "InvalidCombinationError",
    "IpNotAllowedError",
    "KeyExpiredError",
    "KeyLimitReachedError",
    "KeyNotActiveError",
    "KeyNotFoundError",
    "KeyUnknownError",
    "MalformedError",
    "NonceReusedError",
    "NumberNotDecimalStringError",
    "OrderNotFoundError",
    "OrderNotOpenError",
    "OverloadedError",
    "PostOnlyWouldCrossError",
    "PriceOffTickError",
    "QuantityOffStepError",
    "RateLimitedError",
    "ReduceOnlyViolationError",
    "ScopeMissingError",
    "SelfTradePreventedError",
    "SignatureInvalidError",
    "TimeoutUnknownError",
    "TimestampOutOfWindowError",
    "UnsupportedMediaTypeError",
    "VersionConflictError",
]


class BelowMinimumError(UnprocessableEntityError):
    """422: `below_minimum`."""


class ClientOrderIdConflictError(ConflictError):
    """409: `client_order_id_conflict`."""


class ContentTooLargeError(APIStatusError):
    """413: `content_too_large`."""


class CredentialsMissingError(AuthenticationError):
    """401: `credentials_missing`."""


class InstrumentNotFoundError(NotFoundError):
    """404: `instrument_not_found`."""


class InstrumentNotOpenError(UnprocessableEntityError):
    """422: `instrument_not_open`."""


class InsufficientBalanceError(UnprocessableEntityError):
    """422: `insufficient_balance`."""


class InternalError(InternalServerError):
    """500: `internal_error`."""


class InvalidCombinationError(UnprocessableEntityError):
    """422: `invalid_combination`."""


class IpNotAllowedError(PermissionDeniedError):
    """403: `ip_not_allowed`."""


class KeyExpiredError(AuthenticationError):
    """401: `key_expired`."""


class KeyLimitReachedError(UnprocessableEntityError):
    """422: `key_limit_reached`."""


class KeyNotActiveError(ConflictError):
    """409: `key_not_active`."""


class KeyNotFoundError(NotFoundError):
    """404: `key_not_found`."""


class KeyUnknownError(AuthenticationError):
    """401: `key_unknown`."""


class MalformedError(BadRequestError):
    """400: `malformed`."""


class NonceReusedError(AuthenticationError):
    """401: `nonce_reused`."""


class NumberNotDecimalStringError(BadRequestError):
    """400: `number_not_decimal_string`."""


class OrderNotFoundError(NotFoundError):
    """404: `order_not_found`."""


class OrderNotOpenError(ConflictError):
    """409: `order_not_open`."""


class OverloadedError(InternalServerError):
    """503: `overloaded`."""


class PostOnlyWouldCrossError(UnprocessableEntityError):
    """422: `post_only_would_cross`."""


class PriceOffTickError(UnprocessableEntityError):
    """422: `price_off_tick`."""


class QuantityOffStepError(UnprocessableEntityError):
    """422: `quantity_off_step`."""


class RateLimitedError(RateLimitError):
    """429: `rate_limited`."""


class ReduceOnlyViolationError(UnprocessableEntityError):
    """422: `reduce_only_violation`."""


class ScopeMissingError(PermissionDeniedError):
    """403: `scope_missing`."""


class SelfTradePreventedError(UnprocessableEntityError):
    """422: `self_trade_prevented`."""


class SignatureInvalidError(AuthenticationError):
    """401: `signature_invalid`."""


class TimeoutUnknownError(InternalServerError):
    """504: `timeout_unknown`."""


class TimestampOutOfWindowError(AuthenticationError):
    """401: `timestamp_out_of_window`."""


class UnsupportedMediaTypeError(APIStatusError):
    """415: `unsupported_media_type`."""


class VersionConflictError(ConflictError):
    """409: `version_conflict`."""


ERROR_TYPES = ErrorTypes(
    {
        "below_minimum": BelowMinimumError,
        "client_order_id_conflict": ClientOrderIdConflictError,
        "content_too_large": ContentTooLargeError,
        "credentials_missing": CredentialsMissingError,
        "instrument_not_found": InstrumentNotFoundError,
        "instrument_not_open": InstrumentNotOpenError,
        "insufficient_balance": InsufficientBalanceError,
        "internal_error": InternalError,
        "invalid_combination": InvalidCombinationError,
        "ip_not_allowed": IpNotAllowedError,
        "key_expired": KeyExpiredError,
        "key_limit_reached": KeyLimitReachedError,
        "key_not_active": KeyNotActiveError,
        "key_not_found": KeyNotFoundError,
        "key_unknown": KeyUnknownError,
        "malformed": MalformedError,
        "nonce_reused": NonceReusedError,
        "number_not_decimal_string": NumberNotDecimalStringError,
        "order_not_found": OrderNotFoundError,
        "order_not_open": OrderNotOpenError,
        "overloaded": OverloadedError,
        "post_only_would_cross": PostOnlyWouldCrossError,
        "price_off_tick": PriceOffTickError,
        "quantity_off_step": QuantityOffStepError,
        "rate_limited": RateLimitedError,
        "reduce_only_violation": ReduceOnlyViolationError,
        "scope_missing": ScopeMissingError,
        "self_trade_prevented": SelfTradePreventedError,
        "signature_invalid": SignatureInvalidError,
        "timeout_unknown": TimeoutUnknownError,
        "timestamp_out_of_window": TimestampOutOfWindowError,
        "unsupported_media_type": UnsupportedMediaTypeError,
        "version_conflict": VersionConflictError,
    }
)
"""Which class reports which code."""
