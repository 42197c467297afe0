"""Wireproof: the server generated from the same document, handlers typed with its models."""

import sys
import tempfile
from pathlib import Path

from wireproof.emit.names import allocate
from wireproof.emit.server import TARGET
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.source import load


def generate(folder: Path) -> None:
    """Write the probe's server package into a folder, as `probe_server`."""
    contract = build(load(Path(__file__).with_name("probe.openapi.yaml")).contract)
    emission = TARGET.emit(EmitInput(contract, allocate(contexts(contract), {}), Templates()))
    for name, text in emission.files.items():
        path = folder / "probe_server" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


_FOLDER = tempfile.TemporaryDirectory()
generate(Path(_FOLDER.name))
sys.path.insert(0, _FOLDER.name)

from probe_server import Context, Handlers, create_app, models  # type: ignore[import-not-found] # noqa: E402 - generated just above


class Orders:
    """Echoes."""

    async def list(
        self,
        _: Context,
        instrument_id: str,
        *,
        status: str | None = None,
        limit: int = 100,
        reverse: bool = False,
    ) -> models.Page:
        """Echo the parameters."""
        return models.Page(
            instrument_id=instrument_id,
            status=status or "open",
            limit=limit,
            reverse=reverse,
            count=0,
        )

    async def create(self, _: Context, body: models.NewOrder) -> models.Order:
        """Echo the body."""
        return models.Order(
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


app = create_app(Handlers(orders=Orders()))
