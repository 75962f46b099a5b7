"""Laws of the whole separation: any text is taken apart without loss, articles have ids, titles and honest marks."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from generator.model import Kind, PageSplit, Role
from tests.pages.made_up import misplaced, misremembered, passages_of, reshuffled, samples, split_of, texts

QUICK = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def faults(text: str) -> list[str]:
    """What a page's separation loses, doubles or misremembers."""
    split = split_of(text)
    passages = list(passages_of(split))
    found = misplaced(text, [span for passage in passages for span in passage.spans])
    return found + [fault for passage in passages for fault in misremembered(text, passage)]


@QUICK
@given(texts)
def test_any_text_is_taken_apart_without_loss(text: str) -> None:
    assert faults(text) == []


@QUICK
@given(st.text(max_size=200))
def test_any_characters_are_taken_apart_without_loss(text: str) -> None:
    assert faults(text) == []


@QUICK
@given(reshuffled())
def test_any_reshuffle_of_our_samples_is_taken_apart_without_loss(text: str) -> None:
    assert faults(text) == []


@pytest.mark.parametrize("text", samples(), ids=lambda text: text.split()[0][:12])
def test_our_samples_are_taken_apart_without_loss(text: str) -> None:
    assert faults(text) == []


ODD_PAGES = {
    "one line": "东岸新区昨天开工。",
    "one head": "东岸新区开工",
    "one character": "园",
    "only headlines": "\n\n".join(f"第{n}座车间今天封顶" for n in "一二三四五六七八九十"),
    "only marked headlines": "\n\n".join(f"{'#' * (n % 6 + 1)} 车间{n}封顶" for n in range(30)),
    "only bylines": "► 何一舟\n\n◎本报记者 林知秋\n\n何一舟 林知秋\n",
    "only captions": "图为新厂房一角 何一舟 摄\n\n图片来源:东岸新区\n",
    "only a dateline": "本报讯（记者 何一舟）",
    "only furniture": "第4版\n\n责任编辑 林知秋\n",
    "only a column": "新闻速览\n",
    "only marks": "#\n##\n**\n* * *\n",
    "Latin": "The plant opened in May. It makes 3.5 mm parts, and (so far) no losses.\n\nMore later.\n" * 5,
    "nonsense": "asdf#$%^&*()_+{}|:<>?~`\x00\x01\x02\n" * 8,
    "figures": "1,234 56.7% 3:2\n\n8,900\n",
    "emoji": "🙂🙃👩\u200d🔬\n\n🏭\n",
    "empty": "",
    "blanks": " \n\t\r\n\u3000\n",
    "invisible": "\u200b\ufeff\n\n\u2060\n",
    "no line end": "一句没有完的话，后面",
    "old Mac line ends": "标题一行\r\r正文在这里，说完了。\r",
    "one very long line": "新厂房昨天封顶，机器已经在路上。" * 400,
    "many open quotes": "“" * 50 + "（" * 50,
    "many equal paragraphs": "新厂房昨天封顶，机器已经在路上。\n\n" * 60,
}


@pytest.mark.parametrize("name", ODD_PAGES)
def test_odd_pages_are_taken_apart_without_loss(name: str) -> None:
    assert faults(ODD_PAGES[name]) == []


def test_a_page_of_two_thousand_blocks_is_finished_without_loss() -> None:
    text = "\n\n".join(
        f"第{n}家企业上月搬进了{n % 37}号厂房，设备调试用了{n % 11}天" + "。" * (n % 3 > 0) for n in range(2000)
    )
    assert faults(text) == []


@pytest.mark.parametrize("name", ["empty", "blanks"])
def test_nothing_comes_of_a_blank_page(name: str) -> None:
    split = split_of(ODD_PAGES[name])
    assert split.articles == ()
    assert split.unplaced == ()


def check_articles(split: PageSplit) -> None:
    ids = [article.id for article in split.articles]
    assert len(set(ids)) == len(ids)
    for article in split.articles:
        assert re.fullmatch("[0-9a-f]{12}", article.id)
        assert article.title.strip()
        assert article.truncated in {None, "head", "tail", "gap"}
        assert 0 <= article.confidence <= 1
        assert all(paragraph.text.strip() for paragraph in article.paragraphs)
        assert {paragraph.role for paragraph in article.paragraphs} <= {Role.BODY, Role.SUBHEAD}
    assert all(item.role is not Role.UNREAD and item.role is not Role.BODY for item in split.unplaced)


@QUICK
@given(texts | reshuffled())
def test_every_article_is_a_valid_article(text: str) -> None:
    check_articles(split_of(text))


def test_an_article_keeps_its_id_where_others_come_and_go() -> None:
    story = "# 新厂房封顶\n\n本报讯（记者 何一舟）东岸新区的新厂房昨天封顶，机器已经在路上。\n"
    other = "# 污水厂换新机\n\n本报讯（记者 林知秋）东岸新区的污水厂换上了曝气机，每天多处理三千吨水。\n"
    alone = {a.title: a.id for a in split_of(story).articles}
    both = {a.title: a.id for a in split_of(other + "\n" + story).articles}
    assert alone["新厂房封顶"] == both["新厂房封顶"]


def test_equal_texts_get_different_ids() -> None:
    story = "# 新厂房封顶\n\n本报讯（记者 何一舟）东岸新区的新厂房昨天封顶，机器已经在路上。\n\n"
    split = split_of(story * 3)
    assert len({a.id for a in split.articles}) == len(split.articles)


def test_a_title_that_stands_nowhere_has_no_spans() -> None:
    split = split_of("新厂房一角 何一舟摄\n\n（上接第1版）机器已经在路上，下月就要装好，新招的工人正在学手艺。\n")
    for article in split.articles:
        assert article.title
        assert article.headline.spans == () or article.headline.locate(0, len(article.title))


def test_length_decides_between_brief_and_article() -> None:
    head = "# 新厂房封顶\n\n本报讯（记者 何一舟）"
    sentence = "东岸新区的新厂房昨天封顶，机器已经在路上。"
    assert [a.kind for a in split_of(head + sentence * 3).articles] == [Kind.BRIEF]
    assert [a.kind for a in split_of(head + sentence * 20).articles] == [Kind.ARTICLE]
