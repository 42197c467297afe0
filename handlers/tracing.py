"""OpenTelemetry traces, where somebody asked for them: one server span for each request.

Nothing here is imported unless `NORTHGATE_TRACING` is set; the `tracing` extra brings the library,
its own OTEL_ variables say where spans go. Attributes are those of the HTTP semantic conventions
that hold no secret: never a header field, a query or a body.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from handlers.headers import App, Message, Send


class TracingError(Exception):
    """Traces were asked for, and the library is not installed."""


def traced(app: App, provider: Any = None) -> App:  # noqa: ANN401 - a TracerProvider, if it is there
    """The application within spans.

    Args:
        app: What to trace.
        provider: A TracerProvider; None takes the process's own.

    Raises:
        TracingError: The library is not installed.
    """
    try:
        from opentelemetry import propagate, trace  # noqa: PLC0415 - only for whoever traces
    except ImportError as error:
        raise TracingError("NORTHGATE_TRACING needs the `tracing` extra to be installed") from error
    tracer = trace.get_tracer("northgate", tracer_provider=provider)

    async def application(
        scope: Message, receive: Callable[[], Awaitable[Message]], send: Send
    ) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        carrier = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]
        }
        with tracer.start_as_current_span(
            scope["method"],
            context=propagate.extract(carrier),
            kind=trace.SpanKind.SERVER,
            attributes={"http.request.method": scope["method"], "url.path": scope["path"]},
        ) as span:

            async def told(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                    for name, value in message["headers"]:
                        if name == b"x-request-id":
                            span.set_attribute("northgate.request_id", value.decode("latin-1"))
                await send(message)

            await app(scope, receive, told)

    return application
