"""How far an article's separation can be trusted: what was close, what is missing, and the odds that all is right."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.articles.trust_weights import WEIGHTS
from generator.chinese import ends_sentence
from generator.language import language, symbols
from generator.model import Block, Change, Junction, Page, Passage, Reason, Role
from generator.pairs import pairs_in

CLOSE = 2.0
"""A junction whose rival is nearer than this, in nats, is a doubt; so is another reading of the page."""
DIM = 1.5
"""A line whose odds to be a headline or running text are nearer than this to even, in nats, is a doubt."""

MOST = 6.0
"""Margins of junctions count up to this, in nats."""
NEAR, FAR, LEAST = 4.0, 9.0, -10.0
"""Costs of other readings count up to NEAR for each kind of change, up to FAR for any, and down to LEAST."""
CLEAR = 2.0
"""Odds of a line to be a headline or running text count up to this."""
READ = 120
"""Characters at the begin of an article's body that are read for whether they are language at all."""
TELLING = 0.2
"""Weights smaller than this are no ground worth telling."""
MOST_GROUNDS = 8

Margins = Mapping[int, tuple[list[float], list[float], int]]
"""For each thread: the margins of its junctions, the margins of others' blocks that it might claim, its jumps."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Another reading of the page: its cost, its change, the numbers of the two articles, and where it sets in."""

    cost: float
    change: Change
    threads: tuple[int, int]
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Signs:
    """What the trust of all articles of a page is taken from, gathered once a page."""

    margins: Margins
    closest: float
    """The least margin of all."""
    junctions: Mapping[int, Sequence[Junction]]
    """Those that lead to a block of each article, or would."""
    threads: Mapping[int, Sequence[int]]
    """Indexes of the blocks of each article."""
    fits: Mapping[int, Mapping[int, float]]
    """For each head line, by its block's index, the share of its character pairs that stand in each article's body."""
    lengths: Mapping[int, int]
    """Characters of each article's body."""
    twins: tuple[str, ...]
    """Headlines that stand a second time."""
    readings: Mapping[int, Sequence[Reading]]
    """Other readings that would change each article, cheapest first."""


def signs_of(page: Page) -> Signs:
    """The page's signs."""
    threads: dict[int, list[int]] = {}
    for i, block in enumerate(page.blocks):
        if block.thread >= 0:
            threads.setdefault(block.thread, []).append(i)
    bodies = {t: [page.blocks[i].text for i in own if page.blocks[i].role is Role.BODY] for t, own in threads.items()}
    words = {t: frozenset(_pairs("\n".join(texts))) for t, texts in bodies.items()}
    heads = [i for own in threads.values() for i in own if page.blocks[i].role in {Role.HEADLINE, Role.SUBHEAD}]
    fits = {}
    for i in heads:
        pairs = _pairs(page.blocks[i].text)
        fits[i] = {t: len(pairs & of_body) / max(1, len(pairs)) for t, of_body in words.items()}
    junctions: dict[int, list[Junction]] = {}
    for junction in page.junctions:
        junctions.setdefault(page.blocks[junction.after].thread, []).append(junction)
    readings: dict[int, list[Reading]] = {}
    for reading in readings_of(page):
        for t in reading.threads:
            readings.setdefault(t, []).append(reading)
    margins = margins_of(page)
    return Signs(
        margins,
        min((margin for own, _, _ in margins.values() for margin in own), default=MOST),
        junctions,
        threads,
        fits,
        {t: sum(map(len, texts)) for t, texts in bodies.items()},
        tuple(b.text for b in page.blocks if b.role is Role.DUPLICATE_HEADLINE),
        readings,
    )


def readings_of(page: Page) -> tuple[Reading, ...]:
    """The page's other readings that still differ from the articles as they are now, an editor's changes included."""
    found = []
    for rival in page.rivals:
        one, two = (page.blocks[i].thread if i >= 0 else -1 for i in rival.articles)
        if one >= 0 and one != two:
            found.append(Reading(rival.cost, rival.change, (one, two), rival.at))
    return tuple(found)


