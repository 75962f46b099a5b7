"""The story on one page: a source page to its articles, and all articles to the files of the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from generator.articles.assemble import assemble
from generator.articles.correct import correct, correct_lines, correct_texts, correct_threads
from generator.articles.credit import credit
from generator.articles.date import date
from generator.articles.judge import worth
from generator.articles.tag import tag
from generator.authority import Authority
from generator.model import Corrections, Facet, Page, PageSplit, Park, SiteFile, Subject
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch
from generator.render.article import article
from generator.render.channels import channels_of
from generator.render.context import archive_of, with_broader
from generator.render.directory import directory
from generator.render.export import export
from generator.render.feed import feed
from generator.render.home import home
from generator.render.hub import hub
from generator.render.hubs import hubs_of
from generator.render.network import network
from generator.render.robots import robots
from generator.render.source import source
from generator.render.stats import stats
from generator.search.index import index


def articles_of(page: Page, authority: Authority, corrections: Corrections | None = None) -> PageSplit:
    """A page as the door gives it, taken apart into articles with date, authors and tags.

    The editor's roles are put on before reading order is sought, and once more behind it, since editors win.
    """
    page = correct_lines(classify(normalise(page)), corrections)
    page = correct_threads(stitch(page, worth), corrections)
    split = credit(date(correct_texts(assemble(page), corrections)))
    split = replace(split, articles=tuple(tag(article, authority) for article in split.articles))
    return correct(split, corrections, labels(authority))


def files_of(splits: Iterable[PageSplit], authority: Authority, site_url: str) -> Iterator[SiteFile]:
    """All files of the site, the search index last. What stood on the page before a correction is found as well."""
    held = tuple(map(_without_workings, splits))
    yield from site_of(held, authority.parks, authority.industries, authority.topics, site_url)
    subjects = {**authority.industries, **authority.topics}
    articles = [with_broader(item, subjects) for split in held for item in split.articles]
    yield from index(articles, {a.id: [text for _, text in a.originals if text] for a in articles if a.originals})


def _without_workings(split: PageSplit) -> PageSplit:
    """The page without its blocks and junctions: the site shows articles, and they are half the memory."""
    return replace(split, page=replace(split.page, blocks=(), junctions=(), rivals=()))


def labels(authority: Authority) -> dict[tuple[Facet, str], str]:
    """What readers see of every tag that there is."""
    return {
        **{(Facet.PARK, id_): park.short or park.name for id_, park in authority.parks.items()},
        **{(Facet.INDUSTRY, id_): subject.name for id_, subject in authority.industries.items()},
        **{(Facet.TOPIC, id_): subject.name for id_, subject in authority.topics.items()},
        **{(Facet.PROVINCE, name): name for name in authority.provinces},
    }


def site_of(
    splits: Iterable[PageSplit],
    parks: Mapping[str, Park],
    industries: Mapping[str, Subject],
    topics: Mapping[str, Subject],
    site_url: str = "http://127.0.0.1:8000/",
) -> Iterator[SiteFile]:
    """All files of the site but the search index. Feeds, exports and robots.txt name addresses under site_url."""
    archive = archive_of(splits, parks, industries, topics)
    yield home(archive)
    for split in archive.splits:
        yield source(split)
    for item in archive.articles:
        yield article(item, archive.contexts[item.id])
    for one in hubs_of(archive):
        yield from hub(one, archive.entries)
    yield from directory(archive)
    yield from stats(archive)
    yield network(archive)
    for channel in channels_of(archive):
        yield from feed(channel, site_url)
    yield from export(archive, site_url)
    yield robots(site_url)
