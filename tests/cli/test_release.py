"""From the first release to one that is refused, and what waivers do on the way."""

import json
import shutil
import sys
from pathlib import Path

import pytest
from wireproof.cli.main import main

HERE = Path(__file__).parent
CONTRACT = """\
openapi: 3.1.0
info: {title: Orders, version: VERSION}
paths:
  /orders:
    post:
      operationId: createOrder
      requestBody:
        required: true
        content: {application/json: {schema: {type: string, maxLength: LENGTH}}}
      responses: {"200": {description: ok}}
"""


@pytest.fixture
def project(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("wireproof.yaml").write_text("spec: spec/api.yaml\n")
    Path("spec").mkdir()

    def write(version, length):
        text = CONTRACT.replace("VERSION", version).replace("LENGTH", str(length))
        Path("spec/api.yaml").write_text(text)

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["wireproof", *arguments])
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
        else:
            code = 0
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        return code, streams.out + streams.err

    run.write = write
    return run


def test_releases_follow_the_changes(project):
    project.write("1.0.0", 9)
    code, shown = project("release", "--dry-run")
    assert (code, Path("spec/releases").exists(), Path("CHANGELOG.md").exists()) == (
        0,
        False,
        False,
    )
    assert "would write spec/releases/1.0.0.yaml" in shown
    assert project("release")[0] == 0
    assert "contract 1.0.0" in Path("CHANGELOG.md").read_text()
    assert project("breaking")[0] == 0  # against the release

    code, shown = project("release")
    assert code == 1
    assert "nothing-to-release" in shown

    project.write("1.0.1", 12)  # wider: compatible, but more than words
    code, shown = project("release")
    assert code == 1
    assert "release 1.1.0 or later" in shown

    project.write("1.1.0", 12)
    assert project("release", "--version", "1.2.0")[0] == 1  # the contract says otherwise
    assert project("release")[0] == 0
    log = Path("CHANGELOG.md").read_text()
    assert log.index("contract 1.1.0") < log.index("contract 1.0.0")
    assert "the length is 0 to 12 now" in log

    project.write("1.2.0", 5)
    code, shown = project("release")
    assert code == 1
    assert "release 2.0.0 or later" in shown
    assert sorted(path.name for path in Path("spec/releases").iterdir()) == [
        "1.0.0.yaml",
        "1.1.0.yaml",
    ]


def test_words_alone_are_a_patch(project):
    project.write("1.0.0", 9)
    assert project("release")[0] == 0
    project.write("1.0.1", 9)
    contract = Path("spec/api.yaml")
    contract.write_text(contract.read_text().replace("{description: ok}", "{description: done}"))
    assert project("release")[0] == 0
    assert "Upgrading" not in Path("CHANGELOG.md").read_text()


def test_a_break_leaves_upgrade_notes(project):
    project.write("1.0.0", 9)
    assert project("release")[0] == 0
    project.write("2.0.0", 5)
    assert project("release")[0] == 0
    assert (
        "### Upgrading from 1.0.0\n\n"
        "- `POST /orders`: body: the length is 0 to 5 now; it was 0 to 9.\n"
        "  Send texts of the new length only.\n\n"
        "## [contract 1.0.0]"
    ) in Path("CHANGELOG.md").read_text()


def test_the_policy_decides_what_is_major(project):
    project.write("1.0.0", 9)
    assert project("release")[0] == 0
    project.write("1.1.0", 5)
    Path("wireproof.yaml").write_text(
        "spec: spec/api.yaml\ncompat: {overrides: [{paths: [/orders], tiers: []}]}\n"
    )
    assert project("release")[0] == 0
    assert "Upgrading from 1.0.0" in Path("CHANGELOG.md").read_text()


def test_a_release_that_cannot_be_written_is_status_2(project):
    project.write("1.0.0", 9)
    Path("spec/releases").write_text("a file where the folder belongs\n")
    code, shown = project("release")
    assert code == 2
    assert "cannot be written" in shown


