"""The application: start-up checks, connexion's own extension points, observation, overload."""

import asyncio
from contextlib import asynccontextmanager

import pytest
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse

from generated.server import Auth, HandlerError, Handlers, Limits, create_app


class Incomplete:
    """Handlers with one flaw of every kind."""

    def get_time(self, context):
        """Not async."""

    async def get_status(self):
        """No context."""

    list_instruments = "text"

    async def get_order_book(self, context, instrument, *, depth=50):
        """Wrong name."""

    async def list_trades(
        self, context, instrument_id, *, start_time, end_time=None, cursor=None, limit=100
    ):
        """Demands what is optional."""

    async def list_candles(self, context, **anything):
        """Takes everything: fine."""


def test_start_up_lists_everything_that_is_wrong():
    handlers = Handlers(market_data=Incomplete(), orders=None, account=object(), api_keys=object())
    with pytest.raises(HandlerError) as caught:
        create_app(handlers, auth=Auth(signature=lambda: None))
    text = str(caught.value)
    for expected in (
        "no handlers for orders: list, create, cancel_all",
        "market_data.get_time (GET /v1/time): must be an async function",
        "market_data.get_status (GET /v1/status): must take the request's context",
        "market_data.list_instruments (GET /v1/instruments): is a str, not a method",
        "does not take instrument_id",
        "demands start_time, which a request need not carry: give it a default",
        "account.list_balances (GET /v1/balances): object has no such method",
        "auth.signature: signature: an object with `async authenticate(context)` is needed",
    ):
        assert expected in text
    assert "list_candles" not in text


def test_missing_authenticators_are_listed(serve):
    with pytest.raises(Exception, match=r"auth.token: no authenticator for token") as caught:
        serve(auth={"token": None, "key": 7})
    assert "auth.key: key: an async function" in str(caught.value)


def test_lifespan(serve):
    steps = []

    @asynccontextmanager
    async def lifespan(_app):
        steps.append("up")
        yield
        steps.append("down")

    app = serve(lifespan=lifespan).app
    events = iter([{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}])

    async def receive():
        return next(events)

    async def send(message):
        steps.append(message["type"])

    asyncio.run(app({"type": "lifespan"}, receive, send))
    assert steps == ["up", "lifespan.startup.complete", "down", "lifespan.shutdown.complete"]


def test_error_handlers_of_connexion_take_what_handlers_raise(serve):
    from connexion.lifecycle import ConnexionResponse  # noqa: PLC0415 - after the server silenced it

    class OutOfStockError(Exception):
        """The application's own."""

    service = serve()
    service.app.add_error_handler(
        OutOfStockError, lambda _request, _error: ConnexionResponse(status_code=409, body=b"gone")
    )
    service.echo.answers["get"] = OutOfStockError()
    answer = service("GET", "/orders/abc")
    assert (answer.status, answer.body) == (409, b"gone")


def test_http_exceptions_become_problems(service):
    service.echo.answers["get"] = HTTPException(418, "teapot", {"x-tea": "green"})
    answer = service("GET", "/orders/abc")
    assert answer.status == 418
    assert answer.field("content-type").startswith("application/problem+json")
    assert answer.field("x-tea") == "green"
    assert answer.json()["detail"] == "teapot"


def test_routes_beside_the_contract(service):
    async def health(_request):
        return PlainTextResponse("ok")

    service.app.add_url_rule("/healthz", "health", health, methods=["GET"])
    assert service("GET", "/healthz").body == b"ok"
    assert service("GET", "/nothing").status == 404


def test_middleware_goes_around_everything_in_order(service):
    class Tag:
        """Adds its name on the way in."""

        def __init__(self, app, name):
            self.app, self.name = app, name

        async def __call__(self, scope, receive, send):
            scope.setdefault("tags", []).append(self.name)
            await self.app(scope, receive, send)

    service.app.add_middleware(Tag, name="outer")
    service.app.add_middleware(Tag, name="inner")
    service.echo.answers["get_text"] = lambda context, **_: ",".join(context.scope["tags"])
    assert service("GET", "/text").body == b"outer,inner"
    with pytest.raises(RuntimeError, match="after the application has started"):
        service.app.add_middleware(Tag, name="late")


def test_observation(serve):
    seen = []
    service = serve(
        observe=lambda context, status, seconds: seen.append((context, status, seconds))
    )
    service.echo.answers["get_text"] = "x"
    service("GET", "/text")
    service("GET", "/text?q=1")
    assert [(context.operation_id, status) for context, status, _ in seen] == [
        ("getText", 200),
        ("getText", 400),
    ]
    assert all(0 < seconds < 1 for _, _, seconds in seen)


def test_too_many_at_once(serve):
    service = serve(limits=Limits(concurrency=1))
    inner = []

    async def busy(context, **_):
        inner.append(await service.client._call(dict(context.scope), [b""]))
        return "x"

    service.echo.answers["get_text"] = None

    async def method(context, **arguments):
        return await busy(context, **arguments)

    service.app.operations["getText"].handler = method
    assert service("GET", "/text").status == 200
    assert inner[0].status == 503
    assert inner[0].field("retry-after") == "1"
    assert inner[0].json()["code"] == "overloaded"
    assert service("GET", "/text").status == 200


def test_slow_bodies_time_out(serve):
    service = serve(limits=Limits(body_seconds=0.05))
    sent = []

    async def receive():
        if sent:
            await asyncio.sleep(5)
        sent.append(1)
        return {"type": "http.request", "body": b"{", "more_body": True}

    answers = []

    async def send(message):
        answers.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "scheme": "http",
        "path": "/orders",
        "raw_path": b"/orders",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"content-type", b"application/json"), (b"transfer-encoding", b"chunked")],
        "client": None,
    }
    asyncio.run(service.app(scope, receive, send))
    assert answers[0]["status"] == 408
