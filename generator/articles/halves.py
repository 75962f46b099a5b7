"""Whether a head line amid a story is the second half of its headline rather than a subhead."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from generator.chinese import ends_sentence
from generator.model import Block, Role

WEIGHTS: dict[str, float] = {
    "always": -1.92,
    "in mid-paragraph": 1.87,
    "before is open": 2.56,
    "only head": 1.25,
    "heads": -0.21,
    "only head of its mark": 2.17,
    "a head like it": -0.87,
    "asks as another head does": -3.00,
    "headline's mark": 3.24,
    "higher mark": -0.80,
    "lower mark": -2.47,
    "no mark, headline has one": 0.88,
    "headline has two parts": 1.11,
    "headline ends with a colon": -0.65,
    "short headline": 2.33,
    "long headline": -2.62,
    "story length": -0.74,
    "place in the story": 0.17,
    "right below the lead": -1.92,
    "length": -1.40,
}
"""Log-odds that the head line is half of the headline; fitted by tests/bench/fit_halves.py, but for heads that ask,

which no gold has.
"""
ASKS = ("？", "?")
ALIKE = 2
"""Subheads of a story often are of nearly one length."""
USUAL_STORY = 900
"""Characters of a story of middling length."""


def half_features(headline: Block, body: Sequence[Block], i: int) -> dict[str, float]:
    """What speaks for body[i], a head line, being the second half of the headline, which has one line so far."""
    heads = [b for b in body if b.role is Role.SUBHEAD]
    line, before, mark = body[i], body[i - 1] if i else None, headline.level
    length = sum(len(b.text) for b in body)
    return {
        "always": 1.0,
        "in mid-paragraph": i + 1 < len(body) and body[i + 1].continues,
        "before is open": before is not None and not ends_sentence(before.text),
        "only head": len(heads) == 1,
        "heads": math.log(len(heads)),
        "only head of its mark": len(heads) > 1 and sum(b.level == line.level for b in heads) == 1,
        "a head like it": any(
            b is not line and b.level == line.level and abs(len(b.text) - len(line.text)) <= ALIKE for b in heads
        ),
        "asks as another head does": line.text.endswith(ASKS)
        and any(b is not line and b.text.endswith(ASKS) for b in heads),
        "headline's mark": line.level == mark > 0,
        "higher mark": 0 < line.level < mark,
        "lower mark": line.level > mark > 0,
        "no mark, headline has one": mark > 0 and not line.level,
        "headline has two parts": re.search(r"\S[ \u3000：:]\S", headline.text) is not None,
        "headline ends with a colon": headline.text.endswith(("：", ":")),
        "short headline": max(0, 12 - len(headline.text)) / 4,
        "long headline": max(0, len(headline.text) - 16) / 4,
        "story length": math.log(max(1, length) / USUAL_STORY),
        "place in the story": i / len(body),
        "right below the lead": i <= 1,
        "length": len(line.text) / 10,
    }


def second_half(headline: Sequence[Block], body: Sequence[Block]) -> Block | None:
    """The head line of the body that belongs to the headline, if any."""
    if len(headline) != 1:
        return None
    odds = [
        (sum(WEIGHTS[name] * value for name, value in half_features(headline[0], body, i).items()), -i, b)
        for i, b in enumerate(body)
        if b.role is Role.SUBHEAD
    ]
    likeliest = max(odds, key=lambda found: found[:2], default=None)
    return likeliest[2] if likeliest and likeliest[0] > 0 else None
