"""A plain site around the search page, built by MkDocs with the theme's overrides."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from pathlib import Path

import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config

from generator.model import Article, SiteFile

ROOT = Path(__file__).resolve().parents[2]


def build_search_site(folder: Path, articles: Iterable[Article], files: Iterable[SiteFile]) -> Path:
    """Writes the index's files and a bare page for each article under folder; gives the built site's folder."""
    docs = folder / "docs"
    for file in files:
        path = docs / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    (docs / "index.md").write_text("# 首页\n", encoding="utf-8")
    config = load_config(
        config_file=None,
        site_name="园区新闻档案",
        docs_dir=str(docs),
        site_dir=str(folder / "site"),
        theme={
            "name": "material",
            "language": "zh",
            "font": False,
            "custom_dir": str(ROOT / "overrides"),
            "palette": [
                {"scheme": "default", "media": "(prefers-color-scheme: light)"},
                {"scheme": "slate", "media": "(prefers-color-scheme: dark)"},
            ],
        },
        markdown_extensions=["md_in_html", "attr_list"],
        plugins=[],
        extra=yaml.safe_load((ROOT / "generator" / "render" / "glossary.yml").read_text(encoding="utf-8"))["extra"],
    )
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    build(config)
    for article in articles:
        page = folder / "site" / "articles" / article.id / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        body = "".join(f"<p>{escaped(p.text)}</p>" for p in article.paragraphs)
        page.write_text(
            f"<!doctype html><meta charset=utf-8><title>{escaped(article.title)}</title>"
            f"<link rel=icon href=data:,><article><h1>{escaped(article.title)}</h1>{body}</article>"
            '<script type="module" src="../../assets/search/highlight.js"></script>',
            encoding="utf-8",
        )
    return folder / "site"


def escaped(text: str) -> str:
    """Text as HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
