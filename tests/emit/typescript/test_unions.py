"""What the compiler and the checks know of unions: arms by tag, by default, and without one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.emit.typescript.conftest import ROOT, Emitted
from tests.node_tools import link, node, tsc

PROGRAM = """
import assert from "node:assert/strict";
import type { All, Loose, Other, Pet } from "./types.js";
import * as validators from "./validators.js";
import { issuesOf } from "./runtime/validate.js";

export function told(pet: Pet): string {
  switch (pet.kind) {
    case "cat":
      return `${pet.lives ?? 9} lives`;
    case "dog":
      return pet.name ?? "a dog";
    default:
      return `${pet.legs} legs, ${String(pet.kind)}`;
  }
}
export const sent: Pet[] = [{ kind: "cat" }, { legs: 4 }];
// @ts-expect-error what has no tag is what the default arm says
export const wrong: Pet = { name: "Rex" };
export const others: Other[] = [{ kind: "hamster", wheel: true }, { kind: "cat", lives: 9 }, {}];
export function loose(value: Loose): number | undefined {
  if (value.kind === "x") return value.x;
  if (value.kind === "y") return value.y;
  const none: unknown = value["anything"];
  return typeof none === "number" ? none : undefined;
}

assert.equal(told({ legs: 3 }), "3 legs, undefined");
const all: All = { pet: { legs: 4 }, other: { wheel: true } };
for (const loose of [{ x: 1 }, { kind: null }, { kind: "z" }]) {
  assert.deepEqual(issuesOf(validators.All, { ...all, loose }, false), []);
}
for (const value of [all, {}]) {
  assert.deepEqual(issuesOf(validators.All, value, false), []);
}
assert.equal(issuesOf(validators.All, { loose: {} }).length, 1, "strictly, nothing is known of it");
for (const pet of [{}, { kind: "hamster" }, { kind: "cat", lives: "9" }]) {
  assert.equal(issuesOf(validators.All, { pet }, false).length, 1);
}
"""


def test_default_arms_and_tags_that_may_be_absent(
    emit: Callable[[Path], Emitted], tmp_path: Path
) -> None:
    emitted = emit(ROOT / "tests" / "emit" / "nasty" / "optional-tags.yaml")
    folder = link(emitted.write(tmp_path / "sdk"))
    (folder / "src" / "program.ts").write_text(PROGRAM)
    assert tsc(folder, "--types", "node") == ""
    done = node(folder, "dist/program.js")
    assert done.returncode == 0, done.stderr
