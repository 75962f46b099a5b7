"""The names in an article: which parks and places it names, with the ambiguous ones settled by their context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.articles.reading import Reading, Zone, cuts_word
from generator.articles.rolls import listed_parks
from generator.model import AmbiguousName, NameSense, Park, Place

NOT_A_PLACE = re.compile(
    r"大学|高校|学院|路|街|大道|银行|证券|日报|晚报|时报|晨报|商报|卫视|电视台|籍|话|菜|人民出版社|出版社|理工|师范|社会科学院|社科院|"
    r"医科|农业大学|交通大学|科技大学|工业大学|航空|石化|石油|汽车|电力|钢铁|集团|股份|队|站|机场|海关|海域|海峡|半岛|社长|先生|女士|"
    r"白药|药业|铜业|铝业|啤酒|(?:玉米|大豆|豆粕)?期货|商品交易所|问题"
)
"""What may follow a place name and makes it the name of something else."""
COMPARED = re.compile(r"(?<=[与和同跟、])[^。，；与和同跟\n]{2,24}?(?:相比|相较|比起来)")
"""A place that another is held against, from the place on: 与香港、上海的夜景相比."""
NOT_A_UNIT = re.compile(r"[域块位间划场值价面占]")
"""What may follow the 区, 县 or 市 that ends a name, and takes it away: 新民市场, 振兴区域经济."""
NOT_A_PARK = re.compile(
    r"(?:高科技?|科技)?"
    r"(?:股票|股份|[AH]股|上市公司|联合产权|产权交易所|在线|论坛|银行(?!业|机构|网点)|支行|集团|足球|球?队(?!伍))"
)
"""What may follow a park's name and makes it the name of a firm, a market or a club: 武汉光谷联合产权交易所."""
STOPS = "、，。！？；：,!?;:\n"
FUNCTION_WORDS = f"的了在有和与到来去建把将被为是办所家座个各等及从由向对给引进设立开{STOPS}"
ELSEWHERE = re.compile(
    r"[东西南北中]?[一二三四五六七八九十]?"
    r"(?:路(?![演线径])|大街|街(?!区)|大道|高架|大?桥(?!头堡)|线(?![上下索])|区(?![域内外里别位块间])|镇(?!守)|村|湾(?!区)|广场|"
    r"(?:火车|地铁|高铁|公交)?站(?![在上稳到])|[一二三四五六七八九十](?:小(?!时)|中(?!心)))|"
    rf"[^{FUNCTION_WORDS}]{{0,6}}?"
    r"(?:大学(?![生科城])|学院|中学|小学|幼儿园|医院|卫生院|派出所|足球场|俱乐部|证券(?![化业市交]))"
)
"""What may follow the short name of a park and makes it that of a street or a school: 光谷大道, 中关村三小."""
ORGANISATION = re.compile(
    r"站(?![在上稳到])|"
    rf"(?!企业|内)[^的了在和与是将{STOPS}]{{0,16}}?(?:有限公司|有限责任公司|股份公司|总公司|集团公司)|"
    rf"[^{FUNCTION_WORDS}]{{0,8}}?(?:大学(?![生科城])|学院)"
)
"""What may follow a park's full name and makes it that of a firm, a college or a station: a mention and no more."""
FULL_ENDINGS = frozenset("区园城港")
"""A name that ends otherwise is short: 光谷, 张江, 中关村."""
ROW = re.compile(
    r"(?:[省市县区](?=[、和与及以]))?(?:中国|等|[、和与及以]|[\d两三四五六七八九十]+(?:个|大|地|市|省|城|家))*"
)
"""What may stand between places that share the ending of a park's name: 广东、天津两地自贸试验区."""
FEW_PARTS = 4
"""Headline and paragraphs of a short item, in which a park need not be named in the lead."""
NUMERAL = re.compile(r"[\d两三四五六七八九十]")
SEPARATORS = frozenset("、和与及")
PLACE_LENGTHS = (4, 3, 2)
UNITS = frozenset("省市县区")
"""May follow a place in such a row: 合肥市、芜湖市经济技术开发区."""
DISTRICT = "片区"
"""A part of a free trade zone: 宁波、杭州、金义片区."""
FREE_TRADE = "自贸试验区"
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
    inner: bool = False
    """True where it is the head of another park's name: 内江高新区 in 内江高新区白马园区."""


