"""Postings, and the bits in which a shard holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from generator.search.bits import Codes, Ints, bit_length, canonical, gamma, steps, write_bits
from generator.search.codebook import CODEBOOK

Rows = npt.NDArray[np.integer]
"""An array that waits for its turn, in the smallest type that will do."""

TITLE, LEAD, BODY = 2, 1, 0
"""Codes of the zones, better ones higher; `records.js` has the same."""
FEW = 5
"""The page verifies up to so many candidates in their texts; `grams.js` has the same."""

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
TOLD_BITS = 5
"""What it takes to tell a number and the length of its code, reckoned when ways to tell groups are compared."""
LONGEST = 15
"""Binary digits of the longest prefix code."""
KEY_STEPS = 32
"""Steps of ranks; one symbol more stands for another first character."""
CODE_SIZES = {
    "gaps": (GAP_TABLES * GAP_CONTEXTS, STEPS + 1),
    "spreads": (1, STEPS + 1),
    "rows": (TABLES, 3 * MOST_COUNT * (STEPS + 2)),
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
    links: Rows
    """How many of the occurrences have a link; they come first."""
    group: Rows
    """All links, row after row: in which of the shards of the second character the pair lies that follows …"""
    link: Rows
    """… and the number of its occurrence there; behind a link to the same group less that one, less 1."""

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
        return self._with(order, np.repeat(starts[order], links) + within)

    def cut(self, places: Ints) -> Iterator[Postings]:
        """The rows between each place and the next."""
        link_places = np.append(0, np.cumsum(self.links))[places]
        for (low, high), (first, last) in zip(pairwise(places), pairwise(link_places), strict=True):
            yield self._with(slice(low, high), slice(first, last))

    def only(self, chosen: npt.NDArray[np.bool_]) -> Postings:
        """The chosen rows with their links."""
        return self._with(np.flatnonzero(chosen), np.flatnonzero(np.repeat(chosen, self.links)))

    def _with(self, rows: Ints | slice, links: Ints | slice) -> Postings:
        """The rows and links at these places."""
        chosen = {name: getattr(self, name)[rows] for name in self.__slots__[:-2]}
        return Postings(**chosen, group=self.group[links], link=self.link[links])


@dataclass(frozen=True, slots=True)
class Held:
    """What must be known of the documents."""

    sizes: Ints
    """The size of each (`documents.size_of`)."""
    files: Ints
    """The number of the file with its text."""
    first: Ints
    """The first document of each file, and how many documents there are."""

    @classmethod
    def of(cls, sizes: Sequence[int], files: Sequence[int]) -> Held:
        """The same, given size and file of each."""
        numbers = np.array(files, dtype=np.int64)
        return cls(np.array(sizes, dtype=np.int64), numbers, np.append(np.flatnonzero(fresh(numbers)), len(numbers)))


def encoded(postings: Postings, firsts: Ints, spans: Ints, held: Held) -> Iterator[bytes]:
    """The shards that begin with the keys `firsts`, given all their rows sorted by key and document.

    `spans` says, by the rank of a character, in how many shards its pairs lie.
    A shard is: gamma number of entries + 1, the entries by key. An entry: its key less the one before (`_key_codes`),
    number of its postings less 1 by step and digits, its postings. Those of a pair in no more than FEW documents are
    just the files of texts that hold one of them (`_gap_codes`): there the page finds the rest. Those of a single
    character: document, gamma count. Those of another pair, behind 5 bits class of its links and, where its second
    character has several shards, the code of its groups (`_GroupCodes`): document; one symbol for zone, count and step
    of the first link; gamma count - 2 from count 3 on; gamma count - links + 1 where there are several occurrences and
    a link; group of the first link, its digits; the other links, each group, step and digits.
    """
    postings = _files_of_few(postings, held.files)
    first = fresh(postings.key)
    heads = np.flatnonzero(first)
    key = postings.key[heads].astype(np.int64)
    spread = np.diff(np.append(heads, len(first)))
    entry = np.cumsum(first) - 1
    shard = np.searchsorted(firsts, key, side="right") - 1
    linked, single = postings.linked[heads], key & 0xFFFF == 0

    document = postings.document.astype(np.int64)
    links, link = postings.links.astype(np.int64), postings.link.astype(np.int64)
    opens = np.zeros(len(link), dtype=bool)
    linking = postings.linked & (links > 0)
    opens[(np.cumsum(links) - links)[linking]] = True
    first_link = np.zeros(len(links), dtype=np.int64)
    first_link[linking] = link[opens]
    further = np.maximum(links - 1, 0)

    link_class = _classes(first_link, linking, entry, held.sizes[document], len(heads))
    link_table = _table(link_class[entry], held.sizes[document])
    groups = _GroupCodes.fitted(
        np.repeat(entry, links), postings.group.astype(np.int64), opens, np.where(linked, spans[key & 0xFFFF], 1)
    )
    key_symbol, key_character, key_rest = _key_codes(key, fresh(shard))
    spread_symbol, spread_digits = _step_codes("spreads", spread - 1, np.zeros(len(spread), dtype=np.int64))
    row_symbol, row_count, row_links, row_digits = _row_codes(postings, first_link, link_table)
    gap_symbol, gap_digits = _gap_codes(document, first, spread, ~linked & ~single, held)
    alone = np.repeat(single, spread)
    codes, widths, places = _in_line(
        heads,
        (
            _joined(key_symbol, key_character),
            _joined(key_rest, spread_symbol),
            _joined(spread_digits, _only((link_class, np.full(len(heads), CLASS_BITS)), linked), groups.head),
        ),
        (groups.told, groups.entry),
        (
            _joined(gap_symbol, gap_digits, _put(gamma(postings.count[alone].astype(np.int64)), alone)),
            _joined(row_symbol, row_count),
            _joined(row_links, _put(groups.link(opens), linking), row_digits),
        ),
        (_joined(groups.link(~opens), *_step_codes("links", link[~opens], np.repeat(link_table, further))), further),
    )
    entries = np.bincount(shard, minlength=len(firsts))
    ends = np.append(places, len(codes))[np.append(0, np.cumsum(entries))]
    for number, (low, high) in enumerate(pairwise(ends)):
        size, width = gamma(entries[number : number + 1] + 1)
        yield write_bits(np.append(size, codes[low:high]), np.append(width, widths[low:high])).tobytes()


@dataclass(frozen=True, slots=True)
class _GroupCodes:
    """How the links of each entry tell their groups.

    Where there are several groups to choose from, 1 bit comes first. 0: the groups stand as numbers of fixed width. 1:
    1 bit whether each link tells its group, or how much higher it is than that of the link before in its row; gamma how
    many such numbers are met + 1, then each, ascending: gamma gain on the one before, and, where there are more than
    two, gamma length of its code; a link then takes that prefix code, no bit where only one number is met.
    """

    head: Codes
    """By entry: which way, and how many groups are met."""
    told: Codes
    """The groups met and their lengths, entry after entry …"""
    entry: Ints
    """… and the entry of each."""
    links: Codes

    @classmethod
    def fitted(cls, entry: Ints, group: Ints, opens: npt.NDArray[np.bool_], spans: Ints) -> _GroupCodes:
        """The shorter way for each entry: links' entries and groups, which open a row, how many groups an entry has."""
        begins = np.cumsum(spans) - spans
        owners = np.repeat(np.arange(len(spans)), spans)
        gain = group - np.where(opens, 0, np.append(0, group[:-1])[: len(group)])
        by_gain, by_group = (_disorder(begins[entry] + number, owners, len(spans)) for number in (gain, group))
        rising = by_gain < by_group
        choice = begins[entry] + np.where(rising[entry], gain, group)
        every = np.bincount(choice, minlength=int(spans.sum()))
        met = np.flatnonzero(every)
        count, owner = every[met], owners[met]
        size = np.bincount(owner, minlength=len(spans))
        length = _prefix_lengths(owner, count, size)
        code = _prefix_codes(owner, length)
        same = np.append(False, np.diff(owner) == 0)[: len(owner)]
        further = np.where(same, np.diff(met, prepend=0), met - begins[owner] + 1)
        told = _joined(gamma(further), _only(gamma(np.maximum(length, 1)), size[owner] > 2))
        many, many_width = gamma(size + 1)
        width = bit_length(spans - 1)
        plain = np.bincount(owner, weights=count, minlength=len(spans)) * width
        fitted = many_width + np.bincount(owner, weights=told[1] + count * length, minlength=len(spans))
        several, better = spans > 1, fitted < plain
        way = np.where(better, 2 + rising, 0), 1 + better
        head = _only(_joined(way, _only((many, many_width), better)), several)
        listed = (several & better)[owner]
        # By choice what a link with that number takes; no bit where there is no other.
        codes, widths = np.arange(len(every)) - begins[owners], width[owners]
        fitting = better[owner]
        codes[met[fitting]], widths[met[fitting]] = code[fitting], length[fitting]
        widths[~several[owners]] = 0
        choice = np.where(better[entry], choice, begins[entry] + group)
        return cls(head, (told[0][listed], told[1][listed]), owner[listed], (codes[choice], widths[choice]))

    def link(self, chosen: npt.NDArray[np.bool_]) -> Codes:
        return self.links[0][chosen], self.links[1][chosen]


