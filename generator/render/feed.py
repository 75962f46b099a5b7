"""Feeds: RSS 2.0 and JSON Feed 1.1 of the newest articles of a list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from generator.model import Article, Precision, SiteFile
from generator.render.channels import Channel
from generator.render.glossary import WORDS, say
from generator.render.markup import clean
from generator.render.phrases import authors_of, date_words, lead, title_of
from generator.render.urls import article_url

ITEMS = 50
SUMMARY_CHARS = 240
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def feed(channel: Channel, site_url: str) -> Iterator[SiteFile]:
    """The feed files of a channel. Addresses are absolute under site_url, as readers of feeds need them."""
    yield SiteFile(channel.path, _rss(channel, site_url).encode())
    if channel.json_path:
        yield SiteFile(channel.json_path, _json(channel, site_url).encode())


def _rss(channel: Channel, site_url: str) -> str:
    home = urljoin(site_url, channel.folder_url)
    items = "".join(_item(article, site_url) for article in channel.articles[:ITEMS])
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dc="http://purl.org/dc/elements/1.1/">\n'
        "<channel>\n"
        f"<title>{_xml(_title(channel))}</title>\n<link>{_xml(home)}</link>\n"
        f"<description>{_xml(say('feed_description', name=channel.title))}</description>\n<language>zh-cn</language>\n"
        f'<atom:link href={quoteattr(urljoin(site_url, channel.path))} rel="self" type="application/rss+xml"/>\n'
        f"{items}</channel>\n</rss>\n"
    )


def _item(article: Article, site_url: str) -> str:
    link = _xml(urljoin(site_url, article_url(article.id)))
    rows = [f"<title>{_xml(title_of(article))}</title>", f"<link>{link}</link>"]
    rows.append(f'<guid isPermaLink="false">{_xml(article.id)}</guid>')
    rows.append(f"<description>{_xml(_summary(article))}</description>")
    rows += [f"<dc:creator>{_xml(name)}</dc:creator>" for name in authors_of(article)]
    rows += [f"<category>{_xml(tag.label)}</category>" for tag in article.tags if tag.about]
    if article.date.precision is Precision.DAY and article.date.earliest:
        rows.append(f"<pubDate>{_rfc822(article.date.earliest)}</pubDate>")
    return "<item>\n" + "\n".join(rows) + "\n</item>\n"


def _json(channel: Channel, site_url: str) -> str:
    items = []
    for article in channel.articles[:ITEMS]:
        item: dict[str, object] = {
            "id": article.id,
            "url": urljoin(site_url, article_url(article.id)),
            "title": title_of(article),
            "content_text": _summary(article) or title_of(article),
            "tags": [tag.label for tag in article.tags if tag.about],
            "authors": [{"name": name} for name in authors_of(article)],
        }
        if article.date.precision is Precision.DAY:
            item["date_published"] = f"{article.date.value}T00:00:00+08:00"
        items.append({key: value for key, value in item.items() if value})
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(channel),
        "home_page_url": urljoin(site_url, channel.folder_url),
        "feed_url": urljoin(site_url, channel.json_path),
        "language": "zh-CN",
        "items": items,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _title(channel: Channel) -> str:
    return WORDS["site_name"] if not channel.folder_url else f"{channel.title} - {WORDS['site_name']}"


def _summary(article: Article) -> str:
    """Where and when it was printed, then its first words: a feed reader shows no more."""
    where = " ".join(part for part in (clean(article.newspaper.name), date_words(article.date)) if part)
    return f"{where}｜{lead(article, SUMMARY_CHARS)}"


def _xml(text: str) -> str:
    return escape(clean(text))


def _rfc822(day: date) -> str:
    """Midnight in China of that day; locale plays no part."""
    return f"{_DAYS[day.weekday()]}, {day.day:02d} {_MONTHS[day.month - 1]} {day.year:04d} 00:00:00 +0800"
