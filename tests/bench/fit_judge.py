"""Fits generator/articles/judge_weights.py: which of the near readings of a page has the most articles whole?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from generator.articles.assemble import assemble
from generator.articles.credit import credit
from generator.articles.judge import worth_features
from generator.articles.record import page_record
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import TIE, readings
from tests.bench.fit_trust import AGAINST, FOR
from tests.bench.gold import GoldPage
from tests.bench.logistic import Vector
from tests.bench.scorer import scorer

RIDGE = 10.0
ASIDE = (
    "share of the page",
    "blocks, log",
    "reads like news",
    "headline of marks of two kinds",
    "marked headline",
    "stray copy of a headline",
    "column name above",
    "caption",
    "kicker",
    "pull quote",
    "subhead without mark",
    "headline of two parts",
    "half joined",
    "subhead's mark is the headline's",
)
"""Signs that tell how long articles are and how a page is set: weighed, they would only learn the pages of the fit."""
NEARLY = 0.1
"""What an article's F1 counts beside its being whole: of readings with the same articles whole the nearer one wins."""
FOLDS = 5


class _Choice(NamedTuple):
    """The near readings of a page, its own reading first."""

    features: np.ndarray[tuple[int, int], np.dtype[np.float64]]
    """Less those of the page's own reading."""
    merit: Vector
    whole: Vector


def fit_judge(data: Sequence[GoldPage]) -> None:
    """Print the module of weights; on stderr, what the judge gains on pages that it doesn't know."""
    names: list[str] = []
    choices = list(_choices(data, names))
    gained = np.zeros(2)
    for fold in range(FOLDS):
        weights = _fitted([c for i, c in enumerate(choices) if i % FOLDS != fold], names)
        for choice in choices[fold::FOLDS]:
            odds = choice.features @ weights
            best = int(odds.argmax())
            if odds[best] > TIE:
                gained += choice.whole[best] - choice.whole[0], 1
    print(
        f"{len(choices)} pages with near readings; cross-fitted: {gained[1]:.0f} read anew, "
        f"{gained[0]:+.0f} articles whole",
        file=sys.stderr,
    )
    print('"""What readings of a page are judged by; written by `python -m tests.bench.fit judge`."""\n')
    print("WEIGHTS: dict[str, float] = {")
    for name, weight in zip(names, _fitted(choices, names), strict=True):
        print(f'    "{name}": {weight:.3f},')
    print('}\n"""Log-odds of one reading of a page against another."""')


def _choices(data: Sequence[GoldPage], names: list[str]) -> Iterator[_Choice]:
    """The pages with near readings that differ in merit. Fills in the names of the features."""
    score = scorer()
    if score is None:
        raise SystemExit("the judge is fitted with ../shared/bench/score.py, which is not there")
    for page, gold in data:
        found = readings(classify(normalise(page)))
        if len(found) < 2 or not all("page_paragraphs" in article for article in gold["articles"]):
            continue
        rows, merit, whole = [], [], []
        for reading, makeup in found:
            rows.append(worth_features(reading, makeup))
            record = dict(page_record(credit(assemble(reading))))
            judged = score.score_page(gold, record, "page", page.text)["rows"]
            whole.append(sum(row["whole"] for row in judged))
            merit.append(whole[-1] + NEARLY * sum(row["F"] for row in judged))
        names[:] = names or [name for name in rows[0] if name not in ASIDE]
        values = np.array([[row[name] for name in names] for row in rows])
        yield _Choice(values - values[0], np.array(merit), np.array(whole, dtype=np.float64))


def _fitted(choices: Sequence[_Choice], names: Sequence[str]) -> Vector:
    """Conditional logit: the best readings of each page against the others; features scaled for the ridge.

    As for confidence, signs with a plain sense may only speak for or only against.
    """
    scale = np.concatenate([c.features for c in choices]).std(axis=0)
    scale[scale == 0] = 1.0
    telling = [(c.features / scale, c.merit >= c.merit.max() - 1e-6) for c in choices if np.ptp(c.merit) > 1e-6]

    def loss(weights: Vector) -> tuple[float, Vector]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for features, best in telling:
            odds = features @ weights
            share = np.exp(odds - odds.max())
            share /= share.sum()
            right = float(share[best].sum()) + 1e-12
            value -= np.log(right)
            slope -= (share * best / right - share) @ features
        return float(value), slope

    limits = dict.fromkeys(FOR, (0.0, None)) | dict.fromkeys(AGAINST, (None, 0.0))
    bounds = [limits.get(name, (None, None)) for name in names]
    found: Vector = minimize(loss, np.zeros(len(scale)), jac=True, method="L-BFGS-B", bounds=bounds).x / scale
    return found
