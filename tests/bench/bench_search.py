"""Size, build speed and cost of a query of the search index on real articles; prints a table.

    python -m tests.bench.bench_search [--rivals N] [COUNT ...]     counts of articles; 1000 10000 by default: 8 minutes

Needs ../shared/bench/articles-dev.jsonl and Chromium. More articles than there are made by mixing paragraphs. Up to N
articles, 10000 unless told, Material's own search and Pagefind stand beside ours: three minutes and some GB of memory,
as Material's index of 10000 takes its reader half a minute. 50000 takes 5 minutes more and 4 GB of memory.
The size of the index is that of everything but the texts and the lines of the CSV, which are what a search finds.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import re
import resource
import statistics
import sys
import tempfile
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlencode

from playwright.sync_api import Browser, sync_playwright

from generator.model import Article, Facet, Newspaper, Paragraph, PartialDate, Passage, Precision, Tag
from generator.search.documents import Document, in_order
from generator.search.folding import fold_text
from generator.search.index import FOLDER, index
from tests.bench.rivals import Ring, compare
from tests.browser.conftest import ARGUMENTS, QuietHandler, chromium_path
from tests.browser.search_page import SLOW_4G, TYPED
from tests.search.grep import texts as grep_texts
from tests.search.sites import build_search_site

SHARED = Path(__file__).resolve().parents[3] / "shared"
COUNTS = (1000, 10_000)
RIVALS_UP_TO = 10_000
QUERIES = 40
EXACT = 200
"""Further queries whose totals are held against grep, in one window."""
TYPING_PAUSE_MS = 15
"""As app.js has it."""
FIXED = ("园区", "稀土", "高质量发展", "AMOLED", "112.5亿元", "中国企业", "2025年", "产业园区 人工智能", "的发展")
SUBJECTS = (
    "新能源",
    "新材料",
    "人工智能",
    "生物医药",
    "集成电路",
    "机器人",
    "光伏",
    "储能",
    "航空",
    "汽车",
    "软件",
    "物流",
)
TOPICS = ("招商", "创新", "改革", "绿色", "人才", "开放", "金融", "消费")


def real_articles() -> list[Article]:
    """The bench's articles, tagged by plain occurrence of names: as many tags as a real archive has, not as right."""
    with (SHARED / "authority/parks.csv").open(encoding="utf-8") as file:
        parks = [(row["id"], row["name_full"], row["name_short"], row["province"]) for row in csv.DictReader(file)]
    lines = (SHARED / "bench/articles-dev.jsonl").read_text(encoding="utf-8").splitlines()
    return [real_article(json.loads(line), parks) for line in lines]


def real_article(row: dict[str, object], parks: Sequence[tuple[str, str, str, str]]) -> Article:
    paragraphs = [str(text) for text in row["body"]] if isinstance(row["body"], list) else []
    text = str(row["title"]) + "\n".join(paragraphs)
    found = [park for park in parks if park[1] in text or (len(park[2]) > 4 and park[2] in text)]
    tags = [Tag(Facet.PARK, park[0], park[1], about=True) for park in found[:3]]
    tags += [
        Tag(Facet.PROVINCE, name, name, about=True) for name in dict.fromkeys(park[3] for park in found[:3]) if name
    ]
    tags += [Tag(Facet.INDUSTRY, name, name, about=True) for name in SUBJECTS if text.count(name) > 1][:3]
    tags += [Tag(Facet.TOPIC, name, name, about=True) for name in TOPICS if text.count(name) > 2][:2]
    try:
        day = datetime.strptime(str(row.get("date", "")), "%b %d, %Y").strftime("%Y-%m-%d")
    except ValueError:
        day = ""
    return Article(
        id=str(row["id"]),
        page="",
        headline=Passage.invented(str(row["title"])),
        paragraphs=tuple(Paragraph(Passage.invented(text)) for text in paragraphs),
        newspaper=Newspaper(str(row.get("source", ""))),
        date=PartialDate(day, Precision.DAY) if day else PartialDate(),
        tags=tuple(tags),
    )


def mixed(articles: Sequence[Article], count: int, seed: int = 5) -> list[Article]:
    """So many articles: the real ones, then ones of their paragraphs, shuffled."""
    dice = random.Random(seed)  # noqa: S311
    pool = [paragraph for article in articles for paragraph in article.paragraphs]
    made = list(articles[:count])
    while len(made) < count:
        model, tagged = dice.choice(articles), dice.choice(articles)
        made.append(
            replace(
                model,
                id=f"m{len(made):011x}",
                paragraphs=tuple(dice.choice(pool) for _ in model.paragraphs),
                tags=tagged.tags,
                date=tagged.date,
            )
        )
    return [replace(article, id=f"{number:012x}") for number, article in enumerate(made)]


