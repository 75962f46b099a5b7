"""In which provinces an article plays: an open sum of named weights over its places and its parks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log2

from generator.articles.mentions import Mention
from generator.articles.reading import Part, Reading, Zone
from generator.articles.weighed import Weighed, zone_reasons
from generator.model import Facet, Park, Reason

PROVINCE_WEIGHTS: Mapping[str, float] = {
    "园区": 5.0,  # a park there that the article is about
    "标题": 4.0,
    "引题": 2.0,
    "导语": 1.5,
    "小标题": 1.0,
    "段首": 2.0,  # a paragraph that begins with it
    "次数": 1.0,
    "占比": 3.0,
    "分省": 3.5,  # a paragraph of its own, in an article that goes from province to province
    "各占": 2.5,  # a large part of an article that tells of two or three provinces
}
PROVINCE_THRESHOLD = 4.4
PROVINCE_SHARE_OF_TOP = 0.45
PROVINCE_LIMIT = 6
"""More provinces than this are none, but for those of the parks that the article is about."""
ROUND_SHARE = 0.6
"""Share of the text that tells of one province or another, in an article that goes from one to the next."""
ROUND_OPENINGS = 0.45
"""Share of its paragraphs that open with a province."""
ROUND_OPENING = 16
"""Characters of a paragraph that count as its opening."""
ROUND_GUESTS = 2
"""Provinces that a paragraph which opens with one names at most; it is the first one's."""
ROUND_MOST = 2 / 3
"""Where one province has more of that text than this, the others are only called in."""

SEVERAL = 3
"""As many provinces can share an article between them."""
LARGE_PART = 0.3
"""Share of the text that makes a part of it a large one."""
CARRIED = 3
"""Paragraphs without a place that still belong to the province before them."""
OF_THE_COUNTRY = re.compile("数据显示|专家|全国|我国|国家|习近平|近年来|目前，我国")
"""Words that open a paragraph about the whole country."""


@dataclass(slots=True)
class Story:
    """What an article tells of one province, while it is counted."""

    paragraphs: int = 0
    openings: int = 0
    """Paragraphs that open with it."""
    share: float = 0.0
    """Of the text."""


def weigh_provinces(
    reading: Reading, mentions: Sequence[Mention], weighed_parks: Sequence[Weighed], parks: Mapping[str, Park]
) -> list[Weighed]:
    """The provinces where the article plays, from its places and its parks."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for province in mention.place.provinces if mention.place else parks[mention.park].provinces:
            found[province].append(mention)
    about = {province for w in weighed_parks if w.about for province in parks[w.id].provinces}
    total = sum(len(here) for here in found.values())
    layout = _layout(reading, found)
    weighed = []
    for province, here in found.items():
        special = [Reason("园区", PROVINCE_WEIGHTS["园区"], "所写园区在此")] if province in about else []
        special += [Reason(rule, PROVINCE_WEIGHTS[rule], seen) for rule, seen in layout.get(province, ())]
        weighed.append(_weigh_province(reading, province, here, total, special))
    weighed.sort(key=lambda w: (-w.score, w.id))
    least = max(PROVINCE_THRESHOLD, PROVINCE_SHARE_OF_TOP * weighed[0].score) if weighed else 0.0
    return [w.decided((rank < PROVINCE_LIMIT or w.id in about) and w.score >= least) for rank, w in enumerate(weighed)]


def _layout(reading: Reading, found: Mapping[str, Sequence[Mention]]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """What the paragraphs say of provinces that share an article: rules of PROVINCE_WEIGHTS with what was seen."""
    if not 2 <= len(found) <= PROVINCE_LIMIT:
        return {}
    first: dict[int, dict[str, int]] = defaultdict(dict)
    for province, here in found.items():
        for mention in here:
            if mention.zone in {Zone.BODY, Zone.LEAD}:
                first[mention.part].setdefault(province, mention.start)
    paragraphs = [part for part in reading.parts if part.zone in {Zone.BODY, Zone.LEAD}]
    stories = _stories(reading, paragraphs, first)
    layout: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for province, story in stories.items() if _goes_round(stories, len(paragraphs)) else ():
        layout[province].append(("分省", f"{story.paragraphs} 段专写它"))
    large = [province for province, story in stories.items() if story.share >= LARGE_PART]
    for province in large if len(large) > 1 and len(found) <= SEVERAL else ():
        layout[province].append(("各占", f"{stories[province].share:.0%} 的篇幅"))
    return layout


def _goes_round(stories: Mapping[str, Story], paragraphs: int) -> bool:
    """True for an article that goes from one province to the next."""
    opened = [story for story in stories.values() if story.openings]
    share = sum(story.share for story in opened)
    return (
        len(opened) > 1
        and share >= ROUND_SHARE
        and max(story.share for story in opened) <= ROUND_MOST * share
        and sum(story.openings for story in opened) >= ROUND_OPENINGS * paragraphs
    )


def _stories(
    reading: Reading, paragraphs: Sequence[Part], first: Mapping[int, Mapping[str, int]]
) -> Mapping[str, Story]:
    """What of the text tells of one province; paragraphs without a place go on with the one before.

    first: for each part, where it names its provinces first.
    """
    stories: dict[str, Story] = defaultdict(Story)
    length = sum(part.end - part.start for part in paragraphs) or 1
    current, carried = "", 0
    for part in paragraphs:
        named = sorted(first.get(part.index, {}).items(), key=lambda item: item[1])
        opens = bool(named) and len(named) <= ROUND_GUESTS and named[0][1] - part.start <= ROUND_OPENING
        if len(named) == 1 or opens:
            current, carried = named[0][0], 0
        elif named or carried == CARRIED or OF_THE_COUNTRY.match(reading.text, part.start):
            current = ""
        else:
            carried += 1
        if current:
            story = stories[current]
            story.paragraphs += 1
            story.openings += opens
            story.share += (part.end - part.start) / length
    return stories


def _weigh_province(reading: Reading, province: str, here: list[Mention], total: int, special: list[Reason]) -> Weighed:
    weights = PROVINCE_WEIGHTS
    count = len(here)
    reasons = zone_reasons(weights, {m.zone for m in here}) + special
    if any(m.start in reading.starts for m in here if m.zone in {Zone.BODY, Zone.LEAD}):
        reasons.append(Reason("段首", weights["段首"]))
    reasons += [
        Reason("次数", round(weights["次数"] * log2(1 + count), 3), f"{count} 次"),
        Reason("占比", round(weights["占比"] * min(1.0, count / 3) * count / total, 3), f"{count}/{total}"),
    ]
    score = round(sum(r.weight for r in reasons), 3)
    places = tuple((m.start, m.end) for m in here)
    return Weighed(Facet.PROVINCE, province, province, False, score, tuple(reasons), places)
