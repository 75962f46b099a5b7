"""What speaks for one block going on in another, and for a block beginning an article: features and their weights."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import accumulate

import numpy as np

from generator.chinese import CLOSERS, ends_sentence
from generator.language import language, symbols, word_gain
from generator.model import Block, Role
from generator.pages.patterns import LISTED, MARKS, PHOTO_SENTENCE
from generator.pages.vocabulary import Matrix, Tally, Vector, Words, cosines, tally_of, words_of
from generator.pairs import Numbers

FORBIDDEN = 1e6
Weights = dict[str, float]
TRANSPARENT = frozenset(
    {Role.CAPTION, Role.PULL_QUOTE, Role.FURNITURE, Role.ADVERT, Role.TABLE, Role.DUPLICATE_HEADLINE}
)
"""Roles that stand in the middle of a story without ending it."""


@dataclass(frozen=True, slots=True)
class Node:
    """A body block with what stands above it and after it: the unit that stitch puts in order."""

    body: int
    """Index of the block."""
    heads: tuple[int, ...]
    """Head lines right above it, kickers and column names among them."""
    byline: tuple[int, ...]
    dateline: tuple[int, ...]
    tail: tuple[int, ...]
    """Bylines right after it."""
    text: str
    head: str = ""
    """First symbols of the text."""
    end: str = ""
    """Last symbols of the text."""
    closed: bool = True
    """Ends with the end of a sentence."""
    opens: float = 0.0
    """How much it begins like a paragraph: a log ratio."""
    depth: int = 0
    """Quotes and brackets opened and not closed in it."""
    early_close: bool = False
    """Closes a quote or bracket that it did not open."""
    follows: tuple[str, ...] = ()
    """If it begins with an item of an enumeration: what the text before it may hold."""
    cut_off: bool = False
    """Something other than text stood between the node before and this one: caption, blank lines."""

    @property
    def sure_start(self) -> bool:
        """True where a byline or dateline stands right above it."""
        return bool(self.byline or self.dateline)

    @property
    def middle(self) -> bool:
        """True where the text begins as no sentence does."""
        first = self.head[:1] in tuple("，。、；：！？,;:!?.)%") and not self.head.startswith("……")
        return first or self.opens <= -2.5


def nodes_of(blocks: Sequence[Block]) -> list[Node]:
    """The page's body blocks with their surroundings, in page order."""
    nodes: list[Node] = []
    heads: list[int] = []
    byline: list[int] = []
    dateline: list[int] = []
    cut_off = False
    for i, block in enumerate(blocks):
        role = block.role
        if role in {Role.SUBHEAD, Role.HEADLINE, Role.KICKER, Role.COLUMN}:
            if byline and _own_signs(blocks, i):
                heads, byline, dateline = [], [], []
            heads.append(i)
        elif role is Role.DATELINE:
            dateline.append(i)
        elif role is Role.BYLINE:
            if nodes and not heads and not byline and _is_tail(blocks, i):
                last = nodes[-1]
                nodes[-1] = replace(last, tail=(*last.tail, i))
            else:
                byline.append(i)
        elif role is Role.BODY:
            nodes.append(_node(blocks, i, (heads, byline, dateline), cut_off))
            heads, byline, dateline, cut_off = [], [], [], False
        elif role in TRANSPARENT:
            cut_off = True
    return nodes


def _own_signs(blocks: Sequence[Block], i: int) -> bool:
    """True for a head that has a byline or dateline of its own below it, other head lines between."""
    below = next((b for b in blocks[i + 1 :] if b.role not in {Role.SUBHEAD, Role.KICKER, *TRANSPARENT}), None)
    return below is not None and below.role in {Role.BYLINE, Role.DATELINE}


def _is_tail(blocks: Sequence[Block], i: int) -> bool:
    """True for a byline without a headline above it that closes the story before it: bare names after its last word."""
    before = next((b for b in reversed(blocks[:i]) if b.role not in TRANSPARENT), None)
    if before is None or before.role is not Role.BODY or not ends_sentence(before.text):
        return False
    after = next((b for b in blocks[i + 1 :] if b.role not in TRANSPARENT), None)
    return after is None or after.role is not Role.BODY or blocks[i].text[:1] not in MARKS


