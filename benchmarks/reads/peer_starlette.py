"""The same in bare Starlette: the check by hand, plain dictionaries, nothing validated."""

from datetime import UTC, datetime

from checking import Checker, RefusedError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

check = Checker()
NOW = datetime.now(UTC).isoformat()
BTC = {"asset": "BTC", "total": "1000.00000000", "available": "1000.00000000", "reserved": "0"}
USD = {"asset": "USD", "total": "100000000.00", "available": "96000000.00", "reserved": "4000000"}


async def balances(request: Request) -> JSONResponse:
    """The account's balances."""
    url = request.url
    try:
        check(request.method, url.path, url.query, request.headers)
    except RefusedError:
        return JSONResponse({"detail": "not let in"}, 401)
    return JSONResponse({"data": [{**BTC, "updated_time": NOW}, {**USD, "updated_time": NOW}]})


async def now(_request: Request) -> JSONResponse:
    """The server's clock."""
    return JSONResponse({"time": datetime.now(UTC).isoformat()})


app = Starlette(routes=[Route("/v1/balances", balances), Route("/v1/time", now)])
