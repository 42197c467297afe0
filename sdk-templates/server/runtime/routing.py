"""Routing: paths to operations through a trie of path segments.

Concrete segments win over templated ones (OpenAPI, Paths Object), with backtracking, so
`/orders/batch` and `/orders/{order_id}/fills` live side by side. Segments are split before they
are decoded: an escaped slash stays within its segment.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar
from urllib.parse import unquote

T = TypeVar("T")

_TEMPLATE = re.compile(r"\{([^{}]*)\}")


class Route(Generic[T]):
    """A path of the contract with what answers it, by method."""

    __slots__ = ("methods", "names", "path")

    def __init__(self, path: str) -> None:
        self.path = path
        self.names = tuple(_TEMPLATE.findall(path))
        self.methods: dict[str, T] = {}

    @property
    def allow(self) -> str:
        """Value of an Allow header field (RFC 9110 10.2.1)."""
        return _allow(self.methods)


class _Node(Generic[T]):
    __slots__ = ("any", "fixed", "mixed", "route")

    def __init__(self) -> None:
        self.fixed: dict[str, _Node[T]] = {}
        self.mixed: list[tuple[re.Pattern[str], _Node[T]]] = []  # `{name}.json`, `v{major}`
        self.any: _Node[T] | None = None
        self.route: Route[T] | None = None


class Router(Generic[T]):
    """Finds the route of a path."""

    def __init__(self) -> None:
        self._root: _Node[T] = _Node()
        self._static: dict[str, Route[T]] = {}
        self._routes: dict[str, Route[T]] = {}

    @property
    def routes(self) -> Mapping[str, Route[T]]:
        """Routes by path template."""
        return self._routes

    @property
    def allow(self) -> str:
        """Value of an Allow header field for the server as a whole."""
        return _allow(method for route in self._routes.values() for method in route.methods)

    def add(self, path: str, method: str, target: T) -> None:
        """Let `target` answer `method` on a path template.

        Templates that differ only in the names of their parameters are one route.

        Raises:
            ValueError: the method is taken there.
        """
        route = self._routes.get(path)
        if route is None:
            route = self._routes[path] = self._insert(path)
        if method in route.methods:
            raise ValueError(f"{method} {path} and {route.path} match the same requests")
        route.methods[method] = target

    def _insert(self, path: str) -> Route[T]:
        node = self._root
        for segment in path.split("/")[1:]:
            node = self._child(node, segment)
        if node.route is None:
            node.route = Route(path)
        if "{" not in path:
            self._static[path] = node.route
        return node.route

    @staticmethod
    def _child(node: _Node[T], segment: str) -> _Node[T]:
        if "{" not in segment:
            return node.fixed.setdefault(segment, _Node())
        if _TEMPLATE.fullmatch(segment):
            if node.any is None:
                node.any = _Node()
            return node.any
        pattern = _pattern(segment)
        for known, child in node.mixed:
            if known.pattern == pattern.pattern:
                return child
        child = _Node[T]()
        node.mixed.append((pattern, child))
        # More fixed text first: `{name}.json` is asked before `{name}.{suffix}`.
        node.mixed.sort(key=lambda entry: -len(entry[0].pattern.replace("([^/]+?)", "")))
        return child

    def find(self, path: str) -> tuple[Route[T], tuple[str, ...]] | None:
        """The route of a path, percent-encoded as on the wire, and its values, still encoded."""
        route = self._static.get(path)
        if route is not None:
            return route, ()
        if path[:1] != "/":
            return None
        return _search(self._root, path.split("/"), 1, ())


def _search(
    node: _Node[T], segments: list[str], at: int, values: tuple[str, ...]
) -> tuple[Route[T], tuple[str, ...]] | None:
    if at == len(segments):
        return (node.route, values) if node.route is not None else None
    segment = segments[at]
    child = node.fixed.get(unquote(segment) if "%" in segment else segment)
    if child is not None and (found := _search(child, segments, at + 1, values)):
        return found
    if not segment:  # a path parameter is never empty
        return None
    for pattern, branch in node.mixed:
        if (match := pattern.fullmatch(segment)) and (
            found := _search(branch, segments, at + 1, (*values, *match.groups()))
        ):
            return found
    if node.any is not None:
        return _search(node.any, segments, at + 1, (*values, segment))
    return None


def _allow(methods: Iterable[str]) -> str:
    known = {*methods, "OPTIONS"}
    if "GET" in known:
        known.add("HEAD")
    return ", ".join(sorted(known))


def _pattern(segment: str) -> re.Pattern[str]:
    parts = _TEMPLATE.split(segment)
    return re.compile(
        "".join("([^/]+?)" if i % 2 else re.escape(part) for i, part in enumerate(parts))
    )
