"""The search page as readers use it: address, facets, order, keyboard, suggestions, downloads, without JavaScript."""

from __future__ import annotations

import csv
import io
import random
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from generator.model import Article, Credit, Facet, PartialDate, Passage, Precision
from generator.render.phrases import date_words
from generator.search.folding import fold_text
from generator.search.index import index
from tests.browser.conftest import Visit
from tests.browser.search_page import (
    SETTLED,
    Site,
    open_search,
    present,
    show_all,
    shown,
    shown_counts,
    total,
    type_query,
)
from tests.search.grep import facet_counts, grep
from tests.search.newsroom import HOSTILE, articles
from tests.search.sites import build_search_site

CASES = Path(__file__).parents[1] / "cases/search"
OLD_FORM = "排版時誤作綠柱石"
DATELINE_AUTHOR, ADDED_AUTHOR = "司马遥", "夏侯朔"
"""One stands in a dateline alone, one nowhere on the page: an editor added it."""


@pytest.fixture(scope="session", params=["one file", "shards"])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> Site:
    """The same 160 articles in both kinds of archive, under a path of its own as on project pages."""
    held = articles(160, seed=3)
    held[7] = replace(held[7], headline=Passage.invented(f"{HOSTILE[0]}园区{HOSTILE[1]}"))
    dateline, added = Credit(DATELINE_AUTHOR, "记者"), Credit(ADDED_AUTHOR, "记者")
    held[9] = replace(held[9], dateline=(Passage.invented(f"本报讯（记者 {DATELINE_AUTHOR}）"),), credits=(dateline,))
    held[11] = replace(held[11], credits=(added,))
    folder = tmp_path_factory.mktemp("root")
    files = index(held, {held[5].id: [OLD_FORM]}, small_limit=0 if request.param == "shards" else 1000)
    build_search_site(folder / "build", held, files).rename(folder / "archive")
    return Site(serve(folder) + "/archive", held)


@pytest.fixture
def window(site: Site, visit: Callable[..., Visit]) -> Visit:
    return visit(site.address)


def matching(site: Site, query: str) -> list[Article]:
    """Articles that hold all terms and none of those with a minus."""
    kept = set.intersection(
        {a.id for a in site.articles}, *(grep(site.articles, t) for t in query.split() if t[0] != "-")
    )
    dropped = set().union(*(grep(site.articles, t[1:]) for t in query.split() if t[0] == "-"))
    return site.by_id(kept - dropped)


def tags(article: Article, facet: Facet) -> set[str]:
    return {tag.id for tag in article.tagged(facet)}


def settle(window: Visit) -> None:
    window.page.wait_for_selector(SETTLED)


def choose(window: Visit, facet: str, value: str) -> None:
    window.page.locator(f'[data-facet="{facet}"][data-value="{value}"]').click()
    settle(window)


def address(window: Visit) -> dict[str, list[str]]:
    return parse_qs(urlsplit(window.page.url).query)


@pytest.mark.parametrize(
    "query", ["稀土 投产", "园区 -签约", "氢能重卡 碳纤维 -落户", "總投資", "ｍｏｄｅｌ", "样机跑起来”"]
)
def test_several_terms(site: Site, window: Visit, query: str) -> None:
    open_search(window, q=query)
    expected = matching(site, query)
    assert expected
    assert set(show_all(window)) == {article.id for article in expected}
    assert present(shown_counts(window)) == present(facet_counts(expected))
    window.assert_clean()


def test_phrases_keep_their_words_together(site: Site, window: Visit) -> None:
    open_search(window, q="“AMOLED 屏项目 开工”")
    assert set(show_all(window)) == grep(site.articles, "AMOLED屏项目开工") != set()
    apart = total(window)
    type_query(window, "AMOLED 屏项目 开工")
    assert total(window) > apart


