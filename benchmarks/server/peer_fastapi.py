"""FastAPI as its documentation writes it: typed parameters, Pydantic models, return types."""

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import FastAPI, Path, Query
from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, Field(pattern=r"^[A-Z]{2,10}-[A-Z]{2,10}$")]
Amount = Annotated[Decimal, Field(ge=0)]


class Page(BaseModel):
    """What a list gives."""

    instrument_id: str
    status: str
    limit: int
    reverse: bool
    count: int


class NewOrder(BaseModel):
    """What is placed."""

    model_config = ConfigDict(extra="forbid")

    client_order_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9._-]{1,36}$")]
    instrument_id: Text
    side: Literal["buy", "sell"]
    type: Literal["market", "limit"]
    time_in_force: Literal["gtc", "ioc", "fok"]
    quantity: Amount
    limit_price: Amount
    post_only: bool


class Order(BaseModel):
    """What was placed."""

    order_id: str
    client_order_id: str
    instrument_id: str
    side: str
    type: str
    time_in_force: str
    quantity: Decimal
    limit_price: Decimal
    post_only: bool


app = FastAPI()


@app.get("/v1/instruments/{instrument_id}/orders")
async def list_orders(
    instrument_id: Annotated[str, Path(pattern=r"^[A-Z]{2,10}-[A-Z]{2,10}$")],
    status: Literal["open", "filled", "canceled"] | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
    reverse: bool = False,  # noqa: FBT001, FBT002 - how FastAPI declares a parameter
) -> Page:
    """Echo the parameters."""
    return Page(
        instrument_id=instrument_id,
        status=status or "open",
        limit=limit,
        reverse=reverse,
        count=0,
    )


@app.post("/v1/orders", status_code=201)
async def create_order(body: NewOrder) -> Order:
    """Echo the body."""
    return Order(
        order_id="ord_1",
        client_order_id=body.client_order_id,
        instrument_id=body.instrument_id,
        side=body.side,
        type=body.type,
        time_in_force=body.time_in_force,
        quantity=body.quantity,
        limit_price=body.limit_price,
        post_only=body.post_only,
    )
