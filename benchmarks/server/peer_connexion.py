"""Connexion as its documentation writes it: the document, handlers by operation id."""

import warnings
from pathlib import Path
from typing import Any

import yaml

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import connexion


async def list_orders(
    instrument_id: str, status: str = "open", limit: int = 100, *, reverse: bool = False
) -> dict[str, Any]:
    """Echo the parameters."""
    return {
        "instrument_id": instrument_id,
        "status": status,
        "limit": limit,
        "reverse": reverse,
        "count": 0,
    }


async def create_order(body: dict[str, Any]) -> tuple[dict[str, Any], int]:
    """Echo the body."""
    return {"order_id": "ord_1", **body}, 201


_HANDLERS = {"list_orders": list_orders, "create_order": create_order}

app = connexion.AsyncApp(__name__, resolver=connexion.resolver.Resolver(_HANDLERS.__getitem__))
app.add_api(yaml.safe_load(Path(__file__).with_name("probe.openapi.yaml").read_text()))
