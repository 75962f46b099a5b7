"""Whether a line amid or below a story is half of its headline, printed there by a wrong reading order."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from generator.chinese import ends_sentence, letters, nearly_equal
from generator.language import language, symbols
from generator.model import Block, Reason, Role

WEIGHTS: dict[str, float] = {
    "always": -3.09,
    "stands whole elsewhere": 2.90,
    "read as text": -1.76,
    "in mid-paragraph": 1.27,
    "before is open": 3.20,
    "only head": 1.87,
    "heads": 0.38,
    "only head of its mark": 0.91,
    "a head like it": -0.70,
    "another head beside it": -1.74,
    "asks as another head does": -3.00,
    "headline's mark": 3.16,
    "lower mark": -2.93,
    "no mark, headline has one": 1.04,
    "headline has two parts": -0.82,
    "headline ends with a colon": -0.19,
    "short headline": 2.29,
    "very short headline": -0.99,
    "long headline": -3.06,
    "short last part": 1.17,
    "as long as the last part": 1.37,
    "as long as the headline": -0.58,
    "headline has lines": -3.77,
    "short line above": 0.77,
    "story length": -0.71,
    "place in the story": 1.09,
    "right below the lead": -1.95,
    "length": -1.67,
    "words of the headline": -3.51,
    "words of the lead": 3.20,
    "words of what follows": -0.25,
    "headline waits for its verb": 1.83,
    "goes on from before": -0.89,
    "goes on below": -0.43,
    "text goes on across it": 0.60,
    "ends open": -1.32,
}
"""Log-odds that the line is half of the headline; fitted by tests/bench/fit_halves.py, but for heads that ask,

