"""Confidence and doubts: within bounds, from signs that mean what they say, naming lines that are there."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.articles.trust import CLOSE, confidence_of, doubts_of, grounds_of, readings_of, trust_features
from generator.articles.trust_weights import WEIGHTS
from generator.model import Block, Change, Junction, Page, Passage, Reason, Rival, Role
from tests.bench.fit_trust import AGAINST, FOR
from tests.pages.made_up import reshuffled, samples, split_of, texts

QUICK = settings(max_examples=40, deadline=None)
LINE = re.compile(r"第(\d+)行")


def page_with(rows: list[tuple[Role, str, int]], junctions: tuple[Junction, ...] = ()) -> Page:
    """A stitched page of rows (role, text, thread), one a line."""
    blocks = []
    start = 0
    for number, (role, text, thread) in enumerate(rows, 1):
        blocks.append(Block(Passage(text, ((0, start),), ((start, start + len(text)),)), number, role, thread=thread))
        start += len(text) + 1
    text = "\n".join(row[1] for row in rows)
    return Page("page", "page.txt", "0" * 64, text, tuple(blocks), junctions=junctions)


def begins(after: int, margin: float = 9.0) -> Junction:
    return Junction(-1, after, 0.0, True, margin=margin)


def goes_on(before: int, after: int, margin: float = 9.0) -> Junction:
    return Junction(before, after, 0.0, True, margin=margin)


STORY = [
    (Role.HEADLINE, "新厂房封顶", 0),
    (Role.DATELINE, "本报讯（记者 何一舟）", 0),
    (Role.BODY, "东岸新区的新厂房昨天封顶。", 0),
    (Role.BODY, "机器已经在路上，下月装好。", 0),
]
SURE = (begins(2), goes_on(2, 3))


def confidence(page: Page) -> float:
    return confidence_of(trust_features(page, 0))


def test_every_feature_has_a_weight() -> None:
    assert set(trust_features(page_with(STORY, SURE), 0)) == set(WEIGHTS)


def test_a_story_without_a_close_call_has_no_doubts() -> None:
    assert doubts_of(page_with(STORY, SURE), 0) == ()


def test_a_close_call_is_a_doubt_that_names_both_lines_and_the_rival() -> None:
    rival = Junction(-1, 3, 0.4, False)
    page = page_with(STORY, (begins(2), goes_on(2, 3, margin=CLOSE / 2), rival))
    assert doubts_of(page, 0) == ("第4行接在第3行之后，也可能另起一篇。",)


def test_a_begin_that_may_be_none_is_a_doubt() -> None:
    rows = [*STORY, (Role.HEADLINE, "污水厂换新机", 1), (Role.BODY, "曝气机昨天换上了。", 1)]
    junctions = (*SURE, begins(5, margin=0.5), Junction(3, 5, 0.5, False))
    assert doubts_of(page_with(rows, junctions), 1) == ("第6行在此另起一篇，也可能接第4行。",)
    assert doubts_of(page_with(rows, junctions), 0) == ()


def test_a_story_that_breaks_off_is_a_doubt() -> None:
    rows = [*STORY[:3], (Role.BODY, "机器已经在路上，下", 0)]
    assert doubts_of(page_with(rows, SURE), 0) == ("正文在第4行没有写完一句，后文可能缺失。",)


def test_a_story_without_a_headline_is_a_doubt() -> None:
    page = page_with(STORY[2:], (begins(0), goes_on(0, 1)))
    assert doubts_of(page, 0) == ("第1行起的文字没有找到标题，可能接自其他版面。",)


def test_a_caption_alone_raises_no_doubt() -> None:
    assert doubts_of(page_with([(Role.CAPTION, "新厂房一角", 0)]), 0) == ()


@pytest.mark.parametrize(
    ("worse", "junctions"),
    [
        (STORY[1:], (begins(1), goes_on(1, 2))),
        ([*STORY[:3], (Role.BODY, "机器已经在路上，下", 0)], SURE),
        (STORY, (begins(2), goes_on(2, 3, margin=0.1))),
        ([STORY[0], *STORY[2:]], (begins(1), goes_on(1, 2))),
    ],
    ids=["no headline", "open end", "close call", "unsigned"],
)
def test_bad_signs_lower_confidence(worse: list[tuple[Role, str, int]], junctions: tuple[Junction, ...]) -> None:
    assert confidence(page_with(worse, junctions)) < confidence(page_with(STORY, SURE))


def test_signs_speak_only_the_way_they_make_sense() -> None:
    assert set(FOR) | set(AGAINST) <= set(WEIGHTS)
    assert all(WEIGHTS[name] >= 0 for name in FOR)
    assert all(WEIGHTS[name] <= 0 for name in AGAINST)


@pytest.mark.parametrize("number", range(3))
def test_nonsense_earns_no_trust(number: int) -> None:
    letters = [char for char in samples()[number] if char.isalnum()]
    random.Random(number).shuffle(letters)  # noqa: S311
    spoilt = iter(letters)
    text = "".join(next(spoilt) if char.isalnum() else char for char in samples()[number])
    assert all(article.confidence < 0.5 for article in split_of(text).articles)


def two_stories(*rivals: Rival) -> Page:
    """The story, and a second one on lines 5 to 7."""
    rows = [*STORY, (Role.HEADLINE, "污水厂换新机", 1), (Role.BODY, "曝气机换了。", 1), (Role.BODY, "水清了。", 1)]
    return replace(page_with(rows, (*SURE, begins(5), goes_on(5, 6))), rivals=rivals)


def test_a_tail_that_may_be_elsewhere_lowers_both_and_is_a_doubt_of_both() -> None:
    page = two_stories(Rival(0.5, Change.TAIL, (2, 5), (3, -1)))
    for thread in (0, 1):
        sure, unsure = (confidence_of(trust_features(p, thread)) for p in (two_stories(), page))
        assert unsure < sure
    assert doubts_of(page, 0) == ("第4行起的文字，也可能属于正文从第6行开始的那篇。",)
    assert doubts_of(page, 1) == ("另一篇中第4行起的文字，也可能属于本篇。",)


def test_a_reading_that_an_editor_has_settled_counts_no_more() -> None:
    page = two_stories(Rival(0.5, Change.TAIL, (2, 5), (3, -1)))
    joined = replace(page, blocks=tuple(replace(block, thread=0) for block in page.blocks))
    assert readings_of(page)
    assert not readings_of(joined)


def test_swapped_tails_are_a_doubt_and_far_readings_are_none() -> None:
    page = two_stories(Rival(0.5, Change.SWAP, (2, 5), (3, 6)), Rival(CLOSE, Change.TAIL, (5, 2), (6, -1)))
    assert doubts_of(page, 0) == ("第4行起与第7行起的文字，可能应当互换所属的篇目。",)


def test_a_dim_line_is_a_doubt() -> None:
    page = page_with(STORY, SURE)
    reasons = (Reason("always", -4.0), Reason("length", 4.5))
    blocks = (replace(page.blocks[0], reasons=reasons), *page.blocks[1:])
    assert doubts_of(replace(page, blocks=blocks), 0) == ("第1行是标题还是正文，不易分辨。",)


def test_grounds_name_the_weightiest_signs_first() -> None:
    grounds = grounds_of(trust_features(page_with(STORY[1:], (begins(1), goes_on(1, 2))), 0))
    assert "no headline" in [reason.rule for reason in grounds]
    weights = [abs(reason.weight) for reason in grounds]
    assert weights == sorted(weights, reverse=True)


@QUICK
@given(st.lists(st.floats(-1e6, 1e6), min_size=len(WEIGHTS), max_size=len(WEIGHTS)))
def test_confidence_is_a_probability(values: list[float]) -> None:
    found = confidence_of(dict(zip(WEIGHTS, values, strict=True)))
    assert 0 <= found <= 1
    assert found == round(found, 2)


@QUICK
@given(texts | reshuffled())
def test_doubts_name_lines_with_text_on_them(text: str) -> None:
    split = split_of(text)
    lines = {block.line for block in split.page.blocks}
    for article in split.articles:
        assert 0 <= article.confidence <= 1
        assert len(set(article.doubts)) == len(article.doubts)
        for doubt in article.doubts:
            named = {int(number) for number in LINE.findall(doubt)}
            assert named
            assert named <= lines
            assert doubt.endswith("。")


def test_margins_of_another_story_do_not_count() -> None:
    rows = [*STORY, (Role.HEADLINE, "污水厂换新机", 1), (Role.BODY, "曝气机昨天换上了。", 1)]
    calm = page_with(rows, (*SURE, begins(5)))
    tense = replace(calm, junctions=(*SURE, begins(5, margin=0.1)))
    mine, same = trust_features(calm, 0), trust_features(tense, 0)
    assert {name for name in mine if mine[name] != same[name]} == {"page's closest"}
