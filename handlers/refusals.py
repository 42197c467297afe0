"""From what the core and the key manager refuse to Problems, as the contract words them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final, Protocol

from generated.server import Detail, Problem, problems
from handlers.exchange.codes import RefusalError

PROBLEM_TYPES: Final = "https://northgate.example/problems/"


class Refusal(Protocol):
    """Why something was not done."""

    @property
    def code(self) -> str:
        """The contract's word for it."""

    @property
    def detail(self) -> str:
        """One sentence."""

    @property
    def pointer(self) -> str:
        """The member at fault in what was asked for, or ""."""


def problem_of(refusal: Refusal, place: str = "/body") -> Problem:
    """The Problem of a refusal; the contract gives each code its status.

    Args:
        refusal: What the core said.
        place: Where in the request the refusal's pointer starts: `/body`, `/query`, `/path`.
    """
    errors: tuple[Detail, ...] = ()
    if refusal.pointer:
        errors = (Detail(place + refusal.pointer, refusal.code, refusal.detail),)
    make: Callable[..., Problem] = getattr(problems, refusal.code)
    return make(refusal.detail, errors=errors)


@contextmanager
def refusals(place: str = "/body") -> Iterator[None]:
    """Let refusals out of a block as Problems."""
    try:
        yield
    except RefusalError as refusal:
        raise problem_of(refusal, place) from None
