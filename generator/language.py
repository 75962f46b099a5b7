"""How Chinese goes on: whether the end of one run of text and the start of another make running text.

Holds a table of character n-grams (generator/language.xz, made by tests/bench/train_language.py) and jieba's
dictionary. Both are constants of the program, loaded once a process at first use.
"""

from __future__ import annotations

import json
import logging
import lzma
import math
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import jieba

BEGIN, END = "\x02", "\x03"
"""Stand for the begin and the end of a paragraph in the n-grams."""
STEP = 0.06
"""Counts are kept as logarithms in steps of this size."""
_FOLD = str.maketrans(
    {**dict.fromkeys("“”„‟＂〝〞「」『』", '"'), **dict.fromkeys("‘’‚‛＇", "'"), **dict.fromkeys("—–―‐‑−－", "-")}
)
_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Za-z]")


def symbols(text: str) -> str:
    """The text in the table's alphabet: width and quotes folded, blanks dropped, digits 0, letters a."""
    folded = unicodedata.normalize("NFKC", text.translate(_FOLD)).translate(_FOLD)
    return _LETTERS.sub("a", _DIGITS.sub("0", re.sub(r"\s+", "", folded)))


@dataclass(frozen=True, slots=True)
class Language:
    """The n-gram table: natural logarithms of counts, and of the number of characters counted."""

    log_count: dict[str, float]
    log_total: float

    def log_p(self, context: str, char: str) -> float:
        """Log P(char | context) with context of at most two characters; backs off at a fixed price."""
        penalty = 0.0
        while context:
            joint = self.log_count.get(context + char)
            if joint is not None:
                base = self.log_count.get(context)
                if base is not None:
                    return joint - base + penalty
            context = context[1:]
            penalty -= 1.0
        return self.log_count.get(char, 0.0) - self.log_total + penalty

    def surprise(self, before: str, after: str, width: int = 3) -> float:
        """How much better `after` fits behind `before` than behind nothing: a log ratio over its first characters.

        Both in the alphabet of symbols(). Positive: the two make running text.
        """
        gain = 0.0
        tail = before[-2:]
        for i, char in enumerate(after[:width]):
            own = after[max(0, i - 2) : i]
            gain += self.log_p((tail + after[:i])[-2:], char) - self.log_p(own, char)
            if i >= 2:
                break
        return gain

    def opens(self, text: str, width: int = 3) -> float:
        """How much more `text` looks like the begin of a paragraph than like any place: a log ratio."""
        gain = 0.0
        for i, char in enumerate(text[:width]):
            own = text[max(0, i - 2) : i]
            gain += self.log_p((BEGIN + text[:i])[-2:], char) - self.log_p(own, char)
        return gain


@cache
def language() -> Language:
    """The table, read once a process."""
    raw = lzma.decompress((files("generator") / "language.xz").read_bytes())
    cut = raw.index(b"\n") + 1
    sizes: list[int] = json.loads(raw[:cut])["sizes"]
    characters = sum(n * (k + 1) for k, n in enumerate(sizes))
    text = raw[cut : cut + 2 * characters].decode("utf-16-le")
    levels = raw[cut + 2 * characters :]
    log_count: dict[str, float] = {}
    place = 0
    level = 0
    for size, number in enumerate(sizes, 1):
        columns = [text[place + k * number : place + (k + 1) * number] for k in range(size)]
        log_count.update(
            zip(
                map("".join, zip(*columns, strict=True)),
                (STEP * x for x in levels[level : level + number]),
                strict=True,
            )
        )
        place += size * number
        level += number
    total = sum(math.exp(v) for g, v in log_count.items() if len(g) == 1)
    return Language(log_count, math.log(total))


@cache
def _dictionary() -> dict[str, int]:
    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    frequencies: dict[str, int] = jieba.dt.FREQ
    return frequencies


@cache
def _log_dictionary_total() -> float:
    _dictionary()
    return math.log(jieba.dt.total)


def word_gain(before: str, after: str, reach: int = 6) -> float:
    """How much likelier the joined text is in dictionary words than its two sides apart: a log ratio, at least 0.

    >>> word_gain("和北京航空", "航天大学") > word_gain("和北京航空", "王鹏程说") == 0.0
    True
    """
    left, right = before[-reach:], after[:reach]
    if not left or not right:
        return 0.0
    together, cut = left + right, len(left)
    apart = _best(left) + _best(right)
    return max(0.0, _best(together, cut) - apart)


def _best(text: str, crossing: int = 0) -> float:
    """Log probability of the best split of text in words; with crossing, at least one word lies across that place."""
    words = _dictionary()
    total = _log_dictionary_total()
    none = float("-inf")
    free = [0.0] + [none] * len(text)
    bound = [none] * (len(text) + 1)
    for i in range(len(text)):
        if free[i] == none and bound[i] == none:
            continue
        for j in range(i + 1, min(len(text), i + 8) + 1):
            count = words.get(text[i:j], 0)
            if not count and j > i + 1:
                continue
            step = math.log(count or 1) - total
            if crossing and i < crossing < j:
                bound[j] = max(bound[j], free[i] + step, bound[i] + step)
            else:
                free[j] = max(free[j], free[i] + step)
                bound[j] = max(bound[j], bound[i] + step)
    return bound[-1] if crossing else free[-1]
