"""An archive of a thousand articles: simulated pages of ../shared where that is there, else invented articles."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from generator import authority
from generator.model import Article, Page, PageSplit
from generator.pipeline import files_of
from tests.archive import SHARED, archive_site
from tests.render.built import mkdocs_site, with_about
from tests.search.newsroom import articles

PAGES = 175
"""Simulated pages of about six articles each."""
ON_A_PAGE = 6
SIMULATOR = SHARED / "bench" / "simulate.py"


def thousand(place: Path, origin: str) -> Path:
    """Build the archive below `place` for the address `origin`; returns the site's folder, place/site."""
    if SIMULATOR.exists():
        told = ["--articles", str(SHARED / "bench" / "articles-dev.jsonl"), "--level", "easy", "--pages", str(PAGES)]
        command = [sys.executable, str(SIMULATOR), *told, "--seed", "5", "--out", str(place / "pages")]
        subprocess.run(command, check=True, capture_output=True)
        return archive_site(place / "pages", place, origin)
    for file in files_of(pages_of(articles(1000)), authority.load(), origin):
        path = place / "docs" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    with_about(place)
    return mkdocs_site(place, origin)


def pages_of(articles: Sequence[Article]) -> list[PageSplit]:
    """Articles as pages that hold nothing else, six to a page."""
    splits = []
    for first in range(0, len(articles), ON_A_PAGE):
        stem = f"p{first:06d}"
        held = tuple(replace(article, page=stem) for article in articles[first : first + ON_A_PAGE])
        text = "\n\n".join(paragraph.text for article in held for paragraph in article.paragraphs)
        page = Page(stem, f"{stem}.txt", sha256(text.encode()).hexdigest(), text)
        splits.append(PageSplit(page, held, (), held[0].newspaper, held[0].date))
    return splits
