"""What pages say of one another."""

from __future__ import annotations

from dataclasses import replace

import yaml

from generator.model import DatedName, Facet, PageSplit, PartialDate, Precision
from generator.render.context import archive_of, with_broader
from generator.render.hub import hub
from generator.render.hubs import hubs_of, kilometres
from generator.render.pictures import PROVINCES, TILES
from generator.render.related import nearest
from tests.render.sample import INDUSTRIES, PARKS, TOPICS, Sheet, article, calm_page, split, tagged


def many(number: int) -> PageSplit:
    sheet = Sheet()
    tags = [tagged(Facet.PARK, "qingshan", "青杉高新区")]
    articles = [
        article(
            sheet, "many", f"第{at}号电站", ["电站并网。"], tags=tags, date=PartialDate(str(1900 + at), Precision.YEAR)
        )
        for at in range(number)
    ]
    return split(sheet, "many", articles)


def test_neighbours_in_a_park_are_older_and_newer() -> None:
    page = calm_page()
    archive = archive_of([page], PARKS, INDUSTRIES, TOPICS)
    first, _, third = page.articles
    older = {tag.id: around for tag, around in archive.contexts[third.id].in_parks}["qingshan"]
    assert older.previous == first
    assert older.next is None
    newer = {tag.id: around for tag, around in archive.contexts[first.id].in_parks}["qingshan"]
    assert (newer.previous, newer.next) == (None, third)


def test_a_mention_makes_no_neighbour_but_a_hub_lists_it_apart() -> None:
    page = calm_page()
    archive = archive_of([page], PARKS, INDUSTRIES, TOPICS)
    place = archive.places[Facet.PARK]["qingshan"]
    assert [a.title for a in place.mentioned] == [page.articles[1].title]
    assert page.articles[1] not in place.about


def test_a_hub_without_articles_of_its_own_offers_no_search() -> None:
    """The search shows what articles are about, and would show nothing."""
    archive = archive_of([replace(calm_page(), articles=calm_page().articles[1:2])], PARKS, INDUSTRIES, TOPICS)
    pages = {item.folder: next(iter(hub(item, archive.entries))).content.decode() for item in hubs_of(archive)}
    found = {folder: yaml.safe_load(page.split("---\n")[1]) for folder, page in pages.items()}
    assert "search" not in found["parks/qingshan"]
    assert found["parks/baihe"]["search"] == "search/?park=baihe"


def test_parents_count_what_their_children_have() -> None:
    archive = archive_of([calm_page()], PARKS, INDUSTRIES, TOPICS)
    assert len(archive.places[Facet.INDUSTRY]["energy"].about) == 2


def test_related_articles_say_why() -> None:
    page = calm_page()
    archive = archive_of([page], PARKS, INDUSTRIES, TOPICS)
    related = archive.contexts[page.articles[0].id].related
    assert related[0].article == page.articles[2]
    assert "共同园区：青杉高新区" in related[0].reason
    assert all(near.article.id != page.articles[0].id for near in related)


def test_everyday_words_relate_nothing() -> None:
    """刚刚, 一批, 出发 and 夏天 in two articles are chance; subjects that they share are a reason."""
    sheet = Sheet()
    bodies = [
        "刚刚过去的夏天，一批卡车从厂里出发，两代司机大多愿意留下。",
        "刚刚过去的夏天，一批葡萄从酒庄出发，两代果农大多愿意留下。",
        "光伏组件的硅片越切越薄，硅片薄了，光伏电池片的转换效率更高。",
        "硅片厂为光伏电池片备货，组件厂按转换效率分档收货。",
    ]
    articles = [article(sheet, "s", title, [body]) for title, body in zip("甲乙丙丁", bodies, strict=True)]
    related = nearest([*articles, *(article(sheet, "s", f"第{at}号", ["电站并网。"]) for at in range(8))])
    assert [[near.article.title for near in related[a.id]] for a in articles] == [[], [], ["丁"], ["丙"]]
    assert "硅片" in related[articles[2].id][0].reason


def test_no_leaf_lists_more_than_a_hundred() -> None:
    page = many(201)
    archive = archive_of([page], PARKS, INDUSTRIES, TOPICS)
    one = next(item for item in hubs_of(archive) if item.folder == "parks/qingshan")
    files = list(hub(one, archive.entries))
    assert [file.path for file in files] == [f"parks/qingshan/{name}.md" for name in ("index", "2", "3")]
    listed = [file.content.decode().count('"articles/') for file in files]
    assert listed == [100, 100, 1]
    for item in page.articles:
        assert sum(f'"articles/{item.id}/'.encode() in file.content for file in files) == 1


def test_the_map_has_every_province_once() -> None:
    drawn = [char for row in TILES for char in row if char != "　"]
    assert sorted(drawn) == sorted(PROVINCES)
    assert len({len(row) for row in TILES}) == 1
    assert len(PROVINCES) == 34


def test_a_park_tells_its_names_and_where_its_entry_is_from() -> None:
    dated = (DatedName("青杉新技术试验区", 1988, 1999), DatedName("青杉园", None, 2006), DatedName("青杉科学城", 2019))
    known = replace(
        PARKS["qingshan"],
        aliases=("青杉科技园", *(name.name for name in dated)),
        dated_names=dated,
        source="GB/T37028-2018;K",
        note="文中未写年份,parent为自有知识",
    )
    archive = archive_of([calm_page()], {**PARKS, known.id: known}, INDUSTRIES, TOPICS)
    one = next(item for item in hubs_of(archive) if item.folder == "parks/qingshan")
    facts = dict(one.facts)
    assert facts["又称"] == "青杉科技园、青杉新技术试验区（1988—1999年）、青杉园（至2006年）、青杉科学城（2019年起）"
    assert facts["资料来源"] == "国家标准 GB/T 37028—2018《全国主要经济功能区分类与代码》；编者所知"
    assert facts["备注"] == "文中未写年份，上级园区为编者所知"


def test_what_lies_in_a_park_is_no_neighbour_of_it() -> None:
    page = calm_page()
    inside = tagged(Facet.PARK, "qingshan-soft", "青杉软件园")
    articles = tuple(replace(item, tags=(*item.tags, inside)) for item in page.articles)
    near = {**PARKS, "qingshan-soft": replace(PARKS["qingshan-soft"], latitude=26.1, longitude=119.3)}
    archive = archive_of([replace(page, articles=articles)], near, INDUSTRIES, TOPICS)
    for one in hubs_of(archive):
        rows = {name: {link.label for link in links} for name, links in one.rows}
        if one.folder == "parks/qingshan":
            assert rows["下级"] == {"青杉软件园"}
            assert rows["邻近园区"] == {"白禾经开区"}
        if one.folder == "parks/qingshan-soft":
            assert rows["邻近园区"] == {"白禾经开区"}


def test_kilometres() -> None:
    away = kilometres(PARKS["qingshan"], PARKS["baihe"])
    assert away is not None
    assert 45 < away < 55
    assert kilometres(PARKS["qingshan"], PARKS["silent"]) is None


def test_a_search_for_an_industry_finds_what_its_hub_holds() -> None:
    page = calm_page()
    archive = archive_of([page], PARKS, INDUSTRIES, TOPICS)
    indexed = [with_broader(item, INDUSTRIES) for item in page.articles]
    assert len(archive.places[Facet.INDUSTRY]) == 3
    for place in archive.places[Facet.INDUSTRY].values():
        found = {item.id for item in indexed if place.id in {tag.id for tag in item.tagged(Facet.INDUSTRY)}}
        assert found == {item.id for item in place.about}
