"""Pieces in the wrong article: moves runs of blocks to the article whose words they share, while the page gains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from generator.pages.vocabulary import Matrix, Texts, Vector, Words, cosines, cosines_each
from generator.pairs import Numbers

TRUST = 0.5
"""How far the log likelihood ratio of a piece's words is believed; character pairs overlap and repeat, so not fully."""
SUBJECT = 15.0
"""What a cosine of 1 between the subject of a piece and that of an article is worth, in nats."""
LEAST_GAIN = 0.5
"""A move that gains less, in nats, is left: a tie stays as the page has it."""
FAR = 20.0
"""Cost that stands for a move nobody would make."""
NEARLY = 9.0
"""A move that costs more than this, in nats, is no rival of the page as it is read."""
MOST_ROUNDS = 20
"""Rounds of moves; ordinary pages settle in two or three."""
MOST_BLOCKS = 40
"""A piece has at most this many blocks."""
BOUND = -9.0
"""A junction that its form alone makes as sure as this is no place to begin a piece."""


@dataclass(frozen=True, slots=True)
class Move:
    """Take `piece` out of its chain, between `left` and `right`, and put it between `above` and `below` (-1: none)."""

    cost: float
    chains: tuple[int, int]
    piece: tuple[int, ...]
    left: int
    right: int
    above: int
    below: int


def regroup(words: Words, form: Matrix, before: Sequence[int]) -> tuple[list[int], list[float], list[Move]]:
    """The predecessors after all moves that pay, and for each node the cost of the best move left that begins there.

    Third, the moves that don't pay but nearly would.

    words: of the page's body blocks. form: as stitch's costs, without what the words say. before: predecessor of each
    node, -1 where an article begins. A move takes a run of neighbouring blocks out of one article and puts it in
    page order in another; its cost is the change of the junctions and of the words' likelihood.
    """
    current = list(before)
    slack = [FAR] * len(current)
    left: list[Move] = []
    sums = words.blocks.sums()
    for _ in range(MOST_ROUNDS):
        slack, left = moves_of(words, sums, form, current)
        paying = sorted((move for move in left if move.cost <= -LEAST_GAIN), key=lambda m: m.cost)
        if not paying:
            break
        touched: set[int] = set()
        for move in paying:
            if touched.isdisjoint(move.chains):
                touched.update(move.chains)
                _make(move, current)
    return current, slack, left


def homes_of(words: Words, chains: Sequence[Sequence[int]]) -> Vector:
    """How well each block's words and subject are at home in the rest of its article, in nats."""
    number = np.empty(len(words.blocks), dtype=np.int64)
    for t, chain in enumerate(chains):
        number[chain] = t
    rest = words.blocks.joined(chains)[number] - words.blocks
    near = cosines_each(words.blocks.meaning, rest.meaning)
    found: Vector = TRUST * words.fit_each(words.blocks, rest) + SUBJECT * near
    return found


def _make(move: Move, current: list[int]) -> None:
    current[move.piece[0]] = move.above
    if move.right >= 0:
        current[move.right] = move.left
    if move.below >= 0:
        current[move.below] = move.piece[-1]


def chains_of(before: Sequence[int]) -> list[list[int]]:
    """The nodes of each article in page order, articles numbered as stitch numbers them."""
    chains: list[list[int]] = []
    number: list[int] = []
    for v, u in enumerate(before):
        number.append(number[u] if u >= 0 else len(chains))
        if u < 0:
            chains.append([])
        chains[number[v]].append(v)
    return chains


def moves_of(words: Words, sums: Texts, form: Matrix, before: Sequence[int]) -> tuple[list[float], list[Move]]:
    """For each node the cost of the best move that begins there, FAR at most; and all moves that cost less than NEARLY.

    sums: words.blocks.sums(). p pieces, c chains.
    """
    chains = chains_of(before)
    pieces = _pieces(form, before, chains)
    first, last, left, right, own = pieces.T
    # Costs of going on, 0 where there is nothing to go on from or to: node -1 is none.
    link = np.pad(form[:, : len(before)], (0, 1))
    leaving = link[right, left] - link[first, left] - link[right, last]
    near = leaving <= STICKS
    (first, last, left, right, own), leaving = pieces[near].T, leaving[near]
    above, below = _around(chains, len(before))
    above, below = above[first], below[first]
    joining = link[first[:, None], above] + link[below, last[:, None]] - link[below, above]
    gain = _gains(words, sums, chains, np.stack([first, last, own]))
    cost = leaving[:, None] + joining - gain
    cost[above < 0] = np.inf
    cost[np.arange(len(own)), own] = np.inf
    slack = np.full(len(before), FAR)
    np.minimum.at(slack, first, cost.min(axis=1, initial=FAR))
    moves = [
        Move(
            float(cost[p, s]),
            (int(own[p]), s),
            tuple(range(first[p], last[p] + 1)),
            *(int(node) for node in (left[p], right[p], above[p, s], below[p, s])),
        )
        for p, s in np.argwhere(cost < NEARLY).tolist()
    ]
    return slack.tolist(), moves


def _pieces(form: Matrix, before: Sequence[int], chains: Sequence[Sequence[int]]) -> Numbers:
    """All pieces that may be moved: first and last node, the nodes of their chain around them, and its number."""
    found: list[tuple[int, int, int, int, int]] = []
    for t, chain in enumerate(chains):
        after = [*chain[1:], -1]
        for i in range(1, len(chain)):
            if form[chain[i], chain[i - 1]] < BOUND:
                continue
            for j in range(i, min(i + MOST_BLOCKS, len(chain))):
                if chain[j] - chain[i] != j - i:
                    break
                found.append((chain[i], chain[j], before[chain[i]], after[j], t))
    return np.array(found, dtype=np.int64).reshape(-1, 5)


def _around(chains: Sequence[Sequence[int]], nodes: int) -> tuple[Numbers, Numbers]:
    """[v, c]: the last node of chain c above node v, and the first below it; -1 for none."""
    above = np.full((nodes, len(chains)), -1)
    below = np.full((nodes, len(chains)), -1)
    for c, chain in enumerate(chains):
        for u, v in pairwise([*chain, nodes]):
            above[u + 1 : v + 1, c] = u
        for u, v in pairwise([-1, *chain]):
            below[max(u, 0) : v, c] = v
    return above, below


def _gains(words: Words, sums: Texts, chains: Sequence[Sequence[int]], pieces: Numbers) -> Matrix:
    """[p, c]: how much better the words and the subject of piece p are at home in chain c than in its own, in nats."""
    articles = words.blocks.joined(chains)
    found = np.zeros((pieces.shape[1], len(chains)))
    # A file that is no newspaper page has thousands of pieces: some at a time.
    for some in (slice(k, k + PIECES) for k in range(0, pieces.shape[1], PIECES)):
        first, last, own = pieces[:, some]
        texts = sums[last + 1] - sums[first]
        rest = articles[own] - texts
        stay = TRUST * words.fit_each(texts, rest) + SUBJECT * cosines_each(texts.meaning, rest.meaning)
        there = TRUST * words.fit(texts, articles) + SUBJECT * cosines(texts.meaning, articles.meaning)
        found[some] = there - stay[:, None]
    return found


PIECES = 1000
STICKS = 16.0
"""A piece whose junctions alone cost this much more elsewhere is not tried."""
