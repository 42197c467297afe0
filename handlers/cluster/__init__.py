"""Northgate past one machine: any number of API processes; an engine, or several, with standbys.

::

    client ──> API process ── XADD ──> Redis Stream ── XREAD ──> engine ── commit ──> PostgreSQL
                    ▲                                               │
                    └──────────── what was committed ── PUBLISH ────┘

- An *API process* checks signatures and budgets, publishes commands, and holds a replica of
  the venue: the core is deterministic, so it applies the committed commands and has the same
  state. Its replies and all reads come from there. It owns nothing; any may die at any time.
- The *engine* reads the stream, gives commands their order and time, and commits each with its
  place in the stream (`Entry.source`) in one PostgreSQL transaction. The journal's last source
  is the stream position: a command is committed with the position behind it or not at all. So
  whoever is the engine next goes on exactly there, and every published command takes effect
  once or, when Redis lost it before, never.
- Only what is committed is ever announced. An announcement that is lost leaves a gap in the
  positions, which the replica fills from PostgreSQL; the engine's heartbeat tells it in time.
- There is one engine (of each shard): the writer of the journal, by an advisory lock, fenced by
  its epoch (see `handlers.store.journal`). Others stand by for the lock. An engine that lost it
  and does not know yet cannot commit, so it can announce nothing either.

Reads: a linearizable read (an order by either id, a dry run) sends an empty command
(`AdvanceTime`) through the stream and looks when that is applied: everything acknowledged before
is there, and what is sequenced later gets a later time. Concurrent reads share one. It needs
clocks within a second of each other, as signatures do. All other reads show the replica as it
is, usually milliseconds old; a process always shows what it has itself acknowledged.

Unknown outcomes: a publisher never retries. Where the answer does not come in time (Redis or
the engine died), the client is told that nobody knows, and looks its order up as ever.

Recovery: whoever becomes the engine, and every API process that starts, begins with the newest
snapshot (see `handlers.exchange.snapshots`) and replays what came behind it.

Shards: `NORTHGATE_SHARDS` splits the instruments among several engines, each with a stream, feed,
writer, journal and snapshots of its own, and standbys for each. An API process follows them all and
shows one venue (`handlers.shards`). What the contract promises an account over all instruments:

- *Balances*: no asset is in two shards, so each balance has one ledger and no order needs two. The
  map is checked for that, and kept in the database, which refuses any process that means another.
- *Client order ids*: an engine claims the ids of a group in the transaction that commits it
  (`handlers.store.claims`). One statement more for each group, not for each order, and none in a
  venue without shards.
- *Look-ups by client id*: the shard that holds it answers. Where none is known to, all are asked
  at the same time, and "not found" is said only when each has answered.
- *Cancel all, dead-man switch*: go to all shards. When one does not answer, the client is told that
  the outcome is unknown (504), and by repeating it gets the rest done. A switch that was armed
  fires in each shard by itself, in one that was down as soon as it is back.
- *Lists*: merged by (time, shard, number). Shards tell the time by clocks of their own, so whoever
  polls with `start_time` should look back as far as those may differ.
- *Event numbers* (`seq`): no two alike, and rising within an instrument, as within its shard; they
  do not order events of different shards.

An order of a shard whose engine is gone is turned away (503); all others go on, `/readyz` says
which is missing, and the public status is `degraded`. Instruments can be added to a shard by
starting all processes with a larger map; moving one is not possible, for its history stays.

What Redis may lose: nonces (a captured request could be replayed until it expires, 30 seconds at
most, and a replayed order is still the same order by its client id), budgets (buckets are full
again), and commands that nobody has acknowledged. Never an order that was acknowledged.
"""
