"""The forms of tests/cases/forms.yml: each line of a byline, dateline, caption or page head is told from the text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.articles.credit import credit
from tests.pages.made_up import split_of

FORMS = Path(__file__).resolve().parents[1] / "cases" / "forms.yml"
TITLE = "夜校的灯亮了三年"
FIRST = "河口新区的三家电池厂三年前合办了一所夜校，首批学员六十人，如今已经送走四届学生，人人都有活干。"
LAST = "学费由园区出一半，厂里出一半，学员拿到证书以后还能涨一级工资，今年又有四十人报名。"
OTHER = """\
污水厂换上新机器

本报讯（记者 何一舟）东岸新区污水厂昨天换上四台新的曝气机，每天能多处理三千吨水。

厂长林知秋说，旧机器用了十四年，噪声大，耗电也多。"""
CUT = 29
"""Characters of the first paragraph above a picture that stands amid its sentence."""
PAGES = {
    "below the headline": f"{TITLE}\n\n{{}}\n\n{FIRST}\n\n{LAST}\n\n{OTHER}\n",
    "before the first words": f"{TITLE}\n\n{{}}{FIRST}\n\n{LAST}\n\n{OTHER}\n",
    "behind the last words": f"{TITLE}\n\n{FIRST}\n\n{LAST}{{}}\n\n{OTHER}\n",
    "below the last words": f"{TITLE}\n\n{FIRST}\n\n{LAST}\n\n{{}}\n\n{OTHER}\n",
    "caption": f"{TITLE}\n\n本报记者 方小满\n\n{FIRST}\n\n{{}}\n\n{LAST}\n\n{OTHER}\n",
    "amid a sentence": f"{TITLE}\n\n本报记者 方小满\n\n{FIRST[:CUT]}\n\n{{}}\n\n{FIRST[CUT:]}\n\n{LAST}\n\n{OTHER}\n",
    "top": f"{{}}\n\n{TITLE}\n\n本报记者 方小满\n\n{FIRST}\n\n{LAST}\n\n{OTHER}\n",
    "foot": f"{TITLE}\n\n本报记者 方小满\n\n{FIRST}\n\n{LAST}\n\n{OTHER}\n\n{{}}\n",
}
"""Where a line may stand, and the page with the line at {}."""
HALF_WIDTH = str.maketrans("，：；？！（）", ",:;?!()")


def forms() -> Iterator[Any]:
    """Place, line and names, as pytest parameters."""
    told = yaml.safe_load(FORMS.read_text(encoding="utf-8"))
    for place, by_names in told.items():
        for names, lines in by_names.items():
            for line in lines:
                yield pytest.param(place, line, names.split(), id=f"{place}: {line}")


@pytest.mark.parametrize("half_width", [False, True], ids=["full", "half"])
@pytest.mark.parametrize(("place", "line", "names"), list(forms()))
def test_form(place: str, line: str, names: list[str], *, half_width: bool) -> None:
    page = PAGES[place].format(line)
    split = credit(split_of(page.translate(HALF_WIDTH) if half_width else page))
    assert len(split.articles) == 2
    first = next(article for article in split.articles if article.title == TITLE)
    assert [paragraph.text for paragraph in first.paragraphs] == [FIRST, LAST]
    if place in {"caption", "amid a sentence"}:
        assert first.captions
    elif place in {"top", "foot"}:
        assert split.unplaced
    else:
        assert [author.name for author in first.credits] == names
