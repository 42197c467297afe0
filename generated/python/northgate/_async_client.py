"""The asynchronous client."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Self

from ._runtime.absent import NOT_GIVEN, NotGiven
from ._runtime.aio.client import AsyncAPIClient
from ._runtime.aio.oauth import AsyncTokenCache
from ._runtime.aio.session import AsyncSession
from ._runtime.aio.transport import AsyncHttpxTransport, AsyncTransport
from ._runtime.config import DEFAULT_DEADLINE_SECONDS, ClientConfig
from ._runtime.hooks import NO_HOOKS, Hooks
from ._runtime.request import DEFAULT_TIMEOUT, Timeout
from ._runtime.retry import DEFAULT_RETRY, RetryPolicy
from ._runtime.shared import Shared
from ._settings import BUCKETS, PACKAGE, base_url_of, credentials_of
from ._version import VERSION
from .errors import ERROR_TYPES

if TYPE_CHECKING:
    from .resources.market_data import AsyncMarketDataResource
    from .resources.orders import AsyncOrdersResource
    from .resources.account import AsyncAccountResource
    from .resources.api_keys import AsyncApiKeysResource


class AsyncNorthgate(AsyncAPIClient):
    """Asynchronous client. Safe to share between tasks; close it when done.

    Arguments that are not given come from the environment.

    Args:
        key_id: Id of the key that signs requests. Environment: `NORTHGATE_KEY_ID`.
        private_key: Ed25519 private key: PEM text, or 32 bytes in base64 or hex.
            Environment: `NORTHGATE_PRIVATE_KEY`.
        hmac_secret: Shared secret for HMAC-SHA256. Environment: `NORTHGATE_HMAC_SECRET`.
        base_url: Where the API is. Environment: `NORTHGATE_BASE_URL`.
        timeout: Seconds that one attempt may wait, or a `Timeout`; None for no limit.
        deadline: Seconds that a whole call may take with all its attempts; None for no limit.
        max_retries: How often a request is sent again at most, where that is safe.
        retry: All limits of repetition, instead of `max_retries` alone.
        default_headers: Header fields of every request.
        default_query: Query parameters of every request.
        strict: Refuse answers with anything that the contract does not name.
        hooks: Functions to call before requests, after responses, before retries.
        transport: What sends requests, instead of httpx.
    """

    def __init__(
        self,
        *,
        key_id: str | None = None,
        private_key: str | None = None,
        hmac_secret: str | None = None,
        base_url: str | None = None,
        timeout: float | Timeout | None = DEFAULT_TIMEOUT,
        deadline: float | None = DEFAULT_DEADLINE_SECONDS,
        max_retries: int = DEFAULT_RETRY.max_retries,
        retry: RetryPolicy | None = None,
        default_headers: Mapping[str, str] | None = None,
        default_query: Mapping[str, object] | None = None,
        strict: bool = False,
        hooks: Hooks = NO_HOOKS,
        transport: AsyncTransport | None = None,
    ) -> None:
        config = ClientConfig(
            package=PACKAGE,
            version=VERSION,
            base_url=base_url_of(base_url),
            credentials=credentials_of(
                key_id=key_id,
                private_key=private_key,
                hmac_secret=hmac_secret,
            ),
            errors=ERROR_TYPES,
            timeout=Timeout.of(timeout),
            deadline=deadline,
            retry=retry or replace(DEFAULT_RETRY, max_retries=max_retries),
            headers=default_headers or {},
            query=default_query or {},
            strict=strict,
            hooks=hooks,
        )
        carrier = transport or AsyncHttpxTransport()
        shared = Shared.of(PACKAGE, BUCKETS, "NORTHGATE_LOG")
        super().__init__(config, AsyncSession(carrier, shared, AsyncTokenCache(carrier)))

    def with_options(
        self,
        *,
        base_url: str | NotGiven = NOT_GIVEN,
        timeout: float | Timeout | NotGiven | None = NOT_GIVEN,
        deadline: float | NotGiven | None = NOT_GIVEN,
        max_retries: int | NotGiven = NOT_GIVEN,
        default_headers: Mapping[str, str] | NotGiven = NOT_GIVEN,
        default_query: Mapping[str, object] | NotGiven = NOT_GIVEN,
        strict: bool | NotGiven = NOT_GIVEN,
        hooks: Hooks | NotGiven = NOT_GIVEN,
    ) -> Self:
        """A client with other settings that shares connections, limits and clock with this one."""
        return self.configured(
            self.config.changed(
                base_url=base_url,
                timeout=timeout,
                deadline=deadline,
                max_retries=max_retries,
                headers=default_headers,
                query=default_query,
                strict=strict,
                hooks=hooks,
            )
        )

    @property
    def market_data(self) -> AsyncMarketDataResource:
        """What everybody may see."""

        from .resources.market_data import AsyncMarketDataResource

        return AsyncMarketDataResource(self)

    @property
    def orders(self) -> AsyncOrdersResource:
        """Place, look up, amend and cancel orders."""

        from .resources.orders import AsyncOrdersResource

        return AsyncOrdersResource(self)

    @property
    def account(self) -> AsyncAccountResource:
        """Balances, positions, executions and limits of the account."""

        from .resources.account import AsyncAccountResource

        return AsyncAccountResource(self)

    @property
    def api_keys(self) -> AsyncApiKeysResource:
        """The account's API keys."""

        from .resources.api_keys import AsyncApiKeysResource

        return AsyncApiKeysResource(self)
