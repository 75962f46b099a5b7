"""What a search ought to find: the folded texts of the articles, looked through one by one."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence

from generator.model import Article, Facet
from generator.search.folding import fold_text

TAG_FACETS = {"park": Facet.PARK, "industry": Facet.INDUSTRY, "topic": Facet.TOPIC, "province": Facet.PROVINCE}


def texts(article: Article) -> list[str]:
    """All that is searched in an article, folded."""
    parts = [article.headline, *(p.passage for p in article.paragraphs), *article.captions]
    parts += [*article.byline, *article.dateline, *([article.kicker] if article.kicker else [])]
    return [fold_text(part.text) for part in parts]


class Haystack:
    """Many articles folded once, for many needles."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.texts = {article.id: "\n".join(texts(article)) for article in articles}

    def find(self, term: str) -> set[str]:
        """Ids of the articles that hold the term."""
        needle = fold_text(term)
        return {number for number, text in self.texts.items() if needle in text}


def grep(articles: Sequence[Article], term: str) -> set[str]:
    """Ids of the articles that hold the term."""
    needle = fold_text(term)
    return {article.id for article in articles if any(needle in text for text in texts(article))}


def facet_counts(articles: Sequence[Article]) -> dict[str, dict[str, int]]:
    """For each facet the values and in how many of the articles they stand."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*TAG_FACETS, "year", "paper")}
    for article in articles:
        for name, facet in TAG_FACETS.items():
            counts[name].update({tag.id for tag in article.tagged(facet)})
        counts["year"].update([article.date.year] if article.date.year else [])
        counts["paper"].update([article.newspaper.name] if article.newspaper.name else [])
    return {name: dict(counter) for name, counter in counts.items()}


def queries(articles: Sequence[Article], count: int, seed: int = 11) -> Iterator[str]:
    """Substrings of two to nine characters, a few of them changed so that they may stand nowhere.

    None has a blank or begins like an operator: those are other queries, with tests of their own.
    """
    dice = random.Random(seed)  # noqa: S311
    while count:
        text = dice.choice([part for part in texts(dice.choice(articles)) if len(part) > 1])
        at = dice.randrange(len(text) - 1)
        query = text[at : at + dice.choice([2, 2, 2, 3, 3, 4, 4, 5, 6, 9])]
        if dice.random() < 0.1:
            query = "".join(dice.sample(query, len(query)))
        if len(query) > 1 and " " not in query and query[0] not in "-\"'" and not query.endswith('"'):
            count -= 1
            yield query
