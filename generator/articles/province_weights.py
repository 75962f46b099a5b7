"""In which provinces an article plays: an open sum of named weights over its places and its parks.

The weights are those that `python -m tests.bench.fit_provinces` prints, rounded; that of 举例 is set by hand. What a
label only mentions was no example in the fit, as it counts neither way where tags are scored. The threshold stands in
the middle of the stretch where articles kept apart score best.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from math import log2

from generator.articles.mentions import Mention
from generator.articles.reading import Reading, Zone
from generator.articles.scope import Scope
from generator.articles.weighed import Weighed, measured
from generator.model import Facet, Park, Reason

PROVINCE_WEIGHTS: Mapping[str, float] = {
    "起点": 0.8,
    "园区": 4.3,  # a park there that the article is about
    "标题": 2.5,
    "他处标题": -3.8,  # the headline names other provinces
    "次数": 0.6,  # times log2(1 + mentions)
    "句首": 1.5,  # times log2(1 + sentences that open with it)
    "独段": 1.2,  # a paragraph names it and no other
    "遍地": 4.4,  # times the share of the paragraphs that name a province, whichever
    "省数": -0.6,  # times log2(provinces named)
    "地点": 1.5,  # times log2(different names of it and its places)
    "在": 1.2,  # 在, 位于 … stand before it
    "企业": -0.5,  # times the share of its mentions that open the name of a firm or another body
    "举例": -1.6,  # 比如 or 例如 stands before it
    "大局": -1.2,  # the article tells of the whole economy
    "时政": -1.4,  # times how much it is about states and their armies
}
PROVINCE_THRESHOLD = 4.85
WHERE = re.compile(r"(?:在|位于|地处|来到|走进|落户|落户于|进驻)$")
"""What stands before the place where something happens."""
WHERE_LENGTH = 3
BODY_NAME = re.compile(r"[^，。、；：的在\n]{0,14}?(?:公司|集团|厂|协会|学会|研究院|研究所|律师)")
"""What follows a place that opens the name of a firm or another body: 广东省某某国际集团服装公司."""
EXAMPLE = re.compile(r"(?:比如|例如|譬如)[，,：:]?(?:在|位于)?$")
"""What stands before a place that is named for an example; too rare in the labels for a weight to be fitted."""
EXAMPLE_LENGTH = 5
TEXT = frozenset({Zone.LEAD, Zone.BODY})


def weigh_provinces(
    reading: Reading,
    mentions: Sequence[Mention],
    weighed_parks: Sequence[Weighed],
    parks: Mapping[str, Park],
    scope: Scope,
) -> list[Weighed]:
    """The provinces where the article plays, from its places and its parks; where its parks lie it always plays."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for mention in mentions:
        for province in mention.place.provinces if mention.place else parks[mention.park].provinces:
            found[province].append(mention)
    about = {province for w in weighed_parks if w.about for province in parks[w.id].provinces}
    weighed = [
        _weigh_province(province, features, found[province], province in about)
        for province, features in province_features(reading, found, about, scope).items()
    ]
    return sorted(weighed, key=lambda w: (-w.score, w.id))


def province_features(
    reading: Reading, found: Mapping[str, Sequence[Mention]], about: Set[str], scope: Scope
) -> dict[str, dict[str, float]]:
    """The measures that the weights are for, for each province found; `about`: where parks lie that it is about."""
    paragraphs = [part for part in reading.parts if part.zone in TEXT]
    naming: dict[int, set[str]] = defaultdict(set)
    for province, here in found.items():
        for mention in here:
            if mention.zone in TEXT:
                naming[mention.part].add(province)
    headed = {province for province, here in found.items() if any(m.zone is Zone.HEADLINE for m in here)}
    return {
        province: {
            "起点": 1.0,
            "园区": float(province in about),
            "标题": float(province in headed),
            "他处标题": float(bool(headed) and province not in headed),
            "次数": log2(1 + _times(here)),
            "句首": log2(1 + sum(_opens(reading, m) for m in here)),
            "独段": float(any(naming.get(m.part) == {province} for m in here)),
            "遍地": len(naming) / max(len(paragraphs), 1),
            "省数": log2(len(found)),
            "地点": log2(len({reading.text[m.start : m.end] for m in here})),
            "在": float(any(WHERE.search(reading.text, max(0, m.start - WHERE_LENGTH), m.start) for m in here)),
            "企业": sum(bool(BODY_NAME.match(reading.text, m.end)) for m in here) / len(here),
            "举例": float(any(EXAMPLE.search(reading.text, max(0, m.start - EXAMPLE_LENGTH), m.start) for m in here)),
            "大局": scope.economy,
            "时政": scope.statecraft,
        }
        for province, here in found.items()
    }


def _times(here: Sequence[Mention]) -> int:
    """How often it is named; 江苏南通 is once."""
    times, end = 0, -1
    for mention in here:
        times += mention.start > end
        end = max(end, mention.end)
    return times


def _opens(reading: Reading, mention: Mention) -> bool:
    """True for a place of one province that begins a sentence."""
    return mention.place is not None and len(mention.place.provinces) == 1 and reading.opens_sentence(mention.start)


def _weigh_province(province: str, features: Mapping[str, float], here: Sequence[Mention], of_park: bool) -> Weighed:
    score = round(sum([PROVINCE_WEIGHTS[name] * value for name, value in features.items()]), 3)
    places = tuple((m.start, m.end) for m in here)
    about = of_park or score >= PROVINCE_THRESHOLD

    def told() -> tuple[Reason, ...]:
        return tuple(measured(PROVINCE_WEIGHTS, features))

    return Weighed(Facet.PROVINCE, province, province, about, score, told, places)
