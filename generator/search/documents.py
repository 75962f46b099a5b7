"""Articles as search holds them: the texts it compares, the records it shows, and one table of facets for all."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from generator.model import Article, Facet, Precision
from generator.search.adaptive import numbers, rows
from generator.search.folding import fold_text

UNDATED = date.min
LENGTH_STEPS = 4
"""Steps of an octave in which lengths of texts are told: 19 % each."""
LONG = 42
"""A text of so many steps has a file of its own: from 1330 characters on."""
TEXTS_PER_FILE = 2
"""Shorter texts to a file: gzip gains by it, a shown hit pays for its neighbour."""
SHORTEST = 14
SIZES = 12
"""Sizes of documents, half an octave each, from SHORTEST half octaves on."""


@dataclass(frozen=True, slots=True)
class Document:
    """An article and the other wordings under which it is to be found."""

    article: Article
    other_forms: tuple[str, ...] = ()
    """Texts as they stood before an editor corrected them."""

    @property
    def title_zone(self) -> tuple[str, ...]:
        """Headline and kicker."""
        kicker = self.article.kicker
        return (self.article.title, kicker.text) if kicker else (self.article.title,)

    @property
    def lead_zone(self) -> tuple[str, ...]:
        """The first paragraph."""
        return tuple(p.text for p in self.article.paragraphs[:1])

    @property
    def body_zone(self) -> tuple[str, ...]:
        """The other paragraphs, captions, what says who wrote it, and the uncorrected forms."""
        article = self.article
        return (
            *(p.text for p in article.paragraphs[1:]),
            *(c.text for c in article.captions),
            *self.signatures,
            *self.other_forms,
        )

    @property
    def signatures(self) -> tuple[str, ...]:
        """Bylines and datelines, and the authors whom neither of them names: an editor may have added one."""
        lines = tuple(passage.text for passage in (*self.article.byline, *self.article.dateline))
        told = "\n".join(map(fold_text, lines))
        names = dict.fromkeys(credit.name for credit in self.article.credits if credit.name)
        return (*lines, *(name for name in names if fold_text(name) not in told))

    def folded_zones(self) -> tuple[tuple[str, ...], ...]:
        """Title, lead and body zone as compared; a match never runs from one text of a zone into the next."""
        return tuple(tuple(map(fold_text, zone)) for zone in (self.title_zone, self.lead_zone, self.body_zone))

    def record(self) -> list[object]:
        """What the page needs to show a hit, as `records.js` names the places."""
        article = self.article
        return [
            article.id,
            article.title,
            article.kicker.text if article.kicker else "",
            list(self.signatures),
            article.date.value,
            article.newspaper.name,
            [p.text for p in article.paragraphs],
            [c.text for c in article.captions],
            list(self.other_forms),
        ]

    def card(self) -> list[str]:
        """What a line of the CSV needs."""
        article = self.article
        return [article.id, article.title, article.date.value, article.newspaper.name]


def _facet_values(facet: Facet) -> Callable[[Article], list[tuple[str, str]]]:
    """The (value, label) pairs of an article in a facet of tags."""
    return lambda article: [(tag.id, tag.label) for tag in article.tagged(facet)]


def _paper(article: Article) -> list[tuple[str, str]]:
    name = article.newspaper.name
    return [(name, name)] if name else []


FACETS: dict[str, Callable[[Article], list[tuple[str, str]]]] = {
    "park": _facet_values(Facet.PARK),
    "industry": _facet_values(Facet.INDUSTRY),
    "topic": _facet_values(Facet.TOPIC),
    "province": _facet_values(Facet.PROVINCE),
    "paper": _paper,
}
"""The facets that need a column; the year follows from the date."""


def in_order(documents: Iterable[Document]) -> list[Document]:
    """Shortest first, equally long ones oldest first, undated before dated: the order of the document numbers.

    A pair stands in long texts more often than in short ones, and where the length only grows from number to number,
    the index says which documents hold it in a twentieth less.
    """
    return sorted(documents, key=lambda d: (length_of(d), *_window(d), d.article.date.value, d.article.id))


def last_day(article: Article) -> date:
    """Last day of the window in which the article may have appeared."""
    value, first = article.date.value, article.date.earliest
    if first is None:
        return UNDATED
    if article.date.precision is Precision.WINDOW and "/" in value:
        return date.fromisoformat(value.split("/")[1])
    if article.date.precision is Precision.YEAR:
        return date(first.year, 12, 31)
    if article.date.precision is Precision.MONTH:
        beyond = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        return date.fromordinal(beyond.toordinal() - 1)
    return first


def table(documents: Sequence[Document]) -> dict[str, object]:
    """Dates, lengths and facets of all documents in their order, as `table.js` reads them.

    `lengths`: [length in steps, how many documents] runs; `windows`: [day, last day minus day] in order, days since
    1970-01-01, null when undated; `days`: for each document the number of its window less that of the document before
    of the same length; `facets`: for each its values with labels, most frequent first, and by document their numbers.
    """
    windows = sorted({_window(document) for document in documents})
    return {
        "count": len(documents),
        "lengths": [[length, len(list(run))] for length, run in groupby(map(length_of, documents))],
        "windows": [_told_window(*window) for window in windows],
        "days": _days(documents, {window: number for number, window in enumerate(windows)}),
        "facets": {name: _facet(values, documents) for name, values in FACETS.items()},
    }


def length_of(document: Document) -> int:
    """Length of a document's text in steps, LENGTH_STEPS to an octave."""
    return round(LENGTH_STEPS * math.log2(1 + sum(map(len, document.lead_zone + document.body_zone))))


def size_of(document: Document) -> int:
    """Length of a document in half octaves, 0 up to 150 characters: what the codes of the index depend on."""
    return min(max(length_of(document) // 2 - SHORTEST, 0), SIZES - 1)


def files_of(documents: Iterable[Document]) -> list[int]:
    """The number of each document's file of texts, given the documents in their order."""
    files: list[int] = []
    begun = 0
    for document in documents:
        alone = length_of(document) >= LONG
        begun = 1 if alone or begun in (0, TEXTS_PER_FILE) else begun + 1
        files.append((files[-1] if files else -1) + (begun == 1))
    return files


def _window(document: Document) -> tuple[date, date]:
    """First and last day on which the article may have appeared."""
    return document.article.date.earliest or UNDATED, last_day(document.article)


def _told_window(first: date, last: date) -> list[int | None]:
    if first == UNDATED:
        return [None, 0]
    return [first.toordinal() - date(1970, 1, 1).toordinal(), last.toordinal() - first.toordinal()]


def _days(documents: Sequence[Document], windows: Mapping[tuple[date, date], int]) -> str:
    gains: list[int] = []
    for _, run in groupby(documents, length_of):
        found = [windows[_window(document)] for document in run]
        gains.extend(second - first for first, second in pairwise([0, *found]))
    return numbers(gains)


def _facet(values_of: Callable[[Article], list[tuple[str, str]]], documents: Sequence[Document]) -> dict[str, object]:
    found = [dict(values_of(document.article)) for document in documents]
    labels = {value: label for row in found for value, label in row.items()}
    counts = Counter(value for row in found for value in row)
    ranked = sorted(counts, key=lambda value: (-counts[value], value))
    number = {value: at for at, value in enumerate(ranked)}
    return {
        "values": ranked,
        "labels": [labels[value] for value in ranked],
        "column": rows([[number[value] for value in row] for row in found], len(ranked)),
    }
