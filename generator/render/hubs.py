"""Which hubs the archive has, and what each of them tells beside its articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from math import asin, cos, radians, sin, sqrt

from generator.model import Article, Facet, Park, Subject
from generator.render.context import Archive, Place
from generator.render.glossary import WORDS, say
from generator.render.hub_model import Hub, Link
from generator.render.provenance import note_words, source_words
from generator.render.urls import (
    author_folder,
    facet_folder,
    newspaper_folder,
    url_of,
    year_folder,
)

NEIGHBOURS = 8
NEIGHBOUR_KM = 300
CHIPS = 16
EARTH_KM = 6371.0


def hubs_of(archive: Archive) -> Iterator[Hub]:
    """All hubs of the archive, each once."""
    yield Hub("articles", WORDS["all_articles"], "articles", archive.articles)
    yield from _parks(archive)
    yield from _subjects(archive, Facet.INDUSTRY, archive.industries)
    yield from _subjects(archive, Facet.TOPIC, archive.topics)
    for place in archive.places[Facet.PROVINCE].values():
        rows = _rows(archive, place.about, (Facet.PARK, Facet.INDUSTRY, Facet.TOPIC))
        yield _place_hub(place, "provinces", (), rows, feed=False)
    for year, articles in archive.years.items():
        if year:
            rows = _rows(archive, articles, (Facet.PARK, Facet.INDUSTRY, Facet.TOPIC, Facet.PROVINCE))
            title = say("year_value", year=year)
            yield Hub(year_folder(year), title, "years", articles, rows=rows, filters={"year": year}, by_year=False)
    for name, articles in archive.newspapers.items():
        if name:
            rows = _rows(archive, articles, (Facet.PARK, Facet.INDUSTRY, Facet.TOPIC, Facet.PROVINCE))
            yield Hub(newspaper_folder(name), name, "newspapers", articles, rows=rows, filters={"paper": name})
    for name, articles in archive.authors.items():
        rows = _rows(archive, articles, (Facet.PARK, Facet.INDUSTRY, Facet.TOPIC))
        yield Hub(author_folder(name), name, "authors", articles, rows=rows)


def place_link(place: Place) -> Link:
    """The link to a place's hub; one that is only mentioned says so instead of counting nothing."""
    url = url_of(facet_folder(place.facet, place.id))
    if place.about:
        return Link(place.label, url, len(place.about))
    return Link(place.label, url, note=say("mentioned_times", n=len(place.mentioned)))


def _place_hub(
    place: Place,
    kind: str,
    facts: tuple[tuple[str, str | Link], ...],
    rows: tuple[tuple[str, tuple[Link, ...]], ...],
    *,
    feed: bool,
) -> Hub:
    return Hub(
        facet_folder(place.facet, place.id),
        place.label,
        kind,
        place.about,
        place.mentioned,
        facts,
        rows,
        {place.facet.value: place.id},
        feed,
    )


def _parks(archive: Archive) -> Iterator[Hub]:
    held = archive.places[Facet.PARK]
    children: dict[str, list[str]] = {}
    for park in archive.parks.values():
        children.setdefault(park.parent, []).append(park.id)
    for place in held.values():
        known = archive.parks.get(place.id)
        facts = _park_facts(known, archive) if known else ()
        rows = _rows(archive, place.about, (Facet.INDUSTRY, Facet.TOPIC))
        if known:
            inside = tuple(place_link(held[name]) for name in children.get(known.id, ()) if name in held)
            rows = (*rows, (WORDS["narrower"], inside), (WORDS["neighbours"], _near(known, archive)))
        rows = (*rows, (WORDS["together"], _together(place, archive)))
        yield _place_hub(place, "parks", facts, rows, feed=True)


def _park_facts(park: Park, archive: Archive) -> tuple[tuple[str, str | Link], ...]:
    parent = archive.parks.get(park.parent)
    held = archive.places[Facet.PARK].get(park.parent)
    province = archive.places[Facet.PROVINCE].get(park.province)
    where = park.province if park.city in ("", park.province) else f"{park.province} {park.city}"
    facts: list[tuple[str, str | Link]] = [
        (WORDS["fact_name"], park.name),
        (WORDS["fact_kind"], park.kind),
        (WORDS["fact_place"], Link(where, place_link(province).url) if province else where),
        (WORDS["fact_year"], say("year_value", year=park.year) if park.year else ""),
        (WORDS["fact_parent"], place_link(held) if held else parent.name if parent else ""),
        (WORDS["fact_aliases"], WORDS["list_separator"].join(_names(park))),
        (WORDS["fact_source"], source_words(park.source)),
        (WORDS["fact_note"], note_words(park.note)),
    ]
    return tuple((term, value) for term, value in facts if value)


