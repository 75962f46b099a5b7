"""Reading order: which block goes on in which, and where articles begin, as one decision over the whole page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.special import logsumexp
from threadpoolctl import ThreadpoolController

from generator.halves import brought_home
from generator.model import Block, Junction, Page, Reason, Rival, Role
from generator.pages.beam import follow
from generator.pages.junction import (
    END_WEIGHTS,
    FORBIDDEN,
    MIXED_END_WEIGHTS,
    MIXED_PAIR_WEIGHTS,
    MIXED_START_WEIGHTS,
    PAIR_WEIGHTS,
    START_WEIGHTS,
    TRANSPARENT,
    WORD_FEATURES,
    Node,
    Sheet,
    Weights,
    end_features,
    pair_features,
    sheet_of,
    start_features,
)
from generator.pages.pieces import Move, chains_of, homes_of, moves_of, regroup
from generator.pages.rivals import moved, rivals_of, with_homes
from generator.pages.versions import makeup_of, versions_of
from generator.pages.vocabulary import Matrix, Vector
from generator.pairs import Numbers

REACH = 100
"""What a block goes on from is looked for among this many blocks before it …"""
SHORT_REACH = 40
"""… in files with longer stretches of text than a page has among this many …"""
OPEN_REACH = 400
"""… and among those further back that stop in mid-sentence."""

MOST_BLOCKS = 250
"""More blocks than any newspaper page has; larger files are read in stretches of this many."""


Judge = Callable[[Page, Mapping[str, float]], float]
"""Log-odds of a reading, a page with its blocks placed, given what it is made up of (versions.makeup_of)."""


def stitch(page: Page, judge: Judge | None = None) -> Page:
    """The page with every block given its thread (article) and whether it goes on with the paragraph before it.

    Minimum-cost path cover: every body block has one predecessor before it on the page or begins an article, and no
    two have the same one. Where a cover with an article fewer costs hardly more, the judge says which is taken. The
    junctions weighed are kept in Page.junctions, other readings in Page.rivals.
    """
    blocks: list[Block] = []
    junctions: list[Junction] = []
    rivals: list[Rival] = []
    for part in _parts(page.blocks):
        with _BLAS.limit(limits=1, user_api="blas"):
            done, found, others = _stitched(replace(page, blocks=tuple(part)), judge)
        if blocks:
            threads = 1 + max(b.thread for b in blocks)
            found = [
                replace(j, before=j.before + len(blocks) if j.before >= 0 else -1, after=j.after + len(blocks))
                for j in found
            ]
            others = [moved(rival, len(blocks)) for rival in others]
            done = [replace(b, thread=b.thread + threads) if b.thread >= 0 else b for b in done]
        blocks, junctions, rivals = [*blocks, *done], junctions + found, rivals + others
    return replace(page, blocks=tuple(blocks), junctions=tuple(junctions), rivals=tuple(rivals))


_BLAS = ThreadpoolController()
"""numpy's and scipy's matrix libraries: on matrices as small as a page's, their threads would only wait for each other

on every core of the machine, and processes work side by side already.
"""


def _parts(blocks: Sequence[Block]) -> Iterator[Sequence[Block]]:
    """The blocks whole, or of a file far larger than a newspaper page stretches that end before a head line."""
    start = 0
    while len(blocks) - start > MOST_BLOCKS:
        heads = (i for i in range(start + MOST_BLOCKS, start + MOST_BLOCKS // 2, -1) if blocks[i].role is Role.SUBHEAD)
        end = next(heads, start + MOST_BLOCKS)
        yield blocks[start:end]
        start = end
    yield blocks[start:]


def _stitched(page: Page, judge: Judge | None) -> tuple[Sequence[Block], list[Junction], list[Rival]]:
    sheet = sheet_of(page.blocks)
    if not sheet.nodes:
        return page.blocks, [], []
    seen = _seen(sheet)
    plan = _best_plan(sheet, seen)
    done = _read(page, sheet, plan.before)
    if judge:
        plan, done = _judged(page, sheet, plan, done, judge)
    return done.blocks, _junctions(sheet, seen, plan), rivals_of(sheet, plan.weighed.form, plan.before, plan.moves)


def readings(page: Page) -> list[tuple[Page, dict[str, float]]]:
    """The page read in the likeliest way and in those the judge is asked about, with what each is made up of.

    For fitting the judge. Empty for a page without text, and for a file far larger than a page.
    """
    sheet = sheet_of(page.blocks)
    if not sheet.nodes or len(page.blocks) > MOST_BLOCKS:
        return []
    plan = _best_plan(sheet, _seen(sheet))
    form = plan.weighed.form
    orders = [plan.before, *versions_of(sheet, form, plan.before)]
    return [(_read(page, sheet, order), makeup_of(sheet, plan.weighed.costs, form, order)) for order in orders]


def _read(page: Page, sheet: Sheet, before: Sequence[int]) -> Page:
    """The page's blocks placed in this reading of it."""
    blocks = brought_home(with_homes(_places(page.blocks, sheet, before), sheet, before))
    return replace(page, blocks=blocks, junctions=(), rivals=())


