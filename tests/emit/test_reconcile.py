import json

import pytest
from wireproof.diagnostics import UsageError
from wireproof.emit.reconcile import MANIFEST, apply, plan, read_manifest


def tree(root):
    return {
        path.relative_to(root).as_posix(): path.read_text()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def write(root, emitted, *, force=False):
    todo = plan(root, emitted)
    apply(todo, force=force)
    return todo


def test_first_write_creates_everything_and_second_nothing(tmp_path):
    emitted = {"python": {"a.py": "a", "pkg/b.py": b"b"}}
    first = write(tmp_path, emitted)
    assert first.create == ("python/a.py", "python/pkg/b.py")
    assert tree(tmp_path) == {"python/a.py": "a", "python/pkg/b.py": "b"}
    before = (tmp_path / "python/a.py").stat().st_mtime_ns
    second = write(tmp_path, emitted)
    assert second.clean
    assert (tmp_path / "python/a.py").stat().st_mtime_ns == before


def test_stale_files_go_with_their_empty_folders(tmp_path):
    write(tmp_path, {"python": {"a.py": "a", "old/deep/b.py": "b"}})
    todo = write(tmp_path, {"python": {"a.py": "A"}})
    assert (todo.update, todo.remove) == (("python/a.py",), ("python/old/deep/b.py",))
    assert tree(tmp_path) == {"python/a.py": "A"}
    assert not (tmp_path / "python/old").exists()


def test_other_targets_and_foreign_files_stay(tmp_path):
    write(tmp_path, {"python": {"a.py": "a"}, "server": {"s.py": "s"}})
    (tmp_path / "python/mine.txt").write_text("mine")
    write(tmp_path, {"python": {"b.py": "b"}})
    assert tree(tmp_path) == {"python/b.py": "b", "python/mine.txt": "mine", "server/s.py": "s"}
    assert set(read_manifest(tmp_path)) == {"python", "server"}


@pytest.mark.parametrize("emitted", [{"a.py": "new"}, {}], ids=["overwritten", "removed"])
def test_what_was_edited_by_hand_is_not_lost(tmp_path, emitted):
    write(tmp_path, {"python": {"a.py": "a"}})
    (tmp_path / "python/a.py").write_text("by hand")
    with pytest.raises(UsageError) as caught:
        write(tmp_path, {"python": emitted})
    assert [d.rule for d in caught.value.diagnostics] == ["edited-by-hand"]
    assert tree(tmp_path) == {"python/a.py": "by hand"}
    write(tmp_path, {"python": emitted}, force=True)
    assert tree(tmp_path) == {f"python/{k}": v for k, v in emitted.items()}


def test_a_file_that_was_there_first_is_not_overwritten(tmp_path):
    (tmp_path / "python").mkdir()
    (tmp_path / "python/a.py").write_text("somebody's")
    with pytest.raises(UsageError):
        write(tmp_path, {"python": {"a.py": "ours"}})


def test_a_deleted_file_comes_back(tmp_path):
    write(tmp_path, {"python": {"a.py": "a"}})
    (tmp_path / "python/a.py").unlink()
    assert not plan(tmp_path, {"python": {"a.py": "a"}}).clean
    write(tmp_path, {"python": {"a.py": "a"}})
    assert tree(tmp_path) == {"python/a.py": "a"}


@pytest.mark.parametrize("path", ["../x.py", "/etc/x", "a/../../x"])
def test_an_emitter_cannot_leave_its_folder(tmp_path, path):
    with pytest.raises(ValueError, match="leaves the output folder"):
        plan(tmp_path, {"python": {path: ""}})


def test_a_target_cannot_leave_it_either(tmp_path):
    with pytest.raises(ValueError, match="leaves the output folder"):
        plan(tmp_path, {"..": {"a.py": ""}})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": 9, "targets": {}}'])
def test_a_broken_manifest_is_said(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(UsageError, match="not a manifest"):
        read_manifest(tmp_path)


def test_the_manifest_is_stable(tmp_path):
    write(tmp_path, {"python": {"b.py": "b", "a.py": "a"}, "a": {"x": "x"}})
    document = json.loads((tmp_path / MANIFEST).read_text())
    assert list(document["targets"]) == ["a", "python"]
    assert list(document["targets"]["python"]) == ["python/a.py", "python/b.py"]
