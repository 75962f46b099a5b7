"""The door out: only what changed is written, only what is ours is removed, and nothing is ever half there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import OutputError
from generator.model import SiteFile
from generator.output import MANIFEST, Written, export, write, write_lines


def files(contents: dict[str, str]) -> list[SiteFile]:
    return [SiteFile(path, text.encode()) for path, text in contents.items()]


def on_disk(docs: Path) -> dict[str, str]:
    return {
        p.relative_to(docs).as_posix(): p.read_text(encoding="utf-8")
        for p in docs.rglob("*")
        if p.is_file() and p.name != MANIFEST
    }


def test_only_changed_files_are_written(tmp_path: Path) -> None:
    assert write(files({"a.md": "1", "b/c.md": "2"}), tmp_path) == Written(changed=2, same=0, removed=0)
    before = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}
    assert write(files({"a.md": "1", "b/c.md": "2"}), tmp_path) == Written(changed=0, same=2, removed=0)
    assert {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*")}.keys() == before.keys()
    assert (tmp_path / "a.md").stat().st_mtime_ns == before[tmp_path / "a.md"]
    assert write(files({"a.md": "9", "b/c.md": "2"}), tmp_path) == Written(changed=1, same=1, removed=0)


def test_what_is_no_longer_made_goes_with_its_folder_and_hand_written_pages_stay(tmp_path: Path) -> None:
    (tmp_path / "about").mkdir()
    (tmp_path / "about" / "index.md").write_text("手写", encoding="utf-8")
    write(files({"a.md": "1", "b/c/d.md": "2", "about/made.md": "3"}), tmp_path)
    assert write(files({"a.md": "1"}), tmp_path).removed == 2
    assert on_disk(tmp_path) == {"a.md": "1", "about/index.md": "手写"}
    assert not (tmp_path / "b").exists()


def test_a_hand_written_page_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("手写", encoding="utf-8")
    with pytest.raises(OutputError) as caught:
        write(files({"a.md": "生成"}), tmp_path)
    assert "a.md" in str(caught.value)
    assert on_disk(tmp_path) == {"a.md": "手写"}


@pytest.mark.parametrize("path", ["../a.md", "/a.md", "b/../../a.md", "", MANIFEST, "a\nb.md", "out/a.md"])
def test_nothing_is_written_elsewhere(path: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "out").symlink_to(tmp_path)
    with pytest.raises(OutputError):
        write([SiteFile(path, b"1")], docs)
    with pytest.raises(OutputError):
        export([SiteFile(path, b"1")], docs)
    assert not (tmp_path / "a.md").exists()


def test_a_path_made_twice_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="两次"):
        write([SiteFile("a.md", b"1"), SiteFile("a.md", b"1")], tmp_path)


def test_a_run_that_is_cut_off_leaves_whole_files_that_the_next_run_knows(tmp_path: Path) -> None:
    write(files({"old.md": "1"}), tmp_path)

    def cut_off() -> Iterator[SiteFile]:
        yield SiteFile("new.md", b"2")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(cut_off(), tmp_path)
    assert on_disk(tmp_path) == {"old.md": "1", "new.md": "2"}
    write(files({"third.md": "3"}), tmp_path)
    assert on_disk(tmp_path) == {"third.md": "3"}


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(files({"a.md": "old"}), tmp_path)

    def full(*_: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        write(files({"a.md": "new"}), tmp_path)
    assert on_disk(tmp_path) == {"a.md": "old"}


def test_lines_appear_when_all_are_written(tmp_path: Path) -> None:
    def lines() -> Iterator[str]:
        yield "一\n"
        assert not (tmp_path / "out.jsonl").exists()
        yield "二\n"

    write_lines(tmp_path / "out.jsonl", lines())
    assert on_disk(tmp_path) == {"out.jsonl": "一\n二\n"}


def test_an_export_removes_nothing(tmp_path: Path) -> None:
    export(files({"a.json": "1"}), tmp_path)
    export(files({"b.json": "2"}), tmp_path)
    assert on_disk(tmp_path) == {"a.json": "1", "b.json": "2"}


PATHS = st.sampled_from(["a.md", "b/a.md", "b/c/a.md", "d/a.md", "d/b.md"])


@given(st.lists(st.dictionaries(PATHS, st.text("xy", max_size=2)), min_size=1, max_size=4))
def test_after_any_runs_the_folder_holds_the_last_one(
    tmp_path_factory: pytest.TempPathFactory, runs: list[dict[str, str]]
) -> None:
    docs = tmp_path_factory.mktemp("docs")
    for run in runs:
        write(files(run), docs)
    assert on_disk(docs) == runs[-1]