def substrings(articles: Sequence[Article], count: int, seed: int = 3) -> list[str]:
    """Passages of two to eight characters as they stand, without blanks."""
    dice = random.Random(seed)  # noqa: S311
    found: list[str] = []
    while len(found) < count:
        text = dice.choice(dice.choice(articles).paragraphs).text
        at, size = dice.randrange(max(1, len(text) - 8)), dice.choice([2, 2, 3, 4, 4, 5, 6, 8])
        query = text[at : at + size]
        if len(query) == size and not any(char.isspace() or char in '-－"“「『＂' for char in query):
            found.append(query)
    return found


class Counter:
    """Requests for files of an index since the last look, and their bytes."""

    def __init__(self) -> None:
        self.requests, self.bytes = 0, 0

    def take(self) -> tuple[int, int]:
        taken = self.requests, self.bytes
        self.requests, self.bytes = 0, 0
        return taken


def table_in(page: str) -> int:
    """Bytes that the table takes on the wire in the page that brings it along; 0 where there is none."""
    found = re.search(r'^table: (.+)$|data-search-table(?:="")?>([^<]+)<', page, re.MULTILINE)
    return len(gzip.compress((found[1] or found[2]).encode())) if found else 0


@cache
def size_on_the_wire(path: Path) -> int:
    """Bytes of a file as a host sends it that compresses what is text; of the search page only those of its table."""
    if path.suffix == ".html":
        return table_in(path.read_text(encoding="utf-8"))
    return len(gzip.compress(path.read_bytes(), 6)) if path.suffix in (".json", ".js") else path.stat().st_size


class CountingHandler(QuietHandler):
    """Counts the files of indexes that it serves, and the code of other searches."""

    def __init__(self, *arguments: object, counter: Counter, directory: str) -> None:
        self.counter = counter
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def do_GET(self) -> None:  # noqa: N802  the base class's name
        path = Path(self.translate_path(self.path))
        if path.is_file() and (path.suffix == ".bin" or {"material", "pagefind"} & set(path.parts)):
            self.counter.requests += 1
            self.counter.bytes += size_on_the_wire(path)
        if path.name == FOLDER and path.is_dir():
            self.counter.bytes += size_on_the_wire(path / "index.html")
        # A window that is closed waits for nothing.
        with suppress(ConnectionError):
            super().do_GET()


@dataclass(frozen=True)
class Cost:
    """What one query took."""

    query: str
    total: int
    requests: int
    bytes: int
    cold_ms: float
    warm_ms: float
    right: bool


def measure(browser: Browser, address: str, counter: Counter, query: str, expected: int) -> Cost:
    """A query by its address in a fresh browser; typed in another fresh one; typed again when all is warm."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    counter.take()
    page.goto(f"{address}/search/?{urlencode({'q': query})}")
    page.wait_for_selector('[data-search="done"]')
    total = int(page.get_attribute("[data-search]", "data-total") or -1)
    requests, sent = counter.take()
    context.close()

    context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/search/")
    page.wait_for_selector('[data-search="done"]')
    cold = float(page.evaluate(TYPED, query)[1])
    for other in ("", query, ""):
        page.evaluate(TYPED, other)
    warm = float(page.evaluate(TYPED, query)[1])
    context.close()
    return Cost(query, total, requests, sent, cold, warm, total == expected)


def slow_ms(browser: Browser, address: str, query: str) -> tuple[float, float]:
    """From the last key to the first results and to the last on a slow network, in a fresh browser on the open page."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/search/")
    page.wait_for_selector('[data-search="done"]')
    context.new_cdp_session(page).send("Network.emulateNetworkConditions", SLOW_4G)
    first, settled = page.evaluate(TYPED, query)
    context.close()
    return float(first), float(settled)


