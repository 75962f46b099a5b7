"""A hub: all articles of a park, an industry, a topic, a province, a year, a newspaper or an author, in leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.model import Article, SiteFile
from generator.render.entries import Entries, grouped
from generator.render.glossary import WORDS, say
from generator.render.hub_model import Hub, Link, link_meta
from generator.render.markup import document
from generator.render.paging import leaf, leaf_path, leaves_of, pages_meta
from generator.render.urls import search_url, url_of, year_folder


def hub(hub: Hub, entries: Entries) -> Iterator[SiteFile]:
    """The pages of a hub: FOLDER/index.md, FOLDER/2.md …"""
    articles = (*hub.articles, *hub.mentioned)
    names = [*(_group(a, hub) for a in hub.articles), *[WORDS["mentioned_group"]] * len(hub.mentioned)]
    pages = leaves_of(len(articles))
    for number in range(1, pages + 1):
        part = leaf(number)
        meta: dict[str, object] = {
            "template": "hub.html",
            "title": hub.title,
            "page_words": say("page_of", page=number, pages=pages) if number > 1 else "",
            "description": _description(hub),
            "kind": WORDS[hub.kind],
            "kind_url": f"{hub.kind}/",
            "count": len(hub.articles),
            "mentioned": len(hub.mentioned),
            "feed": f"{url_of(hub.folder)}feed.xml" if hub.feed else "",
            "search": search_url(**hub.filters) if hub.filters and hub.articles else "",
            "groups": grouped(articles[part], names[part], entries),
            "pages": pages_meta(hub.folder, number, pages),
        }
        if number == 1:
            meta["facts"] = [
                {"term": term, "value": link_meta(value) if isinstance(value, Link) else {"label": value}}
                for term, value in hub.facts
                if value
            ]
            meta["years"] = _years(hub)
            meta["rows"] = [
                {"name": name, "links": [link_meta(link) for link in links]} for name, links in hub.rows if links
            ]
        yield SiteFile(leaf_path(hub.folder, number), document(meta, ""))


def _group(article: Article, hub: Hub) -> str:
    year = article.date.year
    if not year:
        return WORDS["undated_group"]
    return say("year_value", year=year) if hub.by_year else ""


def _description(hub: Hub) -> str:
    return f"{hub.title}：{say('count_articles', n=len(hub.articles))}{WORDS['articles']}。{WORDS['site_line']}。"


def _years(hub: Hub) -> list[dict[str, object]]:
    """Articles a year, gaps included, so that the bars keep their distances; empty for a single year."""
    counts = Counter(article.date.year for article in hub.articles if article.date.year)
    if len(counts) < 2:
        return []
    most = max(counts.values())
    return [
        {
            "year": str(year),
            "count": counts[str(year)],
            "height": round(100 * counts[str(year)] / most),
            "url": _year_url(hub, str(year)) if counts[str(year)] else "",
        }
        for year in range(int(min(counts)), int(max(counts)) + 1)
    ]


def _year_url(hub: Hub, year: str) -> str:
    """Where the articles of one year of the hub are listed; empty where no search can say so."""
    if hub.filters:
        return search_url(**hub.filters, year=year)
    return url_of(year_folder(year)) if hub.kind == "articles" else ""
