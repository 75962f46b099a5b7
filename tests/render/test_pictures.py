"""The pictures' numbers, counted once more from the exported table by other means, and what their links lead to."""

from __future__ import annotations

import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl

import pytest
import yaml

from generator.model import Article, Facet, PageSplit, PartialDate, Precision
from generator.render.choice import featured
from generator.render.context import archive_of, with_broader
from generator.render.network import NAMED_AT_MOST, PARKS_DRAWN, ties_of
from tests.render.built import files
from tests.render.sample import INDUSTRIES, PARKS, TOPICS, Sheet, article, calm_page, split, tagged

PROVINCES = ("福建省", "云南省", "北京市", "西藏自治区")
DATES = (
    ("2018-03-05", Precision.DAY),
    ("2018-03", Precision.MONTH),
    ("2018", Precision.YEAR),
    ("2020-11-30", Precision.DAY),
    ("2021-01-01/2021-03-09", Precision.WINDOW),
    ("", Precision.UNKNOWN),
)


@cache
def pages() -> tuple[PageSplit, ...]:
    """Forty pages of four articles with tags drawn by lot, about and mentioned."""
    dice = random.Random(20)  # noqa: S311
    found = []
    for number in range(40):
        sheet = Sheet()
        articles = []
        for place in range(4):
            tags = [
                tagged(facet, name, name, about=dice.random() < 0.7)
                for facet, names in (
                    (Facet.PARK, [*PARKS, *(f"park-{n}" for n in range(16))]),
                    (Facet.INDUSTRY, list(INDUSTRIES)),
                    (Facet.PROVINCE, PROVINCES),
                )
                for name in dice.sample(names, k=min(len(names), dice.choice((0, 1, 1, 2, 2, 3, 14))))
            ]
            body = ["电站并网。" * dice.choice((1, 90, 300)), "电池柜里的灯亮了。"]
            one = article(
                sheet,
                f"p{number}",
                f"第{number}版第{place}篇",
                body,
                tags=tags,
                date=PartialDate(*dice.choice(DATES)),
                paper=dice.choice(("山海日报", "江河晚报", "")),
                authors=["林一木"],
                truncated=dice.choice((None, None, None, "tail")),
            )
            articles.append(replace(one, confidence=dice.choice((0.3, 0.92, 0.99))))
        found.append(split(sheet, f"p{number}", articles))
    return tuple(found)


@cache
def made() -> Mapping[str, bytes]:
    return {file.path: file.content for file in files(*pages())}


def front(path: str) -> dict[str, Any]:
    meta: dict[str, Any] = yaml.safe_load(made()[path].decode().split("\n---\n", 1)[0])
    return meta


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in made()["data/articles.jsonl"].decode().splitlines()]


def with_parent(names: list[str]) -> set[str]:
    """Industries with those above them, by the sample's own table."""
    return {*names, *(INDUSTRIES[name].parent for name in names if INDUSTRIES[name].parent)}


def searched(url: str) -> set[str]:
    """Ids of what the search page shows for the address: all values, each as the index knows the articles' tags."""
    wanted = parse_qsl(url.split("?", 1)[1])
    found = set()
    for page in pages():
        for item in page.articles:
            known = with_broader(item, {**INDUSTRIES, **TOPICS})
            tags = {(tag.facet.value, tag.id) for tag in known.tags if tag.about} | {("year", item.date.year)}
            if all(pair in tags for pair in wanted):
                found.add(item.id)
    return found


def cells(table: Mapping[str, Any]) -> Iterator[tuple[str, str, int, str]]:
    """(row, column, number, address) of every cell of a heat table."""
    for row in table["rows"]:
        assert len(row["cells"]) == len(table["columns"])
        for column, cell in zip(table["columns"], row["cells"], strict=True):
            yield row["label"], column["label"], cell["n"] if cell else 0, cell["url"] if cell else ""


def names_of(subjects: Mapping[str, Any]) -> dict[str, str]:
    return {subject.name: name for name, subject in subjects.items()}


def test_each_cell_of_the_matrix_is_a_search_that_finds_as_many() -> None:
    park_ids = {**{park.short: name for name, park in PARKS.items()}, **{f"park-{n}": f"park-{n}" for n in range(16)}}
    industry_ids = names_of(INDUSTRIES)
    seen = 0
    for park, industry, number, url in cells(front("matrix/index.md")["tables"][0]):
        wanted = [
            row["id"]
            for row in rows()
            if park_ids[park] in row["parks"] and industry_ids[industry] in with_parent(row["industries"])
        ]
        assert number == len(wanted), (park, industry)
        if number:
            assert searched(url) == set(wanted), url
            seen += 1
    assert seen > 20


def test_each_cell_of_year_by_industry_is_a_search_that_finds_as_many() -> None:
    industry_ids = names_of(INDUSTRIES)
    for path, at in (("matrix/index.md", 1), ("years/index.md", 1)):
        found = list(cells(front(path)["tables"][at]))
        assert {year for _, year, _, _ in found} == {"2018", "2020", "2021"}
        for industry, year, number, url in found:
            wanted = [
                row["id"]
                for row in rows()
                if row["date"].startswith(year) and industry_ids[industry] in with_parent(row["industries"])
            ]
            assert number == len(wanted)
            assert not number or searched(url) == set(wanted)