def _disorder(choice: Ints, owners: Ints, entries: int) -> npt.NDArray[np.floating]:
    """Bits by entry that an ideal code of these choices would take, less what depends only on how many there are."""
    count = np.bincount(choice, minlength=len(owners))
    met = np.flatnonzero(count)
    bits = TOLD_BITS - count[met] * np.log2(count[met])
    return np.bincount(owners[met], weights=bits, minlength=entries).astype(np.float64)


def _prefix_lengths(owner: Ints, count: Ints, size: Ints) -> Ints:
    """Lengths of a prefix code of each owner's symbols, of which `size` are there, nearly as short as Huffman's.

    Lengths by the frequency alone, rounded up, leave codes unused: they go to those that lost most by the rounding.
    """
    total = np.bincount(owner, weights=count, minlength=len(size))
    raised = np.maximum(count, total[owner] / (1 << LONGEST - 1))
    exact = np.log2(np.bincount(owner, weights=raised, minlength=len(size))[owner] / raised)
    length = np.maximum(np.ceil(exact), 1).astype(np.int64)
    share = np.int64(1) << (LONGEST - length)
    left = (1 << LONGEST) - np.bincount(owner, weights=share, minlength=len(size)).astype(np.int64)
    order = np.lexsort((exact - length, owner))
    within = _within(size)
    by_turn = order[np.argsort(within, kind="stable")]
    turns = np.cumsum(np.bincount(within, minlength=1))
    for low, high in pairwise(np.append(0, turns)):
        turn = by_turn[low:high]
        turn = turn[(share[turn] <= left[owner[turn]]) & (length[turn] > 1)]
        left[owner[turn]] -= share[turn]
        length[turn] -= 1
    return np.where(size[owner] > 2, length, size[owner] - 1)


