"""Fits the prefix codes of the index to real articles and writes generator/search/codebook.py.

    python -m tests.search.fit_codes [COUNT ...]      counts of articles; 1500 10000 by default

Needs ../shared/bench/articles-dev.jsonl. Nothing of the articles is kept but how long each code is.
"""

from __future__ import annotations

import heapq
import sys
from collections.abc import Sequence
from pathlib import Path
from unittest import mock

import numpy as np
import numpy.typing as npt

from generator.search import postings
from generator.search.bits import Codes, Ints
from generator.search.documents import Document, files_of, in_order, size_of
from generator.search.grams import gram_index
from tests.bench.bench_search import mixed, real_articles

CODEBOOK = Path(postings.__file__).with_name("codebook.py")
LONGEST = 15
SEEN = 0.02
"""Occurrences that a symbol is taken to have had beyond those met, so that every symbol has a code."""


def tallies(counts: Sequence[int]) -> dict[str, npt.NDArray[np.float64]]:
    """How often each symbol stands in each table, in archives of so many articles."""
    found = {name: np.zeros(shape) for name, shape in postings.CODE_SIZES.items()}
    symbol_code = postings._symbol_code

    def tallied(name: str, symbol: Ints, table: Ints) -> Codes:
        tables, symbols = found[name].shape
        met = np.bincount(table * symbols + symbol, minlength=tables * symbols)
        found[name] += met.reshape(tables, symbols)
        return symbol_code(name, symbol, table)

    for count in counts:
        documents = in_order(map(Document, mixed(real_articles(), count)))
        with mock.patch.object(postings, "_symbol_code", tallied):
            zones, sizes = [d.folded_zones() for d in documents], [size_of(d) for d in documents]
            for _ in gram_index(zones, sizes, files_of(documents)).shards:
                pass
    return found


def code_lengths(frequency: npt.NDArray[np.float64]) -> list[int]:
    """Lengths of a Huffman code, none above LONGEST: rare symbols are taken for commoner until that holds."""
    floor = SEEN
    while True:
        heap: list[tuple[float, int, tuple[int, ...]]] = [
            (max(float(f), floor), n, (n,)) for n, f in enumerate(frequency)
        ]
        heapq.heapify(heap)
        lengths = [0] * len(frequency)
        while len(heap) > 1:
            (f, n, first), (g, _, second) = heapq.heappop(heap), heapq.heappop(heap)
            for symbol in first + second:
                lengths[symbol] += 1
            heapq.heappush(heap, (f + g, n, first + second))
        if max(lengths) <= LONGEST:
            return lengths
        floor *= 1.5


def main(counts: Sequence[int]) -> None:
    lines = ['"""Lengths of the prefix codes of the index, a hexadecimal digit each; by tests.search.fit_codes."""', ""]
    lines += ["CODEBOOK = {"]
    for name, tables in tallies(counts).items():
        digits = "".join(f"{length:x}" for table in tables for length in code_lengths(table))
        lines += [
            f'    "{name}": (',
            *(f'        "{digits[at : at + 108]}"' for at in range(0, len(digits), 108)),
            "    ),",
        ]
    CODEBOOK.write_text("\n".join([*lines, "}", ""]), encoding="utf-8")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1500, 10_000])