def _node(blocks: Sequence[Block], i: int, above: tuple[list[int], list[int], list[int]], cut_off: bool) -> Node:
    heads, byline, dateline = above
    text = blocks[i].text
    folded = symbols(text[:12])
    depth, early = _balance(text)
    return Node(
        i,
        tuple(heads),
        tuple(byline),
        tuple(dateline),
        (),
        text,
        head=folded,
        end=symbols(text[-12:]),
        closed=ends_sentence(text)
        or text.rstrip(CLOSERS + " ").endswith(("：", ":", "——", "；"))
        or any(reason.rule == LISTED for reason in blocks[i].reasons),
        opens=language().opens(folded),
        depth=depth,
        early_close=early,
        follows=_items_before(text),
        cut_off=cut_off,
    )


def _balance(text: str) -> tuple[int, bool]:
    """How many quotes and brackets stay open at the end, and whether one closes before it opens."""
    depth, early = 0, False
    straight = text.count('"') % 2
    for opener, closer in (("“", "”"), ("（", "）"), ("《", "》")):
        level = 0
        for char in text if opener in text or closer in text else "":
            if char == opener:
                level += 1
            elif char == closer:
                level -= 1
                if level < 0:
                    early, level = True, 0
        depth += level
    if straight:
        # An odd straight quote: closes an earlier one where it stands at an end of sense, else stays open.
        last = text.rindex('"')
        if last == len(text) - 1 or text[last + 1] in "，。；、：！？":
            early = early or text.count('"') == 1
        if not early:
            depth += 1
    return depth, early


# -- affinity --------------------------------------------------------------------------------------------------


def windows_of(nodes: Sequence[Node]) -> tuple[Matrix, Matrix]:
    """Which nodes count for what ends in a node, and for what begins with it: [u, v] is how much node v counts.

    They count as far as the next sure start.
    """
    runs = np.cumsum([node.sure_start for node in nodes])
    steps = np.subtract.outer(np.arange(len(nodes)), np.arange(len(nodes)))
    near = (runs[:, None] == runs) & (steps >= 0) & (steps < WINDOW)
    back = np.where(near, FADE ** np.abs(steps), 0.0)
    return back, back.T


def affinity_of(tally: Tally, windows: tuple[Matrix, Matrix]) -> tuple[Matrix, Matrix, Matrix]:
    """Cosines of words: [u, v] what ends in node u with what begins in node v; [v, w] the heads above v with …

    … what ends in node w, and with what begins in node w. Words are character pairs, weighted by how rare they are
    in Chinese and on this page. tally: of the nodes' texts and of the heads above them, n each. windows: windows_of.
    """
    n = len(windows[0])
    spread = np.bincount(tally.counts[:n].indices, minlength=len(tally.rarity)).clip(1)
    weight = np.clip(tally.rarity - 5.0, 0.0, 9.0) * np.log((n + 1) / spread)
    here = tally.counts.sign()
    rows = here[:, tally.shared].toarray() * weight[tally.shared]
    # What stands in one text only makes that text's vector longer, and nothing else.
    alone = here @ weight**2 - (rows**2).sum(axis=1)
    before, after = (_unit(window @ rows[:n], window**2 @ alone[:n]) for window in windows)
    above = _unit(rows[n:], alone[n:])
    return before @ after.T, above @ before.T, above @ after.T


FAINT = 0.025
"""Affinities below this are all alike: two paragraphs of one story need not share a word."""
WINDOW, FADE = 6, 0.8
"""Blocks to each side that count for affinity, and how fast their weight falls."""


def _unit(rows: Matrix, more: Vector) -> Matrix:
    """The rows over their lengths. more: what else belongs to the square of each length."""
    found: Matrix = rows / np.sqrt((rows**2).sum(axis=1) + more).clip(1e-9)[:, None]
    return found


# -- features --------------------------------------------------------------------------------------------------

