"""The search page in a real browser, against a plain look through all texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from generator.model import Article
from generator.search.index import index
from tests.browser.conftest import Visit
from tests.search.grep import facet_counts, grep, queries
from tests.search.newsroom import articles
from tests.search.sites import build_search_site

SETTLED = '[data-search="done"]'


@dataclass
class Site:
    address: str
    articles: Sequence[Article]

    def by_id(self, ids: set[str]) -> list[Article]:
        return [article for article in self.articles if article.id in ids]


@pytest.fixture(scope="session", params=[30, 1000])
def site(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], str]
) -> Site:
    """A small archive (one file) and one that is sharded."""
    held = articles(request.param)
    return Site(serve(build_search_site(tmp_path_factory.mktemp("site"), held[:5], index(held))), held)


def search(visit: Visit, **params: str) -> None:
    visit.open(f"/search/?{urlencode(params)}")
    visit.page.wait_for_selector(SETTLED)


def type_query(visit: Visit, query: str) -> None:
    """Puts the query in the field and waits until the page has settled on it."""
    page = visit.page
    page.fill("#pn-q", query)
    page.keyboard.press("Enter")
    page.wait_for_function(
        "q => new URLSearchParams(location.search).get('q') === q && document.querySelector('[data-search=done]')",
        arg=query.strip(),
    )


def total(visit: Visit) -> int:
    return int(visit.page.get_attribute("[data-search]", "data-total") or -1)


def shown(visit: Visit) -> list[str]:
    ids: list[str] = visit.page.eval_on_selector_all("[data-article]", "all => all.map(e => e.dataset.article)")
    return ids


def show_all(visit: Visit) -> list[str]:
    """Ids of all results, in rank order, after 更多 as often as it is offered."""
    page = visit.page
    while page.locator("[data-more]").is_visible():
        before = len(shown(visit))
        page.locator("[data-more]").click()
        page.wait_for_function("n => document.querySelectorAll('[data-article]').length > n", arg=before)
    return shown(visit)


def shown_counts(visit: Visit) -> dict[str, dict[str, int]]:
    rows = visit.page.eval_on_selector_all(
        "[data-facet]", "all => all.map(e => [e.dataset.facet, e.dataset.value, Number(e.dataset.count)])"
    )
    counts: dict[str, dict[str, int]] = {}
    for facet, value, count in rows:
        counts.setdefault(facet, {})[value] = count
    return counts


def present(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {facet: values for facet, values in counts.items() if values}


def test_finds_what_grep_finds(site: Site, visit: Callable[..., Visit]) -> None:
    window = visit(site.address)
    search(window)
    for number, query in enumerate(queries(site.articles, 200)):
        type_query(window, query)
        expected = grep(site.articles, query)
        assert total(window) == len(expected), query
        assert present(shown_counts(window)) == present(facet_counts(site.by_id(expected))), query
        if number % 4 == 0 and len(expected) <= 60:
            assert set(show_all(window)) == expected, query
    window.assert_clean()
