"""Pages with their gold, for fitting and measuring: which article and role each block of a page truly has."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.model import Block, Page

Gold = dict[str, Any]
"""What the gold file of a page says; its form is told in ../shared/bench/simulate.py."""
GoldPage = tuple[Page, Gold]


class Owner(NamedTuple):
    """A stretch of a page and what it belongs to."""

    start: int
    end: int
    article: int
    """Index in the gold's articles."""
    role: str
    """body, subhead or title."""


def pages(folders: Sequence[str | Path]) -> Iterator[GoldPage]:
    """The pages of the folders, each STEM.txt with its STEM.json, in the order of their names."""
    for folder in folders:
        for gold in sorted(Path(folder).glob("*.json")):
            text = gold.with_suffix(".txt").read_bytes().decode("utf-8")
            page = Page(gold.stem, f"{gold.stem}.txt", hashlib.sha256(text.encode()).hexdigest(), text)
            yield page, json.loads(gold.read_text(encoding="utf-8"))


def owners(gold: Gold) -> list[Owner]:
    """The stretches of text and headlines of a page, from top to bottom."""
    found = []
    for number, article in enumerate(gold["articles"]):
        for paragraph in article["paragraphs"]:
            role = "subhead" if paragraph["subhead"] else "body"
            found += [Owner(start, end, number, role) for start, end in paragraph["spans"]]
        found += [Owner(start, end, number, "title") for start, end in article.get("title_spans", [])]
    return sorted(found)


def owner(stretches: Sequence[Owner], block: Block) -> tuple[int, str]:
    """Article and role with most of the block's characters; (-1, "") for none."""
    share: dict[tuple[int, str], int] = {}
    for a, b in block.passage.spans:
        for start, end, article, role in stretches:
            if start < b and a < end:
                share[article, role] = share.get((article, role), 0) + min(b, end) - max(a, start)
    return max(share, key=lambda key: share[key]) if share else (-1, "")
