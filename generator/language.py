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
from functools import cache, lru_cache
from importlib.resources import files

import jieba
import numpy as np

from generator.pairs import Codes, codes_of, places_of

BEGIN, END = "\x02", "\x03"
"""Stand for the begin and the end of a paragraph in the n-grams."""
STEP = 0.06
"""Counts are kept as logarithms in steps of this size."""
_FOLD = str.maketrans(
    {**dict.fromkeys("“”„‟＂〝〞「」『』", '"'), **dict.fromkeys("‘’‚‛＇", "'"), **dict.fromkeys("—–―‐‑−－", "-")}
)
_DIGITS = re.compile(r"\d")
_LETTERS = re.compile(r"[A-Za-z]")


class _Alphabet(dict[int, str]):
    """What each character is in the table's alphabet, found when it is met first."""

    def __missing__(self, code: int) -> str:
        folded = unicodedata.normalize("NFKC", chr(code).translate(_FOLD)).translate(_FOLD)
        self[code] = found = _LETTERS.sub("a", _DIGITS.sub("0", re.sub(r"\s+", "", folded)))
        return found


_ALPHABET = _Alphabet()


def symbols(text: str) -> str:
    """The text in the table's alphabet: width and quotes folded, blanks dropped, digits 0, letters a."""
    return text.translate(_ALPHABET)


Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
UNSEEN = 0.7
"""What an n-gram counts for that the table does not have."""


@dataclass(frozen=True, slots=True)
class Language:
    """The n-gram table: how often each n-gram of one to three characters stands in a corpus of news."""

    counts: dict[str, float]
    total: float
    """Characters counted."""
    pairs: Codes
    """The pairs among the n-grams once more, ascending …"""
    pair_counts: Vector
    """… and how often each stands in the corpus; last the count of those that are not there."""

    def rarity(self, gram: str) -> float:
        """How rare an n-gram is: natural logarithm of the corpus size over its count."""
        return math.log(self.total / self.counts.get(gram, UNSEEN))

    def rarities(self, pairs: Codes) -> Vector:
        """The rarity of each pair of characters, by its code."""
        found: Vector = np.log(self.total / self.pair_counts[places_of(pairs, self.pairs)])
        return found

    def link(self, left: str, right: str) -> float:
        """How much more often `right` follows `left` than chance would have it: a log ratio, 0 for unknown rare text.

        Both in the alphabet of symbols(), together at most three characters.
        """
        chance = self.counts.get(left, UNSEEN) * self.counts.get(right, UNSEEN) / self.total
        return math.log((self.counts.get(left + right, 0.0) + 0.5) / (chance + 0.5))

    def links(self, before: str, after: str) -> tuple[float, float, float]:
        """The links across a junction: last character with first, last two with first, last with first two."""
        last, first = before[-1:], after[:1]
        return self.link(last, first), self.link(before[-2:], first), self.link(last, after[:2])

    def opens(self, text: str) -> float:
        """How much more `text` looks like the begin of a paragraph than like any place in one: a log ratio."""
        return (self.link(BEGIN, text[:1]) + self.link(BEGIN, text[:2])) / 2


@cache
def language() -> Language:
    """The table, read once a process."""
    raw = lzma.decompress((files("generator") / "language.xz").read_bytes())
    cut = raw.index(b"\n") + 1
    sizes: list[int] = json.loads(raw[:cut])["sizes"]
    characters = sum(n * (k + 1) for k, n in enumerate(sizes))
    text = raw[cut : cut + 2 * characters].decode("utf-16-le")
    levels = raw[cut + 2 * characters :]
    scale = [math.exp(STEP * x) for x in range(256)]
    pairs, pair_counts = np.zeros(0, dtype=np.uint32), np.array([UNSEEN])
    counts: dict[str, float] = {}
    place = 0
    level = 0
    for size, number in enumerate(sizes, 1):
        columns = [text[place + k * number : place + (k + 1) * number] for k in range(size)]
        grams = map("".join, zip(*columns, strict=True))
        often = [scale[x] for x in levels[level : level + number]]
        counts.update(zip(grams, often, strict=True))
        if size == 2:
            codes = codes_of(*columns)
            order = np.argsort(codes)
            pairs, pair_counts = codes[order], np.append(np.array(often)[order], UNSEEN)
        place += size * number
        level += number
    total = sum(count for gram, count in counts.items() if len(gram) == 1)
    return Language(counts, total, pairs, pair_counts)


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
    if not _lies_across(left, right):
        return 0.0
    return max(0.0, _best(left + right, len(left)) - _best(left) - _best(right))


def _lies_across(left: str, right: str) -> bool:
    """True where a word of the dictionary ends a run of text begun in `left` and goes on into `right`."""
    words = _dictionary()
    for text in _begun(left):
        for char in right:
            text += char  # noqa: PLW2901
            count = words.get(text)
            if count:
                return True
            if count is None:
                break
    return False


@lru_cache(maxsize=1_000)
def _begun(text: str) -> tuple[str, ...]:
    """The ends of the text that words begin with. The dictionary has all beginnings of words, with 0 if no words."""
    words = _dictionary()
    return tuple(text[-i:] for i in range(1, len(text) + 1) if text[-i:] in words)


@lru_cache(maxsize=20_000)
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
            count = words.get(text[i:j])
            if count is None and j > i + 1:
                break
            if not count and j > i + 1:
                continue
            step = math.log(count or 1) - total
            if crossing and i < crossing < j:
                bound[j] = max(bound[j], free[i] + step, bound[i] + step)
            else:
                free[j] = max(free[j], free[i] + step)
                bound[j] = max(bound[j], bound[i] + step)
    return bound[-1] if crossing else free[-1]
