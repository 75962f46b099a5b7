"""Related articles: TF-IDF over jieba words, with the reason that readers are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from generator.chinese import is_han
from generator.model import Article, Facet
from generator.render.glossary import WORDS, say
from generator.render.words import frequencies, idle_words, words_of

SHOWN = 5
LEAD_CHARS = 300
"""Words are read from the title and this much of the body: it tells the subject, and cutting it is the slow part."""
TITLE_WEIGHT = 3
SAME_PARK = 0.15
SAME_INDUSTRY = 0.05
LEAST = 0.1
"""Cosine (0–1) plus the weights above: below this two articles have nothing to do with each other."""
LEAST_BY_WORDS = 0.18
"""The same where they share neither park nor industry: words like 高峰 or 黑龙江 in two articles are mere chance."""
COMMON = 0.25
"""Words in more than this share of the articles say nothing about any of them."""
EVERYDAY = 6000
"""Words that jieba's dictionary counts this often (时间 33288, 方面 26963; 芯片 1031) tell no subject, even in a small
archive where few articles happen to use them."""
REASON_WORDS = 3
_ROWS_AT_ONCE = 512

Row = tuple[NDArray[np.int32], NDArray[np.float64]]


@dataclass(frozen=True, slots=True)
class Related:
    """An article near another one, and why."""

    article: Article
    reason: str


def nearest(articles: Sequence[Article]) -> Mapping[str, tuple[Related, ...]]:
    """For each article id its nearest articles, nearest first. Ties fall to the order given."""
    if len(articles) < 2:
        return {}
    words, weights = _weights(articles)
    labels = sparse.hstack(
        [
            _label_rows(articles, Facet.PARK) * np.sqrt(SAME_PARK),
            _label_rows(articles, Facet.INDUSTRY) * np.sqrt(SAME_INDUSTRY),
        ],
        format="csr",
    )
    whole = sparse.hstack([weights, labels], format="csr")
    turned = whole.T.tocsc()
    shared = [{tag.id for facet in (Facet.PARK, Facet.INDUSTRY) for tag in a.tagged(facet)} for a in articles]
    found: dict[str, tuple[Related, ...]] = {}
    for first in range(0, len(articles), _ROWS_AT_ONCE):
        scores = (whole[first : first + _ROWS_AT_ONCE] @ turned).tocsr()
        for row in range(scores.shape[0]):
            me = first + row
            low, high = scores.indptr[row], scores.indptr[row + 1]
            columns = scores.indices[low:high]
            values = np.round(scores.data[low:high], 6)
            keep = (values >= LEAST) & (columns != me)
            columns, values = columns[keep], values[keep]
            order = np.lexsort((columns, -values))
            rated = zip(columns[order].tolist(), values[order].tolist(), strict=True)
            best = (other for other, value in rated if value >= LEAST_BY_WORDS or shared[me] & shared[other])
            found[articles[me].id] = tuple(
                Related(
                    articles[other],
                    _reason(articles[me], articles[other], _row(weights, me), _row(weights, other), words),
                )
                for other in islice(best, SHOWN)
            )
    return found


def _weights(articles: Sequence[Article]) -> tuple[list[str], sparse.csr_array]:
    """The words, and a row of unit length for each article."""
    counts = [_words(article) for article in articles]
    documents = Counter(word for count in counts for word in count)
    limit = max(2, int(len(articles) * COMMON))
    words = sorted(word for word, number in documents.items() if 2 <= number <= limit)
    column = {word: at for at, word in enumerate(words)}
    data: list[float] = []
    indices: list[int] = []
    starts = [0]
    for count in counts:
        for word in sorted(count.keys() & column.keys()):
            data.append((1 + np.log(count[word])) * np.log(1 + len(articles) / documents[word]))
            indices.append(column[word])
        starts.append(len(indices))
    rows = sparse.csr_array((data, indices, starts), shape=(len(articles), len(words)), dtype=np.float64)
    lengths = np.sqrt(rows.multiply(rows).sum(axis=1))
    scale = np.divide(1.0, lengths, out=np.zeros_like(lengths), where=lengths > 0)
    return words, sparse.csr_array(sparse.diags_array(scale) @ rows)


def _words(article: Article) -> Counter[str]:
    """Words of two Chinese characters or more, and Latin names of two letters or more."""
    found: Counter[str] = Counter()
    counts, idle = frequencies(), idle_words()
    body = " ".join(p.text for p in article.paragraphs)[:LEAD_CHARS]
    for text, weight in ((article.title, TITLE_WEIGHT), (body, 1)):
        for word in words_of(text):
            told = len(word) > 1 and (is_han(word[0]) or word.isalpha())
            if told and counts.get(word, 0) < EVERYDAY and word not in idle:
                found[word.upper()] += weight
    return found


def _label_rows(articles: Sequence[Article], facet: Facet) -> sparse.csr_array:
    """A row for each article with a one for each tag of the facet that it is about, at unit length."""
    names = sorted({tag.id for article in articles for tag in article.tagged(facet)})
    column = {name: at for at, name in enumerate(names)}
    data: list[float] = []
    indices: list[int] = []
    starts = [0]
    for article in articles:
        mine = sorted({column[tag.id] for tag in article.tagged(facet)})
        data.extend([len(mine) ** -0.5] * len(mine) if mine else [])
        indices.extend(mine)
        starts.append(len(indices))
    return sparse.csr_array((data, indices, starts), shape=(len(articles), len(names)), dtype=np.float64)


def _row(rows: sparse.csr_array, number: int) -> Row:
    """Columns and values of one row, columns ascending."""
    low, high = rows.indptr[number], rows.indptr[number + 1]
    return rows.indices[low:high], rows.data[low:high]


def _reason(one: Article, other: Article, one_row: Row, other_row: Row, words: Sequence[str]) -> str:
    """Why they are near: a shared park, else a shared industry; and the words that weigh most in both."""
    said = []
    for facet, key in ((Facet.PARK, "because_park"), (Facet.INDUSTRY, "because_industry")):
        theirs = {tag.id for tag in other.tagged(facet)}
        shared = [tag.label for tag in one.tagged(facet) if tag.id in theirs]
        if shared:
            said.append(say(key, names=WORDS["list_separator"].join(shared[:2])))
            break
    columns, mine, theirs_too = np.intersect1d(one_row[0], other_row[0], assume_unique=True, return_indices=True)
    values = one_row[1][mine] * other_row[1][theirs_too]
    heaviest = [words[at] for at in columns[np.lexsort((columns, -np.round(values, 9)))][:REASON_WORDS].tolist()]
    if heaviest:
        said.append(say("because_words", names=WORDS["list_separator"].join(heaviest)))
    return " · ".join(said)
