"""What machines read of a built site: JSON-LD, the data package with its tables, the sitemap, robots.txt."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import jsonschema
import pytest

from tests.render.built import ORIGIN
from tests.site.leaf import Leaf

WORDS = {"type": "string", "minLength": 1}
URL = {"type": "string", "pattern": f"^{ORIGIN}"}
DATE = {"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}


def thing(kind: str) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["@type", "name"],
        "properties": {"@type": {"const": kind}, "name": WORDS, "url": URL},
    }


JSON_LD: dict[str, dict[str, Any]] = {
    "NewsArticle": {
        "required": ["headline", "inLanguage", "identifier", "url", "mainEntityOfPage"],
        "additionalProperties": False,
        "properties": {
            "@context": {"const": "https://schema.org"},
            "@type": True,
            "headline": WORDS,
            "alternativeHeadline": WORDS,
            "articleSection": WORDS,
            "description": WORDS,
            "inLanguage": {"const": "zh-CN"},
            "identifier": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
            "url": URL,
            "mainEntityOfPage": URL,
            "datePublished": DATE,
            "temporalCoverage": WORDS,
            "keywords": {"type": "array", "items": WORDS, "uniqueItems": True},
            "publisher": thing("Organization"),
            "isPartOf": thing("Newspaper"),
            "author": {"type": "array", "items": thing("Person"), "minItems": 1, "uniqueItems": True},
        },
    },
    "BreadcrumbList": {
        "required": ["itemListElement"],
        "properties": {
            "itemListElement": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["@type", "position", "name"],
                    "properties": {
                        "@type": {"const": "ListItem"},
                        "position": {"type": "integer", "minimum": 1},
                        "name": WORDS,
                        "item": URL,
                    },
                },
            }
        },
    },
    "Dataset": {
        "required": ["name", "description", "distribution"],
        "properties": {
            "name": WORDS,
            "description": {"type": "string", "minLength": 50},
            "url": URL,
            "distribution": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "required": ["@type", "encodingFormat", "contentUrl"],
                    "properties": {"@type": {"const": "DataDownload"}, "encodingFormat": WORDS, "contentUrl": URL},
                },
            },
        },
    },
    "WebSite": {"required": ["name", "url"], "properties": {"name": WORDS, "url": URL}},
    "CollectionPage": {"required": ["name", "url"], "properties": {"name": WORDS, "url": URL}},
}
"""What each type of schema.org that the site uses must and may say. A type that is not here is a fault."""

FIELD = {
    "type": "object",
    "required": ["name", "type", "description"],
    "properties": {"name": {"type": "string", "pattern": "^[a-z_]+$"}, "description": WORDS},
}
DATA_PACKAGE = {
    "type": "object",
    "required": ["name", "title", "licenses", "resources"],
    "properties": {
        "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
        "title": WORDS,
        "description": WORDS,
        "homepage": URL,
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "object", "anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["name", "path", "mediatype", "encoding", "bytes", "hash", "schema"],
                "properties": {
                    "name": {"type": "string", "pattern": "^[-a-z0-9._/]+$"},
                    "path": {"type": "string", "pattern": r"^[^/.][^\\]*$", "not": {"pattern": r"\.\./"}},
                    "encoding": {"const": "utf-8"},
                    "bytes": {"type": "integer", "minimum": 1},
                    "hash": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
                    "schema": {
                        "type": "object",
                        "required": ["fields", "primaryKey"],
                        "properties": {"fields": {"type": "array", "minItems": 1, "items": FIELD}},
                    },
                },
            },
        },
    },
}
"""The Data Package standard, as far as our package uses it."""


def faults(schema: dict[str, Any], value: object) -> list[str]:
    return [
        f"{fault.json_path}: {fault.message}" for fault in jsonschema.Draft202012Validator(schema).iter_errors(value)
    ]


def said(leaf: Leaf) -> Iterator[dict[str, Any]]:
    """The things that a page's JSON-LD describes."""
    for text in leaf.data:
        record = json.loads(text)
        assert record["@context"] == "https://schema.org"
        yield from record.get("@graph", [record])


def test_json_ld_says_what_its_types_ask_for(leaves: dict[str, Leaf]) -> None:
    wrong = {
        (url, record["@type"]): found
        for url, leaf in leaves.items()
        for record in said(leaf)
        if (found := faults(JSON_LD[record["@type"]], record))
    }
    assert wrong == {}


def test_every_article_describes_itself_once(leaves: dict[str, Leaf]) -> None:
    for url, leaf in leaves.items():
        described = [record["url"] for record in said(leaf) if record["@type"] == "NewsArticle"]
        assert described == ([ORIGIN + url] if re.fullmatch(r"articles/[0-9a-f]{12}/", url) else []), url


def test_the_schema_refuses_what_is_wrong() -> None:
    article = {"headline": "题", "inLanguage": "zh-CN", "identifier": "0123456789ab"}
    whole = {**article, "url": ORIGIN, "mainEntityOfPage": ORIGIN}
    assert faults(JSON_LD["NewsArticle"], whole) == []
    for wrong in (article, {**whole, "headline": ""}, {**whole, "datePublished": "2020-8"}, {**whole, "autor": "林"}):
        assert faults(JSON_LD["NewsArticle"], wrong) != []


@pytest.fixture(scope="module")
def package(samples: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((samples / "data" / "datapackage.json").read_bytes())
    return read


def test_the_data_package_keeps_to_the_standard(package: dict[str, Any]) -> None:
    assert faults(DATA_PACKAGE, package) == []


def test_every_row_keeps_to_the_table_schema(samples: Path, package: dict[str, Any]) -> None:
    """A field that is there has its type; an empty one is empty as the schema says; the key is unique."""
    for resource in package["resources"]:
        text = (samples / "data" / resource["path"]).read_text(encoding="utf-8-sig")
        fields = {field["name"]: {"type": field["type"]} for field in resource["schema"]["fields"]}
        rows: list[dict[str, Any]]
        if resource["format"] == "csv":
            cells = csv.DictReader(io.StringIO(text, newline=""))
            rows = [{**row, "confidence": float(row["confidence"])} for row in cells]
        else:
            rows = [json.loads(line) for line in text.splitlines()]
        check = jsonschema.Draft202012Validator(
            {"type": "object", "properties": fields, "additionalProperties": False, "required": list(fields)}
        )
        assert [fault.message for row in rows for fault in check.iter_errors(row)] == []
        keys = [row[resource["schema"]["primaryKey"]] for row in rows]
        assert len(set(keys)) == len(keys) > 50


def test_the_sitemap_names_every_page(samples: Path, leaves: dict[str, Leaf]) -> None:
    root = ElementTree.parse(samples / "sitemap.xml").getroot()  # noqa: S314 - ours
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    named = [location.text for location in root.findall("./{*}url/{*}loc")]
    assert sorted(map(str, named)) == sorted(ORIGIN + quote(url) for url in leaves if url != "404.html")


def test_robots_may_read_the_archive(samples: Path) -> None:
    robots = RobotFileParser()
    robots.parse((samples / "robots.txt").read_text(encoding="utf-8").splitlines())
    assert robots.site_maps() == [ORIGIN + "sitemap.xml"]
    for path in ("", "articles/", "parks/", "data/articles.jsonl", "feed.xml"):
        assert robots.can_fetch("*", ORIGIN + path), path