def test_one_character_is_sought_in_titles_and_tags(site: Site, window: Visit) -> None:
    open_search(window, q="稀")
    assert set(show_all(window)) == {a.id for a in site.articles if "稀" in a.title}
    type_query(window, "禾")
    expected = {a.id for a in site.articles if "禾" in a.title or any("禾" in tag.label for tag in a.tags if tag.about)}
    assert set(show_all(window)) == expected
    assert "再加一个字" in window.page.inner_text("[role=status]")
    type_query(window, "禾园 -区")
    assert "再加一个字" not in window.page.inner_text("[role=status]")


def test_uncorrected_form_is_found(site: Site, window: Visit) -> None:
    open_search(window, q="误作绿柱石")
    assert shown(window) == [site.articles[5].id]
    assert "更正前原文" in window.page.inner_text("[data-article]")


def test_facets_narrow_each_other(site: Site, window: Visit) -> None:
    open_search(window, q="园区")
    left = matching(site, "园区")
    dice = random.Random(2)  # noqa: S311
    for facet in ("industry", "year", "park"):
        counts = shown_counts(window)[facet]
        value = dice.choice([v for v, count in counts.items() if count < len(left)][:6])
        choose(window, facet, value)
        kinds = {"industry": Facet.INDUSTRY, "park": Facet.PARK}
        left = [a for a in left if value in (tags(a, kinds[facet]) if facet in kinds else {a.date.year})]
        assert total(window) == counts[value] == len(left) > 0
        assert present(shown_counts(window)) == present(facet_counts(left))
        assert window.page.evaluate("document.activeElement.dataset.value") == value
    assert set(show_all(window)) == {a.id for a in left}
    window.page.locator(".pn-chip").last.click()
    settle(window)
    assert total(window) == len(matching(site, "园区"))
    window.assert_clean()


def test_address_round_trip(site: Site, window: Visit, visit: Callable[..., Visit]) -> None:
    open_search(window)
    type_query(window, "园区 -签约")
    park = next(iter(shown_counts(window)["park"]))
    choose(window, "park", park)
    choose(window, "paper", "园区周刊")
    window.page.select_option("#pn-sort", "date")
    settle(window)
    window.page.fill("#pn-from", "2014-01-01")
    settle(window)
    assert address(window) == {
        "q": ["园区 -签约"],
        "park": [park],
        "paper": ["园区周刊"],
        "sort": ["date"],
        "from": ["2014-01-01"],
    }
    again = visit(site.address)
    again.page.goto(window.page.url)
    settle(again)
    assert total(again) == total(window) > 0
    assert show_all(again) == show_all(window)
    assert again.page.input_value("#pn-q") == "园区 -签约"
    assert again.page.input_value("#pn-sort") == "date"
    assert shown_counts(again) == shown_counts(window)


def test_back_button(window: Visit) -> None:
    open_search(window)
    page = window.page
    page.locator("#pn-q").press_sequentially("稀土永磁", delay=30)
    page.wait_for_function("new URLSearchParams(location.search).get('q') === '稀土永磁'")
    settle(window)
    rare = total(window)
    facet, value = page.eval_on_selector("[data-facet]", "e => [e.dataset.facet, e.dataset.value]")
    choose(window, facet, value)
    assert total(window) < rare
    page.go_back()
    settle(window)
    page.wait_for_function("n => document.querySelector('[data-search]').dataset.total === n", arg=str(rare))
    assert page.input_value("#pn-q") == "稀土永磁"
    page.go_back()
    page.wait_for_function("document.querySelector('#pn-q').value === ''")
    assert "q=" not in page.url


def test_who_comes_back_from_an_article_stands_where_they_were(window: Visit) -> None:
    open_search(window, q="园区")
    show_all(window)
    page = window.page
    link = page.locator(".pn-result h2 a").nth(30)
    link.scroll_into_view_if_needed()
    left = page.evaluate("scrollY")
    assert left > 2000
    link.click()
    page.wait_for_selector("article")
    page.go_back()
    settle(window)
    page.wait_for_function(f"Math.abs(scrollY - {left}) < 5")
    page.locator("[data-facet=topic]").first.evaluate("button => button.click()")
    page.wait_for_url("**&topic=*")
    settle(window)
    page.go_back()
    page.wait_for_function(f"Math.abs(scrollY - {left}) < 5")