PAIR_WEIGHTS: Weights = {
    "affinity": -28.45,
    "affinity above mean": 6.31,
    "affinity, log": 4.50,
    "affinity, next": 0.61,
    "closed, links 1|2": 0.18,
    "closed, links 2|1": 0.18,
    "closed, middle": -1.34,
    "closed, opens": 0.00,
    "closed, short": -0.72,
    "distance": -0.47,
    "enumeration goes on": 1.56,
    "head above": -0.77,
    "names after": -4.74,
    "next": 5.70,
    "next, cut off": -1.02,
    "next, nothing between": 0.45,
    "open": 0.01,
    "open, head above": -0.02,
    "open, links 1|1": 0.42,
    "open, links 1|2": 0.41,
    "open, links 2|1": 0.12,
    "open, makes a word": 2.01,
    "open, middle": -1.17,
    "open, next": -1.34,
    "open, opens": -0.79,
    "open, said on the page": 0.29,
    "open, short": 0.16,
    "quote from nowhere": -2.40,
    "quote goes on": 2.06,
    "quote left open": -0.88,
    "subject": 3.65,
    "subject above mean": 3.15,
    "subject, next": -0.92,
    "sure start": -8.84,
    "sure starts between": -0.09,
}
"""Log-odds of a junction by what is seen there.

These three tables are fitted by tests/bench/fit_junctions.py: the mean of a fit with choices among 40 blocks and one
with choices among 70; those of short blocks are of the latter alone.
"""
WORD_FEATURES = frozenset(
    {
        "affinity",
        "affinity, log",
        "affinity, next",
        "affinity above mean",
        "subject",
        "subject, next",
        "subject above mean",
    }
)
"""The features of a pair that compare words; pieces.py compares whole pieces instead."""
END_WEIGHTS: Weights = {
    "always": 3.83,
    "head next": 1.12,
    "names after": 0.99,
    "open": -1.22,
    "photo sentence": 8.41,
    "quote left open": -1.10,
    "sure start next": -0.69,
}
START_BY_HAND: Weights = {
    "bullet below a column": 4.50,
    "bullet on the head": 1.50,
    "column above": 2.00,
    "stars on the head": -7.00,
    "news below": 0.70,
    "names before, head": 1.50,
    "subtitle": 2.00,
}
"""Signs of a begin set by hand, for ordinary and mixed pages alike: no gold of ours has enough cases to fit them."""
START_WEIGHTS: Weights = {
    **START_BY_HAND,
    "always": 0.69,
    "bare head": -2.71,
    "bare head; unsigned page": -0.34,
    "bare heads around": -0.70,
    "bare heads around; unsigned page": -0.04,
    "before is open": 0.10,
    "byline above": -1.17,
    "dateline": 1.27,
    "head above signs": 6.31,
    "head fits better below": 0.94,
    "head fits better below; unsigned page": 0.92,
    "head has a blank or colon": 1.15,
    "head has a blank or colon; unsigned page": 1.89,
    "head is in the body": -1.95,
    "head is in the body; unsigned page": 8.03,
    "head length": 4.20,
    "head length; unsigned page": 2.66,
    "head was before": -0.83,
    "head was before; unsigned page": 1.89,
    "head's subject is below": 5.02,
    "head's subject is below; unsigned page": 3.33,
    "head's subject was before": 0.29,
    "head's subject was before; unsigned page": -0.07,
    "highest mark": 2.46,
    "highest mark; unsigned page": 1.66,
    "kicker or column": -1.17,
    "kicker or column; unsigned page": 0.40,
    "like heads before": -2.56,
    "like heads before; unsigned page": -0.06,
    "lower mark": -1.69,
    "lower mark; unsigned page": -2.13,
    "middle": -0.62,
    "names before": -1.75,
    "no mark among marks": -0.89,
    "no mark among marks; unsigned page": -1.10,
    "opens": 0.16,
    "photo sentence": 10.79,
    "several head lines": 1.46,
    "several head lines; unsigned page": 1.43,
    "several lines above signs": 0.55,
    "short": -2.57,
    "share of heads signed": -2.66,
    "shorter than signed heads": 1.92,
    "subject goes on below": -3.46,
    "subject goes on below; unsigned page": -1.67,
    "words at home above": -0.36,
    "words at home above; unsigned page": -0.33,
}