def test_the_latest_release_is_the_highest_version(project):
    project.write("1.9.0", 9)
    assert project("release")[0] == 0
    project.write("1.10.0", 12)
    assert project("release")[0] == 0
    project.write("1.10.0", 10)
    assert project("breaking")[0] == 1  # 12 -> 10, though 9 -> 10 would pass


def waiver(fingerprint, expires="2027-01-31", at="POST /ord*"):
    return (
        f"- rule: length-changed\n  at: '{at}'\n  fingerprints: ['{fingerprint}']\n"
        f"  reason: nobody sends longer ones\n  expires: {expires}\n"
    )


def test_waivers_cover_one_change_until_they_expire(project):
    project.write("1.0.0", 9)
    assert project("release")[0] == 0
    project.write("1.1.0", 5)
    code, answer = project("breaking", "--format", "json")
    assert code == 1
    (finding,) = json.loads(answer)["findings"]
    file = Path("spec/waivers.yaml")
    file.write_text(waiver(finding["fingerprint"]))
    day = ("--today", "2026-06-01")
    assert project("breaking", *day)[0] == 0
    code, shown = project("breaking", "--today", "2027-02-01")
    assert code == 1
    assert "waiver-expired" in shown
    assert "error length-changed" in shown  # what it waived is a break again

    project.write("1.1.0", 4)  # another change at the same place is not covered
    code, shown = project("breaking", *day)
    assert code == 1
    assert "waiver-unused" in shown
    assert "0 to 4" in shown

    project.write("1.1.0", 5)
    file.write_text(waiver(finding["fingerprint"], at="GET *"))
    assert project("breaking", *day)[0] == 1
    file.write_text(waiver(finding["fingerprint"], expires="soon"))
    code, shown = project("breaking", *day)
    assert code == 2
    assert "write it as 2027-01-31" in shown
    assert project("breaking", "--waivers", "gone.yaml")[0] == 2


def test_diff_is_a_changelog(project):
    project.write("1.0.0", 9)
    shutil.copy("spec/api.yaml", "old.yaml")
    project.write("1.1.0", 12)
    code, text = project("diff", "old.yaml", "spec/api.yaml")
    assert code == 0
    assert text.startswith("1.0.0 -> 1.1.0: 1 change, the smallest honest step is minor\n\nChanged")
    code, text = project("diff", "old.yaml", "spec/api.yaml", "--format", "markdown")
    assert text == (
        "**Changed**\n\n- body: the length is 0 to 12 now; it was 0 to 9 (POST /orders)\n"
    )
    code, text = project("diff", "old.yaml", "spec/api.yaml", "--format", "json")
    assert json.loads(text)["verdict"] == "compatible"


def test_diff_says_a_change_once_where_it_breaks(project):
    content = "content: {application/json: {schema: {$ref: '#/components/schemas/S'}}}"
    text = CONTRACT.replace("VERSION", "1.0.0").replace("{type: string, maxLength: LENGTH}", "{}")
    text = text.replace("content: {application/json: {schema: {}}}", content)
    text = text.replace("{description: ok}", f"{{description: ok, {content}}}")
    text += "components: {schemas: {S: {enum: [a]}}}\n"
    Path("old.yaml").write_text(text)
    Path("new.yaml").write_text(text.replace("[a]", "[a, b]"))
    code, shown = project("diff", "old.yaml", "new.yaml", "--format", "markdown")
    assert code == 0
    assert shown == "**Breaking**\n\n- S: the value 'b' was added (answers of POST /orders)\n"


def test_a_witness_is_replayed(project):
    project.write("1.0.0", 9)
    shutil.copy("spec/api.yaml", "old.yaml")
    project.write("2.0.0", 5)
    code, text = project("breaking", "--against", "old.yaml", "--replay")
    assert code == 1
    assert '  POST /orders  "aaaaaa"\n  1.0.0 answers 200, accepted\n' in text
    assert '  2.0.0 answers 400, refused: /body: "aaaaaa" is longer than 5 characters' in text
