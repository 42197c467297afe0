"""`wireproof watch`: after each save, lint, gate and generate again."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path

import click

_PAUSE = 0.015  # seconds between two looks at the files
SETTLE = 0.005
"""Seconds in which a saved file must not change once more."""
_PATIENCE = 20  # looks that a file which is gone gets to come back

Stamps = Mapping[str, int]
"""File -> when it was changed last, in nanoseconds; 0 where it is not there."""


@click.command("watch")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option("--no-gate", is_flag=True, help="Do not compare with the latest release.")
@click.option("--no-generate", is_flag=True, help="Do not write generated code.")
@click.option("--rounds", type=click.IntRange(1), help="End after so many rounds; default: never.")
def command(
    *, config_path: Path | None, no_gate: bool, no_generate: bool, rounds: int | None
) -> None:
    """Lint, gate and generate now and after each save of the contract; Ctrl-C ends it.

    The gate is asked where there is a release, and code is written where linting and the gate
    found nothing that fails. Exit status: that of the last round.
    """
    from wireproof.cli.watching import Round  # noqa: PLC0415 - keeps --help fast

    one = Round(config_path, gate=not no_gate, generate=not no_generate)
    try:
        status = loop(one, rounds)
    except KeyboardInterrupt:
        click.echo("", err=True)
        status = 0
    raise SystemExit(status)


def loop(
    work: Callable[[], tuple[int, Collection[str]]],
    rounds: int | None,
    sleep: Callable[[float], None] = time.sleep,
) -> int:
    """Do the work now and whenever a file that it names has changed.

    Args:
        work: Returns its exit status and the files that it depends on.
        rounds: End after so many; None for never.
        sleep: Waits between two looks.
    """
    done = 0
    seen: Stamps = {}
    while True:
        began = time.perf_counter()
        before = stamps(seen)
        status, files = work()
        # What was saved while the work was going on has changed since.
        seen = {**stamps(files), **{file: before[file] for file in files if file in before}}
        done += 1
        taken = (time.perf_counter() - began) * 1000
        click.echo(f"[{taken:.0f} ms] watching {len(seen)} files", err=True)
        if done == rounds:
            return status
        gc.collect()  # now that nobody waits
        while (now := stamps(seen)) == seen:
            sleep(_PAUSE)
        now = _settled(seen, now, sleep)
        changed = [file for file in seen if now[file] != seen[file]]
        click.echo(f"changed: {', '.join(changed)}", err=True)


def _settled(seen: Stamps, now: Stamps, sleep: Callable[[float], None]) -> Stamps:
    """The files once they are saved: editors empty, write and rename, and each step is seen."""
    for _ in range(_PATIENCE):
        before = now
        sleep(SETTLE)
        now = stamps(seen)
        if now == before and not any(seen[file] and not now[file] for file in seen):
            break
    return now


def stamps(files: Iterable[str]) -> Stamps:
    """When each file was changed last."""
    return {file: _stamp(Path(file)) for file in sorted(files)}


def _stamp(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0
