"""Header fields: case-insensitive names, repeated fields joined as RFC 9110 section 5.3 says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from .narrow import is_mapping


class Headers(Mapping[str, str]):
    """Read-only header fields; `headers["Retry-After"]` in any spelling."""

    __slots__ = ("_fields",)

    def __init__(self, items: Iterable[tuple[str, str]] | Mapping[str, str] = ()) -> None:
        pairs = list(items.items() if is_mapping(items) else items)
        self._fields: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            key = name.lower()
            self._fields[key] = (*self._fields.get(key, ()), value)

    def __getitem__(self, name: str) -> str:
        return ", ".join(self._fields[name.lower()])

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.lower() in self._fields

    def __repr__(self) -> str:
        return f"Headers({dict(self)!r})"

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field that may not be joined, such as Set-Cookie."""
        return self._fields.get(name.lower(), ())