MIXED_PAIR_WEIGHTS: Weights = {
    "affinity": -14.20,
    "affinity above mean": 9.21,
    "affinity, log": 2.23,
    "affinity, next": 0.15,
    "closed, links 1|2": 0.15,
    "closed, links 2|1": 0.01,
    "closed, middle": -1.88,
    "closed, opens": 0.09,
    "closed, short": -1.04,
    "distance": -1.59,
    "enumeration goes on": 1.66,
    "head above": 0.01,
    "names after": 0.09,
    "next": -0.21,
    "next, cut off": 0.46,
    "next, nothing between": 0.32,
    "open": -0.59,
    "open, head above": -4.64,
    "open, links 1|1": 0.39,
    "open, links 1|2": 0.42,
    "open, links 2|1": 0.42,
    "open, makes a word": 2.06,
    "open, middle": -0.94,
    "open, next": -0.11,
    "open, opens": -0.72,
    "open, said on the page": 0.31,
    "open, short": 1.00,
    "quote from nowhere": -4.17,
    "quote goes on": 3.66,
    "quote left open": -0.83,
    "subject": 1.52,
    "subject above mean": 2.81,
    "subject, next": -0.24,
    "sure start": -4.73,
    "sure starts between": -0.21,
}
"""The same three for pages whose articles are all cut in pieces and mixed: what stands next says little there."""
MIXED_END_WEIGHTS: Weights = {
    "always": -0.79,
    "head next": 0.08,
    "names after": -0.59,
    "open": -2.21,
    "photo sentence": 6.41,
    "quote left open": -3.17,
    "sure start next": -0.23,
}
MIXED_START_WEIGHTS: Weights = {
    **START_BY_HAND,
    "always": -2.55,
    "bare head": 0.68,
    "bare head; unsigned page": -3.92,
    "bare heads around": -0.32,
    "bare heads around; unsigned page": 0.81,
    "before is open": 0.57,
    "byline above": 2.30,
    "dateline": 0.69,
    "head above signs": 2.30,
    "head fits better below": 3.31,
    "head fits better below; unsigned page": 1.86,
    "head has a blank or colon": 2.58,
    "head has a blank or colon; unsigned page": 3.37,
    "head is in the body": 2.98,
    "head is in the body; unsigned page": 3.22,
    "head length": 0.53,
    "head length; unsigned page": 3.21,
    "head was before": 0.35,
    "head was before; unsigned page": 1.00,
    "head's subject is below": 3.36,
    "head's subject is below; unsigned page": 1.88,
    "head's subject was before": -1.39,
    "head's subject was before; unsigned page": -2.28,
    "highest mark": 0.00,
    "highest mark; unsigned page": 0.00,
    "kicker or column": 0.00,
    "kicker or column; unsigned page": 0.00,
    "like heads before": -0.34,
    "like heads before; unsigned page": 0.40,
    "lower mark": 0.00,
    "lower mark; unsigned page": 0.00,
    "middle": -1.25,
    "names before": 1.25,
    "no mark among marks": 0.00,
    "no mark among marks; unsigned page": 0.00,
    "opens": 0.36,
    "photo sentence": 6.28,
    "several head lines": -0.50,
    "several head lines; unsigned page": -3.12,
    "several lines above signs": -5.27,
    "short": -2.96,
    "share of heads signed": -2.89,
    "shorter than signed heads": -2.76,
    "subject goes on below": -5.61,
    "subject goes on below; unsigned page": -3.54,
    "words at home above": -0.62,
    "words at home above; unsigned page": 0.18,
}


