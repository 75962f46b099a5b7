"""Near readings carried through: each is a reading of the whole page, and the judge's choice is what is taken."""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given, settings

from generator.model import Page
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import TIE, readings, stitch
from generator.pages.versions import MOST_VERSIONS
from tests.pages.made_up import page_of, reshuffled, samples

QUICK = settings(max_examples=15, deadline=None)


def shuffled_pages() -> list[Page]:
    """Sample pages with their lines in another order, whose reading is seldom sure."""
    pages = []
    for number, text in enumerate(samples()):
        lines = text.splitlines(keepends=True)
        random.Random(number).shuffle(lines)  # noqa: S311
        pages.append(classify(normalise(page_of("".join(lines)))))
    return pages


def threads(page: Page) -> list[int]:
    return [block.thread for block in page.blocks]


@QUICK
@given(reshuffled())
def test_every_reading_holds_the_same_text_in_the_order_of_the_page(text: str) -> None:
    found = readings(classify(normalise(page_of(text))))
    assert len(found) <= 1 + MOST_VERSIONS
    for reading, _ in found:
        assert [b.passage for b in reading.blocks] == [b.passage for b in found[0][0].blocks]
        first: dict[int, int] = {}
        for i, block in enumerate(reading.blocks):
            first.setdefault(block.thread, i)
        starts = [first[t] for t in sorted(first) if t >= 0]
        assert all(a < b for a, b in pairwise(starts))


def test_pages_in_disorder_have_several_readings_that_differ() -> None:
    found = [readings(page) for page in shuffled_pages()]
    assert sum(len(several) > 1 for several in found) >= len(found) // 2
    for several in found:
        for other, _ in several[1:]:
            assert threads(other) != threads(several[0][0])


def test_the_reading_that_the_judge_prefers_is_taken() -> None:
    changed = 0
    for page in shuffled_pages():
        several = readings(page)
        for wanted, _ in several[1:]:

            def judge(reading: Page, _: Mapping[str, float], wanted: Page = wanted) -> float:
                return 2 * TIE * (threads(reading) == threads(wanted))

            taken = stitch(page, judge)
            assert threads(taken) == threads(wanted)
            told = [
                r.weight for j in taken.junctions if j.chosen for r in j.reasons if r.rule == "the page read through"
            ]
            assert told
            assert set(told) == {2 * TIE}
            changed += 1
        assert threads(stitch(page, lambda *_: 0.0)) == threads(stitch(page))
    assert changed
