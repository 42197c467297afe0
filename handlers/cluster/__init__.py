"""Northgate past one machine: any number of API processes, one engine and its standbys.

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
- There is one engine: the writer of the journal, by an advisory lock, fenced by its epoch (see
  `handlers.store.journal`). Others stand by for the lock. An engine that lost it and does not
  know yet cannot commit, so it can announce nothing either.

Reads: a linearizable read (an order by either id, a dry run) sends an empty command
(`AdvanceTime`) through the stream and looks when that is applied: everything acknowledged before
is there, and what is sequenced later gets a later time. Concurrent reads share one. It needs
clocks within a second of each other, as signatures do. All other reads show the replica as it
is, usually milliseconds old; a process always shows what it has itself acknowledged.

Unknown outcomes: a publisher never retries. Where the answer does not come in time (Redis or
the engine died), the client is told that nobody knows, and looks its order up as ever.

Recovery: whoever becomes the engine, and every API process that starts, begins with the newest
snapshot (see `handlers.exchange.snapshots`) and replays what came behind it.

Shards: there is one, and it owns every instrument. Books are independent of each other; three
things that the contract promises an account are not:

- its balances: its USD pays for orders in BTC-USD and in ETH-USD. Two engines that reserve from one
  balance need a transaction across both for every order, or budgets split by hand. Instruments
  that share no asset could be apart.
- its client order ids: unique per account, not per instrument. Two shards would have to agree on
  each one, in the commit that accepts the order, whatever the assets are.
- its dead-man switch, `cancel all` and order lists: one answer over all instruments, and one order
  of times and ids for cursors.

The second costs every order a round trip to a common table. That is more than a shard brings while
one core carries many times the orders that an engine's commits do. What scales is everything else:
signatures, HTTP, validation and reads, which is where the time goes (`benchmarks/bench_venue.py`).

What Redis may lose: nonces (a captured request could be replayed until it expires, 30 seconds at
most, and a replayed order is still the same order by its client id), budgets (buckets are full
again), and commands that nobody has acknowledged. Never an order that was acknowledged.
"""
