"""Public ids that say which shard made them, and the venue's one numbering of all events.

`ord_0000000000000001` is order 1 of the shard `main`, as it is without shards;
`ord_eur_0000000000000001` is order 1 of the shard `eur`. Clients take ids as they are (the
contract calls them opaque); cores know numbers alone.
"""

from __future__ import annotations

from typing import Final

from handlers.shards.map import MAIN

NOWHERE: Final = "ord_"
"""An order id that no core ever gives."""


def public(shard: str, text: str) -> str:
    """The venue's id for a core's."""
    if shard == MAIN:
        return text
    kind, _, number = text.partition("_")
    return f"{kind}_{shard}_{number}"


def private(text: str) -> tuple[str, str]:
    """The shard behind one of the venue's ids, and the core's id; what is no id stays as it is."""
    kind, _, rest = text.partition("_")
    shard, found, number = rest.partition("_")
    if not found:
        return MAIN, text
    # `ord_main_1` would be a second name of `ord_1`.
    return (shard, f"{kind}_{number}") if shard != MAIN else ("", NOWHERE)
