"""Which of several readings of a page is the likeliest: whether each of its articles looks like a whole one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from generator.articles.judge_weights import WEIGHTS
from generator.articles.trust import shape_features, signs_of
from generator.model import Page


def worth(page: Page, makeup: Mapping[str, float]) -> float:
    """Log-odds of a reading, comparable between readings of one page only.

    page: with its blocks placed; its junctions and rivals are not looked at. makeup: as versions.makeup_of gives it.
    """
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in worth_features(page, makeup).items())


def worth_features(page: Page, makeup: Mapping[str, float]) -> dict[str, float]:
    """What a reading is judged by: the features of its articles, summed, and what it is made up of."""
    signs = signs_of(page)
    total: Counter[str] = Counter(makeup)
    for thread in signs.threads:
        total.update({name: float(value) for name, value in shape_features(page, thread, signs).items()})
    return dict(total)
