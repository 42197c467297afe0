"""Reading a file of settings: what a node has to be, and errors that say where it is not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.source.node import Node


def wrong(node: Node, message: str, hint: str = "", *, key: bool = False) -> UsageError:
    """An error that points at a node, or at the key that names it."""
    span = node.key_span if key else node.span
    return UsageError(
        Diagnostic("config", Severity.ERROR, message, span, pointer=node.pointer, help=hint)
    )


def near(name: str, known: Iterable[str]) -> str:
    """Help for a name that is not known: the one that was meant, or all there are."""
    listed = list(known)
    close = get_close_matches(name, listed, n=1)
    return f"did you mean {close[0]}?" if close else f"known are {', '.join(listed) or 'none'}"


def entries(node: Node | None, where: str, hint: str) -> Iterator[tuple[str, Node]]:
    """Key and value of a mapping; nothing where there is none, or nothing behind the colon.

    Raises:
        UsageError: It is something else.
    """
    mapping(node, where, hint)
    if node is not None:
        yield from node.items()


def mapping(node: Node | None, where: str, hint: str) -> None:
    """A mapping, or nothing at all. Raises UsageError."""
    if node is not None and node.value is not None and not isinstance(node.value, dict):
        raise wrong(node, f"{where} must be a mapping", hint)


def only(node: Node | None, keys: Iterable[str], where: str, hint: str) -> None:
    """A mapping of these keys at most. Raises UsageError."""
    known = tuple(keys)
    for key, value in entries(node, where, hint):
        if key not in known:
            raise wrong(value, f"{where} has no setting {key!r}", near(key, known), key=True)


def text(node: Node | None, where: str) -> str | None:
    """A text, None where there is none. Raises UsageError."""
    if node is None:
        return None
    if not isinstance(node.value, str) or not node.value:
        raise wrong(node, f"{where} must be a text", "write it in quotes")
    return node.value


def texts(node: Node | None, where: str) -> tuple[str, ...]:
    """A list of texts, empty where there is none. Raises UsageError."""
    if node is None or node.value is None:
        return ()
    if not isinstance(node.value, list):
        raise wrong(node, f"{where} must be a list", "write it in [brackets]")
    return tuple(text(one, f"an entry of {where}") or "" for one in node.elements())


def choice(node: Node, known: Iterable[str], where: str) -> str:
    """One of some words. Raises UsageError."""
    listed = tuple(known)
    if node.value not in listed:
        hint = near(str(node.value), listed)
        raise wrong(node, f"{where} is {node.value!r}", hint)
    return str(node.value)
