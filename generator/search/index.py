"""The search index: static files from which the search page finds every substring exactly."""

from __future__ import annotations

import gzip
import hashlib
import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from types import MappingProxyType

from generator.model import Article, SiteFile
from generator.search.adaptive import numbers
from generator.search.codebook import CODEBOOK
from generator.search.documents import Document, files_of, in_order, size_of, table
from generator.search.grams import gram_index

FOLDER = "search"
SMALL_LIMIT = 1000
"""Below this many articles one file with all texts answers every query."""
CARDS_PER_FILE = 256
"""Articles whose lines of the CSV share a file."""
NAME_LIMIT = 2000
"""Authors in the suggestions: some 10 kB."""
NO_OTHER_FORMS: Mapping[str, Sequence[str]] = MappingProxyType({})


def index(
    articles: Sequence[Article],
    other_forms: Mapping[str, Sequence[str]] = NO_OTHER_FORMS,
    *,
    small_limit: int = SMALL_LIMIT,
) -> Iterator[SiteFile]:
    """The files under docs/search/: data for the search page, and the page itself last.

    `other_forms` maps an article's id to texts under which it is to be found as well (what stood there before a
    correction). Same articles in any order, same bytes.
    """
    documents = in_order(Document(a, tuple(other_forms.get(a.id, ()))) for a in articles)
    small = len(documents) < small_limit
    table_data, files = (b"", _small(documents)) if small else _sharded(documents)
    version = hashlib.sha256(table_data)
    for file in files:
        version.update(hashlib.sha256(file.path.encode() + file.content).digest())
        yield file
    told = (
        FIRST_DATA.format(version=version.hexdigest()[:10]) if small else TABLE.format(b64encode(table_data).decode())
    )
    page = PAGE.format(count=len(documents), version=version.hexdigest()[:10], told=told)
    yield SiteFile(f"{FOLDER}/index.md", page.encode())


def packed(value: object) -> bytes:
    """JSON, gzipped: hosts do not compress .bin files, so their size on the wire is ours on every host."""
    return gzip.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), 9, mtime=0)


def author_names(documents: Sequence[Document]) -> list[list[str | int]]:
    """Authors and how many articles each has, most first, for suggestions."""
    counts = Counter(name for d in documents for name in {credit.name for credit in d.article.credits if credit.name})
    return [[name, count] for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:NAME_LIMIT]]


def _small(documents: Sequence[Document]) -> Iterator[SiteFile]:
    yield SiteFile(f"{FOLDER}/all.bin", packed({"table": table(documents), "records": [d.record() for d in documents]}))
    yield SiteFile(f"{FOLDER}/names.bin", packed(author_names(documents)))


def _sharded(documents: Sequence[Document]) -> tuple[bytes, Iterator[SiteFile]]:
    """The table, which the page brings along, and the files."""
    files = files_of(documents)
    index = gram_index([d.folded_zones() for d in documents], [size_of(d) for d in documents], files)
    shards = list(index.shards)
    key = {
        "alphabet": index.alphabet,
        "shards": numbers(_gains(index.firsts)),
        "alone": numbers([second - first for first, second in pairwise([0, *index.alone])]),
        "kilobytes": numbers([len(shards[number]) // 1000 for number in index.alone]),
        "counts": [len(shards), len(index.alone)],
        "codes": CODEBOOK,
    }
    return packed(table(documents) | {"grams": key}), _shard_files(documents, files, shards)


def _shard_files(documents: Sequence[Document], files: Sequence[int], shards: Sequence[bytes]) -> Iterator[SiteFile]:
    yield SiteFile(f"{FOLDER}/names.bin", packed(author_names(documents)))
    for file, held in groupby(zip(files, documents, strict=True), lambda pair: pair[0]):
        yield SiteFile(f"{FOLDER}/texts/{file}.bin", packed([document.record() for _, document in held]))
    for number, start in enumerate(range(0, len(documents), CARDS_PER_FILE)):
        part = documents[start : start + CARDS_PER_FILE]
        yield SiteFile(f"{FOLDER}/cards/{number}.bin", packed([document.card() for document in part]))
    for number, content in enumerate(shards):
        yield SiteFile(f"{FOLDER}/grams/{number}.bin", content)


def _gains(keys: Sequence[int]) -> list[int]:
    """From key to key how much the first character gains, then the rank; all of the rank behind another character."""
    gains = []
    for before, key in pairwise([0, *keys]):
        same = key >> 16 == before >> 16
        gains += [(key >> 16) - (before >> 16), (key & 0xFFFF) - (before & 0xFFFF if same else 0)]
    return gains


FIRST_DATA = "first_data: all.bin?v={version}"
TABLE = "table: {}"
"""Every search needs the table: the page brings it along and saves a request."""
PAGE = """\
---
template: search.html
{told}
---
<div class="pn-search" data-search="loading" data-count="{count}" data-version="{version}"></div>
"""
"""The theme has the words."""
