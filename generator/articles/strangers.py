"""Parks that a text seems to name and the authority files do not know: candidates for the editors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.articles.reading import Reading
from generator.model import NameSense

ENDING = re.compile(
    r"(?:高新技术产业|经济技术|高新|经济|工业|产业|科技|科创|软件|物流|化工|创业|创意|文化|农业|循环经济|生态|中小企业|保税|出口加工)"
    r"[产业科技\u4e00-\u9fff]{0,4}?(?:开发区|园区|园|集聚区|示范区|功能区|新城|基地)"
    r"|高新区|经开区|综保区|综合保税区|保税区|科学城|科技城|创新港|自贸片区|生态城"
)
"""The end of a park's name."""
NOT_IN_A_NAME = re.compile(
    r"[的了在和与及或是为将把被让向对于从到个家座处各等这那该其我你他有也都并就还再又很最更]|建设|打造|位于|落户|入驻|"
    r"发展|推进|推动|出台|认定|援建|占地|某|市级|加快|成立|设立|举行|进入|走进|多个|一批|国家级|省级|现有|拥有|全国|首个|这座|企业|公司|集团|项目"
)
"""What may not stand between the place and the end of the name."""
LONGEST_NAME = 18
CONTEXT = 14
"""Characters shown on either side."""


@dataclass(frozen=True, slots=True)
class Stranger:
    """One sight of a name that looks like a park's."""

    name: str
    context: str


def find_strangers(reading: Reading, hits: Iterable[tuple[int, int, NameSense]]) -> Iterator[Stranger]:
    """Place + a few characters + the end of a park's name, where no known park stands."""
    text = reading.text
    known: list[tuple[int, int]] = []
    places: list[tuple[int, int]] = []
    for start, end, sense in hits:
        if sense.park or (sense.ambiguous and (sense.ambiguous.candidates or sense.ambiguous.default)):
            known.append((start, end))
        elif sense.place:
            places.append((start, end))
    for match in ENDING.finditer(text):
        end = match.end()
        if any(a < end and match.start() < b for a, b in known):
            continue
        begin = _first_of_row(places, match.start(), end - LONGEST_NAME)
        if begin is None or any(begin < b and a < end for a, b in known):
            continue
        name = text[begin:end]
        if name.isalnum() and not NOT_IN_A_NAME.search(name):
            part = reading.part_at(begin)
            yield Stranger(name, text[max(begin - CONTEXT, part.start) : min(end + CONTEXT, part.end)])


def _first_of_row(places: list[tuple[int, int]], before: int, after: int) -> int | None:
    """Start of the last unbroken row of places (江苏省常熟…) that ends by one offset and begins after another."""
    begin: int | None = None
    for start, end in reversed(places):
        if end > before:
            continue
        if start < after or (begin is not None and end != begin and end + 1 != begin):
            break
        begin = start
    return begin
