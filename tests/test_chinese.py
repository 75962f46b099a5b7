"""Widths, quotes, blanks and sentence ends: the laws of cleaning Chinese text, and the cases that laws can't tell."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.chinese import (
    HALF_TO_FULL,
    curly_quotes,
    ends_sentence,
    fold,
    full_width,
    is_han,
    is_list_comma,
    is_wide,
    simplified,
    squeeze,
    stray_blanks,
)

QUICK = settings(max_examples=150, deadline=None)
texts = st.text(
    "园区产值，。：“”‘’（）《》…,:;?!()\"'%/.-1２9aA\u3000 \t\n\U00020000🙂ßİ\u200b", max_size=40
) | st.text(max_size=30)


@QUICK
@given(texts)
@example('"')
@example("((" * 5)
def test_widening_never_changes_the_length_and_nothing_but_punctuation(text: str) -> None:
    wide = full_width(text)
    assert len(wide) == len(text)
    assert all(new in {old, HALF_TO_FULL.get(old)} for old, new in zip(text, wide, strict=True))


@QUICK
@given(texts)
def test_curling_never_changes_the_length_and_nothing_but_straight_quotes(text: str) -> None:
    curled = curly_quotes(text)
    assert len(curled) == len(text)
    assert all(old == new or (old in '"＂' and new in "“”") for old, new in zip(text, curled, strict=True))
    assert '"' not in curled


@QUICK
@given(texts)
def test_curling_twice_is_curling_once(text: str) -> None:
    assert curly_quotes(curly_quotes(text)) == curly_quotes(text)


@QUICK
@given(st.lists(st.sampled_from(["园区", "项目", "开工"]), min_size=1, max_size=4))
def test_quotes_come_in_pairs(words: list[str]) -> None:
    text = "的".join(f'"{word}"' for word in words)
    assert curly_quotes(text) == "的".join(f"“{word}”" for word in words)


@QUICK
@given(texts)
def test_stray_blanks_are_blanks_and_only_they_are_dropped(text: str) -> None:
    stray = stray_blanks(text)
    assert all(text[i].isspace() for i in stray)
    assert stray == sorted(set(stray))
    kept = "".join(char for i, char in enumerate(text) if i not in set(stray))
    assert re.sub(r"\s", "", kept) == re.sub(r"\s", "", text)
    assert not re.search(r"\s\s", kept)
    assert kept == kept.strip()


@QUICK
@given(texts)
def test_dropping_stray_blanks_leaves_none(text: str) -> None:
    stray = set(stray_blanks(text))
    kept = "".join(char for i, char in enumerate(text) if i not in stray)
    assert stray_blanks(kept) == []


@QUICK
@given(texts)
def test_folded_text_does_not_show_that_it_was_cleaned(text: str) -> None:
    assert fold(full_width(text)) == fold(text)
    assert fold(curly_quotes(text)) == fold(text)
    assert not re.search(r"\s", fold(text))


@QUICK
@given(texts)
def test_squeezed_text_knows_its_places(text: str) -> None:
    squeezed, runs = squeeze(text)
    starts = [at for at, _ in runs]
    assert starts == sorted(set(starts))
    for at, char in enumerate(squeezed):
        place, offset = [run for run in runs if run[0] <= at][-1]
        assert simplified(fold(text[offset + at - place])) == fold(char)


@pytest.mark.parametrize(
    ("chars", "han", "wide"), [("园㐀\U00020000", True, True), ("，“…·！", False, True), ('A1, "\t🙂', False, False)]
)
def test_kinds_of_characters(chars: str, han: bool, wide: bool) -> None:
    assert {(is_han(char), is_wide(char)) for char in chars} == {(han, wide)}


@pytest.mark.parametrize(
    ("half", "full"),
    [
        ("产值1,465.3亿元", "产值1,465.3亿元"),
        ("比分3:2", "比分3:2"),
        ("上午9:30开门,随后参观", "上午9:30开门，随后参观"),
        ("2019,20家企业", "2019，20家企业"),
        ("园区(二期)", "园区（二期）"),
        ("园区(Phase 2)", "园区（Phase 2）"),
        ("AI(人工智能)", "AI（人工智能）"),
        ("f(x) = 1", "f(x) = 1"),
        ("增长12%,高于全国", "增长12%，高于全国"),
        ("他问:行不行?行!", "他问：行不行？行！"),
        ("见 http://a.b:80/c", "见 http://a.b:80/c"),
        ("Yes, it is.", "Yes, it is."),
        ("园区 , 企业", "园区 ， 企业"),
    ],
)
def test_widths(half: str, full: str) -> None:
    assert full_width(half) == full


@pytest.mark.parametrize(
    ("straight", "curly"),
    [
        ('他说:"开工。"', "他说:“开工。”"),
        ('"一"和"二"', "“一”和“二”"),
        ('说到一半,"还没完', "说到一半,“还没完"),
        ('前文有引语开头,"后面接着说。', "前文有引语开头,“后面接着说。"),
        ('已完成",他说', "已完成”,他说"),
        ("没有引号", "没有引号"),
    ],
)
def test_quotes(straight: str, curly: str) -> None:
    assert curly_quotes(straight) == curly


@pytest.mark.parametrize(
    ("spaced", "clean"),
    [
        ("产 值达 30 亿元", "产值达30亿元"),
        ("首批 AMOLED 产品", "首批 AMOLED 产品"),
        ("首批  AMOLED   产品", "首批 AMOLED 产品"),
        ("5G 基站与 6 英寸晶圆", "5G 基站与6英寸晶圆"),
        ("说完了。 “下一句", "说完了。“下一句"),
        (" 头尾的空白\u3000", "头尾的空白"),
        ("New York", "New York"),
        ("一行\n又一行", "一行又一行"),
    ],
)
def test_blanks(spaced: str, clean: str) -> None:
    stray = set(stray_blanks(spaced))
    assert "".join(char for i, char in enumerate(spaced) if i not in stray) == clean


@pytest.mark.parametrize("text", ["开工。", "开工！”", "开工了（见图）。", "行不行？", "他说……", "开工。） ", "Done!"])
def test_sentences_that_end(text: str) -> None:
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["", "开工", "开工，", "“开工”", "如下：", "其一；", "《开工》"])
def test_sentences_that_do_not_end(text: str) -> None:
    assert not ends_sentence(text)


@pytest.mark.parametrize(("text", "at", "listed"), [("1,465", 1, False), ("12,34", 2, True), ("2019,200", 4, True)])
def test_commas_between_figures(text: str, at: int, listed: bool) -> None:
    assert is_list_comma(text, at) == listed
