"""The home page: what this is, what is new, parks and industries at a glance."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Facet, SiteFile
from generator.render.choice import featured
from generator.render.context import Archive, Place
from generator.render.entries import entry
from generator.render.glossary import WORDS
from generator.render.headline import broken_title
from generator.render.hub_model import link_meta
from generator.render.hubs import place_link
from generator.render.markup import document
from generator.render.phrases import LISTED_CHARS, shorten
from generator.render.pictures import province_tiles, top_industries

NEWEST = 8
PARKS = 24
INDUSTRIES = 16
TOPICS = 16


def home(archive: Archive) -> SiteFile:
    """The home page, index.md."""
    held = archive.places
    years = sum(bool(year) for year in archive.years)
    numbers = (
        ("number_articles", len(archive.articles), "articles/"),
        ("number_parks", sum(bool(p.about) for p in held[Facet.PARK].values()), "parks/"),
        ("number_sources", len(archive.splits), "sources/"),
        ("number_newspapers", sum(bool(name) for name in archive.newspapers), "newspapers/"),
        ("number_years", years, "years/"),
    )
    glances = (
        ("parks", "all_parks", _largest(held[Facet.PARK].values(), PARKS)),
        ("industries", "all_industries", _largest(top_industries(archive), INDUSTRIES)),
        ("topics", "all_topics", _largest(held[Facet.TOPIC].values(), TOPICS)),
    )
    meta = {
        "template": "home.html",
        "title": WORDS["site_name"],
        "description": WORDS["home_intro"],
        "numbers": [{"count": count, "name": WORDS[key], "url": url} for key, count, url in numbers if count],
        "featured": [
            entry(article, shorten(broken_title(article), 2 * LISTED_CHARS)) for article in featured(archive.articles)
        ],
        "newest": [archive.entries[article.id] for article in archive.articles[:NEWEST]],
        "glances": [
            {
                "name": WORDS[kind],
                "url": f"{kind}/",
                "all": WORDS[word],
                "links": [link_meta(place_link(place)) for place in places],
            }
            for kind, word, places in glances
            if places
        ],
        "tiles": province_tiles(archive),
    }
    return SiteFile("index.md", document(meta, ""))


def _largest(places: Iterable[Place], limit: int) -> list[Place]:
    """The places with most articles; those only mentioned are left to the directories."""
    return [place for place in places if place.about][:limit]
