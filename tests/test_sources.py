"""The door in: encodings, folders, facts, and every kind of file that is no page."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import SourceError
from generator.model import Page
from generator.sources import decode, find, read

CASES = Path(__file__).parent / "cases" / "sources"
STORY = "园区里新开的食堂不对外营业，午饭时间却总有人在门口张望。老周说，他是来看看当年的车间改成了什么样子的。\n" * 4


def cases(folder: Path) -> list[Any]:
    return [
        pytest.param(case, id=case["name"])
        for path in sorted(folder.glob("*.yml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
    ]


def read_all(folder: Path) -> tuple[dict[str, Page], list[str], list[str]]:
    """Pages by stem, names of orphaned corrections, messages."""
    found = find([folder])
    pages, errors = {}, [str(error) for error in found.errors]
    for file in found.files:
        try:
            pages[file.stem] = read(file.path, file.root)
        except SourceError as error:
            errors.append(str(error))
    return pages, [path.name for path in found.orphans], errors


@pytest.mark.parametrize("case", cases(CASES))
def test_folder(case: dict[str, Any], tmp_path: Path) -> None:
    for name, text in case["files"].items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    pages, orphans, errors = read_all(tmp_path)
    facts = {s: "|".join((p.facts.newspaper, p.facts.date, p.facts.page_number)) for s, p in pages.items()}
    assert facts == case.get("pages", {})
    assert orphans == case.get("orphans", [])
    said = "\n".join(errors)
    assert bool(errors) == bool(case.get("errors"))
    for part in case.get("errors", []):
        assert part in said
    assert all(part in error for error in errors for part in ("应当：", "实际：", "办法："))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends_are_kept(encoding: str, end: str, tmp_path: Path) -> None:
    text = STORY.replace("\n", end)
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert read(tmp_path / "a.txt", tmp_path).text == text


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1).filter(str.strip))
def test_any_utf8_text_is_read_as_it_is(text: str) -> None:
    assert decode(text.encode("utf-8"), "a.txt") == text.removeprefix("\ufeff")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (STORY.encode("utf-16"), "UTF-16"),
        ("廠區裡的老師傅說，這裡從前是一片魚塘，後來才有了馬路和廠房。".encode("big5") * 20, "Big5"),
        (STORY.encode("utf-8").replace("老周".encode(), b"\xe8\x80", 1), "字节损坏"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 4, "二进制"),
        (bytes(range(1, 32)) * 40, "二进制"),
    ],
    ids=["utf-16", "big5", "damaged utf-8", "picture", "control characters"],
)
def test_what_is_no_text_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "旧报.txt")
    assert "旧报.txt" in str(caught.value)
    assert says in str(caught.value)


def test_damage_is_placed() -> None:
    with pytest.raises(SourceError) as caught:
        decode("第一行\n第二行还好好的，只有第三行坏了\n第三行在这里".encode()[:-1], "a.txt")
    assert caught.value.line == 3


def test_size_limit(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("字" * 1000, encoding="utf-8")
    assert len(read(tmp_path / "a.txt", tmp_path, limit=3000).text) == 1000
    with pytest.raises(SourceError, match=r"a\.txt") as caught:
        read(tmp_path / "a.txt", tmp_path, limit=2999)
    assert "--max-mb" in caught.value.remedy


def test_missing_and_other_files(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(tmp_path / "gone.txt", tmp_path)
    (tmp_path / "a.docx").write_text("文字", encoding="utf-8")
    with pytest.raises(SourceError, match="扩展名"):
        read(tmp_path / "a.docx", tmp_path)


def test_single_files_have_the_stem_of_their_folder(tmp_path: Path) -> None:
    (tmp_path / "seeds" / "sub").mkdir(parents=True)
    path = tmp_path / "seeds" / "sub" / "a.txt"
    path.write_text("试验版面", encoding="utf-8")
    assert [f.stem for f in find([path]).files] == ["a"]
    assert [f.stem for f in find([path], tmp_path / "seeds").files] == ["sub__a"]
    assert [f.stem for f in find([tmp_path / "seeds", path], tmp_path / "seeds").files] == ["sub__a"]


def test_a_changed_issue_file_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("试验版面", encoding="utf-8")
    for year in ("2019", "2020"):
        (tmp_path / "issue.yml").write_text(f"date: {year}", encoding="utf-8")
        stamp = int(year) * 10**9
        os.utime(tmp_path / "issue.yml", ns=(stamp, stamp))
        assert read(tmp_path / "a.txt", tmp_path).facts.date == year
