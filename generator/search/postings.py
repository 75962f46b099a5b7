"""Postings, and the bits in which a shard holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from generator.search.bits import Codes, Ints, canonical, gamma, steps, write_bits
from generator.search.codebook import CODEBOOK

Rows = npt.NDArray[np.integer]
"""An array that waits for its turn, in the smallest type that will do."""

TITLE, LEAD, BODY = 2, 1, 0
"""Codes of the zones, better ones higher; `records.js` has the same."""
FEW = 4
"""The page verifies up to so many candidates in their texts; `grams.js` has the same."""
TEXTS_PER_FILE = 2
"""Articles whose texts share a file: gzip gains by it, a shown hit pays for its neighbours."""

TABLES = 20
"""Prefix codes for numbers of ever larger mean, half an octave from one to the next."""
CLASS_BITS = 5
NEAREST = 16
"""The class in which a document of the shortest size takes the first table."""
FIRST_MEAN = 4
"""The first table is for numbers of a mean of 2**-FIRST_MEAN."""
GAP_TABLES = 16
"""Prefix codes for the gaps between documents, by the gap that is to be expected."""
GAP_CONTEXTS = 5
"""What the gap before was: none, or ever larger."""
WEIGHTS = np.rint(64 * 2 ** (0.45 * np.arange(12))).astype(np.int64)
"""How likely a document of each size holds a pair; `grams.js` has the same."""
STEPS = 24
"""Steps of numbers that have a symbol; one symbol more stands for all beyond, whose digits are a gamma code."""
MOST_COUNT = 3
"""From so many occurrences on, a gamma code says how many."""
KEY_STEPS = 32
"""Steps of ranks; one symbol more stands for another first character."""
CODE_SIZES = {
    "gaps": (GAP_TABLES * GAP_CONTEXTS, STEPS + 1),
    "spreads": (1, STEPS + 1),
    "rows": (TABLES, 3 * MOST_COUNT * (STEPS + 2)),
    "bases": (TABLES, STEPS + 1),
    "links": (TABLES, STEPS + 1),
    "keys": (1 + KEY_STEPS // 2, KEY_STEPS + 1),
}
"""Tables of each prefix code of codebook.py, and symbols of each table."""


@dataclass(frozen=True, slots=True)
class Postings:
    """Pairs in documents, one row each, as parallel arrays."""

    key: Rows
    """UTF-16 unit of the first character << 16 | rank of the second; 0 for a single character of a title."""
    linked: npt.NDArray[np.bool_]
    """False for a pair in no more than FEW documents, and for a single character of a title."""
    document: Rows
    count: Rows
    """Occurrences of the pair in the document."""
    zone: Rows
    """Best zone in which it stands."""
    base: Rows
    """Number of the first occurrence among those of its first character."""
    links: Rows
    """How many of the occurrences have a link; they come first."""
    link: Rows
    """All links, row after row; the first of a row as it is, the others less the one before."""

    @classmethod
    def join(cls, parts: Sequence[Postings]) -> Postings:
        """The rows of all parts."""
        return cls(*(np.concatenate([getattr(part, name) for part in parts]) for name in cls.__slots__))

    def by_key(self) -> Postings:
        """The rows sorted by key; those of a key keep their order."""
        order = ascending(self.key.astype(np.int64))
        starts = np.cumsum(self.links) - self.links
        links = self.links[order]
        within = np.arange(int(links.sum())) - np.repeat(np.cumsum(links) - links, links)
        link = self.link[np.repeat(starts[order], links) + within]
        return self._with(order, link)

    def cut(self, places: Ints) -> Iterator[Postings]:
        """The rows between each place and the next."""
        link_places = np.append(0, np.cumsum(self.links))[places]
        for (low, high), (first, last) in zip(pairwise(places), pairwise(link_places), strict=True):
            yield self._with(slice(low, high), self.link[first:last])

    def only(self, chosen: npt.NDArray[np.bool_]) -> Postings:
        """The chosen rows with their links."""
        return self._with(np.flatnonzero(chosen), self.link[np.repeat(chosen, self.links)])

    def _with(self, rows: Ints | slice, link: Rows) -> Postings:
        """The chosen rows with these links."""
        return Postings(**{name: getattr(self, name)[rows] for name in self.__slots__[:-1]}, link=link)


def encoded(postings: Postings, firsts: Ints, earlier: int, sizes: Ints) -> Iterator[bytes]:
    """The shards that begin with the keys `firsts`, given all their rows sorted by key and document.

    `earlier` is the last key before them, -1 where there is none; `sizes` has the size of each document (`size_of`).
    A shard is: 1 bit whether the shard before holds pairs of the same first character, gamma number of entries + 1, the
    entries by key. An entry: its key less the one before (`_key_codes`), number of its postings less 1 by step and
    digits, its postings. Those of a pair in no more than FEW documents are just the files of texts that hold one of
    them (`_gap_codes`): there the page finds the rest. Those of a single character: document, gamma count. Those of
    another pair, behind 5 bits class of its links and, where the shard before holds pairs of its first character, 5
    bits class of its bases: document; one symbol for zone, count and step of the first link; gamma count - 2 from
    count 3 on; gamma count - links + 1 where there are several occurrences and a link; where the base does not follow
    from what stands before, its step and digits; the digits of the first link; the other links, each less the one
    before, less 1, by step and digits.
    """
    postings = _files_of_few(postings)
    first = fresh(postings.key)
    heads = np.flatnonzero(first)
    key = postings.key[heads].astype(np.int64)
    spread = np.diff(np.append(heads, len(first)))
    entry = np.cumsum(first) - 1
    shard = np.searchsorted(firsts, key, side="right") - 1
    before = np.append(earlier, key[:-1])[np.searchsorted(key, firsts)]
    goes_on = before >> 16 == firsts >> 16
    continued = goes_on[shard] & (key >> 16 == (firsts >> 16)[shard])
    linked, every = postings.linked[heads], np.ones(len(heads), dtype=np.int64)
    single = key & 0xFFFF == 0

    document = postings.document.astype(np.int64)
    size = sizes[document]
    told = _told_bases(shard[entry], document, postings.linked & continued[entry])
    links, all_links = postings.links.astype(np.int64), np.append(postings.link, 0).astype(np.int64)
    starts = np.cumsum(links) - links
    first_link = all_links[starts]
    further = np.maximum(links - 1, 0)
    step_to = all_links[np.repeat(starts + 1, further) + _within(further)] - 1

    linking = postings.linked & (links > 0)
    link_class = _classes(first_link, linking, entry, size, len(heads))
    base_class = _classes(postings.base, told, entry, size, len(heads))
    link_table = _table(link_class[entry], size)
    key_symbol, key_character, key_rest = _key_codes(key, fresh(shard))
    spread_symbol, spread_digits = _step_codes("spreads", spread - 1, np.zeros(len(spread), dtype=np.int64))
    row_symbol, row_count, row_links = _row_codes(postings, first_link, link_table)
    base_table = _table(base_class[entry[told]], size[told])
    base_symbol, base_digits = (_put(code, told) for code in _step_codes("bases", postings.base[told], base_table))
    gap_symbol, gap_digits = _gap_codes(document, first, spread, ~linked & ~single, sizes)
    alone = np.repeat(single, spread)
    parts = (
        (
            _joined(key_symbol, key_character),
            _joined(key_rest, spread_symbol),
            _joined(
                spread_digits,
                _only((link_class, CLASS_BITS * every), linked),
                _only((base_class, CLASS_BITS * every), linked & continued),
            ),
        ),
        (
            _joined(gap_symbol, gap_digits, _put(gamma(postings.count[alone].astype(np.int64)), alone)),
            _joined(row_symbol, row_count),
            _joined(row_links, base_symbol),
            _joined(base_digits, _put(_digits(first_link[linking]), linking)),
        ),
        _joined(*_step_codes("links", step_to, np.repeat(link_table, further))),
    )
    codes, widths, places = _in_line(*parts, heads, further)
    entries = np.bincount(shard, minlength=len(firsts))
    ends = np.append(places, len(codes))[np.append(0, np.cumsum(entries))]
    for number, (low, high) in enumerate(pairwise(ends)):
        size, width = gamma(entries[number : number + 1] + 1)
        head, head_widths = np.append(goes_on[number], size), np.append(1, width)
        yield write_bits(np.append(head, codes[low:high]), np.append(head_widths, widths[low:high])).tobytes()


def _files_of_few(postings: Postings) -> Postings:
    """The postings, but of those of a pair in few documents only the first of each file of texts."""
    few = ~postings.linked & (postings.key & 0xFFFF != 0)
    return postings.only(~few | fresh(postings.key, postings.document // TEXTS_PER_FILE))


def _gap_codes(
    document: Ints, first: npt.NDArray[np.bool_], spread: Ints, few: npt.NDArray[np.bool_], sizes: Ints
) -> tuple[Codes, Codes]:
    """How many documents, for pairs in few documents how many files, lie between a row's and that before.

    The code depends on the gap that is to be expected, told by how many rows the key has and by the size of the first
    document that might be next: its lowest binary digits stand as they are, the others by step and digits, whose table
    follows from the expectation and from the step before. `first` marks the first row of each key.
    """
    few = np.repeat(few, spread)
    files = document // np.where(few, TEXTS_PER_FILE, 1)
    before = np.where(first, -1, np.append(-1, files[:-1])[: len(files)])
    following = np.minimum((before + 1) * np.where(few, TEXTS_PER_FILE, 1), len(sizes) - 1)
    weight = WEIGHTS[sizes]
    total = int(weight.sum()) * 16 // np.where(few, TEXTS_PER_FILE, 1)
    expected, _ = steps(total // (np.repeat(spread, spread) * weight[following]))
    low = np.maximum(expected // 2 - GAP_TABLES // 2 + 1, 0)
    table = np.where(low > 0, GAP_TABLES - 2 + expected % 2, expected)
    gap = files - before - 1
    step = np.minimum(steps(gap >> low)[0], STEPS)
    context = np.where(first, 0, 1 + np.minimum(np.append(0, step[:-1])[: len(step)] // 3, GAP_CONTEXTS - 2))
    symbol, digits = _step_codes("gaps", gap >> low, table * GAP_CONTEXTS + context)
    return symbol, _joined(digits, (gap & ((1 << low) - 1), low))


def _in_line(
    entry_codes: Sequence[Codes], row_codes: Sequence[Codes], link_code: Codes, heads: Ints, further: Ints
) -> tuple[Ints, Ints, Ints]:
    """All codes and widths in the order of the shard: an entry before its rows, a row before its further links.

    Third the places of the entries, which begin at the rows `heads`.
    """
    begins = np.zeros(len(further), dtype=np.int64)
    begins[heads] = len(entry_codes)
    row_size = begins + len(row_codes) + further
    at = np.cumsum(row_size) - row_size
    codes = np.zeros(int(row_size.sum()), dtype=np.int64)
    widths = np.zeros(len(codes), dtype=np.int64)
    behind = np.repeat(at + begins + len(row_codes), further) + _within(further)
    for places, columns in ((at[heads], entry_codes), (at + begins, row_codes), (behind, [link_code])):
        for number, (code, width) in enumerate(columns):
            codes[places + number], widths[places + number] = code, width
    return codes, widths, at[heads]


def _joined(*parts: Codes) -> Codes:
    """The codes one behind the other as one, whose digits must be fewer than 52."""
    code, width = parts[0]
    for further, further_width in parts[1:]:
        code, width = code << further_width | further, width + further_width
    return code, width


def _told_bases(shard: Ints, document: Ints, candidates: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """The rows whose base must be told: the first of each document among those whose character began earlier."""
    rows = np.flatnonzero(candidates)
    _, chosen = np.unique(shard[rows] << 32 | document[rows], return_index=True)
    told = np.zeros(len(document), dtype=bool)
    told[rows[chosen]] = True
    return told


def _classes(values: Rows, among: npt.NDArray[np.bool_], entry: Ints, size: Ints, entries: int) -> Ints:
    """For each entry the class from which its numbers and the sizes of their documents give the tables."""
    chosen = entry[among]
    total = np.bincount(chosen, weights=values[among], minlength=entries) + 0.5
    expected = np.bincount(chosen, weights=2 ** (size[among] / 2), minlength=entries) + 1
    nearest = np.rint(2 * np.log2(total / expected)).astype(np.int64) + NEAREST + 2 * FIRST_MEAN
    found: Ints = np.clip(nearest, 0, (1 << CLASS_BITS) - 1)
    return found


def _table(number_class: Ints, size: Ints) -> Ints:
    found: Ints = np.clip(number_class - NEAREST + size, 0, TABLES - 1)
    return found


def _key_codes(key: Ints, opens: npt.NDArray[np.bool_]) -> tuple[Codes, Codes, Codes]:
    """What leads from key to key; nothing to the first key of a shard, which the page knows.

    The symbol for the step of the rank's gain, less 1, and its digits; or that for another first character, gamma how
    many further, gamma rank + 1. The table of the symbol follows from the symbol before.
    """
    before = np.append(0, key[:-1])[: len(key)]
    other = (key >> 16 != before >> 16) | opens
    gain = (key & 0xFFFF) - np.where(other, 0, (before & 0xFFFF) + 1)
    step, digits = steps(gain)
    symbol = np.where(other, KEY_STEPS, step)
    previous = np.append(KEY_STEPS, symbol[:-1])[: len(key)]
    table = np.where(previous == KEY_STEPS, 0, 1 + previous // 2)
    rank, rank_width = gamma(gain + 1)
    return (
        _symbol_code("keys", symbol, table, ~opens),
        _only(gamma(np.maximum((key >> 16) - (before >> 16), 1)), other & ~opens),
        _only((np.where(other, rank, digits[0]), np.where(other, rank_width, digits[1])), ~opens),
    )


def _within(sizes: Ints) -> Ints:
    """0, 1, … for each of the sizes, one after the other."""
    return np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _only(code: Codes, where: npt.NDArray[np.bool_]) -> Codes:
    return code[0] * where, code[1] * where


def _put(code: Codes, where: npt.NDArray[np.bool_]) -> Codes:
    """The codes at the places where `where` holds, nothing at the others."""
    codes, widths = np.zeros((2, len(where)), dtype=np.int64)
    codes[where], widths[where] = code
    return codes, widths


def _row_codes(postings: Postings, first_link: Ints, table: Ints) -> tuple[Codes, Codes, Codes]:
    """Zone, count and step of the first link, where the first step of each place says that there is none."""
    count, zone, links = (getattr(postings, name).astype(np.int64) for name in ("count", "zone", "links"))
    place = zone * MOST_COUNT + np.minimum(count, MOST_COUNT) - 1
    step = np.where(links > 0, 1 + np.minimum(steps(first_link)[0], STEPS), 0)
    linked = postings.linked
    many, several = linked & (count >= MOST_COUNT), linked & (count > 1) & (links > 0)
    return (
        _symbol_code("rows", place * (STEPS + 2) + step, table, linked),
        _put(gamma(count[many] - MOST_COUNT + 1), many),
        _put(gamma(count[several] - links[several] + 1), several),
    )


def _step_codes(name: str, values: Rows, table: Ints) -> tuple[Codes, Codes]:
    numbers: Ints = values.astype(np.int64)
    step = np.minimum(steps(numbers)[0], STEPS)
    return _symbol_code(name, step, table, np.ones(len(step), dtype=bool)), _digits(numbers)


def _digits(values: Ints) -> Codes:
    """What the step leaves open of a value; all of it from the last step on."""
    step, (digits, width) = steps(values)
    rest, rest_width = gamma(values + 1)
    return np.where(step < STEPS, digits, rest), np.where(step < STEPS, width, rest_width)


def _symbol_code(name: str, symbol: Ints, table: Ints, where: npt.NDArray[np.bool_]) -> Codes:
    codes, widths = _BOOK[name]
    return _only((codes[table, symbol], widths[table, symbol]), where)


def _read_book() -> dict[str, tuple[Ints, Ints]]:
    book = {}
    for name, (_, symbols) in CODE_SIZES.items():
        widths = np.array([int(digit, 16) for digit in CODEBOOK[name]], dtype=np.int64).reshape(-1, symbols)
        book[name] = np.array([canonical(table) for table in widths.tolist()]), widths
    return book


_BOOK = _read_book()


def ascending(values: Ints) -> Ints:
    """The places of the values ≥ 0 in ascending order, equal ones in the order in which they stand."""
    digits = len(values).bit_length()
    if not len(values) or int(values.max()) >> (63 - digits):
        return np.argsort(values, kind="stable")
    # Several times as fast: the places are sorted along as the last digits.
    return np.sort(values << digits | np.arange(len(values))) & ((1 << digits) - 1)


def fresh(*columns: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """True for each row of the columns that differs from the row before; the first always does."""
    changed = np.logical_or.reduce([np.diff(column) != 0 for column in columns])
    return np.append(True, changed)[: len(columns[0])]
