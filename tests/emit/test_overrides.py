"""A project's own templates, files taken over by hand, folders that are its own."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from wireproof.cli.docs import command as docs
from wireproof.cli.generate import command
from wireproof.diagnostics import UsageError
from wireproof.docs.redoc import _EXPORT
from wireproof.emit import ignore, overrides
from wireproof.emit.reconcile import apply, custom_files, plan
from wireproof.emit.templates import Templates, builtin_root

from tests.node_tools import link, node, run, tsc

SPEC = {
    "openapi": "3.1.0",
    "info": {"title": "Probe", "version": "1.0.0"},
    "servers": [{"url": "https://probe.test"}],
    "paths": {
        "/ping": {
            "get": {
                "operationId": "ping",
                "tags": ["custom"],
                "responses": {"204": {"description": "Alive."}},
            }
        }
    },
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "api.json").write_text(json.dumps(SPEC))
    (tmp_path / "wireproof.yaml").write_text("spec: api.json\nout: out\n")
    return tmp_path


def override(project: Path, contract: str | None = "contract: 1\n", **files: str) -> Path:
    folder = project / "templates"
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    if contract is not None:
        folder.mkdir(exist_ok=True)
        (folder / overrides.HEADER).write_text(contract)
    settings = "spec: api.json\nout: out\ntemplates: templates\n"
    (project / "wireproof.yaml").write_text(settings)
    return folder


def generate(project: Path, *flags: str) -> str:
    """What the command says; it must not fail in any other way than by saying so."""
    config = ["--config", str(project / "wireproof.yaml")]
    done = CliRunner().invoke(command, [*flags, *config], catch_exceptions=True)
    if isinstance(done.exception, UsageError):
        return f"{done.exception}"
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.output


def test_templates_and_runtime_files_of_the_project_win(project: Path) -> None:
    folder = override(project, python__version_dot_py_dot_j2='"""Ours."""\n\nVERSION = "0"\n')
    (folder / "python" / "runtime").mkdir()
    (folder / "python" / "runtime" / "clock.py").write_text('"""Our clock."""\n')
    templates = Templates(folder)
    assert templates.diagnostics == ()
    assert templates.render("python/version.py.j2").startswith('"""Ours."""')
    assert templates.runtime("python")["clock.py"] == '"""Our clock."""\n'
    assert templates.runtime("python").keys() >= Templates().runtime("python").keys()


@pytest.mark.parametrize(
    ("contract", "said"),
    [
        (None, "the contract that these templates are written for is missing"),
        ("contract: 99\n", "templates of contract 99, and this Wireproof has contract 1"),
        ("version: 1\n", "templates of no contract"),
        ("[]\n", "templates of no contract"),
    ],
)
def test_templates_of_another_contract_are_refused(
    project: Path, contract: str | None, said: str
) -> None:
    override(project, contract, python__version_dot_py_dot_j2="")
    output = generate(project, "python")
    assert said in output
    assert "contract: 1" in output
    assert not (project / "out").exists()


def test_a_folder_that_is_not_there_is_refused(project: Path) -> None:
    (project / "wireproof.yaml").write_text("spec: api.json\nout: out\ntemplates: nowhere\n")
    assert "there is no folder of templates here" in generate(project, "python")


def test_what_overrides_nothing_is_said(project: Path) -> None:
    folder = override(project, python__verson_dot_py_dot_j2="", python___part_dot_j2="")
    (found,) = Templates(folder).diagnostics
    assert (found.rule, found.help) == ("template-unknown", "did you mean python/version.py.j2?")
    assert "python/verson.py.j2 overrides nothing" in generate(project, "python")


@pytest.mark.parametrize(
    ("text", "line"),
    [("ok\n{{ nothing_of_this_name }}\n", 2), ("{% for %}\n", 1), ("\n\n{{ 1 | nofilter }}", 3)],
    ids=["undefined", "syntax", "filter"],
)
def test_a_template_that_fails_is_named_with_its_line(project: Path, text: str, line: int) -> None:
    override(project, python__version_dot_py_dot_j2=text)
    output = generate(project, "python")
    assert "this template fails" in output
    assert f"version.py.j2:{line}:" in output
    assert not (project / "out").exists()


def test_every_built_in_file_may_be_overridden() -> None:
    known = overrides.names(builtin_root())
    assert "python/version.py.j2" in known
    assert not any("__pycache__" in path for path in known)


EMITTED = {"python": {"a.py": "a", "b.py": "b"}}


def write(root: Path, emitted: dict[str, dict[str, str]] = EMITTED) -> list[tuple[str, str]]:
    todo = plan(root, emitted)
    apply(todo)
    assert plan(root, emitted).clean
    return [(found.rule, found.help) for found in todo.diagnostics]


def taken_over(root: Path, noted: str) -> None:
    write(root)
    (root / "python/a.py").write_text("by hand")
    (root / ignore.FILE).write_text(f"# Why: see ADR 7.\n\npython/a.py {noted}\n")


def test_files_taken_over_are_kept_and_said_to_rot(tmp_path: Path) -> None:
    taken_over(tmp_path, ignore.digest(b"a"))
    assert write(tmp_path) == []
    assert (tmp_path / "python/a.py").read_text() == "by hand"
    line = f"python/a.py {ignore.digest(b'A')}"
    newer = {"python": {"a.py": "A", "b.py": "B"}}
    assert write(tmp_path, newer) == [("ignore-rotten", f"carry it over, then write `{line}`")]
    assert (tmp_path / "python/a.py").read_text() == "by hand"
    assert (tmp_path / "python/b.py").read_text() == "B"
    assert write(tmp_path, newer) != []
    (tmp_path / ignore.FILE).write_text(line)
    assert write(tmp_path, newer) == []
    assert write(tmp_path, {"python": {"b.py": "B"}}) == [
        ("ignore-unmatched", "did you mean python/b.py?")
    ]
    assert (tmp_path / "python/a.py").read_text() == "by hand"


def test_an_entry_without_digest_is_asked_for_one(tmp_path: Path) -> None:
    taken_over(tmp_path, "")
    line = f"python/a.py {ignore.digest(b'a')}"
    assert write(tmp_path) == [("ignore-rotten", f"write `{line}`")]


def test_a_file_given_back_is_not_overwritten_unasked(tmp_path: Path) -> None:
    taken_over(tmp_path, ignore.digest(b"a"))
    write(tmp_path)
    (tmp_path / ignore.FILE).unlink()
    with pytest.raises(UsageError):
        write(tmp_path)
    assert (tmp_path / "python/a.py").read_text() == "by hand"


def test_entries_of_targets_not_generated_are_left_alone(tmp_path: Path) -> None:
    taken_over(tmp_path, "0" * 16)
    assert write(tmp_path, {"server": {"s.py": "s"}}) == []


@pytest.mark.parametrize("line", ["python/a.py zz", "a b c", "python/a.py 0123"])
def test_what_is_no_entry_is_refused(tmp_path: Path, line: str) -> None:
    (tmp_path / ignore.FILE).write_text(f"# fine\n{line}\n")
    with pytest.raises(UsageError) as caught:
        plan(tmp_path, EMITTED)
    (found,) = caught.value.diagnostics
    assert (found.rule, found.span and found.span.line) == ("ignore-file", 2)


def test_the_command_keeps_and_warns(project: Path) -> None:
    generate(project, "python")
    taken = project / "out/python/README.md"
    taken.write_text("ours")
    (project / "out" / ignore.FILE).write_text("python/README.md 0000000000000000\n")
    output = generate(project, "python")
    assert "what would be generated there has changed since" in output
    assert "1 kept as edited by hand" in output
    assert taken.read_text() == "ours"
    line = re.search(r"`(python/README.md \w+)`", output)
    assert line is not None
    (project / "out" / ignore.FILE).write_text(line[1])
    assert "up to date" in generate(project, "python", "--check")


def test_nothing_is_generated_into_custom_folders(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="the project's own"):
        plan(tmp_path, {"typescript": {"src/custom/index.ts": ""}})
    own = tmp_path / "typescript/src/custom/index.ts"
    own.parent.mkdir(parents=True)
    own.write_text("export {};\n")
    write(tmp_path, {"typescript": {"src/a.ts": ""}})
    write(tmp_path, {"typescript": {}})
    assert own.read_text() == "export {};\n"
    assert custom_files(tmp_path, "typescript") == {"src/custom/index.ts"}


def test_custom_python_is_in_the_wheel(project: Path) -> None:
    generate(project, "python")
    (package,) = (path.parent for path in (project / "out/python").glob("*/py.typed"))
    (package / "custom").mkdir()
    (package / "custom/__init__.py").write_text('"""Ours."""\n\nNAME = "ours"\n')
    assert "up to date" in generate(project, "python", "--check")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "wheel", "-q", "--no-deps"]
    folder = str(project / "out/python")
    flags = ["--no-index", "--no-build-isolation", "-w", str(project / "dist"), folder]
    subprocess.run([*pip, *flags], check=True)
    (wheel,) = (project / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert f"{package.name}/custom/__init__.py" in archive.namelist()
    program = f"import {package.name}.custom as c; print(c.NAME)"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(wheel)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "ours\n"


def test_custom_typescript_is_a_subpath(project: Path) -> None:
    generate(project, "typescript")
    package = project / "out/typescript"
    exports = json.loads((package / "package.json").read_text())["exports"]
    assert "./custom" not in exports
    assert "./custom-operations" in exports  # the tag `custom` steps aside
    (package / "src/custom").mkdir()
    (package / "src/custom/index.ts").write_text(
        'import { createClient, type Client } from "../index.js";\n'
        'export const ours = (): Client => createClient({ baseUrl: "https://ours.test" });\n'
    )
    assert "package.json" in generate(project, "typescript", "--check")
    generate(project, "typescript")
    assert tsc(link(package)) == ""
    done = run(["npm", "pack", "--silent", "--offline", "--ignore-scripts"], package)
    assert done.returncode == 0, done.stderr
    name = json.loads((package / "package.json").read_text())["name"]
    program = f'import {{ ours }} from "{name}/custom"; console.log(typeof ours());'
    done = node(package, "--input-type=module", "--eval", program)
    assert (done.returncode, done.stdout) == (0, "object\n"), done.stderr


def test_documentation_says_what_is_odd_about_templates_too(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    override(project, python__clent_dot_py_dot_j2="")
    (project / "redoc.js").write_text(_EXPORT)
    monkeypatch.chdir(project)
    done = CliRunner().invoke(docs, ["--redoc", "redoc.js"])
    assert "template-unknown" in done.output
    assert "did you mean python/client.py.j2?" in done.output
