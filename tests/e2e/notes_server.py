"""A server of the contract that `wireproof init` writes; prints its URL."""

from __future__ import annotations

import asyncio
import socket
from datetime import UTC, datetime
from uuid import uuid4

import uvicorn

from generated.server import (
    Auth,
    Context,
    Handlers,
    Identity,
    Principal,
    Problem,
    create_app,
    models,
)


class Notes:
    """Notes in memory, newest first."""

    def __init__(self) -> None:
        self._notes: dict[str, models.Note] = {}
        self._by_key: dict[str, models.Note] = {}

    async def list(self, _, *, cursor=None, limit=20):
        """A page: the cursor is the number of notes before it."""
        start = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else 0
        found = [*self._notes.values()][::-1][start : start + limit]
        more = start + limit < len(self._notes)
        return models.NoteList(data=found, next_cursor=str(start + limit) if more else None)

    async def create(self, _, body, *, idempotency_key=None):
        """The note; the first one where the key was used before."""
        note = self._by_key.get(idempotency_key or "") or models.Note(
            note_id=str(uuid4()), text=body.text, created_at=datetime.now(UTC)
        )
        self._notes[note.note_id] = note
        if idempotency_key:
            self._by_key[idempotency_key] = note
        return note

    async def get(self, _, note_id):
        """One note."""
        if note_id not in self._notes:
            raise Problem(404, "not_found", "There is no such note.")
        return self._notes[note_id]


async def check(key: str, _: Context) -> Principal | None:
    return Identity("tester") if key == "secret" else None


def main() -> None:
    app = create_app(Handlers(notes=Notes()), auth=Auth(api_key=check))
    listening = socket.create_server(("127.0.0.1", 0))
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    config = uvicorn.Config(app, log_level="warning", access_log=False)
    asyncio.run(uvicorn.Server(config).serve([listening]))


if __name__ == "__main__":
    main()