which no gold has.
"""
ASTRAY_WEIGHTS: dict[str, float] = {
    "always": -1.24,
    "other story begins": -1.66,
    "heads below it": 1.10,
    "half of the headline": 0.21,
    "words of the story before": 2.18,
    "story before breaks off": -0.18,
    "story before goes on": 2.40,
    "subheads": -0.34,
    "a subhead like it": -0.50,
    "mark of the subheads": 2.00,
    "mark of the headline": -1.43,
    "no mark above a marked line": 0.80,
    "two lines of one mark": -0.74,
    "mark of its own": 0.24,
    "kicker": 1.47,
    "short line": -0.53,
    "short line below": -0.54,
}
"""Log-odds that a head line below one story and above another belongs to the first; fitted as well."""
LEAST = -0.4
"""Log-odds from which a line is taken for half: below 0, since the fit counts written pages often, which hold few."""
ASKS = ("？", "?")
ALIKE = 2
"""Subheads of a story often are of nearly one length."""
USUAL_STORY = 900
"""Characters of a story of middling length."""
HALF_LENGTH = 26
"""A line that was read as text may be half of a headline up to this length."""
LEAST_LENGTH = 4
"""Shorter lines are names and numbers."""
MOST_LINES = 3
"""Lines that a headline has at most before half of it is looked for."""
LEAD_LENGTH = 300
"""Characters at a story's begin with whose words its headline's are compared."""
SHORT_HEADLINE, LONG_HEADLINE, SHORT_LINE, SHORT_PART = 12, 16, 8, 6
"""Characters below or beyond which a headline's line, or its part, is rather short, long, or hardly whole."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that may be half of a story's headline."""

    headline: Sequence[Block]
    """The lines of the headline so far."""
    body: Sequence[Block]
    """Text and subheads of the story, the line among them."""
    place: int
    """Where the line stands in the body."""
    host: Sequence[Block] = ()
    """If it stands at the top of a piece of another story: the other head lines there …"""
    hosted: str = ""
    """… and the text below them."""
    begins: bool = False
    """The other story begins there."""

    @property
    def line(self) -> Block:
        """The line in question."""
        return self.body[self.place]


def half_features(found: Candidate, copies: Sequence[str]) -> dict[str, float]:
    """What speaks for the line being half of the headline. copies: stray copies of headlines that the page holds."""
    headline, body, i, line = found.headline, found.body, found.place, found.line
    last = headline[-1]
    before = body[i - 1] if i else None
    after = body[i + 1] if i + 1 < len(body) else None
    heads = [b for b in body if b.role is Role.SUBHEAD]
    is_head = line.role is Role.SUBHEAD
    mark = last.level
    words = _pairs(line.text)
    others = [b.text for b in body if b is not line]
    parts = re.findall(r"[^ \u3000：:—·]+", last.text)
    both = letters(last.text + line.text)
    return {
        "always": 1.0,
        "stands whole elsewhere": any(nearly_equal(letters(copy), both) for copy in copies),
        "read as text": not is_head,
        "in mid-paragraph": after is not None and after.continues,
        "before is open": before is not None and not ends_sentence(before.text),
        "only head": is_head and len(heads) == 1,
        "heads": math.log(1 + len(heads)),
        "only head of its mark": is_head and len(heads) > 1 and sum(b.level == line.level for b in heads) == 1,
        "a head like it": any(
            b is not line and b.level == line.level and abs(len(b.text) - len(line.text)) <= ALIKE for b in heads
        ),
        "another head beside it": any(b.role is Role.SUBHEAD for b in (before, after) if b is not None),
        "asks as another head does": line.text.endswith(ASKS)
        and any(b is not line and b.text.endswith(ASKS) for b in heads),
        "headline's mark": line.level == mark > 0,
        "lower mark": line.level > mark > 0,
        "no mark, headline has one": mark > 0 and not line.level,
        "headline has two parts": re.search(r"\S[ \u3000：:]\S", last.text) is not None,
        "headline ends with a colon": last.text.endswith(("：", ":")),
        "short headline": max(0, SHORT_HEADLINE - len(last.text)) / 4,
        "very short headline": len(last.text) < SHORT_LINE,
        "long headline": max(0, len(last.text) - LONG_HEADLINE) / 4,
        "short last part": max(0, SHORT_PART - len(letters(parts[-1]))) / 3 if len(parts) > 1 else 0.0,
        "as long as the last part": len(parts) > 1 and _as_long(parts[-1], line.text, 1),
        "as long as the headline": _as_long(last.text, line.text, ALIKE),
        "headline has lines": len(headline) > 1,
        "short line above": len(headline) > 1 and len(headline[-2].text) <= SHORT_HEADLINE,
        "story length": math.log(max(1, sum(len(b.text) for b in body)) / USUAL_STORY),
        "place in the story": i / len(body),
        "right below the lead": i <= 1,
        "length": len(line.text) / 10,
        "words of the headline": _share(words, " ".join(b.text for b in headline)),
        "words of the lead": _share(words, "".join(others[:3])[:LEAD_LENGTH]),
        "words of what follows": _share(words, "".join(b.text for b in body[i + 1 : i + 3])[:LEAD_LENGTH]),
        "headline waits for its verb": _WAITS.search(last.text) is not None,
        "goes on from before": _link(before, line),
        "goes on below": _link(line, after),
        "text goes on across it": _link(before, after),
        "ends open": line.text.endswith(("的", "和", "与", "及", "在", "对", "将", "为", "：", ":")),
    }


def astray_features(found: Candidate, copies: Sequence[str]) -> dict[str, float]:
    """What speaks for a line above another story being of the story before, as half of its headline or as a subhead."""
    line, host = found.line, found.host
    below = host[0] if host else None
    own = [b.text for b in found.body if b is not line]
    heads = [b for b in found.body if b.role is Role.SUBHEAD and b is not line]
    return {
        "always": 1.0,
        "other story begins": found.begins,
        "heads below it": min(len(host), 3),
        "half of the headline": max(-SURE, min(_odds(found, copies), SURE)),
        "words of the story before": (kinship(line.text, own) - kinship(line.text, [found.hosted])) / 10,
        "story before breaks off": not ends_sentence(found.body[found.place - 1].text),
        "story before goes on": found.place + 1 < len(found.body),
        "subheads": min(len(heads), 3),
        "a subhead like it": any(b.level == line.level and abs(len(b.text) - len(line.text)) <= ALIKE for b in heads),
        "mark of the subheads": line.level > 0 and any(b.level == line.level for b in heads),
        "mark of the headline": line.level > 0 and found.headline[-1].level == line.level,
        "no mark above a marked line": below is not None and line.level == 0 < below.level,
        "two lines of one mark": below is not None and 0 < line.level == below.level,
        "mark of its own": below is not None and 0 < line.level != below.level,
        "kicker": line.role is Role.KICKER,
        "short line": max(0, SHORT_HEADLINE - len(line.text)) / 4,
        "short line below": max(0, SHORT_HEADLINE - len(below.text)) / 4 if below else 0.0,
    }


SURE = 4.0
"""How far the odds of being half count for where a line belongs: a subhead belongs there as well."""


def kinship(text: str, bodies: Sequence[str]) -> float:
    """How much likelier the words of `text` are in an article with these bodies than in ordinary text: a log ratio."""
    table = language()
    own = "\n".join(bodies)
    fit = 0.0
    for pair in sorted(_pairs(text)):
        expected = np.exp(-table.rarity(pair))
        fit += float(np.log((min(own.count(pair), 4) / expected + ORDINARY) / (len(own) + ORDINARY)))
    return fit


ORDINARY = 4000.0
"""Characters of ordinary text that each story's own words are mixed with."""


def second_half(headline: Sequence[Block], body: Sequence[Block], copies: Sequence[str] = ()) -> Block | None:
    """The line of the body that belongs to the headline, if any."""
    if not 1 <= len(headline) <= MOST_LINES:
        return None
    odds = [(_odds(Candidate(headline, body, i), copies), -i, body[i]) for i in may_be_half(body)]
    likeliest = max(odds, key=lambda found: found[:2], default=None)
    return likeliest[2] if likeliest and likeliest[0] > LEAST else None


