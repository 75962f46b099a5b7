"""The source page shows the whole source, character by character, and marks what each stretch became."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import markdown
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Article, Newspaper, Page, PageSplit, Paragraph, Passage, Role, Unplaced
from generator.render.markup import clean
from generator.render.source import source, stretches
from tests.render.sample import calm_page, hostile_page


class Lines(HTMLParser):
    """The text of each line of a source page, and the pieces with their classes."""

    def __init__(self, body: str) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.pieces: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.feed(markdown.Markdown(extensions=["attr_list", "toc"]).convert(body))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.ids += [found["id"]] if "id" in found else []
        if tag == "div" and found.get("id"):
            self.lines.append("")
        if tag == "span":
            self.pieces.append((found["class"], ""))

    def handle_data(self, data: str) -> None:
        if self.lines:
            self.lines[-1] += data
        if self.pieces and not self.pieces[-1][1]:
            self.pieces[-1] = (self.pieces[-1][0], data)


def lines_of(split: PageSplit) -> Lines:
    return Lines(yaml.safe_load(source(split).content.decode().split("\n---\n", 1)[0])["text"])


texts = st.text(alphabet=st.sampled_from(list("甲乙，。<>&*#_`\"' \n\r\t{}[]|-1.")), max_size=80)


@given(texts, st.lists(st.tuples(st.integers(0, 80), st.integers(0, 80), st.booleans()), max_size=6))
def test_the_source_is_shown_whole(text: str, cuts: list[tuple[int, int, bool]]) -> None:
    """Whatever the spans are, overlapping ones included."""
    spans = [(min(a, b, len(text)), min(max(a, b), len(text)), kept) for a, b, kept in cuts]
    passages = [(Passage.of(text, start, end), kept) for start, end, kept in spans if start < end]
    articles = tuple(
        Article(f"{at:012x}", "stem", Passage.invented("题"), (Paragraph(passage),))
        for at, (passage, kept) in enumerate(passages)
        if kept
    )
    unplaced = tuple(Unplaced(passage, Role.STRAY) for passage, kept in passages if not kept)
    shown = lines_of(PageSplit(Page("stem", "stem.txt", "", text), articles, unplaced))
    assert [clean(line) for line in shown.lines] == [clean(line) for line in re.split(r"\r\n|\r|\n", text)]


def test_every_role_is_marked_where_it_stands() -> None:
    shown = lines_of(calm_page())
    roles = {re.search(r"role-(\w+)", name)[1]: text for name, text in shown.pieces}  # type: ignore[index]
    assert roles["kicker"] == "山里来了新电站"
    assert roles["subhead"] == "电站怎样运行"
    assert roles["furniture"] == "责任编辑 某某"
    assert {"headline", "body", "caption"} <= set(roles)


def test_each_article_has_one_anchor() -> None:
    for split in (calm_page(), hostile_page()):
        wanted = [f"a-{article.id}" for article in split.articles]
        shown = lines_of(split)
        assert [name for name in shown.ids if name.startswith("a-")] == wanted
        assert len(shown.ids) == len(set(shown.ids))


def test_a_source_page_is_headed_by_what_is_known_of_it() -> None:
    def heading(split: PageSplit) -> str:
        return str(yaml.safe_load(source(split).content.decode().split("\n---\n", 1)[0])["heading"])

    page = calm_page()
    numbered = replace(page, page=replace(page.page, facts=replace(page.page.facts, page_number="05")))
    assert heading(numbered) == "山海日报 2020年8月31日 第5版"
    assert heading(page) == "山海日报 2020年8月31日"
    assert heading(replace(page, newspaper=Newspaper())) == "calm.txt"


def test_stretches_stand_in_the_order_of_the_source() -> None:
    found = stretches(hostile_page())
    assert [stretch.span for stretch in found] == sorted(stretch.span for stretch in found)
    assert len(found) > 100
