"""The search page finds what a plain look through all texts finds: in a small archive, and in a sharded one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.search import grams
from generator.search.index import index
from tests.browser.conftest import Visit
from tests.browser.search_page import Site, open_search, present, show_all, shown_counts, total, type_query
from tests.search.grep import facet_counts, grep, queries
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
