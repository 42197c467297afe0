"""Orders of types that refer to each other: each behind what it needs, and the circles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Edges = Mapping[str, Sequence[str]]
"""Name -> the names that it refers to, all of them keys themselves."""


def sequence(edges: Edges) -> list[str]:
    """The names, each behind those that it refers to, as far as circles let them."""
    done: dict[str, None] = {}
    begun: set[str] = set()
    for start in edges:
        stack: list[tuple[str, Iterator[str]]] = []
        if start not in begun:
            begun.add(start)
            stack.append((start, iter(edges[start])))
        while stack:
            name, rest = stack[-1]
            following = next((other for other in rest if other not in begun), None)
            if following is None:
                done[name] = None
                stack.pop()
            else:
                begun.add(following)
                stack.append((following, iter(edges[following])))
    return list(done)


def circles(edges: Edges) -> list[list[str]]:
    """The groups of two names and more that all lead to each other (Kosaraju's algorithm)."""
    back: dict[str, list[str]] = {name: [] for name in edges}
    for name, targets in edges.items():
        for target in targets:
            back[target].append(name)
    seen: set[str] = set()
    found = []
    for start in reversed(sequence(edges)):
        group, stack = [], [start]
        while stack:
            name = stack.pop()
            if name not in seen:
                seen.add(name)
                group.append(name)
                stack += back[name]
        if len(group) > 1:
            found.append(group)
    return found
