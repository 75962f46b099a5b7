"""What the pages of the site say of one another, computed once: order, neighbours, hubs, counts.

Renderers get values of this module and never look at the whole archive themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from generator.model import Article, Facet, PageSplit, Park, Subject, Tag
from generator.render.entries import Entries, entry
from generator.render.issue import page_number
from generator.render.phrases import authors_of
from generator.render.related import Related, nearest

AUTHOR_PAGE_FROM = 2
"""Authors with fewer articles have no page: search finds them, and the archive would double in pages."""


@dataclass(frozen=True, slots=True)
class Place:
    """A park, an industry, a topic or a province that the archive has articles of."""

    facet: Facet
    id: str
    label: str
    about: tuple[Article, ...] = ()
    """Newest first."""
    mentioned: tuple[Article, ...] = ()
    """Those that only mention it, newest first."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The articles before and after one in some order; None at its ends."""

    previous: Article | None = None
    next: Article | None = None


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What an article page says of other pages."""

    source: str
    """File of the page, relative to the seeds folder."""
    page_number: str
    """Number of the newspaper's page; empty where it is not known."""
    on_page: Neighbours
    in_parks: tuple[tuple[Tag, Neighbours], ...]
    """For each park that the article is about: the articles before (older) and after (newer) it there."""
    related: tuple[Related, ...]
    known_authors: frozenset[str] = frozenset()
    """Those of its authors that have a page of their own."""


@dataclass(frozen=True, slots=True)
class Archive:
    """All that the site shows, in its order."""

    splits: tuple[PageSplit, ...]
    """By stem."""
    articles: tuple[Article, ...]
    """Newest first; those without a date last."""
    parks: Mapping[str, Park]
    industries: Mapping[str, Subject]
    topics: Mapping[str, Subject]
    places: Mapping[Facet, Mapping[str, Place]]
    """Only those with articles, most articles first. Industries count what their children have."""
    years: Mapping[str, tuple[Article, ...]]
    """Newest year first; the key is empty for articles without a date."""
    newspapers: Mapping[str, tuple[Article, ...]]
    authors: Mapping[str, tuple[Article, ...]]
    """Those with a page of their own, most articles first."""
    contexts: Mapping[str, ArticleContext]
    """By article id."""
    entries: Entries


def archive_of(
    splits: Iterable[PageSplit],
    parks: Mapping[str, Park],
    industries: Mapping[str, Subject],
    topics: Mapping[str, Subject],
) -> Archive:
    """The archive of these pages. The order of the pages makes no difference."""
    pages = tuple(sorted(splits, key=lambda split: split.page.stem))
    articles = newest_first(article for split in pages for article in split.articles)
    places = _places(articles, parks, {**industries, **topics})
    authors = _largest_first(_grouped(articles, authors_of))
    known = {name: mine for name, mine in authors.items() if len(mine) >= AUTHOR_PAGE_FROM}
    return Archive(
        splits=pages,
        articles=articles,
        parks=parks,
        industries=industries,
        topics=topics,
        places=places,
        years=_years(articles),
        newspapers=_largest_first(_grouped(articles, lambda a: (a.newspaper.name,))),
        authors=known,
        contexts=_contexts(pages, articles, places[Facet.PARK], frozenset(known)),
        entries={article.id: entry(article) for article in articles},
    )


def newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    """Articles by date, newest first, then in the order given; those without a date last."""
    return tuple(sorted(articles, key=lambda a: a.date.earliest or date.min, reverse=True))


def ancestors(name: str, subjects: Mapping[str, Subject]) -> tuple[str, ...]:
    """The parents of a subject, nearest first; a circle in the authority file ends the walk."""
    found: list[str] = []
    while (subject := subjects.get(name)) and subject.parent in subjects and subject.parent not in found:
        name = subject.parent
        found.append(name)
    return tuple(found)


