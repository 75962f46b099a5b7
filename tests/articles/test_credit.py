"""Authors: every form of byline and dateline, and never a word that is no name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.articles.credit import authors, credit, credits_of, is_personal_name
from generator.model import Article, Page, PageSplit, Passage
from tests.gold.compose import Sample, samples

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "cases/credit/bylines.yml").read_text(encoding="utf-8")
)
SHARED = Path(__file__).parents[3] / "shared/bench/gold"
NAMES = ["王磊", "李争", "欧阳静", "阿依古丽·买买提", "柳青禾", "夏侯明", "滕子墨"]


def article(*, byline: tuple[str, ...] = (), dateline: tuple[str, ...] = ()) -> Article:
    """An article with these lines, one after the other on the page."""
    source = "\n".join((*byline, *dateline))
    lines, at = [], 0
    for line in (*byline, *dateline):
        lines.append(Passage.of(source, at, at + len(line)))
        at += len(line) + 1
    return Article(
        "",
        "page",
        Passage.invented("标题"),
        (),
        byline=tuple(lines[: len(byline)]),
        dateline=tuple(lines[len(byline) :]),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["line"])
def test_case(case: dict[str, Any]) -> None:
    assert [[c.name, c.role, c.agency] for c in credits_of(case["line"])] == case["credits"]


def test_authors_of_byline_and_dateline_are_given_once_in_page_order() -> None:
    found = authors(article(byline=("江一帆 柳青禾",), dateline=("本报讯（记者 江一帆）",)))
    assert [(c.name, c.role) for c in found] == [("江一帆", "记者"), ("柳青禾", "")]


def test_credit_touches_nothing_but_credits() -> None:
    before = article(byline=("本报记者 江一帆",))
    split = PageSplit(Page("p", "p.txt", "", ""), (before,), ())
    (after,) = credit(split).articles
    assert after.credits
    assert (after.byline, after.headline, after.id) == (before.byline, before.headline, before.id)


@settings(deadline=None)
@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True), st.sampled_from([" ", "、", "　", "  "]))
def test_any_run_of_names_is_read_back(names: list[str], separator: str) -> None:
    for form in ("本报记者 {}", "► {}", "本报讯（记者{}）", "新华社南京5月1日电（记者{}）", "科技日报讯({})"):
        assert [c.name for c in credits_of(form.format(separator.join(names)))] == names


@settings(deadline=None)
@given(st.text())
def test_any_text_gives_names_only(text: str) -> None:
    assert all(is_personal_name(c.name, signed=True) for c in credits_of(text))


@pytest.mark.parametrize("sample", samples(), ids=lambda s: str(s.gold["page"]))
def test_bylines_of_the_samples(sample: Sample) -> None:
    text = sample.content.decode("gb18030" if "gb18030" in sample.path else "utf-8")
    for told in sample.gold["articles"]:
        lines = [text[a:b] for a, b in sorted(told["byline_spans"] + told["dateline_spans"])]
        assert [c.name for line in lines for c in credits_of(line)] == told["byline"]


def test_authors_of_the_real_pages() -> None:
    """The three real pages: bylines where the gold marks them, names as labelled by hand."""
    if not (SHARED / "seed_tags.json").is_file():
        pytest.skip("../shared/bench is not here")
    pages = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in (SHARED / "seeds").glob("*.json")}
    wanted = {n for page in pages.values() for a in page["articles"] for n in a["byline"]}
    given_names = set()
    for stem, page in pages.items():
        text = (SHARED / "seeds" / f"{stem}.txt").read_text(encoding="utf-8")
        for line in text.splitlines():
            if any(n in line for a in page["articles"] for n in a["byline"]) and len(line) < 40:
                given_names |= {c.name for c in credits_of(line)}
    assert given_names <= wanted
