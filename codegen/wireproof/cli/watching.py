"""One round of `wireproof watch`: what a save changed, and nothing else, is done again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click

from wireproof.cli import gating, generating, linting
from wireproof.cli.config import FILE, Config, read_config
from wireproof.cli.output import report
from wireproof.cli.reading import Reading
from wireproof.cli.revisions import WAIVERS, latest_release
from wireproof.compat.settings import read_settings as gate_settings
from wireproof.diagnostics import WireproofError
from wireproof.emit.memory import key
from wireproof.lint.settings import read_settings as lint_settings
from wireproof.source.node import Json
from wireproof.source.parse import collector_paused


class Round:
    """Lint, then the gate, then generation; the first that fails ends the round.

    All of them share one reading of the contract; files, the release, templates and models that
    did not change are not looked at again. While the contract cannot be read, the files of the
    last round that could are watched.
    """

    def __init__(self, config: Path | None, *, gate: bool, generate: bool) -> None:
        self._config = config
        self._gate = gate
        self._generate = generate
        self._files: frozenset[str] = frozenset()
        self._reading = Reading()
        self._kept = generating.Kept()
        self._templates: Json = None
        self._made = ""

    def __call__(self) -> tuple[int, frozenset[str]]:
        """The exit status, and the files to watch."""
        self._reading.begin()
        status, times = 0, []
        with collector_paused():
            for name, step in self._steps():
                began = time.perf_counter()
                status = _status(step)
                times.append(f"{name} {(time.perf_counter() - began) * 1000:.0f} ms")
                if status:
                    break
        click.echo(", ".join(times), err=True)
        return status, self._files | frozenset(self._always())

    def _steps(self) -> Iterator[tuple[str, Callable[[], int]]]:
        yield "lint", self._lint
        if self._gate and latest_release(read_config(self._config)) is not None:
            yield "gate", self._judge
        if self._generate:
            yield "generate", self._write

    def _lint(self) -> int:
        outcome = linting.run(linting.Asked(config=self._config), self._reading)
        self._files = outcome.files
        return outcome.status

    def _judge(self) -> int:
        today = date.today()  # noqa: DTZ011 - sunset dates are local days
        asked = gating.Asked(config=self._config, today=today)
        return gating.run(asked, self._reading.contract)

    def _write(self) -> int:
        config = read_config(self._config)
        templates = _stamps(config.templates)
        if templates != self._templates:
            self._templates, self._kept.templates = templates, None
        question = key(self._said(config), templates, repr(config))
        if question == self._made:
            click.echo("nothing to generate: the contract says the same", err=True)
            return 0
        status = generating.run(generating.Asked(config=self._config), self._reading, self._kept)
        self._made = "" if status else question
        return status

    def _said(self, config: Config) -> Json:
        """The contract's content, whatever the files' comments and layout."""
        return self._reading.workspace(config.spec).contract.root.value if config.spec else None

    def _always(self) -> Iterator[str]:
        """The files whose change starts a round whatever the contract looks like."""
        yield str(self._config or FILE)
        try:
            config = read_config(self._config)
            lint = lint_settings(config.lint, config.root)
            waivers = gate_settings(config.compat, config.root).waivers
        except WireproofError:
            return
        yield from map(str, lint.rule_files)
        yield from (name for name, _ in _stamps(config.templates))
        if lint.baseline:
            yield str(lint.baseline)
        if config.spec:
            yield config.spec
            yield str(waivers or Path(config.spec).parent / WAIVERS)


def _stamps(folder: Path | None) -> list[list[Json]]:
    """Every file below a folder, and when it was changed."""
    files = sorted(folder.rglob("*")) if folder else ()
    return [[str(path), path.stat().st_mtime_ns] for path in files if path.is_file()]


def _status(step: Callable[[], int]) -> int:
    try:
        return step()
    except WireproofError as error:
        report(error.diagnostics)
        return error.exit_code
