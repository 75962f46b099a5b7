"""Laws of Passage: text that was cut, joined and cleaned still knows where each of its characters stood."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from generator.model import Article, PartialDate, Passage, Precision, Span

QUICK = settings(max_examples=150, deadline=None)
SOURCE = "".join(chr(0x4E00 + i) for i in range(60))
"""Sixty characters, no two alike: a character tells where it stood."""


def cleaned(start: int, kept: list[int]) -> Passage:
    """SOURCE from start on with only those characters kept, in spans as cleaning leaves them."""
    origin: list[Span] = []
    for place, offset in enumerate(kept):
        if not origin or offset != kept[place - 1] + 1:
            origin.append((place, offset))
    return Passage("".join(SOURCE[k] for k in kept), tuple(origin), ((start, kept[-1] + 1),))


@st.composite
def pieces(draw: st.DrawFn, start: int = 0) -> Passage:
    """A cleaned run of SOURCE, at least one character of it kept."""
    first = draw(st.integers(start, len(SOURCE) - 2))
    last = draw(st.integers(first + 1, len(SOURCE)))
    kept = draw(st.sets(st.integers(first, last - 1), min_size=1))
    return cleaned(first, sorted(kept))


@st.composite
def passages(draw: st.DrawFn) -> Passage:
    """Cleaned runs of SOURCE joined in page order, as the pieces of a paragraph are."""
    parts: list[Passage] = []
    start = 0
    for _ in range(draw(st.integers(1, 4))):
        if start > len(SOURCE) - 2:
            break
        parts.append(draw(pieces(start)))
        start = parts[-1].spans[-1][1]
    return Passage.join(parts)


def offsets(passage: Passage) -> list[int]:
    return [passage.source_offset(i) for i in range(len(passage.text))]


def covered(*parts: Passage) -> list[int]:
    """Every offset that the passages answer for, as often as they do."""
    return sorted(offset for part in parts for a, b in part.spans for offset in range(a, b))


@QUICK
@given(passages())
def test_each_character_knows_its_place(passage: Passage) -> None:
    assert [SOURCE[offset] for offset in offsets(passage)] == list(passage.text)
    assert set(offsets(passage)) <= set(covered(passage))


@QUICK
@given(passages(), st.data())
def test_located_text_is_the_text(passage: Passage, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    spans = passage.locate(start, end)
    assert "".join(SOURCE[a:b] for a, b in spans) == passage.text[start:end]
    assert all(a < b for a, b in spans)
    assert all(first[1] != second[0] for first, second in itertools.pairwise(spans))


@QUICK
@given(passages(), st.data())
def test_a_cut_is_the_text_between(passage: Passage, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    part = passage.cut(start, end)
    assert part.text == passage.text[start:end]
    assert offsets(part) == offsets(passage)[start:end]


@QUICK
@given(passages(), st.data())
def test_cutting_in_three_loses_and_doubles_nothing(passage: Passage, data: st.DataObject) -> None:
    length = len(passage.text)
    assume(length >= 3)
    first = data.draw(st.integers(1, length - 2))
    second = data.draw(st.integers(first + 1, length - 1))
    parts = [passage.cut(0, first), passage.cut(first, second), passage.cut(second, length)]
    assert covered(*parts) == covered(passage)
    again = Passage.join(parts)
    assert again.text == passage.text
    assert offsets(again) == offsets(passage)


@QUICK
@given(passages())
def test_cutting_all_changes_nothing(passage: Passage) -> None:
    whole = passage.cut(0, len(passage.text))
    assert (whole.text, whole.spans, offsets(whole)) == (passage.text, passage.spans, offsets(passage))


@QUICK
@given(passages(), st.data())
def test_dropped_characters_stay_in_the_account(passage: Passage, data: st.DataObject) -> None:
    dropped = data.draw(st.sets(st.integers(0, len(passage.text) - 1)))
    left = passage.without(dropped)
    kept = [i for i in range(len(passage.text)) if i not in dropped]
    assert left.text == "".join(passage.text[i] for i in kept)
    assert offsets(left) == [passage.source_offset(i) for i in kept]
    assert left.spans == passage.spans


@QUICK
@given(st.lists(pieces(), max_size=4), st.sampled_from(["", " ", "——"]))
def test_joining_keeps_all_in_the_order_given(parts: list[Passage], separator: str) -> None:
    joined = Passage.join(parts, separator)
    assert joined.text == separator.join(part.text for part in parts)
    assert [o for o in offsets(joined) if o >= 0] == [o for part in parts for o in offsets(part)]
    assert [joined.text[i] for i, o in enumerate(offsets(joined)) if o < 0] == list(separator * max(0, len(parts) - 1))
    assert covered(joined) == covered(*parts)


@QUICK
@given(pieces(), pieces(), pieces())
def test_joining_may_be_done_in_steps(a: Passage, b: Passage, c: Passage) -> None:
    assert offsets(Passage.join([Passage.join([a, b]), c])) == offsets(Passage.join([a, b, c]))


def test_invented_text_stands_nowhere() -> None:
    passage = Passage.invented("无题")
    assert passage.spans == ()
    assert passage.locate(0, 2) == ()
    assert offsets(passage) == [-1, -1]
    assert Passage.invented("").text == ""


def test_a_cut_at_the_edge_takes_what_was_dropped_there_along() -> None:
    passage = Passage("题目", ((0, 2), (1, 5)), ((0, 8),))  # "# 题  目  "
    assert passage.cut(0, 1).spans == ((0, 5),)
    assert passage.cut(1, 2).spans == ((5, 8),)


def test_the_parts_of_an_article_by_index() -> None:
    headline, kicker = Passage.of("主题", 0, 2), Passage.of("引题", 0, 2)
    article = Article("0" * 12, "page", headline, (), kicker=kicker)
    assert (article.part(-1), article.part(-2)) == ("主题", "引题")
    assert Article("0" * 12, "page", headline, ()).part(-2) == ""


@pytest.mark.parametrize(
    ("value", "earliest", "year"),
    [
        ("", None, ""),
        ("2020", date(2020, 1, 1), "2020"),
        ("2020-08", date(2020, 8, 1), "2020"),
        ("2020-08-31", date(2020, 8, 31), "2020"),
        ("2020-08-26/2020-09-10", date(2020, 8, 26), "2020"),
    ],
)
def test_a_date_begins_on_its_first_possible_day(value: str, earliest: date | None, year: str) -> None:
    found = PartialDate(value, Precision.UNKNOWN)
    assert (found.earliest, found.year) == (earliest, year)
