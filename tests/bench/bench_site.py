"""How fast pages that are taken apart become a site, in seconds of one core: our own files, then MkDocs.

    python -m tests.bench.bench_site [ARTICLES ...]      sizes to measure; 1000 and 3000 without arguments

The articles are those of ../shared/bench where that is there, else invented ones, six to a page.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from generator import authority
from generator.pipeline import site_of
from generator.render.words import words_of
from tests.audit.thousand import pages_of
from tests.bench.bench_search import SHARED, mixed, real_articles
from tests.render.built import mkdocs_site, with_about
from tests.search.newsroom import articles

SIZES = (1000, 3000)
ORIGIN = "https://archive.example/"


def main(sizes: list[int]) -> None:
    """Print a line for each size."""
    known = authority.load()
    words_of("园区")  # the dictionary is loaded once a process
    print("articles   characters   files      bytes   our part: million characters a second   MkDocs: ms a page")
    for size in sizes:
        held = mixed(real_articles(), size) if SHARED.exists() else articles(size)
        splits = pages_of(held)
        characters = sum(len(split.page.text) for split in splits)
        started = time.process_time()
        files = list(site_of(splits, known.parks, known.industries, known.topics, ORIGIN))
        ours = time.process_time() - started
        with tempfile.TemporaryDirectory() as name:
            place = Path(name)
            for file in files:
                path = place / "docs" / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
            with_about(place)
            started = time.process_time()
            mkdocs_site(place, ORIGIN)
            theirs = time.process_time() - started
        pages = sum(file.path.endswith(".md") for file in files)
        written = sum(len(file.content) for file in files)
        print(f"{size:8} {characters:12,} {len(files):7} {written:10,}", end="")
        print(f" {characters / ours / 1e6:38.2f} {1000 * theirs / pages:20.2f}")


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