def _prefix_codes(owner: Ints, length: Ints) -> Ints:
    """The prefix codes of these lengths: shorter ones first, equally long ones in the order of symbols."""
    order = np.lexsort((length, owner))
    share = (np.int64(1) << (LONGEST - length))[order]
    before = np.cumsum(share) - share
    heads = fresh(owner[order])
    before -= np.maximum.accumulate(np.where(heads, before, 0))
    code = np.empty_like(length)
    code[order] = before >> (LONGEST - length[order])
    return code


def _files_of_few(postings: Postings, files: Ints) -> Postings:
    """The postings, but of those of a pair in few documents only the first of each file of texts."""
    few = ~postings.linked & (postings.key & 0xFFFF != 0)
    return postings.only(~few | fresh(postings.key, files[postings.document]))


def _gap_codes(
    document: Ints, first: npt.NDArray[np.bool_], spread: Ints, few: npt.NDArray[np.bool_], held: Held
) -> tuple[Codes, Codes]:
    """How many documents, for pairs in few documents how many files, lie between a row's and that before.

    The code depends on the gap that is to be expected, told by how many rows the key has and by the size of the first
    document that might be next: its lowest binary digits stand as they are, the others by step and digits, whose table
    follows from the expectation and from the step before. `first` marks the first row of each key.
    """
    kinds, kind = np.unique(spread, return_inverse=True)
    weights = np.arange(1, 1 + int(np.diff(held.first).max(initial=1)))[:, None, None] * kinds[:, None] * WEIGHTS
    expected, _ = steps(int(WEIGHTS[held.sizes].sum()) * 16 // weights)
    lowest = np.maximum(expected // 2 - GAP_TABLES // 2 + 1, 0)
    tables = np.where(lowest > 0, GAP_TABLES - 2 + expected % 2, expected) * GAP_CONTEXTS

    by_file = np.flatnonzero(np.repeat(few, spread))
    number = document.copy()
    number[by_file] = held.files[document[by_file]]
    before = np.append(-1, number[:-1])[: len(number)]
    before[first] = -1
    following = np.minimum(before + 1, len(held.sizes) - 1)
    file = np.minimum(before[by_file] + 1, len(held.first) - 2)
    following[by_file] = held.first[file]
    place = np.repeat(kind * len(WEIGHTS), spread) + held.sizes[following]
    place[by_file] += (held.first[file + 1] - held.first[file] - 1) * len(kinds) * len(WEIGHTS)
    low = lowest.ravel()[place]
    gap = number - before - 1
    step, digits = _stepped(gap >> low)
    context = np.where(first, 0, 1 + np.minimum(np.append(0, step[:-1])[: len(step)] // 3, GAP_CONTEXTS - 2))
    symbol = _symbol_code("gaps", step, tables.ravel()[place] + context)
    return symbol, _joined(digits, (gap & ((1 << low) - 1), low))


def _in_line(
    heads: Ints,
    entry_codes: Sequence[Codes],
    told: tuple[Codes, Ints],
    row_codes: Sequence[Codes],
    links: tuple[Codes, Ints],
) -> tuple[Ints, Ints, Ints]:
    """All codes and widths in the order of the shard: entry, what is told of its groups, rows, each before its links.

    `told` has its codes with the entry of each, `links` its codes with their number by row. Third the places of the
    entries, which begin at the rows `heads`.
    """
    told_code, told_entry = told
    link_code, further = links
    size = np.bincount(told_entry, minlength=len(heads))
    begins = np.zeros(len(further), dtype=np.int64)
    begins[heads] = len(entry_codes) + size
    row_size = begins + len(row_codes) + further
    at = np.cumsum(row_size) - row_size
    codes = np.zeros(int(row_size.sum()), dtype=np.int64)
    widths = np.zeros(len(codes), dtype=np.int64)
    behind_entry = np.repeat(at[heads] + len(entry_codes), size) + _within(size)
    behind_row = np.repeat(at + begins + len(row_codes), further) + _within(further)
    for places, columns in (
        (at[heads], entry_codes),
        (behind_entry, [told_code]),
        (at + begins, row_codes),
        (behind_row, [link_code]),
    ):
        for number, (code, width) in enumerate(columns):
            codes[places + number], widths[places + number] = code, width
    return codes, widths, at[heads]


def _joined(*parts: Codes) -> Codes:
    """The codes one behind the other as one, whose digits must be fewer than 52."""
    code, width = parts[0]
    for further, further_width in parts[1:]:
        code, width = code << further_width | further, width + further_width
    return code, width


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
        _put(_symbol_code("keys", symbol[~opens], table[~opens]), ~opens),
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


def _row_codes(postings: Postings, first_link: Ints, table: Ints) -> tuple[Codes, Codes, Codes, Codes]:
    """Zone, count and step of the first link, where the first step of each place says that there is none; digits."""
    count, zone, links = (getattr(postings, name).astype(np.int64) for name in ("count", "zone", "links"))
    place = zone * MOST_COUNT + np.minimum(count, MOST_COUNT) - 1
    step, digits = _stepped(first_link)
    symbol = place * (STEPS + 2) + np.where(links > 0, 1 + step, 0)
    linked = postings.linked
    many, several = linked & (count >= MOST_COUNT), linked & (count > 1) & (links > 0)
    return (
        _put(_symbol_code("rows", symbol[linked], table[linked]), linked),
        _put(gamma(count[many] - MOST_COUNT + 1), many),
        _put(gamma(count[several] - links[several] + 1), several),
        digits,
    )


def _step_codes(name: str, values: Ints, table: Ints) -> tuple[Codes, Codes]:
    step, digits = _stepped(values)
    return _symbol_code(name, step, table), digits


def _stepped(values: Ints) -> tuple[Ints, Codes]:
    """The step of each value, and what it leaves open of the value; all of it from the last step on."""
    step, (digits, width) = steps(values)
    beyond = np.flatnonzero(step >= STEPS)
    step[beyond] = STEPS
    digits[beyond], width[beyond] = gamma(values[beyond] + 1)
    return step, (digits, width)


def _symbol_code(name: str, symbol: Ints, table: Ints) -> Codes:
    codes, widths = _BOOK[name]
    return codes[table, symbol], widths[table, symbol]


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
