"""Feeds and exports, read back by other programs."""

from __future__ import annotations

import csv
import io
import json
from email.utils import parsedate_to_datetime
from hashlib import sha256
from xml.etree import ElementTree

import pytest

from generator.model import SiteFile
from generator.pipeline import site_of
from tests.render.sample import INDUSTRIES, PARKS, TOPICS, calm_page, hostile_page

ORIGIN = "https://archive.example/sub/"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    files: list[SiteFile] = list(site_of([calm_page(), hostile_page()], PARKS, INDUSTRIES, TOPICS, ORIGIN))
    return {file.path: file.content for file in files}


def titles(feed: bytes) -> list[str]:
    return [item.findtext("title") or "" for item in ElementTree.fromstring(feed).iter("item")]  # noqa: S314 - ours


def test_every_rss_feed_is_a_feed(made: dict[str, bytes]) -> None:
    feeds = {path: content for path, content in made.items() if path.endswith("feed.xml")}
    assert {"feed.xml", "parks/qingshan/feed.xml", "industries/energy/feed.xml"} <= set(feeds)
    for path, content in feeds.items():
        channel = ElementTree.fromstring(content).find("channel")  # noqa: S314 - ours
        assert channel is not None
        assert all(channel.findtext(name) for name in ("title", "link", "description"))
        own = channel.find("{http://www.w3.org/2005/Atom}link")
        assert own is not None
        assert own.get("href") == ORIGIN + path
        for item in channel.iter("item"):
            assert all(item.findtext(name) for name in ("title", "link", "guid", "description"))
            assert (item.findtext("link") or "").startswith(ORIGIN + "articles/")
            if day := item.findtext("pubDate"):
                assert parsedate_to_datetime(day).isoformat() == "2020-08-31T00:00:00+08:00"


def test_a_feed_holds_what_is_about_it_newest_first(made: dict[str, bytes]) -> None:
    assert titles(made["parks/qingshan/feed.xml"]) == ["青杉高新区储能电站二期动工", "青杉高新区储能电站并网发电"]
    assert titles(made["industries/energy/feed.xml"]) == ["青杉高新区储能电站二期动工", "青杉高新区储能电站并网发电"]


def test_only_a_known_day_is_a_date_of_publication(made: dict[str, bytes]) -> None:
    items = json.loads(made["parks/qingshan/feed.json"])["items"]
    assert [item.get("date_published") for item in items] == [None, "2020-08-31T00:00:00+08:00"]


def test_every_json_feed_is_a_feed(made: dict[str, bytes]) -> None:
    for path, content in made.items():
        if not path.endswith("feed.json"):
            continue
        feed = json.loads(content)
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"] == ORIGIN + path
        assert feed["title"]
        assert all(item["id"] and item["url"] and item["content_text"] for item in feed["items"])


def test_the_tables_say_the_same(made: dict[str, bytes]) -> None:
    lines = [json.loads(line) for line in made["data/articles.jsonl"].decode().splitlines()]
    rows = list(csv.DictReader(io.StringIO(made["data/articles.csv"].decode("utf-8-sig"), newline="")))
    assert [line["id"] for line in lines] == [row["id"] for row in rows]
    assert len(lines) == 18
    calm = next(row for row in rows if row["title"] == "青杉高新区储能电站并网发电")
    assert (calm["parks"], calm["authors"], calm["date"]) == ("qingshan", "林一木;何二川", "2020-08-31")
    assert calm["text"].split("\n\n")[1] == "电站怎样运行"


def test_no_cell_is_a_formula(made: dict[str, bytes]) -> None:
    rows = csv.reader(io.StringIO(made["data/articles.csv"].decode("utf-8-sig"), newline=""))
    cells = [cell for row in rows for cell in row]
    assert any(cell.startswith("'- ") for cell in cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_the_package_describes_its_files(made: dict[str, bytes]) -> None:
    package = json.loads(made["data/datapackage.json"])
    first = json.loads(made["data/articles.jsonl"].decode().splitlines()[0])
    kinds: dict[str, type | tuple[type, ...]] = {"string": str, "array": list, "number": (int, float)}
    for resource in package["resources"]:
        content = made[f"data/{resource['path']}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + sha256(content).hexdigest()
        assert [field["name"] for field in resource["schema"]["fields"]] == list(first)
    for field in package["resources"][0]["schema"]["fields"]:
        assert isinstance(first[field["name"]], kinds[field["type"]]), field
    assert package["licenses"]


def test_robots_names_the_sitemap(made: dict[str, bytes]) -> None:
    assert f"Sitemap: {ORIGIN}sitemap.xml".encode() in made["robots.txt"]
