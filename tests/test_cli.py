"""The command line as users meet it: what it prints where, its exit codes, and what it leaves behind."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import pty
import shutil
import struct
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main

ROOT = Path(__file__).resolve().parents[1]
SEEDS = ROOT / "seeds"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs the command line in an empty folder; gives exit code, stdout and stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as exit_:
            code = int(str(exit_.code))
        return (code, *capsys.readouterr())

    return call


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Two sample pages in a folder of their own."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for path in sorted(SEEDS.glob("*.txt"))[:2]:
        shutil.copy(path, folder)
    return folder


def exported(folder: Path) -> dict[str, Any]:
    return {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in sorted(folder.glob("*.json"))}


def tree(folder: Path) -> dict[str, str]:
    return {
        p.relative_to(folder).as_posix(): hashlib.sha256(p.read_bytes()).hexdigest()
        for p in sorted(folder.rglob("*"))
        if p.is_file()
    }


def fix(pages: Path, stem: str, text: str) -> None:
    (pages / f"{stem}.fix.yml").write_text(text, encoding="utf-8")


def first(folder: Path) -> tuple[str, dict[str, Any]]:
    """Stem and first article of an export."""
    stem, page = next(iter(exported(folder).items()))
    return stem, page["articles"][0]


def test_usage(run: Run) -> None:
    assert run()[0] == 2
    assert run("build")[0] == 2
    assert run("build", "nowhere")[0] == 2
    assert run("articles", SEEDS)[0] == 2
    assert run("articles", SEEDS, "--out", "json", "--max-mb", "0")[0] == 2
    assert run("unheard-of")[0] == 2
    code, out, _ = run("--help")
    assert code == 0
    assert all(verb in out for verb in ("build", "articles", "tag", "check", "explain"))


def test_articles(run: Run, pages: Path) -> None:
    code, out, err = run("articles", pages, "--out", "json")
    assert (code, out) == (0, "")
    assert err.startswith("2 个版面 · ")
    assert list(exported(Path("json"))) == sorted(p.stem for p in pages.glob("*.txt"))


def test_sources_are_left_alone(run: Run, pages: Path) -> None:
    before = tree(pages)
    pages.chmod(0o555)
    assert run("build", pages)[0] == 0
    assert run("check", pages)[0] == 0
    pages.chmod(0o755)
    assert tree(pages) == before


def test_bad_files_are_named_and_the_others_built(run: Run, pages: Path) -> None:
    (pages / "empty.txt").touch()
    (pages / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    (pages / "huge.txt").write_text("字" * 400_000, encoding="utf-8")
    code, _, err = run("articles", pages, "--out", "json", "--max-mb", "1")
    assert code == 1
    assert all(name in err for name in ("empty.txt", "picture.txt", "huge.txt", "办法："))
    assert len(exported(Path("json"))) == 2
    code, _, err = run("build", pages, "--max-mb", "1")
    assert code == 1
    assert len(list(Path("docs/sources").glob("sample*"))) == 2


def test_with_no_page_at_all_the_site_stays_as_it_was(run: Run, pages: Path, tmp_path: Path) -> None:
    run("build", pages)
    before = tree(Path("docs"))
    (tmp_path / "none").mkdir()
    (tmp_path / "none" / "a.txt").touch()
    code, _, err = run("build", tmp_path / "none")
    assert code == 1
    assert "网站未改动" in err
    assert tree(Path("docs")) == before
    (tmp_path / "none" / "a.txt").unlink()
    code, _, err = run("build", tmp_path / "none")
    assert code == 1
    assert "一个也没有" in err


def test_same_input_same_bytes_whatever_the_way(run: Run, pages: Path) -> None:
    """Fresh or from the cache, at once or after a detour, the same files."""
    run("build", pages, "--docs", "one")
    run("build", pages, "--docs", "two")
    extra = pages / "detour.txt"
    shutil.copy(sorted(SEEDS.glob("*.txt"))[2], extra)
    run("build", pages, "--docs", "two")
    extra.unlink()
    run("build", pages, "--docs", "two", "--fresh")
    assert tree(Path("one")) == tree(Path("two"))


def test_many_pages_in_parallel_give_the_same(run: Run, tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(26):
        (many / f"page{number:02d}.txt").write_text(
            f"第{number}号车间的灯亮了\n\n本报讯 入夜以后，车间的灯还亮着。老师傅说，这是第{number}个晚上了。\n",
            encoding="utf-8",
        )
    (many / "page07.fix.yml").write_text("lines: {99: body}", encoding="utf-8")
    codes = [run("articles", many, "--out", f"json{n}", "--fresh", "--jobs", n)[0] for n in (1, 2)]
    assert codes == [1, 1]
    assert len(exported(Path("json1"))) == 25
    assert tree(Path("json1")) == tree(Path("json2"))


def test_second_build_takes_pages_from_the_cache(run: Run, pages: Path) -> None:
    assert "新算 2 个版面" in run("build", pages)[2]
    code, _, err = run("build", pages)
    assert code == 0
    assert "新算 0 个版面" in err
    assert "文件：0 个有变" in err
    assert "新算 2 个版面" in run("build", pages, "--fresh")[2]


@pytest.mark.parametrize("what", ["text", "fix", "facts", "authority"])
def test_only_pages_that_changed_are_taken_apart_again(run: Run, pages: Path, what: str) -> None:
    run("articles", pages, "--out", "json")
    stem, article = first(Path("json"))
    page = pages / f"{stem}.txt"
    if what == "text":
        page.write_text(page.read_text(encoding="utf-8") + "\n再添一行字。\n", encoding="utf-8")
    elif what == "fix":
        fix(pages, stem, f"articles:\n  {article['id']}: {{title: 换了的标题}}\n")
    elif what == "facts":
        (pages / "issue.yml").write_text(f"files:\n  {stem}: {{newspaper: 示例日报}}\n", encoding="utf-8")
    else:
        shutil.copytree(ROOT / "generator" / "authority", pages / "authority")
        (pages / "authority" / "README.md").write_text("我们的权威档", encoding="utf-8")
    _, _, err = run("build", pages)
    assert f"新算 {2 if what == 'authority' else 1} 个版面" in err


def test_corrections_win(run: Run, pages: Path) -> None:
    run("articles", pages, "--out", "json")
    stem, article = first(Path("json"))
    fix(
        pages,
        stem,
        f"articles:\n  {article['id']}:\n    title: 换了的标题\n    date: 2001-02-03\n    byline: [某甲]\n"
        "    tags:\n      province: {add: [西藏自治区]}\n",
    )
    assert run("articles", pages, "--out", "json")[0] == 0
    _, after = first(Path("json"))
    assert after["id"] == article["id"]
    assert (after["title"], after["byline"]) == ("换了的标题", ["某甲"])
    assert after["date"] == {"value": "2001-02-03", "precision": "day", "basis": "编辑更正"}
    assert after["provinces"][0] == "西藏自治区"


def test_every_kind_of_correction_reaches_the_site(run: Run, pages: Path) -> None:
    run("articles", pages, "--out", "json")
    stem, article = first(Path("json"))
    old = article["paragraphs"][0]["text"]
    fix(
        pages,
        stem,
        f"articles:\n  {article['id']}:\n    title: 换了的标题\n    kicker: 换了的引题\n    column: 换了的栏目\n"
        "    date: 2001-02\n    newspaper: 换了的报名\n    byline: [{name: 某甲, role: 通讯员}]\n    checked: true\n"
        f"    tags: {{topic: {{add: [investment]}}}}\n    text: [{{old: {json.dumps(old)}, new: 换了的一段。}}]\n",
    )
    code, _, err = run("build", pages)
    assert (code, "错误" in err) == (0, False)
    page = next(Path("docs/articles").glob(f"{article['id']}*")).read_text(encoding="utf-8")
    for words in ("标题", "引题", "栏目", "报名", "一段"):
        assert f"换了的{words}" in page
    assert "某甲" in page


def test_a_correction_that_no_longer_applies_is_loud_everywhere(run: Run, pages: Path) -> None:
    stem = sorted(p.stem for p in pages.glob("*.txt"))[0]
    fix(pages, stem, "articles:\n  ffffffffffff: {title: 新}\n")
    fix(pages, "gone", "articles: {}\n")
    for verb in (["build", pages], ["articles", pages, "--out", "json"], ["check", pages]):
        code, out, err = run(*verb)
        assert code == 1
        assert "ffffffffffff" in out + err
        assert "gone.fix.yml" in out + err
    assert len(exported(Path("json"))) == 1


def test_broken_authority_files_stop_at_once(run: Run, pages: Path) -> None:
    (pages / "authority").mkdir()
    (pages / "authority" / "parks.csv").write_text("id,name\n", encoding="utf-8")
    code, _, err = run("build", pages)
    assert code == 1
    assert "parks.csv" in err


def test_authority_files_beside_a_single_file_are_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "parks.csv").write_text("id,name_full\nyizhou-x,颐州高新区\n", encoding="utf-8")
    record = {"id": "x", "title": "颐州高新区开园", "body": ["颐州高新区昨天开园。"]}
    lines = tmp_path / "articles.jsonl"
    lines.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
    assert json.loads(run("tag", lines, "--authority", "authority")[1])["parks"] == ["yizhou-x"]
    page = tmp_path / "page.txt"
    page.write_text("# 颐州高新区开园\n\n颐州高新区昨天开园，三百人来看热闹。\n", encoding="utf-8")
    assert "yizhou-x" in run("explain", page)[1]


def test_two_folders_of_own_tables_are_no_guess(run: Run, pages: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(pages, other)
    for folder in (pages, other):
        (folder / "authority").mkdir()
    code, _, err = run("articles", pages, other, "--out", "json")
    assert code == 1
    assert "--authority" in err
    assert run("articles", other, "--out", "json")[0] == 0


def test_check(run: Run) -> None:
    code, out, err = run("check", SEEDS, "--limit", "0")
    assert code == 0
    assert "个版面" in err
    ranks = [float(line.split()[0]) for line in out.splitlines() if line.startswith("    0.")]
    assert ranks == sorted(ranks)
    assert "furniture" not in out
    listed = out.split("未归入文章的文字：")[1].splitlines()
    assert all("　sample-" in line or "__sample-" in line for line in listed[1 : 1 + int(listed[0])])


def test_check_lists_parks_that_the_authority_files_lack(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("苏州云杉科技产业园开园\n\n本报讯 昨天，苏州云杉科技产业园迎来第一家企业。\n", encoding="utf-8")
    code, out, _ = run("check", path)
    assert code == 0
    assert "权威档里没有的园区" in out
    assert "苏州云杉科技产业园" in out


def test_check_against_an_earlier_export(run: Run, pages: Path) -> None:
    run("articles", pages, "--out", "json")
    run("build", pages)
    stem, article = first(Path("json"))
    for old in ("json", "docs/data/articles.jsonl"):
        assert run("check", pages, "--against", old)[1] == "标签有变的文章：0\n"
    fix(pages, stem, f"articles:\n  {article['id']}:\n    tags:\n      province: {{add: [西藏自治区]}}\n")
    for old in ("json", "docs/data/articles.jsonl"):
        code, out, _ = run("check", pages, "--against", old)
        assert code == 0
        assert out.startswith("标签有变的文章：1\n")
        assert article["id"] in out
        assert "+西藏自治区" in out


def test_a_new_row_that_is_only_mentioned_is_a_change(run: Run, tmp_path: Path) -> None:
    seeds = tmp_path / "told"
    seeds.mkdir()
    park = "苏州工业园区"
    story = f"{park}一家企业前年在云杉科技园试产，今年把总部迁到{park}。{park}管委会说，明年还将建两所学校。"
    (seeds / "a.txt").write_text(f"# {park}新建人才公寓\n\n{park}昨天开工建设人才公寓。\n\n{story}\n", encoding="utf-8")
    run("articles", seeds, "--out", "json")
    run("build", seeds)
    (seeds / "authority").mkdir()
    row = "id,name_full,kind,province\nyunshan-park,云杉科技园,产业园,江苏省\n"
    (seeds / "authority/parks.csv").write_text(row, encoding="utf-8")
    for old in ("json", "docs/data/articles.jsonl"):
        code, out, _ = run("check", seeds, "--against", old)
        assert code == 0
        assert out.startswith("标签有变的文章：1\n")
        assert "parks_mentioned +yunshan-park" in out


def test_explain_tells_what_the_build_did(run: Run) -> None:
    page = SEEDS / "sample-01-optics-valley.txt"
    run("articles", page, "--out", "json")
    articles = exported(Path("json"))[page.stem]["articles"]
    code, out, _ = run("explain", page)
    assert code == 0
    for article in articles:
        assert article["id"] in out
        assert all(tag in out for tag in article["parks"] + article["industries"])
    one = articles[0]
    for name in (one["id"], one["id"][:6], "1", one["title"][:6]):
        code, out, _ = run("explain", page, name)
        assert code == 0
        assert one["id"] in out
        assert articles[1]["id"] not in out
    code, _, err = run("explain", page, "没有这样的标题")
    assert code == 2
    assert one["id"] in err


def test_explain_helps_with_a_correction_that_no_longer_applies(run: Run, pages: Path) -> None:
    page = sorted(pages.glob("*.txt"))[0]
    fix(pages, page.stem, "lines: {2: body, 9999: body}\n")
    code, out, err = run("explain", page)
    assert code == 1
    assert "9999" in err
    assert "不用更正文件" in err
    assert "各块：" in out


def test_tag_passes_over_blank_lines(run: Run, tmp_path: Path) -> None:
    line = json.dumps({"id": "a", "title": "题", "body": ["一段。"]}, ensure_ascii=False)
    path = tmp_path / "in.jsonl"
    path.write_text(f"\n{line}\n  \n{line}\n\n", encoding="utf-8")
    code, out, _ = run("tag", path)
    assert code == 0
    assert [json.loads(tags)["id"] for tags in out.splitlines()] == ["a", "a"]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"id": "a", "title": "题", "body": "一段。"}, "body 是一段文字，不是列表"),
        ({"id": "a", "title": "题", "body": ["一段。", 2]}, "body 的列表里有不是文字的项"),
        ({"title": "题", "body": []}, "缺 id"),
        ({"id": None, "title": "题", "body": []}, "id 是 null"),
        ({"id": "a", "title": ["题"], "body": []}, "title 不是文字"),
        ({}, "缺 id、body"),
    ],
)
def test_tag_says_what_is_wrong_with_a_line(run: Run, tmp_path: Path, record: dict[str, object], found: str) -> None:
    path = tmp_path / "in.jsonl"
    path.write_text(f"\n{json.dumps(record, ensure_ascii=False)}\n", encoding="utf-8")
    code, _, err = run("tag", path)
    assert code == 1
    assert "第 2 行" in err
    assert found in err


def test_tag_takes_marks_and_line_ends_of_windows_long_articles_and_repeated_ids(run: Run, tmp_path: Path) -> None:
    told = [
        {"id": "a", "title": "西安高新区开园", "body": ["西安高新区昨天开园。\r\n"]},
        {"id": "a", "title": "", "body": []},
        {"id": 7, "title": None, "body": ["", "西安高新区昨天开园。" * 20_000]},
    ]
    path = tmp_path / "in.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(json.dumps(t, ensure_ascii=False) for t in told).encode())
    code, out, err = run("tag", path)
    assert code == 0
    assert [json.loads(line)["parks"] for line in out.splitlines()] == [["xian-hitech"], [], ["xian-hitech"]]
    assert "第 2 行的编号 a 已在第 1 行" in err


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b'{"id": "a", "title": "\\ud800", "body": []}', "半个字符"),
        ('{"id": "a", "title": "园区", "body": []}'.encode("gb18030"), "别的编码"),
        (None, "一个文件夹"),
    ],
)
def test_tag_names_what_it_cannot_read(run: Run, tmp_path: Path, data: bytes | None, found: str) -> None:
    path = tmp_path / "in.jsonl"
    if data is None:
        path.mkdir()
    else:
        path.write_bytes(data)
    code, out, err = run("tag", path)
    assert (code, out) == (1, "")
    assert found in err


def test_check_against_what_is_no_export(run: Run, tmp_path: Path) -> None:
    page, empty, foreign = SEEDS / "sample-06-briefs.txt", tmp_path / "empty", tmp_path / "old.jsonl"
    empty.mkdir()
    foreign.write_bytes('{"id": "园区企业"}'.encode("gb18030"))
    for old, found in ((empty, "没有一篇文章"), (foreign, "别的编码")):
        code, _, err = run("check", page, "--against", old)
        assert code == 1
        assert found in err


def test_tag(run: Run, tmp_path: Path) -> None:
    article = {
        "id": "a1",
        "title": "苏州工业园区再添新药项目",
        "body": ["苏州工业园区的生物医药企业又有新药获批。"] * 3,
    }
    lines = [json.dumps(article, ensure_ascii=False), "{", json.dumps({"id": "a2", "title": "缺正文"}), json.dumps([])]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    code, out, err = run("tag", path, "--out", "tags.jsonl")
    assert (code, out) == (1, "")
    assert all(f"第 {line} 行" in err for line in (2, 3, 4))
    (tags,) = [json.loads(line) for line in Path("tags.jsonl").read_text(encoding="utf-8").splitlines()]
    assert tags["id"] == "a1"
    assert tags["parks"][0] == "suzhou-industrial-park"
    assert tags["provinces"] == ["江苏省"]
    assert set(tags) == {"id", "parks", "parks_mentioned", "industries", "topics", "provinces", "evidence"}
    path.write_text(lines[0], encoding="utf-8")
    code, out, _ = run("tag", path)
    assert code == 0
    assert json.loads(out) == tags


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    page = next(SEEDS.glob("*.txt"))
    command = f"{sys.executable} -m generator explain {page} | head -1"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


def test_a_terminal_without_chinese_is_no_reason_to_stop() -> None:
    command = [sys.executable, "-m", "generator", "explain", str(next(SEEDS.glob("*.txt"))), "1"]
    environment = {**os.environ, "PYTHONIOENCODING": "latin-1"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment, check=False)
    assert done.returncode == 0
    assert b"?" in done.stdout


@pytest.mark.parametrize("given", ["https://example.org/archive", "https://example.org/archive/"])
def test_addresses_stand_below_the_site_url(run: Run, pages: Path, given: str) -> None:
    run("build", pages, "--site-url", given)
    line = Path("docs/data/articles.jsonl").read_text(encoding="utf-8").splitlines()[0]
    assert json.loads(line)["url"].startswith("https://example.org/archive/articles/")


def test_a_crash_is_told_apart_from_wrong_input(tmp_path: Path) -> None:
    """A folder where a file should be written stands for any fault that is not in the input."""
    (tmp_path / "tags.jsonl").mkdir()
    (tmp_path / "in.jsonl").write_text('{"id": "a", "title": "题", "body": []}\n', encoding="utf-8")
    command = [sys.executable, "-m", "generator", "tag", tmp_path / "in.jsonl", "--out", tmp_path / "tags.jsonl"]
    done = subprocess.run(list(map(str, command)), cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 70
    assert "Traceback" in done.stderr
    assert [p.name for p in tmp_path.iterdir()].count("tags.jsonl") == 1
    assert not list(tmp_path.glob(".*.part"))


def test_long_work_shows_its_progress_on_a_terminal_only(tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(22):
        (many / f"p{number}.txt").write_text(f"第{number}号\n\n本报讯 灯还亮着。\n", encoding="utf-8")
    command = [sys.executable, "-m", "generator", "articles", str(many), "--out", str(tmp_path / "json"), "--fresh"]
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    done = subprocess.run([*command, "--cache", str(tmp_path / "one")], cwd=ROOT, stderr=theirs, check=False)
    os.close(theirs)
    assert done.returncode == 0
    assert "拆分版面" in os.read(ours, 100_000).decode("utf-8", "replace")
    os.close(ours)
    command += ["--cache", str(tmp_path / "two")]
    quiet = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert quiet.stderr.startswith("22 个版面")
