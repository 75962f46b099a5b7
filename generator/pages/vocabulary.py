"""The words of a page's blocks: whether a text's words are at home in an article, against ordinary text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generator.language import language
from generator.meaning import Rows, meaning

PRIOR = 4000.0
"""Characters of ordinary text that an article's own words are mixed with before they are compared."""
PAGE_SHARE = 0.3
"""Share of ordinary text that is taken from the page itself: words that all its articles use say nothing."""
REPEATS = 2
"""A pair counts at most this often in one block."""

NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Words:
    """How often each character pair of the page stands in each of its blocks."""

    counts: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    """counts[v, g]: how often pair g stands in node v."""
    lengths: Vector
    ordinary: Vector
    """Probability of each pair in ordinary text."""
    meaning: Rows
    """What each block is about: meaning[v] is the sum of its pairs' vectors."""

    def fit(self, own: np.ndarray, length: float, pairs: np.ndarray | slice) -> np.ndarray:
        """Log likelihood ratio of each pair: in an article with these counts, against ordinary text."""
        ratio: np.ndarray = np.log((own / self.ordinary[pairs] + PRIOR) / (length + PRIOR))
        return ratio

    def at_home(self, block: slice, article: slice) -> float:
        """Log likelihood ratio of some neighbouring blocks' words in the article that other blocks make."""
        own = self.counts[article].sum(axis=0)
        fit = self.fit(own, float(self.lengths[article].sum()), slice(None))
        return float((self.counts[block] @ fit).sum())


def words_of(texts: Sequence[str]) -> Words:
    """Count the pairs of the blocks with these texts."""
    vocabulary: dict[str, int] = {}
    found = [
        [
            vocabulary.setdefault(run[k : k + 2], len(vocabulary))
            for run in NOT_WORDS.split(text)
            for k in range(len(run) - 1)
        ]
        for text in texts
    ]
    width = max(1, len(vocabulary))
    counts = (
        np.array([np.bincount(row, minlength=width) for row in found], dtype=np.float64)
        .reshape(len(texts), width)
        .clip(max=REPEATS)
    )
    table = language()
    general = np.exp([-table.rarity(pair) for pair in vocabulary] or [0.0])
    page = counts.sum(axis=0) / max(1.0, counts.sum())
    ordinary = (1 - PAGE_SHARE) * general + PAGE_SHARE * page
    return Words(counts, counts.sum(axis=1), ordinary, meaning().of(counts, list(vocabulary)))


def cosines(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The cosine of each row of one matrix with each of another; 0 where a row is empty."""
    norms = [np.maximum(np.linalg.norm(rows, axis=1), 1e-9) for rows in (first, second)]
    found: np.ndarray = (first @ second.T) / np.outer(*norms)
    return found


def kinship(text: str, bodies: Sequence[str]) -> float:
    """How much likelier the words of `text` are in an article with these bodies than in ordinary text: a log ratio."""
    table = language()
    own = "\n".join(bodies)
    pairs = {run[k : k + 2] for run in NOT_WORDS.split(text) for k in range(len(run) - 1)}
    fit = 0.0
    for pair in sorted(pairs):
        expected = np.exp(-table.rarity(pair))
        fit += float(np.log((min(own.count(pair), 4) / expected + PRIOR) / (len(own) + PRIOR)))
    return fit
