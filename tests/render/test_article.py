"""The article page: captions in their place, both forms of a corrected text, correction files ready to use."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import jieba
import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.corrections import read
from generator.model import (
    HEADLINE_PART,
    Article,
    Evidence,
    Facet,
    Paragraph,
    PartialDate,
    Passage,
    Precision,
    Role,
)
from generator.render.article import article as article_page
from generator.render.captions import TOP, captions_after
from generator.render.context import archive_of
from generator.render.correction import correction_file, correction_of, without_tag
from generator.render.entries import entry
from generator.render.headline import BREAK, broken_title, held_together, with_breaks
from generator.render.phrases import title_of
from generator.render.revision import pieces, revision_of
from generator.render.words import words_of
from tests.render.sample import HOSTILE, INDUSTRIES, PARKS, TOPICS, Sheet, article, calm_page, hostile_page, tagged

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases" / "render" / "captions.yml").read_text(encoding="utf-8"))


def laid_out(page: str) -> Article:
    """An article whose paragraphs and captions stand on the page as the case draws it."""
    sheet = Sheet()
    paragraphs: dict[str, list[Passage]] = {}
    captions: list[Passage] = []
    for sign in page.split():
        passage = sheet.put(sign * 9)
        if sign == "c":
            captions.append(passage)
        elif sign != "x":
            paragraphs.setdefault(sign, []).append(passage)
    body = tuple(Paragraph(Passage.join(parts)) for _, parts in sorted(paragraphs.items()))
    return replace(article(sheet, "s", "题", []), paragraphs=body, captions=tuple(captions))


@pytest.mark.parametrize("case", CASES, ids=[case["page"] for case in CASES])
def test_captions_stand_where_the_page_has_them(case: dict[str, str]) -> None:
    item = laid_out(case["page"])
    after = captions_after(item)
    shown = ["c"] * len(after.get(TOP, ()))
    for at, paragraph in enumerate(item.paragraphs):
        shown += [paragraph.text[0], *["c"] * len(after.get(at, ()))]
    assert " ".join(shown) == case["shown"]


@given(st.lists(st.sampled_from("123cx"), max_size=12))
def test_no_caption_is_lost_or_doubled(signs: list[str]) -> None:
    item = laid_out(" ".join(signs))
    placed = [caption for captions in captions_after(item).values() for caption in captions]
    assert sorted(placed, key=lambda c: c.spans) == sorted(item.captions, key=lambda c: c.spans)


@given(st.text("甲乙丙丁，。"), st.text("甲乙丙丁，。"))
def test_pieces_are_both_texts(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(piece for piece, _ in found) == old
    assert "".join(piece for _, piece in found) == new
    assert ("", "") not in found


def test_each_former_text_finds_its_place() -> None:
    first = calm_page().articles[0]
    corrected = replace(
        first,
        originals=(
            ("text", "储能电站夜里充申，白天放电，电池柜有人轮流看守。"),
            ("text", "一段整个删去了的话，哪里也找不到相像的。"),
            ("title", "青杉高新区储能电站并网发申"),
            ("column", "短波"),
            ("kicker", ""),
        ),
    )
    found = revision_of(corrected)
    assert sorted(found.parts) == [-1, 2]
    assert ("申", "电") in found.parts[2]
    assert ("申", "电") in found.parts[-1]
    assert [name for name, _ in found.elsewhere] == ["text", "column"]


class Forms(HTMLParser):
    """The two readings of a page: without <ins>, and without <del>."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.was = self.now = ""
        self.tags: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self.tags.add(tag)
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if "ins" not in self.open:
            self.was += data
        if "del" not in self.open:
            self.now += data


@pytest.mark.parametrize("old", HOSTILE)
@pytest.mark.parametrize("new", HOSTILE[:6])
def test_both_forms_are_text_whatever_they_hold(old: str, new: str) -> None:
    sheet = Sheet()
    before, after = (f"{text}{'甲乙丙丁戊己庚辛壬癸' * 9}{text}" for text in (old, new))
    item = replace(article(sheet, "s", "题", [after]), originals=(("text", before),))
    archive = archive_of([replace(calm_page(), articles=(item,))], PARKS, INDUSTRIES, TOPICS)
    body = article_page(item, archive.contexts[item.id]).content.decode().split("\n---\n", 1)[1]
    found = Forms(markdown.markdown(body, extensions=["attr_list"]))
    assert found.tags <= {"p", "del", "ins"}
    plain = [re.sub(r"[\s\x00-\x1f\u202e\u2028]", "", text) for text in (found.was, before, found.now, after)]
    assert plain[0] == plain[1]
    assert plain[2] == plain[3]


def test_every_row_of_a_correction_file_is_understood(tmp_path: Path) -> None:
    """Each row by itself, freed of its mark, as an editor would leave it."""
    for page in (calm_page(), hostile_page()):
        for item in page.articles:
            for row in correction_of(item):
                path = tmp_path / "page.fix.yml"
                path.write_text(f"articles:\n  {item.id}:\n    {row}\n", encoding="utf-8")
                said = read(path, tmp_path)
                assert said is not None
                (one,) = said.articles
                assert one.id == item.id


