"""What editors read at the terminal: the worst first, and exactly the tags that changed."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest

from generator.model import (
    Article,
    Block,
    Evidence,
    Facet,
    Junction,
    Page,
    PageSplit,
    Paragraph,
    Passage,
    Reason,
    Role,
    Tag,
    Unplaced,
)
from generator.report import choose, doubt_list, doubtful, explain, park_list, tag_changes

TEXT = "新窗口\n老周来吃饭。\n小李也来。\n某某\n"
LINES = TEXT.splitlines()


def passage(line: str) -> Passage:
    start = TEXT.index(line)
    return Passage.of(TEXT, start, start + len(line))


def article(name: str, confidence: float, *doubts: str, line: str = LINES[1]) -> Article:
    return Article(
        id=name * 12,
        page="p",
        headline=Passage.invented(f"{name}题"),
        paragraphs=(Paragraph(passage(line)),),
        confidence=confidence,
        doubts=doubts,
    )


def split(*articles: Article, unplaced: tuple[Unplaced, ...] = ()) -> PageSplit:
    blocks = tuple(
        Block(passage(line), number, role, thread=0, reasons=(Reason("short line", 1.5, line),))
        for number, (line, role) in enumerate(
            zip(LINES, (Role.HEADLINE, Role.BODY, Role.BODY, Role.FURNITURE), strict=True), start=1
        )
    )
    junctions = (
        Junction(1, 2, -0.5, chosen=True, reasons=(Reason("same subject", -0.5),)),
        Junction(0, 2, 0.7, chosen=False),
        Junction(-1, 1, -2.0, chosen=True),
    )
    return PageSplit(Page("p", "p.txt", "0" * 64, TEXT, blocks, junctions=junctions), articles, unplaced)


def test_worst_first_and_furniture_not_at_all() -> None:
    page = split(
        article("a", 0.9, "甲疑"),
        article("b", 0.2, "乙疑", "丙疑"),
        article("c", 0.1),
        unplaced=(
            Unplaced(passage(LINES[3]), Role.FURNITURE),
            Unplaced(passage(LINES[2]), Role.ADVERT),
            Unplaced(passage(LINES[1]), Role.STRAY),
        ),
    )
    lines = [line.strip() for line in doubt_list(doubtful(page), limit=0)]
    assert lines == [
        "存疑的文章（把握最小的在前）：2",
        "0.20　p　bbbbbbbbbbbb　b题",
        "乙疑",
        "丙疑",
        "0.90　p　aaaaaaaaaaaa　a题",
        "甲疑",
        "未归入文章的文字：2",
        "stray　p　第 2 行　老周来吃饭。",
        "advert　p　第 3 行　小李也来。",
    ]


def test_long_lists_are_cut_and_say_so() -> None:
    page = split(*(article(name, 0.5, "疑") for name in "abc"))
    lines = list(doubt_list(doubtful(page), limit=2))
    assert len(lines) == 1 + 2 * 2 + 1
    assert "其余 1 项" in lines[-1]


def test_nothing_to_tell() -> None:
    assert list(doubt_list(doubtful(split(article("a", 1.0))), limit=0)) == []
    assert list(park_list([], limit=0)) == []


@pytest.mark.parametrize(
    ("word", "index"), [("1", 0), ("2", 1), ("bbbb", 1), ("a题", 0), ("题", None), ("3", None), ("没有", None)]
)
def test_an_article_is_chosen_by_number_id_or_title(word: str, index: int | None) -> None:
    page = split(article("a", 1.0), article("b", 1.0))
    assert choose(page, word) is (None if index is None else page.articles[index])


@dataclass(frozen=True)
class Weighed:
    facet: Facet
    id: str
    label: str
    score: float
    reasons: tuple[Reason, ...]


def test_explain_shows_roles_junctions_tags_and_what_was_not_taken() -> None:
    park = Tag(Facet.PARK, "alpha", "甲园", about=True, score=5.0, evidence=(Evidence("老周", 0, 0, 2),))
    page = split(replace(article("a", 0.8, "甲疑"), tags=(park,)), article("b", 0.9, line=LINES[2]))
    weighed = [
        Weighed(Facet.PARK, "alpha", "甲园", 5.0, (Reason("标题", 5.0),)),
        Weighed(Facet.PARK, "beta", "乙园", 1.0, (Reason("次数", 1.0, "1 次"),)),
    ]
    told = "\n".join(explain(page, lambda _: weighed))
    for part in (
        "行 1    headline",
        "short line +1.50　新窗口",
        "✓    1 → 2",
        "✓   -1 → 1      -2.00　另起一篇｜",
        "same subject -0.50",
        "疑：甲疑",
        "主题 park alpha（甲园）　得分 5.00",
        "标题 +5.00",
        "第 1 段：老周",
        "不取 park beta（乙园）　得分 1.00",
    ):
        assert part in told
    one = "\n".join(explain(page, lambda _: weighed, page.articles[1]))
    assert "bbbbbbbbbbbb" in one
    assert "aaaaaaaaaaaa" not in one
    assert "小李也来" in one
    assert "行 1    headline" not in one


def test_tag_changes() -> None:
    old: dict[str, dict[str, object]] = {
        "same": {"title": "同", "parks": ["a", "b"], "topics": []},
        "more": {"title": "多", "parks": ["a"], "industries": ["x"]},
        "turned": {"title": "换", "parks": ["a", "b"]},
        "gone": {"title": "去", "parks": []},
    }
    new: dict[str, dict[str, object]] = {
        "same": {"title": "同", "parks": ["a", "b"], "topics": []},
        "more": {"title": "多", "parks": ["a", "c"], "industries": []},
        "turned": {"title": "换", "parks": ["b", "a"]},
        "born": {"title": "来", "parks": []},
    }
    assert list(tag_changes(old, new)) == [
        "more　多　parks +c；industries −x",
        "turned　换　parks 主 a → b",
        "born　来　新增",
        "gone　去　不再有",
    ]
    assert list(tag_changes(new, new)) == []
