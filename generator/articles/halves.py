"""Whether a head line amid a story is the second half of its headline rather than a subhead."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from generator.chinese import ends_sentence
from generator.model import Block, Role

WEIGHTS: dict[str, float] = {
    "always": -2.33,
    "in mid-paragraph": 2.04,
    "before is open": 2.42,
    "only head": 1.49,
    "heads": -0.39,
    "only head of its mark": 2.54,
    "headline's mark": 3.26,
    "higher mark": -1.00,
    "lower mark": -2.36,
    "no mark, headline has one": 1.00,
    "headline has two parts": 1.02,
    "headline ends with a colon": -0.50,
    "short headline": 2.30,
    "long headline": -2.52,
    "story length": -0.84,
    "place in the story": 0.02,
    "right below the lead": -1.93,
    "length": -1.22,
}
"""Log-odds that the head line is half of the headline; fitted by tests/bench/fit_halves.py."""
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
