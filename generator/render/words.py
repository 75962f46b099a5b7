"""The words of a text: jieba's dictionary and its likeliest split, found in half of its time.

What is read here is written for the site alone, a thousand titles and leads a second; names that the dictionary does
not have fall into single characters.
"""

from __future__ import annotations

import logging
import re
from functools import cache
from math import log

import jieba

jieba.setLogLevel(logging.WARNING)
_PARTS = re.compile("([\u4e00-\u9fd5]+)|[A-Za-z0-9]+|.", re.DOTALL)
"""A run of Chinese characters, a Latin word or figure, or any other character."""
IDLE_KINDS = frozenset(("b", "c", "d", "df", "f", "m", "o", "p", "q", "r", "rr", "rz", "s", "t", "u", "y", "z", "zg"))
"""The dictionary's marks of words that are no nouns, verbs or adjectives: numbers, times, places, pronouns …"""
VERBS = frozenset(("a", "ad", "v", "vd", "vg", "vi"))
"""Its marks of verbs and adjectives; 封装 and 减排 are subjects all the same."""
COMMON_VERB = 500
"""Count in jieba's corpus from which a verb or an adjective is taken to be everybody's: 验证 783, 签约 440."""


def words_of(text: str) -> list[str]:
    """The text, cut.

    >>> words_of("北京航空航天大学的AI专业，98人")
    ['北京航空航天大学', '的', 'AI', '专业', '，', '98', '人']
    """
    found: list[str] = []
    for part in _PARTS.finditer(text):
        if part[1]:
            found += _split(part[1])
        else:
            found.append(part[0])
    return found


@cache
def frequencies() -> dict[str, int]:
    """How often each word of the dictionary stands in jieba's corpus; 0 for what only begins a word."""
    jieba.initialize()
    counts: dict[str, int] = jieba.dt.FREQ
    return counts


@cache
def idle_words() -> frozenset[str]:
    """Words of the dictionary that tell no subject: 刚刚, 一台, 夏天, 彼此, 国家级, and the commoner verbs (出发)."""
    found = set()
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, count, kind = line.decode().split()
            if kind in IDLE_KINDS or (kind in VERBS and int(count) >= COMMON_VERB):
                found.add(word)
    return frozenset(found)


@cache
def _log_total() -> float:
    frequencies()
    return log(jieba.dt.total)


def _split(run: str) -> list[str]:
    """The split whose words are likeliest together; of two as likely the one whose first word is longer."""
    counts, total, length = frequencies(), _log_total(), len(run)
    best = [0.0] * (length + 1)
    ends = [0] * length
    for start in range(length - 1, -1, -1):
        top, end = 0.0, 0
        stop = start + 1
        count = counts.get(run[start])
        while count is not None:
            if count and (not end or best[stop] + log(count) - total >= top):
                top, end = best[stop] + log(count) - total, stop
            if stop == length:
                break
            stop += 1
            count = counts.get(run[start:stop])
        if not end:
            top, end = best[start + 1] - total, start + 1
        best[start], ends[start] = top, end
    found = []
    start = 0
    while start < length:
        found.append(run[start : ends[start]])
        start = ends[start]
    return found