def _names(park: Park) -> Iterator[str]:
    """Its other names, with the years in which it bore them where the authority file knows them."""
    years = {dated.name: dated for dated in park.dated_names}
    for name in park.aliases:
        since, until = (years[name].since, years[name].until) if name in years else (None, None)
        if since and until:
            yield say("name_between", name=name, a=since, b=until)
        elif since or until:
            yield say("name_since", name=name, a=since) if since else say("name_until", name=name, b=until)
        else:
            yield name


def _near(park: Park, archive: Archive) -> tuple[Link, ...]:
    """The nearest parks with articles; the authority's coordinates are those of the city or district.

    What lies in it or around it stands under other headings.
    """
    rows = []
    for place in archive.places[Facet.PARK].values():
        other = archive.parks.get(place.id)
        if other is None or park.id in {other.id, other.parent} or park.parent == other.id:
            continue
        away = kilometres(park, other)
        if away is not None and away <= NEIGHBOUR_KM:
            rows.append((away, place.id, place))
    return tuple(
        replace(place_link(place), note=_distance(away))
        for away, _, place in sorted(rows, key=lambda row: row[:2])[:NEIGHBOURS]
    )


def _together(place: Place, archive: Archive) -> tuple[Link, ...]:
    """The parks most often named in the articles that name this one, with the number of those articles."""
    held = archive.places[Facet.PARK]
    articles = (*place.about, *place.mentioned)
    counts = Counter(tag.id for article in articles for tag in article.tags if tag.facet is Facet.PARK)
    del counts[place.id]
    best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CHIPS]
    return tuple(Link(held[name].label, place_link(held[name]).url, count) for name, count in best)


def _distance(away: float) -> str:
    return say("distance", km=round(away)) if away >= 1 else WORDS["same_city"]


def kilometres(one: Park, other: Park) -> float | None:
    """Great-circle distance; None where a place is not known."""
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return None
    a, b, c, d = (radians(value or 0.0) for value in (one.latitude, one.longitude, other.latitude, other.longitude))
    half = sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _subjects(archive: Archive, facet: Facet, subjects: Mapping[str, Subject]) -> Iterator[Hub]:
    kind = {Facet.INDUSTRY: "industries", Facet.TOPIC: "topics"}[facet]
    others = (Facet.PARK, Facet.TOPIC if facet is Facet.INDUSTRY else Facet.INDUSTRY, Facet.PROVINCE)
    held = archive.places[facet]
    for place in held.values():
        subject = subjects.get(place.id)
        facts: tuple[tuple[str, str | Link], ...] = ()
        rows = _rows(archive, place.about, others)
        if subject:
            parent = held.get(subject.parent)
            facts = (
                (WORDS["broader"], place_link(parent) if parent else ""),
                (WORDS["fact_definition"], subject.definition),
                (WORDS["fact_codes"], _codes(subject)),
            )
            narrower = tuple(place_link(other) for other in held.values() if _parent(other.id, subjects) == subject.id)
            beside = tuple(
                place_link(other)
                for other in held.values()
                if subject.parent and other.id != subject.id and _parent(other.id, subjects) == subject.parent
            )
            rows = ((WORDS["narrower"], narrower), (WORDS["siblings"], beside), *rows)
        yield _place_hub(place, kind, facts, rows, feed=facet is Facet.INDUSTRY)


def _codes(subject: Subject) -> str:
    return say("codes_value", codes=WORDS["list_separator"].join(subject.codes)) if subject.codes else ""


def _parent(name: str, subjects: Mapping[str, Subject]) -> str:
    return subjects[name].parent if name in subjects else ""


ROW_NAMES = {
    Facet.PARK: WORDS["related_parks"],
    Facet.INDUSTRY: WORDS["related_industries"],
    Facet.TOPIC: WORDS["related_topics"],
    Facet.PROVINCE: WORDS["related_provinces"],
}


def _rows(
    archive: Archive, articles: tuple[Article, ...], facets: tuple[Facet, ...]
) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """For each facet the tags that these articles bear most often, with how many of these articles bear them."""
    rows = []
    for facet in facets:
        counts = Counter(name for a in articles for name in {tag.id for tag in a.tagged(facet)})
        held = archive.places[facet]
        best = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:CHIPS]
        links = tuple(Link(held[name].label, place_link(held[name]).url, count) for name, count in best)
        rows.append((ROW_NAMES[facet], links))
    return tuple(rows)
