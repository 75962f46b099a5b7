"""Reads the index as the browser does: the decoder of grams.js and bits.js once more, for laws in Python."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from generator.search.codebook import CODEBOOK
from generator.search.postings import (
    CLASS_BITS,
    CODE_SIZES,
    FEW,
    GAP_CONTEXTS,
    GAP_TABLES,
    KEY_STEPS,
    MOST_COUNT,
    NEAREST,
    STEPS,
    TABLES,
    TITLE,
    WEIGHTS,
    Held,
)


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


@dataclass
class Row:
    """A pair in a document; where it stands in few, only perhaps, and `count` is 0."""

    count: int = 0
    zone: int = 0
    base: int = 0
    group: int = 0
    links: list[tuple[int, int]] = field(default_factory=list)
    """Group and number of what follows on each occurrence; the base of a row counts in its group."""


@dataclass
class Book:
    """The prefix codes, each table as symbols by code."""

    tables: dict[str, list[dict[str, int]]]

    @classmethod
    def read(cls) -> Book:
        tables = {}
        for name, (count, symbols) in CODE_SIZES.items():
            digits = [int(digit, 16) for digit in CODEBOOK[name]]
            tables[name] = [codes_of(digits[at * symbols : (at + 1) * symbols]) for at in range(count)]
        return cls(tables)

    def symbol(self, bits: Bits, name: str, table: int) -> int:
        codes, start = self.tables[name][table], bits.at
        while bits.text[start : bits.at] not in codes:
            bits.at += 1
        return codes[bits.text[start : bits.at]]


def codes_of(lengths: list[int]) -> dict[str, int]:
    """A canonical prefix code: counting upwards in each length, with a nought put behind for each longer one."""
    found, code, width = {}, 0, 0
    for length, symbol in sorted((length, symbol) for symbol, length in enumerate(lengths)):
        code, width = code << (length - width), length
        found[f"{code:0{width}b}"] = symbol
        code += 1
    return found


def step_of(value: int) -> int:
    """Two steps an octave: 0, 1, 2, 3, 4-5, 6-7, 8-11, 12-15 …"""
    return value if value < 2 else 2 * value.bit_length() - 4 + (value >> value.bit_length() - 2)


BOOK = Book.read()


class Shard:
    """Reads a shard from its first key on."""

    def __init__(self, data: bytes, first: int, book: Book, held: Held, groups: Callable[[int], int]) -> None:
        self.bits, self.key, self.book = Bits(data), first, book
        self.sizes: list[int] = held.sizes.tolist()
        self.first: list[int] = held.first.tolist()
        self.groups = groups
        self.weight = sum(int(WEIGHTS[size]) for size in self.sizes)

    def entries(self) -> dict[int, dict[int, Row]]:
        """Rows by document, by key."""
        found: dict[int, dict[int, Row]] = {}
        previous, numbers = KEY_STEPS, dict[int, int]()
        for entry in range(self.bits.gamma() - 1):
            if entry:
                before = self.key >> 16
                previous = self.next_key(previous)
                if self.key >> 16 != before:
                    numbers = {}
            found[self.key] = self.rows(numbers)
        return found

    def next_key(self, previous: int) -> int:
        step = self.book.symbol(self.bits, "keys", 0 if previous == KEY_STEPS else 1 + previous // 2)
        if step == KEY_STEPS:
            self.key = (self.key >> 16) + self.bits.gamma() << 16
            self.key += self.bits.gamma() - 1
        else:
            self.key += self.digits(step) + 1
        return step

    def digits(self, step: int) -> int:
        if step < 2:
            return step
        low = step // 2 - 1
        return (2 | step & 1) << low | self.bits.bits(low)

    def value(self, step: int) -> int:
        return self.digits(step) if step < STEPS else self.bits.gamma() - 1

    def rows(self, numbers: dict[int, int]) -> dict[int, Row]:
        bits = self.bits
        spread = self.value(self.book.symbol(bits, "spreads", 0)) + 1
        if self.key & 0xFFFF == 0:
            return {document: Row(bits.gamma(), TITLE) for document in self.places(spread, None)}
        if spread <= FEW:
            files = list(self.places(spread, self.first))
            return {document: Row() for file in files for document in range(self.first[file], self.first[file + 1])}
        places = self.places(spread, None)
        link_class = bits.bits(CLASS_BITS)
        groups = self.group_code(self.groups(self.key & 0xFFFF))
        return {document: self.linked_row(document, link_class, groups, numbers) for document in places}

    def group_code(self, count: int) -> tuple[bool, dict[str, int]]:
        """Whether the numbers are gains on the group before, and the numbers by their codes."""
        bits = self.bits
        if count == 1:
            return False, {"": 0}
        if not bits.bits(1):
            width = (count - 1).bit_length()
            return False, {f"{group:0{width}b}": group for group in range(count)}
        rising = bits.bits(1) == 1
        size, group = bits.gamma() - 1, -1
        told = []
        for _ in range(size):
            group += bits.gamma()
            told.append((group, bits.gamma() if size > 2 else size - 1))
        if size == 1:
            return rising, {"": group}
        codes = codes_of([length for _, length in told])
        return rising, {code: told[at][0] for code, at in codes.items()}

    def coded(self, codes: dict[str, int]) -> int:
        start = self.bits.at
        while self.bits.text[start : self.bits.at] not in codes:
            self.bits.at += 1
        return codes[self.bits.text[start : self.bits.at]]

    def places(self, spread: int, files: list[int] | None) -> Iterator[int]:
        """The documents, or files with these first documents, of an entry, each read when it is asked for."""
        at, step = -1, -1
        for _ in range(spread):
            if files is None:
                following, texts = min(at + 1, len(self.sizes) - 1), 1
            else:
                following, beyond = files[min(at + 1, len(files) - 2) :][:2]
                texts = beyond - following
            expected = step_of(self.weight * 16 // (texts * spread * int(WEIGHTS[self.sizes[following]])))
            low, table = 0, expected
            while table >= GAP_TABLES:
                low, table = low + 1, table - 2
            context = 0 if step < 0 else 1 + min(step // 3, GAP_CONTEXTS - 2)
            step = self.book.symbol(self.bits, "gaps", table * GAP_CONTEXTS + context)
            at += (self.value(step) << low) + self.bits.bits(low) + 1
            yield at

    def table(self, number_class: int, document: int) -> int:
        return min(max(number_class - NEAREST + self.sizes[document], 0), TABLES - 1)

    def linked_row(
        self, document: int, link_class: int, groups: tuple[bool, dict[str, int]], numbers: dict[int, int]
    ) -> Row:
        bits, table = self.bits, self.table(link_class, document)
        place, step = divmod(self.book.symbol(bits, "rows", table), STEPS + 2)
        row = Row(place % MOST_COUNT + 1, place // MOST_COUNT)
        if row.count == MOST_COUNT:
            row.count = bits.gamma() + MOST_COUNT - 1
        links = min(step, 1) if row.count == 1 or not step else row.count + 1 - bits.gamma()
        row.base = numbers.get(document, 0)
        numbers[document] = row.base + row.count
        while len(row.links) < links:
            group = self.coded(groups[1]) + (row.links[-1][0] if groups[0] and row.links else 0)
            number = self.value(self.book.symbol(bits, "links", table) if row.links else step - 1)
            if row.links and row.links[-1][0] == group:
                number += row.links[-1][1] + 1
            row.links.append((group, number))
        return row


class Index:
    """All shards of an index, read."""

    def __init__(self, alphabet: str, firsts: list[int], shards: list[bytes], held: Held) -> None:
        self.entries: dict[int, dict[int, Row]] = {}
        self.alphabet = alphabet
        units = {self.rank(chr(unit)): unit for unit in range(1, 1 << 16)}

        def shard_of(key: int) -> int:
            return max(bisect_right(firsts, key) - 1, 0)

        @cache
        def groups(rank: int) -> int:
            return shard_of(units[rank] << 16 | 0xFFFF) - shard_of(units[rank] << 16) + 1

        for number, (first, following) in enumerate(pairwise([*firsts, 1 << 32])):
            entries = Shard(shards[number], first, BOOK, held, groups).entries()
            assert all(first <= key < following for key in entries)
            for key, rows in entries.items():
                for row in rows.values():
                    row.group = number - shard_of(key >> 16 << 16)
            self.entries |= entries

    def rows(self, first: str, second: str = "\0") -> dict[int, Row]:
        """Rows of a pair; of a single character of titles."""
        return self.entries.get(ord(first) << 16 | self.rank(second), {})

    def rank(self, char: str) -> int:
        if char == "\0" or char in self.alphabet:
            return self.alphabet.find(char) + 1
        return ord(char) + sum(common > char for common in self.alphabet)

    def match(self, term: str) -> dict[int, int] | set[int]:
        """Documents and counts by links alone; a set of candidates where texts decide, as a pair is in few."""
        pairs = [self.rows(a, b) for a, b in pairwise(term)]
        candidates = set.intersection(*map(set, pairs))
        if any(not row.count for rows in pairs for row in rows.values()):
            return candidates
        counts = {document: chain_count([rows[document] for rows in pairs]) for document in candidates}
        return {document: count for document, count in counts.items() if count}


def chain_count(rows: list[Row]) -> int:
    current = list(range(rows[0].count))
    for here, there in pairwise(rows):
        links = [here.links[at] for at in current if at < len(here.links)]
        reached = [number - there.base for group, number in links if group == there.group]
        current = [at for at in reached if 0 <= at < there.count]
    return len(current)
