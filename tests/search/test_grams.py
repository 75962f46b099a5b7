"""Laws of the index: read back, it says of every passage what the texts say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search import grams
from generator.search.bits import gamma, steps, write_bits
from generator.search.postings import Held
from tests.search.reader import Bits, Index, step_of

TEXTS = st.lists(st.text("区园产ab，", min_size=0, max_size=14), min_size=0, max_size=3)
DOCUMENTS = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=24)
"""Few characters in many documents: the same pairs over and over, in every order."""


def sizes_of(documents: Sequence[grams.Zones]) -> list[int]:
    """Sizes that have nothing to do with the texts: whatever they are, the index says the same."""
    return [number * 5 % 12 for number in range(len(documents))]


def files_of(documents: Sequence[grams.Zones]) -> list[int]:
    """Two documents to a file, now and then one."""
    return [number * 3 // 5 for number in range(len(documents))]


def made(documents: Sequence[grams.Zones]) -> grams.Grams:
    return grams.gram_index(documents, sizes_of(documents), files_of(documents))


def read(documents: Sequence[grams.Zones]) -> Index:
    index = made(documents)
    held = Held.of(sizes_of(documents), files_of(documents))
    return Index(index.alphabet, list(index.firsts), list(index.shards), held)


def occurrences(documents: Sequence[tuple[list[str], ...]], term: str) -> dict[int, int]:
    counts = {}
    for number, zones in enumerate(documents):
        texts = [text for zone in zones for text in zone]
        count = sum(text.startswith(term, at) for text in texts for at in range(len(text)))
        if count:
            counts[number] = count
    return counts


def passages(documents: list[tuple[list[str], ...]]) -> set[str]:
    """Every substring of two characters or more, each also with its last character changed."""
    texts = {text for zones in documents for zone in zones for text in zone}
    found = {text[a:b] for text in texts for a in range(len(text)) for b in range(a + 2, len(text) + 1)}
    return found | {passage[:-1] + other for passage in found if len(passage) < 6 for other in "区a，"}


@settings(deadline=None, max_examples=120)
@given(DOCUMENTS)
def test_index_tells_what_texts_tell(documents: list[tuple[list[str], ...]]) -> None:
    index = read(documents)
    for term in passages(documents):
        expected, found = occurrences(documents, term), index.match(term)
        if isinstance(found, dict):
            assert found == expected, term
        else:
            assert set(expected) <= found, term


@settings(deadline=None, max_examples=60)
@given(DOCUMENTS)
def test_zones_and_titles(documents: list[tuple[list[str], ...]]) -> None:
    index = read(documents)
    for char in "区园产ab，":
        held = {n: sum(text.count(char) for text in zones[0]) for n, zones in enumerate(documents)}
        assert {n: row.count for n, row in index.rows(char).items()} == {n: c for n, c in held.items() if c}
    for number, zones in enumerate(documents):
        for pair in ("园区", "ab", "aa"):
            best = next((2 - at for at, zone in enumerate(zones) if any(pair in text for text in zone)), None)
            rows = index.rows(*pair)
            if all(row.count for row in rows.values()):
                assert (rows[number].zone if number in rows else None) == best
            elif best is not None:
                assert number in rows


@pytest.mark.parametrize("block", [40, 200])
def test_blocks_and_shards_change_nothing(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut into many blocks, groups and shards, the index says the same."""
    dice = np.random.default_rng(4)
    documents = [
        tuple(["".join(dice.choice(list("园区产业发展ab"), 12)) for _ in range(2)] for _ in range(3)) for _ in range(60)
    ]
    whole = read(documents)
    monkeypatch.setattr(grams, "BLOCK", block)
    monkeypatch.setattr(grams, "SHARD_ROWS", 50)
    assert len(made(documents).firsts) > 20
    cut = read(documents)
    assert cut.entries.keys() == whole.entries.keys()
    for term in ("园区", "产业", "发展a", "ab园", "区产业", "展展"):
        assert cut.match(term) == whole.match(term)
        assert whole.match(term)


def test_a_list_that_is_alone_is_what_its_links_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a shard that is told to hold one list nothing else stands, and all that is linked to it is followed by it."""
    monkeypatch.setattr(grams, "SHARD_ROWS", 12)
    dice = np.random.default_rng(6)
    texts = ["".join(dice.choice(list("园区产业ab，。"), 14)) for _ in range(90)]
    documents: list[tuple[list[str], ...]] = [([text], [], []) for text in texts]
    index, told = read(documents), made(documents)
    assert len(told.alone) > 5
    for shard in told.alone:
        key, following = [*told.firsts, 1 << 32][shard : shard + 2]
        assert [other for other in index.entries if key <= other < following] == [key]
        char, group = chr(key >> 16), next(iter(index.entries[key].values())).group
        second = next(b for b in "园区产业ab，。" if index.rank(b) == key & 0xFFFF)
        for first in "园区产业ab，。":
            rows = index.rows(first, char)
            counts = {n: sum(reached == group for reached, _ in row.links) for n, row in rows.items()}
            found = {n: count for n, count in counts.items() if count}
            if all(row.count for row in rows.values()):
                assert found == occurrences(documents, first + char + second)


def test_same_texts_same_bytes() -> None:
    documents = [[["园区新闻"], ["产业园区的发展。"], ["新的发展，新的园区。"]]] * 9
    first, second = (made(documents) for _ in range(2))
    assert first.firsts == second.firsts
    assert list(first.shards) == list(second.shards)


@given(st.lists(st.integers(1, 2**40), min_size=1))
def test_codes_read_back(values: list[int]) -> None:
    read = Bits(write_bits(*gamma(np.array(values))).tobytes())
    assert [read.gamma() for _ in values] == values


@given(st.integers(0, 2**40))
def test_both_reckon_the_same_step(value: int) -> None:
    assert steps(np.array([value]))[0][0] == step_of(value)


@pytest.mark.parametrize("text", ["", "园", "\U00020000\U00020001", "ab" * 3000])
def test_odd_texts(text: str) -> None:
    documents = [[[text], [], ["园区"]]] * 7
    found = read(documents).match("园区")
    assert isinstance(found, dict)
    assert len(found) == 7
