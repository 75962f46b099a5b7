"""Fits WEIGHTS of generator/articles/trust.py: is an article whole, headline, text and order?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher

import numpy as np

from generator.articles.assemble import assemble
from generator.articles.trust import WEIGHTS, trust_features
from generator.chinese import fold
from generator.model import Article, Page, Role
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch
from tests.bench.gold import Gold, GoldPage, owner, owners
from tests.bench.logistic import fitted, print_table

SURE = 0.9
SAME = 0.9
"""Headlines at least as similar as this count as the same."""
Blocks = dict[int, set[int]]
"""Indexes of the blocks of text of each article."""


def fit_trust(data: Sequence[GoldPage]) -> None:
    """Print the table, and how well it tells right from wrong on these pages."""
    judged = [one for page, gold in data for one in judgements(page, gold)]
    names = list(WEIGHTS)
    truth = [right for _, right in judged]
    weights, odds = fitted([features for features, _ in judged], truth, names)
    chance, y = 1 / (1 + np.exp(-odds)), np.array(truth)
    low = np.argsort(chance)[: len(chance) // 4]
    sure = chance >= SURE
    held = (~y[low]).sum() / max(1, (~y).sum())
    print(
        f"# {len(y)} articles, whole {y.mean():.3f}; sure (>= .9) {sure.mean():.3f} of them, "
        f"whole {y[sure].mean():.3f}; lowest quarter holds {held:.3f} of the rest"
    )
    print_table("WEIGHTS: dict[str, float]", zip(names, weights, strict=True))


def judgements(page: Page, gold: Gold) -> Iterator[tuple[dict[str, float], bool]]:
    """The features of each article found on a page, photo-only items aside, and whether it is whole."""
    stitched = stitch(classify(normalise(page)))
    mine, theirs = _texts(stitched, gold)
    for article in assemble(stitched).articles:
        thread = _thread(stitched, article, mine)
        if thread is None:
            continue
        match = next((n for n, blocks in theirs.items() if blocks == mine[thread]), None)
        wanted = gold["articles"][match] if match is not None else None
        if wanted is None or not wanted.get("photo_item"):
            features = {name: float(value) for name, value in trust_features(stitched, thread).items()}
            yield features, wanted is not None and _same_headline(wanted, article.title)


def _texts(stitched: Page, gold: Gold) -> tuple[Blocks, Blocks]:
    """The blocks of text of each article, as they were found and as they are in the gold."""
    stretches = owners(gold)
    mine: Blocks = {}
    theirs: Blocks = {}
    for i, block in enumerate(stitched.blocks):
        article, role = owner(stretches, block)
        if role == "body":
            theirs.setdefault(article, set()).add(i)
        if block.role is Role.BODY and (role == "body" or len(block.text) > 30):
            mine.setdefault(block.thread, set()).add(i)
    return mine, theirs


def _thread(stitched: Page, article: Article, mine: Blocks) -> int | None:
    """Number that the article has among the page's blocks: that of the block where its text begins."""
    first = min((start for p in article.paragraphs for start, _ in p.passage.spans), default=-1)
    for thread, blocks in mine.items():
        if any(start <= first < end for i in blocks for start, end in stitched.blocks[i].passage.spans):
            return thread
    return None


def _same_headline(wanted: Mapping[str, str | None], title: str) -> bool:
    """True for the gold's headline, with or without its kicker; where it has none, any will do."""
    headline = fold(wanted["title"] or "")
    similar = SequenceMatcher(None, headline, fold(title)).ratio() >= SAME
    return similar or fold(wanted.get("kicker") or "") + headline == fold(title) or not headline