def trust_features(
    page: Page, thread: int, signs: Signs | None = None, headline: Passage | None = None
) -> dict[str, float]:
    """What an article's chance to be whole is taken from.

    thread: its number among the page's blocks. signs: signs_of(page), where they are at hand. headline: what assemble
    made of its head lines; by default those that stitch took for its headline.
    """
    signs = signs_of(page) if signs is None else signs
    found = {
        **_junction_features(page, thread, signs),
        **_reading_features(signs, thread),
        **shape_features(page, thread, signs, headline),
    }
    return found | {"any change, cheapest, signed": found["any change, cheapest"] * found["signed"]}


def shape_features(page: Page, thread: int, signs: Signs, headline: Passage | None = None) -> dict[str, float]:
    """Those of trust_features that the article shows by itself, however close other readings of the page are."""
    blocks = [page.blocks[i] for i in signs.threads.get(thread, ())]
    body = [b for b in blocks if b.role is Role.BODY]
    found = {
        "always": 1.0,
        **_body_features(blocks, body, signs.lengths),
        **_word_features([b.home for b in body]),
        **_head_features(page, thread, signs, headline),
    }
    return found | {
        "no headline, unsigned": found["no headline"] * (1 - found["signed"]),
        "headline, short, unsigned": found["headline, short"] * (1 - found["signed"]),
        "headline, short, of one part": found["headline, short"] * (1 - found["headline of two parts"]),
    }


def _junction_features(page: Page, thread: int, signs: Signs) -> dict[str, float]:
    """How close the decisions were that made the article's chain of blocks."""
    margins, claims, _ = signs.margins.get(thread, ([], [], 0))
    blocks = page.blocks
    own = [j for j in signs.junctions.get(thread, ()) if j.chosen and j.before >= 0]
    far = [j for j in own if any(b.role is Role.BODY for b in blocks[j.before + 1 : j.after])]
    return {
        "closest": max(-2.0, min([*margins, MOST])),
        "claim on others": min([*claims, MOST]),
        "page's closest": max(-2.0, min(signs.closest, MOST)),
        "dearest junction": max(-5.0, min(max((j.cost for j in own), default=-5.0), 8.0)),
        "jumps after a full stop": min(sum(ends_sentence(blocks[j.before].text) for j in far), 3),
    }


SIDES: Mapping[str, tuple[Change, tuple[int, ...]]] = {
    "tails swapped": (Change.SWAP, (0, 1)),
    "tail elsewhere": (Change.TAIL, (0,)),
    "another's tail": (Change.TAIL, (1,)),
    "piece elsewhere": (Change.PIECE, (0,)),
    "another's piece": (Change.PIECE, (1,)),
    "joined": (Change.JOIN, (0, 1)),
}
"""Other readings of the page by their change, and by which of the rival's two articles this one is."""


def _reading_features(signs: Signs, thread: int) -> dict[str, float]:
    """How close readings are that would change the article: the cheapest of each group, and the weight of all."""
    found: dict[str, float] = {}
    mine = signs.readings.get(thread, ())
    for name, (change, sides) in SIDES.items():
        costs = [r.cost for r in mine if r.change is change and thread in [r.threads[side] for side in sides]]
        found[f"{name}, cheapest"] = max(LEAST, min([*costs, NEAR]))
        if change is not Change.JOIN:
            found[f"{name}, weight"] = _weight(costs)
    found["any change, cheapest"] = max(LEAST, min([*(r.cost for r in mine), FAR]))
    return found


def _weight(costs: Iterable[float]) -> float:
    """How much likelier some of the readings are than the chosen one: a log ratio, 0 where there is none."""
    return math.log1p(sum(math.exp(-max(LEAST * 4, cost)) for cost in costs))


