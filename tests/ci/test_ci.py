"""The CI pieces: what they run is run here, in a scratch repository, as the CI would."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ACTION = yaml.safe_load((ROOT / "action.yml").read_text())
GITLAB = yaml.safe_load((ROOT / "ci" / "gitlab.yml").read_text())
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
SPEC = "api/shop.openapi.yaml"

CONTRACT = """\
openapi: 3.1.0
info: {title: Shop, version: 1.0.0}
servers: [{url: https://shop.example}]
paths:
  /things:
    get:
      operationId: listThings
      parameters:
        - {name: limit, in: query, schema: {type: integer, maximum: 100}}
      responses:
        "200":
          description: Things.
          content: {application/json: {schema: {type: array, items: {type: string}}}}
"""


BROKEN = CONTRACT.replace("{type: string}", '{$ref: "#/components/schemas/Nothing"}')


@pytest.fixture
def repository(tmp_path):
    """A repository with a contract on `main`, and a branch on which to change it."""
    (tmp_path / "api").mkdir()
    (tmp_path / SPEC).write_text(CONTRACT)
    for command in (
        ["init", "-q", "-b", "main"],
        ["add", "."],
        ["-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-qm", "Add"],
        ["checkout", "-qb", "change"],
    ):
        subprocess.run(["git", *command], cwd=tmp_path, check=True)
    return tmp_path


def bash(script, folder, **environment):
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script],
        cwd=folder, env={"PATH": path, "HOME": str(folder), **environment},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def step(name):
    return next(one for one in ACTION["runs"]["steps"] if one["name"] == name)


def test_the_action_takes_nothing_into_a_script_but_through_the_environment():
    for one in ACTION["runs"]["steps"]:
        assert "${{" not in one.get("run", ""), one["name"]
        assert ("run" in one) == ("shell" in one)
    used = set(re.findall(r"inputs\.([a-z-]+)", (ROOT / "action.yml").read_text()))
    assert used == set(ACTION["inputs"])


def test_the_action_lints(repository):
    (repository / SPEC).write_text(BROKEN)
    done = bash(step("Lint")["run"], repository, SPEC=SPEC)
    assert done.returncode == 1, done.stderr
    assert f"file={SPEC}" in done.stdout
    assert '"2.1.0"' in (repository / "wireproof.sarif").read_text()


@pytest.mark.parametrize(
    ("before", "after", "status", "said"),
    [
        ("maximum: 100", "maximum: 200", 0, ""),
        ("maximum: 100", "maximum: 50", 1, "51"),
    ],
)
def test_the_action_gates(repository, before, after, status, said):
    (repository / SPEC).write_text(CONTRACT.replace(before, after))
    outputs = {name: str(repository / name) for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT")}
    done = bash(
        step("Gate")["run"], repository, SPEC=SPEC, BASE="main", FAIL_ON="breaking", **outputs
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert said in done.stdout
    changelog = (repository / "wireproof-changelog.md").read_text()
    assert "limit" in changelog
    report = (repository / "wireproof-gate.md").read_text()
    assert ("range\\-changed" in report) == bool(status)
    assert (repository / "GITHUB_STEP_SUMMARY").read_text() == f"{changelog}\n{report}"
    results = json.loads((repository / "wireproof-gate.sarif").read_text())["runs"][0]["results"]
    assert [one["ruleId"] for one in results] == ["range-changed"] * status
    assert done.stdout.startswith(f"::error title=range-changed,file={SPEC}") == bool(status)
    assert (repository / "GITHUB_OUTPUT").read_text() == "changelog=wireproof-changelog.md\n"


def test_a_new_contract_has_nothing_to_be_held_against(repository):
    (repository / "new.yaml").write_text(CONTRACT)
    summary = str(repository / "summary")
    done = bash(
        step("Gate")["run"], repository, SPEC="new.yaml", BASE="main", FAIL_ON="breaking",
        GITHUB_STEP_SUMMARY=summary, GITHUB_OUTPUT=os.devnull,
    )  # fmt: skip
    assert done.returncode == 0
    assert "is new" in done.stdout


def gitlab(job, folder, **environment):
    lines = [*GITLAB[".wireproof"]["before_script"], *GITLAB[job]["script"]]
    variables = {**GITLAB["variables"], "WIREPROOF_SPEC": SPEC}
    return bash("\n".join(lines), folder, **variables, **environment)


def test_gitlab_lints(repository):
    (repository / SPEC).write_text(BROKEN)
    done = gitlab("wireproof lint", repository)
    assert done.returncode == 1, done.stderr
    for kind in GITLAB["wireproof lint"]["artifacts"]["reports"].values():
        assert (repository / kind).stat().st_size > 10


def test_gitlab_gates(repository):
    (repository / SPEC).write_text(CONTRACT.replace("maximum: 100", "maximum: 50"))
    done = gitlab("wireproof gate", repository, CI_MERGE_REQUEST_DIFF_BASE_SHA="main")
    assert done.returncode == 1, done.stderr
    assert "limit" in (repository / "wireproof-changelog.md").read_text()
    for file in GITLAB["wireproof gate"]["artifacts"]["reports"].values():
        assert "range-changed" in (repository / file).read_text()


def test_hooks_run_commands_that_exist(repository):
    for hook in HOOKS:
        done = bash(f"{hook['entry']} --help", repository)
        assert done.returncode == 0, hook["id"]
        assert re.compile(hook["files"]) if "files" in hook else hook["pass_filenames"] is False


@pytest.mark.parametrize(
    ("path", "taken"),
    [
        ("openapi.yaml", True),
        ("spec/shop.openapi.yaml", True),
        ("a/openapi.json", True),
        ("spec/schemas/orders.yaml", False),
        ("myopenapi.yaml", False),
    ],
)
def test_the_lint_hook_takes_contracts_only(path, taken):
    assert bool(re.search(HOOKS[0]["files"], path)) is taken


def test_the_lint_hook_gets_file_names(repository):
    (repository / SPEC).write_text(BROKEN)
    done = bash(f"{HOOKS[0]['entry']} {SPEC}", repository)
    assert done.returncode == 1
    assert SPEC in done.stdout


def test_the_container_copies_what_there_is_and_ends_in_the_command():
    text = (ROOT / "Containerfile").read_text()
    for line in re.findall(r"^COPY (?!--from)(.+)$", text, re.MULTILINE):
        *sources, _ = line.split()
        assert all((ROOT / source).exists() for source in sources)
    assert text.index("USER wireproof") < text.index('ENTRYPOINT ["wireproof"]')
