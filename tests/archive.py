"""The site of a folder of source files, as `make site` builds it, and one page of each kind that is on it."""

from __future__ import annotations

from pathlib import Path

from generator.cli import main
from tests.render.built import ORIGIN, ROOT, mkdocs_site, with_about

SAMPLES = ROOT / "seeds"
SHARED = ROOT.parent / "shared"
SEARCHES = {"search/?q=…": "search/?q=园区", "search/?q=nothing": "search/?q=查无此词查无此词"}
"""The search page is three: before a query, with results, and with none."""


def archive_site(seeds: Path, place: Path, origin: str = ORIGIN) -> Path:
    """Build the site of a folder of source files below `place`; returns the site's folder."""
    with_about(place)
    arguments = ["--docs", str(place / "docs"), "--cache", str(place / "cache"), "--site-url", origin]
    assert main(["build", str(seeds), *arguments]) == 0
    return mkdocs_site(place, origin)


def page_kinds(site: Path) -> dict[str, str]:
    """The URL below the root of one page of each kind, the one with most to show; `parks/*/` is the kind of every park.

    Kinds are read off the site, so that a new kind of page is looked at without a word here.
    """
    largest: dict[str, tuple[int, str]] = {}
    for path in sorted(site.rglob("*.html")):
        url = path.relative_to(site).as_posix().removesuffix("index.html")
        first, *more = url.split("/")
        kind = "/".join([first, *("*" if part else "" for part in more)])
        largest[kind] = max(largest.get(kind, (0, "")), (path.stat().st_size, url))
    return {kind: url for kind, (_, url) in largest.items()} | SEARCHES
