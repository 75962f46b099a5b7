"""Fits WEIGHTS of generator/articles/halves.py: is a line amid a story half of its headline?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from generator.articles.halves import MOST_LINES, half_features, may_be_half
from generator.articles.judge import worth
from generator.model import Block, Page, Role
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch
from tests.bench.gold import GoldPage, owner, owners
from tests.bench.logistic import fitted, print_table


def fit_halves(data: Sequence[GoldPage]) -> None:
    """Print the table, and the share of head lines that it tells rightly on these pages."""
    rows: list[dict[str, float]] = []
    truth: list[bool] = []
    for page, gold in data:
        stretches = owners(gold)
        read = stitch(classify(normalise(page)), worth)
        copies = [b.text for b in read.blocks if b.role is Role.DUPLICATE_HEADLINE]
        for headline, body in _stories(read):
            article = next((whose for whose, role in (owner(stretches, b) for b in headline) if role == "title"), -1)
            for i in may_be_half(body):
                whose, role = owner(stretches, body[i])
                if role in {"subhead", "body"} or (role == "title" and whose == article):
                    found = half_features(headline, body, i, copies)
                    rows.append({name: float(value) for name, value in found.items()})
                    truth.append(role == "title")
    names = list(rows[0])
    weights, odds = fitted(rows, truth, names)
    right = ((odds > 0) == np.array(truth)).mean()
    print(f"# {len(rows)} lines, {sum(truth)} halves, right {right:.4f}")
    print_table("WEIGHTS: dict[str, float]", zip(names, weights, strict=True))


def _stories(page: Page) -> Iterator[tuple[list[Block], list[Block]]]:
    """Headline and body of each story whose headline may lack a half."""
    threads: dict[int, list[Block]] = {}
    for block in page.blocks:
        threads.setdefault(block.thread, []).append(block)
    for thread, blocks in threads.items():
        headline = [b for b in blocks if b.role is Role.HEADLINE]
        if thread >= 0 and 1 <= len(headline) <= MOST_LINES:
            yield headline, [b for b in blocks if b.role in {Role.BODY, Role.SUBHEAD}]
