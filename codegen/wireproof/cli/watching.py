"""One round of `wireproof watch`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import click

from wireproof.cli import breaking, generate
from wireproof.cli.config import FILE, read_config
from wireproof.cli.linting import Asked, run
from wireproof.cli.output import report
from wireproof.cli.revisions import WAIVERS, latest_release
from wireproof.diagnostics import WireproofError


class Round:
    """Lint, then the gate, then generation; the first that fails ends the round.

    While the contract cannot be read, the files of the last round that could are watched.
    """

    def __init__(self, config: Path | None, *, gate: bool, generate: bool) -> None:
        self._config = config
        self._gate = gate
        self._generate = generate
        self._files: frozenset[str] = frozenset()

    def __call__(self) -> tuple[int, frozenset[str]]:
        """The exit status, and the files to watch."""
        status = 0
        for step in self._steps():
            status = _status(step)
            if status:
                break
        return status, self._files | frozenset(self._always())

    def _steps(self) -> Iterator[Callable[[], int]]:
        yield self._lint
        arguments = ["--config", str(self._config)] if self._config else []
        if self._gate and latest_release(read_config(self._config)) is not None:
            yield lambda: _invoke(breaking.command, arguments)
        if self._generate:
            yield lambda: _invoke(generate.command, arguments)

    def _lint(self) -> int:
        outcome = run(Asked(config=self._config))
        self._files = outcome.files
        return outcome.status

    def _always(self) -> Iterator[str]:
        """The files whose change starts a round whatever the contract looks like."""
        yield str(self._config or FILE)
        try:
            config = read_config(self._config)
        except WireproofError:
            return
        if config.spec:
            yield config.spec
            yield str(Path(config.spec).parent / WAIVERS)


def _invoke(command: click.Command, arguments: list[str]) -> int:
    command.main(arguments, standalone_mode=False)
    return 0


def _status(step: Callable[[], int]) -> int:
    try:
        return step()
    except WireproofError as error:
        report(error.diagnostics)
        return error.exit_code
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
