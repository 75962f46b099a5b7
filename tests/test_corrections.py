"""Corrections: read with care, applied over every rule, and loud when they no longer apply."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.articles.correct import correct, correct_lines, correct_texts, correct_threads
from generator.articles.record import page_record
from generator.corrections import fingerprint, orphan, read
from generator.errors import CorrectionError
from generator.model import (
    Article,
    ArticleCorrection,
    Block,
    Corrections,
    Credit,
    Facet,
    LineCorrection,
    Page,
    PageSplit,
    Paragraph,
    PartialDate,
    Passage,
    Precision,
    Replacement,
    Role,
    Tag,
    TagChange,
    Unplaced,
)
from tests.ledger import faults

CASES = Path(__file__).parent / "cases" / "corrections"
TEXT = "食堂开了新窗口\n午间来客\n老周每天走两里路来吃饭。他说汤好喝。\n小李不爱喝汤。\n责任编辑 某某\n"
LABELS = {(Facet.PARK, "alpha"): "甲园", (Facet.PARK, "beta"): "乙园", (Facet.TOPIC, "food"): "饮食"}


def cases(name: str) -> list[Any]:
    return [pytest.param(c, id=c["name"]) for c in yaml.safe_load((CASES / name).read_text(encoding="utf-8"))]


@pytest.mark.parametrize("case", cases("reading.yml"))
def test_reading(case: dict[str, Any], tmp_path: Path) -> None:
    path = tmp_path / "a.fix.yml"
    path.write_text(case["fix"], encoding="utf-8")
    if not case["errors"]:
        read(path, tmp_path)
        return
    with pytest.raises(CorrectionError) as caught:
        read(path, tmp_path)
    for part in ["a.fix.yml", *case["errors"]]:
        assert part in str(caught.value)


def test_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.fix.yml"
    assert read(path, tmp_path) is None
    assert fingerprint(path) == ""
    path.write_text(cases("reading.yml")[0].values[0]["fix"], encoding="utf-8")
    assert read(path, tmp_path) == Corrections(
        file="a.fix.yml",
        articles=(
            ArticleCorrection(
                id="1e5000000000",
                title="新标题",
                kicker="",
                column="园区走笔",
                byline=(Credit("甲某"), Credit("乙某", "通讯员", "本报")),
                date=PartialDate("2021-03", Precision.MONTH),
                newspaper="示例日报",
                tags=(TagChange(Facet.PARK, ("a",), ("b",)), TagChange(Facet.TOPIC, (), ("c",))),
                text=(Replacement("旧字", "新字"), Replacement("多余", "")),
                checked=True,
            ),
        ),
        lines=(LineCorrection(3, Role.CAPTION), LineCorrection(5, begins=True), LineCorrection(7, Role.BODY, joins=3)),
    )
    assert len(fingerprint(path)) == 64
    assert "b.fix.yml" in str(orphan(tmp_path / "b.fix.yml"))


def passage(part: str) -> Passage:
    start = TEXT.index(part)
    return Passage.of(TEXT, start, start + len(part))


def split() -> PageSplit:
    """A page of one article in two paragraphs with a kicker, and one piece of furniture."""
    lines = TEXT.splitlines()
    article = Article(
        id="aaa",
        page="p",
        headline=passage(lines[0]),
        kicker=passage(lines[1]),
        paragraphs=(Paragraph(passage(lines[2])), Paragraph(passage(lines[3]))),
        tags=(Tag(Facet.PARK, "beta", "乙园", about=True, score=3.0), Tag(Facet.TOPIC, "food", "饮食", about=False)),
    )
    blocks = tuple(Block(passage(line), number, Role.BODY) for number, line in enumerate(lines, start=1))
    page = Page("p", "p.txt", "0" * 64, TEXT, blocks)
    return PageSplit(page, (article,), (Unplaced(passage(lines[4]), Role.FURNITURE),))


def said(**fields: Any) -> Corrections:
    return Corrections("p.fix.yml", (ArticleCorrection("aaa", **fields),))


def texts(**fields: Any) -> Article:
    return correct_texts(split(), said(**fields)).articles[0]


def facts(**fields: Any) -> Article:
    return correct(split(), said(**fields), LABELS).articles[0]


def test_without_corrections_nothing_changes() -> None:
    one = split()
    assert correct_texts(one, None) is one
    assert correct(one, None, LABELS) is one
    assert correct_lines(one.page, None) is one.page


def test_title_keeps_answering_for_its_place() -> None:
    article = texts(title="食堂添了窗口")
    assert article.title == "食堂添了窗口"
    assert article.headline.spans == split().articles[0].headline.spans
    assert article.headline.source_offset(0) == -1
    assert article.corrected == ("title",)
    assert article.originals == (("title", "食堂开了新窗口"),)


def test_kicker_taken_away_is_unplaced() -> None:
    after = correct_texts(split(), said(kicker=""))
    assert after.articles[0].kicker is None
    assert [item.role for item in after.unplaced] == [Role.FURNITURE, Role.KICKER]
    assert faults(TEXT, page_record(after)) == []


def test_words_are_replaced_and_the_rest_keeps_its_offsets() -> None:
    article = texts(text=(Replacement("两里", "三里"), Replacement("汤好喝", "汤真香")))
    assert article.paragraphs[0].text == "老周每天走三里路来吃饭。他说汤真香。"
    line = article.paragraphs[0].passage
    for word in ("老周", "路来吃饭", "他说"):
        start = line.text.index(word)
        assert line.locate(start, start + len(word)) == passage(word).spans
    assert line.locate(5, 7) == ()
    assert article.originals == (("text", "老周每天走两里路来吃饭。他说汤好喝。"),)


def test_a_paragraph_emptied_is_unplaced() -> None:
    after = correct_texts(split(), said(text=(Replacement("小李不爱喝汤。", ""),)))
    assert len(after.articles[0].paragraphs) == 1
    assert after.unplaced[-1].passage.text == "小李不爱喝汤。"
    assert faults(TEXT, page_record(after)) == []


def test_facts() -> None:
    article = facts(byline=(Credit("甲某", "记者"),), date=PartialDate("2021", Precision.YEAR), newspaper="示例日报")
    assert article.credits == (Credit("甲某", "记者"),)
    assert article.date == PartialDate("2021", Precision.YEAR, "编辑更正")
    assert (article.newspaper.name, article.newspaper.basis) == ("示例日报", "编辑更正")
    assert article.corrected == ("byline", "date", "newspaper")


def test_what_an_editor_has_checked_is_in_doubt_no_more() -> None:
    one = split()
    unsure = replace(one, articles=(replace(one.articles[0], doubts=("疑",), confidence=0.3),))
    article = correct(unsure, said(checked=True), LABELS).articles[0]
    assert (article.doubts, article.confidence, article.corrected) == ((), 1.0, ())
    assert correct(unsure, said(checked=False), LABELS).articles[0].doubts == ("疑",)


def test_tags() -> None:
    article = facts(tags=(TagChange(Facet.PARK, add=("alpha",)), TagChange(Facet.TOPIC, remove=("food",))))
    assert [(t.id, t.label, t.about) for t in article.tags] == [("alpha", "甲园", True), ("beta", "乙园", True)]


def test_an_added_tag_that_was_only_mentioned_keeps_its_evidence() -> None:
    article = facts(tags=(TagChange(Facet.TOPIC, add=("food",)),))
    assert [(t.id, t.about) for t in article.tagged(Facet.TOPIC)] == [("food", True)]


def test_taking_away_what_is_not_there_is_no_error() -> None:
    assert facts(tags=(TagChange(Facet.PARK, remove=("alpha",)),)).tagged(Facet.PARK) == split().articles[0].tags[:1]


def test_lines() -> None:
    page = correct_lines(split().page, Corrections("p.fix.yml", lines=(LineCorrection(4, Role.CAPTION),)))
    assert [b.role for b in page.blocks] == [Role.BODY] * 3 + [Role.CAPTION, Role.BODY]
    assert page.blocks[3].reasons[-1].rule == "editor"
    assert correct_lines(page, Corrections("p.fix.yml", lines=(LineCorrection(4, Role.CAPTION),))) == page


def test_lines_are_held_behind_a_stage_that_merged_or_changed_blocks() -> None:
    fixes = Corrections("p.fix.yml", lines=(LineCorrection(3, Role.CAPTION), LineCorrection(4, Role.SUBHEAD)))
    page = correct_lines(split().page, fixes)
    changed = replace(page, blocks=(page.blocks[0], replace(page.blocks[2], role=Role.BODY)))
    assert [b.role for b in correct_threads(changed, fixes).blocks] == [Role.BODY, Role.CAPTION]


def threads(*said_of_lines: LineCorrection, given: tuple[int, ...] = (0, 0, 0, 1, 1)) -> list[tuple[int, bool]]:
    """Threads and continuations of the page's five blocks after corrections."""
    page = split().page
    stitched = replace(page, blocks=tuple(replace(b, thread=t) for b, t in zip(page.blocks, given, strict=True)))
    after = correct_threads(stitched, Corrections("p.fix.yml", lines=said_of_lines))
    return [(b.thread, b.continues) for b in after.blocks]


