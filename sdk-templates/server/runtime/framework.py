"""What is used of connexion, imported in one place.

Connexion pulls in Starlette's test client at import, which warns about the HTTP client that it
would use. Nobody who serves an application is concerned.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.filterwarnings("ignore", message="Using `httpx` with `starlette.testclient`")
    from connexion import AsyncApp  # type: ignore[import-untyped] # connexion ships no types
    from connexion.apps.asynchronous import AsyncApi, AsyncASGIApp  # type: ignore[import-untyped] # connexion ships no types
    from connexion.exceptions import ProblemException  # type: ignore[import-untyped] # connexion ships no types
    from connexion.lifecycle import ConnexionRequest, ConnexionResponse  # type: ignore[import-untyped] # connexion ships no types
    from connexion.middleware import MiddlewarePosition  # type: ignore[import-untyped] # connexion ships no types
    from connexion.middleware.exceptions import ExceptionMiddleware  # type: ignore[import-untyped] # connexion ships no types
    from connexion.middleware.lifespan import LifespanMiddleware  # type: ignore[import-untyped] # connexion ships no types
    from connexion.middleware.server_error import ServerErrorMiddleware  # type: ignore[import-untyped] # connexion ships no types
    from connexion.resolver import Resolver  # type: ignore[import-untyped] # connexion ships no types

__all__ = [
    "AsyncASGIApp",
    "AsyncApi",
    "AsyncApp",
    "ConnexionRequest",
    "ConnexionResponse",
    "ExceptionMiddleware",
    "LifespanMiddleware",
    "MiddlewarePosition",
    "ProblemException",
    "Resolver",
    "ServerErrorMiddleware",
]
