"""Lists of articles as hubs, the home page and the quality page show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model import Article, Facet, Kind
from generator.render.glossary import WORDS
from generator.render.phrases import date_words, lead, title_of
from generator.render.urls import article_url, facet_folder, url_of

KINDS = {Kind.ARTICLE: "", Kind.BRIEF: WORDS["kind_brief"], Kind.PHOTO: WORDS["kind_photo"]}
_TAGS_SHOWN = 3


def entry(article: Article) -> dict[str, object]:
    """What a list shows of an article."""
    shown = (*article.tagged(Facet.PARK)[:_TAGS_SHOWN], *article.tagged(Facet.INDUSTRY)[:1])
    found: dict[str, object] = {
        "title": title_of(article),
        "url": article_url(article.id),
        "date": date_words(article.date),
        "newspaper": article.newspaper.name,
        "kind": KINDS[article.kind],
        "lead": lead(article),
        "tags": [{"label": tag.label, "url": url_of(facet_folder(tag.facet, tag.id))} for tag in shown],
    }
    return {key: value for key, value in found.items() if value}


def grouped(articles: Iterable[Article], names: Sequence[str]) -> list[dict[str, object]]:
    """The articles as entries under their group's name; equal names that touch make one group."""
    groups: list[dict[str, object]] = []
    entries: list[dict[str, object]] = []
    for article, name in zip(articles, names, strict=True):
        if not groups or groups[-1]["name"] != name:
            entries = []
            groups.append({"name": name, "entries": entries})
        entries.append(entry(article))
    return groups
