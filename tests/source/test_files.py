"""Where documents come from: the disk, standard input, git revisions, HTTP when allowed."""

from __future__ import annotations

import http.server
import io
import os
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest
from wireproof.diagnostics import LoadError
from wireproof.source import load

API = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"
WITH_REF = API + "components:\n  schemas:\n    A: {$ref: 'parts/a.yaml'}\n"


def error(ref, **options):
    with pytest.raises(LoadError) as caught:
        load(ref, **options)
    (found,) = caught.value.diagnostics
    return found


def test_names_are_relative_to_the_working_directory(files):
    root = files({"spec/api.yaml": API})
    assert load("spec/api.yaml").contract.name == "spec/api.yaml"
    assert load(root / "spec" / ".." / "spec" / "api.yaml").contract.name == "spec/api.yaml"


def test_a_missing_file_names_its_neighbour(files):
    files({"spec/northgate.yaml": API})
    found = error("spec/nortgate.yaml")
    assert found.help == "did you mean spec/northgate.yaml?"
    assert error("nowhere/api.yaml").help == "the directory nowhere does not exist either"


def test_a_directory_names_a_document_in_it(files):
    files({"spec/api.yaml": API})
    found = error("spec")
    assert (found.message, found.help) == (
        "this is a directory",
        "name the document in it, e.g. api.yaml",
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_an_unreadable_file_says_so(files):
    path = files({"api.yaml": API}) / "api.yaml"
    path.chmod(0)
    assert error(path).help == "check its permissions"


def test_permission_errors_are_diagnostics(files, monkeypatch):
    path = files({"api.yaml": API}) / "api.yaml"

    def refuse(_self):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert error(path).help == "check its permissions"


def test_standard_input(files, monkeypatch):
    files({"parts/a.yaml": "type: string\n"})
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(WITH_REF.encode())))
    workspace = load("-")
    assert list(workspace.documents) == ["<stdin>", "parts/a.yaml"]
    assert workspace.contract.root.value["components"]["schemas"]["A"] == {"type": "string"}


def git(root, *arguments):
    environment = {
        **os.environ,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_SYSTEM": os.devnull,
        **{
            f"GIT_{who}_{what}": "test@example.com"
            for who in ("AUTHOR", "COMMITTER")
            for what in ("NAME", "EMAIL")
        },
    }
    subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=environment)


@pytest.fixture
def repository(files):
    """A repository whose tag `v1` differs from its working tree in every file."""
    root = files({"spec/api.yaml": WITH_REF, "spec/parts/a.yaml": "type: string\n"})
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    git(root, "tag", "v1")
    files({"spec/parts/a.yaml": "type: integer\n", "spec/api.yaml": WITH_REF.replace("T,", "New,")})
    return root


@pytest.mark.usefixtures("repository")
def test_a_revision_is_read_with_all_its_references():
    workspace = load("v1:spec/api.yaml")
    assert list(workspace.documents) == ["v1:spec/api.yaml", "v1:spec/parts/a.yaml"]
    schema = workspace.contract.at("/components/schemas/A")
    assert schema.value == {"type": "string"}
    assert str(schema.get("type").span) == "v1:spec/parts/a.yaml:1:7"
    assert load("spec/api.yaml").contract.at("/components/schemas/A").value == {"type": "integer"}


@pytest.mark.parametrize("path", ["spec/api.yaml", "api.yaml", "./api.yaml"])
def test_a_revision_is_read_from_a_sub_directory(repository, monkeypatch, path):
    monkeypatch.chdir(repository / "spec")
    assert load(f"v1:{path}").contract.name == "v1:spec/api.yaml"


@pytest.mark.usefixtures("repository")
def test_an_unknown_revision_or_path_says_so():
    found = error("v9:spec/api.yaml")
    assert found.message == "git knows no revision v9, and no file of this name exists"
    found = error("v1:spec/apy.yaml")
    assert (found.message, found.help) == (
        "revision v1 has no file spec/apy.yaml",
        "did you mean v1:spec/api.yaml?",
    )
    assert "no git revision" in error("--output=x:spec/api.yaml").message


def test_outside_a_repository_a_revision_is_an_error(files, monkeypatch):
    root = files({"api.yaml": API})
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))
    assert "no git repository here" in error("main:api.yaml").message


@pytest.mark.usefixtures("repository")
def test_an_existing_file_wins_over_a_revision(files):
    files({"v1:spec/api.yaml": API.replace("T,", "Colon,")})
    assert load("v1:spec/api.yaml").contract.root.value["info"]["title"] == "Colon"


@pytest.mark.usefixtures("repository")
def test_a_drive_letter_is_no_revision():
    assert error("C:\\specs\\api.yaml").message == "the file does not exist"


@pytest.fixture
def server(tmp_path):
    """Serves `tmp_path`/www on loopback; gives its address."""
    root = tmp_path / "www"
    root.mkdir()

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *arguments):
            super().__init__(*arguments, directory=str(root))

        def log_message(self, *_):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Quiet) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_remote_references_are_refused_unless_allowed(files, server):
    ref = f"{server}/a.yaml#/A"
    files(
        {
            "api.yaml": API + f"components: {{schemas: {{B: {{$ref: '{ref}'}}}}}}\n",
            "www/a.yaml": "A: {type: object, properties: {b: {$ref: 'b.json'}}}\n",
            "www/b.json": '{"type": "boolean"}',
        }
    )
    (found,) = load("api.yaml").diagnostics
    assert (found.rule, found.span.line, found.span.column) == ("remote-ref", 4, 34)
    workspace = load("api.yaml", allow_remote=True)
    assert workspace.diagnostics == ()
    assert workspace.contract.root.value["components"]["schemas"] == {
        "B": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/b"}}},
        "b": {"type": "boolean"},
    }


def test_a_remote_document_cannot_reach_the_disk(files, server):
    root = files({"secret.yaml": "type: string\n"})
    files(
        {
            "api.yaml": API + f"components: {{schemas: {{B: {{$ref: '{server}/a.yaml'}}}}}}\n",
            "www/a.yaml": f"properties: {{s: {{$ref: 'file://{root}/secret.yaml'}}}}\n",
        }
    )
    workspace = load("api.yaml", allow_remote=True)
    (found,) = workspace.diagnostics
    assert "only http and https are followed" in str(found)
    assert [name for name in workspace.documents if "secret" in name] == []


def test_an_unreachable_server_is_a_diagnostic(files, server):
    files({"api.yaml": API + f"components: {{schemas: {{B: {{$ref: '{server}/none.yaml'}}}}}}\n"})
    (found,) = load("api.yaml", allow_remote=True).diagnostics
    assert found.rule == "unresolved-ref"
    assert "404" in found.message


def test_the_entry_itself_may_be_remote_only_when_allowed(server, files):
    files({"www/api.yaml": API})
    assert error(f"{server}/api.yaml").rule == "remote-ref"
    assert load(f"{server}/api.yaml", allow_remote=True).contract.root.value["paths"] == {}