def find_mentions(
    reading: Reading,
    hits: Iterable[tuple[int, int, NameSense]],
    senses: Mapping[str, NameSense],
    parks: Mapping[str, Park],
    cues: Mapping[str, tuple[str, ...]],
) -> tuple[list[Mention], list[tuple[int, int]]]:
    """All mentions in the order of the text, and the stretches that are names and so no evidence for industries."""
    text = reading.text
    found: list[Mention] = []
    masked: list[tuple[int, int]] = []
    named: list[str] = []
    waiting: list[tuple[int, int, AmbiguousName]] = []
    places: list[tuple[int, int, Place]] = []
    for start, end, sense in hits:
        if cuts_word(text, start, end) or (not sense.place and NOT_A_PARK.match(text, end)):
            continue
        elsewhere = _is_short(sense, text[end - 1]) and ELSEWHERE.match(text, end) is not None
        if elsewhere and not sense.place:
            continue
        part = reading.part_at(start)
        after_place = bool(places) and places[-1][1] == start
        for here in _shared_endings(text, places, start, end, senses):
            found.append(Mention(*here[:2], part.zone, part.index, park=here[2]))
            named.append(here[2])
        ids, back = ((), False) if elsewhere else _parks_meant(sense, text, named, parks, cues)
        if back and masked and masked[-1][1] == start and (twin := _twin(text, masked[-1][0], start, end, senses)):
            ids, back = (twin,), False
        if after_place and (back or _lies_elsewhere(text[start:end], ids, places[-1][2], senses, parks)):
            ids = ()
        elif back and not ids and sense.ambiguous:
            waiting.append((start, end, sense.ambiguous))
        minor = bool(sense.ambiguous and sense.ambiguous.only_mention)
        weak = minor or bool(ids and not back and ORGANISATION.match(text, end))
        for park in ids:
            above = 0 if back else _length_of_parent(text[start:end], parks[park].parent, senses)
            if above:
                parent = parks[park].parent
                found.append(Mention(start, start + above, part.zone, part.index, park=parent, inner=True))
                named.append(parent)
            found.append(Mention(start, end, part.zone, part.index, park=park, back=back, weak=weak))
            if not back:
                named.append(park)
        if ids or (sense.park and not elsewhere):
            masked.append((start, end))
        elif sense.place and _is_place(sense.place, text, start, end):
            found.append(Mention(start, end, part.zone, part.index, place=sense.place))
            places.append((start, end, sense.place))
            continue
        places.clear()
    found.extend(_pointing_forward(waiting, found, parks, reading))
    found.extend(_listed_by_place(found, senses, reading))
    found.extend(_of_the_province(waiting, found, parks, reading))
    return sorted(found, key=lambda m: m.start), masked


def _is_short(sense: NameSense, last: str) -> bool:
    """True for 光谷 and the like, which streets, schools and stations are named by too."""
    return last not in FULL_ENDINGS and bool(sense.park or (sense.ambiguous and not sense.ambiguous.points_to))


def _twin(text: str, begin: int, start: int, end: int, senses: Mapping[str, NameSense]) -> str:
    """The park whose kind stands in brackets behind another's name: 浏阳经开区（高新区） are two of one place."""
    place = _place_at_head(text[begin:start], senses)
    sense = senses.get(place.name + text[start:end]) if place else None
    return (sense.park or (sense.ambiguous.default if sense.ambiguous else "")) if sense else ""


def _length_of_parent(name: str, parent: str, senses: Mapping[str, NameSense]) -> int:
    """Length of the parent's name at the head of a park's name (内江高新区 in 内江高新区白马园区); 0 without."""
    if not parent:
        return 0
    heads = (senses.get(name[:length]) for length in range(len(name) - 1, 2, -1))
    return next((len(head.name) for head in heads if head and head.park == parent), 0)


def _place_at_head(name: str, senses: Mapping[str, NameSense]) -> Place | None:
    """The place that a park's name begins with."""
    heads = (senses.get(name[:length]) for length in PLACE_LENGTHS if length < len(name))
    return next((head.place for head in heads if head and head.place), None)


def _lies_elsewhere(
    name: str, ids: Sequence[str], place: Place, senses: Mapping[str, NameSense], parks: Mapping[str, Park]
) -> bool:
    """True where a name tells no place and the one in front of it is not its park's: 合肥中关村创新园."""
    provinces = {province for park in ids for province in parks[park].provinces}
    elsewhere = provinces and place.provinces and not provinces & set(place.provinces)
    return bool(elsewhere) and _place_at_head(name, senses) is None


def _shared_endings(
    text: str, places: Sequence[tuple[int, int, Place]], start: int, end: int, senses: Mapping[str, NameSense]
) -> Iterator[tuple[int, int, str]]:
    """The parks of a row of places with one ending: 广东、天津、福建自贸试验区, 中国(山东)(江苏)自由贸易试验区."""
    if not places or not ROW.fullmatch(text, places[-1][1], start):
        return
    ending = text[start:end]
    whole = senses.get(ending)
    own = whole.park if whole else ""
    behind = _place_at_head(ending, senses)
    if behind:
        ending = ending.removeprefix(behind.name)
        ending = ending[1:] if ending[0] in UNITS else ending
    elif ending.endswith(DISTRICT):
        ending = DISTRICT
    limit = start
    first_at, last_end, _ = places[-1]
    if NUMERAL.search(text, last_end, start) and text[first_at - 1 : first_at] not in SEPARATORS:
        return  # 苏州两个新区: the number counts no places
    for place_start, place_end, place in reversed(places):
        if not ROW.fullmatch(text, place_end, limit):
            return
        if place_end == limit and behind and set(behind.provinces) & set(place.provinces):
            return  # 苏州相城高新区 is one name, not those of 苏州 and 相城
        sense = senses.get(text[place_start:place_end] + ending)
        park = sense.park or (ending == DISTRICT and sense.ambiguous and sense.ambiguous.default) if sense else ""
        if park and park != own:
            yield place_start, place_end, park
        limit, behind = place_start, place


