"""The files of the index: which there are, what they hold, and that they depend on the articles alone."""

from __future__ import annotations

import gzip
import json
import random
from base64 import b64decode
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate, pairwise
from typing import Any

import pytest

from generator.model import Article, PartialDate, Precision, SiteFile
from generator.search.documents import Document, files_of, in_order, last_day, length_of, table
from generator.search.folding import fold_text
from generator.search.index import CARDS_PER_FILE, index
from generator.search.postings import Held
from tests.search.adaptive_reader import read_numbers, read_rows
from tests.search.grep import facet_counts, texts
from tests.search.newsroom import articles
from tests.search.reader import Index


def unpacked(file: SiteFile) -> object:
    return json.loads(gzip.decompress(file.content))


def read_index(files: Sequence[SiteFile]) -> Index:
    """The sharded index among the files."""
    content: Any = told_table(files)
    lengths = [length for length, count in content["lengths"] for _ in range(count)]
    sizes = [min(max(length // 2 - 14, 0), 11) for length in lengths]
    shards = [file.content for file in files if file.path.startswith("search/grams/")]
    held = [len(list(unpacked(file))) for file in files if "/texts/" in file.path]  # type: ignore[call-overload]
    numbers = [number for number, size in enumerate(held) for _ in range(size)]
    return Index(content["grams"]["alphabet"], firsts_of(content["grams"]), shards, Held.of(sizes, numbers))


def told_table(files: Sequence[SiteFile]) -> Any:
    """The table that the page brings along."""
    page = next(file.content.decode() for file in files if file.path == "search/index.md")
    line = next(line for line in page.splitlines() if line.startswith("table: "))
    return json.loads(gzip.decompress(b64decode(line.removeprefix("table: "))))


def firsts_of(content: dict[str, Any]) -> list[int]:
    """The lowest key of each shard."""
    gains = read_numbers(content["shards"], 2 * content["counts"][0])
    firsts, char, rank = [], 0, 0
    for other, more in zip(gains[::2], gains[1::2], strict=True):
        char, rank = char + other, more if other else rank + more
        firsts.append(char << 16 | rank)
    return firsts


def numbered(held: Sequence[Article]) -> list[Article]:
    """The articles in the order of their numbers."""
    return [document.article for document in in_order(map(Document, held))]


def test_small_archive_is_one_file() -> None:
    held = articles(20)
    files = {file.path: file for file in index(held)}
    assert set(files) == {"search/all.bin", "search/names.bin", "search/index.md"}
    content = unpacked(files["search/all.bin"])
    assert b"first_data: all.bin?v=" in files["search/index.md"].content
    assert isinstance(content, dict)
    assert [record[0] for record in content["records"]] == [article.id for article in numbered(held)]


@pytest.mark.parametrize("limit", [0, 1000])
def test_same_articles_same_bytes(limit: int) -> None:
    held = articles(60)
    shuffled = random.Random(1).sample(held, len(held))  # noqa: S311
    first, second = list(index(held, small_limit=limit)), list(index(shuffled, small_limit=limit))
    assert [(f.path, f.content) for f in first] == [(f.path, f.content) for f in second]


def test_version_follows_the_content() -> None:
    held = articles(20)
    changed = [replace(held[0], date=PartialDate("1999-01-01", Precision.DAY)), *held[1:]]
    assert list(index(held))[-1].content != list(index(changed))[-1].content


def test_sharded_archive_holds_every_pair() -> None:
    held = articles(120)
    files = list(index(held, small_limit=0))
    shards = [file.content for file in files if file.path.startswith("search/grams/")]
    assert [f.path for f in files if "/grams/" in f.path] == [f"search/grams/{n}.bin" for n in range(len(shards))]
    read = read_index(files)
    for number, article in enumerate(numbered(held)):
        for text in texts(article):
            for first, second in pairwise(text):
                assert number in read.rows(first, second), (article.id, first + second)
    records = [row for f in files if "/texts/" in f.path for row in list(unpacked(f))]  # type: ignore[call-overload]
    assert [row[0] for row in records] == [article.id for article in numbered(held)]
    assert sum("/cards/" in f.path for f in files) == -(-len(held) // CARDS_PER_FILE)


def test_columns_count_as_the_articles_do() -> None:
    held = numbered(articles(80))
    content = table([Document(article) for article in held])
    counts = facet_counts(held)
    for name, facet in content["facets"].items():  # type: ignore[attr-defined]
        rows = read_rows(facet["column"], len(held), len(facet["values"]))
        found = {v: sum(n in row for row in rows) for n, v in enumerate(facet["values"])}
        assert found == counts[name]
        assert list(found.values()) == sorted(found.values(), reverse=True)


def test_long_texts_have_files_of_their_own() -> None:
    long = articles(1)[0].paragraphs * 40
    held = [replace(a, paragraphs=long) if n % 3 == 0 else a for n, a in enumerate(articles(11))]
    documents = in_order(map(Document, held))
    files = files_of(documents)
    assert files == sorted(files)
    texts = {file: [d.article.paragraphs for d, n in zip(documents, files, strict=True) if n == file] for file in files}
    assert sorted(map(len, texts.values())) == [1, 1, 1, 1, 1, 2, 2, 2]
    assert all(len(shared) == 1 for shared in texts.values() if long in shared)


def test_table_tells_lengths_and_days() -> None:
    documents = in_order(map(Document, articles(200)))
    content: Any = table(documents)
    at, told = 0, []
    gains = read_numbers(content["days"], content["count"])
    for length, count in content["lengths"]:
        steps = accumulate(gains[at : at + count])
        told += [(length, *content["windows"][number]) for number in steps]
        at += count
    assert [length for length, _, _ in told] == sorted(map(length_of, documents))
    for document, (length, day, span) in zip(documents, told, strict=True):
        first = document.article.date.earliest
        assert length == length_of(document)
        assert day == (None if first is None else (first - date(1970, 1, 1)).days)
        assert span == (0 if first is None else (last_day(document.article) - first).days)


@pytest.mark.parametrize(
    ("value", "precision", "last"),
    [
        ("2020-08-31", Precision.DAY, date(2020, 8, 31)),
        ("2020-02", Precision.MONTH, date(2020, 2, 29)),
        ("2020-12", Precision.MONTH, date(2020, 12, 31)),
        ("2020", Precision.YEAR, date(2020, 12, 31)),
        ("2020-08-26/2020-09-10", Precision.WINDOW, date(2020, 9, 10)),
        ("", Precision.UNKNOWN, date.min),
    ],
)
def test_last_day(value: str, precision: Precision, last: date) -> None:
    assert last_day(replace(articles(1)[0], date=PartialDate(value, precision))) == last


def test_other_forms_are_indexed() -> None:
    held = articles(12)
    forms = {held[3].id: ["錯字更正前的样子"]}
    read = read_index(list(index(held, forms, small_limit=0)))
    documents = in_order(Document(article, tuple(forms.get(article.id, ()))) for article in held)
    number = next(at for at, document in enumerate(documents) if document.article == held[3])
    # In so few documents the index names the file of texts.
    files = files_of(documents)
    assert {files[found] for found in read.match(fold_text("错字更正"))} == {files[number]}


def test_empty_archive() -> None:
    assert [file.path for file in index([])] == ["search/all.bin", "search/names.bin", "search/index.md"]
    assert list(index([], small_limit=0))
