"""The index proper: in which documents each pair of characters stands, how often, and what follows on what.

A phrase of several pairs is in a document only where its pairs stand one behind the other. To know that without
the text, the occurrences of each character in a document are numbered, and each occurrence of a pair AB carries a
link: the number of the B it ends with. The occurrences of BC, counted from its base, are the numbers of the B's
they begin with; so ABC stands where a link of AB falls on an occurrence of BC, and the chain goes on from there.
Numbered in the order of what follows, the links of a pair ascend, and the numbers stay small.

Pairs lie in the order of their first character, and behind one another those that begin with the same. The numbers
begin anew in each shard, and a link says in which of the shards of B its number counts: so bases need not be told,
they are the occurrences of the pairs before in the same shard.

Where few documents come into question the page looks into their texts, so links that could only ever matter
there are left out: those from or to a pair that stands in no more than FEW documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from generator.search.bits import Ints
from generator.search.postings import BODY, FEW, LEAD, TITLE, Held, Postings, ascending, encoded, fresh

Zones = Sequence[Sequence[str]]
"""Folded texts of a document by zone: title, lead, body."""
ZONE_CODES = (TITLE, LEAD, BODY)

SHARD_ROWS = 5_500
"""Postings to a shard, which makes shards of some 9 kB: two to four to a query."""
COMMON = 1024
"""Characters that have a rank by their frequency; the others follow in the order of their codes."""
BLOCK = 1_000_000
"""Characters worked on at a time: bounds the memory, changes nothing else."""

_END = 0x0A
"""Between texts; folded texts hold none."""


@dataclass(frozen=True, slots=True)
class Grams:
    """The index as the page reads it: what it must know before it asks for a shard, and the shards."""

    alphabet: str
    """The commonest characters, most frequent first."""
    firsts: Sequence[int]
    """The lowest key of each shard: UTF-16 unit of the first character << 16 | rank of the second."""
    alone: Sequence[int]
    """The shards that hold one long list and nothing else: a link there says what follows."""
    shards: Iterator[bytes]


@dataclass(frozen=True, slots=True)
class _Block:
    """Some documents as one array of UTF-16 units, each text followed by _END."""

    units: npt.NDArray[np.uint16]
    document: npt.NDArray[np.int32]
    zone: npt.NDArray[np.int8]

    def pairs(self, rank: npt.NDArray[np.uint16]) -> tuple[Ints, Ints]:
        """Offsets at which a pair begins, and its keys."""
        inside = self.units != _END
        starts = np.flatnonzero(inside[:-1] & inside[1:])
        return starts, (self.units[starts].astype(np.int64) << 16) | rank[self.units[starts + 1]]


def gram_index(documents: Sequence[Zones], sizes: Sequence[int], files: Sequence[int]) -> Grams:
    """The index of the documents, given size and file of each (`documents.size_of`, `documents.files_of`)."""
    blocks = list(_blocks(documents))
    alphabet = _alphabet(blocks)
    rank = ranks(alphabet)
    keys, spread = _document_frequency(blocks, rank)
    titles = _title_characters(documents)
    firsts, alone = _firsts(keys, spread, titles)
    shards = _Shards.cut(firsts, rank)
    groups = max(1, sum(len(block.units) for block in blocks) // BLOCK)
    bounds = np.unique(np.arange(groups + 1) * len(firsts) // groups)
    parts: list[list[Postings]] = [[] for _ in bounds[1:]]
    linked = (_linked_postings(block, rank, keys, spread, shards) for block in blocks if len(block.pairs(rank)[0]))
    for part in (titles, *linked):
        ordered = part.by_key()
        places = np.append(np.searchsorted(ordered.key, firsts[bounds[:-1]]), len(ordered.key))
        for group, rows in zip(parts, ordered.cut(places), strict=True):
            group.append(rows)
    encoded_shards = _encoded(parts, shards, bounds, Held.of(sizes, files))
    return Grams("".join(map(chr, alphabet)), firsts.tolist(), alone.tolist(), encoded_shards)


def _encoded(parts: list[list[Postings]], shards: _Shards, bounds: Ints, held: Held) -> Iterator[bytes]:
    for group, low, high in zip(parts, bounds[:-1], bounds[1:], strict=True):
        rows = Postings.join(group).by_key()
        group.clear()
        yield from encoded(rows, shards.firsts[low:high], shards.spans, held)


@dataclass(frozen=True, slots=True)
class _Shards:
    """Where the pairs of each first character lie."""

    firsts: Ints
    """The lowest key of each shard."""
    begins: Ints
    """By character the first shard that may hold pairs of it."""
    spans: Ints
    """By rank of the character how many may."""

    @classmethod
    def cut(cls, firsts: Ints, rank: npt.NDArray[np.uint16]) -> _Shards:
        lowest = np.arange(1 << 16) << 16
        begins, ends = (
            np.maximum(np.searchsorted(firsts, keys, side="right") - 1, 0) for keys in (lowest, lowest | 0xFFFF)
        )
        spans = np.ones(1 << 16, dtype=np.int64)
        spans[rank] = ends - begins + 1
        return cls(firsts, begins, spans)

    def groups(self, keys: Ints) -> Ints:
        """Of each key the number of its shard among those of its first character."""
        found: Ints = np.searchsorted(self.firsts, keys, side="right") - 1 - self.begins[keys >> 16]
        return found


def _alphabet(blocks: Sequence[_Block]) -> Ints:
    """The commonest characters, most frequent first, none of them half of a surrogate pair."""
    frequency = sum(
        (np.bincount(block.units, minlength=1 << 16) for block in blocks), np.zeros(1 << 16, dtype=np.int64)
    )
    frequency[[0, _END]] = 0
    frequency[0xD800:0xE000] = 0
    order = np.argsort(-frequency, kind="stable")[:COMMON]
    return order[frequency[order] > 0]


def ranks(alphabet: Ints) -> npt.NDArray[np.uint16]:
    """Rank of each UTF-16 unit: 0 is kept for none, then the alphabet, then the others by code."""
    others = np.setdiff1d(np.arange(1, 1 << 16), alphabet)
    rank = np.zeros(1 << 16, dtype=np.uint16)
    rank[np.concatenate([alphabet, others])] = np.arange(1, 1 << 16)
    return rank


def _firsts(keys: Ints, spread: Ints, titles: Postings) -> tuple[Ints, Ints]:
    """Where the shards are cut, and which of them hold one list alone.

    At every SHARD_ROWS rows, by the middle of each list; the list of a pair with so many rows is alone.
    """
    single, rows = _counted(titles.key.astype(np.int64))
    every, rows = np.append(keys, single), np.append(spread, rows)
    order = np.argsort(every)
    every, rows = every[order], rows[order]
    alone = (rows >= SHARD_ROWS) & (every & 0xFFFF > 0)
    cut = fresh((np.cumsum(rows) - rows + rows // 2) // SHARD_ROWS) | alone | np.append(False, alone)[: len(alone)]
    return every[cut], np.flatnonzero(alone[cut])


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


def _document_frequency(blocks: Sequence[_Block], rank: npt.NDArray[np.uint16]) -> tuple[Ints, Ints]:
    """All keys of pairs in order, and in how many documents each stands."""
    found, spread = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for block in blocks:
        starts, keys = block.pairs(rank)
        local = block.document[starts].astype(np.int64) - int(block.document[0])
        rows = _counted(keys << 24 | local)[0] >> 24
        heads = np.flatnonzero(fresh(rows))
        found.append(rows[heads])
        spread.append(np.diff(np.append(heads, len(rows))))
    every = np.concatenate(found)
    order = ascending(every)
    heads = np.flatnonzero(fresh(every[order]))
    return every[order][heads], np.add.reduceat(np.concatenate(spread)[order], heads) if len(heads) else heads


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
        key=(rows >> 40 << 16).astype(np.uint32),
        linked=none.astype(bool),
        document=(rows & 0xFFFFFF).astype(np.int32),
        count=count.astype(np.int32),
        zone=(none + TITLE).astype(np.int8),
        links=none,
        group=none[:0].astype(np.uint16),
        link=none[:0],
    )


def _linked_postings(
    block: _Block, rank: npt.NDArray[np.uint16], keys: Ints, spread: Ints, shards: _Shards
) -> Postings:
    """The postings of a block, given in how many documents each key stands."""
    starts, key = block.pairs(rank)
    document = block.document[starts].astype(np.int64)
    place = _places(key, keys)
    frequent, group = (spread > FEW)[place], shards.groups(keys)[place]
    # By pair number: the pair that begins at the next character, if one does; -1 ends a text.
    following = np.append(np.where(np.diff(starts) == 1, np.arange(1, len(starts)), -1), -1)
    live = frequent & (following >= 0) & frequent[following]
    order = _suffix_order(block, starts, key, following, live)

    key, document, live, grouped = key[order], document[order], live[order], group[order]
    new_row = fresh(key, document)
    row = np.cumsum(new_row) - 1
    heads = np.flatnonzero(new_row)
    # The pairs in few documents are not numbered: no link leads there.
    counts: npt.NDArray[np.bool_] = frequent[order]
    numbered = fresh(key >> 16, grouped, document)
    before: Ints = np.cumsum(counts) - counts
    number: Ints = before - before[np.flatnonzero(numbered)][np.cumsum(numbered) - 1]
    by_pair = np.empty(len(number), dtype=np.int64)
    by_pair[order] = number

    target = following[order[live]]
    link, link_row, link_group = by_pair[target], row[live], group[target]
    link[1:] -= np.where((np.diff(link_row) == 0) & (np.diff(link_group) == 0), link[:-1] + 1, 0)
    return Postings(
        key=key[heads].astype(np.uint32),
        linked=frequent[order[heads]],
        document=document[heads].astype(np.int32),
        count=np.diff(np.append(heads, len(key))).astype(np.int32),
        zone=np.maximum.reduceat(block.zone[starts[order]], heads),
        links=np.bincount(link_row, minlength=len(heads)).astype(np.int32),
        group=link_group.astype(np.uint16),
        link=link.astype(np.int32),
    )


def _places(key: Ints, keys: Ints) -> Ints:
    """Where each key stands among all `keys`, which are sorted; every distinct key is looked up once."""
    order = ascending(key)
    ordered = key[order]
    heads = fresh(ordered)
    places = np.empty_like(order)
    places[order] = np.searchsorted(keys, ordered[heads])[np.cumsum(heads) - 1]
    return places


def _suffix_order(block: _Block, starts: Ints, key: Ints, following: Ints, live: npt.NDArray[np.bool_]) -> Ints:
    """Pair numbers by document and key, linked ones first, then by what follows.

    Prefix doubling: every round sorts what is still equal by the ranks of what comes 1, 2, 4 … pairs later. A pair
    without a link is equal to no other: nothing is asked of what follows it.
    """
    local = block.document[starts].astype(np.int64) - int(block.document[0])
    sortable = local << 33 | key << 1 | ~live
    order = ascending(sortable)
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
