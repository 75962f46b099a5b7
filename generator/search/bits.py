"""Numbers as bit strings: Elias gamma and prefix codes for whole arrays at once, most significant bit first."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = tuple[Ints, Ints]
"""Codes and their widths in bits; a width of 0 leaves the code out."""
CHUNK = 1 << 18
"""Codes spread into bits at a time: bounds the memory, changes nothing else."""


def bit_length(values: Ints) -> Ints:
    """Number of binary digits of each value; 0 for 0. Exact below 2**52.

    >>> bit_length(np.array([0, 1, 7, 8])).tolist()
    [0, 1, 3, 4]
    """
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)


def gamma(values: Ints) -> Codes:
    """Elias gamma code of each value ≥ 1: the value, before it as many zeros as it has further digits.

    >>> gamma(np.array([1, 2, 5]))[1].tolist()
    [1, 3, 5]
    """
    return values, 2 * bit_length(values) - 1


def steps(values: Ints) -> tuple[Ints, Codes]:
    """The step of each value ≥ 0, two steps an octave, and the digits that lead from the step to the value.

    >>> steps(np.array([0, 1, 2, 3, 4, 6, 13]))[0].tolist()
    [0, 1, 2, 3, 4, 5, 7]
    """
    high = np.maximum(bit_length(values) - 1, 0)
    low = np.maximum(high - 1, 0)
    step = np.where(high, 2 * high + ((values >> low) & 1), values)
    return step, (values & ((1 << low) - 1), low)


def canonical(lengths: Sequence[int]) -> Ints:
    """The prefix code of these lengths: shorter codes first, equally long ones in the order of their symbols.

    >>> [f"{code:b}" for code in canonical([2, 1, 2])]
    ['10', '0', '11']
    """
    codes = np.zeros(len(lengths), dtype=np.int64)
    code = previous = 0
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths)):
        code <<= length - previous
        codes[symbol], previous = code, length
        code += 1
    return codes


def write_bits(codes: Ints, widths: Ints) -> npt.NDArray[np.uint8]:
    """The codes one after the other in their widths, zeros before each code and at the end of the last byte.

    >>> write_bits(np.array([1, 5]), np.array([3, 3])).tolist()
    [52]
    """
    ends = np.cumsum(widths)
    bits = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    digits = bit_length(codes)
    for start in range(0, len(codes), CHUNK):
        part = slice(start, start + CHUNK)
        size = digits[part]
        total = int(size.sum())
        # Only the digits of a code are spread; its leading zeros are there already.
        behind = np.repeat(np.cumsum(size), size) - 1 - np.arange(total)
        bits[np.repeat(ends[part], size) - 1 - behind] = (np.repeat(codes[part], size) >> behind) & 1
    return np.packbits(bits)
