"""Postings, and the bits in which a shard holds them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from generator.search.bits import Ints, gamma_width, rice, rice_parameter, write_bits

Rows = npt.NDArray[np.integer]
"""An array that waits for its turn, in the smallest type that will do."""
Codes = tuple[Ints, Ints]
"""Codes and their widths in bits; a width of 0 leaves the code out."""

TITLE, LEAD, BODY = 2, 1, 0
"""Codes of the zones, better ones higher; `records.js` has the same."""
FEW = 4
"""The page verifies up to so many candidates in their texts; `grams.js` has the same."""

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


def encoded(postings: Postings, documents: int, size: int, bounds: Ints) -> Iterator[bytes]:
    """The shards from bounds[0] to before bounds[1] out of `size`, given all their rows sorted by key and document.

    A shard is: 5 bits Rice parameter of its keys, gamma number of entries + 1, the entries by key. An entry:
    Rice key less the one before (the first: less the shard's lowest key), gamma number of documents, 1 bit `linked`
    where they are more than FEW, its postings. A posting: Rice document less the one before, less 1; then 0 for one
    occurrence in the body, or 1, zone (0 body, 10 lead, 11 title), gamma count; where linked: number of links
    (1 bit for count 1, else gamma count - links + 1), gamma base + 1, the links as gamma + 1 for the first, gamma for
    the others.
    """
    first = fresh(postings.key)
    heads = np.flatnonzero(first)
    key = postings.key[heads].astype(np.int64)
    spread = np.diff(np.append(heads, len(first)))
    shard = key_shard(key, size) - bounds[0]
    entries = np.bincount(shard, minlength=bounds[1] - bounds[0])
    lowest = -((-np.arange(bounds[0], bounds[1]) << _KEY_BITS) // size)
    parameters = rice_parameter((1 << _KEY_BITS) // size, np.maximum(entries, 1))

    entry_codes = (
        rice(_gaps(key, fresh(shard), lowest[shard]), parameters[shard]),
        (spread, gamma_width(spread)),
        (postings.linked[heads].astype(np.int64), (spread > FEW).astype(np.int64)),
    )
    document = postings.document.astype(np.int64)
    row_codes = (
        rice(_gaps(document, first, 0) - ~first, np.repeat(rice_parameter(documents, spread), spread)),
        _place_codes(postings),
        *_link_codes(postings),
    )
    links = postings.links.astype(np.int64)
    link = postings.link.astype(np.int64)
    link[(np.cumsum(links) - links)[links > 0]] += 1

    row_size = len(entry_codes) * first + len(row_codes) + links
    at = np.cumsum(row_size) - row_size
    rest = at + len(entry_codes) * first
    codes = np.zeros(int(row_size.sum()), dtype=np.int64)
    widths = np.zeros(len(codes), dtype=np.int64)
    for places, columns in ((at[heads], entry_codes), (rest, row_codes)):
        for number, (code, width) in enumerate(columns):
            codes[places + number], widths[places + number] = code, width
    behind = np.repeat(rest + len(row_codes) - (np.cumsum(links) - links), links) + np.arange(len(link))
    codes[behind], widths[behind] = link, gamma_width(link)

    ends = np.append(at[heads], len(codes))[np.append(0, np.cumsum(entries))]
    for number, (low, high) in enumerate(pairwise(ends)):
        header = np.array([parameters[number], entries[number] + 1])
        header_width = np.append(_PARAMETER_BITS, gamma_width(header[1:]))
        yield write_bits(np.append(header, codes[low:high]), np.append(header_width, widths[low:high])).tobytes()


def _gaps(values: Ints, first: npt.NDArray[np.bool_], low: Ints | int) -> Ints:
    """Each value less the one before; where it is the first of its run, less `low`."""
    return np.where(first, values - low, np.diff(values, prepend=0))


def _place_codes(postings: Postings) -> Codes:
    """How often and where in its document a pair stands: mostly once in the body, which takes one bit."""
    count, zone = postings.count.astype(np.int64), postings.zone.astype(np.int64)
    plain = (count == 1) & (zone == BODY)
    zone_code, zone_width = np.where(zone == BODY, 0, zone + 1), np.where(zone == BODY, 1, 2)
    width = gamma_width(count)
    code = (1 << zone_width | zone_code) << width | count
    return np.where(plain, 0, code), np.where(plain, 1, 1 + zone_width + width)


def _link_codes(postings: Postings) -> tuple[Codes, Codes]:
    """Number of links, and base; nothing where the pair is not linked."""
    count, links, base = (getattr(postings, name).astype(np.int64) for name in ("count", "links", "base"))
    single = count == 1
    code = np.where(single, links, count - links + 1)
    width = np.where(single, 1, gamma_width(code))
    return (code * postings.linked, width * postings.linked), (
        (base + 1) * postings.linked,
        gamma_width(base + 1) * postings.linked,
    )


def mixed_key(key: Ints) -> npt.NDArray[np.uint32]:
    """The key scrambled one to one, so that shards, which hold a range of keys each, are of equal size."""
    mixed = key.astype(np.uint32)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        mixed = (mixed ^ (mixed >> np.uint32(shift))) * np.uint32(factor)
    return mixed ^ (mixed >> np.uint32(16))


def key_shard(mixed: Ints, size: int) -> Ints:
    """Number of the shard, out of `size`, that holds a mixed key."""
    return (mixed * size) >> _KEY_BITS


def fresh(*columns: npt.NDArray[np.integer]) -> npt.NDArray[np.bool_]:
    """True for each row of the columns that differs from the row before; the first always does."""
    changed = np.logical_or.reduce([np.diff(column) != 0 for column in columns])
    return np.append(True, changed)[: len(columns[0])]
