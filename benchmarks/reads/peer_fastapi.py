"""Signed balances in FastAPI as its documentation writes it: dependencies, a response model.

The same work as the venue's: the signature, its nonce and its scope, a bucket for each account or
address with its header fields, no query but what is declared, a validated answer, and what stands
in `around`. `BENCH_AROUND=0` leaves the buckets and what is around out.
"""

import os
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated

from around import Around, Bucket
from checking import Checker, RefusedError
from fastapi import Depends, FastAPI, HTTPException, Query, Request, Response
from pydantic import BaseModel

whole = os.environ.get("BENCH_AROUND") != "0"
check = Checker()
reads, public = Bucket("reads", 20, 40), Bucket("public", 50, 100)
app = FastAPI()
if whole:
    app.add_middleware(Around)


async def signed(request: Request) -> str:
    """Who signed the request."""
    url = request.url
    try:
        return check(request.method, url.path, url.query, request.headers)
    except RefusedError:
        raise HTTPException(401, "not let in") from None


def charge(bucket: Bucket, who: str, response: Response) -> None:
    """Take a token, and tell what is left."""
    if not whole:
        return
    allowed, state = bucket.take(who)
    if not allowed:
        fields = {"ratelimit-policy": bucket.policy, "ratelimit": state, "retry-after": "1"}
        raise HTTPException(429, "slow down", fields)
    response.headers["ratelimit-policy"] = bucket.policy
    response.headers["ratelimit"] = state


async def account_of(account: Annotated[str, Depends(signed)], response: Response) -> str:
    """The account that may read on."""
    charge(reads, account, response)
    return account


async def anybody(request: Request, response: Response) -> None:
    """An address that may read on."""
    charge(public, request.client.host if request.client else "", response)


class NoQuery(BaseModel, extra="forbid"):
    """No query at all."""


Nothing = Annotated[NoQuery, Query()]


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
async def balances(
    account: Annotated[str, Depends(account_of)],  # noqa: ARG001 - all have the same
    query: Nothing,  # noqa: ARG001 - it is there to be refused
) -> BalanceList:
    """The account's balances."""
    found = [
        Balance(asset=asset, total=total, available=available, reserved=reserved, updated_time=NOW)
        for asset, (total, available, reserved) in HELD.items()
    ]
    return BalanceList(data=found)


class Time(BaseModel):
    """The time."""

    time: datetime


@app.get("/v1/time", dependencies=[Depends(anybody)])
async def now(query: Nothing) -> Time:  # noqa: ARG001 - it is there to be refused
    """The server's clock."""
    return Time(time=datetime.now(UTC))
