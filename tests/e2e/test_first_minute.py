"""A new user's first minute, from an empty folder, with the wheel as pip installs it.

One story in the order in which it happens: each step runs commands on a terminal and asserts what
the user reads. No step knows of the checkout; the packages that pip would fetch are lent by the
environment that runs the tests.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from contextlib import contextmanager
from pathlib import Path

import pytest
import yaml

from tests.node_tools import tools

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PIP = ("-m", "pip", "-q", "--disable-pip-version-check")

OPTIONAL = """\
        pinned:
          type: boolean
          description: Whether it stays on top.
"""
TITLE = """\
        title:
          type: string
          maxLength: 80
          description: A few words.
"""
PYTHON = """\
from order_desk import BadRequestError, OrderDesk

with OrderDesk() as client:
    for note in client.notes.list():
        print("listed", note.text)
    print("made", client.notes.create(title="First", text="Hello").note_id)
    try:
        client.notes.create(title="t" * 81, text="Hello")
    except BadRequestError as error:
        print("refused", error.body["detail"])
"""
TYPESCRIPT = """\
import { OrderDesk } from "order_desk";

const client = new OrderDesk({ baseUrl: process.env.ORDER_DESK_BASE_URL });
const note = await client.notes.create({ title: "First", text: "Hello" });
console.log("made", note.note_id);
"""


@pytest.fixture(scope="module")
def terminal(tmp_path_factory):
    """Runs commands as a user would who has an environment with nothing but Wireproof in it."""
    folder = tmp_path_factory.mktemp("machine")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    pip = [sys.executable, *PIP]
    wheel = [*pip, "wheel", "--no-deps", "--no-index", "--no-build-isolation", "-w", folder, ROOT]
    subprocess.run(wheel, check=True)
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    # What a package index would be asked for; `.pth` files in it are not read, so the checkout
    # that is installed there for development stays out of sight.
    Path(site, "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    (built,) = folder.glob("wireproof-*.whl")
    subprocess.run([python, *PIP, "install", "--no-deps", "--no-index", built], check=True)
    return Terminal(folder, python.parent)


class Terminal:
    def __init__(self, home, binaries):
        self.home = home
        self.folder = home / "order-desk"
        self.folder.mkdir()
        self.environment = {
            "HOME": str(home),
            "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
            "ORDER_DESK_API_KEY": "any",
            "NO_COLOR": "1",
        }

    def __call__(self, line, status=0, **environment):
        """Standard output and standard error together; fails where the exit status is another."""
        done = subprocess.run(  # noqa: S602 - a terminal is what is shown
            line, shell=True, cwd=self.folder, env={**self.environment, **environment},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert done.returncode == status, f"$ {line}\n{done.stdout}"
        assert "Traceback" not in done.stdout
        return done.stdout

    @contextmanager
    def running(self, line, pattern):
        """A command that serves until it is stopped: what it printed, and the URL in it."""
        process = subprocess.Popen(
            line.split(), cwd=self.folder, env={**self.environment, "PYTHONPATH": "."},
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        printed = []
        try:
            for text in process.stdout:
                printed.append(text)
                if found := re.search(pattern, text):
                    yield found[1], printed
                    break
            else:
                pytest.fail("".join(printed))
        finally:
            process.terminate()
            rest, _ = process.communicate(timeout=20)
            printed += rest.splitlines(keepends=True)

    def edit(self, *replacements):
        path = self.folder / "spec" / "api.yaml"
        text = path.read_text()
        for old, new in replacements:
            assert old in text
            text = text.replace(old, new, 1)
        path.write_text(text)


def it_is_the_wheel_that_runs(terminal):
    where = terminal('python -c "import wireproof; print(wireproof.__file__)"')
    assert Path(where.strip()).is_relative_to(terminal.home)


def a_project_out_of_nothing_passes_everything(terminal):
    written = terminal("wireproof init")
    assert "wrote spec/api.yaml" in written
    assert "next:\n  wireproof lint " in written
    assert re.fullmatch(r"no findings \(\d+ rules\)\n", terminal("wireproof lint --fail-on info"))
    assert "make the first release with `wireproof release`" in terminal("wireproof breaking", 2)
    assert "3 targets" in terminal("wireproof generate")
    released = terminal("wireproof release")
    assert "released 0.1.0: spec/releases/0.1.0.yaml, CHANGELOG.md" in released
    assert "compatible" in terminal("wireproof breaking")
    assert "2 passed" in terminal("python -m pytest -q -p no:cacheprovider")
    terminal(
        "git init -q -b main && git add -A && git -c user.name=u -c user.email=u@example.com "
        "commit -qm Start"
    )
    assert terminal("git status --porcelain") == ""


def a_change_that_breaks_nobody_is_let_through(terminal):
    first = "      properties:\n        text:\n"
    terminal.edit((first, first.replace("        text:", f"{OPTIONAL}        text:")))
    shown = terminal("wireproof breaking --all")
    assert "property-added" in shown
    assert "the smallest honest step is minor" in shown


def a_break_is_shown_with_a_request_that_proves_it(terminal):
    terminal.edit(
        ("required: [text]\n", "required: [text, title]\n"),
        (OPTIONAL, OPTIONAL + TITLE),
        ("{ text: Buy milk. }", "{ title: Milk, text: Buy milk. }"),
    )
    shown = terminal("wireproof breaking", 1)
    assert "spec/api.yaml:" in shown
    assert "the required property 'title' was added" in shown
    assert "POST /v1/notes" in shown
    assert re.search(r'that (base|0\.1\.0) accepts\s.*\{"text": "', shown)
    assert '"title" is a required property' in shown
    assert "the smallest honest step is major" in shown
    assert "release 0.2.0 or later" in terminal("wireproof release", 1)


def it_can_be_waived_for_a_while(terminal):
    report = json.loads(terminal("wireproof breaking --format json", 1))
    prints = [f["fingerprint"] for f in report["findings"] if f["verdict"] == "breaking"]
    assert prints
    shown = terminal(f"wireproof waive {' '.join(prints)} --reason 'nobody writes yet'")
    assert f"added {len(prints)} to spec/waivers.yaml, until " in shown
    terminal("wireproof breaking")
    assert "nobody writes yet" in (terminal.folder / "spec" / "waivers.yaml").read_text()
    terminal("rm spec/waivers.yaml")
    terminal("wireproof breaking", 1)


def or_released_as_what_it_is(terminal):
    terminal.edit(("version: 0.1.0", "version: 0.2.0"))
    assert "released 0.2.0" in terminal("wireproof release")
    changes = (terminal.folder / "CHANGELOG.md").read_text()
    assert changes.index("[contract 0.2.0]") < changes.index("[contract 0.1.0]")
    assert "title" in changes
    terminal("wireproof breaking")


def generated_code_follows(terminal):
    stale = terminal("wireproof generate --check", 1)
    assert "generate" in stale
    assert "3 targets" in terminal("wireproof generate")
    terminal("wireproof generate --check")


def the_workflow_does_what_it_says(terminal):
    text = (terminal.folder / ".github" / "workflows" / "contract.yaml").read_text()
    steps = yaml.safe_load(text)["jobs"]["contract"]["steps"]
    scripts = {step["name"]: step["run"] for step in steps if "run" in step}
    frozen = scripts.pop("What was released stays as it is")
    assert list(scripts) == ["Install", "Lint", "Gate", "Test"]
    for name in ("Lint", "Gate", "Test"):
        terminal(scripts[name])
    terminal(frozen, BASE="main")
    terminal("sed -i 's/maxLength: 4000/maxLength: 400/' spec/api.yaml spec/releases/0.1.0.yaml")
    assert "maxLength: 400" in terminal(frozen, 1, BASE="main")
    shown = terminal(scripts["Gate"], 1)
    assert re.search(r"^::error .*file=spec/api.yaml,line=", shown, re.MULTILINE)
    terminal("sed -i 's/maxLength: 400/maxLength: 4000/' spec/api.yaml spec/releases/0.1.0.yaml")


def the_python_sdk_calls_the_mock(terminal):
    terminal(
        "python -m pip -q --disable-pip-version-check install --no-deps --no-index "
        "--no-build-isolation ./generated/python"
    )
    (terminal.folder / "try.py").write_text(PYTHON)
    with terminal.running("wireproof mock --port 0", r"operations at (http://\S+)") as (url, log):
        printed = terminal("python try.py", ORDER_DESK_BASE_URL=url)
    assert "listed Buy milk.\n" in printed
    assert "made 9f1c\n" in printed
    assert "refused /body/title" in printed
    assert "GET /v1/notes -> 200\n" in log
    assert any(line.startswith("POST /v1/notes -> 400 (refused: /body/title") for line in log)


def the_typescript_sdk_calls_the_mock(terminal):
    modules = tools()
    project = terminal.folder / "try-typescript"
    package = terminal.folder / "package"
    shutil.copytree(terminal.folder / "generated" / "typescript", package)
    path = f"{modules / '.bin'}{os.pathsep}{terminal.environment['PATH']}"
    terminal("cd package && npm pack --silent", PATH=path)
    (tarball,) = package.glob("*.tgz")
    project.mkdir()
    (project / "package.json").write_text('{"name": "t", "private": true, "type": "module"}')
    (project / "try.mjs").write_text(TYPESCRIPT)
    terminal(f"cd {project} && npm install --silent --no-audit --no-fund --offline {tarball}")
    with terminal.running("wireproof mock --port 0 -q", r"operations at (http://\S+)") as (url, _):
        assert terminal(f"node {project / 'try.mjs'}", ORDER_DESK_BASE_URL=url) == "made 9f1c\n"
    shutil.rmtree(package)
    shutil.rmtree(project)


def a_server_of_its_own_keeps_the_contract(terminal):
    program = (HERE / "notes_server.py").read_text()
    (terminal.folder / "serve.py").write_text(program)
    verify = "wireproof verify {} -H 'X-Api-Key: secret' --max-examples 3"
    with terminal.running("python serve.py", r"(http://\S+)") as (url, _):
        assert "3 operations keep the contract" in terminal(verify.format(url))
    bent = program.replace("text=body.text", "text=None")
    bent = bent.replace("models.Note(", "models.Note.model_construct(")
    (terminal.folder / "serve.py").write_text(bent)
    with terminal.running("python serve.py", r"(http://\S+)") as (url, _):
        shown = terminal(verify.format(url) + " --format github", 1)
    assert re.search(r"^::error title=verify-.*file=spec/api.yaml,line=", shown, re.MULTILINE)
    assert "POST /v1/notes" in shown


@pytest.mark.timeout(600)
def test_the_first_minute(terminal):
    """In this order, in one process: each step goes on where the one before it ended."""
    for step in (
        it_is_the_wheel_that_runs,
        a_project_out_of_nothing_passes_everything,
        a_change_that_breaks_nobody_is_let_through,
        a_break_is_shown_with_a_request_that_proves_it,
        it_can_be_waived_for_a_while,
        or_released_as_what_it_is,
        generated_code_follows,
        the_workflow_does_what_it_says,
        the_python_sdk_calls_the_mock,
        a_server_of_its_own_keeps_the_contract,
        the_typescript_sdk_calls_the_mock,  # last: it skips where Node.js is not installed
    ):
        print(f"--- {step.__name__.replace('_', ' ')}")
        step(terminal)
