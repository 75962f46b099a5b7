"""Fits WEIGHTS of generator/halves.py: is a line amid a story, or below a piece of it, half of its headline?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from generator.articles.judge import worth
from generator.halves import MOST_LINES, Candidate, astray_features, astray_lines, half_features, may_be_half
from generator.model import Page, Role
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch
from tests.bench.gold import GoldPage, owner, owners
from tests.bench.logistic import fitted, print_table


def fit_halves(data: Sequence[GoldPage]) -> None:
    """Print both tables, and the share of lines that they tell rightly on these pages.

    What is astray is told with the table of halves that is in use.
    """
    halves: list[tuple[dict[str, float], bool]] = []
    astray: list[tuple[dict[str, float], bool]] = []
    for page, gold in data:
        stretches = owners(gold)
        read = stitch(classify(normalise(page)), worth)
        copies = [b.text for b in read.blocks if b.role is Role.DUPLICATE_HEADLINE]
        for found in _candidates(read):
            article = next(
                (whose for whose, role in (owner(stretches, b) for b in found.headline) if role == "title"), -1
            )
            whose, role = owner(stretches, found.line)
            if found.hosted and role:
                astray.append((_numbers(astray_features(found, copies)), whose == article))
            half = role == "title" and whose == article
            if not found.hosted and (half or role in {"subhead", "body"}):
                halves.append((_numbers(half_features(found, copies)), half))
    for heading, told in (("WEIGHTS", halves), ("ASTRAY_WEIGHTS", astray)):
        rows, truth = zip(*told, strict=True)
        names = list(rows[0])
        weights, odds = fitted(rows, truth, names)
        right = ((odds > 0) == np.array(truth)).mean()
        print(f"# {len(rows)} lines, {sum(truth)} of the story, right {right:.4f}")
        print_table(f"{heading}: dict[str, float]", zip(names, weights, strict=True))


def _numbers(found: dict[str, float]) -> dict[str, float]:
    return {name: float(value) for name, value in found.items()}


def _candidates(page: Page) -> Iterator[Candidate]:
    """The lines that may be halves of headlines, amid their story and above others."""
    for thread in sorted({b.thread for b in page.blocks if b.thread >= 0}):
        blocks = [b for b in page.blocks if b.thread == thread]
        headline = [b for b in blocks if b.role is Role.HEADLINE]
        body = [b for b in blocks if b.role in {Role.BODY, Role.SUBHEAD}]
        if 1 <= len(headline) <= MOST_LINES:
            yield from (Candidate(headline, body, i) for i in may_be_half(body))
    yield from (found for _, found in astray_lines(page.blocks))
