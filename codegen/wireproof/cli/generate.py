"""`wireproof generate`: servers, models and SDKs from the contract."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from wireproof.cli.config import Config, read_config
from wireproof.cli.output import once, report
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.emit import reconcile
from wireproof.emit.names import Names, allocate, read_lock, write_lock
from wireproof.emit.registry import MODULES, target
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.contract import Contract
from wireproof.ir.naming import contexts
from wireproof.source.workspace import load


@dataclass(frozen=True, slots=True)
class Generated:
    """Everything that one run made, before anything is written."""

    trees: Mapping[str, Mapping[str, str | bytes]]
    names: Names
    diagnostics: tuple[Diagnostic, ...]


@click.command("generate")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--spec", metavar="SPEC", help="Contract: a path, '-' or REV:path.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Output folder.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@click.option("--force", is_flag=True, help="Overwrite generated files that were edited by hand.")
@click.option("--strict", is_flag=True, help="Exit 1 if anything had to be left out.")
def command(
    targets: tuple[str, ...],
    *,
    spec: str | None,
    out: Path | None,
    config_path: Path | None,
    check: bool,
    force: bool,
    strict: bool,
) -> None:
    """Generate code from the contract.

    TARGET is one of server, python, typescript; without any, those that wireproof.yaml names.
    What cannot be generated is named on stderr and left out; the rest is written. Either all
    targets are written or none.
    """
    config = read_config(config_path)
    chosen = _chosen(targets, config)
    root = out or config.out
    lock = root / "names.lock.json" if out else config.names
    workspace = load(_spec(spec, config))
    contract = build(workspace.contract)
    made = _generate(contract, chosen, config, lock, root)
    todo = reconcile.plan(root, made.trees)
    lock_body = write_lock(made.names)
    lock_differs = not lock.is_file() or lock.read_bytes() != lock_body
    found = once(workspace.diagnostics, contract.diagnostics, made.diagnostics, todo.diagnostics)
    report(found)
    if check:
        _check(todo, lock if lock_differs else None)
    else:
        reconcile.apply(todo, force=force)
        if lock_differs:
            lock.parent.mkdir(parents=True, exist_ok=True)
            lock.write_bytes(lock_body)
        _say_written(todo, len(chosen))
    if strict and any(d.severity is Severity.ERROR for d in found):
        raise SystemExit(1)


def _chosen(targets: tuple[str, ...], config: Config) -> tuple[str, ...]:
    chosen = tuple(dict.fromkeys(targets or config.targets or MODULES))
    for name in chosen:
        if name not in MODULES:
            known = ", ".join(MODULES)
            raise UsageError(
                Diagnostic("target", Severity.ERROR, f"no target {name!r}", help=f"known: {known}")
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


def _generate(
    contract: Contract, chosen: tuple[str, ...], config: Config, lock: Path, root: Path
) -> Generated:
    locked = read_lock(lock.read_bytes(), os.fspath(lock)) if lock.is_file() else {}
    names = allocate(contexts(contract), locked)
    templates = Templates(config.templates)
    trees: dict[str, Mapping[str, str | bytes]] = {}
    diagnostics: list[Diagnostic] = [*templates.diagnostics]
    for name in chosen:
        options = config.targets.get(name, {})
        custom = reconcile.custom_files(root, name)
        emission = target(name).emit(EmitInput(contract, names, templates, options, custom))
        trees[name] = emission.files
        diagnostics += emission.diagnostics
    return Generated(trees, names, tuple(diagnostics))


def _check(todo: reconcile.Plan, lock: Path | None) -> None:
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
        raise SystemExit(1)
    click.echo(f"{len(todo.files)} generated files are up to date", err=True)


def _say_written(todo: reconcile.Plan, targets: int) -> None:
    written = len(todo.create) + len(todo.update)
    click.echo(
        f"{targets} target{'s' * (targets != 1)}, {len(todo.files)} files in {todo.root}: "
        f"{written} written, {len(todo.files) - written} unchanged, {len(todo.remove)} removed"
        + (f", {len(todo.kept)} kept as edited by hand" if todo.kept else ""),
        err=True,
    )
