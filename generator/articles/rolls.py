"""Lists of parks that name only where they lie: 同意17家高新区升级，它们是：河北承德、吉林长春净月、辽宁本溪……"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from generator.model import NameSense

ENDINGS: Mapping[str, str] = {
    "自贸试验区": "自贸试验区",
    "自由贸易试验区": "自贸试验区",
    "自贸区": "自贸试验区",
    "国家自主创新示范区": "国家自主创新示范区",
    "自创区": "国家自主创新示范区",
    "高新技术产业开发区": "高新区",
    "高新区": "高新区",
    "经济技术开发区": "经开区",
    "经开区": "经开区",
    "综合保税区": "综保区",
    "综保区": "综保区",
}
"""How parks of a list are announced, and the ending that makes a park's name of each item."""
COUNTED = re.compile(r"(?:[\d两三四五六七八九十百]+[个家]|一批|首批|第[一二三四五六七八九十]+批)[^。，：；\n]{0,22}$")
"""What announces a list, up to the kind of its parks: 同意17家省级……, 一批省级开发区升级为国家级……"""
COUNTED_LENGTH = 30
ROW = re.compile(r"[^。，；：:！？\n、]+(?:、[^。，；：:！？\n、]+){2,}")
"""Three items or more with 、 between them."""
LEAD = r"定在|设在|别在|是|为|有|包括|同意|批准"
"""What stands before the first item: 分别确定在, 国务院同意; or a colon."""
LED = re.compile(rf"[^、]{{0,30}}?(?:{LEAD})")
"""A row whose first item begins with what leads up to it."""
BEHIND_LEAD = re.compile(rf"(?:[：:]|{LEAD})$")
LEAD_LENGTH = 2
"""Letters of a lead, at most."""
ITEM_LENGTHS = range(8, 1, -1)
"""Letters of an item, the longest first."""
PROVINCE = "省"
"""Level of a place."""
PROVINCE_LENGTHS = (3, 2)
LEAST_KNOWN = 0.6
"""Share of the items that the authority file knows, three at least, in a list of parks."""
SHORTEST = 3


def listed_parks(text: str, senses: Mapping[str, NameSense]) -> Iterator[tuple[int, int, str]]:
    """(start, end, park) of each item of such lists in a squeezed text."""
    announced: dict[str, int] = {}
    for at, ending in _announcements(text):
        announced[ending] = min(at, announced.get(ending, at))
    if not announced:
        return
    first = min(announced.values())
    for row in ROW.finditer(text, text.rfind("\n", 0, first) + 1):
        if text[row.start() - 1] not in "：:" and not LED.match(text, row.start()):
            continue
        for ending in sorted(announced):
            found = list(_parks_of_row(text, row.start(), row.end(), ending, senses))
            if len(found) >= max(SHORTEST, LEAST_KNOWN * (row[0].count("、") + 1)):
                yield from found
                break


def _announcements(text: str) -> Iterator[tuple[int, str]]:
    """Where a list is announced, and the ending of its parks."""
    for kind, ending in ENDINGS.items():
        at = text.find(kind)
        while at >= 0:
            if COUNTED.search(text, max(0, at - COUNTED_LENGTH), at):
                yield at, ending
            at = text.find(kind, at + 1)


def _parks_of_row(
    text: str, start: int, end: int, ending: str, senses: Mapping[str, NameSense]
) -> Iterator[tuple[int, int, str]]:
    """The items of a row that are parks: the first may follow a verb, something may follow the last."""
    at = start
    items = text[start:end].split("、")
    for number, item in enumerate(items):
        until = at + len(item)
        stretches = [(at, until)]
        if number == 0:
            begins = (until - n for n in ITEM_LENGTHS if n <= len(item))
            stretches = [(b, until) for b in begins if BEHIND_LEAD.search(text, max(0, b - LEAD_LENGTH), b)]
        elif number == len(items) - 1:
            stretches = [(at, at + n) for n in ITEM_LENGTHS if n <= len(item)]
        found = (_park_of_item(text, first, last, ending, senses) for first, last in stretches)
        here = next((park for park in found if park), None)
        if here:
            yield here
        at = until + 1


def _park_of_item(
    text: str, start: int, end: int, ending: str, senses: Mapping[str, NameSense]
) -> tuple[int, int, str] | None:
    """The park that an item means, its province named or not: 河北承德, 承德, 湖南省."""
    item = text[start:end]
    heads = (senses.get(item[:length]) for length in PROVINCE_LENGTHS if length < len(item))
    province = next((head.name for head in heads if head and head.place and head.place.level == PROVINCE), "")
    for name in (item, item.rstrip("省市"), item[len(province) :]):
        sense = senses.get(name + ending)
        if sense and sense.park:
            return end - len(name) if name == item[len(province) :] else start, end, sense.park
    return None
