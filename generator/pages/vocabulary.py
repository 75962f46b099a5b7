"""The words of a page's blocks: whether a text's words are at home in an article, against ordinary text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from generator.language import language
from generator.meaning import meaning
from generator.pages.patterns import people_in, places_in
from generator.pairs import Numbers, pairs_in

PRIOR = 4000.0
"""Characters of ordinary text that an article's own words are mixed with before they are compared."""
PAGE_SHARE = 0.3
"""Share of ordinary text that is taken from the page itself: words that all its articles use say nothing."""
REPEATS = 2
"""A pair counts at most this often in one block."""
OWN = 1.5
"""How much more than other words the names count that one article of a page has to itself."""
RARE_NAME, RARE_PLACE = 11.5, 9.0
"""What looks like a name and is more frequent in Chinese than this, in nats, is a word (文化产, 国家高新区)."""
MOST_OF_PAGE = 0.4
"""A place in a larger share of the page's blocks is what all its articles are about."""

NOT_WORDS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]+")
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Tally:
    """The character pairs of some texts."""

    counts: sparse.csr_matrix
    """counts[t, g]: how often pair g stands in text t, REPEATS at most."""
    rarity: Vector
    """How rare each pair is in Chinese: Language.rarity."""
    meaning: Matrix
    """What each text is about: the sum of its pairs' vectors."""
    shared: Numbers
    """The pairs that stand in several of the texts; of the others, no text has any that another has."""
    named: Numbers
    """The pairs that names of people and of the parks' places consist of: they seldom stand in two articles."""


def tally_of(texts: Sequence[str]) -> Tally:
    """Count the pairs of these texts."""
    found, text = pairs_in(texts)
    pairs, column = np.unique(found, return_inverse=True)
    counts = sparse.csr_matrix((np.ones(len(found)), (text, column)), shape=(len(texts), len(pairs)))
    np.minimum(counts.data, REPEATS, out=counts.data)
    about = meaning().of(counts, pairs).astype(np.float64)
    names, _ = pairs_in(sorted(_names_in(texts)))
    shared = np.flatnonzero(np.bincount(counts.indices) > 1)
    return Tally(counts, language().rarities(pairs), about, shared, np.flatnonzero(np.isin(pairs, names)))


def _names_in(texts: Sequence[str]) -> Iterator[str]:
    """The names of people and of the parks' places that stand in several of the texts."""
    rarity, whole = language().rarity, "\n".join(texts)
    for name in people_in(whole):
        if all(rarity(name[k : k + 2]) >= RARE_NAME for k in range(len(name) - 1)) and _spread(name, texts) > 1:
            yield name
    for place in places_in(whole):
        if rarity(place) >= RARE_PLACE and 1 < _spread(place, texts) <= MOST_OF_PAGE * len(texts):
            yield place


def _spread(name: str, texts: Sequence[str]) -> int:
    return sum(name in text for text in texts)


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of some texts, each of one block or of several."""

    counts: Matrix
    """counts[t, g]: how often pair g stands in text t. Only pairs that stand in several of the page's lines."""
    lengths: Vector
    """Pairs of each text, those that stand nowhere else among them."""
    meaning: Matrix
    """What each text is about: the sum of its pairs' vectors."""

    def __len__(self) -> int:
        return len(self.lengths)

    def __getitem__(self, rows: slice | Sequence[int] | Numbers) -> Texts:
        return Texts(self.counts[rows], self.lengths[rows], self.meaning[rows])

    def __sub__(self, others: Texts) -> Texts:
        return Texts(self.counts - others.counts, self.lengths - others.lengths, self.meaning - others.meaning)

    def sums(self) -> Texts:
        """Of the first 0, 1, 2 … texts taken together."""
        return Texts(*(_sums(rows) for rows in (self.counts, self.lengths, self.meaning)))

    def joined(self, groups: Sequence[Sequence[int]]) -> Texts:
        """The texts of each group taken together."""
        member = np.zeros((len(groups), len(self)))
        for row, group in zip(member, groups, strict=True):
            row[list(group)] = 1.0
        return Texts(member @ self.counts, member @ self.lengths, member @ self.meaning)


def _sums(rows: np.ndarray) -> np.ndarray:
    return np.concatenate([np.zeros((1, *rows.shape[1:])), np.cumsum(rows, axis=0)])


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a page's blocks, and how they are compared.

    The log likelihood ratio of a text's pairs is of their standing in an article with these counts, against ordinary
    text. Text and article have no block in common.
    """

    blocks: Texts
    weight: Vector
    """What one of each pair in an article counts for: the rarer the pair in ordinary text, the more."""
    plain: Words | None = None
    """The same with names as words like others: who is named in a story and below a head says nothing of the head."""

    def fit(self, texts: Texts, articles: Texts) -> Matrix:
        """[t, a]: log likelihood ratio of text t in article a."""
        ratio = np.log1p(articles.counts * self.weight)
        found: Matrix = texts.counts @ ratio.T - np.outer(texts.lengths, np.log1p(articles.lengths / PRIOR))
        return found

    def fit_each(self, texts: Texts, articles: Texts) -> Vector:
        """The log likelihood ratio of each text in the article at the same place."""
        ratio = np.log1p(articles.counts * self.weight)
        found: Vector = (texts.counts * ratio).sum(axis=1) - texts.lengths * np.log1p(articles.lengths / PRIOR)
        return found

    def at_home(self, block: slice, article: slice) -> float:
        """Log likelihood ratio of some neighbouring blocks' words in the article that other blocks make."""
        words = self.plain or self
        first, second = (words.blocks.joined([range(len(words.blocks))[some]]) for some in (block, article))
        return float(words.fit_each(first, second)[0])


def words_of(tally: Tally, blocks: int) -> Words:
    """The words of a page's blocks, which are the first of the tally's texts."""
    counts = tally.counts[:blocks]
    page = np.asarray(counts.sum(axis=0)).ravel()
    ordinary = (1 - PAGE_SHARE) * np.exp(-tally.rarity) + PAGE_SHARE * page / max(1.0, page.sum())
    lengths = np.asarray(counts.sum(axis=1), dtype=np.float64).ravel()
    rows = counts[:, tally.shared].toarray()
    plain = Words(Texts(rows, lengths, tally.meaning[:blocks]), 1.0 / (ordinary[tally.shared] * PRIOR))
    # That a name is frequent on the page is no reason to think less of it: one article has it, again and again.
    ordinary[tally.named] = np.exp(-tally.rarity[tally.named])
    own = np.where(np.isin(tally.shared, tally.named), OWN, 1.0)
    return Words(Texts(rows * own, lengths, tally.meaning[:blocks]), 1.0 / (ordinary[tally.shared] * PRIOR), plain)


def cosines(first: np.ndarray, second: np.ndarray) -> Matrix:
    """The cosine of each row of one matrix with each of another; 0 where a row is empty."""
    found: Matrix = (first @ second.T) / np.outer(_norms(first), _norms(second))
    return found


def cosines_each(first: np.ndarray, second: np.ndarray) -> Vector:
    """The cosine of each row of one matrix with the row of another at the same place; 0 where one is empty."""
    found: Vector = (first * second).sum(axis=1) / (_norms(first) * _norms(second))
    return found


def _norms(rows: np.ndarray) -> Vector:
    found: Vector = np.maximum(np.linalg.norm(rows, axis=1), LEAST_NORM)
    return found


LEAST_NORM = 1e-9
"""Vectors shorter than this stand for texts without a known word."""
