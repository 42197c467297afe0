"""What a client is set up with."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from .absent import NotGiven
from .auth import Credential
from .errors import ConfigurationError, ErrorTypes
from .hooks import NO_HOOKS, Hooks
from .request import DEFAULT_TIMEOUT, Timeout
from .retry import DEFAULT_RETRY, RetryPolicy

DEFAULT_DEADLINE_SECONDS = 60.0


@dataclass(frozen=True, slots=True, eq=False)
class ClientConfig:
    """The settings of a client; `with_options` makes a changed copy.

    Attributes:
        package: Name of the SDK: its logger, its User-Agent.
        version: The SDK's version.
        base_url: Scheme, host and path prefix, without a slash at the end.
        credentials: By the name of the security scheme.
        errors: Which class reports which error.
        timeout: Limits of one attempt.
        deadline: Seconds for a whole call with all its attempts; None for no limit.
        retry: Limits of repetition.
        headers: Header fields of every request.
        query: Query parameters of every request.
        strict: Refuse answers with anything that the contract does not name.
        hooks: Functions that are called on the way.
    """

    package: str
    version: str
    base_url: str
    credentials: Mapping[str, Credential]
    errors: ErrorTypes
    timeout: Timeout = DEFAULT_TIMEOUT
    deadline: float | None = DEFAULT_DEADLINE_SECONDS
    retry: RetryPolicy = DEFAULT_RETRY
    headers: Mapping[str, str] = field(default_factory=dict[str, str])
    query: Mapping[str, object] = field(default_factory=dict[str, object])
    strict: bool = False
    hooks: Hooks = NO_HOOKS

    def __post_init__(self) -> None:
        if not self.base_url.startswith(("http://", "https://")):
            raise ConfigurationError(
                f"the base URL must start with http:// or https://, got {self.base_url!r}"
            )
        if "@" in self.base_url.split("/")[2]:
            raise ConfigurationError(
                "the base URL must not hold a user name or password: they would travel unsigned "
                "and end up in logs; give the client its credentials, or a default header"
            )

    @property
    def user_agent(self) -> str:
        """`northgate-python/1.0.0 CPython/3.12.1`."""
        language = f"{platform.python_implementation()}/{platform.python_version()}"
        return f"{self.package}-python/{self.version} {language}"

    def secret_fields(self) -> tuple[str, ...]:
        """Header fields and query parameters that the log must not show."""
        return tuple(credential.field for credential in self.credentials.values())

    def changed(
        self,
        *,
        base_url: str | NotGiven,
        timeout: float | Timeout | NotGiven | None,
        deadline: float | NotGiven | None,
        max_retries: int | NotGiven,
        headers: Mapping[str, str] | NotGiven,
        query: Mapping[str, object] | NotGiven,
        strict: bool | NotGiven,
        hooks: Hooks | NotGiven,
    ) -> ClientConfig:
        """A copy with what is given replaced; header fields and query parameters are added."""
        retry = self.retry
        if not isinstance(max_retries, NotGiven):
            retry = replace(retry, max_retries=max_retries)
        return replace(
            self,
            base_url=self.base_url if isinstance(base_url, NotGiven) else base_url.rstrip("/"),
            timeout=self.timeout if isinstance(timeout, NotGiven) else Timeout.of(timeout),
            deadline=self.deadline if isinstance(deadline, NotGiven) else deadline,
            retry=retry,
            headers={**self.headers, **(headers or {})},
            query={**self.query, **(query or {})},
            strict=self.strict if isinstance(strict, NotGiven) else strict,
            hooks=self.hooks if isinstance(hooks, NotGiven) else hooks,
        )
