"""Laws of cleaning: every character kept, once; a second pass changes nothing; blocks know their lines."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings

from generator.model import Block
from generator.pages.normalise import normalise
from tests.pages.made_up import misplaced, misremembered, page_of, reshuffled, texts

QUICK = settings(max_examples=80, deadline=None)


def blocks_of(text: str) -> tuple[Block, ...]:
    return normalise(page_of(text)).blocks


def texts_of(text: str) -> list[str]:
    return [block.text for block in blocks_of(text)]


@QUICK
@given(texts | reshuffled())
def test_every_character_is_kept_once_and_in_order(text: str) -> None:
    spans = [span for block in blocks_of(text) for span in block.passage.spans]
    assert misplaced(text, spans) == []
    assert spans == sorted(spans)


@QUICK
@given(texts | reshuffled())
def test_every_character_knows_where_it_stood(text: str) -> None:
    assert [fault for block in blocks_of(text) for fault in misremembered(text, block.passage)] == []


@QUICK
@given(texts | reshuffled())
def test_a_second_pass_changes_nothing(text: str) -> None:
    once = normalise(page_of(text))
    assert normalise(once) == once


@QUICK
@given(texts | reshuffled())
def test_lines_ascend_and_begin_where_they_say(text: str) -> None:
    blocks = blocks_of(text)
    assert all(a.line < b.line for a, b in itertools.pairwise(blocks))
    for block in blocks:
        above = text[: block.passage.spans[0][0]].replace("\r\n", "\n").replace("\r", "\n")
        assert above.count("\n") + 1 == block.line


@pytest.mark.parametrize("text", ["", " \n\t\n", "\r\n\r\n", "\u3000\n\x0b\n"])
def test_a_page_of_blanks_has_no_blocks(text: str) -> None:
    assert blocks_of(text) == ()


def test_levels_and_gaps_are_read_from_the_page() -> None:
    blocks = blocks_of("# 一级\n\n\n### 三级\r\n正文。\n")
    assert [(b.text, b.level, b.gap, b.line) for b in blocks] == [
        ("一级", 1, 0, 1),
        ("三级", 3, 2, 4),
        ("正文。", 0, 0, 5),
    ]


def test_lines_broken_at_a_column_are_joined() -> None:
    lines = [
        "河口新区的三家电池厂上月一起",
        "开了夜校，每周两晚教青年工人",
        "读图纸、写代码，学费由园区出",
        "一半，厂里出一半。",
    ]
    assert texts_of("\n".join(lines)) == ["".join(lines)]


def test_a_paragraph_that_ends_inside_a_chunk_of_broken_lines_ends_there() -> None:
    lines = [
        "河口新区的三家电池厂上月一起",
        "开了夜校，每周两晚开课。",
        "读图纸的课最受欢迎，名额两天",
        "就报满了，厂里只好加开一班。",
    ]
    assert texts_of("\n".join(lines)) == ["".join(lines[:2]), "".join(lines[2:])]


def test_lines_of_unlike_width_stay_apart() -> None:
    lines = ["河口新区办夜校", "学费园区出一半，厂里出一半"]
    assert texts_of("\n".join(lines)) == lines


@pytest.mark.parametrize(
    ("page", "clean"),
    [
        ("产 值达到 30 亿元，比上年 增长 12%。", "产值达到30亿元，比上年增长12%。"),
        ("首批 AMOLED 产品下线，良率 超过九成。", "首批 AMOLED 产品下线，良率超过九成。"),
        (
            "营收1,465.3亿元,研发与制造之比为3:2;税收(含留抵)增长8%.",
            "营收1,465.3亿元，研发与制造之比为3:2；税收（含留抵）增长8%.",
        ),
        ("**本报讯** 新厂房\u200b昨天封顶，\u00ad机器已在路上。", "本报讯 新厂房昨天封顶，机器已在路上。"),
        ("使用 Rust, Go 等语言。", "使用 Rust, Go 等语言。"),
    ],
)
def test_running_text_is_cleaned(page: str, clean: str) -> None:
    assert texts_of(page) == [clean]


def test_the_blank_between_the_halves_of_a_headline_is_kept() -> None:
    assert texts_of("河口新区  夜校开课") == ["河口新区 夜校开课"]
