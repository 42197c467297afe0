"""`python -m handlers`: run Northgate, and make sandbox accounts.

::

    export NORTHGATE_MASTER_KEY=$(python -m handlers master-key)
    python -m handlers sandbox --account alice:USD=100000 --account bob:USD=1000,BTC=2
    python -m handlers serve --port 8080

Past one machine, over PostgreSQL (NORTHGATE_DATABASE_URL) and Redis (NORTHGATE_REDIS_URL)::

    python -m handlers engine             # one, and as many standbys as you like
    python -m handlers api --port 8080    # any number

With NORTHGATE_SHARDS="main:BTC-USD,ETH-USD;eur:SOL-EUR" there is an engine for each shard::

    python -m handlers engine --shard main
    python -m handlers engine --shard eur
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy.exc import SQLAlchemyError

from handlers import logs
from handlers.app import assemble
from handlers.cluster.engine_process import run_engine_process
from handlers.cluster.processes import assemble_api
from handlers.exchange.journal import JournalError
from handlers.keys.sealing import MASTER_KEY_BYTES, UnsealError
from handlers.opening import journal_of, shard_names
from handlers.sandbox import SandboxAccount, SandboxError, define_instruments, open_account
from handlers.serve import serve
from handlers.settings import PREFIX, Settings, SettingsError
from handlers.single import VenueBusyError, alone
from handlers.store.snapshotter import take

_REFUSED = (JournalError, OSError, SandboxError, SQLAlchemyError, UnsealError, VenueBusyError)
_OPTIONS = ("host", "port", "database", "shard")
Deposits = tuple[tuple[str, str], ...]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status: 0 done, 1 refused, 2 wrong usage or settings."""
    options = _parser().parse_args(arguments)
    if options.command == "master-key":
        sys.stdout.write(f"{b64encode(os.urandom(MASTER_KEY_BYTES)).decode()}\n")
        return 0
    try:
        settings = Settings.from_environment(_environment(options))
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    logs.set_up(settings.log_level)
    try:
        if options.command == "serve":
            with alone(settings):
                serve(settings)
        elif options.command == "api":
            serve(settings, assemble_api)
        elif options.command == "engine":
            run_engine_process(settings)
        elif options.command == "snapshot":
            for line in _snapshots(settings):
                sys.stdout.write(f"{line}\n")
        else:
            with alone(settings):
                accounts = asyncio.run(_open_accounts(settings, options.account))
            json.dump([account.as_json() for account in accounts], sys.stdout, indent=2)
            sys.stdout.write("\n")
    except SettingsError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    except _REFUSED as error:
        sys.stderr.write(f"{str(error).splitlines()[0]}\n")
        return 1
    return 0


def _snapshots(settings: Settings) -> Iterator[str]:
    """Take a snapshot, or one of each shard, whether the venue runs or not; their positions."""
    for shard in shard_names(settings):
        journal = journal_of(settings, shard)
        try:
            position = take(journal, settings.journal_days)
        finally:
            journal.close()
        yield str(position) if shard is None else f"{shard} {position}"


async def _open_accounts(
    settings: Settings, wanted: Sequence[tuple[str, Deposits]]
) -> list[SandboxAccount]:
    """Open accounts in a venue that does not run."""
    northgate = assemble(settings)
    await northgate.engine.start()
    try:
        await define_instruments(northgate.engine, settings.instruments)
        return [
            await open_account(northgate.engine, northgate.keys, name, deposits)
            for name, deposits in wanted
        ]
    finally:
        await northgate.engine.stop()


def _environment(options: argparse.Namespace) -> Mapping[str, str]:
    """The process's environment under the command's own options."""
    given = {name: getattr(options, name, None) for name in _OPTIONS}
    flags = {f"{PREFIX}{name.upper()}": str(value) for name, value in given.items() if value}
    return {**os.environ, **flags}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m handlers", description="The Northgate venue.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--database", metavar="FILE", help="SQLite file of the journal")
    listening = argparse.ArgumentParser(add_help=False)
    listening.add_argument("--host", help="address to listen on")
    listening.add_argument("--port", help="port to listen on, 0 for any free one")
    commands.add_parser(
        "serve", parents=[shared, listening], help="run the venue until it is stopped"
    )
    commands.add_parser("api", parents=[listening], help="run an API process of a cluster")
    engine = commands.add_parser("engine", help="run the engine of a cluster, or a standby of it")
    engine.add_argument("--shard", metavar="NAME", help="which shard's, where there are several")
    sandbox = commands.add_parser(
        "sandbox",
        parents=[shared],
        help="open accounts with play money and a key each, while the venue does not run",
    )
    sandbox.add_argument(
        "--account",
        metavar="NAME[:ASSET=AMOUNT,...]",
        action="append",
        type=_account,
        default=[],
        help="an account to open, and what to deposit; may be repeated",
    )
    commands.add_parser(
        "snapshot",
        parents=[shared],
        help="save the venue's state, so that it starts faster; it may run meanwhile",
    )
    commands.add_parser("master-key", help="print a new NORTHGATE_MASTER_KEY")
    return parser


def _account(text: str) -> tuple[str, Deposits]:
    name, _, deposits = text.partition(":")
    pairs = [each.partition("=") for each in deposits.split(",") if each]
    if not name or not all(asset and amount for asset, _, amount in pairs):
        raise argparse.ArgumentTypeError(f"{text!r} is not like alice:USD=100000,BTC=2")
    return name, tuple((asset, amount) for asset, _, amount in pairs)


if __name__ == "__main__":
    sys.exit(main())
