"""Our search, Material's own and Pagefind in the same browser: the same articles, the same queries, first ten results.

Each is asked through its own code as its page would ask it, without the page around: what is measured is the search.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import material
from material.plugins.search.plugin import SearchIndex
from pagefind.index import IndexConfig, PagefindIndex
from playwright.sync_api import Browser

from generator.model import Article

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Rival:
    """A way to search, and how to measure it."""

    name: str
    build: Callable[[Sequence[Article], Path], Mapping[str, str]]
    """Writes its files under a folder of its own; gives the id of an article by what its results call it."""
    script: str
    """Module that sets window.seek: a query to [names of all results, when the first ten are there]."""
    cold: int
    """Queries measured in a fresh browser each."""


def build_ours(articles: Sequence[Article], folder: Path) -> Mapping[str, str]:
    """Nothing: the site that is being measured has the index. Results are document numbers, oldest first."""
    del folder
    return {str(number): article.id for number, article in enumerate(articles)}


def build_material(articles: Sequence[Article], folder: Path) -> Mapping[str, str]:
    """The index that Material's plugin makes of the pages, and the worker that its theme searches it with."""
    found = SearchIndex(
        lang=["zh"], separator="[\\s\\u200b\\u3000\\-、。，．？！；]+", pipeline=["stemmer"],
        fields={"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}},
    )  # fmt: skip
    for article in articles:
        body = "".join(f"<p>{escape(p.text)}</p>" for p in article.paragraphs)
        content = f'<h1 id="t">{escape(article.title)}</h1>{body}'
        page = SimpleNamespace(meta={}, content=content, toc=[], url=f"{article.id}/", title=article.title)
        found.add_entry_from_context(page)
    scripts = Path(material.__file__).parent / "templates/assets/javascripts"
    for part in ("workers", "lunr"):
        shutil.copytree(scripts / part, folder / part, ignore=shutil.ignore_patterns("*.map"))
    next((folder / "workers").glob("search.*.js")).rename(folder / "workers/search.js")
    (folder / "search_index.json").write_text(found.generate_search_index(None), encoding="utf-8")
    return {f"{article.id}/": article.id for article in articles}


def build_pagefind(articles: Sequence[Article], folder: Path) -> Mapping[str, str]:
    """Pagefind's extended index, which knows Chinese words; of pages, as it reads those on all cores."""

    async def build(pages: str) -> None:
        async with PagefindIndex(config=IndexConfig(output_path=str(folder))) as found:
            await found.add_directory(pages)

    with TemporaryDirectory() as pages:
        for article in articles:
            body = "".join(f"<p>{escape(p.text)}</p>" for p in article.paragraphs)
            page = f'<!doctype html><html lang="zh"><body><h1>{escape(article.title or "—")}</h1>{body}</body></html>'
            path = Path(pages, article.id, "index.html")
            path.parent.mkdir()
            path.write_text(page, encoding="utf-8")
        # The browser's own loop runs in this thread.
        with ThreadPoolExecutor(1) as other:
            other.submit(asyncio.run, build(pages)).result()
    names = {}
    for path in folder.glob("fragment/*.pf_fragment"):
        content = gzip.decompress(path.read_bytes()).decode().removeprefix("pagefind_dcd")
        names[path.stem] = json.loads(content)["url"].strip("/")
    return names


OURS = """
import { Files } from "/assets/search/files.js";
import { search } from "/assets/search/search.js";
import { ShardedEngine } from "/assets/search/sharded.js";
import { SmallEngine } from "/assets/search/small.js";
import { readState } from "/assets/search/state.js";
let engine;
window.seek = async (query) => {
  const folder = new URL("/search/", location.href);
  if (!engine) {
    const page = new DOMParser().parseFromString(await (await fetch(folder)).text(), "text/html");
    const table = page.querySelector("[data-search-table]")?.textContent;
    engine = table ? new ShardedEngine(new Files(folder, "bench"), table) : new SmallEngine(new Files(folder, "bench"));
  }
  const { docs } = await search(engine, readState("?" + new URLSearchParams({ q: query })));
  await engine.records(docs.subarray(0, SHOWN));
  return [Array.from(docs, String), performance.now()];
};
"""
MATERIAL = """
let worker;
const answer = (message) => new Promise((done) => {
  worker.onmessage = ({ data }) => done(data);
  worker.postMessage(message);
});
window.seek = async (query) => {
  if (!worker) {
    const index = await (await fetch("/material/search_index.json")).json();
    worker = new Worker("/material/workers/search.js");
    await answer({ type: 0, data: { ...index, options: { suggest: false } } });
  }
  const { data } = await answer({ type: 2, data: query });
  return [data.items.map(([page]) => page.location.split("#")[0]), performance.now()];
};
"""
PAGEFIND = """
let engine;
window.seek = async (query) => {
  if (!engine) {
    engine = await import("/pagefind/pagefind.js");
    await engine.init();
  }
  const { results } = await engine.search(query);
  await Promise.all(results.slice(0, SHOWN).map((result) => result.data()));
  return [results.map((result) => result.id), performance.now()];
};
"""
RIVALS = (
    Rival("ours", build_ours, OURS, 20),
    Rival("pagefind", build_pagefind, PAGEFIND, 20),
    # Its index takes so long to load that once must do.
    Rival("material", build_material, MATERIAL, 1),
)


@dataclass(frozen=True, slots=True)
class Ring:
    """Where the rivals meet."""

    articles: Sequence[Article]
    """In the order of their numbers in our index."""
    expected: Mapping[str, set[str]]
    """Queries, and the ids of the articles that each should find."""
    site: Path
    address: str
    browser: Browser
    sent: Callable[[], int]
    """Bytes sent since it was asked last."""


def compare(ring: Ring) -> None:
    """Prints a line for each rival."""
    for rival in RIVALS:
        start = time.perf_counter()
        folder = ring.site / rival.name
        folder.mkdir()
        names = rival.build(ring.articles, folder)
        seconds = time.perf_counter() - start
        script = rival.script.replace("SHOWN", str(SHOWN))
        (folder / "find.html").write_text(
            f'<!doctype html><html lang="zh"><link rel="icon" href="data:,"><script type="module">{script}</script>',
            encoding="utf-8",
        )
        address = f"{ring.address}/{rival.name}/find.html"
        cold = [_fresh(ring, address, query) for query in [*ring.expected][: rival.cold]]
        found, warm = _all(ring, address, names)
        size, first = (statistics.median(values) for values in zip(*cold, strict=True))
        perfect = sum(found[query] == ids for query, ids in ring.expected.items())
        right = sum(len(found[query] & ids) for query, ids in ring.expected.items())
        print(
            f"  {rival.name:9} built in {seconds:5.1f} s; cold {size / 1000:8.0f} kB,"
            f" {first:6.0f} ms (median of {len(cold)}); next {warm:5.0f} ms;"
            f" precision {right / max(sum(map(len, found.values())), 1):.3f},"
            f" recall {right / max(sum(map(len, ring.expected.values())), 1):.3f},"
            f" {perfect} of {len(found)} queries exactly right",
            flush=True,
        )


def _all(ring: Ring, address: str, names: Mapping[str, str]) -> tuple[dict[str, set[str]], float]:
    """What each query finds, and the median of the milliseconds, once all is loaded that a first query loads."""
    page = ring.browser.new_page()
    page.set_default_timeout(300_000)
    page.goto(address)
    page.wait_for_function("typeof window.seek === 'function'")
    page.evaluate(_FIND, next(iter(ring.expected)))
    found, times = {}, []
    for query in ring.expected:
        results, milliseconds = page.evaluate(_FIND, query)
        found[query] = {names[name] for name in results}
        times.append(milliseconds)
    page.close()
    return found, statistics.median(times)


_FIND = """async query => {
  const start = performance.now();
  const [found, end] = await seek(query);
  return [found, end - start];
}"""


def _fresh(ring: Ring, address: str, query: str) -> tuple[int, float]:
    """Bytes and milliseconds of a query in a fresh browser whose page is open."""
    context = ring.browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(300_000)
    page.goto(address)
    page.wait_for_function("typeof window.seek === 'function'")
    ring.sent()
    _, milliseconds = page.evaluate(_FIND, query)
    context.close()
    return ring.sent(), milliseconds
