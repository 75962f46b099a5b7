"""Reads what adaptive.py writes, as adaptive.js does: for laws in Python."""

from __future__ import annotations

from base64 import b64decode
from collections import defaultdict
from fractions import Fraction
from itertools import accumulate

from generator.search.adaptive import GAIN, LEAST_RANGE, MOST, PAIRED, PLACES, WIDEST


class Reader:
    """The numbers of a text, asked for in the order in which they were written."""

    def __init__(self, text: str) -> None:
        self.data = b64decode(text)
        self.at, self.code, self.range = 4, int.from_bytes(self.data[:4], "big"), (1 << 32) - 1
        self.counts: defaultdict[tuple[str, int], list[int]] = defaultdict(list)

    def symbol(self, name: str, context: int, size: int) -> int:
        counts = self.counts[name, context]
        if not counts:
            counts[:] = [1] * size
        total = sum(counts)
        place = self.place(total)
        ends = list(accumulate(counts))
        found = next(symbol for symbol, end in enumerate(ends) if place < end)
        self.narrow(ends[found] - counts[found], counts[found], total)
        counts[found] += GAIN
        if sum(counts) >= MOST:
            counts[:] = [-(-count // 2) for count in counts]
        return found

    def number(self, context: int) -> tuple[int, int]:
        """A number, and its length in binary digits."""
        width = self.symbol("", context, WIDEST)
        value, left, shift = 0, width - 1, 0
        while left > 0:
            size = 1 << min(8, left)
            place = self.place(size)
            self.narrow(place, 1, size)
            value, left, shift = value + (place << shift), left - 8, shift + 8
        return value + (1 << width >> 1), width

    def place(self, total: int) -> int:
        return min(int(Fraction(self.code, self.range // total)), total - 1)

    def narrow(self, below: int, count: int, total: int) -> None:
        part = self.range // total
        self.code, self.range = self.code - part * below, part * count
        while self.range < LEAST_RANGE:
            byte = self.data[self.at] if self.at < len(self.data) else 0
            self.code, self.range, self.at = self.code * 256 + byte, self.range * 256, self.at + 1


def read_rows(text: str, count: int, size: int) -> list[list[int]]:
    reader = Reader(text)
    found: list[list[int]] = []
    for _ in range(count):
        row: list[int] = []
        while reader.symbol("more", min(len(row), PLACES), 2):
            context = 0 if not row else 1 + row[-1] if size <= PAIRED else min(len(row), PLACES)
            row.append(reader.symbol("value", context, size))
        found.append(row)
    return found


def read_numbers(text: str, count: int) -> list[int]:
    reader, width = Reader(text), 0
    found = []
    for _ in range(count):
        value, width = reader.number(width)
        found.append(value)
    return found