TRAITS: Mapping[str, Callable[[Node], float]] = {
    "closed": lambda node: node.closed,
    "open": lambda node: not node.closed,
    "headed": lambda node: bool(node.heads),
    "sure start": lambda node: node.sure_start,
    "names after": lambda node: bool(node.tail),
    "cut off": lambda node: node.cut_off,
    "quote open": lambda node: node.depth > 0,
    "early close": lambda node: node.early_close,
    "opens": lambda node: node.opens,
    "middle": lambda node: node.middle,
    "item": lambda node: bool(node.follows),
    "short": lambda node: len(node.text) <= SHORT and not node.heads and not node.sure_start,
}
"""What a node brings to the pairs it is in, whatever the other node is."""
SHORT = 12
"""A paragraph is hardly ever this short, the rest of one that a column's end has cut often is."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's nodes with all that their features are taken from."""

    blocks: Sequence[Block]
    nodes: Sequence[Node]
    affinity: Matrix
    heads_before: Matrix
    heads_after: Matrix
    usual: Vector
    """Mean affinity of each node to those before it."""
    usual_subject: Vector
    starts: Numbers
    """starts[v]: number of sure starts among the nodes before v."""
    subject: Matrix
    """As affinity, but of what the texts are about."""
    subject_before: Matrix
    """As heads_before, but of what the texts are about."""
    subject_after: Matrix
    words: Words
    symbols: str
    """All running text of the page, a line a block."""
    story_signs: float
    """Share of the page's head groups that a byline or dateline follows."""
    signed_length: float
    """Usual number of characters above a byline or dateline; 0 where the page has none."""
    levels: tuple[int, ...]
    """Mark levels of the page's heads, ascending."""
    traits: Mapping[str, Vector]
    """What pairs are weighed by of each of their nodes, a number a node."""


def sheet_of(blocks: Sequence[Block]) -> Sheet:
    """The page ready for weighing."""
    nodes = nodes_of(blocks)
    headed = [n for n in nodes if n.heads]
    levels = sorted({blocks[i].level for n in headed for i in n.heads if blocks[i].role is Role.SUBHEAD})
    tally = tally_of([*(n.text for n in nodes), *("".join(blocks[i].text for i in n.heads) for n in nodes)])
    windows = windows_of(nodes)
    affinity, heads_before, heads_after = affinity_of(tally, windows)
    words = words_of(tally, len(nodes))
    before, after = (window @ words.blocks.meaning for window in windows)
    titles = tally.meaning[len(nodes) :]
    subject = cosines(before, after)
    return Sheet(
        blocks,
        nodes,
        affinity,
        heads_before,
        heads_after,
        _means_before(affinity),
        _means_before(subject),
        np.array([0, *accumulate(int(n.sure_start) for n in nodes)]),
        subject,
        cosines(titles, before),
        cosines(titles, after),
        words,
        "\n".join(symbols(n.text) for n in nodes),
        sum(n.sure_start for n in headed) / max(1, len(headed)),
        float(np.median([float(sum(len(blocks[i].text) for i in n.heads)) for n in headed if n.sure_start] or [0.0])),
        tuple(levels),
        {name: np.array([trait(n) for n in nodes], dtype=np.float64) for name, trait in TRAITS.items()},
    )


def _means_before(values: Matrix) -> Vector:
    """For each node the mean of its column above it, 0 for the first."""
    found: Vector = np.triu(values, 1).sum(axis=0) / np.arange(len(values)).clip(1)
    return found


