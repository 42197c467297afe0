"""Bare Starlette: routes and JSON, nothing validated. The floor of a Python framework."""

import json
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route


async def list_orders(request: Request) -> JSONResponse:
    """Echo the parameters."""
    query = request.query_params
    page = {
        "instrument_id": request.path_params["instrument_id"],
        "status": query.get("status", "open"),
        "limit": int(query.get("limit", "100")),
        "reverse": query.get("reverse", "false") == "true",
        "count": 0,
    }
    return JSONResponse(page)


async def create_order(request: Request) -> JSONResponse:
    """Echo the body."""
    body: dict[str, Any] = json.loads(await request.body())
    return JSONResponse({"order_id": "ord_1", **body}, status_code=201)


app = Starlette(
    routes=[
        Route("/v1/instruments/{instrument_id}/orders", list_orders, methods=["GET"]),
        Route("/v1/orders", create_order, methods=["POST"]),
    ]
)