def test_a_day_that_no_calendar_has_narrows_nothing(site: Site, window: Visit) -> None:
    open_search(window, **{"from": "2020-13-45", "to": "2021-02-30"})
    assert total(window) == len(site.articles)


def test_dates(site: Site, window: Visit) -> None:
    open_search(window, **{"from": "2015-03-01", "to": "2016-07-15"})
    days = {a.id: a.date.value for a in site.articles}
    inside = {i for i, v in days.items() if v and "2015-03-01"[: len(v)] <= v <= "2016-07-15"}
    assert set(show_all(window)) == inside
    assert len(inside) > 5


@pytest.mark.parametrize(("sort", "newest"), [("date", True), ("oldest", False)])
def test_date_order(site: Site, window: Visit, sort: str, newest: bool) -> None:
    open_search(window, q="园区", sort=sort)
    days = {a.id: a.date.earliest for a in site.articles}
    found = [days[i] for i in show_all(window)]
    dated = [day for day in found if day]
    assert dated == sorted(dated, reverse=newest)
    assert found[: len(dated)] == dated
    open_search(window, sort=sort)
    assert ("最新在前" if newest else "最早在前") in window.page.inner_text("[role=status]")


def test_relevance_puts_headline_before_tag_before_lead_before_body(site: Site, window: Visit) -> None:
    open_search(window, q="软件园")
    place = {}
    for article in matching(site, "软件园"):
        zones = [
            fold_text(article.title + (article.kicker.text if article.kicker else "")),
            "".join(t.label for t in article.tags if t.about),
            fold_text(article.paragraphs[0].text),
        ]
        place[article.id] = next((at for at, zone in enumerate(zones) if "软件园" in zone), 3)
    order = [place[i] for i in show_all(window)]
    assert order == sorted(order)
    assert {0, 1, 3} <= set(order)


