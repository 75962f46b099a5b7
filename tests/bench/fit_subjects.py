"""Fits weights and biases for generator/articles/subject_weights.py and prints them with F1 on articles kept apart.

    python -m tests.bench.fit_subjects [PART …]      parts of tests/gold/tags_dev.jsonl; all without arguments

Writes nothing. The tables in use were rounded by hand; what is printed shows whether others would do better.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, minimize

from generator.articles.mentions import find_mentions
from generator.articles.reading import read
from generator.articles.scope import scope_of
from generator.articles.subject_weights import (
    BROAD_TRADES,
    FIRST_THRESHOLD,
    MEASURES,
    SUBJECT_LIMIT,
    SUBJECT_THRESHOLD,
    SUBJECT_WEIGHTS,
    subject_features,
    uses_of,
)
from generator.articles.tag import mask, scores
from generator.authority import Authority, load
from generator.model import Article, Facet
from tests.bench.logistic import Truth, Vector, print_table
from tests.labels import PARTS, Label, labelled_articles, labels, seed_articles

RIDGE = 0.3
FOLDS = 5
ONLY_MENTIONED = 0.3
"""Weight of a subject that an article only mentions, as an example of what it is not about."""
SEED_PAGE = 2.0
"""Weight of an article of the seed pages: they are newspaper pages on parks, which few of the others are."""
LEAST_WEIGHT = {"标题强词": 1.0}
"""A measure not named here may weigh nothing."""
AGAINST = {"独词", "时政", "大局"}
"""Measures that may not speak for a subject."""
TRIALS = np.arange(-3.0, 2.0, 0.1)
"""Thresholds tried, in log-odds."""
FACET_NAMES = {Facet.INDUSTRY: "industries", Facet.TOPIC: "topics"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A subject in an article. One that is labelled but of which no word was found has no features."""

    article: int
    subject: str
    features: dict[str, float]
    wanted: bool
    free: bool
    score: float
    """As the tables in use score it."""
    on_seed_page: bool

    def weight(self) -> float:
        """As an example for the regression."""
        if not self.features:
            return 0.0
        return (ONLY_MENTIONED if self.free else 1.0) * (SEED_PAGE if self.on_seed_page else 1.0)


def main(parts: Sequence[str]) -> None:
    """Fit both facets on these parts and the seed pages."""
    authority = load()
    texts = labelled_articles("tags_dev.jsonl")
    data = [(texts[label["id"]], label) for label in labels() if label["half"] in parts] + list(seed_articles())
    for facet in FACET_NAMES:
        fit(facet, [c for n, (a, label) in enumerate(data) for c in candidates(n, a, label, facet, authority)])


def candidates(number: int, article: Article, label: Label, facet: Facet, authority: Authority) -> list[Candidate]:
    """The subjects of a facet that an article's words speak for, and those that its label has besides."""
    reading = read(article)
    names = authority.names
    _, masked = find_mentions(reading, names.find(reading.text), names.senses, authority.parks, authority.cues)
    uses = uses_of(reading, authority.words.find(mask(reading.text, masked)))
    here = {key: use for key, use in uses.items() if authority.subjects[key].facet is facet}
    total = sum(use.amount for use in here.values())
    wanted = set(label[FACET_NAMES[facet]])
    free = set(label[f"{FACET_NAMES[facet]}_mentioned"])
    now = {weighed.id: weighed.score for weighed in scores(article, authority)}
    seed = "half" not in label
    scope = scope_of(reading.text)
    measured = {
        key: dict(zip(MEASURES, subject_features(reading, use, total, scope), strict=True)) for key, use in here.items()
    }
    found = [
        Candidate(number, key, features, key in wanted, key in free, now.get(key, 0.0), seed)
        for key, features in measured.items()
    ]
    return found + [Candidate(number, key, {}, True, False, 0.0, seed) for key in sorted(wanted - here.keys())]


