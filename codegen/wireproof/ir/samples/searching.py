r"""Whether a pattern is found in a text, in time that grows with the text alone.

Patterns of real contracts nest repetitions (`([\w .-]*)*`), and Python's engine may try them for
longer than anybody waits. So the validators' engine is asked; it also reads ECMA-262's dialect.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache


@lru_cache(maxsize=4096)
def searcher(pattern: str) -> Callable[[str], bool] | None:
    """A test of texts; None for what is no pattern, or more than the engine takes."""
    import jsonschema_rs  # noqa: PLC0415 - most contracts have few patterns, some have none

    try:
        found: Callable[[str], bool] = jsonschema_rs.Draft202012Validator(
            {"pattern": pattern}
        ).is_valid
    except ValueError:
        return None
    return found
