"""Folding: its cases, its laws, and the table of variants."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.search.folding import fold_text
from generator.variants import SIMPLIFIED, TRADITIONAL
from tests.search.make_variants import BROWSER_TABLE, PYTHON_TABLE, browser_table, derive, python_table

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/search/fold.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_case(case: dict[str, str]) -> None:
    assert fold_text(case["text"]) == case["folded"]


@given(st.text("园區 Ａa1-“\u3000，㎡…", max_size=20))
def test_twice_is_once(text: str) -> None:
    assert fold_text(fold_text(text)) == fold_text(text)


@given(st.text("园區Ａa1，", max_size=12), st.integers(0, 12), st.integers(0, 12))
def test_a_passage_of_a_text_is_a_passage_of_its_folded_text(text: str, start: int, end: int) -> None:
    assert fold_text(text[start:end]) in fold_text(text)


def test_table_is_what_opencc_gives() -> None:
    assert derive() == (TRADITIONAL, SIMPLIFIED), "run python -m tests.search.make_variants"
    assert PYTHON_TABLE.read_text(encoding="utf-8") == python_table()
    assert BROWSER_TABLE.read_text(encoding="utf-8") == browser_table()


def test_no_variant_is_itself_simplified() -> None:
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
