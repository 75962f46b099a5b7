"""Dates and citations in words: the cases of tests/cases/render."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.model import PartialDate, Precision
from generator.render.citation import citation_of
from generator.render.phrases import date_words, lead
from tests.render.sample import Sheet, article

CASES = Path(__file__).resolve().parents[1] / "cases" / "render"


def cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((CASES / name).read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize("case", cases("dates.yml"), ids=lambda case: case["words"])
def test_dates(case: dict[str, Any]) -> None:
    assert date_words(PartialDate(case["value"], Precision(case["precision"]))) == case["words"]


@pytest.mark.parametrize("case", cases("citations.yml"), ids=lambda case: case["gbt"])
def test_citations(case: dict[str, Any]) -> None:
    date = PartialDate(case["date"]["value"], Precision(case["date"]["precision"]))
    written = article(
        Sheet(), "stem", case["title"], ["正文。"], date=date, paper=case["paper"], authors=case["authors"]
    )
    assert citation_of(written, case.get("number", ""))["gbt"] == [case["gbt"]]


def test_records_say_only_what_is_known() -> None:
    bare = citation_of(article(Sheet(), "stem", "甲 & 乙_{丙}", ["正文。"]))
    assert bare["bibtex"] == [r"title = {{甲 \& 乙\_\textbraceleft 丙\textbraceright }}", "langid = {chinese}"]
    assert bare["ris"] == ["TY NEWS", "TI 甲 & 乙_{丙}", "LA zh"]
    month = citation_of(
        article(Sheet(), "stem", "题", ["正文。"], date=PartialDate("2020-08", Precision.MONTH), authors=["林一木"])
    )
    assert month["ris"] == ["TY NEWS", "TI 题", "AU 林一木", "PY 2020", "DA 2020/08/", "LA zh"]


def test_a_lead_begins_with_a_word() -> None:
    assert lead(article(Sheet(), "s", "题", ["：青杉园爱谈算法。"])) == "青杉园爱谈算法。"
    assert lead(article(Sheet(), "s", "题", ["“青杉园”动工。"])) == "“青杉园”动工。"


def test_a_lead_ends_with_a_sentence_or_an_ellipsis() -> None:
    sentences = article(Sheet(), "stem", "题", ["电站并网。" * 30])
    assert lead(sentences, 52) == "电站并网。" * 10
    running = article(Sheet(), "stem", "题", ["电站并网" * 30])
    assert lead(running, 50).endswith("…")
    assert len(lead(running, 50)) == 50
