"""Numbers as few bytes as what came before lets expect: a range coder whose probabilities follow what it has coded."""

from __future__ import annotations

from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence

GAIN = 24
"""How much a symbol's count grows each time that it is met; it begins with 1. `adaptive.js` has the same."""
MOST = 1 << 16
"""Where the counts of a context reach this sum they are halved, so that the latest count most."""
WIDEST = 32
"""Lengths of numbers, in binary digits, are symbols below this."""
LEAST_RANGE = 1 << 24
PAIRED = 64
"""Of so many values each is a context for what follows it; of more, too little would be met in each."""
PLACES = 3
"""Places of a row that are contexts of their own; one more stands for all behind."""


class Encoder:
    """Writes symbols, each told by a context what to expect; the reader must ask for the same in the same order."""

    def __init__(self) -> None:
        self._bytes = bytearray()
        self._low, self._range = 0, (1 << 32) - 1
        self._counts: defaultdict[tuple[str, int, int], list[int]] = defaultdict(list)

    def symbol(self, name: str, context: int, size: int, symbol: int) -> None:
        """One of `size` symbols; each name has contexts of its own."""
        counts = self._counts[name, context, size]
        if not counts:
            counts.extend([1] * size)
        total = sum(counts)
        self._narrow(sum(counts[:symbol]), counts[symbol], total)
        counts[symbol] += GAIN
        if total + GAIN >= MOST:
            counts[:] = [count + 1 >> 1 for count in counts]

    def number(self, name: str, context: int, value: int) -> int:
        """A number ≥ 0 by its length in binary digits, which is returned, and its digits behind the first."""
        width = value.bit_length()
        self.symbol(name, context, WIDEST, width)
        for shift in range(0, width - 1, 8):
            size = 1 << min(8, width - 1 - shift)
            self._narrow(value >> shift & size - 1, 1, size)
        return width

    def text(self) -> str:
        """All that was written, in base64."""
        return b64encode(bytes(self._bytes) + self._low.to_bytes(4, "big")).decode()

    def _narrow(self, below: int, count: int, total: int) -> None:
        part = self._range // total
        self._low, self._range = self._low + part * below, part * count
        if self._low >> 32:
            self._low &= 0xFFFFFFFF
            at = len(self._bytes) - 1
            while self._bytes[at] == 0xFF:
                self._bytes[at] = 0
                at -= 1
            self._bytes[at] += 1
        while self._range < LEAST_RANGE:
            self._bytes.append(self._low >> 24)
            self._low = self._low << 8 & 0xFFFFFFFF
            self._range <<= 8


def rows(values: Sequence[Sequence[int]], size: int) -> str:
    """Rows of numbers below `size`: before each number 1, in the context of its place in the row, behind the last 0.

    The context of the first number of a row is 0; of a later one, its place, or 1 and the number before where there
    are no more than PAIRED.
    """
    encoder = Encoder()
    for row in values:
        context = 0
        for place, value in enumerate(row):
            encoder.symbol("more", min(place, PLACES), 2, 1)
            encoder.symbol("value", context, size, value)
            context = 1 + value if size <= PAIRED else min(place + 1, PLACES)
        encoder.symbol("more", min(len(row), PLACES), 2, 0)
    return encoder.text()


def numbers(values: Sequence[int]) -> str:
    """Numbers ≥ 0, each in the context of the length of the one before."""
    encoder = Encoder()
    width = 0
    for value in values:
        width = encoder.number("", width, value)
    return encoder.text()
