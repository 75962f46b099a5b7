"""How much an article is about a park, a place or a subject: open sums of named weights, no black box."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log2

from generator.articles.mentions import Mention
from generator.articles.reading import Part, Reading, Zone
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
    "占比": 1.5,  # share of all park mentions, in full from the third mention on
    "名单": 4.0,  # a headline that announces a list of parks
}
PARK_THRESHOLD = 3.7
PARK_SHARE_OF_TOP = 0.3
"""A park far behind the main one is only mentioned."""
ROLL = re.compile(
    r"(?:\d+|[一二三四五六七八九十百两多]+)[家个座](?!月).{0,12}(?:园区|开发区|高新区|经开区|自贸区|自由贸易试验区|自贸试验区|综保区|新区|示范区|园)|"
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
    headline_names_one = any(m.zone == Zone.HEADLINE for m in mentions if m.park and not m.back)
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
    openings = [m for m in found if reading.opens_sentence(m.start)]
    reasons = _zone_reasons(PARK_WEIGHTS, {m.zone for m in found})
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
        Reason("占比", PARK_WEIGHTS["占比"] * min(1.0, len(found) / 3) * len(found) / total, f"{len(found)}/{total}"),
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

SUBJECT_WEIGHTS: Mapping[Facet, Mapping[str, float]] = {
    Facet.INDUSTRY: {
        "标题强词": 1.5,
        "标题弱词": 1.5,
        "引题": 1.0,
        "导语": 0.3,
        "小标题": 1.6,
        "正文强词": 1.7,
        "正文弱词": 0.7,
        "分布": 2.1,
        "密度": 0.7,
        "占比": 2.3,
    },
    Facet.TOPIC: {
        "标题强词": 2.5,
        "标题弱词": 0.4,
        "引题": 1.4,
        "导语": 1.2,
        "小标题": 0.5,
        "正文强词": 1.1,
        "正文弱词": 0.0,
        "分布": 1.1,
        "密度": 1.8,
        "占比": 2.4,
    },
}
SUBJECT_THRESHOLD: Mapping[Facet, float] = {Facet.INDUSTRY: 4.7, Facet.TOPIC: 4.9}
SUBJECT_LIMIT: Mapping[Facet, int] = {Facet.INDUSTRY: 4, Facet.TOPIC: 4}
WEAK_SHARE = 0.35
"""What a weak word counts where strong and weak are added up."""

Hit = tuple[int, int, tuple[tuple[str, bool], ...]]


@dataclass(slots=True)
class Use:
    """The uses of a subject's words in an article, while they are counted."""

    hits: list[tuple[bool, bool, int, int]]
    """(not in the headline, not strong, start, end): sorted, the best evidence stands first."""
    strong: dict[Zone, int]
    weak: dict[Zone, int]
    parts: set[int]
    amount: float = 0.0

    def add(self, start: int, end: int, part: Part, *, strong: bool) -> None:
        """One more use."""
        counts = self.strong if strong else self.weak
        counts[part.zone] = counts.get(part.zone, 0) + 1
        self.hits.append((part.zone is not Zone.HEADLINE, not strong, start, end))
        self.parts.add(part.index)
        self.amount += 1.0 if strong else WEAK_SHARE

    def has_evidence(self, text: str) -> bool:
        """One strong word, a weak one in the headline, or two different weak ones."""
        if self.strong or Zone.HEADLINE in self.weak:
            return True
        return len({text[start:end] for _, _, start, end in self.hits}) > 1


def weigh_subjects(reading: Reading, hits: Iterable[Hit], subjects: Mapping[str, Subject]) -> list[Weighed]:
    """The industries and topics that the article's words speak for, the strongest first."""
    uses: dict[str, Use] = {}
    for start, end, senses in hits:
        if not senses:
            continue
        part = reading.part_at(start)
        covered = {subjects[key].parent for key, _ in senses} if len(senses) > 1 else ()
        for key, strong in senses:
            if key in covered:
                continue  # a word that names a branch is no further evidence for the whole trade
            use = uses.get(key)
            if use is None:
                use = uses[key] = Use([], {}, {}, set())
            use.add(start, end, part, strong=strong)
    result: list[Weighed] = []
    for facet in (Facet.INDUSTRY, Facet.TOPIC):
        here = {k: use for k, use in uses.items() if subjects[k].facet is facet and use.has_evidence(reading.text)}
        total = sum(use.amount for use in here.values())
        candidates = [_weigh_subject(reading, subjects[key], use, total) for key, use in here.items()]
        candidates.sort(key=lambda w: (-w.score, w.id))
        least, limit = SUBJECT_THRESHOLD[facet], SUBJECT_LIMIT[facet]
        about = {w.id for w in candidates[:limit] if w.score >= least}
        served = {subjects[key].parent for key in about}
        result += [_decided(w, w.id in about and (w.id not in served or _in_headline(w))) for w in candidates]
    return result