def _judged(page: Page, sheet: Sheet, plan: _Plan, done: Page, judge: Judge) -> tuple[_Plan, Page]:
    """The plan and its reading, or the near one that the judge holds for so much likelier that it is no tie."""
    form, costs = plan.weighed.form, plan.weighed.costs
    others = versions_of(sheet, form, plan.before)
    if not others:
        return plan, done
    own = judge(done, makeup_of(sheet, costs, form, plan.before))
    best, best_done, most = plan.before, done, own + TIE
    for order in others:
        reading = _read(page, sheet, order)
        value = judge(reading, makeup_of(sheet, costs, form, order))
        if value > most:
            best, best_done, most = order, reading, value
    if best is plan.before:
        return plan, done
    slack, moves = moves_of(sheet.words, sheet.words.blocks.sums(), form, best)
    rejoined = frozenset(v for v, (u, w) in enumerate(zip(plan.before, best, strict=True)) if u != w)
    gained = most - own
    return replace(plan, before=best, slack=slack, moves=moves, gained=gained, rejoined=rejoined), best_done


TIE = 0.5
"""Readings that the judge holds for no further apart than this, in nats, are a tie; the cheaper one stays."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is seen at all places where a page's articles may begin, go on and end."""

    before: Numbers
    """Of all pairs that come into question the node above …"""
    after: Numbers
    """… and the node below."""
    pairs: Mapping[str, Vector]
    starts: Sequence[Mapping[str, float]]
    """Of each node as the begin of an article …"""
    ends: Sequence[Mapping[str, float]]
    """… and as the end of one."""


def _seen(sheet: Sheet) -> _Seen:
    nodes = range(len(sheet.nodes))
    pairs = np.array([(u, v) for v in nodes for u in _candidates(sheet.nodes, v)], dtype=np.int64).reshape(-1, 2)
    before, after = pairs[:, 0], pairs[:, 1]
    return _Seen(
        before,
        after,
        pair_features(sheet, before, after),
        [start_features(sheet, v) for v in nodes],
        [end_features(sheet, u) for u in nodes],
    )


@dataclass(frozen=True, slots=True)
class _Weighed:
    """The costs of all junctions of a page; n nodes."""

    costs: Matrix
    """costs[v, u]: of node v going on from node u; costs[v, n + v]: of v beginning an article."""
    form: Matrix
    """The costs without what the words around a junction say."""
    chance: float
    """What all covers of the page together weigh: a cover's cost and this make its log-likelihood, negative."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """A cover of the page, and what it costs as a whole, comparable between plans made with different weights."""

    weighed: _Weighed
    before: Sequence[int]
    slack: Sequence[float]
    moves: Sequence[Move]
    """Moves that would cost little."""
    cost: float
    strain: float
    """What the page's junctions cost, a block."""
    mixed: bool
    gained: float = 0.0
    """Log-odds by which the judge holds this reading for likelier than the cheapest one; 0 for the cheapest."""
    rejoined: frozenset[int] = frozenset()
    """Nodes that go on from another one than in the cheapest reading."""


def _best_plan(sheet: Sheet, seen: _Seen) -> _Plan:
    """The ordinary way of reading the page; where that leaves much unexplained, the likeliest of several ways."""
    usual = _plan(sheet, seen, mixed=False)
    if usual.strain <= EASY or len(sheet.nodes) > MOST_READ_ANEW:
        return usual
    plans = [usual, _followed(sheet, usual)]
    mixed = _plan(sheet, seen, mixed=True)
    plans += [mixed, _followed(sheet, mixed)]
    return min(plans, key=lambda p: p.cost)


