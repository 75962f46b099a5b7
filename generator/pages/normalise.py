"""From a file's lines to clean blocks: marks read, hard-broken lines joined, widths mended, every character kept."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.chinese import ends_sentence, full_width, is_wide, stray_blanks
from generator.model import Block, Page, Passage
from generator.pages.patterns import dateline_end, tail_byline

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_UNSEEN = "\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad"
_MARK = re.compile(rf"[{_UNSEEN}\s]*(?:\*\*)?([#＃]{{1,6}})[{_UNSEEN}\s]*")
_BOLD = re.compile(r"\*\*|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)")
"""**本报讯**"""
_INVISIBLE = re.compile(f"[{_UNSEEN}]")

RUNNING_LENGTH = 45
"""A line of this many characters or more is running text: its blanks are stray. Shorter ones may be headlines."""
NARROW = 30
"""Physical lines of a newspaper column are at most this long."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    number: int
    level: int
    gap: int


def normalise(page: Page) -> Page:
    """The page with one block a paragraph, headline line or caption line; text cleaned, spans complete.

    A second pass over the same page gives the same blocks.
    """
    blocks: list[Block] = []
    chunks = list(_chunks(page.text))
    widths = [width for chunk in chunks if (width := _column_width(page.text, chunk))]
    for chunk in chunks:
        for lines in _joined(page.text, chunk, widths):
            passage = Passage.join([_clean(page.text, line) for line in lines])
            blocks.append(Block(_tidy(passage), lines[0].number, level=lines[0].level, gap=lines[0].gap))
    return replace(page, blocks=tuple(blocks))


def _chunks(text: str) -> Iterator[list[_Line]]:
    """Runs of lines without a blank line between them."""
    chunk: list[_Line] = []
    gap = 0
    for number, match in enumerate(_LINE.finditer(text), 1):
        raw = match.group()
        inner = raw.strip()
        if not inner:
            gap += 1
            if chunk:
                yield chunk
                chunk = []
            continue
        start = match.start() + raw.index(inner[0])
        mark = _MARK.match(inner)
        chunk.append(_Line(start, start + len(inner), number, len(mark.group(1)) if mark else 0, gap))
        gap = 0
    if chunk:
        yield chunk


def _joined(text: str, chunk: Sequence[_Line], widths: Sequence[float]) -> Iterator[list[_Line]]:
    """The chunk's lines in groups: the lines of a paragraph broken at a column's width are one group.

    widths: of the page's chunks that show by themselves that they are broken.
    """
    width = _column_width(text, chunk) or _width_of_two(text, chunk, widths)
    group: list[_Line] = []
    for line in chunk:
        if group and not (width and line.level == 0 and _goes_on(text[group[-1].start : group[-1].end], width)):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _column_width(text: str, chunk: Sequence[_Line]) -> float:
    """Width in Chinese characters that the lines of a hard-broken chunk are set to; 0 for a chunk that is not."""
    lines = [line for line in chunk if line.level == 0]
    # No character is narrower than half a one: a line of twice that many is too wide without being measured.
    if len(lines) < 2 or any(line.end - line.start > 2 * NARROW for line in lines):
        return 0.0
    widths = [_width(text[line.start : line.end]) for line in lines]
    inner = widths[:-1]
    if max(widths) > NARROW:
        return 0.0
    full = sorted(inner)[len(inner) // 2]
    even = sum(abs(w - full) <= 2 for w in inner)
    running = any(c in "，。；,;" for line in chunk for c in text[line.start : line.end])
    return full if full >= 10 and running and even >= 2 * len(inner) / 3 and sum(widths) >= 2 * full else 0.0


def _width_of_two(text: str, chunk: Sequence[_Line], widths: Sequence[float]) -> float:
    """Width of a chunk of two lines, too short to show it, where the first is as wide as the page's broken lines."""
    if len(chunk) != 2 or any(line.level for line in chunk):
        return 0.0
    first = text[chunk[0].start : chunk[0].end]
    near = any(abs(_width(first) - width) <= WIDTHS_APART for width in widths)
    return _width(first) if near and _RUNNING.search(first) and not ends_sentence(first) else 0.0


WIDTHS_APART = 3.0
_RUNNING = re.compile("[，。；、]")


def _goes_on(line: str, width: float) -> bool:
    """True where the paragraph goes on after a line: it is full, or nearly so and stops in mid-sentence."""
    if ends_sentence(line):
        return _width(line) >= width - 1
    return _width(line) >= (0.75 * width if _RUNNING.search(line) else width - 2.5)


def _width(line: str) -> float:
    return sum(1.0 if is_wide(c) or ord(c) > 255 else 0.5 for c in line)


def _clean(text: str, line: _Line) -> Passage:
    """The line without its marks, bold signs and invisible characters."""
    body = text[line.start : line.end]
    mark = _MARK.match(body)
    dropped = set(range(mark.end())) if mark else set()
    for pattern in (_BOLD, _INVISIBLE):
        for match in pattern.finditer(body):
            dropped.update(range(*match.span()))
    return Passage.of(text, line.start, line.end).without(dropped)


def _tidy(passage: Passage) -> Passage:
    """Stray blanks out, punctuation to the width of its context."""
    text = passage.text
    running = bool(_RUNNING_MARK.search(text)) or len(re.sub(r"\s+", " ", text)) >= RUNNING_LENGTH
    stray = _stray_in_running(text) if running else _repeated_blanks(text)
    tidy = passage.without(stray)
    wide = full_width(tidy.text)
    return tidy if wide == tidy.text else replace(tidy, text=wide)


_RUNNING_MARK = re.compile(r"[，。；]|[,;](?!\d)")


def _stray_in_running(text: str) -> list[int]:
    """Stray blanks of running text; those of a dateline and of the names at its end are no strays."""
    begin = dateline_end(text)
    end = tail_byline(text)
    end = len(text) if end < begin else end
    edges = [i for i in _repeated_blanks(text) if i < begin or i >= end]
    return edges + [begin + i for i in stray_blanks(text[begin:end])]


def _repeated_blanks(text: str) -> list[int]:
    """Blanks at the edges, and all but the first of a run."""
    blanks = (match.start() for match in re.finditer(r"\s", text))
    return [i for i in blanks if i == 0 or text[i - 1].isspace() or not text[i:].strip()]
