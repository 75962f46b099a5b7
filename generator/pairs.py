"""Pairs of characters as numbers, so that all pairs of a page are found, counted and looked up at once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Codes = np.ndarray[tuple[int], np.dtype[np.uint32]]
"""A pair's code is the number of its first character times 65536 and that of its second."""
Numbers = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

_IN_WORDS = np.zeros(1 << 16, dtype=np.bool_)
for _first, _last in ("一\u9fff", "AZ", "az", "09"):
    _IN_WORDS[ord(_first) : ord(_last) + 1] = True


def pairs_in(texts: Sequence[str]) -> tuple[Codes, Numbers]:
    """All pairs of neighbours that are Chinese characters, Latin letters or figures, and each one's text by number."""
    characters = np.minimum(_numbers("\n".join([*texts, ""])), 0xFFFF)
    in_words = _IN_WORDS[characters]
    first = np.flatnonzero(in_words[:-1] & in_words[1:])
    text = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    return _joined(characters[first], characters[first + 1]), text[first]


def codes_of(firsts: str, seconds: str) -> Codes:
    """The codes of the pairs with these first and these second characters, all of the basic plane."""
    return _joined(_numbers(firsts), _numbers(seconds))


def places_of(codes: Codes, table: Codes) -> Numbers:
    """Where each code stands in an ascending table, len(table) for one that does not."""
    at = np.searchsorted(table, codes)
    found: Numbers = np.where(np.append(table, 0)[at] == codes, at, len(table))
    return found


def _joined(first: Codes, second: Codes) -> Codes:
    found: Codes = first * np.uint32(1 << 16) + second
    return found


def _numbers(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.dtype("<u4"))
