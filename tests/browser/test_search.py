"""The search page finds what a plain look through all texts finds: in a small archive, and in a sharded one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from generator.search.index import index
from tests.browser.conftest import Visit
from tests.browser.search_page import Site, open_search, present, show_all, shown_counts, total, type_query
from tests.search.grep import facet_counts, grep, queries
from tests.search.newsroom import articles
from tests.search.sites import build_search_site

REQUESTS = {30: 3, 1000: 8}
"""How many requests for the index a query may make in a fresh browser."""


@pytest.fixture(scope="session", params=REQUESTS)
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> Site:
    """An archive of one file, and one in shards."""
    held = articles(request.param)
    return Site(serve(build_search_site(tmp_path_factory.mktemp("site"), held[:5], index(held))), held)


def test_finds_what_grep_finds(site: Site, visit: Callable[..., Visit]) -> None:
    window = visit(site.address)
    open_search(window)
    for number, query in enumerate(queries(site.articles, 200)):
        type_query(window, query)
        expected = grep(site.articles, query)
        assert total(window) == len(expected), query
        assert present(shown_counts(window)) == present(facet_counts(site.by_id(expected))), query
        if number % 4 == 0 and len(expected) <= 60:
            assert set(show_all(window)) == expected, query
    window.assert_clean()


@pytest.mark.parametrize("query", ["园区", "稀土永磁", "AMOLED", "稳定在九成八", "氢能重卡 投产", "光伏玻璃 -扩建"])
def test_few_requests(site: Site, visit: Callable[..., Visit], query: str) -> None:
    window = visit(site.address)
    open_search(window, q=query)
    fetched = [url for url in window.requests if ".bin" in url]
    assert len(fetched) <= REQUESTS[len(site.articles)]
    assert total(window) > 0
    window.assert_clean()
