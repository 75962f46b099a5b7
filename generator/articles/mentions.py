"""The names in an article: which parks and places it names, with the ambiguous ones settled by their context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

import ahocorasick

from generator.articles.reading import Reading, Zone
from generator.model import AmbiguousName, NameSense, Park, Place

Value = TypeVar("Value")

NOT_A_PLACE = re.compile(
    r"大学|学院|路|街|大道|银行|证券|日报|晚报|时报|晨报|商报|卫视|电视台|籍|话|菜|人民出版社|出版社|理工|师范|"
    r"医科|农业大学|交通大学|科技大学|工业大学|航空|石化|石油|汽车|电力|钢铁|集团|股份|队|站|机场|海关|海域|海峡|半岛"
)
"""What may follow a place name and makes it the name of something else."""
CITY_BEFORE = re.compile(r"[省市县州旗盟]$")
"""A place stands right before a bare 高新区: then it is a park of that place, not the one named before."""
METONYM = "北京市"
"""Datelines from here say nothing about where a story plays."""
DATELINE = re.compile(r"(?:新华社|本报|中新社|新华网|记者|人民网|中新网|科技日报)[^。，,\n]{0,6}$")


@dataclass(frozen=True, slots=True)
class Mention:
    """A park or a place that the text names."""

    start: int
    end: int
    """Offsets in Reading.text."""
    zone: Zone
    part: int
    park: str = ""
    place: Place | None = None
    back: bool = False
    """True where a bare 高新区 or 园区 points back to it."""
    weak: bool = False
    """True where the name by itself never makes an article be about it."""


def longest(automaton: ahocorasick.Automaton, text: str) -> list[tuple[int, int, Value]]:
    """Hits as (start, end, value), the leftmost first, of those the longest, none overlapping."""
    hits = [(end + 1 - value[0], -end, value[1]) for end, value in automaton.iter(text)]
    hits.sort(key=_place_then_length)
    taken: list[tuple[int, int, Value]] = []
    free = 0
    for start, negative_end, value in hits:
        if start >= free:
            free = 1 - negative_end
            taken.append((start, free, value))
    return taken


def _place_then_length(hit: tuple[int, int, object]) -> tuple[int, int]:
    return hit[0], hit[1]


def find_mentions(
    reading: Reading,
    names: ahocorasick.Automaton,
    parks: Mapping[str, Park],
    cues: Mapping[str, tuple[str, ...]],
) -> tuple[list[Mention], list[tuple[int, int]]]:
    """All mentions in the order of the text, and the stretches that are names and so no evidence for industries."""
    hits: list[tuple[int, int, NameSense]] = longest(names, reading.text)
    found: list[Mention] = []
    masked: list[tuple[int, int]] = []
    named: list[str] = []
    waiting: list[tuple[int, int, AmbiguousName]] = []
    text = reading.text
    last_place_end = -1
    for start, end, sense in hits:
        if text[end - 1].isascii() and end < len(text) and text[end].isascii() and text[end].isalnum():
            continue
        if text[start].isascii() and start and text[start - 1].isascii() and text[start - 1].isalnum():
            continue
        part = reading.part_at(start)
        ids, back, weak = _parks_meant(sense, text, named, parks, cues, after_place=last_place_end == start)
        if sense.ambiguous and sense.ambiguous.points_to and not ids and last_place_end != start:
            waiting.append((start, end, sense.ambiguous))
        for park in ids:
            found.append(Mention(start, end, part.zone, part.index, park=park, back=back, weak=weak))
            if not back:
                named.append(park)
        if ids or sense.park:
            masked.append((start, end))
        elif sense.place and _is_place(sense.place, text, start, end):
            found.append(Mention(start, end, part.zone, part.index, place=sense.place))
            last_place_end = end
            continue
        last_place_end = -1
    found.extend(_pointing_forward(waiting, found, parks, reading))
    return sorted(found, key=lambda m: m.start), masked


def _parks_meant(
    sense: NameSense,
    text: str,
    named: list[str],
    parks: Mapping[str, Park],
    cues: Mapping[str, tuple[str, ...]],
    *,
    after_place: bool,
) -> tuple[tuple[str, ...], bool, bool]:
    """The parks a name means here, whether it points back, and whether it is weak."""
    if sense.park:
        return (sense.park,), False, False
    rule = sense.ambiguous
    if rule is None:
        return (), False, False
    if rule.points_to:
        if after_place:
            return (), False, False
        kinds = rule.points_to
        park = next((p for p in reversed(named) if "*" in kinds or parks[p].kind in kinds), "")
        return ((park,) if park else ()), True, False
    return tuple(_by_context(rule, text, named, cues)), False, rule.only_mention


def _by_context(rule: AmbiguousName, text: str, named: list[str], cues: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """The parks that an ambiguous name means, its rule and the words of the article considered."""
    if not rule.candidates and not rule.default:
        return ()
    already = [p for p in rule.candidates if p in named]
    if already:
        return already[:1]
    if rule.require_any and not any(word in text for word in rule.require_any):
        return ()
    if any(word in text for word in rule.exclude_any if rule.alias.lower() not in word):
        return ()
    if len(rule.candidates) <= 1:
        return rule.candidates or (rule.default,)
    supported = [p for p in rule.candidates if any(cue in text for cue in cues[p])]
    if rule.default:
        return (rule.default,) if rule.default in supported or len(supported) != 1 else supported
    return supported if len(supported) == 1 else ()


def _pointing_forward(
    waiting: list[tuple[int, int, AmbiguousName]], found: list[Mention], parks: Mapping[str, Park], reading: Reading
) -> Iterator[Mention]:
    """A bare 高新区 in headline or kicker is the first one of its kind that the body names."""
    for start, end, rule in waiting:
        part = reading.part_at(start)
        if part.zone not in {Zone.HEADLINE, Zone.KICKER} or "*" in rule.points_to:
            continue
        park = next((m.park for m in found if m.park and parks[m.park].kind in rule.points_to and not m.back), "")
        if park:
            yield Mention(start, end, part.zone, part.index, park=park, back=True)


def _is_place(place: Place, text: str, start: int, end: int) -> bool:
    """False for 北京路, 吉林大学 and the like, and for the dateline of the capital."""
    if NOT_A_PLACE.match(text, end):
        return False
    if place.province == METONYM and DATELINE.search(text, max(0, start - 12), start):
        return False
    return not place.require_any or any(word in text for word in place.require_any)
