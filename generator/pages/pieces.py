"""Pieces in the wrong article: moves runs of blocks to the article whose words they share, while the page gains."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from generator.pages.junction import Matrix
from generator.pages.vocabulary import Words, cosines

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
    for _ in range(MOST_ROUNDS):
        slack = [FAR] * len(current)
        paying: list[Move] = []
        left = []
        for move in _moves(words, form, chains_of(current)):
            slack[move.piece[0]] = min(slack[move.piece[0]], move.cost)
            if move.cost < NEARLY:
                left.append(move)
            if move.cost <= -LEAST_GAIN:
                paying.append(move)
        if not paying:
            break
        touched: set[int] = set()
        for move in sorted(paying, key=lambda m: m.cost):
            if touched.isdisjoint(move.chains):
                touched.update(move.chains)
                _make(move, current)
    return current, slack, left


def cohesion(words: Words, before: Sequence[int]) -> float:
    """How well each block's words and subject are at home in the rest of its article, summed over the page, in nats."""
    total = 0.0
    for chain in chains_of(before):
        own, length = words.counts[chain].sum(axis=0), float(words.lengths[chain].sum())
        about = words.meaning[chain].sum(axis=0)
        for v in chain if len(chain) > 1 else []:
            pairs = np.flatnonzero(words.counts[v])
            here = words.counts[v, pairs]
            fit = words.fit(own[pairs] - here, length - float(here.sum()), pairs)
            near = cosines(words.meaning[v][None], (about - words.meaning[v])[None])
            total += TRUST * float(here @ fit) + SUBJECT * float(near[0, 0])
    return total


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


def _moves(words: Words, form: Matrix, chains: Sequence[list[int]]) -> Iterator[Move]:
    everything = slice(None)
    own = [words.counts[chain].sum(axis=0) for chain in chains]
    length = [float(words.lengths[chain].sum()) for chain in chains]
    fits = np.array([words.counts @ words.fit(c, n, everything) for c, n in zip(own, length, strict=True)])
    about = np.array([words.meaning[chain].sum(axis=0) for chain in chains])
    units = about / np.maximum(np.linalg.norm(about, axis=1), LEAST_NORM)[:, None]
    for t, chain in enumerate(chains):
        for i in range(1, len(chain)):
            if form[chain[i], chain[i - 1]] < BOUND:
                continue
            for j in range(i + 1, min(i + MOST_BLOCKS, len(chain)) + 1):
                piece = chain[i:j]
                if piece[-1] - piece[0] != j - 1 - i:
                    break
                left, right = chain[i - 1], chain[j] if j < len(chain) else -1
                leaving = _link(form, left, right) - form[piece[0], left] - _link(form, piece[-1], right)
                if leaving > STICKS:
                    continue
                mine = words.counts[piece].sum(axis=0)
                pairs = np.flatnonzero(mine)
                rest = words.fit(own[t][pairs] - mine[pairs], length[t] - float(mine.sum()), pairs)
                stay = float(mine[pairs] @ rest)
                subject = words.meaning[piece].sum(axis=0)
                rest_subject = about[t] - subject
                here = float(rest_subject @ subject) / max(LEAST_NORM, math.sqrt(rest_subject @ rest_subject))
                near = (units @ subject - here) * (SUBJECT / max(LEAST_NORM, math.sqrt(subject @ subject)))
                for s, other in enumerate(chains):
                    if s == t or other[0] > piece[0]:
                        continue
                    above = max(v for v in other if v < piece[0])
                    below = min((v for v in other if v > piece[0]), default=-1)
                    if 0 <= below < piece[-1]:
                        continue
                    joining = form[piece[0], above] + _link(form, piece[-1], below) - _link(form, above, below)
                    gain = TRUST * (float(fits[s, piece].sum()) - stay) + float(near[s])
                    yield Move(leaving + joining - gain, (t, s), tuple(piece), left, right, above, below)


LEAST_NORM = 1e-9
"""Vectors shorter than this stand for texts without a known word."""
STICKS = 12.0
"""A piece whose junctions alone cost this much more elsewhere is not tried."""


def _link(form: Matrix, u: int, v: int) -> float:
    """Cost of node v going on from node u; 0 where there is none."""
    return float(form[v, u]) if u >= 0 and v >= 0 else 0.0