def _plan(sheet: Sheet, seen: _Seen, *, mixed: bool) -> _Plan:
    """The cheapest cover by junctions alone, then bettered by moving pieces."""
    weighed = _weigh(seen, MIXED_WEIGHTS if mixed else ORDINARY_WEIGHTS)
    return _settled(sheet, weighed, _cover(weighed.costs), mixed=mixed)


def _followed(sheet: Sheet, plan: _Plan) -> _Plan:
    """The page read from top to foot with the begins of another plan, then bettered by moving pieces."""
    starts = [v for v, u in enumerate(plan.before) if u < 0]
    return _settled(sheet, plan.weighed, follow(sheet.words, plan.weighed.form, starts), mixed=plan.mixed)


def _settled(sheet: Sheet, weighed: _Weighed, cover: Sequence[int], *, mixed: bool) -> _Plan:
    before, slack, moves = regroup(sheet.words, weighed.form, cover)
    n = len(before)
    junctions = weighed.chance + sum(float(weighed.costs[v, u if u >= 0 else n + v]) for v, u in enumerate(before))
    cost = junctions - float(homes_of(sheet.words, chains_of(before)).sum()) + (MIXED_PRIOR if mixed else 0.0)
    return _Plan(weighed, before, slack, moves, cost, junctions / n, mixed)


MOST_READ_ANEW = 150
"""Blocks of text; files with longer stretches are no newspaper pages, and other readings of them would take long."""
EASY = 0.2
"""A page whose junctions cost less than this, in nats a block, is read in the ordinary way."""
ORDINARY_WEIGHTS = (PAIR_WEIGHTS, START_WEIGHTS, END_WEIGHTS)
MIXED_WEIGHTS = (MIXED_PAIR_WEIGHTS, MIXED_START_WEIGHTS, MIXED_END_WEIGHTS)
MIXED_PRIOR = 3.0
"""Log-odds against a page being mixed; set by hand."""


def _weigh(seen: _Seen, weights: tuple[Weights, Weights, Weights]) -> _Weighed:
    """Both what a block goes on from and what goes on from it are choices; a junction's cost is the mean of both."""
    n = len(seen.starts)
    joining, starting, ending = weights
    ends = np.array([_sum(found, ending) for found in seen.ends])
    starts = np.array([_sum(found, starting) for found in seen.starts])
    worth = {name: joining[name] * column for name, column in seen.pairs.items()}
    gain = np.full((n, n), -FORBIDDEN)
    gain[seen.after, seen.before] = sum(worth.values())
    words = np.zeros((n, n))
    words[seen.after, seen.before] = sum(worth[name] for name in WORD_FEATURES)
    costs = np.full((n, 2 * n), FORBIDDEN)
    costs[:, :n] = np.where(gain > -FORBIDDEN, ends / 2 - gain, FORBIDDEN)
    costs[np.arange(n), n + np.arange(n)] = -starts / 2
    form = costs.copy()
    form[:, :n] += words
    chance = logsumexp(np.column_stack([starts, gain]), axis=1).sum() / 2
    chance += (logsumexp(np.vstack([ends, gain]), axis=0) - ends).sum() / 2
    return _Weighed(costs, form, float(chance))


def _candidates(nodes: Sequence[Node], v: int) -> list[int]:
    reach = REACH if len(nodes) <= MOST_READ_ANEW else SHORT_REACH
    far = [u for u in range(max(0, v - OPEN_REACH), v - reach) if not nodes[u].closed]
    return far[-reach:] + list(range(max(0, v - reach), v))


def _sum(features: Mapping[str, float], weights: Weights) -> float:
    return sum(weights[name] * value for name, value in features.items())


def _cover(costs: Matrix) -> list[int]:
    """For each node its predecessor, -1 for the begin of an article: the cheapest cover."""
    n = len(costs)
    _, columns = linear_sum_assignment(costs)
    return [int(c) if c < n else -1 for c in columns]


def _threads(before: Sequence[int]) -> list[int]:
    """Number of each node's article, in page order."""
    threads: list[int] = []
    number = 0
    for u in before:
        threads.append(threads[u] if u >= 0 else number)
        number += u < 0
    return threads


