"""The scorer and the pages of ../shared/bench, where that is beside the repository, and our separation of its pages."""

from __future__ import annotations

import importlib.util
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from generator.articles.credit import credit
from generator.articles.record import page_record
from tests.pages.made_up import split_of

BENCH = Path(__file__).resolve().parents[3] / "shared" / "bench"
Record = dict[str, Any]
Pages = dict[str, tuple[Record, str, Record]]
"""Gold, text and export of each page, by the page's name."""


@cache
def scorer() -> ModuleType | None:
    """score.py as a module; None where it is not there."""
    path = BENCH / "score.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("score", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def export_of(text: str) -> Record:
    """The export of a page, separated and its authors read, without tags."""
    record: Record = json.loads(json.dumps(page_record(credit(split_of(text))), ensure_ascii=False))
    return record


def separated(score: ModuleType, folder: Path) -> Pages:
    """The pages of a folder with gold, taken apart."""
    found: Pages = {}
    for name, gold in score.load(str(folder)).items():
        text = score.text_of(gold)
        found[name] = (gold, text, export_of(text))
    return found


def figures(score: ModuleType, pages: Pages) -> dict[str, float]:
    """The figures of score.py: WHOLE, byline_F1, para and the rest."""
    gold = {name: page[0] for name, page in pages.items()}
    summary: dict[str, float] = score.summary(score.evaluate(gold, {name: page[2] for name, page in pages.items()}))
    return summary


def verdicts(score: ModuleType, pages: Pages) -> Iterator[tuple[float, bool]]:
    """Confidence of each exported article, and whether score.py calls it WHOLE; photo-only items aside."""
    for gold, text, export in pages.values():
        for article, whole in zip(export["articles"], judged(score, gold, text, export), strict=True):
            if whole is not None:
                yield article["confidence"], whole


def judged(score: ModuleType, gold: Record, text: str, export: Record) -> list[bool | None]:
    """For each exported article of a page whether score.py calls it WHOLE, None for photo-only items.

    An article that matches none of the gold is not whole.
    """
    required = [i for i, article in enumerate(gold["articles"]) if not article.get("photo_item")]
    rows = score.score_page(gold, export, "page", text)["rows"]
    whole = {i: bool(row["whole"]) for i, row in zip(required, rows, strict=True)}
    matched = {j: i for i, j in _matches(score, gold, export).items()}
    return [
        whole[matched[j]]
        if matched.get(j, -1) in whole
        else False
        if j not in matched and article["kind"] != "photo"
        else None
        for j, article in enumerate(export["articles"])
    ]


def _matches(score: ModuleType, gold: Record, export: Record) -> Mapping[int, int]:
    """Gold article to exported article as score_page pairs them, which does not tell."""
    wanted = []
    for article in gold["articles"]:
        text = "".join(paragraph for paragraph, _ in score.gold_paras(article, "page"))
        wanted.append(Counter(score.grams(score.strip_body(text, article.get("byline") or []))))
    given = [Counter(score.grams(score.norm(article["text"]))) for article in export["articles"]]
    shared = [[sum((w & g).values()) for g in given] for w in wanted]
    pairs = score.hungarian(shared) if wanted and given else []
    return {i: j for i, j in pairs if shared[i][j] > 0}
