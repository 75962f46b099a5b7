"""Lists of articles as hubs, the home page and the quality page show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from generator.model import Article, Facet, Kind
from generator.render.glossary import WORDS
from generator.render.markup import Ready, packed
from generator.render.phrases import LISTED_CHARS, date_words, lead, shorten, title_of
from generator.render.urls import article_url, facet_folder, url_of

KINDS = {Kind.ARTICLE: "", Kind.BRIEF: WORDS["kind_brief"], Kind.PHOTO: WORDS["kind_photo"]}
_PARKS_SHOWN = 2

Entry = Ready
"""URL, title, date, newspaper, kind, lead, then label and URL of each tag, packed."""
Entries = Mapping[str, Entry]
"""By article id: an article stands in ten lists and its entry is made once."""


def entry(article: Article, title: str = "") -> Entry:
    """What a list shows of an article; `title` where it is to be shown otherwise than it is."""
    shown = (*article.tagged(Facet.PARK)[:_PARKS_SHOWN], *article.tagged(Facet.INDUSTRY)[:1])
    tags = chain.from_iterable((tag.label, url_of(facet_folder(tag.facet, tag.id))) for tag in shown)
    facts = (date_words(article.date), article.newspaper.name, KINDS[article.kind])
    return packed(
        article_url(article.id), title or shorten(title_of(article), LISTED_CHARS), *facts, lead(article), *tags
    )


def grouped(articles: Iterable[Article], names: Sequence[str], entries: Entries) -> list[dict[str, object]]:
    """The articles as entries under their group's name; equal names that touch make one group."""
    groups: list[dict[str, object]] = []
    group: list[Entry] = []
    for article, name in zip(articles, names, strict=True):
        if not groups or groups[-1]["name"] != name:
            group = []
            groups.append({"name": name, "entries": group})
        group.append(entries[article.id])
    return groups
