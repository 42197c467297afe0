"""Telling "not given" from null: an argument that is left out does not travel at all."""

from __future__ import annotations

from typing import Final, Literal


class NotGiven:
    """The type of `NOT_GIVEN`, the default of every optional argument.

    `None` always means JSON's null; leaving an argument out means that the server never sees it.
    """

    __slots__ = ()

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "NOT_GIVEN"


NOT_GIVEN: Final = NotGiven()
"""Pass it to leave out an argument that you would otherwise compute."""
