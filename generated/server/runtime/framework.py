"""What is used of connexion, imported in one place.

What it imports in turn (Starlette's test client, jsonschema's old resolver) warns of deprecations
that are none of a served application's business; they are silenced for these imports only.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
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
