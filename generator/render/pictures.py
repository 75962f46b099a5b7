"""The pictures of the archive as front matter: heat tables and the province tile map, numbers first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from generator.model import Article, Facet
from generator.render.context import Archive, Place
from generator.render.glossary import WORDS, say
from generator.render.phrases import month_of
from generator.render.urls import facet_folder, search_url, url_of, year_folder

LEVELS = 5
UPRIGHT_FROM = 4
"""Column heads longer than this many characters are set upright, as Chinese allows."""
TILES = (
    "　　　　　　　黑",
    "　　　　　　　吉",
    "　　　　蒙京　辽",
    "新青甘宁晋冀津　",
    "　藏川陕豫鲁　　",
    "　　渝鄂皖苏沪　",
    "　滇黔湘赣浙　　",
    "　　桂粤闽　台　",
    "　　琼澳港　　　",
)
"""A square a province, beside its neighbours as far as squares allow: no borders are drawn."""
PROVINCES = {
    "京": "北京市", "津": "天津市", "冀": "河北省", "晋": "山西省", "蒙": "内蒙古自治区", "辽": "辽宁省",
    "吉": "吉林省", "黑": "黑龙江省", "沪": "上海市", "苏": "江苏省", "浙": "浙江省", "皖": "安徽省",
    "闽": "福建省", "赣": "江西省", "鲁": "山东省", "豫": "河南省", "鄂": "湖北省", "湘": "湖南省",
    "粤": "广东省", "桂": "广西壮族自治区", "琼": "海南省", "渝": "重庆市", "川": "四川省", "黔": "贵州省",
    "滇": "云南省", "藏": "西藏自治区", "陕": "陕西省", "甘": "甘肃省", "青": "青海省", "宁": "宁夏回族自治区",
    "新": "新疆维吾尔自治区", "台": "台湾省", "港": "香港特别行政区", "澳": "澳门特别行政区",
}  # fmt: skip


def level(count: int, most: int) -> int:
    """How dark a cell is, 0 (nothing) to LEVELS (the most); every count above nothing shows, and a single one is faint.

    >>> [level(n, 10) for n in (0, 1, 5, 10)], level(1, 1)
    ([0, 1, 3, 5], 1)
    """
    return -(-max(0, count) * LEVELS // max(LEVELS, most))


def park_by_industry(archive: Archive, parks: Sequence[Place]) -> dict[str, object]:
    """A row for each of these parks, a column for each top industry; cells lead to the search page."""
    shown = {article.id for park in parks for article in park.about}
    industries = [place for place in top_industries(archive) if any(a.id in shown for a in place.about)]
    having = {place.id: {article.id for article in place.about} for place in industries}
    rows = []
    for park in parks:
        mine = {article.id for article in park.about}
        cells = [(len(mine & having[place.id]), search_url(park=park.id, industry=place.id)) for place in industries]
        rows.append((park.label, url_of(facet_folder(Facet.PARK, park.id)), cells))
    columns = [(place.label, url_of(facet_folder(Facet.INDUSTRY, place.id))) for place in industries]
    return _table("", WORDS["park"], columns, rows)


def industry_by_year(archive: Archive) -> dict[str, object]:
    """A row for each top industry, a column for each year that has articles."""
    years = sorted(year for year in archive.years if year)
    rows = []
    for place in top_industries(archive):
        counts = Counter(article.date.year for article in place.about)
        cells = [(counts[year], search_url(industry=place.id, year=year)) for year in years]
        rows.append((place.label, url_of(facet_folder(Facet.INDUSTRY, place.id)), cells))
    columns = [(year, url_of(year_folder(year))) for year in years]
    return _table(WORDS["year_industry"], WORDS["industry"], columns, rows)


def coverage(archive: Archive) -> dict[str, object]:
    """A row for each year between the first and the last, a column for each month: what is held and what is missing.

    Where the month is not known comes first: on a telephone the months scroll, and most articles may stand there.
    """
    held = sorted(int(year) for year in archive.years if year)
    rows = []
    for year in range(held[-1], held[0] - 1, -1) if held else ():
        articles: Sequence[Article] = archive.years.get(str(year), ())
        counts = Counter(month_of(article.date) for article in articles)
        cells = [(counts[month], "") for month in (None, *range(1, 13))]
        rows.append((str(year), url_of(year_folder(str(year))) if articles else "", cells))
    columns = [(WORDS["month_unknown"], ""), *((say("month_name", m=month), "") for month in range(1, 13))]
    return {**_table(WORDS["coverage"], WORDS["year"], columns, rows), "intro": WORDS["coverage_intro"]}


def province_tiles(archive: Archive) -> list[dict[str, object]]:
    """A square for each province; those without articles are there too, empty."""
    held = archive.places[Facet.PROVINCE]
    most = max((len(place.about) for place in held.values()), default=0)
    tiles = []
    squares = [(short, at) for at, short in enumerate("".join(TILES)) if short in PROVINCES]
    for short, at in squares:
        name = PROVINCES[short]
        row, column = divmod(at, len(TILES[0]))
        count = len(held[name].about) if name in held else 0
        tile: dict[str, object] = {"name": name, "short": short, "column": column + 1, "row": row + 1, "count": count}
        if count:
            tile |= {"level": level(count, most), "url": url_of(facet_folder(Facet.PROVINCE, name))}
        tiles.append(tile)
    return tiles


def top_industries(archive: Archive) -> list[Place]:
    """The industries without a parent that articles are about, most articles first."""
    return [
        place
        for place in archive.places[Facet.INDUSTRY].values()
        if place.about and not (place.id in archive.industries and archive.industries[place.id].parent)
    ]


def _table(
    title: str,
    corner: str,
    columns: Sequence[tuple[str, str]],
    rows: Sequence[tuple[str, str, Sequence[tuple[int, str]]]],
) -> dict[str, object]:
    """Columns (label, URL) and rows (label, URL, [(count, URL)]) as front matter; empty cells are 0."""
    if not columns:
        rows = ()
    most = max((count for _, _, cells in rows for count, _ in cells), default=0)
    return {
        "title": title,
        "corner": corner,
        "upright": any(len(label) > UPRIGHT_FROM for label, _ in columns),
        "columns": [{"label": label, "url": url} for label, url in columns],
        "rows": [
            {
                "label": label,
                "url": url,
                "total": sum(count for count, _ in cells),
                "cells": [{"n": count, "level": level(count, most), "url": to} if count else 0 for count, to in cells],
            }
            for label, url, cells in rows
        ],
    }