def test_an_article_begins_where_the_editor_says() -> None:
    assert threads(LineCorrection(2, begins=True)) == [(0, False), (1, False), (1, False), (2, False), (2, False)]


def test_a_piece_joins_the_article_where_the_editor_sends_it() -> None:
    """Line 2 stops in mid-sentence, so line 4 goes on with its paragraph; line 5 comes along, as its article's rest."""
    joined = threads(LineCorrection(4, joins=1), given=(0, 0, 2, 1, 1))
    assert joined == [(0, False), (0, False), (1, False), (0, True), (0, False)]


def test_loose_text_joins_alone() -> None:
    assert threads(LineCorrection(4, joins=3), given=(0, 0, 0, -1, -1))[3:] == [(0, False), (-1, False)]


def test_a_piece_that_is_there_already_stays() -> None:
    assert threads(LineCorrection(2, joins=1)) == threads()


ORPHANED: dict[str, tuple[Callable[[], object], str]] = {
    "an id that is gone": (
        lambda: correct_texts(split(), Corrections("p.fix.yml", (ArticleCorrection("bbb"),))),
        "aaa 食堂开了新窗口",
    ),
    "words that are gone": (lambda: texts(text=(Replacement("老王", "老周"),)), "出现 0 次"),
    "words that stand twice": (lambda: texts(text=(Replacement("汤", "羹"),)), "出现 2 次"),
    "words that overlap": (
        lambda: texts(text=(Replacement("每天走两里", "天天走"), Replacement("两里路", "三里路"))),
        "重叠",
    ),
    "a tag that the authority files lack": (lambda: facts(tags=(TagChange(Facet.PARK, ("alpa",)),)), "是不是 alpha"),
    "a line where no block begins": (
        lambda: correct_lines(split().page, Corrections("p.fix.yml", lines=(LineCorrection(9, Role.BODY),))),
        "第 5 行",
    ),
    "an article that is none": (lambda: threads(LineCorrection(1, joins=4), given=(0, 0, 0, -1, -1)), "不在任何文章里"),
}


