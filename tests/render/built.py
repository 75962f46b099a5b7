"""The site of the sample pages as MkDocs builds it; a warning is an error, as with --strict."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.model import PageSplit, SiteFile
from generator.pipeline import site_of
from tests.render.sample import INDUSTRIES, PARKS, TOPICS

ROOT = Path(__file__).resolve().parents[2]
ORIGIN = "https://archive.example/sub/"


def files(*splits: PageSplit) -> list[SiteFile]:
    """What the generator makes of the pages."""
    return list(site_of(splits, PARKS, INDUSTRIES, TOPICS, ORIGIN))


class Warnings(logging.Handler):
    """Keeps what MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def built(place: Path, *splits: PageSplit) -> Path:
    """Build the site of the pages below the folder; returns the site's folder."""
    for file in files(*splits):
        path = place / "docs" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    with_about(place)
    return mkdocs_site(place, ORIGIN)


def with_about(place: Path) -> None:
    """Put the page that is written by hand under place/docs."""
    shutil.copytree(ROOT / "docs" / "about", place / "docs" / "about")


def mkdocs_site(place: Path, origin: str) -> Path:
    """What MkDocs makes of place/docs; returns the site's folder."""
    config = load_config(
        str(ROOT / "mkdocs.yml"), docs_dir=str(place / "docs"), site_dir=str(place / "site"), site_url=origin
    )
    heard = Warnings()
    logging.getLogger("mkdocs").addHandler(heard)
    try:
        build(config)
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
    assert heard.lines == []
    return place / "site"
