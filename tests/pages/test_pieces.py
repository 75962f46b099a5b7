"""Moves of pieces: each costs what the page costs more with it, and those that pay are made."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator.pages.classify import classify
from generator.pages.junction import Sheet, sheet_of
from generator.pages.normalise import normalise
from generator.pages.pieces import LEAST_GAIN, NEARLY, SUBJECT, TRUST, chains_of, regroup
from generator.pages.vocabulary import Matrix, cosines_each
from tests.pages.made_up import page_of, samples
from tests.pages.test_rivals import form_of


def home_of(sheet: Sheet, piece: Sequence[int], others: Sequence[int]) -> float:
    """How well a piece is at home in the article that other blocks make."""
    mine, rest = (sheet.words.blocks.joined([some]) for some in (piece, others))
    near = cosines_each(mine.meaning, rest.meaning)
    return float(TRUST * sheet.words.fit_each(mine, rest)[0] + SUBJECT * near[0])


def links(form: Matrix, before: Sequence[int]) -> float:
    return sum(float(form[v, u]) for v, u in enumerate(before) if u >= 0)


@pytest.mark.parametrize("text", samples()[:3], ids=["first", "second", "third"])
def test_a_move_costs_what_the_page_costs_more(text: str) -> None:
    sheet = sheet_of(classify(normalise(page_of(text))).blocks)
    form = form_of(sheet)
    n = len(sheet.nodes)
    start = [-1 if v in {0, n // 3, 2 * n // 3} else v - 1 for v in range(n)]
    before, slack, moves = regroup(sheet.words, form, start)
    assert moves
    chains = chains_of(before)
    least = dict.fromkeys(range(n), NEARLY)
    for move in moves:
        own, other = (chains[c] for c in move.chains)
        stay = home_of(sheet, move.piece, [v for v in own if v not in move.piece])
        after = list(before)
        for chain in ([v for v in own if v not in move.piece], sorted([*other, *move.piece])):
            for u, v in zip([-1, *chain], chain, strict=False):
                after[v] = u
        cost = links(form, after) - links(form, before) - home_of(sheet, move.piece, other) + stay
        assert move.cost == pytest.approx(cost, abs=1e-6)
        assert -LEAST_GAIN < move.cost < NEARLY
        least[move.piece[0]] = min(least[move.piece[0]], move.cost)
    assert [min(cost, NEARLY) for cost in slack] == pytest.approx(list(least.values()))
