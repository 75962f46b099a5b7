"""What other programs rely on: the JSON of `articles`, the addresses of the site, the targets of make, nothing lost."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator import authority
from generator.articles.record import page_record
from generator.authority import Authority
from generator.errors import CorrectionError
from generator.model import Corrections, LineCorrection, Page, PageSplit, Role
from generator.pipeline import articles_of, files_of
from generator.sources import find, read
from tests.ledger import faults, spans_of

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
FOLDERS = {
    "samples": ROOT / "seeds",
    "shared seeds": SHARED / "seeds",
    "easy": SHARED / "bench" / "dev" / "easy",
    "medium": SHARED / "bench" / "dev" / "medium",
    "hard": SHARED / "bench" / "dev" / "hard",
}
ARTICLE_KEYS: dict[str, type | tuple[type, ...]] = {
    "id": str, "title": str, "kicker": str, "column": str, "kind": str, "byline": list, "truncated": (str, type(None)),
    "text": str, "title_spans": list, "kicker_spans": list, "byline_spans": list, "dateline_spans": list,
    "paragraphs": list, "captions": list, "parks": list, "parks_mentioned": list, "industries": list, "topics": list,
    "provinces": list, "evidence": list, "date": dict, "confidence": float, "doubts": list,
}  # fmt: skip
PAGE_KEYS = {"page", "source", "sha256", "newspaper", "date", "articles", "unplaced"}
DATE_RE = {
    "day": r"\d{4}-\d\d-\d\d",
    "month": r"\d{4}-\d\d",
    "year": r"\d{4}",
    "window": r"\d{4}(-\d\d){0,2}/\d{4}(-\d\d){0,2}",
    "unknown": "",
}


@cache
def known() -> Authority:
    return authority.load()


@cache
def splits(folder: str) -> tuple[PageSplit, ...]:
    """All pages of a folder, taken apart. Skips the test where the folder is not there."""
    if not FOLDERS[folder].is_dir():
        pytest.skip(f"{FOLDERS[folder].relative_to(ROOT.parent)} is not beside the repository")
    return tuple(articles_of(read(f.path, f.root), known()) for f in find([FOLDERS[folder]]).files)


def records(folder: str) -> Iterator[tuple[PageSplit, dict[str, Any]]]:
    """Each page with its export, as a program reads it back."""
    for split in splits(folder):
        yield split, json.loads(json.dumps(page_record(split), ensure_ascii=False))


@pytest.mark.parametrize("folder", FOLDERS)
def test_nothing_is_lost_and_nothing_doubled(folder: str) -> None:
    assert {
        split.page.stem: found for split, record in records(folder) if (found := faults(split.page.text, record))
    } == {}


@pytest.mark.parametrize("folder", ["samples", "shared seeds"])
def test_shape_of_the_export(folder: str) -> None:
    for split, record in records(folder):
        assert set(record) == PAGE_KEYS
        assert record["page"] == split.page.stem
        assert set(record["newspaper"]) == {"name", "basis"}
        for article in record["articles"]:
            assert {key: isinstance(article[key], kind) for key, kind in ARTICLE_KEYS.items()} == dict.fromkeys(
                ARTICLE_KEYS, True
            )
            assert set(article) == set(ARTICLE_KEYS)
            check_article(article)
        for item in record["unplaced"]:
            assert set(item) == {"text", "role", "spans"}
            assert item["spans"]


def check_article(article: dict[str, Any]) -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", article["id"])
    assert article["kind"] in {"article", "brief", "photo"}
    assert article["truncated"] in {None, "head", "tail", "gap"}
    assert 0 <= article["confidence"] <= 1
    assert re.fullmatch(DATE_RE[article["date"]["precision"]], article["date"]["value"])
    assert {p["role"] for p in article["paragraphs"]} <= {"body", "subhead"}
    assert article["text"].split("\n\n") == ([p["text"] for p in article["paragraphs"]] or [""])
    assert all(part["spans"] for part in [*article["paragraphs"], *article["captions"]])
    tags = {t for facet in ("parks", "parks_mentioned", "industries", "topics", "provinces") for t in article[facet]}
    assert tags <= {e["tag"] for e in article["evidence"]} | set(article["provinces"])
    assert all(len(article[facet]) == len(set(article[facet])) for facet in ("parks", "industries", "topics"))


@pytest.mark.parametrize("folder", ["samples", "shared seeds", "hard"])
def test_paragraphs_are_the_text_of_their_spans(folder: str) -> None:
    """Cleaning drops characters and replaces one by one: every Chinese character of a paragraph stands in its spans."""
    for split, record in records(folder):
        for article in record["articles"]:
            for paragraph in article["paragraphs"]:
                source = "".join(split.page.text[a:b] for a, b in paragraph["spans"])
                han = re.compile("[\u4e00-\u9fff]")
                assert han.findall(paragraph["text"]) == han.findall(source)


@pytest.mark.parametrize("folder", FOLDERS)
def test_ids_are_unique(folder: str) -> None:
    ids = [article.id for split in splits(folder) for article in split.articles]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("folder", ["samples", "shared seeds"])
def test_evidence_stands_where_it_says(folder: str) -> None:
    for split in splits(folder):
        for article in split.articles:
            for evidence in (e for tag in article.tags for e in tag.evidence):
                assert article.part(evidence.part)[evidence.start : evidence.end] == evidence.text


CHARS = "园区报道，。“”、——第1２a#*► \n\t\u3000　本报讯记者（）：《》图"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(CHARS, min_size=1, max_size=300).filter(str.strip))
def test_any_text_is_taken_apart_without_loss(text: str) -> None:
    split = articles_of(Page("p", "p.txt", "0" * 64, text), known())
    assert faults(text, page_record(split)) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_reshuffle_of_a_page_is_taken_apart_without_loss(data: st.DataObject) -> None:
    pages = [split.page.text for split in splits("samples")]
    lines = data.draw(st.sampled_from(pages)).splitlines(keepends=True)
    text = "".join(data.draw(st.permutations(lines)))
    split = articles_of(Page("p", "p.txt", "0" * 64, text), known())
    assert faults(text, page_record(split)) == []


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data())
def test_any_correction_of_lines_loses_nothing(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(splits("samples"))).page
    lines = st.sampled_from([block.line for block in page.blocks])
    said = st.builds(
        LineCorrection,
        lines,
        st.none() | st.sampled_from([role for role in Role if role is not Role.UNREAD]),
        begins=st.booleans(),
        joins=st.just(0) | lines,
    )
    fixes = Corrections("p.fix.yml", lines=tuple(data.draw(st.lists(said, max_size=5, unique_by=lambda c: c.line))))
    try:
        split = articles_of(replace(page, blocks=(), junctions=()), known(), fixes)
    except CorrectionError:
        return
    assert faults(page.text, page_record(split)) == []


@pytest.mark.parametrize(
    "text",
    ["一行", "#\n", "* * *", "Only Latin text, with 3.5 numbers.\n", "\r\n甲\r乙\n", "标题\n" * 30, "。。。\n》》\n"],
)
def test_odd_pages(text: str) -> None:
    split = articles_of(Page("p", "p.txt", "0" * 64, text), known())
    assert faults(text, page_record(split)) == []


def test_addresses_of_the_site() -> None:
    paths = {file.path for file in files_of(splits("samples"), known(), "http://127.0.0.1:8000/")}
    pages = {path.removesuffix("index.md").removesuffix(".md").rstrip("/") for path in paths if path.endswith(".md")}
    assert {"feed.xml", "feed.json", "data/articles.jsonl", "data/articles.csv", "data/datapackage.json"} <= paths
    assert {"", "parks", "industries", "topics", "search", "matrix", "quality"} <= pages
    folders = {"park": "parks", "industry": "industries", "topic": "topics", "province": "provinces"}
    for split in splits("samples"):
        assert f"sources/{split.page.stem}" in pages
        for article in split.articles:
            assert f"articles/{article.id}" in pages
            tagged = {f"{folders[tag.facet]}/{tag.id}" for tag in article.tags if tag.about}
            assert tagged <= pages
            assert all(f"{hub}/feed.xml" in paths for hub in tagged if hub.startswith(("parks", "industries")))
            assert not article.date.year or f"years/{article.date.year}" in pages


def test_generated_files_are_ignored_by_git() -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone")
    paths = {f"docs/{file.path}" for file in files_of(splits("samples"), known(), "")} | {"docs/.generated"}
    command = ["git", "check-ignore", "--no-index", "-z", "--stdin"]
    done = subprocess.run(command, cwd=ROOT, input="\0".join(paths), capture_output=True, text=True, check=False)
    assert paths - set(done.stdout.split("\0")) == set()


@pytest.mark.parametrize("folder", ["samples", "shared seeds"])
def test_spans_of_a_part_ascend(folder: str) -> None:
    """A part's pieces are in reading order, and on these pages reading order goes down the page."""
    for _, record in records(folder):
        for article in record["articles"]:
            for paragraph in article["paragraphs"]:
                assert all(a[1] <= b[0] for a, b in pairwise(spans_of(paragraph)))


@pytest.mark.parametrize("folder", ["shared seeds", "easy"])
def test_the_bench_ledger_agrees(folder: str, tmp_path: Path) -> None:
    for split, record in records(folder):
        (tmp_path / f"{split.page.stem}.json").write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    ledger = SHARED / "bench" / "ledger.py"
    done = subprocess.run(
        [sys.executable, ledger, FOLDERS[folder], tmp_path], capture_output=True, text=True, check=False
    )
    assert "0 lost, 0 doubled, 0 pages at fault" in done.stdout
    assert done.returncode == 0


def test_make_has_its_targets() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in ("site", "test", "serve", "check", "bench"):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


def test_the_lock_holds_every_pin_with_hashes_and_no_host() -> None:
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    pins = re.findall(r'"([A-Za-z0-9.-]+)==([^"]+)"', project)
    assert len(pins) > 10
    for name, version in pins:
        assert re.search(rf"^{re.escape(name)}=={re.escape(version)} \\$", lock, re.MULTILINE | re.IGNORECASE), name
    entries = re.split(r"\n(?=[a-z])", lock)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in lock
    assert "--index" not in lock