def with_broader(article: Article, subjects: Mapping[str, Subject]) -> Article:
    """The article with the parents of its subjects as tags too: a search for one then finds what its hub holds."""
    tags = {(tag.facet, tag.id): tag for tag in article.tags}
    for tag in article.tags:
        for name in ancestors(tag.id, subjects) if tag.about else ():
            known = tags.get((tag.facet, name))
            if known is None or not known.about:
                tags[tag.facet, name] = Tag(tag.facet, name, subjects[name].name, about=True)
    return replace(article, tags=tuple(tags.values()))


def _places(
    articles: Sequence[Article], parks: Mapping[str, Park], subjects: Mapping[str, Subject]
) -> Mapping[Facet, Mapping[str, Place]]:
    labels: dict[Facet, dict[str, str]] = {facet: {} for facet in Facet}
    about: dict[tuple[Facet, str], dict[str, Article]] = defaultdict(dict)
    mentioned: dict[tuple[Facet, str], dict[str, Article]] = defaultdict(dict)
    for article in articles:
        for tag in article.tags:
            for name in (tag.id, *ancestors(tag.id, subjects)):
                labels[tag.facet].setdefault(name, _label(name, tag, parks, subjects))
                (about if tag.about else mentioned)[tag.facet, name].setdefault(article.id, article)
    found: dict[Facet, dict[str, Place]] = {}
    for facet in Facet:
        rows = []
        for name, label in labels[facet].items():
            mine = about.get((facet, name), {})
            others = [a for a in mentioned.get((facet, name), {}).values() if a.id not in mine]
            rows.append(Place(facet, name, label, tuple(mine.values()), tuple(others)))
        rows.sort(key=lambda place: (-len(place.about), -len(place.mentioned), place.id))
        found[facet] = {place.id: place for place in rows}
    return found


def _label(name: str, tag: Tag, parks: Mapping[str, Park], subjects: Mapping[str, Subject]) -> str:
    if tag.facet is Facet.PARK and name in parks:
        return parks[name].short or parks[name].name
    if name in subjects:
        return subjects[name].name
    return tag.label or name


def _years(articles: Sequence[Article]) -> Mapping[str, tuple[Article, ...]]:
    return dict(sorted(_grouped(articles, lambda a: (a.date.year,)).items(), reverse=True))


def _grouped(articles: Sequence[Article], names: Callable[[Article], Sequence[str]]) -> dict[str, tuple[Article, ...]]:
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        for name in names(article):
            groups[name].append(article)
    return {name: tuple(group) for name, group in groups.items()}


def _largest_first(groups: Mapping[str, tuple[Article, ...]]) -> Mapping[str, tuple[Article, ...]]:
    return dict(sorted(groups.items(), key=lambda item: (-len(item[1]), item[0])))


def _contexts(
    pages: Sequence[PageSplit], articles: Sequence[Article], parks: Mapping[str, Place], authors: frozenset[str]
) -> Mapping[str, ArticleContext]:
    in_parks: dict[str, list[tuple[Tag, Neighbours]]] = defaultdict(list)
    around = {
        (place.id, article.id): found
        for place in parks.values()
        for article, found in _neighbours(tuple(reversed(place.about)))
    }
    for article in articles:
        for tag in article.tagged(Facet.PARK):
            found = around[tag.id, article.id]
            if found.previous or found.next:
                in_parks[article.id].append((tag, found))
    related = nearest(articles)
    return {
        article.id: ArticleContext(
            split.page.source,
            page_number(split),
            on_page,
            tuple(in_parks[article.id]),
            related.get(article.id, ()),
            authors.intersection(authors_of(article)),
        )
        for split in pages
        for article, on_page in _neighbours(split.articles)
    }


def _neighbours(articles: Sequence[Article]) -> Iterable[tuple[Article, Neighbours]]:
    for at, article in enumerate(articles):
        before = articles[at - 1] if at else None
        after = articles[at + 1] if at + 1 < len(articles) else None
        yield article, Neighbours(before, after)