def brought_home(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The placed blocks of a page; head lines that stand above another story than theirs are given to theirs."""
    done = list(blocks)
    copies = [b.text for b in blocks if b.role is Role.DUPLICATE_HEADLINE]
    for i, found in astray_lines(blocks):
        odds = sum(ASTRAY_WEIGHTS[name] * value for name, value in astray_features(found, copies).items())
        if odds > 0:
            reasons = (*blocks[i].reasons, Reason("of the story before", round(odds, 3), found.headline[0].text))
            done[i] = replace(blocks[i], role=Role.SUBHEAD, thread=found.headline[0].thread, reasons=reasons)
    return tuple(done)


def astray_lines(blocks: Sequence[Block]) -> list[tuple[int, Candidate]]:
    """Head lines right below a piece of one story and above a piece of another, with their index.

    Where the other story begins there, one more head line must be left for it.
    """
    found = []
    for i, block in enumerate(blocks):
        if block.role not in _HEADS or not _OPENING.match(block.text) or len(block.text) < LEAST_LENGTH:
            continue
        above = next((b for b in reversed(blocks[:i]) if b.role in _TEXT or b.role in _HEADS), None)
        below = next((b for b in blocks[i + 1 :] if b.role is Role.BODY), None)
        if above is None or below is None or above.role is not Role.BODY or not -1 < above.thread != below.thread > -1:
            continue
        headline = [b for b in blocks if b.thread == above.thread and b.role is Role.HEADLINE and b is not block]
        first = next(b for b in blocks if b.thread == below.thread and b.role is Role.BODY)
        upto = blocks.index(below)
        host = [b for b in blocks[i + 1 : upto] if b.role in _HEADS]
        begins = first is below
        if not 1 <= len(headline) <= MOST_LINES or (begins and not host) or block.text.endswith(("：", ":")):
            continue
        body = [
            b for b in blocks if b.thread == above.thread and b.role in {Role.BODY, Role.SUBHEAD} and b is not block
        ]
        place = body.index(above) + 1
        line = block if block.role is Role.KICKER else replace(block, role=Role.SUBHEAD)
        told = [*body[:place], line, *body[place:]]
        found.append((i, Candidate(headline, told, place, host, below.text[:LEAD_LENGTH], begins)))
    return found


_HEADS = frozenset({Role.HEADLINE, Role.SUBHEAD, Role.KICKER})
_TEXT = frozenset({Role.BODY, Role.BYLINE, Role.DATELINE})


def _odds(found: Candidate, copies: Sequence[str]) -> float:
    """Log-odds that the line is half of the headline."""
    return sum(WEIGHTS[name] * value for name, value in half_features(found, copies).items())


def may_be_half(body: Sequence[Block]) -> list[int]:
    """Places of the heads amid the text, and of lines read as text that have the shape of a head."""
    chronicle = sum(_YEAR.match(block.text) is not None for block in body) > 1
    return [
        i
        for i, block in enumerate(body)
        if len(block.text) >= LEAST_LENGTH
        and _OPENING.match(block.text)
        and not _NUMBERED.match(block.text)
        and not (chronicle and _YEAR.match(block.text))
        and (block.role is Role.SUBHEAD or (len(block.text) <= HALF_LENGTH and _CLOSING.search(block.text)))
    ]


_WAITS = re.compile(r"(?:^|[ \u3000：:])(?:给|把|让|为|向|从|对|用|将|以|在)[^ \u3000：:，]{1,6}$")
"""苏州工业园区 给新药审批: a headline may break off behind what its verb is about"""
_NUMBERED = re.compile(
    r"(?:PART|Part)[ \u3000]?\d|\d{1,2}[.．、 ]|[一二三四五六七八九十]+、|之[一二三四五六七八九]|[上中下]篇"
)
"""PART 3 徒弟; 二、学费: one of several, so a subhead"""
_YEAR = re.compile(r"(?:1[89]|20)\d\d年")
"""2006年三家电池厂合办夜校: one of several lines that begin with a year"""
_OPENING = re.compile(r"[\w“‘「『《\"'—-]")
_CLOSING = re.compile(r"^[^。]*[^。，,、；;：:“‘《？?！!]$")
"""As a line of a headline ends that was read as text; one that asks or exclaims is rather text."""


def _as_long(a: str, b: str, slack: int) -> bool:
    """True for texts of equal length, marks left out, give or take some characters."""
    return abs(len(letters(a)) - len(letters(b))) <= slack


def _pairs(text: str) -> set[str]:
    """The character pairs of a text, marks left out."""
    return {run[k : k + 2] for run in re.findall(r"\w+", text) for k in range(len(run) - 1)}


def _share(words: set[str], text: str) -> float:
    """The share of the pairs that stand in the text."""
    return len(words & _pairs(text)) / max(1, len(words))


def _link(before: Block | None, after: Block | None) -> float:
    """How well the text of one block goes on with the other's: a log ratio, 0 where a sentence ends between them."""
    if before is None or after is None or ends_sentence(before.text):
        return 0.0
    return max(language().links(symbols(before.text), symbols(after.text)))
