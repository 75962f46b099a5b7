"""Head lines that stand above another story than theirs."""

from __future__ import annotations

from collections.abc import Sequence

from generator.halves import brought_home
from generator.model import Block, Passage, Role

SCHOOL = "河口新区的三家电池厂上月合办了一所夜校，首批学员六十人，学费由园区出一半，电池厂出一半。"
PORT = "东岸码头上周添了两台四十吨的吊机，卸一船集装箱从九个小时缩到六个小时，货主不用再排队。"


def page(*lines: tuple[Role, int, str, int]) -> list[Block]:
    """Blocks of a placed page: role, thread, text and number of marks of each."""
    return [
        Block(Passage.of(text, 0, len(text)), 2 * k + 1, role, level=level, thread=thread)
        for k, (role, thread, text, level) in enumerate(lines)
    ]


def placed(blocks: Sequence[Block], text: str) -> tuple[Role, int]:
    """Role and thread of the line once lines are brought home."""
    return next((b.role, b.thread) for b in brought_home(blocks) if b.text == text)


def around(line: tuple[Role, int, str, int], *, host: str = "东岸码头添了两台吊机") -> list[Block]:
    """A page on which a night school's story is broken off, and goes on below that of a port."""
    above_port = [line] if not host else [line, (Role.HEADLINE, 1, host, 1)]
    return page(
        (Role.HEADLINE, 0, "河口新区办起夜校", 1),
        (Role.BODY, 0, SCHOOL, 0),
        (Role.SUBHEAD, 0, "老师就是身边的工程师", 2),
        (Role.BODY, 0, "夜校的老师多半是电池厂的工程师，教室在二号厂房楼上，学员下了班就来。", 0),
        *above_port,
        (Role.BODY, 1, PORT, 0),
        (Role.BODY, 0, "夜校的学员每个学期要过三道考试，考的都是电池厂里天天用得上的东西。", 0),
    )


def test_a_subhead_above_another_story_goes_back_to_its_own() -> None:
    blocks = around((Role.HEADLINE, 1, "夜校学员要过三道考试", 2))
    assert placed(blocks, "夜校学员要过三道考试") == (Role.SUBHEAD, 0)
    assert placed(blocks, "东岸码头添了两台吊机") == (Role.HEADLINE, 1)


def test_a_line_of_the_other_headline_stays() -> None:
    blocks = around((Role.HEADLINE, 1, "卸一船集装箱只要六个小时", 1))
    assert placed(blocks, "卸一船集装箱只要六个小时") == (Role.HEADLINE, 1)


def test_the_only_headline_of_a_story_stays() -> None:
    blocks = around((Role.HEADLINE, 1, "夜校学员要过三道考试", 2), host="")
    assert placed(blocks, "夜校学员要过三道考试") == (Role.HEADLINE, 1)
