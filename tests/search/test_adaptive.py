"""Laws of the adaptive codes: whatever is written is read again, and what comes often takes little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.search.adaptive import PAIRED, numbers, rows
from tests.search.adaptive_reader import read_numbers, read_rows


@settings(deadline=None)
@given(st.lists(st.integers(0, 2**31 - 1) | st.integers(0, 3), max_size=60))
def test_numbers_read_back(values: list[int]) -> None:
    assert read_numbers(numbers(values), len(values)) == values


@settings(deadline=None)
@given(st.sampled_from([1, 2, PAIRED, PAIRED + 1, 3000]).flatmap(lambda size: st.tuples(st.just(size), held(size))))
def test_rows_read_back(sized: tuple[int, list[list[int]]]) -> None:
    size, values = sized
    assert read_rows(rows(values, size), len(values), size) == values


def held(size: int) -> st.SearchStrategy[list[list[int]]]:
    return st.lists(st.lists(st.integers(0, size - 1), max_size=6), max_size=30)


@pytest.mark.parametrize("size", [3, 70_000])
def test_long_texts_read_back(size: int) -> None:
    """Counts are halved on the way, and carries run through many bytes."""
    dice = np.random.default_rng(8)
    values = [[int(value)] for value in np.minimum(dice.geometric(0.8, 9000) - 1, size - 1)][
        : 9000 if size < 10 else 40
    ]
    assert read_rows(rows(values, size), len(values), size) == values


def test_what_comes_often_takes_little() -> None:
    dice = np.random.default_rng(3)
    rare = [[int(value)] for value in dice.random(8000) < 0.02]
    # An ideal code takes .14 bits for each of them; base64 has six bits to a character.
    assert len(rows(rare, 2)) * 6 < 8000 * 0.18