def pair_features(sheet: Sheet, before: Numbers, after: Numbers) -> dict[str, Vector]:
    """What speaks for each node of `after` going on where the node of `before` at the same place stops, which is above.

    A column for each feature, a number for each pair.
    """
    a, b = ({name: column[side] for name, column in sheet.traits.items()} for side in (before, after))
    near = (after == before + 1).astype(np.float64)
    affinity, subject = sheet.affinity[before, after], sheet.subject[before, after]
    faint = np.log(affinity + FAINT) + 3.0
    links = _links_of(sheet, before, after)
    return {
        "next": near,
        "next, nothing between": near * (1 - b["headed"]) * (1 - b["sure start"]),
        "next, cut off": near * b["cut off"],
        "distance": np.log(after - before),
        "sure starts between": np.minimum(3, sheet.starts[after] - sheet.starts[before + 1]),
        "head above": b["headed"],
        "sure start": b["sure start"],
        "names after": a["names after"],
        "affinity": np.minimum(affinity, 0.3),
        "affinity, log": faint,
        "affinity, next": near * faint,
        "affinity above mean": np.minimum(affinity - sheet.usual[after], 0.3),
        "subject": subject,
        "subject, next": near * subject,
        "subject above mean": subject - sheet.usual_subject[after],
        "quote goes on": a["quote open"] * b["early close"],
        "quote left open": a["quote open"] * (1 - b["early close"]),
        "quote from nowhere": (1 - a["quote open"]) * b["early close"],
        "closed, opens": a["closed"] * b["opens"],
        "closed, middle": a["closed"] * b["middle"],
        "closed, short": a["closed"] * b["short"],
        "closed, links 2|1": a["closed"] * links[1],
        "closed, links 1|2": a["closed"] * links[2],
        "enumeration goes on": _told(sheet, (before, after), a["closed"] * b["item"], _enumerates),
        "open": a["open"],
        "open, next": a["open"] * near,
        "open, head above": a["open"] * b["headed"],
        "open, opens": a["open"] * b["opens"],
        "open, middle": a["open"] * b["middle"],
        "open, short": a["open"] * b["short"],
        "open, links 1|1": a["open"] * links[0],
        "open, links 2|1": a["open"] * links[1],
        "open, links 1|2": a["open"] * links[2],
        "open, makes a word": _told(sheet, (before, after), a["open"], _makes_a_word),
        "open, said on the page": _told(sheet, (before, after), a["open"], partial(_said, sheet.symbols)),
    }


def _told(sheet: Sheet, pairs: tuple[Numbers, Numbers], where: Vector, tell: Callable[[Node, Node], float]) -> Vector:
    """What is told of the two nodes of each pair, 0 where it does not count; for what only their texts can tell."""
    found = np.zeros(len(where))
    count = np.flatnonzero(where)
    sides = zip(*(side[count].tolist() for side in pairs), strict=True)
    found[count] = [tell(sheet.nodes[u], sheet.nodes[v]) for u, v in sides]
    return found


def _links_of(sheet: Sheet, before: Numbers, after: Numbers) -> Matrix:
    """Language.links of each pair, a row for each of the three."""
    ends, heads = [n.end[-2:] for n in sheet.nodes], [n.head[:2] for n in sheet.nodes]
    found = [_links(ends[u], heads[v]) for u, v in zip(before.tolist(), after.tolist(), strict=True)]
    return np.array(found, dtype=np.float64).reshape(-1, 3).T


@lru_cache(maxsize=50_000)
def _links(end: str, head: str) -> tuple[float, float, float]:
    """Language.links of the last two and the first two symbols; most stand on many pages."""
    return language().links(end, head)


def start_features(sheet: Sheet, v: int) -> dict[str, float]:
    """What speaks for node v beginning an article."""
    node = sheet.nodes[v]
    before = sheet.nodes[v - 1] if v else None
    found: dict[str, float] = {
        "always": 1.0,
        "byline above": bool(node.byline),
        "dateline": bool(node.dateline),
        "opens": node.opens,
        "middle": node.middle,
        "short": TRAITS["short"](node),
        "photo sentence": PHOTO_SENTENCE.search(node.text) is not None,
        "before is open": before is not None and not before.closed,
        "names before": before is not None and bool(before.tail),
    }
    if node.heads:
        found |= _head_features(sheet, v)
    return found


