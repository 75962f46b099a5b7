"""Reads the index as the browser does: the decoder of grams.js and bits.js once more, for laws in Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from generator.search.postings import BODY, FEW, LEAD, TITLE, key_shard, mixed_key


class Bits:
    """Reads codes from bytes."""

    def __init__(self, data: bytes) -> None:
        self.text = "".join(f"{byte:08b}" for byte in data)
        self.at = 0

    def bits(self, width: int) -> int:
        self.at += width
        return int(self.text[self.at - width : self.at] or "0", 2)

    def zeros(self) -> int:
        one = self.text.index("1", self.at)
        count, self.at = one - self.at, one + 1
        return count

    def gamma(self) -> int:
        more = self.zeros()
        return (1 << more) + self.bits(more)

    def rice(self, parameter: int) -> int:
        return (self.zeros() << parameter) + self.bits(parameter)


@dataclass
class Row:
    """A pair in a document."""

    count: int
    zone: int
    base: int = 0
    links: list[int] = field(default_factory=list)


def rice_parameter(total: int, count: int) -> int:
    return max((total * 11 // (count * 16)).bit_length() - 1, 0)


def read_shard(data: bytes, number: int, size: int, documents: int) -> dict[int, dict[int, Row]]:
    """All entries of a shard: rows by document, by scrambled key."""
    bits = Bits(data)
    parameter = bits.bits(5)
    entries = bits.gamma() - 1
    key = -(-(number << 32) // size)
    found = {}
    for _ in range(entries):
        key += bits.rice(parameter)
        found[key] = read_rows(bits, documents)
    return found


def read_rows(bits: Bits, documents: int) -> dict[int, Row]:
    spread = bits.gamma()
    linked = spread > FEW and bits.bits(1) == 1
    parameter = rice_parameter(documents, spread)
    rows, document = {}, -1
    for _ in range(spread):
        document += bits.rice(parameter) + 1
        row = Row(1, BODY)
        if bits.bits(1):
            row.zone = (TITLE if bits.bits(1) else LEAD) if bits.bits(1) else BODY
            row.count = bits.gamma()
        if linked:
            size = bits.bits(1) if row.count == 1 else row.count + 1 - bits.gamma()
            row.base = bits.gamma() - 1
            link = -1
            for _ in range(size):
                link += bits.gamma()
                row.links.append(link)
        rows[document] = row
    return rows


class Index:
    """All shards of an index, read."""

    def __init__(self, shards: list[bytes], documents: int) -> None:
        self.entries: dict[int, dict[int, Row]] = {}
        for number, shard in enumerate(shards):
            entries = read_shard(shard, number, len(shards), documents)
            assert all(int(key_shard(np.array([key]), len(shards))[0]) == number for key in entries)
            self.entries |= entries

    def rows(self, first: str, second: str = "\0") -> dict[int, Row]:
        """Rows of a pair; of a single character of titles."""
        key = mixed_key(np.array([ord(first) << 16 | ord(second)]))
        return self.entries.get(int(key[0]), {})

    def match(self, term: str) -> dict[int, int] | set[int]:
        """Documents and counts by links alone; a set of candidates where they are so few that texts decide."""
        pairs = [self.rows(a, b) for a, b in pairwise(term)]
        if len(pairs) == 1:
            return {document: row.count for document, row in pairs[0].items()}
        candidates = set.intersection(*map(set, pairs))
        if len(candidates) <= FEW:
            return candidates
        counts = {document: chain_count([rows[document] for rows in pairs]) for document in candidates}
        return {document: count for document, count in counts.items() if count}


def chain_count(rows: list[Row]) -> int:
    current = list(range(rows[0].count))
    for here, there in pairwise(rows):
        reached = [here.links[at] - there.base for at in current if at < len(here.links)]
        current = [at for at in reached if 0 <= at < there.count]
    return len(current)
