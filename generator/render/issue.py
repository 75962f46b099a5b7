"""What a newspaper's page says of itself: the number of the page."""

from __future__ import annotations

import re

from generator.model import PageSplit, Role
from generator.render.markup import clean

_ELSEWHERE = re.compile(r"[上下][接转]|[接转见]第")
"""（下转第7版） names another page."""
_ONE = "[一二三四五六七八九]"
_STATED = re.compile(
    rf"第 ?([A-Z]?[0-9]{{1,3}}|{_ONE}?十{_ONE}?|{_ONE}) ?版"
    r"|(?<![0-9A-Za-z])([A-Z]?[0-9]{1,2}) ?版(?![本面次])"
)
"""第6版, 第十二版, A03版; 2007版 is an edition."""
_DIGITS = "零一二三四五六七八九"


def page_number(split: PageSplit) -> str:
    """As issue.yml gives it, else as the page's own masthead or foot does; empty where neither does or lines disagree.

    Zeros before it are left out: 第05版 is page 5, A03 stays.
    """
    if stated := clean(split.page.facts.page_number):
        return stated.lstrip("0")
    lines = (clean(item.passage.text) for item in split.unplaced if item.role is Role.FURNITURE)
    found = {
        _figures(number[1] or number[2])
        for line in lines
        if not _ELSEWHERE.search(line)
        for number in _STATED.finditer(line)
    }
    return found.pop() if len(found) == 1 else ""


def _figures(number: str) -> str:
    """A number of up to two digits in figures.

    >>> [_figures(number) for number in ("06", "A03", "六", "十", "十二", "二十", "二十一")]
    ['6', 'A03', '6', '10', '12', '20', '21']
    """
    if "十" in number:
        tens, ones = number.split("十", 1)
        return str(10 * (_DIGITS.index(tens) if tens else 1) + (_DIGITS.index(ones) if ones else 0))
    return str(_DIGITS.index(number)) if number in _DIGITS else number.lstrip("0")
