"""The whole archive as data: articles.jsonl, articles.csv and the datapackage.json that describes them."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from hashlib import sha256
from urllib.parse import urljoin

from generator.model import Article, Facet, SiteFile
from generator.render.context import Archive
from generator.render.glossary import WORDS
from generator.render.markup import clean
from generator.render.phrases import authors_of, title_of
from generator.render.urls import article_url

_BOM = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_LIST = ";"

Value = str | float | bool | list[str] | None
Field = tuple[str, str, Callable[[Article, str, str], Value]]
"""(name, type in the data package, how to get it from (article, its source file, the site's address)). What it is
stands in the glossary under export_NAME."""


def _tags(facet: Facet, *, about: bool = True) -> Callable[[Article, str, str], Value]:
    return lambda article, _source, _site: [tag.id for tag in article.tagged(facet, about=about)]


FIELDS: tuple[Field, ...] = (
    ("id", "string", lambda a, _f, _s: a.id),
    ("url", "string", lambda a, _f, s: urljoin(s, article_url(a.id))),
    ("title", "string", lambda a, _f, _s: title_of(a)),
    ("kicker", "string", lambda a, _f, _s: clean(a.kicker.text) if a.kicker else ""),
    ("column", "string", lambda a, _f, _s: clean(a.column)),
    ("kind", "string", lambda a, _f, _s: a.kind.value),
    ("authors", "array", lambda a, _f, _s: list(authors_of(a))),
    ("newspaper", "string", lambda a, _f, _s: clean(a.newspaper.name)),
    ("date", "string", lambda a, _f, _s: a.date.value),
    ("date_precision", "string", lambda a, _f, _s: a.date.precision.value),
    ("date_basis", "string", lambda a, _f, _s: clean(a.date.basis)),
    ("parks", "array", _tags(Facet.PARK)),
    ("parks_mentioned", "array", _tags(Facet.PARK, about=False)),
    ("industries", "array", _tags(Facet.INDUSTRY)),
    ("topics", "array", _tags(Facet.TOPIC)),
    ("provinces", "array", _tags(Facet.PROVINCE)),
    ("truncated", "string", lambda a, _f, _s: a.truncated or ""),
    ("confidence", "number", lambda a, _f, _s: round(a.confidence, 3)),
    ("doubts", "array", lambda a, _f, _s: [clean(doubt) for doubt in a.doubts]),
    ("source", "string", lambda _a, f, _s: f),
    ("text", "string", lambda a, _f, _s: _text(a)),
)
_CSV_TYPES = {"array": "string"}


def export(archive: Archive, site_url: str) -> Iterator[SiteFile]:
    """The three files under data/."""
    rows = [_row(article, archive.contexts[article.id].source, site_url) for article in archive.articles]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    table = _csv(rows).encode()
    package = json.dumps(_package(lines, table, site_url), ensure_ascii=False, indent=2) + "\n"
    yield SiteFile("data/articles.jsonl", lines)
    yield SiteFile("data/articles.csv", table)
    yield SiteFile("data/datapackage.json", package.encode())


def _row(article: Article, source: str, site_url: str) -> dict[str, Value]:
    return {name: get(article, source, site_url) for name, _, get in FIELDS}


def _text(article: Article) -> str:
    return "\n\n".join(text for paragraph in article.paragraphs if (text := clean(paragraph.text)))


def _csv(rows: list[dict[str, Value]]) -> str:
    """The rows for spreadsheets: a byte order mark, lists joined, nothing that a spreadsheet takes for a formula."""
    sheet = _Sheet()
    writer = csv.writer(sheet, lineterminator="\r\n")
    writer.writerow([name for name, *_ in FIELDS])
    for row in rows:
        writer.writerow([_cell(value) for value in row.values()])
    return _BOM + "".join(sheet.lines)


class _Sheet:
    """What csv.writer writes to: lines kept in memory."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def write(self, line: str) -> None:
        """Keep a line."""
        self.lines.append(line)


def _cell(value: Value) -> str:
    text = _LIST.join(value) if isinstance(value, list) else "" if value is None else str(value)
    return "'" + text if text.startswith(_FORMULA) else text


def _package(lines: bytes, table: bytes, site_url: str) -> dict[str, object]:
    """A Frictionless data package: types, licence, sizes and hashes."""

    def resource(path: str, form: str, content: bytes, types: dict[str, str]) -> dict[str, object]:
        fields = [
            {"name": name, "type": types.get(kind, kind), "description": WORDS[f"export_{name}"]}
            for name, kind, _ in FIELDS
        ]
        return {
            "name": path.replace(".", "-"),
            "path": path,
            "format": form,
            "mediatype": {"jsonl": "application/jsonl", "csv": "text/csv"}[form],
            "encoding": "utf-8",
            "bytes": len(content),
            "hash": f"sha256:{sha256(content).hexdigest()}",
            "schema": {"fields": fields, "primaryKey": "id", "missingValues": [""]},
        }

    return {
        "name": "park-news-archive",
        "title": WORDS["data_title"],
        "description": f"{WORDS['data_description']}{WORDS['csv_note']}",
        "homepage": site_url,
        "licenses": [{"name": "other-closed", "title": WORDS["data_licence"]}],
        "resources": [
            resource("articles.jsonl", "jsonl", lines, {}),
            resource("articles.csv", "csv", table, _CSV_TYPES),
        ],
    }