def fit(facet: Facet, data: Sequence[Candidate]) -> None:
    """Print F1 of the tables in use, F1 of fitted ones on articles kept apart, and the fitted tables."""
    names = list(SUBJECT_WEIGHTS[facet])
    topics = {c.subject: {c.subject} for c in sorted(data, key=lambda c: c.subject)} if facet is Facet.TOPIC else {}
    biased: dict[str, AbstractSet[str]] = {**topics} if topics else {"BROAD_TRADES": BROAD_TRADES}
    x = np.array(
        [
            [c.features.get(n, 0.0) for n in names] + [float(c.subject in group) for group in biased.values()] + [1.0]
            for c in data
        ]
    )
    y = np.array([c.wanted for c in data])
    weight = np.array([c.weight() for c in data])
    in_use = f1(facet, data, np.array([c.score for c in data]), SUBJECT_THRESHOLD[facet])
    fold = np.array([c.article % FOLDS for c in data])
    odds = np.zeros(len(data))
    for kept in range(FOLDS):
        train = fold != kept
        fitted = regression(x[train], y[train], weight[train], names)
        trained = [c for c, t in zip(data, train, strict=True) if t]
        odds[~train] = x[~train] @ fitted - threshold(facet, trained, x[train] @ fitted)
    apart = f1(facet, data, odds, 0.0)
    print(f"# {facet}: F1 of the tables in use {in_use:.3f}, of fitted ones on articles kept apart {apart:.3f}")
    fitted = regression(x, y, weight, names)
    print_table(f"SUBJECT_WEIGHTS[{facet}]", zip(names, fitted, strict=False))
    print_table(f"SUBJECT_BIAS  # {facet}", zip(biased, fitted[len(names) :], strict=False))
    print(f"SUBJECT_THRESHOLD[{facet}] = {threshold(facet, data, x @ fitted) - fitted[-1]:.2f}")


def regression(x: Vector, y: Truth, weight: Vector, names: Sequence[str]) -> Vector:
    """Logistic regression with a ridge on all but the intercept; the first columns are those of `names`."""

    def loss(t: Vector) -> tuple[float, Vector]:
        odds = x @ t
        value = (weight * np.logaddexp(0, np.where(y, -odds, odds))).sum() + RIDGE * (t[:-1] @ t[:-1])
        slope = x.T @ (weight * (1 / (1 + np.exp(-odds)) - y))
        slope[:-1] += 2 * RIDGE * t[:-1]
        return float(value), slope

    free = len(x[0]) - len(names)
    low = [-np.inf if name in AGAINST else LEAST_WEIGHT.get(name, 0.0) for name in names] + [-np.inf] * free
    high = [0.0 if name in AGAINST else np.inf for name in names] + [np.inf] * free
    bounds = Bounds(np.array(low), np.array(high))
    start = np.clip(np.zeros(len(x[0])), low, high)
    found: Vector = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return found


def threshold(facet: Facet, data: Sequence[Candidate], odds: Vector) -> float:
    """Where F1 is best."""
    return float(max(TRIALS, key=lambda least: f1(facet, data, odds, float(least))))


def f1(facet: Facet, data: Sequence[Candidate], scored: Vector, least: float) -> float:
    """Micro F1 where the best few candidates of each article that score enough are taken."""
    allowance = SUBJECT_THRESHOLD[facet] - FIRST_THRESHOLD[facet]
    by_article: dict[int, list[tuple[float, Candidate]]] = defaultdict(list)
    for candidate, score in zip(data, scored, strict=True):
        by_article[candidate.article].append((float(score), candidate))
    hits = extra = 0
    for found in by_article.values():
        found.sort(key=lambda pair: -pair[0])
        enough = [c for n, (score, c) in enumerate(found) if c.features and score >= least - (0 if n else allowance)]
        taken = enough[: SUBJECT_LIMIT[facet]]
        hits += sum(c.wanted for c in taken)
        extra += sum(not c.wanted and not c.free for c in taken)
    wanted = sum(c.wanted for c in data)
    return 2 * hits / max(1, hits + extra + wanted)


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
