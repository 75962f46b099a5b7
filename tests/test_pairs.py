"""Pairs of characters: those that are found are those that a reader would cut from the text, and none is mistaken."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from generator.pages.vocabulary import NOT_WORDS
from generator.pairs import codes_of, pairs_in, places_of

texts = st.lists(st.text(alphabet="园区a9Z，。 \n🙂𠀀\uffffé", max_size=12) | st.text(max_size=12), max_size=5)


@given(texts)
def test_pairs_are_those_within_runs_of_words(bodies: list[str]) -> None:
    runs = [(t, run) for t, text in enumerate(bodies) for run in NOT_WORDS.split(text)]
    pairs = [(t, run[k : k + 2]) for t, run in runs for k in range(len(run) - 1)]
    codes, text = pairs_in(bodies)
    assert text.tolist() == [t for t, _ in pairs]
    assert codes.tolist() == codes_of("".join(p[0] for _, p in pairs), "".join(p[1] for _, p in pairs)).tolist()


def test_unknown_pairs_have_the_place_behind_the_last() -> None:
    table = codes_of("一园园", "二区林")
    asked = codes_of("园一一鿿", "林二一鿿")
    assert places_of(asked, table).tolist() == [2, 0, 3, 3]
    assert places_of(asked, table[:0]).tolist() == [0, 0, 0, 0]
    assert places_of(np.zeros(0, dtype=np.uint32), table).tolist() == []
