"""Which block goes on in which, decided from the top of a page to its foot: for pages that are badly mixed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from generator.pages.junction import FORBIDDEN
from generator.pages.pieces import SUBJECT, TRUST
from generator.pages.vocabulary import Matrix, Texts, Words, cosines

WIDTH = 24
"""Orders kept in view at a time."""


@dataclass(frozen=True, slots=True)
class _Order:
    """A reading of the nodes so far."""

    cost: float
    before: tuple[int, ...]
    members: tuple[tuple[int, ...], ...]
    """All nodes of each article."""


def follow(words: Words, form: Matrix, starts: Sequence[int]) -> list[int]:
    """The predecessor of each node, -1 where an article begins, with these begins given.

    form: as for pieces.regroup; the node right before another is always allowed. Of all orders of the nodes so far the
    WIDTH cheapest are kept.
    """
    begins = {0, *starts}
    orders = [_Order(0.0, (), ())]
    for v in range(len(form)):
        if v in begins:
            orders = [_Order(o.cost, (*o.before, -1), (*o.members, (v,))) for o in orders]
            continue
        # As keys of a mapping, each once and always in the same order: sums of floats depend on it.
        home = _homes(words, v, dict.fromkeys(members for order in orders for members in order.members))
        found = [
            (order.cost + float(form[v, members[-1]]) - home[members], k, c)
            for k, order in enumerate(orders)
            for c, members in enumerate(order.members)
            if form[v, members[-1]] < FORBIDDEN
        ]
        orders = [_with(orders[k], c, v, cost) for cost, k, c in sorted(found)[:WIDTH]]
    return list(orders[0].before)


def _with(order: _Order, c: int, v: int, cost: float) -> _Order:
    """The order with node v put at the end of article c."""
    members = order.members[c]
    return _Order(cost, (*order.before, members[-1]), (*order.members[:c], (*members, v), *order.members[c + 1 :]))


def _homes(words: Words, v: int, articles: Collection[tuple[int, ...]]) -> dict[tuple[int, ...], float]:
    """How well the words and the subject of node v are at home in each article, in nats."""
    pairs = np.flatnonzero(words.blocks.counts[v])
    texts = Texts(words.blocks.counts[:, pairs], words.blocks.lengths, words.blocks.meaning)
    block, others = texts[[v]], texts.joined(list(articles))
    fit = Words(texts, words.weight[pairs]).fit(block, others)[0]
    near = cosines(block.meaning, others.meaning)[0]
    return dict(zip(articles, (TRUST * fit + SUBJECT * near).tolist(), strict=True))
