"""Words: how a name from a contract is taken apart, and put together for a language.

A name is split at everything that is no letter or digit, where case changes (`orderId`), and
before the last capital of a run (`HTTPServer`). Digits stay with the letters before them
(`sha256`, `v1`, `oauth2`), so that no language grows an underscore there.
"""

from __future__ import annotations

import re
from functools import lru_cache

_SEPARATORS = re.compile(r"[\W_]+")
_BOUNDARY = re.compile(
    r"(?<=[a-z\d])(?=[A-Z])"  # orderId -> order Id, sha256Digest -> sha256 Digest
    r"|(?<=[A-Z])(?=[A-Z](?!s(?![a-z]))[a-z])"  # HTTPServer -> HTTP Server, but not IDs
)


@lru_cache(maxsize=65_536)
def words(name: str) -> tuple[str, ...]:
    """The lower-case words of a name: `client_orderID` -> `("client", "order", "id")`.

    Letters of any script are kept; case boundaries are looked for in ASCII only, because most
    other scripts have no case. Empty where the name has no letter or digit at all.
    """
    parts = _SEPARATORS.split(name.replace("OAuth", "Oauth"))
    return tuple(word.lower() for part in parts if part for word in _BOUNDARY.split(part))


def pascal(*names: str) -> str:
    """`("order", "list-item")` -> `OrderListItem`."""
    return "".join(word[:1].upper() + word[1:] for name in names for word in words(name))


def camel(*names: str) -> str:
    """`("order", "list-item")` -> `orderListItem`."""
    joined = pascal(*names)
    head = next((words(name)[0] for name in names if words(name)), "")
    return joined[: len(head)].lower() + joined[len(head) :]


def snake(*names: str) -> str:
    """`("order", "listItem")` -> `order_list_item`."""
    return "_".join(word for name in names for word in words(name))


def kebab(*names: str) -> str:
    """`("order", "listItem")` -> `order-list-item`."""
    return "-".join(word for name in names for word in words(name))
