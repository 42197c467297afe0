"""Client order ids among shards: unique per account over all of them.

An engine asks before it sequences. In the transaction that writes a group of commands it first
claims the ids of their orders; an id that another shard holds makes a refusal of the order, and
that is what is journaled, so that replay and every replica refuse it too. Claim and command are
committed together or not at all.

A core may refuse an order for other reasons, and then its id is free again, as in a venue without
shards. The claim is dropped before anybody is told, so that whoever was refused can use the id
anywhere at once. What a crash leaves of that is found by its time: all commands of a group have
the same one, and before the next group is sequenced the claims of the last are settled.

An id that is sent to two shards at the same moment has one winner. If the winner's core then
refuses the order, the other was told of a conflict with an order that never was: two requests at
once under one id are a mistake of their sender whatever the answers.

Engines do not wait for each other in circles: a transaction inserts in the order of the ids, never
waits for a row that exists, and what it changes or deletes is its own shard's, which nobody else
locks. Only a second try, for an id that was dropped between two statements, is out of that order;
should two ever meet so, PostgreSQL ends one, and that engine recovers as from any failed commit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Table,
    TableValuedAlias,
    Text,
    and_,
    delete,
    func,
    literal,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, insert

from handlers.exchange.commands import Command, PlaceBatch, PlaceOrder, RefuseOrder
from handlers.exchange.journal import Entry, JournalError

Key = tuple[str, str]
"""An account and one of its client order ids."""

_TRIES: Final = 10
# What the table can hold. Anything else never came through the contract, and may not stop a shard.
_PART: Final = re.compile(r"[!-~]{1,64}")


@dataclass(frozen=True, slots=True)
class Claims:
    """The table of claims, for one shard.

    Attributes:
        shard: Whose claims are made and dropped.
        table: `venue.CLIENT_ORDER_IDS`, in its schema.
    """

    shard: str
    table: Table

    def settle(self, writer: Connection, entries: Sequence[Entry]) -> Sequence[Entry]:
        """Claim the ids of all orders; the entries with refusals where that cannot be.

        Raises:
            JournalError: Somebody claims and drops the same id again and again.
        """
        wanted = {key for entry in entries for key in keys_of(entry.command)}
        if not wanted:
            return entries
        keys = sorted(key for key in wanted if all(map(_PART.fullmatch, key)))
        taken = wanted.difference(self._claim(writer, keys, entries[0].time))
        if not taken:
            return entries
        return [entry._replace(command=_refused(entry.command, taken)) for entry in entries]

    def _claim(self, writer: Connection, keys: list[Key], time: int) -> set[Key]:
        """The keys that are this shard's now; all others are another's."""
        mine: set[Key] = set()
        rest = keys
        for _ in range(_TRIES):
            mine |= self._insert(writer, rest, time)
            rest = [key for key in rest if key not in mine]
            if not rest:
                return mine
            owners = self._owners(writer, rest)
            again = [key for key, owner in owners.items() if owner == self.shard]
            self.keep(writer, again, time)
            mine.update(again)
            rest = [key for key in rest if key not in owners]  # dropped in between
            if not rest:
                return mine
        raise JournalError("a client id is claimed and dropped again and again")

    def _insert(self, writer: Connection, keys: list[Key], time: int) -> set[Key]:
        wanted, table = _rows(keys), self.table.c
        rows = select(wanted.c.account, wanted.c.name, literal(self.shard), literal(time))
        query = (
            insert(self.table)
            .from_select(["account_id", "client_order_id", "shard", "time"], rows)
            .on_conflict_do_nothing()
            .returning(table.account_id, table.client_order_id)
        )
        return {(account, name) for account, name in writer.execute(query)}

    def _owners(self, writer: Connection, keys: list[Key]) -> dict[Key, str]:
        wanted, table = _rows(keys), self.table.c
        query = select(table.account_id, table.client_order_id, table.shard).where(
            table.account_id == wanted.c.account, table.client_order_id == wanted.c.name
        )
        return {(account, name): owner for account, name, owner in writer.execute(query)}

    def keep(self, writer: Connection, keys: Collection[Key], time: int) -> None:
        """Give claims of this shard another time."""
        if keys:
            writer.execute(update(self.table).where(self._are(keys)).values(time=time))

    def drop(self, writer: Connection, keys: Collection[Key]) -> None:
        """Forget claims of this shard."""
        if keys:
            writer.execute(delete(self.table).where(self._are(keys)))

    def _are(self, keys: Collection[Key]) -> ColumnElement[bool]:
        wanted, table = _rows(keys), self.table.c
        chosen = select(wanted.c.account, wanted.c.name)
        is_chosen = tuple_(table.account_id, table.client_order_id).in_(chosen)
        return and_(table.shard == self.shard, is_chosen)

    def since(self, connection: Connection, time: int) -> list[Key]:
        """Claims of this shard from an instant on."""
        table = self.table.c
        return self._keys(connection, self._own().where(table.time >= time))

    def before(self, connection: Connection, time: int, most: int) -> list[Key]:
        """The oldest claims of this shard from before an instant."""
        age = self.table.c.time
        return self._keys(connection, self._own().where(age < time).order_by(age).limit(most))

    def _own(self) -> Select[Any]:
        table = self.table.c
        return select(table.account_id, table.client_order_id).where(table.shard == self.shard)

    def _keys(self, connection: Connection, query: Select[Any]) -> list[Key]:
        return [(account, name) for account, name in connection.execute(query)]


def keys_of(command: Command) -> Iterator[Key]:
    """The client ids that a command would take."""
    if isinstance(command, PlaceOrder):
        yield command.account_id, command.client_order_id
    elif isinstance(command, PlaceBatch):
        for item in command.items:
            yield item.account_id, item.client_order_id


def _refused(command: Command, taken: set[Key]) -> Command:
    """The command without the orders whose ids are taken."""
    if isinstance(command, PlaceOrder):
        if (command.account_id, command.client_order_id) in taken:
            return RefuseOrder(
                account_id=command.account_id,
                client_order_id=command.client_order_id,
                expires=command.expires,
            )
    elif isinstance(command, PlaceBatch):
        names = sorted({key[1] for key in keys_of(command) if key in taken})
        return replace(command, taken=tuple(names)) if names else command
    return command


def _rows(keys: Collection[Key]) -> TableValuedAlias:
    """Keys as a table of `account` and `name`, in their order."""
    accounts = literal([account for account, _ in keys], ARRAY(Text))
    names = literal([name for _, name in keys], ARRAY(Text))
    return (
        func.unnest(accounts, names).table_valued("account", "name", name="wanted").render_derived()
    )