def test_a_correction_file_says_what_stands_there(tmp_path: Path) -> None:
    item = calm_page().articles[0]
    rows = "\n".join(f"    {row}" for row in correction_of(item) if not row.startswith(("text", "tags", "checked")))
    path = tmp_path / correction_file("calm.txt")
    path.write_text(f"articles:\n  {item.id}:\n{rows}\n", encoding="utf-8")
    said = read(path, tmp_path)
    assert said is not None
    (one,) = said.articles
    assert (one.title, one.kicker, one.newspaper, one.byline) == (
        item.title,
        item.kicker.text if item.kicker else "",
        item.newspaper.name,
        item.credits,
    )
    assert one.date is not None
    assert one.date.value == item.date.value


def test_a_date_that_is_not_exact_is_only_an_example() -> None:
    item = replace(calm_page().articles[0], date=PartialDate("2020-08-26/2020-09-10", Precision.WINDOW))
    assert not [row for row in correction_of(item) if "09-10" in row]


def test_a_tag_is_taken_off(tmp_path: Path) -> None:
    for page in (calm_page(), hostile_page()):
        for item in page.articles:
            for tag in item.tags:
                path = tmp_path / "page.fix.yml"
                path.write_text(f"articles:\n  {item.id}:\n    tags:\n      {without_tag(tag)}\n", encoding="utf-8")
                said = read(path, tmp_path)
                assert said is not None
                (change,) = said.articles[0].tags
                assert (change.facet, change.remove) == (tag.facet, (tag.id,))


def page_of(item: Article) -> str:
    archive = archive_of([replace(calm_page(), articles=(item,))], PARKS, INDUSTRIES, TOPICS)
    return article_page(item, archive.contexts[item.id]).content.decode()


def test_a_dateline_opens_the_first_paragraph_without_ornament() -> None:
    """Names of two characters are set with a blank in print."""
    sheet = Sheet()
    item = article(
        sheet, "s", "题", ["小标题", "储能电站夜里充电。", "白天放电。"], subheads=[0], authors=["林木", "何二川"]
    )
    item = replace(item, dateline=(sheet.put("▶本报讯（记者林 木 通讯员 何二川）"),))
    page = page_of(item)
    assert '<span class="dateline">本报讯（记者林木 通讯员 何二川）</span>储能电站夜里充电。\n{: #p2 }' in page
    assert page.count("本报讯") == 1


def test_authors_whom_an_editor_took_away_are_gone() -> None:
    sheet = Sheet()
    item = article(sheet, "s", "题", ["文。"])
    item = replace(item, byline=(sheet.put("◎本报记者 林一木"),), credits=())
    assert "林一木" in page_of(item)
    assert "林一木" not in page_of(replace(item, corrected=("byline",)))


def test_a_dateline_without_text_is_shown_too() -> None:
    sheet = Sheet()
    item = replace(article(sheet, "s", "题", []), dateline=(sheet.put("新华社电"),))
    assert '<span class="dateline">新华社电</span>' in page_of(item)


@given(st.text("园区高新技术产业开发厦门火炬的人工智能企业在一上", max_size=40))
def test_words_are_those_of_the_dictionarys_own_cutter(text: str) -> None:
    assert words_of(text) == jieba.lcut(text, HMM=False)


def test_a_headline_that_is_none_is_cut_in_lists_only() -> None:
    item = article(Sheet(), "s", "园区企业" * 100, ["文。"])
    assert entry(item).split("\t")[1] == "园区企业" * 22 + "园…"
    assert "园区企业" * 100 in page_of(item)


def test_a_headline_is_broken_between_words_only() -> None:
    sheet = Sheet()
    item = article(
        sheet,
        "s",
        "青杉高新区： 储能电站建设提速 园区企业抢抓发展机遇",
        ["文。"],
        tags=[tagged(Facet.PARK, "qingshan", "青杉高新区", [Evidence("青杉高新区", HEADLINE_PART, 0, 5)])],
    )
    lines = broken_title(item).split(BREAK)
    assert lines[0].startswith("青杉高新区：储能"), "no break within a name, no blank beside a mark that has its own"
    assert "企业" in "|".join(lines)
    assert len(lines) > 4
    assert "".join(lines) == title_of(item) == "青杉高新区：储能电站建设提速 园区企业抢抓发展机遇"


@given(st.text("园区企业的发展，“”：  AI98新高地"), st.lists(st.text("园区企业", min_size=1, max_size=3), max_size=3))
def test_breaks_change_no_text(text: str, names: list[str]) -> None:
    held = held_together(text, names)
    broken = with_breaks(text, held)
    assert broken.replace(BREAK, "") == text
    pieces_ = broken.split(BREAK)
    ends = {sum(map(len, pieces_[:at])) for at in range(1, len(pieces_))}
    assert not ends & held


def test_a_subhead_is_shown_in_both_forms_too() -> None:
    sheet = Sheet()
    item = article(sheet, "s", "题", ["电站怎样运行", "储能电站夜里充电。"], subheads=[0])
    item = replace(item, originals=(("text", "电站怎祥运行"),))
    archive = archive_of([replace(calm_page(), articles=(item,))], PARKS, INDUSTRIES, TOPICS)
    page = article_page(item, archive.contexts[item.id]).content.decode()
    assert item.paragraphs[0].role is Role.SUBHEAD
    assert "## 电站怎<del>祥</del><ins>样</ins>运行 {: #p1 }" in page
