"""The work behind `wireproof generate`, apart from its options so that `--help` stays fast."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from wireproof.cli.config import Config, read_config
from wireproof.cli.output import once, report
from wireproof.cli.reading import Reading
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.emit import memory, reconcile
from wireproof.emit.cases.build import Cases
from wireproof.emit.memory import Memory
from wireproof.emit.names import Names, allocate, read_lock, write_lock
from wireproof.emit.registry import MODULES, target
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.contract import Contract
from wireproof.ir.naming import contexts
from wireproof.source.expect import near


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for; see the options of `wireproof generate`."""

    targets: tuple[str, ...] = ()
    spec: str | None = None
    out: Path | None = None
    config: Path | None = None
    check: bool = False
    force: bool = False
    strict: bool = False


@dataclass(slots=True)
class Kept:
    """What a process that generates again and again need not make anew.

    Attributes:
        templates: The templates in use, compiled.
        memory: What emitters remember; None until it was read from its file.
    """

    templates: Templates | None = None
    memory: Memory | None = None


@dataclass(frozen=True, slots=True)
class _Made:
    """Everything that one run made, before anything is written."""

    trees: Mapping[str, Mapping[str, str | bytes]]
    names: Names
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Job:
    """Where names and files of a run go."""

    config: Config
    targets: tuple[str, ...]
    root: Path
    lock: Path
    kept: Kept = field(default_factory=Kept)


def run(asked: Asked, reading: Reading | None = None, kept: Kept | None = None) -> int:
    """Generate, write or compare, and report; the exit status.

    Raises:
        UsageError: The configuration, the options or what lies in the output folder are wrong.
        LoadError: The contract cannot be read.
    """
    config = read_config(asked.config)
    root = asked.out or config.out
    lock = root / "names.lock.json" if asked.out else config.names
    job = _Job(config, _chosen(asked.targets, config), root, lock, kept or Kept())
    reading = reading or Reading()
    spec = _spec(asked.spec, config)
    flaws = reading.workspace(spec).diagnostics
    contract = reading.contract(spec)
    made = _generate(contract, job)
    todo = reconcile.plan(root, made.trees)
    lock_body = write_lock(made.names)
    lock_differs = not lock.is_file() or lock.read_bytes() != lock_body
    found = once(flaws, contract.diagnostics, made.diagnostics, todo.diagnostics)
    report(found)
    if asked.check:
        status = _check(todo, lock if lock_differs else None)
    else:
        reconcile.apply(todo, force=asked.force)
        if lock_differs:
            lock.parent.mkdir(parents=True, exist_ok=True)
            lock.write_bytes(lock_body)
        _say_written(todo, len(job.targets))
        status = 0
    return status or int(asked.strict and any(d.severity is Severity.ERROR for d in found))


def _chosen(targets: tuple[str, ...], config: Config) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(targets or config.targets or MODULES))
    for name in chosen:
        if name not in MODULES:
            hint = near(name, MODULES)
            raise UsageError(
                Diagnostic("target", Severity.ERROR, f"there is no target {name!r}", help=hint)
            )
    return chosen


def _spec(spec: str | None, config: Config) -> str:
    if spec or config.spec:
        return spec or config.spec or ""
    raise UsageError(
        Diagnostic(
            "no-spec",
            Severity.ERROR,
            "which contract?",
            help="give --spec, or name it in wireproof.yaml as spec:",
        )
    )


def _generate(contract: Contract, job: _Job) -> _Made:
    lock, kept = job.lock, job.kept
    locked = read_lock(lock.read_bytes(), os.fspath(lock)) if lock.is_file() else {}
    names = allocate(contexts(contract), locked)
    templates = kept.templates = kept.templates or Templates(job.config.templates)
    file = memory.file_for(job.root)
    kept.memory = kept.memory or memory.load(file)
    trees: dict[str, Mapping[str, str | bytes]] = {}
    diagnostics: list[Diagnostic] = [*templates.diagnostics]
    cases = Cases(contract)
    for name in job.targets:
        options = job.config.targets.get(name, {})
        custom = reconcile.custom_files(job.root, name)
        given = EmitInput(contract, names, templates, options, custom, kept.memory, cases)
        emission = target(name).emit(given)
        trees[name] = emission.files
        diagnostics += emission.diagnostics
    kept.memory.save(file)
    return _Made(trees, names, tuple(diagnostics))


def _check(todo: reconcile.Plan, lock: Path | None) -> int:
    for verb, paths in (
        ("missing", todo.create),
        ("differs", todo.update),
        ("stale", todo.remove),
    ):
        for path in paths:
            click.echo(f"{verb}: {todo.root / path}", err=True)
    if todo.manifest_differs:
        click.echo(f"differs: {todo.root / reconcile.MANIFEST}", err=True)
    if lock:
        click.echo(f"differs: {lock}", err=True)
    if lock or not todo.clean:
        click.echo("generated code is not up to date: run `wireproof generate`", err=True)
        return 1
    click.echo(f"{len(todo.files)} generated files are up to date", err=True)
    return 0


def _say_written(todo: reconcile.Plan, targets: int) -> None:
    written = len(todo.create) + len(todo.update)
    click.echo(
        f"{targets} target{'s' * (targets != 1)}, {len(todo.files)} files in {todo.root}: "
        f"{written} written, {len(todo.files) - written} unchanged, {len(todo.remove)} removed"
        + (f", {len(todo.kept)} kept as edited by hand" if todo.kept else ""),
        err=True,
    )
