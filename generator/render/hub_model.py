"""What a hub is, before it is rendered: the pages of a park, an industry, a year … and the links on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.model import Article


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page of the site with how many articles are there."""

    label: str
    url: str = ""
    """Empty: no page."""
    count: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Hub:
    """What a hub shows."""

    folder: str
    title: str
    kind: str
    """The glossary's key of the directory it belongs to."""
    articles: tuple[Article, ...]
    """Newest first."""
    mentioned: tuple[Article, ...] = ()
    facts: tuple[tuple[str, str | Link], ...] = ()
    """(term, value)."""
    rows: tuple[tuple[str, tuple[Link, ...]], ...] = ()
    """(heading, links): industries, neighbours, children …; empty rows are left out."""
    filters: Mapping[str, str] = field(default_factory=dict)
    """The state of the search page that shows the same articles."""
    feed: bool = False
    by_year: bool = True
    """False where all are of one year anyway."""


def link_meta(link: Link) -> dict[str, object]:
    """A link as front matter; what is empty is left out."""
    found = {"label": link.label, "url": link.url, "count": link.count, "note": link.note}
    return {key: value for key, value in found.items() if value not in ("", None)}
