"""What a synchronous list call returns: the first page, which iterates over all items.

Written by hand; everything else in this folder is derived from its asynchronous twin.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..call import Call
from .pagination import Page

if TYPE_CHECKING:
    from .client import APIClient

Paginator = Page


def paginate(client: APIClient, call: Call) -> Page[Any, Any]:
    """Fetch the first page."""
    return client.fetch_page(call)
