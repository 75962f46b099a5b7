"""Which articles the home page recommends: long, whole and sure ones, spread over parks and years; no clock in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from generator.model import Article, Facet, Kind

SHOWN = 5
SURE = 0.9
"""Confidence below which an article is never recommended."""
LONG_ENOUGH, LONG = 400, 2400
"""Characters of the body: below the first an article is not recommended, beyond the second length counts no more."""
PARKS_COUNTED = 3
WEIGHTS = {"length": 1.0, "parks": 0.3, "authors": 0.3, "dated": 0.3, "subjects": 0.2}
"""What speaks for an article; length and each park count in part."""
AGAIN = {"park": 1.0, "year": 0.4, "newspaper": 0.2, "province": 0.3, "industry": 0.2}
"""What each article already chosen with the same value takes off."""


def featured(articles: Iterable[Article]) -> tuple[Article, ...]:
    """The choice, best first; each next one is the best once what is there already is weighed against it."""
    merit = {item.id: (_merit(item), item) for item in articles if _eligible(item)}
    rest = sorted(merit, key=lambda id_: (-merit[id_][0], id_))
    taken: Counter[tuple[str, str]] = Counter()
    chosen: list[Article] = []

    def worth(id_: str) -> float:
        alone, item = merit[id_]
        return alone - sum(AGAIN[kind] * taken[kind, name] for kind, name in _traits(item))

    while rest and len(chosen) < SHOWN:
        best = max(rest, key=worth)
        rest.remove(best)
        chosen.append(merit[best][1])
        taken.update(_traits(chosen[-1]))
    return tuple(chosen)


def _eligible(item: Article) -> bool:
    """Whole, sure, with a headline of its own, and about a park."""
    return (
        item.kind is not Kind.PHOTO
        and item.truncated is None
        and not item.doubts
        and item.confidence >= SURE
        and bool(item.headline.spans)
        and bool(item.tagged(Facet.PARK))
        and _length(item) >= LONG_ENOUGH
    )


def _length(item: Article) -> int:
    return sum(len(paragraph.text) for paragraph in item.paragraphs)


def _merit(item: Article) -> float:
    signs = {
        "length": min(1.0, _length(item) / LONG),
        "parks": min(PARKS_COUNTED, len(item.tagged(Facet.PARK))) - 1,
        "authors": bool(item.credits),
        "dated": bool(item.date.value),
        "subjects": bool(item.tagged(Facet.INDUSTRY)),
    }
    return round(sum(WEIGHTS[name] * sign for name, sign in signs.items()), 6)


def _traits(item: Article) -> set[tuple[str, str]]:
    """What an article has in common with others, as (kind, value)."""
    found = {("year", item.date.year), ("newspaper", item.newspaper.name)}
    found |= {("park", tag.id) for tag in item.tagged(Facet.PARK)}
    found |= {("province", tag.id) for tag in item.tagged(Facet.PROVINCE)[:1]}
    found |= {("industry", tag.id) for tag in item.tagged(Facet.INDUSTRY)[:1]}
    return {(kind, name) for kind, name in found if name}
