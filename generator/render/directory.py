"""The index page of each kind of hub: all parks by province and kind, all industries as a tree, all years …"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from generator.model import Facet, Park, SiteFile, Subject
from generator.render.context import AUTHOR_PAGE_FROM, Archive, Place
from generator.render.glossary import WORDS, say
from generator.render.hub_model import Link, link_meta
from generator.render.hubs import place_link
from generator.render.markup import document
from generator.render.paging import leaf, leaf_path, leaves_of, pages_meta
from generator.render.phrases import date_words
from generator.render.pictures import coverage, industry_by_year, province_tiles
from generator.render.urls import author_folder, newspaper_folder, source_folder, url_of, year_folder

FILTER_FROM = 20
"""Shorter lists need no filter field."""


def directory(archive: Archive) -> Iterator[SiteFile]:
    """The index pages: FOLDER/index.md, always there even when the archive is empty; long ones in pages."""
    places = archive.places
    yield _page("parks", _parks(archive), filtered=bool(places[Facet.PARK]), views=_views(archive))
    yield _page("industries", _tree(places[Facet.INDUSTRY], archive.industries))
    yield _page("topics", _tree(places[Facet.TOPIC], archive.topics))
    provinces = [(link, "") for link in map(place_link, places[Facet.PROVINCE].values())]
    yield _page("provinces", [{"items": _items(provinces)}], tiles=province_tiles(archive))
    years = [
        (Link(say("year_value", year=year), url_of(year_folder(year)), len(articles)), "")
        for year, articles in archive.years.items()
        if year
    ]
    undated = archive.years.get("", ())
    if undated:
        years.append((Link(WORDS["undated"], "", len(undated)), ""))
    yield _page("years", [{"items": _items(years)}], tables=[coverage(archive), industry_by_year(archive)])
    papers = [
        (Link(name or WORDS["unknown_newspaper"], url_of(newspaper_folder(name)) if name else "", len(articles)), "")
        for name, articles in archive.newspapers.items()
    ]
    yield _page("newspapers", [{"items": _items(papers)}])
    authors = [
        (Link(name, url_of(author_folder(name)), len(articles)), "") for name, articles in archive.authors.items()
    ]
    yield from _paged("authors", authors, intro=say("authors_intro", n=AUTHOR_PAGE_FROM))
    sources = [
        (
            Link(
                split.page.source,
                url_of(source_folder(split.page.stem)),
                len(split.articles),
                " ".join(filter(None, (split.newspaper.name, date_words(split.date)))),
            ),
            "",
        )
        for split in archive.splits
    ]
    yield from _paged("sources", sources)


def _page(kind: str, sections: Sequence[object], **more: object) -> SiteFile:
    """An index page on one leaf."""
    return SiteFile(f"{kind}/index.md", document(_meta(kind, sections, more), ""))


def _paged(kind: str, rows: Sequence[tuple[Link, str]], intro: str = "") -> Iterator[SiteFile]:
    """An index in leaves of at most a hundred items."""
    leaves = leaves_of(len(rows))
    for number in range(1, leaves + 1):
        more = {
            "intro": intro,
            "pages": pages_meta(kind, number, leaves),
            "filtered": leaves == 1 and len(rows) > FILTER_FROM,
        }
        meta = _meta(kind, [{"items": _items(rows[leaf(number)])}], more)
        yield SiteFile(leaf_path(kind, number), document(meta, ""))


def _meta(kind: str, sections: Sequence[object], more: Mapping[str, object]) -> dict[str, object]:
    return {
        "template": "directory.html",
        "title": WORDS[kind],
        "description": f"{WORDS[kind]}。{WORDS['site_line']}。",
        "kind": kind,
        "sections": sections,
        **more,
    }


def _items(rows: Sequence[tuple[Link, str]]) -> list[dict[str, object]]:
    """Links with the further words that the filter field finds them by."""
    return [{**link_meta(link), **({"also": also} if also else {})} for link, also in rows]


def _parks(archive: Archive) -> list[dict[str, object]]:
    """Parks with articles by province; how many more the authority file knows there."""
    held = archive.places[Facet.PARK]
    provinces: dict[str, list[tuple[Link, str]]] = {}
    silent: dict[str, int] = {}
    for place in held.values():
        park = archive.parks.get(place.id)
        name = (park.province or park.kind if park else "") or WORDS["other_province"]  # parks abroad have no province
        provinces.setdefault(name, []).append((_park_link(place, park), _also(park)))
    for park in archive.parks.values():
        if park.id not in held:
            silent[park.province] = silent.get(park.province, 0) + 1
    order = sorted(provinces, key=lambda name: (-sum(link.count or 0 for link, _ in provinces[name]), name))
    sections: list[dict[str, object]] = [
        {
            "name": name,
            "items": _items(provinces[name]),
            "note": say("more_parks", n=silent[name]) if silent.get(name) else "",
        }
        for name in order
    ]
    rest = sum(number for name, number in silent.items() if name not in provinces)
    if rest:
        sections.append({"name": "", "items": [], "note": say("more_parks_elsewhere", n=rest)})
    return sections


def _park_link(place: Place, park: Park | None) -> Link:
    link = place_link(place)
    return replace(link, note=park.kind if park else "")


def _also(park: Park | None) -> str:
    return " ".join((park.name, *park.aliases, park.city, park.kind)) if park else ""


def _views(archive: Archive) -> list[dict[str, object]]:
    """The kinds of parks with their numbers, for the filter buttons above the list."""
    kinds: dict[str, int] = {}
    for place in archive.places[Facet.PARK].values():
        park = archive.parks.get(place.id)
        kind = (park.kind if park else "") or WORDS["other_kind"]
        kinds[kind] = kinds.get(kind, 0) + 1
    return [
        {"name": kind, "count": number} for kind, number in sorted(kinds.items(), key=lambda row: (-row[1], row[0]))
    ]


def _tree(held: Mapping[str, Place], subjects: Mapping[str, Subject]) -> list[dict[str, object]]:
    """Top subjects with articles, each with its children; those without a parent that is held stand alone."""
    children: dict[str, list[Place]] = {}
    tops: list[Place] = []
    for place in held.values():
        parent = subjects[place.id].parent if place.id in subjects else ""
        if parent in held:
            children.setdefault(parent, []).append(place)
        else:
            tops.append(place)
    lone = [place for place in tops if place.id not in children]
    sections: list[dict[str, object]] = [
        {
            "name": place.label,
            "url": place_link(place).url,
            **({"count": len(place.about)} if place.about else {"note": place_link(place).note}),
            "items": _items([(place_link(child), "") for child in children[place.id]]),
        }
        for place in tops
        if place.id in children
    ]
    if lone:
        name = WORDS["other_subjects"] if sections else ""
        sections.append({"name": name, "items": _items([(place_link(place), "") for place in lone])})
    return sections