def _body_features(blocks: Sequence[Block], body: Sequence[Block], lengths: Mapping[int, int]) -> dict[str, float]:
    """What the article's text looks like."""
    length = sum(len(b.text) for b in body)
    lost = {role: sum(len(b.text) for b in blocks if b.role is role) for role in (Role.PULL_QUOTE, Role.CAPTION)}
    signs = [b.role for b in blocks if b.role in {Role.BYLINE, Role.DATELINE}]
    return {
        "byline": Role.BYLINE in signs,
        "dateline": Role.DATELINE in signs,
        "signed": float(bool(signs)),
        "signed twice": len(signs) > 1,
        "open end": bool(body) and not ends_sentence(body[-1].text),
        "ends with a colon": bool(body) and body[-1].text.rstrip().endswith(("：", ":")),
        "starts in the middle": bool(body) and body[0].text[:1] in tuple("，。、；：！？”’）》"),
        "blocks, log": math.log(max(1, len(body))),
        "share of the page": min(length / max(1, sum(lengths.values())), 0.3),
        "reads like news": _reads(body),
        "pull quote": lost[Role.PULL_QUOTE] > 0,
        "pull quote, length": min(0.1, lost[Role.PULL_QUOTE] / max(1, length)) * 10,
        "caption": lost[Role.CAPTION] > 0,
        "furniture inside": any(b.role is Role.FURNITURE for b in blocks),
        "kicker": any(b.role is Role.KICKER for b in blocks),
        "stray copy of a headline": any(b.role is Role.DUPLICATE_HEADLINE for b in blocks),
    }


def _reads(body: Sequence[Block]) -> float:
    """How much more often its characters follow each other than chance would have it: a mean log ratio, 0 for enough.

    News has 0.7 and more, mostly about 2, its characters in any order less than -0.6: here 0 and below -0.9.
    """
    text = symbols("".join(b.text for b in body)[:READ])
    links = [language().link(text[k], text[k + 1]) for k in range(0, len(text) - 1, 2)]
    return max(-2.5, min(sum(links) / max(1, len(links)) - 0.3, 0.0))


def _word_features(homes: Sequence[float]) -> dict[str, float]:
    """Whether the words of each block are at home in the article, rather than in another."""
    return {
        "at home, least": max(-6.0, min([*homes, 6.0])),
        "share of strangers": sum(home < 0 for home in homes) / max(1, len(homes)),
    }


def _head_features(page: Page, thread: int, signs: Signs, headline: Passage | None) -> dict[str, float]:
    """What the headline looks like, and the head lines inside."""
    own = [page.blocks[i] for i in signs.threads.get(thread, ())]
    blocks = page.blocks
    lines = [b for b in own if b.role is Role.HEADLINE]
    inside = [b for b in own if b.role is Role.SUBHEAD]
    text = "".join(b.text for b in lines)
    length = len(re.sub(r"\W", "", text))
    heads = [i for i in signs.threads.get(thread, ()) if i in signs.fits]
    fits = [signs.fits[i][thread] for i in heads if blocks[i].role is Role.HEADLINE]
    two_parts = len(lines) > 1 or _TWO_PARTS.search(text) is not None
    half = headline is not None and len(headline.spans) > len(lines) > 0
    first = next((i for i in signs.threads.get(thread, ()) if blocks[i].role is Role.HEADLINE), 0)
    dim = [_odds(b) for b in own if b.role in {Role.BODY, Role.HEADLINE, Role.SUBHEAD} and _weighed(b)]
    return {
        "no headline": float(not lines),
        "headline, short": max(0, 12 - length) / 12 if lines else 0.0,
        "headline, long": max(0, length - 24) / 24,
        "headline of two parts": float(two_parts),
        "headline of two lines": len(lines) == 2,
        "headline of more lines": len(lines) > 2,
        "headline lines apart": any(b.line - a.line > APART for a, b in pairwise(lines)),
        "headline stops short": text.rstrip().endswith(("：", ":", "，", ",", "、")),
        "headline of marks of two kinds": len({b.level for b in lines}) > 1,
        "marked headline": any(b.level for b in lines),
        "odd sign in the headline": text[:1] in tuple("（(") or _ODD.search(text) is not None,
        "column name above": first > 0 and blocks[first - 1].role is Role.COLUMN,
        "first line strange": max(fits[1:]) - fits[0] if len(fits) > 1 else 0.0,
        "last line strange": max(fits[:-1]) - fits[-1] if len(fits) > 1 else 0.0,
        "line fits another article": _stranger(heads, thread, signs),
        "another's line fits": _claimed(page, thread, signs),
        "half joined": half,
        "half joined to two parts": half and two_parts,
        "half joined of several": half and len(inside) > 1,
        "subheads": min(len(inside), 6),
        "one subhead": len(inside) == 1,
        "one subhead below two parts": len(inside) == 1 and two_parts,
        "subhead ends a sentence": any(ends_sentence(b.text) for b in inside),
        "subhead in mid-sentence": _in_sentence(own),
        "subhead's mark is the headline's": any(b.level and b.level == lines[0].level for b in inside if lines),
        "subhead without mark": bool(lines) and lines[0].level > 0 and any(not b.level for b in inside),
        "longer copy of the headline": any(text[:6] in t and len(t) > len(text) + 3 for t in signs.twins if text),
        "copy of a part of the headline": any(t in text and len(t) < len(text) for t in signs.twins),
        "dim line": min([*map(abs, dim), CLEAR]),
    }


