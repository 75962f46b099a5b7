"""How words are compared: pair by pair, as the formula has it, whatever is left out of the matrices."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Sequence

import pytest

from generator.language import language
from generator.pages.classify import classify
from generator.pages.junction import sheet_of
from generator.pages.normalise import normalise
from generator.pages.patterns import people_in, places_in
from generator.pages.vocabulary import (
    MOST_OF_PAGE,
    NOT_WORDS,
    OWN,
    PAGE_SHARE,
    PRIOR,
    RARE_NAME,
    RARE_PLACE,
    REPEATS,
)
from tests.pages.made_up import page_of, samples


def pairs_of(text: str) -> Counter[str]:
    """How often each pair counts in a block."""
    found = Counter(run[k : k + 2] for run in NOT_WORDS.split(text) for k in range(len(run) - 1))
    return Counter({pair: min(n, REPEATS) for pair, n in found.items()})


def fit_of(
    blocks: Sequence[Counter[str]], text: Sequence[int], article: Sequence[int], named: Collection[str] = ()
) -> float:
    """Log likelihood ratio of some blocks' pairs in the article that others make. named: pairs of names."""
    page, own, mine = (sum((blocks[v] for v in some), Counter()) for some in (range(len(blocks)), article, text))
    found = 0.0
    for pair, n in mine.items():
        rare = math.exp(-language().rarity(pair))
        ordinary = rare if pair in named else (1 - PAGE_SHARE) * rare + PAGE_SHARE * page[pair] / page.total()
        more = OWN if pair in named else 1.0
        found += more * n * math.log1p(more * own[pair] / ordinary / PRIOR) - n * math.log1p(own.total() / PRIOR)
    return found


def named_in(texts: Sequence[str]) -> set[str]:
    """The pairs of the names that stand in several of the texts and are rare enough to be names."""
    rarity, spread = language().rarity, Counter[str]()
    people = {name for name in people_in("\n".join(texts)) if min(map(rarity, pairs_of(name))) >= RARE_NAME}
    places = {name for name in places_in("\n".join(texts)) if rarity(name) >= RARE_PLACE}
    spread.update(name for text in texts for name in people | places if name in text)
    most = {name: MOST_OF_PAGE * len(texts) for name in places}
    names = [name for name, n in spread.items() if 1 < n <= most.get(name, n)]
    return {pair for name in names for pair in pairs_of(name)}


@pytest.mark.parametrize("text", samples()[:3], ids=["first", "second", "third"])
def test_words_fit_as_the_formula_says(text: str) -> None:
    sheet = sheet_of(classify(normalise(page_of(text))).blocks)
    n = len(sheet.nodes)
    blocks = [pairs_of(node.text) for node in sheet.nodes]
    named = named_in(
        [*(b.text for b in sheet.nodes), *("".join(sheet.blocks[i].text for i in b.heads) for b in sheet.nodes)]
    )
    assert named
    texts, articles = [[0], [1, 2], [n - 1]], [[3, 4, 5], list(range(6, n - 1))]
    fits = sheet.words.fit(sheet.words.blocks.joined(texts), sheet.words.blocks.joined(articles))
    expected = [[fit_of(blocks, some, article, named) for article in articles] for some in texts]
    assert fits.tolist() == [pytest.approx(row) for row in expected]
    each = sheet.words.fit_each(sheet.words.blocks.joined(texts[:2]), sheet.words.blocks.joined(articles))
    assert each.tolist() == pytest.approx([expected[0][0], expected[1][1]])
    assert sheet.words.at_home(slice(1, 3), slice(3, 6)) == pytest.approx(fit_of(blocks, texts[1], articles[0]))
