"""Which block goes on in which, decided from the top of a page to its foot: for pages that are badly mixed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generator.pages.junction import FORBIDDEN, Matrix
from generator.pages.pieces import LEAST_NORM, SUBJECT, TRUST
from generator.pages.vocabulary import Words

WIDTH = 24
"""Orders kept in view at a time."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A reading of the nodes so far."""

    cost: float
    before: tuple[int, ...]
    lasts: tuple[int, ...]
    """Last node of each article."""
    members: tuple[tuple[int, ...], ...]
    """All nodes of each article."""


def follow(words: Words, form: Matrix, starts: Sequence[int]) -> list[int]:
    """The predecessor of each node, -1 where an article begins, with these begins given.

    form: as for pieces.regroup; the node right before another is always allowed. Of all orders of the nodes so far the
    WIDTH cheapest are kept.
    """
    n = len(form)
    begins = set(starts)
    orders = [_Order(0.0, (), (), ())]
    pairs = [np.flatnonzero(row) for row in words.counts]
    norms = np.maximum(np.linalg.norm(words.meaning, axis=1), LEAST_NORM)
    cache: dict[tuple[int, tuple[int, ...]], float] = {}

    def fit(v: int, members: tuple[int, ...]) -> float:
        key = (v, members)
        if key not in cache:
            rows = np.array(members)
            p = pairs[v]
            own = words.counts[np.ix_(rows, p)].sum(axis=0)
            gain = float(words.counts[v, p] @ words.fit(own, float(words.lengths[rows].sum()), p))
            about = words.meaning[rows].sum(axis=0)
            near = float(words.meaning[v] @ about) / norms[v] / max(LEAST_NORM, float(np.linalg.norm(about)))
            cache[key] = TRUST * gain + SUBJECT * near
        return cache[key]

    for v in range(n):
        found: list[_Order] = []
        for order in orders:
            if v in begins or not order.lasts:
                found.append(_Order(order.cost, (*order.before, -1), (*order.lasts, v), (*order.members, (v,))))
                continue
            for c, u in enumerate(order.lasts):
                if form[v, u] >= FORBIDDEN:
                    continue
                cost = order.cost + float(form[v, u]) - fit(v, order.members[c])
                found.append(
                    _Order(
                        cost,
                        (*order.before, u),
                        (*order.lasts[:c], v, *order.lasts[c + 1 :]),
                        (*order.members[:c], (*order.members[c], v), *order.members[c + 1 :]),
                    )
                )
        orders = sorted(found, key=lambda o: o.cost)[:WIDTH]
        cache = {k: x for k, x in cache.items() if k[0] > v}
    return list(orders[0].before)