def totals(browser: Browser, address: str, queries: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Queries and the totals that the page shows."""
    page = browser.new_page()
    page.goto(f"{address}/search/")
    page.wait_for_selector('[data-search="done"]')
    for query in queries:
        page.evaluate(TYPED, query)
        yield query, int(page.get_attribute("[data-search]", "data-total") or -1)
    memory = page.evaluate("performance.memory.usedJSHeapSize")
    print(f"  JavaScript heap after {len(queries)} queries {memory / 1e6:.0f} MB")
    page.close()


def bench(count: int, real: Sequence[Article], browser: Browser, folder: Path, rivals: int) -> None:
    """One archive: its index, then its queries."""
    articles = mixed(real, count)
    characters = sum(len(a.title) + sum(len(p.text) for p in a.paragraphs) for a in articles)
    start, cpu = time.perf_counter(), time.process_time()
    files = list(index(articles))
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    print(f"\n{count} articles, {characters:,} characters; built in {seconds:.1f} s", end="; ")
    print(f"{characters / cpu / 1e6:.2f} million characters a second of one core, ", end="")
    print(f"at most {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:,.0f} MB with the texts")
    no_index = (f"{FOLDER}/texts/", f"{FOLDER}/cards/", f"{FOLDER}/index.md")
    brought = table_in(files[-1].content.decode())
    whole = sum(len(f.content) for f in files if not f.path.startswith(no_index)) + brought
    print(f"  index {whole / characters:.3f} bytes a character, table {brought:,} bytes")
    for part in ("grams/", "names", "texts/", "cards/", "all"):
        sizes = [len(file.content) for file in files if file.path.startswith(f"{FOLDER}/{part}")]
        if sizes:
            size = sum(sizes)
            print(f"  {part:8} {len(sizes):6} files {size:12,} bytes {size / characters:6.3f} a character", end="")
            print(f", largest {max(sizes):,}")
    counter = Counter()
    site = build_search_site(folder, [], files)
    handler = partial(CountingHandler, counter=counter, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}"
    texts = {article.id: "\n".join(grep_texts(article)) for article in articles}
    costs = []
    queries = (*FIXED, *substrings(articles, QUERIES))
    for query in queries:
        needles = [fold_text(term) for term in query.split()]
        expected = sum(all(needle in text for needle in needles) for text in texts.values())
        costs.append(measure(browser, address, counter, query, expected))
    slow = {query: slow_ms(browser, address, query) for query in FIXED[:4]}
    print("  first results on Slow 4G:", ", ".join(f"{query} {first:.0f} ms" for query, (first, _) in slow.items()))
    wrong = [
        query
        for query, total in totals(browser, address, substrings(articles, EXACT, 9))
        if total != sum(fold_text(query) in text for text in texts.values())
    ]
    print(f"  of {EXACT} further queries {EXACT - len(wrong)} have the total that grep has {wrong}")
    if count <= rivals:
        wanted = {q: {i for i, text in texts.items() if all(fold_text(t) in text for t in q.split())} for q in queries}
        sent = lambda: counter.take()[1]  # noqa: E731
        compare(Ring([d.article for d in in_order(map(Document, articles))], wanted, site, address, browser, sent))
    server.shutdown()
    for cost in (*costs[: len(FIXED)], *sorted(costs[len(FIXED) :], key=lambda c: -c.bytes)[:5]):
        print(
            f"  {cost.query:12.12} {cost.total:6} found, {cost.requests:2} requests, {cost.bytes / 1000:6.1f} kB, "
            f"cold {cost.cold_ms:5.0f} ms, warm {cost.warm_ms - TYPING_PAUSE_MS:4.0f} ms + pause"
        )
    for name in ("requests", "bytes", "cold_ms", "warm_ms"):
        values = sorted(getattr(cost, name) for cost in costs)
        print(
            f"  {name:9} median {statistics.median(values):9.0f}, 95 % {values[int(len(values) * 0.95)]:9.0f}", end=""
        )
        print(f", most {values[-1]:9.0f}")
    missed = [cost.query for cost in costs if not cost.right]
    print(f"  totals as grep has them: {len(costs) - len(missed)} of {len(costs)} {missed}")


def main() -> None:
    parser = ArgumentParser(prog="bench_search")
    parser.add_argument("counts", type=int, nargs="*", default=COUNTS)
    parser.add_argument("--rivals", type=int, default=RIVALS_UP_TO)
    options = parser.parse_args()
    if not SHARED.exists():
        sys.exit("bench_search: ../shared with the bench articles is not there")
    real = real_articles()
    with sync_playwright() as playwright:
        path = chromium_path(playwright.chromium)
        if path is None:
            sys.exit("bench_search: no Chromium on this machine")
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for count in options.counts:
            with tempfile.TemporaryDirectory() as folder:
                bench(count, real, browser, Path(folder), options.rivals)
        browser.close()


if __name__ == "__main__":
    main()
