"""How much an article is about a park: an open sum of named weights."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log2

from generator.articles.mentions import Mention
from generator.articles.reading import Reading, Zone
from generator.articles.weighed import Weighed, zone_reasons
from generator.model import Facet, Park, Reason

PARK_WEIGHTS: Mapping[str, float] = {
    "标题": 5.0,
    "引题": 2.5,
    "导语": 1.5,
    "小标题": 1.0,
    "主语": 0.8,  # each sentence it opens, three at most
    "次数": 1.0,  # times log2(1 + mentions)
    "分布": 1.5,  # share of the parts that name it
    "占比": 1.5,  # share of all park mentions, in full from the second mention on
    "名单": 4.0,  # a headline that announces a list of parks
    "综述": 2.6,  # it opens a paragraph of a survey of parks
}
PARK_THRESHOLD = 3.6
SURVEY = 3
"""Parks that open paragraphs of their own in a survey, at least; its headline or lead speaks of parks at large."""
OF_PARKS = re.compile(r"园区|开发区|高新区|经开区|工业园|产业园|科技园|软件园|综保区|保税区|自贸区|自贸试验区|示范区")
OPENING = 10
"""Letters of a paragraph before the end of which the park that it is about is named."""
INDIRECT_SHARE = 0.5
"""What a bare 高新区 that points back, or the head of a longer name, counts among the mentions."""
INDIRECT_LIMIT = 2
"""As many of these count for each time its own name stands."""
PARK_SHARE_OF_TOP = 0.25
"""A park far behind the main one is only mentioned."""
LEVEL_SHARE = 0.9
"""Parks that come this near to the main one are level with it."""
ROLL = re.compile(
    r"(?:(?:\d+|[一二三四五六七八九十百两多]+)[家个座](?!月)|一批).{0,12}(?:园区|开发区|高新区|经开区|自贸区|自由贸易试验区|自贸试验区|综保区|新区|示范区|园)|"
    r"(?:园区|开发区|高新区|经开区|新区|示范区|产业园|自贸区|自贸试验区|综保区|综合保税区).{0,8}(?:名单|授牌|入选|获批|揭晓|批复|升级|挂牌)|"
    r"(?:园区|开发区|高新区|经开区|新区|示范区|产业园|自贸区|综保区)\d+[家个]|"
    r"(?:名单|授牌|入选|获批|批复|新设|挂牌).{0,12}(?:园区|开发区|高新区|经开区|新区|示范区|产业园|自贸区|自贸试验区|自由贸易试验区|综保区)"
)
"""北京98家文化产业园区获授牌; 国务院批复新设6个自由贸易试验区."""


def weigh_parks(reading: Reading, mentions: Sequence[Mention], parks: Mapping[str, Park]) -> list[Weighed]:
    """The parks an article names, the one it is most about first; level ones and a list in the order of the text."""
    by_park: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.park:
            by_park[mention.park].append(mention)
    if not by_park:
        return []
    total = sum(len(found) for found in by_park.values())
    roll = _is_roll(reading, mentions)
    surveyed = _surveyed(reading, mentions)
    weighed = [
        _weigh_park(reading, parks[park], found, total, {"名单": roll, "综述": park in surveyed})
        for park, found in by_park.items()
    ]
    top = max(w.score for w in weighed)
    level = LEVEL_SHARE * top
    weighed.sort(key=lambda w: (-level if roll or w.id in surveyed else -min(w.score, level), w.places[0]))
    least = max(PARK_THRESHOLD, PARK_SHARE_OF_TOP * top)
    return [w.decided(w.about and w.score >= least) for w in weighed]


def _is_roll(reading: Reading, mentions: Sequence[Mention]) -> bool:
    """True where the headline names no park but announces several."""
    if any(m.zone == Zone.HEADLINE for m in mentions if m.park and not m.back):
        return False
    heads = (reading.text[p.start : p.end] for p in reading.parts if p.zone in {Zone.HEADLINE, Zone.KICKER})
    return any(ROLL.search(head) for head in heads)


def _surveyed(reading: Reading, mentions: Sequence[Mention]) -> set[str]:
    """The parks of a survey that goes from one to the next, each with paragraphs of its own."""
    named = [m for m in mentions if m.park and not m.back and not m.inner]
    heads = (reading.text[p.start : p.end] for p in reading.parts if p.zone in {Zone.HEADLINE, Zone.KICKER, Zone.LEAD})
    if any(m.zone in {Zone.HEADLINE, Zone.KICKER} for m in named) or not any(OF_PARKS.search(head) for head in heads):
        return set()
    openers: dict[int, str] = {}
    for mention in named:
        if mention.zone is Zone.BODY and mention.start - reading.part_at(mention.start).start <= OPENING:
            openers.setdefault(mention.part, mention.park)
    return set(openers.values()) if len(set(openers.values())) >= SURVEY else set()


def _weigh_park(reading: Reading, park: Park, found: list[Mention], total: int, series: Mapping[str, bool]) -> Weighed:
    own = [m for m in found if not m.inner]
    openings = sum(reading.opens_sentence(m.start) for m in own)
    parts = len({m.part for m in found})
    direct = sum(not m.back and not m.inner for m in found)
    times = direct + INDIRECT_SHARE * min(len(found) - direct, INDIRECT_LIMIT * max(direct, 1))
    weak = all(m.weak for m in found)
    measures = {
        "主语": (min(openings, 3), f"{openings} 句以它开头"),
        "次数": (log2(1 + times), f"{len(found)} 次"),
        "分布": (parts / len(reading.parts), f"{parts} 段"),
        "占比": (min(1.0, times / 2) * len(found) / total, f"{len(found)}/{total}"),
        "名单": (float(series["名单"] and not weak), "标题说的是一批园区"),
        "综述": (float(series["综述"]), "逐一写到的园区之一"),
    }
    reasons = zone_reasons(PARK_WEIGHTS, {m.zone for m in own})
    reasons += [
        Reason(name, weight, seen)
        for name, (value, seen) in measures.items()
        if (weight := round(PARK_WEIGHTS[name] * value, 3))
    ]
    ranked = sorted(found, key=lambda m: (m.back, m.inner, m.start))
    score = round(sum(r.weight for r in reasons), 3)
    places = tuple((m.start, m.end) for m in ranked)
    return Weighed(Facet.PARK, park.id, park.short, not weak, score, lambda: tuple(reasons), places)