_TWO_PARTS = re.compile(r"\S[ \u3000：:]\S")
_ODD = re.compile(r"编辑|记者|来源|QQ|电话|http|www")
APART = 3
"""Lines of one headline stand no further apart than this."""


def _pairs(text: str) -> set[int]:
    """The character pairs of a text, by their codes."""
    return set(pairs_in([text])[0].tolist())


def _stranger(lines: Sequence[int], thread: int, signs: Signs) -> float:
    """How much better one of the lines fits another article's words."""
    gains = (fit - signs.fits[i][thread] for i in lines for t, fit in signs.fits[i].items() if t != thread)
    return max(gains, default=0.0)


def _claimed(page: Page, thread: int, signs: Signs) -> float:
    """How much better this article's words fit a head line of another; the only line of a headline aside."""
    best = 0.0
    for t, indexes in signs.threads.items():
        lines = [i for i in indexes if i in signs.fits]
        single = sum(page.blocks[i].role is Role.HEADLINE for i in lines) == 1
        for n, i in enumerate(lines if t != thread else []):
            if n or not single or page.blocks[i].role is not Role.HEADLINE:
                best = max(best, signs.fits[i].get(thread, 0.0) - signs.fits[i][t])
    return best


def _in_sentence(own: Sequence[Block]) -> bool:
    """True where a subhead stands between two pieces of one sentence."""
    open_now = False
    for block in own:
        if block.role is Role.BODY:
            open_now = not ends_sentence(block.text)
        elif block.role is Role.SUBHEAD and open_now:
            return True
    return False


def _weighed(block: Block) -> bool:
    """True for a line that classify weighed as headline or running text."""
    return not block.level and any(reason.rule == "always" for reason in block.reasons)


def _odds(block: Block) -> float:
    """Log-odds that the line is running text, as classify weighed it."""
    return sum(reason.weight for reason in block.reasons)


def margins_of(page: Page) -> Margins:
    """How close the page's decisions were, by thread."""
    found: dict[int, tuple[list[float], list[float], int]] = {}
    bodies = [i for i, b in enumerate(page.blocks) if b.role is Role.BODY]
    place = {i: n for n, i in enumerate(bodies)}
    for junction in page.junctions:
        if not junction.chosen:
            continue
        thread = page.blocks[junction.after].thread
        margins, claims, jumps = found.get(thread, ([], [], 0))
        margins.append(junction.margin)
        if junction.before >= 0 and place[junction.after] - place[junction.before] > 1:
            jumps += 1
        found[thread] = (margins, claims, jumps)
    for junction in page.junctions:
        thread = page.blocks[junction.after].thread
        rival = page.blocks[junction.before].thread if junction.before >= 0 and not junction.chosen else thread
        if rival != thread and rival in found:
            found[rival][1].append(junction.margin)
    return found


