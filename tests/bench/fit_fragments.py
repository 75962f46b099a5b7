"""Fits FRAGMENT_WEIGHTS of generator/pages/classify.py: is an unmarked short line a piece of body, or a head?"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.pages import classify
from generator.pages.normalise import normalise
from tests.bench.gold import GoldPage, owner, owners
from tests.bench.logistic import fitted, print_table


def fit_fragments(data: Sequence[GoldPage]) -> None:
    """Print the table, and the share of short lines that it tells rightly on these pages."""
    rows, truth = short_lines(data)
    names = list(classify.FRAGMENT_WEIGHTS)
    weights, odds = fitted(rows, truth, names)
    right = ((odds > 0) == np.array(truth)).mean()
    print(f"# {len(rows)} short lines, {sum(truth)} body, right {right:.4f}")
    print_table("FRAGMENT_WEIGHTS", zip(names, weights, strict=True))


def short_lines(data: Sequence[GoldPage]) -> tuple[list[dict[str, float]], list[bool]]:
    """Features of each unmarked line that may be a head and is text or head in the gold, and whether it is body."""
    rows: list[dict[str, float]] = []
    truth: list[bool] = []
    for page, gold in data:
        blocks = classify.before_heads(normalise(page))
        marked = classify.has_marks(blocks)
        stretches = owners(gold)
        for i, block in enumerate(blocks):
            if block.level or not classify._may_head(block):
                continue
            _, role = owner(stretches, block)
            if role:
                rows.append({name: value for name, value, _ in classify.fragment_features(blocks, i, marked)})
                truth.append(role == "body")
    return rows, truth
