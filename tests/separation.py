"""How well articles were taken apart, in plain equalities: the measure of the sample pages."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, fields
from typing import Any

from generator.chinese import fold


def folded(text: str) -> str:
    """Text for comparing, marks of emphasis gone."""
    return re.sub(r"[*#]", "", fold(text))


def body_of(article: dict[str, Any]) -> list[str]:
    """Folded paragraphs and subheads of an exported article."""
    return [folded(p) for p in re.split(r"\n\s*\n", article["text"]) if p.strip()]


@dataclass
class Score:
    """Counts of one page or, added up, of many."""

    articles: int = 0
    found: int = 0
    """Exported articles, photo-only items aside."""
    headlines: int = 0
    bodies: int = 0
    """Articles whose text is right to the last character, paragraphs joined rightly or not."""
    whole: int = 0
    """Headline and body right."""
    interleaved: int = 0
    interleaved_whole: int = 0
    paragraphs: int = 0
    paragraphs_right: int = 0
    names: int = 0
    names_given: int = 0
    names_right: int = 0
    captions: int = 0
    captions_right: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Adds the counts of another page."""
        for counted in fields(self):
            setattr(self, counted.name, getattr(self, counted.name) + getattr(other, counted.name))


def overlap(gold: list[str], export: list[str]) -> int:
    """Characters of gold paragraphs that stand in the export as they are, pieces of ten counted."""
    there = "".join(export)
    pieces = [p[i : i + 10] for p in gold for i in range(0, len(p), 10)]
    return sum(len(piece) for piece in pieces if piece in there)


def pairs(gold: list[list[str]], export: list[list[str]]) -> dict[int, int]:
    """Gold article to exported article, the largest overlap first, each taken once."""
    ranked = sorted((-overlap(g, e), i, j) for i, g in enumerate(gold) for j, e in enumerate(export))
    taken: dict[int, int] = {}
    for shared, i, j in ranked:
        if shared and i not in taken and j not in taken.values():
            taken[i] = j
    return taken


def score(gold: dict[str, Any], export: dict[str, Any]) -> Score:
    """The export of a page against its gold."""
    wanted = [a for a in gold["articles"] if not a["photo_item"]]
    given = [a for a in export["articles"] if a["kind"] != "photo"]
    texts = [[folded(p) for p in a["page_paragraphs"]] for a in wanted]
    bodies = [body_of(a) for a in given]
    match = pairs(texts, bodies)
    result = Score(articles=len(wanted), found=len(given))
    joined = "".join(folded(c["text"]) for a in export["articles"] for c in a["captions"])
    for caption in (c for a in gold["articles"] for c in a["caption_text"]):
        result.captions += 1
        result.captions_right += folded(caption) in joined
    for i, article in enumerate(wanted):
        prose = [t for t, p in zip(texts[i], article["paragraphs"], strict=True) if not p["subhead"]]
        result.paragraphs += len(prose)
        result.names += len(article["byline"])
        result.interleaved += article["interleaved"]
        if i not in match:
            result.faults.append(f"{gold['page']}: {article['title']}: not found")
            continue
        mine, body = given[match[i]], bodies[match[i]]
        result.paragraphs_right += sum((Counter(prose) & Counter(body)).values())
        result.names_given += len(mine["byline"])
        result.names_right += len({fold(n) for n in article["byline"]} & {fold(n) for n in mine["byline"]})
        alternatives = {folded(t) for t in article["title_alt"]}
        headline = not article["title"] or folded(mine["title"]) in alternatives
        right = "".join(body) == "".join(texts[i])
        result.headlines += headline
        result.bodies += right
        result.whole += headline and right
        result.interleaved_whole += headline and right and article["interleaved"]
        if not headline:
            result.faults.append(f"{gold['page']}: headline {mine['title']!r} should be {article['title']!r}")
        if not right:
            lost, extra = missing(texts[i], body), missing(body, texts[i])
            result.faults.append(f"{gold['page']}: {article['title']}: lacks {lost!r}, has {extra!r}")
    return result


def missing(of: list[str], elsewhere: list[str]) -> str:
    """Beginning of the first paragraph that isn't in the other text."""
    there = "".join(elsewhere)
    return next((p[:24] for p in of if p not in there), "")
