"""Speed of tagging on one core, and F1 on every set of labelled articles; prints two tables.

    python -m tests.bench.bench_tags

Needs ../shared/bench: the labelled texts are there. tests/gold/README.md tells what each part of the labels was for.
"""

from __future__ import annotations

import json
import time

from generator.articles.tag import article_of_record, tag
from generator.authority import Authority, load
from generator.model import Article
from tests.labels import ARTICLES, FACETS, PARTS, Label, f1, labelled_articles, labels, main_parks, seed_articles

ROUNDS = 3


def main() -> None:
    """Print the tables, or say why there is nothing to measure."""
    if not ARTICLES.exists():
        print("../shared/bench is not beside the repository: nothing to measure")
        return
    started = time.perf_counter()
    authority = load()
    loading = time.perf_counter() - started
    with ARTICLES.open(encoding="utf-8") as lines:
        articles = [article_of_record(json.loads(line)) for line in lines]
    print("articles   load s   articles/s (best of 3, one core)")
    print(f"{len(articles):8} {loading:8.2f} {max(speed(articles, authority) for _ in range(ROUNDS)):12.0f}")
    print()
    print(f"{'labels':12} {'articles':>8} {' '.join(f'{name:>10}' for name in FACETS)}   main park")
    texts = labelled_articles("tags_dev.jsonl", "tags_dev_parks.jsonl")
    for part in PARTS:
        told = [label for label in labels() if label["half"] == part]
        print_row(part, [(tag(texts[label["id"]], authority), label) for label in told])
    parks_only = labels("tags_dev_parks.jsonl")
    print_row("parks only", [(tag(texts[label["id"]], authority), label) for label in parks_only])
    print_row("seed pages", [(tag(article, authority), label) for article, label in seed_articles()])


def speed(articles: list[Article], authority: Authority) -> float:
    """Articles a second of processor time."""
    started = time.process_time()
    for article in articles:
        tag(article, authority)
    return len(articles) / (time.process_time() - started)


def print_row(name: str, pairs: list[tuple[Article, Label]]) -> None:
    """One line of F1; a dash for a facet that nobody labelled or that no article of the set has."""
    cells = []
    for facet in FACETS:
        some = any(label.get(facet) for _, label in pairs)
        cells.append(f"{f1(pairs, facet):10.3f}" if some else f"{'–':>10}")
    right, all_of_them = main_parks(pairs)
    print(f"{name:12} {len(pairs):8} {' '.join(cells)}   {right}/{all_of_them}")


if __name__ == "__main__":
    main()
