"""How much an article is about a park, a place or a subject: open sums of named weights, no black box."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from generator.articles.mentions import Mention
from generator.articles.reading import Reading, Zone
from generator.model import Facet, Park, Reason, Subject


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate for a tag with its score, the reasons that add up to it, and the phrases behind them."""

    facet: Facet
    id: str
    label: str
    about: bool
    score: float
    reasons: tuple[Reason, ...]
    places: tuple[tuple[int, int], ...]
    """Stretches of Reading.text, the best evidence first."""


# --- parks ----------------------------------------------------------------------------------------------------------

PARK_WEIGHTS: Mapping[str, float] = {
    "标题": 5.0,
    "引题": 2.5,
    "导语": 1.5,
    "小标题": 1.0,
    "主语": 0.8,  # each sentence it opens, three at most
    "次数": 1.0,  # times log2(1 + mentions)
    "分布": 1.5,  # share of the parts that name it
    "占比": 1.5,  # share of all park mentions
    "名单": 4.0,  # a headline that announces a list of parks
}
PARK_THRESHOLD = 4.6
PARK_SHARE_OF_TOP = 0.3
"""A park far behind the main one is only mentioned."""
ROLL = re.compile(
    r"(?:\d+|[一二三四五六七八九十百两多]+)[家个座].{0,12}(?:园区|开发区|高新区|经开区|自贸区|自由贸易试验区|自贸试验区|综保区|新区|示范区|园)|"
    r"(?:园区|开发区|高新区|经开区|新区|示范区|产业园|自贸区|自贸试验区|综保区|综合保税区).{0,8}(?:名单|授牌|入选|获批|揭晓|批复|升级|挂牌)|"
    r"(?:名单|授牌|入选|获批|批复|新设|挂牌).{0,12}(?:园区|开发区|高新区|经开区|新区|示范区|产业园|自贸区|自贸试验区|自由贸易试验区|综保区)"
)
"""北京98家文化产业园区获授牌; 国务院批复新设6个自由贸易试验区."""


def weigh_parks(reading: Reading, mentions: Sequence[Mention], parks: Mapping[str, Park]) -> list[Weighed]:
    """The parks an article names, the one it is most about first."""
    by_park: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.park:
            by_park[mention.park].append(mention)
    if not by_park:
        return []
    total = sum(len(found) for found in by_park.values())
    headline_names_one = any(m.zone == Zone.HEADLINE for m in mentions if m.park)
    is_roll = not headline_names_one and bool(ROLL.search(_headline(reading)))
    weighed = [
        _weigh_park(reading, parks[park], found, total, roll=is_roll and not found[0].weak)
        for park, found in by_park.items()
    ]
    weighed.sort(key=lambda w: (-w.score, w.places[0]))
    top = weighed[0].score
    return [_decided(w, w.about and w.score >= PARK_THRESHOLD and w.score >= PARK_SHARE_OF_TOP * top) for w in weighed]


def _weigh_park(reading: Reading, park: Park, found: list[Mention], total: int, *, roll: bool) -> Weighed:
    direct = [m for m in found if not m.back]
    zones = {m.zone for m in found}
    openings = [m for m in found if reading.opens_sentence(m.start)]
    reasons = [
        Reason(zone.value, PARK_WEIGHTS[zone.value], "")
        for zone in (Zone.HEADLINE, Zone.KICKER, Zone.LEAD, Zone.SUBHEAD)
        if zone in zones
    ]
    reasons += [
        Reason("主语", PARK_WEIGHTS["主语"] * min(len(openings), 3), f"{len(openings)} 句以它开头"),
        Reason(
            "次数", PARK_WEIGHTS["次数"] * log2(1 + len(direct) + 0.5 * (len(found) - len(direct))), f"{len(found)} 次"
        ),
        Reason(
            "分布",
            PARK_WEIGHTS["分布"] * len({m.part for m in found}) / len(reading.parts),
            f"{len({m.part for m in found})} 段",
        ),
        Reason("占比", PARK_WEIGHTS["占比"] * len(found) / total, f"{len(found)}/{total}"),
    ]
    if roll:
        reasons.append(Reason("名单", PARK_WEIGHTS["名单"], "标题说的是一批园区"))
    strong = any(not m.weak for m in found)
    return Weighed(
        Facet.PARK,
        park.id,
        park.short,
        strong,
        round(sum(r.weight for r in reasons), 3),
        tuple(r for r in reasons if r.weight),
        tuple((m.start, m.end) for m in sorted(found, key=lambda m: (m.back, m.start))),
    )


# --- industries and topics ------------------------------------------------------------------------------------------

WORD_WEIGHTS: Mapping[str, float] = {"强": 1.0, "弱": 0.4}
ZONE_WEIGHTS: Mapping[Zone, float] = {
    Zone.HEADLINE: 4.0,
    Zone.KICKER: 2.0,
    Zone.LEAD: 1.6,
    Zone.SUBHEAD: 1.8,
    Zone.BODY: 0.7,
}
SPREAD_WEIGHT = 3.0
"""Times the share of parts that name the subject."""
SUBJECT_THRESHOLD: Mapping[Facet, float] = {Facet.INDUSTRY: 4.5, Facet.TOPIC: 4.5}
SUBJECT_SHARE_OF_TOP: Mapping[Facet, float] = {Facet.INDUSTRY: 0.45, Facet.TOPIC: 0.45}
SUBJECT_LIMIT: Mapping[Facet, int] = {Facet.INDUSTRY: 4, Facet.TOPIC: 4}

