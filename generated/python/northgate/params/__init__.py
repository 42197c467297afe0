"""Parameters: nested objects that are sent."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, List

if TYPE_CHECKING:
    from .api_keys import ApiKeyRotationParams as ApiKeyRotationParams
    from .api_keys import ApiKeyUpdateParams as ApiKeyUpdateParams
    from .api_keys import IpAllowListParams as IpAllowListParams
    from .api_keys import NewApiKeyParams as NewApiKeyParams
    from .api_keys import NewApiKeyScopesParams as NewApiKeyScopesParams
    from .orders import NewCancelAfterParams as NewCancelAfterParams
    from .orders import NewOrderParams as NewOrderParams
    from .orders import OrderAmendmentParams as OrderAmendmentParams
    from .orders import OrderBatchParams as OrderBatchParams

_MODULES = {
    "ApiKeyRotationParams": "api_keys",
    "ApiKeyUpdateParams": "api_keys",
    "IpAllowListParams": "api_keys",
    "NewApiKeyParams": "api_keys",
    "NewApiKeyScopesParams": "api_keys",
    "NewCancelAfterParams": "orders",
    "NewOrderParams": "orders",
    "OrderAmendmentParams": "orders",
    "OrderBatchParams": "orders",
}


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f".{module}", __name__), name)


def __dir__() -> List[str]:
    return sorted({*globals(), *_MODULES})