def _places(blocks: Sequence[Block], sheet: Sheet, before: Sequence[int]) -> tuple[Block, ...]:
    """The blocks with thread and continues; heads become headlines where an article begins."""
    threads = _threads(before)
    done = list(blocks)
    starts = {v for v, u in enumerate(before) if u < 0}
    for v, node in enumerate(sheet.nodes):
        thread = threads[v]
        joined = v not in starts and _same_paragraph(sheet.nodes[before[v]], node)
        done[node.body] = replace(blocks[node.body], thread=thread, continues=joined)
        above = [i for i in node.heads if not node.byline or i < node.byline[0]] if v in starts else []
        for i in node.heads:
            role = Role.HEADLINE if i in above and blocks[i].role is Role.SUBHEAD else blocks[i].role
            done[i] = replace(blocks[i], thread=thread, role=role)
        for i in (*node.byline, *node.dateline, *node.tail):
            done[i] = replace(blocks[i], thread=thread)
    for i in _heads_at_the_foot(blocks, sheet):
        done[i] = replace(blocks[i], thread=threads[-1])
    current = -1
    for i, block in enumerate(done):
        if block.thread >= 0:
            current = block.thread
        elif block.role in TRANSPARENT:
            done[i] = replace(block, thread=current)
    return tuple(done)


def _heads_at_the_foot(blocks: Sequence[Block], sheet: Sheet) -> list[int]:
    """Head lines below the page's last body: the story's next subhead and first words, cut off by the page's end.

    None where a byline stands among them: then a story of its own begins whose body is not on the page. And none
    where a single one stands right above a caption: that is the title of a picture.
    """
    if not sheet.nodes:
        return []
    foot = range(max(sheet.nodes[-1].body, *sheet.nodes[-1].tail, 0) + 1, len(blocks))
    signed = any(blocks[i].role in {Role.BYLINE, Role.DATELINE} for i in foot)
    lines = [] if signed or sheet.nodes[-1].tail else [i for i in foot if blocks[i].role is Role.SUBHEAD]
    titles_picture = len(lines) == 1 and lines[0] + 1 < len(blocks) and blocks[lines[0] + 1].role is Role.CAPTION
    return [] if titles_picture else lines


def _same_paragraph(a: Node, b: Node) -> bool:
    """True where node b goes on with the paragraph that node a left open."""
    return not a.closed or (a.depth > 0 and b.early_close) or b.head[:1] in tuple("，。、；：！？,;:!?.)")


def _junctions(sheet: Sheet, seen: _Seen, plan: _Plan) -> list[Junction]:
    """For each node the junctions that came into question, cheapest first, with what was seen."""
    n = len(sheet.nodes)
    weights, starts, _ = MIXED_WEIGHTS if plan.mixed else ORDINARY_WEIGHTS
    place = np.empty((n, n), dtype=np.int64)
    place[seen.after, seen.before] = np.arange(len(seen.after))
    worth = np.column_stack([weights[name] * column for name, column in seen.pairs.items()])
    begun = [[starts[name] * value for name, value in told.items()] for told in seen.starts]
    found: list[Junction] = []
    for v, chosen in enumerate(plan.before):
        column = chosen if chosen >= 0 else n + v
        row = plan.weighed.costs[v]
        order = np.argsort(row, kind="stable")[: RUNNERS_UP + 1].tolist()
        rival = float(row[next(c for c in order if c != column)] - row[column])
        margin = plan.slack[v] if rival < 0 else min(rival, plan.slack[v])
        nearest = [c for c in order[:RUNNERS_UP] if row[c] < FORBIDDEN]
        for c in nearest if column in nearest else [*nearest, column]:
            told = worth[place[v, c]].tolist() if c < n else begun[v]
            names = list(seen.pairs if c < n else seen.starts[v])
            reasons = tuple(Reason(names[k], round(w, 2)) for k, w in enumerate(told) if abs(w) >= WORTH_TELLING)
            if c == column and v in plan.rejoined:
                reasons += (Reason("the page read through", round(plan.gained, 2)),)
            origin = sheet.nodes[c].body if c < n else -1
            found.append(
                Junction(origin, sheet.nodes[v].body, round(float(row[c]), 3), c == column, reasons, round(margin, 3))
            )
    return found


RUNNERS_UP = 3
WORTH_TELLING = 0.05
