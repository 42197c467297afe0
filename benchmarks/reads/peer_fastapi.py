"""Signed balances in FastAPI as its documentation writes it: a dependency, a response model."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from checking import Checker, RefusedError
from fastapi import Depends, FastAPI, HTTPException, Request
from pydantic import BaseModel

check = Checker()
app = FastAPI()


async def signed(request: Request) -> str:
    """Who signed the request."""
    url = request.url
    try:
        return check(request.method, url.path, url.query, request.headers)
    except RefusedError:
        raise HTTPException(401, "not let in") from None


class Balance(BaseModel):
    """What an account has of an asset."""

    asset: str
    total: Decimal
    available: Decimal
    reserved: Decimal
    updated_time: datetime


class BalanceList(BaseModel):
    """All balances."""

    data: list[Balance]


NOW = datetime.now(UTC)
HELD = {
    "BTC": (Decimal("1000.00000000"), Decimal("1000.00000000"), Decimal(0)),
    "USD": (Decimal("100000000.00000000"), Decimal("96000000.00"), Decimal("4000000.00")),
}


@app.get("/v1/balances")
async def balances(account: Annotated[str, Depends(signed)]) -> BalanceList:  # noqa: ARG001 - all have the same
    """The account's balances."""
    found = [
        Balance(asset=asset, total=total, available=available, reserved=reserved, updated_time=NOW)
        for asset, (total, available, reserved) in HELD.items()
    ]
    return BalanceList(data=found)


class Time(BaseModel):
    """The time."""

    time: datetime


@app.get("/v1/time")
async def now() -> Time:
    """The server's clock."""
    return Time(time=datetime.now(UTC))
