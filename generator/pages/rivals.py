"""Other readings of a page that come close: tails and pieces that may belong elsewhere, articles joined or parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from generator.model import Block, Change, Rival
from generator.pages.junction import Matrix, Sheet
from generator.pages.pieces import NEARLY, SUBJECT, TRUST, Move, chains_of
from generator.pages.vocabulary import PRIOR, Words, cosines

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


def rivals_of(sheet: Sheet, form: Matrix, before: Sequence[int], moves: Sequence[Move]) -> list[Rival]:
    """The readings that cost less than NEARLY more than the chosen one, cheapest first.

    form, before: as for pieces.regroup. moves: those that regroup left. To them come all readings that cut two articles
    and exchange their tails. A cut may lie before an article's first block or behind its last one, and the second
    article may be empty: so moving a tail, joining two articles and parting one are among them.
    """
    chains = chains_of(before)
    first = [sheet.nodes[chain[0]].body for chain in chains] + [-1]
    found = [
        Rival(
            round(move.cost, 3),
            Change.PIECE,
            (first[move.chains[0]], first[move.chains[1]]),
            (sheet.nodes[move.piece[0]].body, -1),
        )
        for move in moves
    ]
    cuts = _cuts(sheet.words, form, before, chains)
    owner, left, right = cuts.owner, cuts.left, cuts.right
    for x, y in np.argwhere(np.triu(cuts.cost < NEARLY)).tolist():
        # The article that surely gives something comes first.
        if right[x] < 0:
            x, y = y, x  # noqa: PLW2901
        articles = first[owner[x]], first[owner[y]]
        if owner[y] < 0:
            change = Change.SPLIT
        elif left[x] < 0 or left[y] < 0:
            change = Change.JOIN
        else:
            change = Change.TAIL if right[y] < 0 else Change.SWAP
        at = (_body(sheet, int(right[x])), _body(sheet, int(right[y])))
        found.append(Rival(round(float(cuts.cost[x, y]), 3), change, articles, at))
    return sorted(found, key=lambda rival: (rival.cost, rival.articles, rival.at))


@dataclass(frozen=True, slots=True)
class _Cuts:
    """All places at which an article may be cut; k cuts."""

    owner: Numbers
    """Number of the article, -1 for an empty one."""
    left: Numbers
    """The node before the cut, -1 for none."""
    right: Numbers
    cost: Matrix
    """cost[x, y]: of exchanging the tails behind cuts x and y; infinite where nothing is exchanged."""


def _cuts(words: Words, form: Matrix, before: Sequence[int], chains: Sequence[Sequence[int]]) -> _Cuts:
    places = [(c, k) for c, chain in enumerate(chains) for k in range(len(chain) + 1)] + [(-1, 0)]
    owner = np.array([c for c, _ in places])
    left = np.array([chains[c][k - 1] if k else -1 for c, k in places])
    right = np.array([chains[c][k] if c >= 0 and k < len(chains[c]) else -1 for c, k in places])
    link = form[right[None, :], np.where(left[:, None] < 0, len(before) + right[None, :], left[:, None])]
    link[:, right < 0] = 0.0
    total = link - TRUST * _fits(words, chains) - _subjects(words, chains)
    stay = np.diagonal(total)
    cost = total + total.T - stay[:, None] - stay[None, :]
    cost[owner[:, None] == owner] = np.inf
    cost[(right[:, None] < 0) & (right[None, :] < 0)] = np.inf
    cost[(left[:, None] < 0) & (left[None, :] < 0)] = np.inf
    return _Cuts(owner, left, right, cost)


def _subjects(words: Words, chains: Sequence[Sequence[int]]) -> Matrix:
    """[x, y]: what the tail behind cut y gains from its subject in the head before cut x, in nats."""
    sums = [_sums(words.meaning[list(chain)].astype(np.float64)) for chain in (*chains, ())]
    heads = np.concatenate(sums)
    tails = np.concatenate([own[-1] - own for own in sums])
    near = SUBJECT * (cosines(heads, tails) - STRANGERS)
    some = [np.linalg.norm(rows, axis=1) > LEAST_NORM for rows in (heads, tails)]
    found: Matrix = np.where(some[0][:, None] & some[1][None, :], near, 0.0)
    return found


STRANGERS = 0.25
"""Usual cosine between the subjects of two articles of one page."""
LEAST_NORM = 1e-6


def _body(sheet: Sheet, node: int) -> int:
    return sheet.nodes[node].body if node >= 0 else -1


def moved(rival: Rival, blocks: int) -> Rival:
    """The rival of a stretch of a page, its blocks numbered on from those above the stretch."""
    first, second, one, two = (i + blocks if i >= 0 else i for i in (*rival.articles, *rival.at))
    return replace(rival, articles=(first, second), at=(one, two))


def _fits(words: Words, chains: Sequence[Sequence[int]]) -> Matrix:
    """[x, y]: log likelihood ratio of the words of the tail behind cut y, in the head before cut x.

    As Words.fit has it, but summed over the pairs that stand in several blocks only: of the others, a head holds none
    that a tail holds.
    """
    several = (words.counts > 0).sum(axis=0) > 1
    counts = words.counts[:, several]
    sums = [_sums(counts[list(chain)]) for chain in (*chains, ())]
    sizes = [_sums(words.lengths[list(chain), None]) for chain in (*chains, ())]
    ratio = np.log1p(np.concatenate(sums) / (words.ordinary[several] * PRIOR))
    longer = np.log1p(np.concatenate(sizes) / PRIOR)
    blocks = (sparse.csr_matrix(counts) @ ratio.T) - words.lengths[:, None] * longer.T
    behind = [own[-1] - own for own in (_sums(blocks[list(chain)]) for chain in (*chains, ()))]
    fits: Matrix = np.concatenate(behind).T
    return fits


def _sums(rows: Matrix) -> Matrix:
    """Sums of the first 0, 1, 2 … rows."""
    return np.concatenate([np.zeros((1, rows.shape[1])), np.cumsum(rows, axis=0)])


def with_homes(blocks: Sequence[Block], sheet: Sheet, before: Sequence[int]) -> tuple[Block, ...]:
    """The blocks, each body block with how much likelier its words are in its article than in the best other one."""
    words, chains = sheet.words, chains_of(before)
    own = [words.counts[chain].sum(axis=0) for chain in chains]
    length = [float(words.lengths[chain].sum()) for chain in chains]
    everything = slice(None)
    ratios = np.array([words.fit(o, n, everything) for o, n in zip(own, length, strict=True)])
    fits = (sparse.csr_matrix(words.counts) @ ratios.T).T
    about = np.array([words.meaning[chain].sum(axis=0) for chain in chains])
    near = SUBJECT * cosines(about, words.meaning)
    done = list(blocks)
    for t, chain in enumerate(chains):
        for v in chain:
            pairs = np.flatnonzero(words.counts[v])
            count = words.counts[v, pairs]
            rest = words.fit(own[t][pairs] - count, length[t] - float(count.sum()), pairs)
            own_subject = SUBJECT * float(cosines((about[t] - words.meaning[v])[None], words.meaning[v][None])[0, 0])
            elsewhere = np.delete(TRUST * fits[:, v] + near[:, v], t).max(initial=0.0 if len(chains) < 2 else -np.inf)
            home = round(TRUST * float(count @ rest) + own_subject - float(elsewhere), 3)
            done[sheet.nodes[v].body] = replace(done[sheet.nodes[v].body], home=home)
    return tuple(done)