def test_keyboard_alone(window: Visit) -> None:
    open_search(window, q="园区")
    page = window.page
    page.keyboard.press("Tab")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "pn-q"
    page.keyboard.type("软件园")
    page.wait_for_function("new URLSearchParams(location.search).get('q') === '软件园'")
    settle(window)
    page.wait_for_selector("#pn-suggestions [role=option]")
    page.keyboard.press("ArrowDown")
    chosen = page.get_attribute("#pn-q", "aria-activedescendant")
    assert chosen
    assert page.get_attribute(f"#{chosen}", "aria-selected") == "true"
    page.keyboard.press("Enter")
    settle(window)
    page.wait_for_function("new URLSearchParams(location.search).has('park')")
    assert page.locator('[data-facet="park"][aria-pressed="true"]').count() == 1
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.dataset.facet)"):
            break
    before = total(window)
    page.keyboard.press("Space")
    page.wait_for_function("n => document.querySelector('[data-search=done]')?.dataset.total !== n", arg=str(before))
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.evaluate("Boolean(document.activeElement.closest('[data-article]'))"):
            break
    assert page.evaluate("document.activeElement.href").startswith(window.address + "/articles/")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/**")


def test_author_suggestion_becomes_a_word(site: Site, window: Visit) -> None:
    open_search(window)
    page = window.page
    page.locator("#pn-q").press_sequentially("投产 欧阳", delay=20)
    option = page.locator("#pn-suggestions [role=option]", has_text="欧阳澈")
    option.click()
    page.wait_for_function("new URLSearchParams(location.search).get('q') === '投产 欧阳澈'")
    settle(window)
    assert total(window) == len(matching(site, "投产 欧阳澈"))


@pytest.mark.parametrize("name", [DATELINE_AUTHOR, ADDED_AUTHOR])
def test_an_author_who_is_suggested_is_found(site: Site, window: Visit, name: str) -> None:
    open_search(window)
    window.page.locator("#pn-q").press_sequentially(name[:2], delay=20)
    window.page.locator("#pn-suggestions [role=option]", has_text=name).click()
    window.page.wait_for_url("**?q=*")
    settle(window)
    assert shown(window) == [article.id for article in site.articles if name in [c.name for c in article.credits]]
    assert name in window.page.locator(".pn-snippet mark").all_inner_texts()


def test_named_for_screen_readers(window: Visit) -> None:
    open_search(window, q="园区")
    page = window.page
    status = page.locator("[role=status][aria-live=polite]")
    assert f"找到 {total(window)} 篇报道" in status.inner_text()
    unnamed = page.evaluate(
        """() => [...document.querySelectorAll(".pn-search :is(button, input, select, a)")]
        .filter(e => !(e.getAttribute("aria-label") || e.textContent.trim() || e.labels?.length))
        .map(e => e.outerHTML)"""
    )
    assert unnamed == []
    assert page.locator(".pn-search fieldset").count() == page.locator(".pn-search fieldset > legend").count()
    combobox = page.get_by_role("combobox", name="搜索词")
    assert combobox.count() == 1
    assert page.get_by_role("group", name="园区").count() == 1


def test_nothing_found_says_what_to_drop(site: Site, window: Visit) -> None:
    open_search(window, q="稀土永磁 绝无此事", year="2018")
    assert total(window) == 0
    advice = window.page.locator(".pn-advice button")
    advice.first.wait_for()
    words = advice.all_inner_texts()
    left = sum(a.date.year == "2018" for a in matching(site, "稀土永磁"))
    assert words[0] == f"去掉“绝无此事”：{left} 篇"
    advice.first.click()
    window.page.wait_for_function("new URLSearchParams(location.search).get('q') === '稀土永磁'")
    settle(window)
    assert total(window) == left


def test_source_text_is_never_markup(site: Site, window: Visit) -> None:
    open_search(window, q="onerror")
    results = show_all(window)
    assert set(results) == grep(site.articles, "onerror")
    assert site.articles[7].id in results
    assert window.page.locator("[data-article] :is(img, script, b)").count() == 0
    assert window.page.locator("[data-article] mark").first.inner_text() == "onerror"
    assert HOSTILE[0] in window.page.inner_text(f'[data-article="{site.articles[7].id}"] a')
    window.assert_clean()


def test_hits_are_marked_where_they_stand(window: Visit) -> None:
    open_search(window, q="稀土永磁")
    for item in window.page.locator("[data-article]").all():
        assert [text for text in item.locator("mark").all_inner_texts() if "稀土永磁" in text]
    link = window.page.locator("[data-article] a").first
    link.click()
    window.page.wait_for_selector("mark.pn-hit")
    assert {fold_text(text) for text in window.page.locator("mark.pn-hit").all_inner_texts()} == {"稀土永磁"}
    window.assert_clean()


def test_csv_holds_all_results(site: Site, window: Visit) -> None:
    open_search(window, q="园区")
    with window.page.expect_download() as download:
        window.page.get_by_role("button", name="下载 CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    expected = {a.id: a for a in matching(site, "园区")}
    assert [row["编号"] for row in rows] == show_all(window)
    for row in rows:
        article = expected.pop(row["编号"])
        assert row["标题"].lstrip("'") == article.title
        assert row["园区"] == "；".join(tag.label for tag in article.tagged(Facet.PARK))
        assert row["网址"] == f"{window.address}/articles/{article.id}/"
    assert not expected


def test_without_javascript_hubs_are_named(site: Site, visit: Callable[..., Visit]) -> None:
    window = visit(site.address, java_script_enabled=False)
    window.open("/search/")
    notice = window.page.locator("noscript")
    assert "JavaScript" in notice.inner_text()
    hubs = notice.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert "../parks/" in hubs
    box = notice.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < 500, "it is read without scrolling"


def test_unreadable_index_is_told(site: Site, window: Visit) -> None:
    window.page.route("**/*.bin*", lambda route: route.abort())
    window.open("/search/?q=园区")
    window.page.wait_for_selector('[data-search="failed"]')
    assert "索引没有读到" in window.page.inner_text("[role=status]")
    window.page.unroute("**/*.bin*")
    window.page.get_by_role("button", name="重试").click()
    settle(window)
    assert total(window) == len(matching(site, "园区"))


