"""Finding out what became of a call whose answer was lost."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..call import Call
from ..config import ClientConfig
from ..errors import NotFoundError, UnknownOutcomeError
from ..waiting import async_sleep
from ..wire import Json
from .session import AsyncSession

_CLOCK_MARGIN_SECONDS = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class AsyncLookup:
    """How to find out what became of a call."""

    session: AsyncSession
    config: ClientConfig
    call: Call
    valid_until: float | None


class AsyncUnresolvedError(UnknownOutcomeError):
    """An unknown outcome that can be resolved."""

    def __init__(
        self, message: str, *, operation: str, key: str, attempts: int, lookup: AsyncLookup
    ) -> None:
        super().__init__(message, operation=operation, key=key, attempts=attempts)
        self._lookup = lookup

    async def resolve(self) -> Json:
        """Look the key up: what the call would have returned, or None if it never happened.

        "Never" takes proof: a look-up that finds nothing counts only once the last signature
        has expired, after which the server can no longer accept the request.

        Raises:
            UnknownOutcomeError: this error again, where nothing was found and the requests
                carry no expiry, so that one may still be under way.
            ConfigurationError: where the contract declares no way to look the key up.
        """
        from .client import AsyncAPIClient  # noqa: PLC0415 - the client is made of exchanges

        lookup = self._lookup
        target = lookup.call.operation.lookup
        if target is None:
            return UnknownOutcomeError.resolve(self)
        operation, parameter = target
        retry = replace(lookup.config.retry, max_retries=max(2, lookup.config.retry.max_retries))
        client = AsyncAPIClient(replace(lookup.config, retry=retry), lookup.session)
        place = "path" if "{" + parameter + "}" in operation.path else "query"
        while True:
            wait = self._seconds_until_proof()
            try:
                if place == "path":
                    return await client.call(operation, path={parameter: self.key})
                return await client.call(operation, query={parameter: self.key})
            except NotFoundError:
                if wait is None:
                    raise self from None
                if wait <= 0:
                    return None
            await async_sleep(wait)

    def _seconds_until_proof(self) -> float | None:
        if self._lookup.valid_until is None:
            return None
        now = self._lookup.session.shared.clock.now()
        return self._lookup.valid_until + _CLOCK_MARGIN_SECONDS - now
