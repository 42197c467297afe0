"""The shape of a request: which members go together, before anything is looked up or counted."""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from handlers.exchange.codes import INVALID_COMBINATION, MALFORMED, RefusalError
from handlers.exchange.commands import PlaceOrder
from handlers.exchange.orders import (
    BUY,
    CANCEL_BOTH,
    CANCEL_NEWEST,
    CANCEL_OLDEST,
    DAY,
    FOK,
    GTC,
    GTD,
    IOC,
    LIMIT,
    MARKET,
    SELL,
    STOP,
    STOP_LIMIT,
)

_is_client_order_id: Final = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,35}").fullmatch
_STP_MODES: Final = (CANCEL_NEWEST, CANCEL_OLDEST, CANCEL_BOTH)
_LASTING: Final = (GTC, DAY, GTD)
_TIMES_IN_FORCE: Final = (*_LASTING, IOC, FOK)

# Every allowed (type, side, stp_mode, time_in_force, has limit_price, has stop_price,
# has expire_time, post_only): judging a request is one look into a set.
_SHAPES: Final = frozenset(
    (
        *(kind, side, stp_mode, tif),
        *(kind in (LIMIT, STOP_LIMIT), kind in (STOP, STOP_LIMIT), tif == GTD, post_only),
    )
    for kind, side, stp_mode, tif, post_only in product(
        (MARKET, LIMIT, STOP, STOP_LIMIT), (BUY, SELL), _STP_MODES, _TIMES_IN_FORCE, (False, True)
    )
    if (kind != MARKET or tif not in _LASTING)
    and (not post_only or (kind in (LIMIT, STOP_LIMIT) and tif in _LASTING))
)


def require_shape(command: PlaceOrder, time_in_force: str) -> None:
    """Refuse a request whose members are unknown words or do not go together.

    Args:
        command: The request.
        time_in_force: Its time in force, the default filled in.
    """
    shape = (
        command.type,
        command.side,
        command.stp_mode,
        time_in_force,
        command.limit_price is not None,
        command.stop_price is not None,
        command.expire_time is not None,
        command.post_only,
    )
    if shape not in _SHAPES:
        raise _shape_refusal(command, time_in_force)
    if _is_client_order_id(command.client_order_id) is None:
        raise RefusalError(
            MALFORMED, "1 to 36 of A-Z a-z 0-9 . _ - and no dot in front.", "/client_order_id"
        )


def _shape_refusal(command: PlaceOrder, time_in_force: str) -> RefusalError:
    """The first reason why the members of a request do not go together."""
    kind = command.type
    for value, known, pointer in (
        (kind, (MARKET, LIMIT, STOP, STOP_LIMIT), "/type"),
        (command.side, (BUY, SELL), "/side"),
        (time_in_force, _TIMES_IN_FORCE, "/time_in_force"),
        (command.stp_mode, _STP_MODES, "/stp_mode"),
    ):
        if value not in known:
            return RefusalError(MALFORMED, f"Must be one of {', '.join(known)}.", pointer)
    priced, stopped = kind in (LIMIT, STOP_LIMIT), kind in (STOP, STOP_LIMIT)
    reasons = (
        (
            priced != (command.limit_price is not None),
            "limit and stop_limit orders, and only they, have a limit_price.",
            "/limit_price",
        ),
        (
            stopped != (command.stop_price is not None),
            "stop and stop_limit orders, and only they, have a stop_price.",
            "/stop_price",
        ),
        (
            (time_in_force == GTD) != (command.expire_time is not None),
            "gtd orders, and only they, have an expire_time.",
            "/expire_time",
        ),
        (
            kind == MARKET and time_in_force in _LASTING,
            "A market order is ioc or fok.",
            "/time_in_force",
        ),
    )
    for wrong, detail, pointer in reasons:
        if wrong:
            return RefusalError(INVALID_COMBINATION, detail, pointer)
    return RefusalError(
        INVALID_COMBINATION, "post_only needs a limit order that may rest.", "/post_only"
    )