def _head_features(sheet: Sheet, v: int) -> dict[str, float]:
    """What speaks for the heads above node v being a headline rather than a subhead."""
    node = sheet.nodes[v]
    if node.sure_start:
        return {"head above signs": 1.0, "several lines above signs": len(node.heads) >= 2}
    lines = [sheet.blocks[i] for i in node.heads]
    text = "".join(b.text for b in lines)
    marked = [b.level for b in lines if b.level]
    here = float(sheet.heads_after[v, v])
    there = float(sheet.heads_before[v, v - 1]) if v else 0.0
    bullet = lines[-1].text[:1] in MARKS and lines[-1].text[1:2] not in MARKS
    like = 0 if bullet else sum(_alike_heads(sheet, v, w) for w in range(max(0, v - 12), v))
    found: dict[str, float] = {
        "bare head": 1.0,
        "several head lines": len(lines) >= 2,
        "kicker or column": any(b.role in {Role.KICKER, Role.COLUMN} for b in lines),
        "head length": min(len(text), 20) / 10,
        "head has a blank or colon": bool(re.search(r"\S[ \u3000：:]\S", lines[-1].text)),
        "head is in the body": min(here, 0.5),
        "head was before": min(there, 0.5),
        "head's subject is below": float(sheet.subject_after[v, v]),
        "head's subject was before": float(sheet.subject_before[v, v - 1]) if v else 0.0,
        "subject goes on below": float(sheet.subject[v - 1, v]) if v else 0.0,
        "words at home above": _at_home_above(sheet, v),
        "head fits better below": math.log((here + 0.02) / (there + 0.02)),
        "like heads before": min(like, 3),
        "bare heads around": min(_bare_around(sheet, v), 4),
        "highest mark": bool(marked) and min(marked) == next((x for x in sheet.levels if x), 0),
        "lower mark": bool(marked) and min(marked) > next((x for x in sheet.levels if x), 0),
        "no mark among marks": not marked and bool(sheet.levels) and sheet.levels[-1] > 0,
    }
    told = {
        "news below": NEWS.match(node.text) is not None,
        "names before, head": bool(v and sheet.nodes[v - 1].tail),
        "bullet on the head": bullet,
        "bullet below a column": bullet and _below_column(sheet, v),
        "column above": any(b.role is Role.COLUMN for b in lines),
        "stars on the head": STARS.match(lines[-1].text) is not None,
        "subtitle": any(SUBTITLE.match(b.text) for b in lines[1:]),
    }
    if sheet.starts[-1] < FEW_SIGNS:
        return told | {f"{name}; unsigned page": value for name, value in found.items()}
    shorter = max(-1.0, min(1.0 - len(text) / sheet.signed_length, 1.0)) if sheet.signed_length else 0.0
    return told | found | {"shorter than signed heads": shorter, "share of heads signed": sheet.story_signs}


NEWS = re.compile(
    r".{0,8}?(?:\d{1,2}月\d{1,2}日|[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日|近日|日前|昨[日天]|今[日天]|前天|[本上]周|连日来|"
    r"即日起|\d{1,2}日[,，])|记者.{0,12}(?:获悉|了解到)|[^，,。]{2,20}(?:获悉|消息)[，,]"
)
"""5月24日，某园召开……: news opens with the day, what stands below a subhead seldom"""
STARS = re.compile(r"[★☆*＊◆]{2,}|\*")
"""★★★ 板上的沙: subheads of reportages"""
SUBTITLE = re.compile(r"[—―–-]{1,2}[\u4e00-\u9fff“《]|[（(].+[)）]$|[A-Z0-9][^\u4e00-\u9fff]+$")
"""——某区见闻; （一位工人的一天）; New Plant Rolls Out: a second line that only headlines have"""


def _below_column(sheet: Sheet, v: int) -> bool:
    """True where a column's name stands above the first of the heads that begin with the mark of node v's."""
    mark = sheet.blocks[sheet.nodes[v].heads[-1]].text[:1]
    for node in reversed(sheet.nodes[: v + 1]):
        if node.heads:
            if not sheet.blocks[node.heads[-1]].text.startswith(mark):
                return False
            if any(sheet.blocks[i].role is Role.COLUMN for i in node.heads):
                return True
    return False


def _at_home_above(sheet: Sheet, v: int) -> float:
    """How well the words from node v to the next head fit the story above it: a log ratio in tens, clipped."""
    nodes = sheet.nodes
    if not v:
        return 0.0
    high = v + 1
    while high < min(len(nodes), v + RUN_BELOW) and not nodes[high].heads and not nodes[high].sure_start:
        high += 1
    low = v - 1
    while low > max(0, v - RUN_ABOVE) and not nodes[low].sure_start:
        low -= 1
    return max(-6.0, min(sheet.words.at_home(slice(v, high), slice(low, v)) / 10, 4.0))


