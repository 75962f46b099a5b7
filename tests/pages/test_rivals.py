"""Other readings of a page: their costs are what the readings cost, and they name blocks that are there."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings

from generator.model import Block, Change, Page, Rival, Role
from generator.pages.classify import classify
from generator.pages.junction import Sheet, sheet_of
from generator.pages.normalise import normalise
from generator.pages.pieces import NEARLY, SUBJECT, TRUST, chains_of
from generator.pages.rivals import STRANGERS, moved, rivals_of, with_homes
from generator.pages.stitch import stitch
from generator.pages.vocabulary import Matrix, cosines
from tests.pages.made_up import page_of, reshuffled, samples

QUICK = settings(max_examples=25, deadline=None)


def sheets() -> list[Sheet]:
    """The sheets of three sample pages."""
    return [sheet_of(classify(normalise(page_of(text))).blocks) for text in samples()[:3]]


def by_turns(sheet: Sheet) -> list[int]:
    """A reading of three articles whose blocks stand by turns."""
    return [v - 3 if v >= 3 else -1 for v in range(len(sheet.nodes))]


def form_of(sheet: Sheet) -> Matrix:
    """Costs of junctions that are easy to tell apart; n nodes."""
    n = len(sheet.nodes)
    form = np.full((n, 2 * n), 1e6)
    for v in range(n):
        form[v, :v] = 0.01 * (v - np.arange(v)) + 0.001 * v
        form[v, n + v] = 0.5
    return form


def cost_of(sheet: Sheet, form: Matrix, heads: list[list[int]], tails: list[list[int]]) -> float:
    """Cost of articles of a head and a tail: their junctions, and their tails' words in their heads."""
    total = 0.0
    for head, tail in zip(heads, tails, strict=True):
        chain = head + tail
        if chain:
            total += form[chain[0], len(sheet.nodes) + chain[0]]
            total += sum(form[b, a] for a, b in itertools.pairwise(chain))
        if head and tail:
            own, more = (sheet.words.blocks.joined([part]) for part in (head, tail))
            total -= TRUST * float(sheet.words.fit_each(more, own)[0])
            total -= SUBJECT * (float(cosines(own.meaning, more.meaning)[0, 0]) - STRANGERS)
    return total


@pytest.mark.parametrize("sheet", sheets(), ids=["first", "second", "third"])
def test_a_reading_costs_the_difference_of_both_readings(sheet: Sheet) -> None:
    form, before = form_of(sheet), by_turns(sheet)
    chains = chains_of(before)
    place = {sheet.nodes[v].body: (t, k) for t, chain in enumerate(chains) for k, v in enumerate(chain)}
    found = rivals_of(sheet, form, before, [])
    assert {rival.change for rival in found} >= {Change.SWAP, Change.TAIL}
    for rival in found:
        heads, tails = [], []
        for article, at in zip(rival.articles, rival.at, strict=True):
            chain = chains[place[article][0]] if article >= 0 else []
            cut = place[at][1] if at >= 0 else len(chain)
            heads.append(chain[:cut])
            tails.append(chain[cut:])
        now = cost_of(sheet, form, heads, tails)
        assert rival.cost == pytest.approx(cost_of(sheet, form, heads, tails[::-1]) - now, abs=2e-3)


def test_a_block_is_at_home_where_its_words_are() -> None:
    sheet = sheets()[0]
    n = len(sheet.nodes)
    before = [-1 if v in {0, n // 2} else v - 1 for v in range(n)]
    right = with_homes(sheet.blocks, sheet, before)
    # The last block in the other story: its words are less at home there than where it was.
    before[n - 1] = n // 2 - 1
    wrong = with_homes(sheet.blocks, sheet, before)
    last = sheet.nodes[n - 1].body
    assert wrong[last].home < right[last].home


def test_a_rival_of_a_stretch_is_numbered_on() -> None:
    rival = Rival(1.0, Change.SPLIT, (3, -1), (5, -1))
    assert moved(rival, 10) == Rival(1.0, Change.SPLIT, (13, -1), (15, -1))


@QUICK
@given(reshuffled())
def test_rivals_are_near_and_begin_at_text(text: str) -> None:
    page: Page = stitch(classify(normalise(page_of(text))))
    costs = [rival.cost for rival in page.rivals]
    assert costs == sorted(costs)
    for rival in page.rivals:
        named: list[Block] = [page.blocks[i] for i in (*rival.articles, *rival.at) if i >= 0]
        assert rival.cost <= NEARLY
        assert all(block.role is Role.BODY for block in named)
        threads = [page.blocks[i].thread for i in rival.articles if i >= 0]
        assert len(set(threads)) == len(threads)