@pytest.mark.parametrize("name", ORPHANED)
def test_what_no_longer_applies_is_loud(name: str) -> None:
    act, says = ORPHANED[name]
    with pytest.raises(CorrectionError) as caught:
        act()
    assert "p.fix.yml" in str(caught.value)
    assert says in str(caught.value)


PIECES = st.sampled_from(["食堂", "午间来客", "老周", "两里路", "他说汤", "小李不爱喝汤。", "。他", "不爱"])


@given(st.lists(st.tuples(PIECES, st.text("新字。", max_size=4)), max_size=4), st.text("题", min_size=1), st.booleans())
def test_nothing_is_lost_whatever_the_editor_says(edits: list[tuple[str, str]], title: str, drop: bool) -> None:
    fixes = said(title=title, kicker="" if drop else None, text=tuple(Replacement(*edit) for edit in edits))
    try:
        after = correct_texts(split(), fixes)
    except CorrectionError:
        return
    assert faults(TEXT, page_record(after)) == []
    assert after.articles[0].title == title


def test_the_ledger_finds_what_is_lost_and_doubled() -> None:
    whole = split()
    lost = replace(whole, unplaced=())
    doubled = replace(whole, unplaced=(*whole.unplaced, *whole.unplaced))
    assert "in no span" in faults(TEXT, page_record(lost))[0]
    assert "in several spans" in faults(TEXT, page_record(doubled))[0]
