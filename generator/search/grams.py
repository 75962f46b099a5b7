"""The index proper: in which documents each pair of characters stands, how often, and what follows on what.

A phrase of several pairs is in a document only where its pairs stand one behind the other. To know that without
the text, the occurrences of each character in a document are numbered, and each occurrence of a pair AB carries a
link: the number of the B it ends with. The occurrences of BC, counted from its base, are the numbers of the B's
they begin with; so ABC stands where a link of AB falls on an occurrence of BC, and the chain goes on from there.
Numbered in the order of what follows, the links of a pair ascend, and the numbers stay small: 5 bits a character
where positions would take 10.

Where few documents come into question the page looks into their texts, so links that could only ever matter
there are left out: those from or to a pair that stands in no more than FEW documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from generator.search.bits import Ints, gamma_width, rice, rice_parameter, write_bits

Rows = npt.NDArray[np.integer]
"""An array that waits for its turn, in the smallest type that will do."""
Zones = Sequence[Sequence[str]]
"""Folded texts of a document by zone: title, lead, body."""
TITLE, LEAD, BODY = 2, 1, 0
"""Codes of the zones, better ones higher; `records.js` has the same."""
ZONE_CODES = (TITLE, LEAD, BODY)

FEW = 4
"""The page verifies up to so many candidates in their texts; `shards.js` has the same."""
SHARD_CHARACTERS = 4_000
"""Characters of text to a shard, which makes shards of some 6 kB: three to a query, and the files not too many."""
BLOCK = 1_000_000
"""Characters worked on at a time: bounds the memory, changes nothing else."""

_END = 0x0A
"""Between texts; folded texts hold none."""
_KEY_BITS = 32
_PARAMETER_BITS = 5


@dataclass(frozen=True, slots=True)
class Postings:
    """Pairs in documents, one row each, as parallel arrays."""

    key: Rows
    """UTF-16 unit of the first character << 16 | second, scrambled by `mixed_key`."""
    linked: npt.NDArray[np.bool_]
    """False for a pair in few documents, and for a single character of a title, whose key has 0 as second."""
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
        order = np.argsort(self.key, kind="stable")
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

    def _with(self, rows: Ints | slice, link: Rows) -> Postings:
        """The chosen rows with these links."""
        return Postings(**{name: getattr(self, name)[rows] for name in self.__slots__[:-1]}, link=link)


@dataclass(frozen=True, slots=True)
class _Block:
    """Some documents as one array of UTF-16 units, each text followed by _END."""

    units: npt.NDArray[np.uint16]
    document: npt.NDArray[np.int32]
    zone: npt.NDArray[np.int8]

    def pairs(self) -> tuple[Ints, Ints]:
        """Offsets at which a pair begins, and its keys."""
        inside = self.units != _END
        starts = np.flatnonzero(inside[:-1] & inside[1:])
        return starts, (self.units[starts].astype(np.int64) << 16) | self.units[starts + 1]


def shards(documents: Sequence[Zones]) -> Iterator[bytes]:
    """The index of the documents cut into files; `key_shard` tells which file holds a key."""
    blocks = list(_blocks(documents))
    size = max(1, sum(len(block.units) for block in blocks) // SHARD_CHARACTERS)
    groups = max(1, sum(len(block.units) for block in blocks) // BLOCK)
    bounds = np.arange(groups + 1) * size // groups
    keys, spread = _document_frequency(blocks)
    parts: list[list[Postings]] = [[] for _ in range(groups)]
    postings = (_linked_postings(block, keys, spread) for block in blocks if len(block.pairs()[0]))
    for part in (_title_characters(documents), *postings):
        ordered = part.by_key()
        places = np.searchsorted(key_shard(ordered.key.astype(np.int64), size), bounds)
        for group, rows in zip(parts, ordered.cut(places), strict=True):
            group.append(rows)
    for number, group in enumerate(parts):
        yield from _encoded(Postings.join(group).by_key(), len(documents), size, bounds[number : number + 2])
        group.clear()


def mixed_key(key: Ints) -> npt.NDArray[np.uint32]:
    """The key scrambled one to one, so that shards, which hold a range of keys each, are of equal size."""
    mixed = key.astype(np.uint32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        mixed = (mixed ^ (mixed >> np.uint32(shift))) * np.uint32(factor)
    return mixed ^ (mixed >> np.uint32(16))


def key_shard(mixed: Ints, size: int) -> Ints:
    """Number of the shard, out of `size`, that holds a mixed key."""
    return (mixed * size) >> _KEY_BITS


def _blocks(documents: Sequence[Zones]) -> Iterator[_Block]:
    texts: list[bytes] = []
    rows: list[tuple[int, int, int]] = []
    size = 0
    for number, zones in enumerate(documents):
        for code, zone in zip(ZONE_CODES, zones, strict=True):
            for text in zone:
                encoded = (text + "\n").encode("utf-16-le", "surrogatepass")
                texts.append(encoded)
                rows.append((number, code, len(encoded) // 2))
                size += len(encoded) // 2
        if size >= BLOCK or (number == len(documents) - 1 and size):
            yield _block(texts, rows)
            texts, rows, size = [], [], 0


def _block(texts: Sequence[bytes], rows: Sequence[tuple[int, int, int]]) -> _Block:
    numbers, codes, sizes = np.array(rows, dtype=np.int64).T
    return _Block(
        np.frombuffer(b"".join(texts), dtype="<u2"),
        np.repeat(numbers.astype(np.int32), sizes),
        np.repeat(codes.astype(np.int8), sizes),
    )


def _document_frequency(blocks: Sequence[_Block]) -> tuple[Ints, Ints]:
    """All keys in order, and in how many documents each stands."""
    found = []
    for block in blocks:
        starts, keys = block.pairs()
        local = block.document[starts].astype(np.int64) - int(block.document[0])
        found.append(_counted(keys << 24 | local)[0] >> 24)
    return _counted(np.concatenate([np.zeros(0, dtype=np.int64), *found]))


def _counted(values: Ints) -> tuple[Ints, Ints]:
    """The distinct values in order, and how often each stands (np.unique hashes, which is slower here)."""
    ordered = np.sort(values)
    heads = np.flatnonzero(_fresh(ordered))
    return ordered[heads], np.diff(np.append(heads, len(ordered)))


def _fresh(*columns: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """True for each row of the columns that differs from the row before; the first always does."""
    changed = np.logical_or.reduce([np.diff(column) != 0 for column in columns])
    return np.append(True, changed)[: len(columns[0])]


def _title_characters(documents: Sequence[Zones]) -> Postings:
    """Single characters of titles: keys with no second character, never linked."""
    encoded = ["\n".join(zones[0]).encode("utf-16-le", "surrogatepass") for zones in documents]
    units = np.frombuffer(b"".join(encoded), dtype="<u2").astype(np.int64)
    document = np.repeat(np.arange(len(documents)), [len(text) // 2 for text in encoded])
    rows, count = _counted((units << 40 | document)[units != _END])
    none = np.zeros(len(rows), dtype=np.int32)
    return Postings(
        key=mixed_key(rows >> 40 << 16),
        linked=none.astype(bool),
        document=(rows & 0xFFFFFF).astype(np.int32),
        count=count.astype(np.int32),
        zone=(none + TITLE).astype(np.int8),
        base=none,
        links=none,
        link=none[:0],
    )


def _linked_postings(block: _Block, keys: Ints, spread: Ints) -> Postings:
    """The postings of a block, given in how many documents each key stands."""
    starts, key = block.pairs()
    document = block.document[starts].astype(np.int64)
    frequent = (spread > FEW)[_places(key, keys)]
    # By pair number: the pair that begins at the next character, if one does; -1 ends a text.
    following = np.append(np.where(np.diff(starts) == 1, np.arange(1, len(starts)), -1), -1)
    live = frequent & (following >= 0) & frequent[following]
    order = _suffix_order(block, starts, key, following, live)

    key, document, live = key[order], document[order], live[order]
    new_row = _fresh(key, document)
    row = np.cumsum(new_row) - 1
    heads = np.flatnonzero(new_row)
    # Only rows that some link leads to take part in the numbering.
    entered = np.zeros(len(starts), dtype=bool)
    entered[following[order[live]]] = True
    counted = np.logical_or.reduceat(entered[order], heads)[row]
    new_character = _fresh(key >> 16, document)
    characters = np.flatnonzero(new_character)
    character = np.cumsum(new_character) - 1
    before = np.cumsum(counted) - counted
    number = before - before[characters][character]
    # The others begin behind all numbers, where no link leads.
    number = np.where(counted, number, np.add.reduceat(counted.astype(np.int64), characters)[character])
    by_pair = np.empty_like(number)
    by_pair[order] = number

    link = by_pair[following[order[live]]]
    link_row = row[live]
    link[1:] -= np.where(np.diff(link_row) == 0, link[:-1], 0)
    return Postings(
        key=mixed_key(key[heads]),
        linked=frequent[order[heads]],
        document=document[heads].astype(np.int32),
        count=np.diff(np.append(heads, len(key))).astype(np.int32),
        zone=np.maximum.reduceat(block.zone[starts[order]], heads),
        base=number[heads].astype(np.int32),
        links=np.bincount(link_row, minlength=len(heads)).astype(np.int32),
        link=link.astype(np.int32),
    )


def _places(key: Ints, keys: Ints) -> Ints:
    """Where each key stands among all `keys`, which are sorted; every distinct key is looked up once."""
    order = np.argsort(key)
    ordered = key[order]
    fresh = _fresh(ordered)
    places = np.empty_like(order)
    places[order] = np.searchsorted(keys, ordered[fresh])[np.cumsum(fresh) - 1]
    return places


def _suffix_order(block: _Block, starts: Ints, key: Ints, following: Ints, live: npt.NDArray[np.bool_]) -> Ints:
    """Pair numbers by document, first character, second character, linked ones first, then by what follows.

    Prefix doubling: every round sorts what is still equal by the ranks of what comes 1, 2, 4 … pairs later. A pair
    without a link is equal to no other: nothing is asked of what follows it.
    """
    local = block.document[starts].astype(np.int64) - int(block.document[0])
    frequency = np.bincount(block.units, minlength=1 << 16)
    commonest = np.empty(1 << 16, dtype=np.int64)
    # Common characters first: the bases of the pairs that end with them stay small.
    commonest[np.argsort(-frequency, kind="stable")] = np.arange(1 << 16)
    sortable = local << 33 | (key >> 16) << 17 | commonest[key & 0xFFFF] << 1 | ~live
    order = np.argsort(sortable, kind="stable")
    fresh = _fresh(sortable[order]) | ~live[order]
    rank = np.empty_like(order)
    rank[order] = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    ahead = following
    tied = _tied(fresh)
    while len(tied):
        pairs = order[tied]
        tail = rank[ahead[pairs]]
        group = rank[pairs]
        within = np.lexsort((tail, group))
        pairs, group, tail = pairs[within], group[within], tail[within]
        order[tied] = pairs
        fresh = _fresh(group, tail)
        rank[pairs] = np.maximum.accumulate(np.where(fresh, tied, 0))
        ahead = ahead[ahead]
        tied = tied[_tied(fresh)]
    return order


def _tied(fresh: npt.NDArray[np.bool_]) -> Ints:
    """Places of sorted items that equal a neighbour, given which differ from the one before."""
    alone = fresh & np.append(fresh[1:], True)
    return np.flatnonzero(~alone)


def _encoded(postings: Postings, documents: int, size: int, bounds: Ints) -> Iterator[bytes]:
    """The shards from bounds[0] to before bounds[1], given all their rows sorted by key and document.

    A shard is: 5 bits Rice parameter of its keys, gamma number of entries + 1, the entries by key. An entry:
    Rice key less the one before (the first: less the shard's lowest key), gamma number of documents, 1 bit `linked`
    where they are more than FEW, its postings. A posting: Rice document less the one before, less 1; then 0 for one
    occurrence in the body, or 1, zone (0 body, 10 lead, 11 title), gamma count; where linked: number of links
    (1 bit for count 1, else gamma count - links + 1), gamma base + 1, the links as gamma + 1 for the first, gamma for
    the others.
    """
    key, document, count, zone, base, links, link = (
        getattr(postings, name).astype(np.int64)
        for name in ("key", "document", "count", "zone", "base", "links", "link")
    )
    linked = postings.linked
    first = _fresh(key)
    heads = np.flatnonzero(first)
    spread = np.diff(np.append(heads, len(key)))

    gap = np.diff(document, prepend=-1)
    gap[heads] = document[heads] + 1
    gap_code, gap_width = rice(gap - 1, np.repeat(rice_parameter(documents, spread), spread))

    plain = (count == 1) & (zone == BODY)
    zone_width = np.where(zone == BODY, 1, 2)
    zone_code = np.where(zone == BODY, 0, zone + 1)
    count_width = gamma_width(count)
    place_code = np.where(plain, 0, (1 << zone_width | zone_code) << count_width | count)
    place_width = np.where(plain, 1, 1 + zone_width + count_width)

    single = count == 1
    links_code = np.where(single, links, count - links + 1)
    links_width = np.where(linked, np.where(single, 1, gamma_width(links_code)), 0)
    base_width = np.where(linked, gamma_width(base + 1), 0)
    ends = np.cumsum(links)
    link[(ends - links)[links > 0]] += 1

    shard = key_shard(key[heads], size) - bounds[0]
    entries = np.bincount(shard, minlength=bounds[1] - bounds[0])
    key_code, key_width, parameters = _key_codes(key[heads], shard, entries, size, bounds[0])

    tokens = np.where(first, 3, 0) + 4 + links
    at = np.cumsum(tokens) - tokens
    codes = np.zeros(int(tokens.sum()), dtype=np.int64)
    widths = np.zeros(len(codes), dtype=np.int64)
    body = at + np.where(first, 3, 0)
    link_at = np.repeat(body + 4 - (ends - links), links) + np.arange(len(link))
    for places, code, width in (
        (at[heads], key_code, key_width),
        (at[heads] + 1, spread, gamma_width(spread)),
        (at[heads] + 2, linked[heads], np.where(spread > FEW, 1, 0)),
        (body, gap_code, gap_width),
        (body + 1, place_code, place_width),
        (body + 2, links_code * linked, links_width),
        (body + 3, (base + 1) * linked, base_width),
        (link_at, link, gamma_width(link)),
    ):
        codes[places] = code
        widths[places] = width

    token_ends = np.append(at[heads], len(codes))[np.append(0, np.cumsum(entries))]
    for number, (low, high) in enumerate(pairwise(token_ends)):
        header = np.array([parameters[number], entries[number] + 1])
        header_width = np.array([_PARAMETER_BITS, 2 * int(header[1]).bit_length() - 1])
        yield write_bits(np.append(header, codes[low:high]), np.append(header_width, widths[low:high])).tobytes()


def _key_codes(key: Ints, shard: Ints, entries: Ints, size: int, start: int) -> tuple[Ints, Ints, Ints]:
    """Code and width of each entry's key, and each shard's Rice parameter; `shard` counts from `start`."""
    lowest = -((-np.arange(start, start + len(entries)) << _KEY_BITS) // size)
    delta = np.diff(key, prepend=0)
    heads = _fresh(shard)
    delta[heads] = key[heads] - lowest[shard[heads]]
    parameters = rice_parameter((1 << _KEY_BITS) // size, np.maximum(entries, 1))
    return *rice(delta, parameters[shard]), parameters
