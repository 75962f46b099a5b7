"""Fits weights for generator/articles/province_weights.py and prints them with F1 on articles kept apart.

    python -m tests.bench.fit_provinces [PART …]      parts of tests/gold/tags_dev.jsonl; all without arguments

Writes nothing. F1 is given strictly, and as `tests.labels.f1` counts it: a province that the label calls mentioned
counts neither way.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generator.articles.mentions import Mention, find_mentions
from generator.articles.park_weights import weigh_parks
from generator.articles.province_weights import PROVINCE_THRESHOLD, PROVINCE_WEIGHTS, province_features
from generator.articles.reading import read
from generator.articles.scope import scope_of
from generator.authority import Authority, load
from generator.model import Article
from tests.bench.logistic import Vector, fitted, print_table
from tests.labels import PARTS, Label, labelled_articles, labels, seed_articles

RIDGE = 0.3
FOLDS = 8
REPEATS = 5
SIGNS = dict.fromkeys(("园区", "标题", "次数", "句首", "独段", "地点", "在"), 1) | dict.fromkeys(
    ("他处标题", "企业", "举例", "大局", "时政"), -1
)
TRIALS = (-0.6, -0.4, -0.2, 0.0, 0.2, 0.4, 0.6)
"""Log-odds that are asked for."""
CERTAIN = 99.0
"""Log-odds of a province where a park lies that the article is about."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A province that an article names, or one it is labelled with though no word of it was found."""

    article: int
    features: dict[str, float]
    wanted: bool
    free: bool


def main(parts: Sequence[str]) -> None:
    """Fit on these parts and the seed pages; what a label only mentions is no example."""
    authority = load()
    texts = labelled_articles("tags_dev.jsonl")
    data = [(texts[label["id"]], label) for label in labels() if label["half"] in parts] + list(seed_articles())
    every = [c for n, (article, label) in enumerate(data) for c in candidates(n, article, label, authority)]
    lost = sum(not c.features for c in every)
    found = [c for c in every if c.features]
    names = list(PROVINCE_WEIGHTS)
    in_use = np.array([sum(PROVINCE_WEIGHTS[n] * v for n, v in c.features.items()) for c in found])
    show("tables in use", found, in_use - PROVINCE_THRESHOLD, lost, (0.0,))
    show("articles kept apart", found, kept_apart(found, names), lost, TRIALS)
    examples = [c for c in found if not c.free]
    weights, _ = fitted([c.features for c in examples], [c.wanted for c in examples], names, RIDGE, SIGNS)
    print_table("PROVINCE_WEIGHTS", zip(names, weights, strict=True))


def candidates(number: int, article: Article, label: Label, authority: Authority) -> list[Candidate]:
    """The provinces that an article names, and those that its label has besides."""
    reading = read(article)
    names = authority.names
    mentions, _ = find_mentions(reading, names.find(reading.text), names.senses, authority.parks, authority.cues)
    parks = weigh_parks(reading, mentions, authority.parks)
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for province in mention.place.provinces if mention.place else authority.parks[mention.park].provinces:
            found[province].append(mention)
    about = {province for w in parks if w.about for province in authority.parks[w.id].provinces}
    wanted, free = set(label["provinces"]), set(label.get("provinces_mentioned", ()))
    here = [
        Candidate(number, features, province in wanted, province in free)
        for province, features in province_features(reading, found, about, scope_of(reading.text)).items()
    ]
    return here + [Candidate(number, {}, True, False) for _ in wanted - found.keys()]


def kept_apart(data: Sequence[Candidate], names: Sequence[str]) -> Vector:
    """The log-odds of each candidate by weights that were fitted on other articles, a mean of several divisions."""
    x = np.array([[c.features[name] for name in names] for c in data])
    article = np.array([c.article for c in data])
    odds = np.zeros(len(data))
    for seed in range(REPEATS):
        fold = np.random.default_rng(seed).permutation(article.max() + 1)[article] % FOLDS
        for kept in range(FOLDS):
            train = [c for c, f in zip(data, fold, strict=True) if f != kept and not c.free]
            weights, _ = fitted([c.features for c in train], [c.wanted for c in train], names, RIDGE, SIGNS)
            odds[fold == kept] += x[fold == kept] @ weights / REPEATS
    return odds


def show(name: str, data: Sequence[Candidate], odds: Vector, lost: int, trials: Sequence[float]) -> None:
    """Print F1 at each of the log-odds. lost: labelled provinces that no word of the article names."""
    odds = np.where([c.features["园区"] > 0 for c in data], CERTAIN, odds)
    wanted, free = (np.array([getattr(c, field) for c in data]) for field in ("wanted", "free"))
    for least in trials:
        taken = odds >= least
        hits, missed = int((taken & wanted).sum()), int((~taken & wanted).sum()) + lost
        strict, lenient = int((taken & ~wanted).sum()), int((taken & ~wanted & ~free).sum())
        scores = " ".join(f"{2 * hits / (2 * hits + extra + missed):.3f}" for extra in (strict, lenient))
        print(f"{name:20} {least:5.1f}  F1 strict, lenient {scores}  hit {hits} extra {strict} missed {missed}")


if __name__ == "__main__":
    main(sys.argv[1:] or PARTS)