def _in_headline(weighed: Weighed) -> bool:
    """True where the headline itself speaks of the whole trade beside one of its branches."""
    return any(reason.rule.startswith("标题") for reason in weighed.reasons)


def subject_features(reading: Reading, use: Use, total: float) -> dict[str, float]:
    """The measures that the weights are for; `total` is the amount of all subjects of the facet."""
    strong, weak = use.strong, use.weak
    return {
        "标题强词": min(strong.get(Zone.HEADLINE, 0), 2),
        "标题弱词": 0 if Zone.HEADLINE in strong else min(weak.get(Zone.HEADLINE, 0), 2),
        "引题": min(strong.get(Zone.KICKER, 0) + WEAK_SHARE * weak.get(Zone.KICKER, 0), 2),
        "导语": log2(1 + strong.get(Zone.LEAD, 0) + WEAK_SHARE * weak.get(Zone.LEAD, 0)),
        "小标题": min(strong.get(Zone.SUBHEAD, 0) + WEAK_SHARE * weak.get(Zone.SUBHEAD, 0), 3),
        "正文强词": log2(1 + strong.get(Zone.BODY, 0)),
        "正文弱词": log2(1 + weak.get(Zone.BODY, 0)),
        "分布": len(use.parts) / len(reading.parts),
        "密度": min(100 * use.amount / max(len(reading.text), 100), 3),
        "占比": use.amount / total if total else 0,
    }


def _weigh_subject(reading: Reading, subject: Subject, use: Use, total: float) -> Weighed:
    weights = SUBJECT_WEIGHTS[subject.facet]
    features = subject_features(reading, use, total)
    reasons = tuple(
        Reason(name, weight, f"{value:.2g}")
        for name, value in features.items()
        if (weight := round(weights[name] * value, 3))
    )
    places = tuple((start, end) for _, _, start, end in sorted(use.hits))
    score = round(sum(r.weight for r in reasons), 3)
    return Weighed(subject.facet, subject.id, subject.name, False, score, reasons, places)


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
        named = mention.place.provinces if mention.place else (parks[mention.park].province,)
        for province in filter(None, named):
            found[province].append(mention)
    about = {parks[w.id].province for w in weighed_parks if w.about}
    total = sum(len(here) for here in found.values())
    weighed = [_weigh_province(province, here, total, holds_park=province in about) for province, here in found.items()]
    weighed.sort(key=lambda w: (-w.score, w.id))
    least = max(PROVINCE_THRESHOLD, PROVINCE_SHARE_OF_TOP * weighed[0].score) if weighed else 0.0
    return [_decided(w, rank < PROVINCE_LIMIT and w.score >= least) for rank, w in enumerate(weighed)]


def _weigh_province(province: str, here: list[Mention], total: int, *, holds_park: bool) -> Weighed:
    weights = PROVINCE_WEIGHTS
    count = len(here)
    reasons = _zone_reasons(weights, {m.zone for m in here})
    if holds_park:
        reasons.append(Reason("园区", weights["园区"], "所写园区在此"))
    reasons += [
        Reason("次数", round(weights["次数"] * log2(1 + count), 3), f"{count} 次"),
        Reason("占比", round(weights["占比"] * min(1.0, count / 3) * count / total, 3), f"{count}/{total}"),
    ]
    score = round(sum(r.weight for r in reasons), 3)
    places = tuple((m.start, m.end) for m in here)
    return Weighed(Facet.PROVINCE, province, province, False, score, tuple(reasons), places)


def _zone_reasons(weights: Mapping[str, float], zones: set[Zone]) -> list[Reason]:
    """A reason for each prominent zone that names it."""
    return [
        Reason(zone.value, weights[zone.value])
        for zone in (Zone.HEADLINE, Zone.KICKER, Zone.LEAD, Zone.SUBHEAD)
        if zone in zones
    ]


def _headline(reading: Reading) -> str:
    return "".join(reading.text[p.start : p.end] for p in reading.parts if p.zone in {Zone.HEADLINE, Zone.KICKER})


def _decided(weighed: Weighed, about: bool) -> Weighed:
    return Weighed(weighed.facet, weighed.id, weighed.label, about, weighed.score, weighed.reasons, weighed.places)
