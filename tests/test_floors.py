"""Scores of separation that may not fall, on the bench beside the repository; raise a floor when a score has risen.

The floors of our own samples are in test_samples.py.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from generator.articles.credit import credit
from generator.articles.record import page_record
from tests.ledger import faults
from tests.pages.made_up import split_of

ROOT = Path(__file__).resolve().parents[1]
BENCH = ROOT.parent / "shared" / "bench"

LEAST: dict[str, dict[str, float]] = {
    "gold/seeds": {"WHOLE": 1.0, "WHOLE_interleaved": 1.0, "byline_F1": 1.0, "para": 0.985, "body_F1": 0.985},
    "dev/easy": {"WHOLE": 0.968, "byline_F1": 0.980, "para": 0.956, "body_F1": 0.984},
    "dev/medium": {"WHOLE": 0.927, "WHOLE_interleaved": 0.79, "byline_F1": 0.966, "para": 0.940, "body_F1": 0.979},
    "dev/hard": {"WHOLE": 0.841, "WHOLE_interleaved": 0.728, "byline_F1": 0.934, "para": 0.914, "body_F1": 0.966},
}
"""Floors by set and figure of score.py, about .015 below what was reached."""
MOST: dict[str, dict[str, float]] = {
    "gold/seeds": {"count_err": 0.0, "capt_leak": 0.0},
    "dev/easy": {"count_err": 0.06, "capt_leak": 0.015},
    "dev/medium": {"count_err": 0.15, "capt_leak": 0.015},
    "dev/hard": {"count_err": 0.25, "capt_leak": 0.015},
}
"""Ceilings likewise."""


@cache
def bench() -> ModuleType:
    """The scorer beside the repository; skips the test where it is not there."""
    path = BENCH / "score.py"
    if not path.is_file():
        pytest.skip("../shared/bench is not beside the repository: nothing to score against")
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def exports(folder: str) -> dict[str, tuple[dict[str, Any], str, dict[str, Any]]]:
    """Gold, text and export of each page of a set, by the page's name."""
    found = {}
    for name, gold in bench().load(str(BENCH / folder)).items():
        text = bench().text_of(gold)
        split = credit(split_of(text))
        found[name] = (gold, text, json.loads(json.dumps(page_record(split), ensure_ascii=False)))
    return found


@cache
def scores(folder: str) -> dict[str, float]:
    """The figures of score.py for a set."""
    pages = exports(folder)
    gold = {name: page[0] for name, page in pages.items()}
    results = bench().evaluate(gold, {name: page[2] for name, page in pages.items()})
    summary: dict[str, float] = bench().summary(results)
    return summary


@pytest.mark.parametrize("folder", LEAST)
def test_scores_do_not_fall(folder: str) -> None:
    reached = scores(folder)
    low = {name: round(reached[name], 3) for name, least in LEAST[folder].items() if reached[name] < least}
    high = {name: round(reached[name], 3) for name, most in MOST[folder].items() if reached[name] > most}
    assert (low, high) == ({}, {})


@pytest.mark.parametrize("folder", LEAST)
def test_nothing_is_lost_or_doubled_on_the_bench(folder: str) -> None:
    assert {name: found for name, (_, text, export) in exports(folder).items() if (found := faults(text, export))} == {}


def test_the_repository_holds_no_sentence_of_the_bench() -> None:
    if not (BENCH / "copied.py").is_file():
        pytest.skip("../shared/bench is not beside the repository: nothing to compare with")
    if not (ROOT / ".git").exists():
        pytest.skip("not a git clone: which files are the project's is not known")
    done = subprocess.run([sys.executable, BENCH / "copied.py", ROOT], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