def test_the_calendar_counts_every_dated_article_once() -> None:
    table = front("years/index.md")["tables"][0]
    assert [row["label"] for row in table["rows"]] == ["2021", "2020", "2019", "2018"]
    assert table["columns"][0]["label"] == "月份不详", "in view before the months are scrolled"
    months: Counter[tuple[str, str]] = Counter()
    for row in rows():
        if row["date"]:
            month = row["date"][5:7] if row["date_precision"] in ("day", "month") else ""
            months[row["date"][:4], f"{int(month)}月" if month else "月份不详"] += 1
    for year, month, number, _ in cells(table):
        assert number == months.pop((year, month), 0), (year, month)
    assert not months


def test_tiles_and_directories_count_what_an_article_is_about() -> None:
    wanted = Counter(name for row in rows() for name in row["provinces"])
    tiles = {tile["name"]: tile["count"] for tile in front("provinces/index.md")["tiles"]}
    assert {name: number for name, number in tiles.items() if number} == dict(wanted)
    parks = Counter(name for row in rows() for name in row["parks"])
    listed = {
        item["url"].split("/")[1]: item["count"]
        for section in front("parks/index.md")["sections"]
        for item in section.get("items", [])
        if "count" in item
    }
    assert listed == dict(parks)


def test_hubs_count_their_years_and_tags() -> None:
    mine = [row for row in rows() if "qingshan" in row["parks"]]
    hub = front("parks/qingshan/index.md")
    assert hub["count"] == len(mine)
    years = Counter(row["date"][:4] for row in mine if row["date"])
    assert {bar["year"]: bar["count"] for bar in hub["years"]} == {
        year: years[year] for year in ("2018", "2019", "2020", "2021")
    }
    for bar in hub["years"]:
        assert not bar["count"] or len(searched(bar["url"])) == bar["count"]
    industries = next(row["links"] for row in hub["rows"] if row["name"] == "涉及产业")
    wanted = Counter(name for row in mine for name in row["industries"])
    assert {link["url"].split("/")[1]: link["count"] for link in industries} == dict(wanted)


def test_ties_are_counted_as_a_reader_would() -> None:
    archive = archive_of(pages(), PARKS, INDUSTRIES, TOPICS)
    together: Counter[tuple[str, str]] = Counter()
    both: Counter[tuple[str, str]] = Counter()
    roll_calls = 0
    for row in rows():
        named = sorted({*row["parks"], *row["parks_mentioned"]})
        roll_calls += len(named) > NAMED_AT_MOST
        if len(named) <= NAMED_AT_MOST:
            together.update(combinations(named, 2))
            both.update(pair for pair in combinations(named, 2) if set(pair) <= set(row["parks"]))
    assert roll_calls
    del together["qingshan", "qingshan-soft"]
    found = {(tie.one, tie.other): (tie.together, tie.about) for tie in ties_of(archive)}
    assert found == {pair: (number, both[pair]) for pair, number in together.items()}


def test_the_network_draws_what_it_tells() -> None:
    page = front("network/index.md")
    names, arcs = page["drawing"]["names"], page["drawing"]["arcs"]
    assert len(names) <= PARKS_DRAWN
    assert len({name["url"] for name in names}) == len(names)
    drawn = {frozenset(names[int(end)]["url"] for end in arc["ends"].split()) for arc in arcs}
    told = {frozenset((tie["one"]["url"], tie["other"]["url"])): tie["together"] for tie in page["ties"]}
    assert set(list(told)[:20]) <= drawn
    for arc in arcs:
        ends = frozenset(names[int(end)]["url"] for end in arc["ends"].split())
        assert ends not in told or arc["words"].endswith(f"：{told[ends]}")
        numbers = [float(number) for number in re.findall(r"[\d.]+", arc["path"])]
        assert max(numbers) <= max(page["drawing"]["height"], 2 * page["drawing"]["width"])
    for tie in page["ties"]:
        # Roll-calls are found too, though they make no tie.
        assert not tie["about"] or len(searched(tie["url"])) >= tie["about"]


def choice(articles: list[Article]) -> list[Article]:
    return list(featured(articles))


def test_what_is_featured_is_sure_whole_and_spread() -> None:
    articles = [item for page in pages() for item in page.articles]
    chosen = choice(articles)
    assert len(chosen) == 5
    for item in chosen:
        assert item.confidence >= 0.9
        assert item.truncated is None
        assert item.tagged(Facet.PARK)
    assert len({item.date.year for item in chosen}) >= 3
    mains = [item.tagged(Facet.PARK)[0].id for item in chosen]
    assert len(set(mains)) == 5


def test_the_choice_doesnt_hang_on_the_order() -> None:
    articles = [item for page in pages() for item in page.articles]
    assert choice(articles) == choice(articles[::-1])


def test_nothing_is_featured_rather_than_something_unsure() -> None:
    assert choice([replace(item, confidence=0.5) for item in calm_page().articles]) == []


@pytest.mark.parametrize("path", ["network/index.md", "matrix/index.md", "years/index.md", "index.md"])
def test_pictures_of_an_empty_archive(path: str) -> None:
    assert path in {file.path for file in files()}
