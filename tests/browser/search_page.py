"""What a reader does on the search page, and what the page then shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from generator.model import Article
from tests.browser.conftest import Visit

SETTLED = '[data-search="done"]'


@dataclass
class Site:
    address: str
    articles: Sequence[Article]

    def by_id(self, ids: set[str]) -> list[Article]:
        return [article for article in self.articles if article.id in ids]


def open_search(visit: Visit, **params: str) -> None:
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


SLOW_4G = {"offline": False, "latency": 562.5, "downloadThroughput": 180_000, "uploadThroughput": 84_375}
"""What the browser's developer tools call Slow 4G: milliseconds, bytes a second."""
TYPED = """query => new Promise(done => {
  const root = document.querySelector("[data-search]");
  const input = document.querySelector("#pn-q");
  input.value = query;
  const start = performance.now();
  let busy = false;
  let first = 0;
  const list = root.querySelector(".pn-results");
  const watch = new MutationObserver((changes) => {
    if (root.dataset.search === "busy") busy = true;
    if (busy && changes.some(({ target }) => target === list)) first ||= performance.now() - start;
    if (busy && root.dataset.search === "done") {
      watch.disconnect();
      const settled = performance.now() - start;
      done([first || settled, settled]);
    }
  });
  watch.observe(root, { attributes: true, attributeFilter: ["data-search"] });
  watch.observe(list, { childList: true });
  input.dispatchEvent(new InputEvent("input"));
})"""


"""Milliseconds from the last key, the pause that ends typing included, to the first results and to the settled page."""


def milliseconds(visit: Visit, query: str) -> float:
    """From the last key to the settled page."""
    return float(visit.page.evaluate(TYPED, query)[1])


def first_and_settled(visit: Visit, query: str) -> tuple[float, float]:
    """From the last key to the first results, and to the settled page."""
    first, settled = visit.page.evaluate(TYPED, query)
    return float(first), float(settled)


def present(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    return {facet: values for facet, values in counts.items() if values}
