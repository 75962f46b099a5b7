"""How words are compared: pair by pair, as the formula has it, whatever is left out of the matrices."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import pytest

from generator.language import language
from generator.pages.classify import classify
from generator.pages.junction import sheet_of
from generator.pages.normalise import normalise
from generator.pages.vocabulary import NOT_WORDS, PAGE_SHARE, PRIOR, REPEATS
from tests.pages.made_up import page_of, samples


def pairs_of(text: str) -> Counter[str]:
    """How often each pair counts in a block."""
    found = Counter(run[k : k + 2] for run in NOT_WORDS.split(text) for k in range(len(run) - 1))
    return Counter({pair: min(n, REPEATS) for pair, n in found.items()})


def fit_of(blocks: Sequence[Counter[str]], text: Sequence[int], article: Sequence[int]) -> float:
    """Log likelihood ratio of some blocks' pairs in the article that others make."""
    page, own, mine = (sum((blocks[v] for v in some), Counter()) for some in (range(len(blocks)), article, text))
    found = 0.0
    for pair, n in mine.items():
        ordinary = (1 - PAGE_SHARE) * math.exp(-language().rarity(pair)) + PAGE_SHARE * page[pair] / page.total()
        found += n * math.log((own[pair] / ordinary + PRIOR) / (own.total() + PRIOR))
    return found


@pytest.mark.parametrize("text", samples()[:3], ids=["first", "second", "third"])
def test_words_fit_as_the_formula_says(text: str) -> None:
    sheet = sheet_of(classify(normalise(page_of(text))).blocks)
    n = len(sheet.nodes)
    blocks = [pairs_of(node.text) for node in sheet.nodes]
    texts, articles = [[0], [1, 2], [n - 1]], [[3, 4, 5], list(range(6, n - 1))]
    fits = sheet.words.fit(sheet.words.blocks.joined(texts), sheet.words.blocks.joined(articles))
    expected = [[fit_of(blocks, some, article) for article in articles] for some in texts]
    assert fits.tolist() == [pytest.approx(row) for row in expected]
    each = sheet.words.fit_each(sheet.words.blocks.joined(texts[:2]), sheet.words.blocks.joined(articles))
    assert each.tolist() == pytest.approx([expected[0][0], expected[1][1]])
    assert sheet.words.at_home(slice(1, 3), slice(3, 6)) == pytest.approx(expected[1][0])
