"""Why the venue refuses a command, and why an order ended: the words of the contract.

Refusals leave the state untouched. They travel as `RefusalError` from the check that found
them to the facade, which turns them into a `Rejected` event.
"""

from __future__ import annotations

from typing import Final

# Refusals (`Problem.code` in the contract). The HTTP status stands in the heading.
# 400
MALFORMED: Final = "malformed"
NUMBER_NOT_DECIMAL_STRING: Final = "number_not_decimal_string"
# 401
TIMESTAMP_OUT_OF_WINDOW: Final = "timestamp_out_of_window"
# 404
ORDER_NOT_FOUND: Final = "order_not_found"
INSTRUMENT_NOT_FOUND: Final = "instrument_not_found"
# 409
CLIENT_ORDER_ID_CONFLICT: Final = "client_order_id_conflict"
VERSION_CONFLICT: Final = "version_conflict"
ORDER_NOT_OPEN: Final = "order_not_open"
# 422
INVALID_COMBINATION: Final = "invalid_combination"
PRICE_OFF_TICK: Final = "price_off_tick"
QUANTITY_OFF_STEP: Final = "quantity_off_step"
BELOW_MINIMUM: Final = "below_minimum"
INSUFFICIENT_BALANCE: Final = "insufficient_balance"
POST_ONLY_WOULD_CROSS: Final = "post_only_would_cross"
REDUCE_ONLY_VIOLATION: Final = "reduce_only_violation"
SELF_TRADE_PREVENTED: Final = "self_trade_prevented"
INSTRUMENT_NOT_OPEN: Final = "instrument_not_open"

# Reasons of a canceled order (`Order.cancel_reason`; an open enum in the contract).
REQUESTED: Final = "requested"
TIME_IN_FORCE: Final = "time_in_force"
SELF_TRADE_PREVENTION: Final = "self_trade_prevention"
REDUCE_ONLY: Final = "reduce_only"
CANCEL_AFTER: Final = "cancel_after"


class RefusalError(Exception):
    """A command that the venue does not carry out; nothing has changed.

    Attributes:
        code: One of the codes above.
        detail: One sentence for the person who reads the response.
        pointer: RFC 6901 pointer to the member of the command that is at fault, or "".
    """

    def __init__(self, code: str, detail: str, pointer: str = "") -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.pointer = pointer