def confidence_of(features: Mapping[str, float]) -> float:
    """The odds as a probability, 0…1, two decimals. A feature that was never fitted weighs nothing."""
    odds = sum(WEIGHTS.get(name, 0.0) * float(value) for name, value in features.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(odds, 30.0)))), 2)


def grounds_of(features: Mapping[str, float]) -> tuple[Reason, ...]:
    """What weighed most for and against the article, weightiest first."""
    parts = [(name, WEIGHTS.get(name, 0.0) * float(value)) for name, value in features.items() if name != "always"]
    telling = sorted((part for part in parts if abs(part[1]) >= TELLING), key=lambda part: -abs(part[1]))
    return tuple(Reason(name, round(weight, 2), f"{features[name]:g}") for name, weight in telling[:MOST_GROUNDS])


def doubts_of(page: Page, thread: int, signs: Signs | None = None) -> tuple[str, ...]:
    """What an editor should look at: Chinese sentences that name the lines.

    signs: signs_of(page), where they are at hand.
    """
    signs = signs_of(page) if signs is None else signs
    blocks = page.blocks
    own = [blocks[i] for i in signs.threads.get(thread, ())]
    junctions = signs.junctions.get(thread, ())
    found: list[str] = []
    named: set[int] = set()
    for junction in junctions:
        if not junction.chosen or junction.margin >= CLOSE:
            continue
        line = blocks[junction.after].line
        named.add(line)
        rivals = [j for j in junctions if j.after == junction.after and not j.chosen]
        rival = min(rivals, key=lambda j: j.cost, default=None)
        found.append(_close_call(blocks, junction.before, line, rival.before if rival else -1))
    found += _other_readings(page, thread, named, signs)
    found += [
        f"第{b.line}行是标题还是正文，不易分辨。"
        for b in own
        if b.role in {Role.BODY, Role.HEADLINE, Role.SUBHEAD} and _weighed(b) and abs(_odds(b)) < DIM
    ]
    body = [b for b in own if b.role is Role.BODY]
    if body and not ends_sentence(body[-1].text):
        found.append(f"正文在第{body[-1].line}行没有写完一句，后文可能缺失。")
    if body and all(b.role is not Role.HEADLINE for b in own):
        found.append(f"第{body[0].line}行起的文字没有找到标题，可能接自其他版面。")
    return tuple(dict.fromkeys(found))


def _close_call(blocks: Sequence[Block], before: int, line: int, rival: int) -> str:
    other = f"接第{blocks[rival].line}行" if rival >= 0 else "另起一篇"
    if before < 0:
        return f"第{line}行在此另起一篇，也可能{other}。"
    return f"第{line}行接在第{blocks[before].line}行之后，也可能{other}。"


def _other_readings(page: Page, thread: int, named: set[int], signs: Signs) -> list[str]:
    """The nearest reading that would take text from the article, and the nearest that would bring it text."""
    found: list[str] = []
    near = [r for r in signs.readings.get(thread, ()) if r.cost < CLOSE and r.change in _TELL]
    takes = next((r for r in near if r.threads[0] == thread and r.change is not Change.SWAP), None)
    brings = next((r for r in near if r.threads[1] == thread and r.change is not Change.SWAP), None)
    swaps = next((r for r in near if r.change is Change.SWAP), None)
    if takes and page.blocks[takes.at[0]].line not in named:
        blocks = (page.blocks[i] for i in signs.threads[takes.threads[1]])
        other = next(b.line for b in blocks if b.role is Role.BODY)
        found.append(f"第{page.blocks[takes.at[0]].line}行起的文字，也可能属于正文从第{other}行开始的那篇。")
    if brings:
        found.append(f"另一篇中第{page.blocks[brings.at[0]].line}行起的文字，也可能属于本篇。")
    if swaps and not takes and not brings:
        one, two = (page.blocks[i].line for i in swaps.at)
        found.append(f"第{one}行起与第{two}行起的文字，可能应当互换所属的篇目。")
    return found


_TELL = frozenset({Change.SWAP, Change.TAIL, Change.PIECE})
"""Readings that doubts tell; whether articles are to be joined or parted, junctions tell better."""
