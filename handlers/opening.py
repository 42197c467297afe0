"""The journals that settings speak of: one, or one for each shard."""

from __future__ import annotations

from handlers.settings import Settings, SettingsError
from handlers.shards.map import ShardMapError
from handlers.store.journal import SqlJournal
from handlers.store.venue import agree, open_journal


def shard_names(settings: Settings) -> tuple[str | None, ...]:
    """All shards; None stands for the whole of a venue that has none."""
    return (None,) if settings.shards is None else settings.shards.names


def journal_of(settings: Settings, shard: str | None) -> SqlJournal:
    """The journal of a shard, once it is sure that the database holds the venue that is meant.

    Raises:
        SettingsError: It holds one that is split in another way.
        JournalError: It does not answer.
    """
    secret = settings.database_url
    url = None if secret is None else secret.get_secret_value()
    if url is not None:
        try:
            agree(url, settings.shards)
        except ShardMapError as error:
            raise SettingsError(f"NORTHGATE_SHARDS: {error}") from None
    return open_journal(settings.database, url, shard)
