"""Which lists of articles can be subscribed to: all, each park, each industry."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Article, Facet
from generator.render.context import Archive
from generator.render.glossary import WORDS
from generator.render.urls import facet_folder, url_of


@dataclass(frozen=True, slots=True)
class Channel:
    """A list of articles that can be subscribed to."""

    title: str
    folder_url: str
    """The page it belongs to, relative to the root of the site; empty for the whole site."""
    path: str
    """Where its RSS file stands under docs/."""
    articles: Sequence[Article]
    """Newest first."""
    json_path: str = ""
    """Where its JSON Feed stands; empty: none."""


def channels_of(archive: Archive) -> Iterator[Channel]:
    """The channels of the archive. Those of a park or an industry hold what is about it."""
    yield Channel(WORDS["feed_all"], "", "feed.xml", archive.articles, "feed.json")
    for facet in (Facet.PARK, Facet.INDUSTRY):
        for place in archive.places[facet].values():
            folder = facet_folder(facet, place.id)
            url = url_of(folder)
            yield Channel(place.label, url, f"{folder}/feed.xml", place.about, f"{folder}/feed.json")
