"""The base of resources, and the wrappers that turn their methods into raw ones."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, ParamSpec, TypeVar, cast

if TYPE_CHECKING:
    from .aio.client import AsyncAPIClient
    from .aio.paginator import AsyncPaginator
    from .response import APIResponse
    from .sync.client import APIClient
    from .sync.pagination import Page

P = ParamSpec("P")
T = TypeVar("T")
ItemT = TypeVar("ItemT")
BodyT = TypeVar("BodyT")


class Resource:
    """Operations that belong together."""

    __slots__ = ("_client",)

    def __init__(self, client: APIClient) -> None:
        self._client = client


class AsyncResource:
    """Operations that belong together."""

    __slots__ = ("_client",)

    def __init__(self, client: AsyncAPIClient) -> None:
        self._client = client


def raw(method: Callable[P, T]) -> Callable[P, APIResponse[T]]:
    """A method of a client that answers raw, with the type that it then has."""
    return cast("Callable[P, APIResponse[T]]", method)


def raw_pages(method: Callable[P, Page[ItemT, BodyT]]) -> Callable[P, APIResponse[BodyT]]:
    """The same for a method that lists: the raw answer is that of one page."""
    return cast("Callable[P, APIResponse[BodyT]]", method)


def async_raw(
    method: Callable[P, Awaitable[T]],
) -> Callable[P, Awaitable[APIResponse[T]]]:
    """The same for an asynchronous method."""
    return cast("Callable[P, Awaitable[APIResponse[T]]]", method)


def async_raw_pages(
    method: Callable[P, AsyncPaginator[ItemT, BodyT]],
) -> Callable[P, Awaitable[APIResponse[BodyT]]]:
    """The same for an asynchronous method that lists."""
    return cast("Callable[P, Awaitable[APIResponse[BodyT]]]", method)