def test_an_answer_stands_though_the_ways_out_cannot_be_looked_up(window: Visit) -> None:
    window.open("/search/")
    settle(window)
    window.page.route("**/grams/*.bin*", lambda route: route.abort())
    window.open("/search/?q=园区&from=1801-01-01&to=1801-12-31")
    settle(window)
    window.page.wait_for_load_state("networkidle")
    assert window.page.get_attribute("[data-search]", "data-search") == "done"
    assert total(window) == 0
    assert "没有找到" in window.page.inner_text("[role=status]")


@pytest.fixture
def module(window: Visit) -> Callable[..., Any]:
    """Calls a function of a module of the page with JSON arguments: module("fold", "foldText", text)."""
    window.open("/search/")
    prefix = window.address + "/assets/search/"
    script = "async ([url, name, args]) => (await import(url))[name](...args)"
    return lambda file, name, *args: window.page.evaluate(script, [f"{prefix}{file}.js", name, args])


def test_browser_folds_as_the_index_does(module: Callable[..., Any]) -> None:
    cases = yaml.safe_load((CASES / "fold.yml").read_text(encoding="utf-8"))
    for case in cases:
        assert module("fold", "foldText", case["text"]) == case["folded"]
    # Every character of the basic plane that Python's Unicode version knows, between two that fold to themselves.
    chars = [char for char in map(chr, range(0x20, 0xFFFE)) if unicodedata.category(char) not in ("Cn", "Cs", "Co")]
    for start in range(0, len(chars), 8192):
        part = chars[start : start + 8192]
        folded = module("fold", "foldText", "园".join(part))
        assert folded == fold_text("园".join(part))


def test_queries_are_read_as_told(module: Callable[..., Any]) -> None:
    for case in yaml.safe_load((CASES / "query.yml").read_text(encoding="utf-8")):
        terms = module("query", "parseQuery", case["query"])
        assert [("!" if t["excluded"] else "") + t["folded"] for t in terms] == case["terms"], case["query"]


def test_dates_are_told_as_on_the_pages_of_the_archive(module: Callable[..., Any]) -> None:
    for value, precision in {
        "": Precision.UNKNOWN,
        "2020": Precision.YEAR,
        "2020-08": Precision.MONTH,
        "2020-08-31": Precision.DAY,
        "2020-08-26/2020-09-10": Precision.WINDOW,
        "2020-08-31/2020-08-31": Precision.WINDOW,
        "2020-06-03/2022-06-18": Precision.WINDOW,
        "2020-01-01/2020-12-31": Precision.WINDOW,
        "2016-01-01/2017-12-31": Precision.WINDOW,
        "2016-01-01/2016-06-30": Precision.WINDOW,
    }.items():
        assert module("words", "dateInWords", value) == date_words(PartialDate(value, precision)), value


@pytest.mark.parametrize("width", [360, 390, 1280])
def test_nothing_is_wider_than_the_window(site: Site, visit: Callable[..., Visit], width: int) -> None:
    window = visit(site.address, viewport={"width": width, "height": 800})
    open_search(window, q="园区", paper="园区周刊")
    assert window.page.evaluate("document.documentElement.scrollWidth") <= width
