"""Redirects (RFC 9110 section 15.4): followed for reads only, because nothing else is safe."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urljoin, urlsplit

from .headers import Headers
from .request import Request

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_READING = frozenset({"GET", "HEAD"})
_PRIVATE = frozenset({"authorization", "cookie", "proxy-authorization"})


def redirected(request: Request, status: int, headers: Headers) -> Request | None:
    """The request that follows a redirect; None where the answer is none that is followed.

    From https to http is not followed. Header fields that carry credentials are not taken
    along to another origin.
    """
    location = headers.get("location", "")
    if status not in _REDIRECTS or request.method not in _READING or not location:
        return None
    try:
        parts = urlsplit(urljoin(request.url, location))
    except ValueError:  # no URL at all
        return None
    downgraded = request.origin.startswith("https://") and parts.scheme != "https"
    if parts.scheme not in {"http", "https"} or not parts.netloc or downgraded:
        return None
    origin = f"{parts.scheme}://{parts.netloc}"
    fields = {
        name: value
        for name, value in request.headers.items()
        if origin == request.origin or name.lower() not in _PRIVATE
    }
    return replace(
        request, origin=origin, path=parts.path or "/", query=parts.query, headers=fields
    )