RUN_BELOW, RUN_ABOVE = 8, 12
"""Blocks below and above a head whose words are compared."""
FEW_SIGNS = 2
"""With fewer bylines and datelines a page's headlines may well stand without."""


def _alike_heads(sheet: Sheet, v: int, w: int) -> bool:
    """True where node w has one head line of the same mark and nearly the same length as node v, and no sure start."""
    a, b = sheet.nodes[v], sheet.nodes[w]
    if len(a.heads) != 1 or len(b.heads) != 1 or b.sure_start:
        return False
    first, second = sheet.blocks[a.heads[0]], sheet.blocks[b.heads[0]]
    return first.level == second.level and abs(len(first.text) - len(second.text)) <= 1


def _bare_around(sheet: Sheet, v: int) -> int:
    """Heads without byline or dateline between the sure starts before and after node v: subheads come in series."""
    low = max((w for w in range(v) if sheet.nodes[w].sure_start), default=-1)
    high = min((w for w in range(v + 1, len(sheet.nodes)) if sheet.nodes[w].sure_start), default=len(sheet.nodes))
    return sum(bool(sheet.nodes[w].heads) for w in range(low + 1, high) if w != v and not sheet.nodes[w].sure_start)


_ORDINALS = ("一二三四五六七八九十", "123456789", "①②③④⑤⑥⑦⑧⑨")
_ENUMERATION = re.compile(
    r"^(?:第?([一二三四五六七八九十])[、是，,]|[（(]?([一二三四五六七八九十1-9])[)）、.．]|([①-⑨]))"
)
_FOLLOWERS, _FOLLOWED = ("其次", "再次", "再者", "最后", "另一方面", "与此同时"), ("首先", "其次", "一方面")


def _enumerates(a: Node, b: Node) -> bool:
    """True where node b begins with the item that follows one in node a: 二是 after 一是, 其次 after 首先."""
    return any(item in a.text for item in b.follows)


def _items_before(text: str) -> tuple[str, ...]:
    """What a text that begins with an item of an enumeration may follow: 一是 before 二是."""
    found = _ENUMERATION.match(text)
    item = next((g for g in found.groups() if g), "") if found else ""
    mark = text[text.index(item) + 1 :][:1]
    items = [row[row.index(item) - 1] + mark for row in _ORDINALS if item and item in row[1:]]
    return (*items, *(_FOLLOWED if text.startswith(_FOLLOWERS) else ()))


def end_features(sheet: Sheet, u: int) -> dict[str, float]:
    """What speaks for an article ending with node u."""
    node = sheet.nodes[u]
    after = sheet.nodes[u + 1] if u + 1 < len(sheet.nodes) else None
    return {
        "always": 1.0,
        "open": not node.closed,
        "quote left open": node.depth > 0,
        "names after": bool(node.tail),
        "sure start next": after is not None and after.sure_start,
        "head next": after is not None and bool(after.heads),
        "photo sentence": PHOTO_SENTENCE.search(node.text) is not None,
    }


def _makes_a_word(a: Node, b: Node) -> float:
    return min(word_gain(a.end, b.head), 20.0) / 4


def _said(page: str, a: Node, b: Node) -> float:
    """Characters of the longest text across the junction that stands elsewhere on the page."""
    if a.end and b.head and b.head[0] not in _followers(page, a.end[-1]):
        return 0.0
    best = 0
    for left in range(1, 5):
        if a.end[-left:] + b.head[:1] not in page:
            break
        for right in range(1, 5):
            if a.end[-left:] + b.head[:right] not in page:
                break
            best = max(best, left + right)
    return float(best)


@lru_cache(maxsize=1_000)
def _followers(page: str, char: str) -> frozenset[str]:
    """The characters that stand behind one on the page; where nothing does, it may be among them itself."""
    return frozenset(part[:1] or char for part in page.split(char)[1:])
