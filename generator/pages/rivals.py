"""Other readings of a page that come close: tails and pieces that may belong elsewhere, articles joined or parted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from generator.model import Block, Change, Rival
from generator.pages.junction import Sheet
from generator.pages.pieces import NEARLY, SUBJECT, TRUST, Move, chains_of, homes_of
from generator.pages.vocabulary import Matrix, Texts, Words, cosines
from generator.pairs import Numbers


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
    cuts = cuts_of(sheet.words, form, before, chains)
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
class Cuts:
    """All places at which an article may be cut; k cuts."""

    owner: Numbers
    """Number of the article, -1 for an empty one."""
    left: Numbers
    """The node before the cut, -1 for none."""
    right: Numbers
    cost: Matrix
    """cost[x, y]: of exchanging the tails behind cuts x and y; infinite where nothing is exchanged."""


def cuts_of(words: Words, form: Matrix, before: Sequence[int], chains: Sequence[Sequence[int]]) -> Cuts:
    """All places where an article may be cut, and what it costs to exchange the tails behind two of them.

    form, before: as for pieces.regroup. chains: the nodes of each article.
    """
    places = [(c, k) for c, chain in enumerate(chains) for k in range(len(chain) + 1)] + [(-1, 0)]
    owner = np.array([c for c, _ in places])
    left = np.array([chains[c][k - 1] if k else -1 for c, k in places])
    right = np.array([chains[c][k] if c >= 0 and k < len(chains[c]) else -1 for c, k in places])
    link = form[right[None, :], np.where(left[:, None] < 0, len(before) + right[None, :], left[:, None])]
    link[:, right < 0] = 0.0
    total = link - _gains(words, chains)
    stay = np.diagonal(total)
    cost = total + total.T - stay[:, None] - stay[None, :]
    cost[owner[:, None] == owner] = np.inf
    cost[(right[:, None] < 0) & (right[None, :] < 0)] = np.inf
    cost[(left[:, None] < 0) & (left[None, :] < 0)] = np.inf
    return Cuts(owner, left, right, cost)


def _gains(words: Words, chains: Sequence[Sequence[int]]) -> Matrix:
    """[x, y]: what the tail behind cut y gains from its words and its subject in the head before cut x, in nats."""
    sums = [words.blocks[chain].sums() for chain in (*chains, [])]
    heads = _stacked(sums)
    tails = _stacked([own[[-1] * len(own)] - own for own in sums])
    near = SUBJECT * (cosines(heads.meaning, tails.meaning) - STRANGERS)
    some = [np.linalg.norm(texts.meaning, axis=1) > LEAST_NORM for texts in (heads, tails)]
    found: Matrix = TRUST * words.fit(tails, heads).T + np.where(some[0][:, None] & some[1], near, 0.0)
    return found


def _stacked(texts: Sequence[Texts]) -> Texts:
    rows = ([getattr(one, field.name) for one in texts] for field in fields(Texts))
    return Texts(*map(np.concatenate, rows))


STRANGERS = 0.25
"""Usual cosine between the subjects of two articles of one page."""
LEAST_NORM = 1e-6


def _body(sheet: Sheet, node: int) -> int:
    return sheet.nodes[node].body if node >= 0 else -1


def moved(rival: Rival, blocks: int) -> Rival:
    """The rival of a stretch of a page, its blocks numbered on from those above the stretch."""
    first, second, one, two = (i + blocks if i >= 0 else i for i in (*rival.articles, *rival.at))
    return replace(rival, articles=(first, second), at=(one, two))


def with_homes(blocks: Sequence[Block], sheet: Sheet, before: Sequence[int]) -> tuple[Block, ...]:
    """The blocks, each body block with how much likelier its words are in its article than in the best other one."""
    words, chains = sheet.words, chains_of(before)
    articles = words.blocks.joined(chains)
    near = SUBJECT * cosines(words.blocks.meaning, articles.meaning)
    there = TRUST * words.fit(words.blocks, articles) + near
    for t, chain in enumerate(chains):
        there[chain, t] = -np.inf
    elsewhere = there.max(axis=1) if len(chains) > 1 else np.zeros(len(there))
    done = list(blocks)
    for node, home in zip(sheet.nodes, (homes_of(words, chains) - elsewhere).tolist(), strict=True):
        done[node.body] = replace(done[node.body], home=round(home, 3))
    return tuple(done)
