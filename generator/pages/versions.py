"""Other readings of a page in which two articles are one, carried through so that they can be judged as a whole."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from generator.pages.junction import Node, Sheet
from generator.pages.pieces import chains_of
from generator.pages.rivals import cuts_of
from generator.pages.vocabulary import Matrix, cosines_each

CLOSE = 1.5
"""A reading is carried through that costs less than this more, in nats."""
MOST_VERSIONS = 4
BRIEF = 3
"""A story with a headline of its own and no more blocks than this is a brief, and no part of another."""


def versions_of(sheet: Sheet, form: Matrix, before: Sequence[int]) -> list[list[int]]:
    """The predecessors of each node, -1 where an article begins, in the nearest readings that have an article fewer.

    form, before: as for rivals.rivals_of. Cheapest first, MOST_VERSIONS at most. Readings with as many articles or
    more were tried as well: between those a judge is as often wrong as right.
    """
    found: list[tuple[float, list[int]]] = []
    chains = chains_of(before)
    cuts = cuts_of(sheet.words, form, before, chains)
    sure = {chain[0] for chain in chains if _stands_alone(sheet.nodes[chain[0]], len(chain))}
    for x, y in np.argwhere(np.triu(cuts.cost < CLOSE)).tolist():
        other = list(before)
        for below, above in ((cuts.right[x], cuts.left[y]), (cuts.right[y], cuts.left[x])):
            if below >= 0:
                other[below] = int(above)
        joined = other.count(-1) < list(before).count(-1) and all(other[v] < 0 for v in sure)
        # A block goes on only from one above it.
        if joined and all(u < v for v, u in enumerate(other)):
            found.append((float(cuts.cost[x, y]), other))
    return [other for _, other in sorted(found)[:MOST_VERSIONS]]


def _stands_alone(first: Node, blocks: int) -> bool:
    """True for a story that is signed, or a brief with a headline. first: its first block, of so many."""
    return bool(first.byline or first.dateline or (first.heads and blocks <= BRIEF))


def makeup_of(sheet: Sheet, costs: Matrix, form: Matrix, before: Sequence[int]) -> dict[str, float]:
    """What a reading is made up of; comparable between readings of one page only.

    costs, form: of the junctions with and without what words say, as stitch weighs them.
    """
    n = len(before)
    place = np.arange(n), np.array([u if u >= 0 else n + v for v, u in enumerate(before)])
    chains = chains_of(before)
    number = np.empty(n, dtype=np.int64)
    for t, chain in enumerate(chains):
        number[chain] = t
    blocks = sheet.words.blocks
    rest = blocks.joined(chains)[number] - blocks
    by_form = float(form[place].sum())
    return {
        "junctions by form": by_form,
        "junctions by words": float(costs[place].sum()) - by_form,
        "blocks of the article's subject": float(cosines_each(blocks.meaning, rest.meaning).sum()),
        "articles of one block": float(sum(len(chain) == 1 for chain in chains)),
        "jumps": float(sum(u >= 0 and v - u > 1 for v, u in enumerate(before))),
    }
