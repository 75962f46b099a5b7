"""The whole site of a few pages, ordinary and hostile ones, as MkDocs builds it."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import Evidence, Facet
from tests.render.built import ORIGIN, ROOT, built, files
from tests.render.sample import Sheet, article, calm_page, hostile_page, split, tagged
from tests.site.leaf import Leaf, leaves_of
from tests.site.links import broken_links


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(tmp_path_factory.mktemp("render"), calm_page(), hostile_page())


@pytest.fixture(scope="module")
def leaves(site: Path) -> dict[str, Leaf]:
    return leaves_of(site)


def articles(leaves: dict[str, Leaf]) -> Iterator[Leaf]:
    yield from (leaf for url, leaf in leaves.items() if re.fullmatch(r"articles/[0-9a-f]{12}/", url))


def test_every_link_and_anchor_leads_somewhere(site: Path, leaves: dict[str, Leaf]) -> None:
    """The search page alone is missing: it is made by the search stage."""
    broken = broken_links(site, ORIGIN, leaves)
    assert [link for link in broken if not f"/{link[1]}".split("?")[0].endswith("/search/")] == []


def test_pages_are_well_formed(leaves: dict[str, Leaf]) -> None:
    for url, leaf in leaves.items():
        assert leaf.tags.count("h1") == 1, url
        assert leaf.tags.count("main") == 1, url
        assert len(leaf.ids) == len(set(leaf.ids)), url


def test_hostile_text_stays_text(leaves: dict[str, Leaf]) -> None:
    scripts = leaves["about/"].tags.count("script")
    for url, leaf in leaves.items():
        own = 1 if leaf in list(articles(leaves)) else 0
        assert leaf.tags.count("script") == scripts + own, url
        assert "<" not in "".join(leaf.data), url
        assert not [name for name, _ in leaf.attributes if name.startswith("on")], url
        assert not [link for link in leaf.links if link.startswith("javascript:")], url


def test_every_template_escapes() -> None:
    """MkDocs escapes nothing by itself, and an included file doesn't inherit the setting of the file around it."""
    harmless = re.compile(r"\{\{ (super\(\)|root|page\.content|script \| script_tag|.* \| url) \}\}")
    templates = [path for path in (ROOT / "overrides").rglob("*.html") if "assets" not in path.parts]
    assert len(templates) > 10
    for path in templates:
        text = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        outside = re.sub(r"\{%-? autoescape true -?%\}.*?\{%-? endautoescape -?%\}", "", text, flags=re.DOTALL)
        assert not [found for found in re.findall(r"\{\{.*?\}\}", outside) if not harmless.fullmatch(found)], path


def test_an_article_shows_its_texts(leaves: dict[str, Leaf]) -> None:
    shown = [leaf.text for leaf in articles(leaves)]
    for wanted in (
        "<script>alert(1)</script>",
        "{{ config }}",
        "{: .x #p1 onclick=y }",
        "约2021年3月",
        "第 9 行可能属于上一篇。",
    ):
        assert any(wanted in text for text in shown), wanted


def test_machines_read_the_article(leaves: dict[str, Leaf]) -> None:
    records = [json.loads(data) for leaf in articles(leaves) for data in leaf.data]
    assert len(records) == len(list(articles(leaves)))
    assert {record["@type"] for record in records} == {"NewsArticle"}
    first = next(record for record in records if record["headline"] == "青杉高新区储能电站并网发电")
    assert first["datePublished"] == "2020-08-31"
    assert [person["name"] for person in first["author"]] == ["林一木", "何二川"]
    assert first["publisher"]["name"] == "山海日报"
    later = next(record for record in records if record["headline"] == "青杉高新区储能电站二期动工")
    assert later["datePublished"] == "2021-03"
    assert "author" not in later


def test_nothing_comes_from_another_host(site: Path) -> None:
    asked = set()
    for path in [*site.glob("*.html"), *site.glob("articles/*/index.html"), *site.glob("assets/site.*")]:
        asked |= set(
            re.findall(r"""(?:src|href)=["'](https?://[^/"']+)|url\(["']?(https?://[^/"')]+)""", path.read_text())
        )
    assert {host for pair in asked for host in pair if host} <= {"https://archive.example"}


def test_same_pages_same_bytes_in_any_order() -> None:
    one = {file.path: file.content for file in files(calm_page(), hostile_page())}
    other = {file.path: file.content for file in files(hostile_page(), calm_page())}
    assert one == other


def test_no_path_comes_from_a_text() -> None:
    paths = [file.path for file in files(hostile_page())]
    assert len(paths) == len(set(paths))
    for path in paths:
        assert re.fullmatch(r"[\w./-]+|sources/hostile #1\? 页/index\.md", path), path
        assert ".." not in path.split("/")


def test_an_empty_archive_is_a_site() -> None:
    made = {file.path for file in files()}
    for folder in ("parks", "industries", "topics", "provinces", "years", "newspapers", "authors", "sources", "matrix"):
        assert f"{folder}/index.md" in made
    assert {"index.md", "articles/index.md", "quality/index.md", "feed.xml", "feed.json", "robots.txt"} <= made


def zipped(path: Path) -> int:
    """Bytes of a file as servers send it."""
    return len(gzip.compress(path.read_bytes(), 6))


def test_a_long_article_is_light(tmp_path: Path) -> None:
    """6,000 characters with tags and evidence in every paragraph: 25 kB, and 120 kB with all that the frame needs."""
    dice = random.Random(5)  # noqa: S311
    sheet = Sheet()
    body = ["".join(chr(dice.randrange(0x4E00, 0x8E00)) for _ in range(300)) + "。" for _ in range(20)]
    tags = [
        tagged(Facet.PARK, f"park-{number}", body[number][:6], [Evidence(body[at][:6], at, 0, 6) for at in range(20)])
        for number in range(20)
    ]
    page = split(sheet, "long", [article(sheet, "long", "长文一篇", body, tags=tags)])
    site = built(tmp_path, page)
    (path,) = site.glob("articles/????????????/index.html")
    frame = {
        (path.parent / found).resolve()
        for found in re.findall(r'(?:href|src)="([^"]+\.(?:css|js|svg))"', path.read_text(encoding="utf-8"))
    }
    assert len(frame) >= 4
    assert zipped(path) <= 25_000
    assert zipped(path) + sum(map(zipped, frame)) <= 120_000
