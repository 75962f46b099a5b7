"""Feeds as feed readers take them: RSS through a feed parser, JSON Feed held against the fields that it asks for."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import jsonschema

from tests.render.built import ORIGIN

URL = {"type": "string", "pattern": f"^{ORIGIN}"}
WORDS = {"type": "string", "minLength": 1}
JSON_FEED = {
    "type": "object",
    "required": ["version", "title", "home_page_url", "feed_url", "language", "items"],
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": WORDS,
        "home_page_url": URL,
        "feed_url": URL,
        "language": {"const": "zh-CN"},
        "items": {
            "type": "array",
            "uniqueItems": True,
            "items": {
                "type": "object",
                "required": ["id", "url", "title", "content_text"],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "pattern": "^[0-9a-f]{12}$"},
                    "url": URL,
                    "title": WORDS,
                    "content_text": WORDS,
                    "date_published": {"type": "string", "format": "date-time"},
                    "tags": {"type": "array", "items": WORDS, "uniqueItems": True},
                    "authors": {
                        "type": "array",
                        "items": {"type": "object", "required": ["name"], "properties": {"name": WORDS}},
                    },
                },
            },
        },
    },
}


def feeds(site: Path, name: str) -> list[str]:
    """The URLs of the feeds of one kind: the archive's own, and those of parks and industries."""
    found = [path.relative_to(site).as_posix() for path in sorted(site.rglob(name))]
    assert {path.split("/")[0] for path in found} == {name, "parks", "industries"}
    return found


def test_a_feed_parser_reads_every_rss_feed(samples: Path) -> None:
    for path in feeds(samples, "feed.xml"):
        read = feedparser.parse((samples / path).read_bytes())
        assert not read.bozo, (path, read.get("bozo_exception"))
        assert read.version == "rss20"
        assert read.feed.title
        assert read.feed.link == ORIGIN + path.removesuffix("feed.xml")
        assert read.feed.language == "zh-cn"
        assert [link.href for link in read.feed.links if link.rel == "self"] == [ORIGIN + path]
        assert len({entry.id for entry in read.entries}) == len(read.entries)
        for entry in read.entries:
            assert entry.link == f"{ORIGIN}articles/{entry.id}/"
            assert entry.title
            assert entry.summary
            if "published" in entry:
                assert entry.published_parsed is not None, entry.published


def test_every_json_feed_has_what_readers_ask_for(samples: Path) -> None:
    check = jsonschema.Draft202012Validator(JSON_FEED)
    for path in feeds(samples, "feed.json"):
        faults = [
            f"{fault.json_path}: {fault.message}"
            for fault in check.iter_errors(json.loads((samples / path).read_bytes()))
        ]
        assert faults == [], path


def test_both_kinds_hold_the_same_articles(samples: Path) -> None:
    """A park that is only mentioned has a feed that is empty as yet; the archive's own is full."""
    for path in feeds(samples, "feed.json"):
        ids = [item["id"] for item in json.loads((samples / path).read_bytes())["items"]]
        rss = feedparser.parse((samples / path.replace(".json", ".xml")).read_bytes())
        assert ids == [entry.id for entry in rss.entries], path
        assert len(ids) >= 50 or path != "feed.json"
