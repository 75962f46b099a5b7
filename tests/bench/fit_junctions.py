"""Fits the weights of generator/pages/junction.py for ordinary and for mixed pages: a conditional logit over choices.

Two choices for each block of text: where it goes on from (START among the options), and what goes on from it (END
among them).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from generator.model import Block, Role
from generator.pages.classify import classify
from generator.pages.junction import START_BY_HAND, Sheet, end_features, pair_features, sheet_of, start_features
from generator.pages.normalise import normalise
from tests.bench.gold import Gold, GoldPage, owner, owners
from tests.bench.logistic import Vector, print_table

RIDGE = 0.02
CANDIDATES = 70
"""Options of a choice, the nearest ones."""
UNSIGNED = 0.2
"""Share of pages whose bylines and datelines are taken away: there are newspapers that print none."""
UNMARKED = 0.3
"""Share of pages whose marks are taken away."""
MANY_JUMPS = 0.25
"""A page with a larger share of junctions over other articles' text is a mixed one."""
TABLES = {"P ": "PAIR_WEIGHTS", "S ": "START_WEIGHTS", "E ": "END_WEIGHTS"}
"""Prefix of a feature's name, since the tables share some names, and its table."""


@dataclass
class _Choices:
    """Feature rows, and choices among them."""

    rows: list[dict[str, float]] = field(default_factory=list)
    options: list[list[int]] = field(default_factory=list)
    """Rows of each choice."""
    right: list[int] = field(default_factory=list)
    """Place of the right one among its options."""

    def row(self, prefix: str, features: dict[str, float]) -> int:
        """Adds a row and gives its index."""
        self.rows.append({prefix + name: float(value) for name, value in features.items()})
        return len(self.rows) - 1

    def choice(self, options: list[int], right: int | None) -> None:
        """Adds a choice; none where the right row isn't among those weighed."""
        if right is not None:
            self.options.append(options)
            self.right.append(options.index(right))


def fit_junctions(data: Sequence[GoldPage], seed: int = 5) -> None:
    """Print the three tables, and the share of choices that they make rightly on these pages."""
    rng = random.Random(seed)  # noqa: S311
    ordinary, mixed = _Choices(), _Choices()
    for page, gold in data:
        # The third number has no use any more; without it the pages would be dealt out anew.
        unsigned, unmarked, _ = (rng.random() for _ in range(3))
        blocks = _bared(classify(normalise(page)).blocks, unsigned=unsigned < UNSIGNED, unmarked=unmarked < UNMARKED)
        sheet = sheet_of(blocks)
        _add(mixed if _jumps(sheet, gold) > MANY_JUMPS else ordinary, sheet, gold)
    for choices, kind in ((ordinary, ""), (mixed, "MIXED_")):
        if not choices.options:
            continue
        names, weights, summary = _fitted(choices)
        print(summary)
        for prefix, table in TABLES.items():
            fitted = [(n.removeprefix(prefix), w) for n, w in zip(names, weights, strict=True) if n.startswith(prefix)]
            found = [(name, w) for name, w in fitted if prefix != "S " or name not in START_BY_HAND]
            print_table(f"{kind}{table}: Weights", found)


def _bared(blocks: Sequence[Block], *, unsigned: bool, unmarked: bool) -> Sequence[Block]:
    """The blocks without bylines and datelines, or without marks."""
    if unsigned:
        blocks = [b for b in blocks if b.role not in {Role.BYLINE, Role.DATELINE}]
    if unmarked:
        blocks = [replace(b, level=0) for b in blocks]
    return blocks


def _predecessors(sheet: Sheet, gold: Gold) -> dict[int, int]:
    """For each node that is body in the gold the one before it in its article, -1 for the first."""
    stretches = owners(gold)
    last: dict[int, int] = {}
    before: dict[int, int] = {}
    for v, node in enumerate(sheet.nodes):
        article, role = owner(stretches, sheet.blocks[node.body])
        if article >= 0 and role == "body":
            before[v] = last.get(article, -1)
            last[article] = v
    return before


def _jumps(sheet: Sheet, gold: Gold) -> float:
    """Share of the page's junctions that don't join neighbours."""
    joined = [v - u for v, u in _predecessors(sheet, gold).items() if u >= 0]
    return sum(step > 1 for step in joined) / max(1, len(joined))


def _add(choices: _Choices, sheet: Sheet, gold: Gold) -> None:
    """Adds the choices of a page."""
    n = len(sheet.nodes)
    pairs = [(u, v) for v in range(n) for u in range(max(0, v - CANDIDATES), v)]
    before, after = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    seen = pair_features(sheet, before, after)
    pair = {
        (u, v): choices.row("P ", {name: column[k] for name, column in seen.items()}) for k, (u, v) in enumerate(pairs)
    }
    start, end = [0] * n, [0] * n
    for v in range(n):
        start[v] = choices.row("S ", start_features(sheet, v))
        end[v] = choices.row("E ", end_features(sheet, v))
    chosen = _predecessors(sheet, gold)
    below_of = {u: v for v, u in chosen.items() if u >= 0}
    for v, u in chosen.items():
        above = [pair[w, v] for w in range(max(0, v - CANDIDATES), v)]
        choices.choice([start[v], *above], start[v] if u < 0 else pair.get((u, v)))
        below = [pair[v, w] for w in range(v + 1, min(n, v + 1 + CANDIDATES))]
        choices.choice([end[v], *below], pair.get((v, below_of[v])) if v in below_of else end[v])


def _fitted(choices: _Choices) -> tuple[list[str], Vector, str]:
    """Names of the features, their weights, and a line on how well they do."""
    names = sorted({name for row in choices.rows for name in row})
    place = {name: i for i, name in enumerate(names)}
    cells = [(r, place[name], value) for r, row in enumerate(choices.rows) for name, value in row.items() if value]
    lines, columns, values = zip(*cells, strict=True)
    matrix = csr_matrix((values, (lines, columns)), shape=(len(choices.rows), len(names)))
    sizes = np.array([len(options) for options in choices.options])
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = firsts + np.array(choices.right)
    group = np.repeat(np.arange(len(sizes)), sizes)
    wide = matrix[np.concatenate(choices.options)]
    target = np.asarray(wide[right].sum(axis=0)).ravel()

    def loss(weights: Vector) -> tuple[float, Vector]:
        gain = wide @ weights
        top = np.maximum.reduceat(gain, firsts)
        part = np.exp(gain - top[group])
        total = np.add.reduceat(part, firsts)
        value = -(gain[right] - top - np.log(total)).sum() + RIDGE * (weights @ weights)
        return float(value), wide.T @ (part / total[group]) - target + 2 * RIDGE * weights

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1500})
    gain = wide @ found.x
    best = np.array([int(gain[first : first + size].argmax()) for first, size in zip(firsts, sizes, strict=True)])
    hits = (best == right - firsts).mean()
    return names, found.x, f"# {len(sizes)} choices, right {hits:.4f}, loss {found.fun / len(sizes):.4f}"
