"""Processes that are forked from one which has imported everything: a start takes milliseconds.

For tests that kill and start processes by the hundred. What runs is what `python -m handlers` runs.
"""

from __future__ import annotations

import faulthandler
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from multiprocessing.process import BaseProcess
from pathlib import Path

from handlers import __main__ as program

forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload([program.__name__, "tests.exchange.crash_child"])


def command(
    arguments: Sequence[str], environment: Mapping[str, str], out: Path, log: Path
) -> BaseProcess:
    """Start `python -m handlers ARGUMENTS`; its standard output and error go to files."""
    process = forks.Process(target=_run, args=(tuple(arguments), dict(environment), out, log))
    process.start()
    return process


def _run(arguments: Sequence[str], environment: Mapping[str, str], out: Path, log: Path) -> None:
    os.environ.clear()
    os.environ.update(environment)
    for path, descriptor in ((out, 1), (log, 2)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, descriptor)
        os.close(file)
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - for as long as the process lives
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - the same
    faulthandler.register(signal.SIGUSR1, file=sys.stderr)  # says where it hangs, into its log
    sys.exit(program.main(arguments))
