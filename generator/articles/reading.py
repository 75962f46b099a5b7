"""An article as the tagger reads it: its parts squeezed into one string that knows where its characters stood."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from enum import StrEnum

from generator.chinese import folded, kept_runs
from generator.model import HEADLINE_PART, KICKER_PART, Article, Evidence, Passage, Role, Span

BREAK = "\n"
"""Stands between two parts; no name and no keyword reaches over it."""
LAST_ASCII = "\x7f"
SENTENCE_STARTS = frozenset("。！？；!?;" + BREAK)


class Zone(StrEnum):
    """Where in an article a phrase stands."""

    HEADLINE = "标题"
    KICKER = "引题"
    LEAD = "导语"
    SUBHEAD = "小标题"
    BODY = "正文"


@dataclass(frozen=True, slots=True)
class Part:
    """A headline, kicker, subhead or paragraph as a stretch of the squeezed text."""

    index: int
    """As in Evidence.part."""
    zone: Zone
    start: int
    end: int
    passage: Passage
    runs: tuple[tuple[int, int], ...]
    """(offset in the squeezed part, offset in the part's text) where a one-to-one run begins."""

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the whole squeezed text begins and ends in the part's text."""
        at, length = start - self.start, end - start
        behind = bisect_right(self.runs, (at, 1 << 62))
        squeezed, own = self.runs[behind - 1]
        first = own + at - squeezed
        if behind == len(self.runs) or self.runs[behind][0] >= at + length:
            return first, first + length
        at += length - 1
        squeezed, own = self.runs[bisect_right(self.runs, (at, 1 << 62)) - 1]
        return first, own + at - squeezed + 1


@dataclass(frozen=True, slots=True)
class Reading:
    """The squeezed text of an article and its parts."""

    text: str
    parts: tuple[Part, ...]
    starts: tuple[int, ...]
    """Part.start of each, for bisection."""

    def part_at(self, at: int) -> Part:
        """The part that holds a character of the squeezed text."""
        return self.parts[bisect_right(self.starts, at) - 1]

    def opens_sentence(self, at: int) -> bool:
        """True where a sentence begins here, an introductory 近日，/日前，/5月1日， allowed for."""
        if at == 0 or self.text[at - 1] in SENTENCE_STARTS:
            return True
        return bool(self.text[at - 1] in "，,：:" and INTRODUCTION.search(self.text, max(0, at - 20), at))

    def evidence(self, start: int, end: int) -> Evidence:
        """The phrase between two offsets of the squeezed text, as it stands in its part and on its page."""
        part = self.parts[bisect_right(self.starts, start) - 1]
        first, last = part.stretch(start, end)
        passage = part.passage
        if len(passage.origin) == 1 and passage.origin[0][1] >= 0:  # one run of the source: told without a search
            offset, source = passage.origin[0]
            spans: tuple[Span, ...] = ((source + first - offset, source + last - offset),)
        else:
            spans = passage.locate(first, last)
        return Evidence(passage.text[first:last], part.index, first, last, spans)


def cuts_word(text: str, start: int, end: int) -> bool:
    """True where a stretch begins or ends inside a Latin word or a number: AI in MAIN.

    >>> cuts_word("main", 1, 3), cuts_word("用ai造", 1, 3), cuts_word("5g网", 0, 2)
    (True, False, False)
    """
    if text[start] > LAST_ASCII and text[end - 1] > LAST_ASCII:
        return False
    before, after = text[start - 1 : start], text[end : end + 1]
    return _same_word(text[end - 1], after) or _same_word(before, text[start])


def _same_word(left: str, right: str) -> bool:
    return bool(left and right) and left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


INTRODUCTION = re.compile(
    r"(?:^|[。！？；!?;\n])[^。！？；!?;\n，,]{0,6}(?:日|近期|日前|近日|今年|去年|年|月|目前|如今|最近|记者|讯|电)[^。！？；!?;\n，,]{0,6}[，,：:]$"
)
"""近日，…… / 5月27日，…… / 本报讯：……"""


def read(article: Article) -> Reading:
    """The article's headline, kicker and paragraphs, in this order."""
    pieces: list[tuple[int, Zone, Passage]] = [(HEADLINE_PART, Zone.HEADLINE, article.headline)]
    if article.kicker:
        pieces.append((KICKER_PART, Zone.KICKER, article.kicker))
    lead = True
    for index, paragraph in enumerate(article.paragraphs):
        if paragraph.role == Role.SUBHEAD:
            zone = Zone.SUBHEAD
        else:
            zone = Zone.LEAD if lead else Zone.BODY
            lead = False
        pieces.append((index, zone, paragraph.passage))
    texts: list[str] = []
    parts: list[Part] = []
    at = 0
    for index, zone, passage in pieces:
        kept, runs = kept_runs(passage.text)
        if not kept:
            continue
        parts.append(Part(index, zone, at, at + len(kept), passage, runs))
        texts.append(kept)
        at += len(kept) + 1
    return Reading(folded(BREAK.join(texts)), tuple(parts), tuple(part.start for part in parts))