def _parks_meant(
    sense: NameSense, text: str, named: list[str], parks: Mapping[str, Park], cues: Mapping[str, tuple[str, ...]]
) -> tuple[tuple[str, ...], bool]:
    """The parks a name means here, and whether it points back to them."""
    rule = sense.ambiguous
    if sense.park or rule is None:
        return ((sense.park,) if sense.park else ()), False
    if rule.points_to:
        kinds = rule.points_to
        park = next((p for p in reversed(named) if "*" in kinds or parks[p].kind in kinds), "")
        return ((park,) if park else ()), True
    return tuple(_by_context(rule, text, named, cues)), False


def _by_context(rule: AmbiguousName, text: str, named: list[str], cues: Mapping[str, tuple[str, ...]]) -> Iterable[str]:
    """The parks that an ambiguous name means, its rule and the words of the article considered."""
    already = [p for p in rule.candidates if p in named]
    if already:
        return already[:1]
    candidates = rule.candidates or ((rule.default,) if rule.default else ())
    lacks = rule.require_any and not any(word in text for word in rule.require_any)
    refused = any(word in text for word in rule.exclude_any if rule.alias.lower() not in word)
    if not candidates or lacks or refused:
        return ()
    supported = [p for p in candidates if any(cue in text for cue in cues[p])]
    if len(candidates) == 1 or len(supported) == 1:
        return supported or candidates
    if rule.default:
        return (rule.default,)
    return supported if len(supported) == 2 else ()


def _pointing_forward(
    waiting: list[tuple[int, int, AmbiguousName]], found: list[Mention], parks: Mapping[str, Park], reading: Reading
) -> Iterator[Mention]:
    """A bare 高新区 in headline or kicker is the one of its kind that the body names."""
    for start, end, rule in waiting:
        part = reading.part_at(start)
        if part.zone not in {Zone.HEADLINE, Zone.KICKER} or "*" in rule.points_to:
            continue
        of_kind = [m for m in found if m.park and parks[m.park].kind in rule.points_to and not m.back]
        if len(of_kind) == 1 and of_kind[0].zone is not Zone.LEAD and len(reading.parts) > FEW_PARTS:
            continue  # one park named for an example in a piece on parks in general
        for park in {m.park for m in of_kind} if len({m.park for m in of_kind}) == 1 else ():
            yield Mention(start, end, part.zone, part.index, park=park, back=True)


def _of_the_province(
    waiting: list[tuple[int, int, AmbiguousName]], found: list[Mention], parks: Mapping[str, Park], reading: Reading
) -> list[Mention]:
    """A bare 自贸区 in an article that names none is that of the province named last before it: a mention, no more."""
    bare = [(start, end) for start, end, rule in waiting if FREE_TRADE in rule.points_to]
    if not bare or any(m.park and parks[m.park].kind == FREE_TRADE for m in found):
        return []
    of_province = {park.province: park.id for park in parks.values() if park.kind == FREE_TRADE}
    meant: list[Mention] = []
    for start, end in bare:
        before = [m.place.provinces for m in found if m.place and m.start < start and len(m.place.provinces) == 1]
        park = of_province.get(before[-1][0]) if before else None
        if park:
            part = reading.part_at(start)
            meant.append(Mention(start, end, part.zone, part.index, park=park, back=True, weak=True))
    return meant


def _listed_by_place(found: list[Mention], senses: Mapping[str, NameSense], reading: Reading) -> list[Mention]:
    """The parks of lists that name only where they lie, but for those found by a name of their own."""
    own = [m for m in found if m.park]
    return [
        Mention(start, end, reading.part_at(start).zone, reading.part_at(start).index, park=park)
        for start, end, park in listed_parks(reading.text, senses)
        if not any(m.start < end and start < m.end for m in own)
    ]


def _is_place(place: Place, text: str, start: int, end: int) -> bool:
    """False for 北京路, 吉林大学 and the like, for what is only compared, and for the dateline of the capital."""
    if NOT_A_PLACE.match(text, end) or COMPARED.match(text, start):
        return False
    if place.level == "县" and text[end - 1] in "区县市" and NOT_A_UNIT.match(text, end):
        return False
    if METONYM in place.provinces and DATELINE.search(text, max(0, start - 12), start):
        return False
    return not place.require_any or any(word in text for word in place.require_any)
