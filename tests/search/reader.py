"""Reads the index as the browser does: the decoder of grams.js and bits.js once more, for laws in Python."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from generator.search.codebook import CODEBOOK
from generator.search.postings import (
    BODY,
    CLASS_BITS,
    CODE_SIZES,
    FEW,
    KEY_STEPS,
    LEAD,
    MOST_COUNT,
    NEAREST,
    STEPS,
    TABLES,
    TITLE,
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


BOOK = Book.read()


class Shard:
    """Reads a shard from its first key on."""

    def __init__(self, data: bytes, first: int, book: Book, sizes: list[int]) -> None:
        self.bits, self.key, self.book, self.sizes = Bits(data), first, book, sizes
        self.first = first
        self.goes_on = self.bits.bits(1) == 1

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
        spread = bits.gamma()
        linked = spread > FEW and bits.bits(1) == 1
        continued = self.goes_on and self.key >> 16 == self.first >> 16
        link_class = bits.bits(CLASS_BITS) if linked else 0
        base_class = bits.bits(CLASS_BITS) if linked and continued else 0
        parameter = rice_parameter(len(self.sizes), spread)
        rows, document = {}, -1
        for _ in range(spread):
            document += bits.rice(parameter) + 1
            if linked:
                told = continued and document not in numbers
                rows[document] = self.linked_row(document, link_class, base_class if told else None, numbers)
            else:
                rows[document] = Row(1, BODY)
                if bits.bits(1):
                    rows[document].zone = (TITLE if bits.bits(1) else LEAD) if bits.bits(1) else BODY
                    rows[document].count = bits.gamma()
        return rows

    def table(self, number_class: int, document: int) -> int:
        return min(max(number_class - NEAREST + self.sizes[document], 0), TABLES - 1)

    def linked_row(self, document: int, link_class: int, base_class: int | None, numbers: dict[int, int]) -> Row:
        bits, table = self.bits, self.table(link_class, document)
        place, step = divmod(self.book.symbol(bits, "rows", table), STEPS + 2)
        row = Row(place % MOST_COUNT + 1, place // MOST_COUNT)
        if row.count == MOST_COUNT:
            row.count = bits.gamma() + MOST_COUNT - 1
        links = min(step, 1) if row.count == 1 or not step else row.count + 1 - bits.gamma()
        if base_class is None:
            row.base = numbers.get(document, 0)
        else:
            row.base = self.value(self.book.symbol(bits, "bases", self.table(base_class, document)))
        numbers[document] = row.base + row.count
        if step:
            row.links = [self.value(step - 1)]
        while len(row.links) < links:
            row.links.append(row.links[-1] + 1 + self.value(self.book.symbol(bits, "links", table)))
        return row


class Index:
    """All shards of an index, read."""

    def __init__(self, alphabet: str, firsts: list[int], shards: list[bytes], sizes: list[int]) -> None:
        self.entries: dict[int, dict[int, Row]] = {}
        self.alphabet = alphabet
        book = BOOK
        for first, following, shard in zip(firsts, [*firsts, 1 << 32][1:], shards, strict=True):
            entries = Shard(shard, first, book, sizes).entries()
            assert all(first <= key < following for key in entries)
            self.entries |= entries

    def rows(self, first: str, second: str = "\0") -> dict[int, Row]:
        """Rows of a pair; of a single character of titles."""
        return self.entries.get(ord(first) << 16 | self.rank(second), {})

    def rank(self, char: str) -> int:
        if char == "\0" or char in self.alphabet:
            return self.alphabet.find(char) + 1
        return ord(char) + sum(common > char for common in self.alphabet)

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
