"""Numbers as bit strings: Elias gamma and Rice codes for whole arrays at once, most significant bit first."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
CHUNK = 1 << 18
"""Codes spread into bits at a time: bounds the memory, changes nothing else."""


def bit_length(values: Ints) -> Ints:
    """Number of binary digits of each value; 0 for 0. Exact below 2**52.

    >>> bit_length(np.array([0, 1, 7, 8])).tolist()
    [0, 1, 3, 4]
    """
    return np.frexp(values.astype(np.float64))[1].astype(np.int64)


def gamma_width(values: Ints) -> Ints:
    """Bits of the Elias gamma code of each value ≥ 1: the value, before it as many zeros as it has further digits.

    >>> gamma_width(np.array([1, 2, 5])).tolist()
    [1, 3, 5]
    """
    return 2 * bit_length(values) - 1


def rice(values: Ints, parameter: Ints) -> tuple[Ints, Ints]:
    """Rice code of each value ≥ 0 as (code, width): value >> parameter zeros, a one, the low `parameter` bits."""
    one = np.left_shift(np.int64(1), parameter)
    return one | (values & (one - 1)), (values >> parameter) + 1 + parameter


def rice_parameter(total: int, counts: Ints) -> Ints:
    """Parameter for the gaps between `counts` numbers out of `total`; the browser reckons the same in integers.

    >>> rice_parameter(1000, np.array([1, 100, 1000])).tolist()
    [9, 2, 0]
    """
    return np.maximum(bit_length(total * 11 // (counts * 16)) - 1, 0)


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
