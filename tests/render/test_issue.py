"""The number of a newspaper's page, from issue.yml or from the page itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from generator.model import IssueFacts, PageSplit, Role, Unplaced
from generator.render.issue import page_number
from tests.render.sample import Sheet, split


def page(lines: Sequence[str], role: Role = Role.FURNITURE) -> PageSplit:
    sheet = Sheet()
    sheet.unplaced += [Unplaced(sheet.put(line), role) for line in lines]
    return split(sheet, "page", [])


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        (["山海日报", "2021年4月16日 星期五 第6版"], "6"),
        (["2021年4月16日 第 06 版"], "6"),
        (["园区周刊 A03版", "责任编辑 某某"], "A03"),
        (["第十二版 2021年4月16日"], "12"),
        (["第6版", "（下转第7版）"], "6"),
        (["上接第1版"], ""),
        (["第6版", "第7版"], ""),
        (["本版编辑 某某", "2007版技术规范", "第三版"], "3"),
        (["每周五出版"], ""),
    ],
)
def test_the_page_says_its_number(lines: Sequence[str], number: str) -> None:
    assert page_number(page(lines)) == number


def test_only_what_stands_outside_of_articles_says_it() -> None:
    assert page_number(page(["第6版"], Role.ADVERT)) == ""


def test_the_editor_knows_better() -> None:
    read = page(["第6版"])
    assert page_number(replace(read, page=replace(read.page, facts=IssueFacts(page_number="05")))) == "5"