Hit = tuple[int, int, tuple[tuple[str, bool], ...]]


def weigh_subjects(reading: Reading, hits: Iterable[Hit], subjects: Mapping[str, Subject]) -> list[Weighed]:
    """The industries and topics that the article's words speak for, the strongest first."""
    found: dict[str, list[tuple[int, int, bool, Zone, int]]] = defaultdict(list)
    for start, end, senses in hits:
        if not senses:
            continue
        part = reading.part_at(start)
        for subject, strong in senses:
            found[subject].append((start, end, strong, part.zone, part.index))
    weighed: dict[Facet, list[Weighed]] = {Facet.INDUSTRY: [], Facet.TOPIC: []}
    for key, places in found.items():
        subject = subjects[key]
        candidate = _weigh_subject(reading, subject, places)
        if candidate:
            weighed[subject.facet].append(candidate)
    result: list[Weighed] = []
    for facet, candidates in weighed.items():
        candidates.sort(key=lambda w: (-w.score, w.id))
        top = candidates[0].score if candidates else 0.0
        least = max(SUBJECT_THRESHOLD[facet], SUBJECT_SHARE_OF_TOP[facet] * top)
        limit = SUBJECT_LIMIT[facet]
        result += [_decided(w, rank < limit and w.score >= least) for rank, w in enumerate(candidates)]
    return result


def _weigh_subject(
    reading: Reading, subject: Subject, places: list[tuple[int, int, bool, Zone, int]]
) -> Weighed | None:
    words: dict[str, list[tuple[bool, Zone]]] = defaultdict(list)
    for start, end, strong, zone, _ in places:
        words[reading.text[start:end]].append((strong, zone))
    if len(words) == 1 and not any(strong or zone == Zone.HEADLINE for _, _, strong, zone, _ in places):
        return None
    reasons = []
    for word, uses in words.items():
        strength = WORD_WEIGHTS["强" if uses[0][0] else "弱"]
        ranked = sorted((ZONE_WEIGHTS[zone] for _, zone in uses), reverse=True)
        value = ranked[0] + 0.5 * sum(ranked[1:4]) / 1.5
        reasons.append(Reason(word, round(strength * value, 3), f"{len(uses)} 次"))
    parts = len({part for *_, part in places})
    reasons.append(Reason("分布", round(SPREAD_WEIGHT * parts / len(reading.parts), 3), f"{parts} 段"))
    order = sorted(places, key=lambda p: (-ZONE_WEIGHTS[p[3]] * (1 if p[2] else 0.4), p[0]))
    return Weighed(
        subject.facet,
        subject.id,
        subject.name,
        False,
        round(sum(r.weight for r in reasons), 3),
        tuple(sorted(reasons, key=lambda r: -r.weight)),
        tuple((start, end) for start, end, *_ in order),
    )


# --- provinces ------------------------------------------------------------------------------------------------------

PROVINCE_WEIGHTS: Mapping[str, float] = {
    "园区": 5.0,  # a park there that the article is about
    "标题": 4.0,
    "引题": 2.0,
    "导语": 1.5,
    "小标题": 1.0,
    "次数": 1.0,
    "占比": 3.0,
}
PROVINCE_THRESHOLD = 5.0
PROVINCE_SHARE_OF_TOP = 0.5
PROVINCE_LIMIT = 6


def weigh_provinces(
    mentions: Sequence[Mention], weighed_parks: Sequence[Weighed], parks: Mapping[str, Park]
) -> list[Weighed]:
    """The provinces where the article plays, from its places and its parks."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        province = mention.place.province if mention.place else parks[mention.park].province
        if province:
            found[province].append(mention)
    about = {parks[w.id].province for w in weighed_parks if w.about}
    total = sum(len(m) for m in found.values())
    weighed = []
    for province, here in found.items():
        zones = {m.zone for m in here}
        reasons = [
            Reason(zone.value, PROVINCE_WEIGHTS[zone.value])
            for zone in (Zone.HEADLINE, Zone.KICKER, Zone.LEAD, Zone.SUBHEAD)
            if zone in zones
        ]
        if province in about:
            reasons.append(Reason("园区", PROVINCE_WEIGHTS["园区"], "所写园区在此"))
        reasons += [
            Reason("次数", round(PROVINCE_WEIGHTS["次数"] * log2(1 + len(here)), 3), f"{len(here)} 次"),
            Reason("占比", round(PROVINCE_WEIGHTS["占比"] * len(here) / total, 3), f"{len(here)}/{total}"),
        ]
        score = round(sum(r.weight for r in reasons), 3)
        places = tuple((m.start, m.end) for m in here)
        weighed.append(Weighed(Facet.PROVINCE, province, province, False, score, tuple(reasons), places))
    weighed.sort(key=lambda w: (-w.score, w.id))
    least = max(PROVINCE_THRESHOLD, PROVINCE_SHARE_OF_TOP * weighed[0].score) if weighed else 0.0
    return [_decided(w, rank < PROVINCE_LIMIT and w.score >= least) for rank, w in enumerate(weighed)]


def _headline(reading: Reading) -> str:
    return "".join(reading.text[p.start : p.end] for p in reading.parts if p.zone in {Zone.HEADLINE, Zone.KICKER})


def _decided(weighed: Weighed, about: bool) -> Weighed:
    return Weighed(weighed.facet, weighed.id, weighed.label, about, weighed.score, weighed.reasons, weighed.places)
