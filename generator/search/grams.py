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

import numpy as np
import numpy.typing as npt

from generator.search.bits import Ints
from generator.search.postings import BODY, FEW, LEAD, TITLE, Postings, encoded, fresh, key_shard, mixed_key

Zones = Sequence[Sequence[str]]
"""Folded texts of a document by zone: title, lead, body."""
ZONE_CODES = (TITLE, LEAD, BODY)

SHARD_CHARACTERS = 4_000
"""Characters of text to a shard, which makes shards of some 6 kB: three to a query, and the files not too many."""
BLOCK = 1_000_000
"""Characters worked on at a time: bounds the memory, changes nothing else."""

_END = 0x0A
"""Between texts; folded texts hold none."""


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
        yield from encoded(Postings.join(group).by_key(), len(documents), size, bounds[number : number + 2])
        group.clear()


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
    heads = np.flatnonzero(fresh(ordered))
    return ordered[heads], np.diff(np.append(heads, len(ordered)))


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
    new_row = fresh(key, document)
    row = np.cumsum(new_row) - 1
    heads = np.flatnonzero(new_row)
    # Only rows that some link leads to take part in the numbering.
    entered = np.zeros(len(starts), dtype=bool)
    entered[following[order[live]]] = True
    counted = np.logical_or.reduceat(entered[order], heads)[row]
    new_character = fresh(key >> 16, document)
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
    heads = fresh(ordered)
    places = np.empty_like(order)
    places[order] = np.searchsorted(keys, ordered[heads])[np.cumsum(heads) - 1]
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
    differs = fresh(sortable[order]) | ~live[order]
    rank = np.empty_like(order)
    rank[order] = np.maximum.accumulate(np.where(differs, np.arange(len(order)), 0))
    ahead = following
    tied = _tied(differs)
    while len(tied):
        pairs = order[tied]
        tail = rank[ahead[pairs]]
        group = rank[pairs]
        within = np.lexsort((tail, group))
        pairs, group, tail = pairs[within], group[within], tail[within]
        order[tied] = pairs
        differs = fresh(group, tail)
        rank[pairs] = np.maximum.accumulate(np.where(differs, tied, 0))
        ahead = ahead[ahead]
        tied = tied[_tied(differs)]
    return order


def _tied(differs: npt.NDArray[np.bool_]) -> Ints:
    """Places of sorted items that equal a neighbour, given which differ from the one before."""
    alone = differs & np.append(differs[1:], True)
    return np.flatnonzero(~alone)
