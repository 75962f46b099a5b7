"""The search page finds what a plain look through all texts finds: in a small archive, and in a sharded one."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Route

from generator.search import grams
from generator.search.index import index
from tests.browser.conftest import Visit
from tests.browser.search_page import Site, open_search, present, show_all, shown, shown_counts, total, type_query
from tests.search.grep import Haystack, facet_counts, grep, queries
from tests.search.newsroom import articles
from tests.search.sites import build_search_site


@dataclass(frozen=True, slots=True)
class Held:
    """An archive, and how many requests for the index a query may make in a fresh browser."""

    articles: int
    requests: int
    shard_rows: int = grams.SHARD_ROWS
    queries: int = 200


ARCHIVES = {
    "one file": Held(30, requests=3),
    "shards": Held(1000, requests=8),
    # As in a big archive, many a pair has a shard to itself, and links alone tell that it follows.
    "small shards": Held(1000, requests=8, shard_rows=200, queries=80),
}


@pytest.fixture(scope="session", params=ARCHIVES)
def held(request: pytest.FixtureRequest) -> Held:
    return ARCHIVES[request.param]


@pytest.fixture(scope="session")
def site(held: Held, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]) -> Site:
    made = articles(held.articles)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grams, "SHARD_ROWS", held.shard_rows)
        files = list(index(made))
    return Site(serve(build_search_site(tmp_path_factory.mktemp("site"), made[:5], files)), made)


def test_finds_what_grep_finds(held: Held, site: Site, visit: Callable[..., Visit]) -> None:
    window = visit(site.address)
    open_search(window)
    for number, query in enumerate(queries(site.articles, held.queries)):
        type_query(window, query)
        expected = grep(site.articles, query)
        assert total(window) == len(expected), query
        assert present(shown_counts(window)) == present(facet_counts(site.by_id(expected))), query
        if number % 4 == 0 and len(expected) <= 60:
            assert set(show_all(window)) == expected, query
    window.assert_clean()


@pytest.mark.parametrize("query", ["园区", "稀土永磁", "AMOLED", "稳定在九成八", "氢能重卡 投产", "光伏玻璃 -扩建"])
def test_few_requests(held: Held, site: Site, visit: Callable[..., Visit], query: str) -> None:
    window = visit(site.address)
    open_search(window, q=query)
    fetched = [url for url in window.requests if ".bin" in url]
    assert len(fetched) <= held.requests
    assert total(window) > 0
    window.assert_clean()


@pytest.mark.parametrize("held", ["shards"], indirect=True)
def test_shows_first_results_while_others_are_looked_for(site: Site, visit: Callable[..., Visit]) -> None:
    haystack = Haystack(site.articles)
    rare = rare_pair(haystack)
    query, doubtful = f"园区 -{rare}", haystack.find(rare)
    window = visit(site.address)
    bodies: dict[str, bytes] = {}
    window.page.on(
        "response", lambda answer: bodies.update({answer.url: answer.body()} if "/texts/" in answer.url else {})
    )
    open_search(window, q=query)
    expected = haystack.find("园区") - doubtful
    assert total(window) == len(expected)
    decisive = {url for url, body in bodies.items() if any(held in gzip.decompress(body).decode() for held in doubtful)}
    settled = shown(window)
    window.page.context.close()

    window = visit(site.address)
    page = window.page
    waiting: list[Route] = []
    page.route(
        "**/texts/*.bin*",
        lambda route: waiting.append(route) if route.request.url in decisive else route.continue_(),
    )
    page.goto(f"{site.address}/search/?{urlencode({'q': query})}")
    page.wait_for_selector("[data-article]")
    assert page.get_attribute("[data-search]", "data-search") == "busy"
    assert shown(window)[0] == settled[0]
    assert set(shown(window)) <= expected
    assert "至少" in page.inner_text("[role=status]")
    assert not page.locator("[data-more]").is_visible()
    assert waiting
    page.unroute("**/texts/*.bin*")
    for route in waiting:
        route.continue_()
    page.wait_for_selector('[data-search="done"]')
    assert total(window) == len(expected)
    assert "至少" not in page.inner_text("[role=status]")
    assert shown(window) == settled
    window.assert_clean()


def rare_pair(haystack: Haystack) -> str:
    """Two characters that stand in so few articles that the index leaves it to their texts which, 园区 in some."""
    holders: dict[str, set[str]] = {}
    for number, text in haystack.texts.items():
        for pair in {first + second for first, second in pairwise(text) if not (first + second).isascii()}:
            if "\n" not in pair and pair[0] != "-":
                holders.setdefault(pair, set()).add(number)
    about = haystack.find("园区")
    return min(pair for pair, held in holders.items() if 2 <= len(held) <= 4 and held & about)
