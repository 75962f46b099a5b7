"""Made-up pages for the laws: hypothesis strategies of page texts, our own samples among them, and their accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from hypothesis import strategies as st

from generator.articles.assemble import assemble
from generator.articles.judge import worth
from generator.model import Page, PageSplit, Passage, Span
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch

SEEDS = Path(__file__).resolve().parents[2] / "seeds"

SENTENCES = (
    "东岸新区的污水厂昨天换上了新的曝气机，每天能多处理三千吨水。",
    "“图纸改了七遍，”老刘说，“第八遍才敢送去车间。",
    "月底前，两条中试线要全部搬进南区的新厂房",
    "据介绍,该平台已服务1,465.3万人次(含线上),供需比为3:2;",
    "，随后又在苏州设了第二个仓库。",
    "一是把审批从九天压到两天；二是让企业只跑一个窗口。",
    "园区管委会主任何一舟表示：",
    "研发 AMOLED 产品的企业有 12 家。",
)
HEADS = (
    "东岸新区：一滴水的旅程",
    "# 把车间搬进园区",
    "## 两条腿走路",
    "### 小厂也有大账本",
    "新闻速览",
    "**谁来开这扇门？**",
    "“慢工”为何出快货",
)
SIGNS = (
    "本报讯（记者 何一舟）",
    "► 何一舟 林知秋",
    "◎本报记者 何一舟 通讯员 林知秋",
    "何一舟",
    "新华社武汉3月4日电",
    "图为新厂房一角 何一舟 摄",
    "图片来源:东岸新区",
    "责任编辑 林知秋",
    "2021年3月5日 星期五 第4版",
    "（上接第1版）",
    "（下转第3版）",
    "热线电话：010-00000000",
    "| 年份 | 产值 |",
    "|---|---|",
    "招标公告",
)
ODD = (
    "Only Latin text, 3.5 mm wide.",
    "🙂👩\u200d🔬",
    "\u200b\u200b",
    "\ufeff",
    "\x00\x07",
    "\x1c",
    "# ",
    "###### ######",
    "* * *",
    "****",
    "________",
    "。。。",
    "》》",
    '"',
    "（",
    "\u00ad软\u00ad连字符",
    "\U00020000\U0002a6d6",
    "ＡＢＣ１２３",
)
BREAKS = (
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "\r",
    "\n\n\n\n",
    " ",
    "\t",
    "\u3000\u3000",
    "",
    "\n\u3000\u3000",
    "\x0b",
    "\u2028",
    "\x85",
)

pieces = st.sampled_from(SENTENCES + HEADS + SIGNS + ODD) | st.text(max_size=12)
texts = st.lists(st.tuples(pieces, st.sampled_from(BREAKS)), max_size=14).map(
    lambda rows: "".join(a + b for a, b in rows)
)
"""Texts of any kind: our sentences, heads, signs, odd characters and blanks in any order; may be empty."""


def samples() -> list[str]:
    """The texts of our own sample pages."""
    return [
        path.read_bytes().decode("gb18030" if "gb18030" in path.name else "utf-8")
        for path in sorted(SEEDS.rglob("*.txt"))
    ]


@st.composite
def reshuffled(draw: st.DrawFn) -> str:
    """A sample page with its paragraphs in another order, some of them perhaps from a second page."""
    text = draw(st.sampled_from(samples()))
    paragraphs = text.splitlines(keepends=True)
    if draw(st.booleans()):
        paragraphs = (
            paragraphs[: len(paragraphs) // 2] + draw(st.sampled_from(samples())).splitlines(keepends=True)[::2]
        )
    return "".join(draw(st.randoms(use_true_random=False)).sample(paragraphs, len(paragraphs)))


def page_of(text: str) -> Page:
    """A page as the door gives it."""
    return Page("page", "page.txt", "0" * 64, text)


def split_of(text: str) -> PageSplit:
    """The page taken apart by the stages of separation alone."""
    return assemble(stitch(classify(normalise(page_of(text))), worth))


def passages_of(split: PageSplit) -> Iterator[Passage]:
    """Every passage that answers for characters of the page."""
    for article in split.articles:
        yield article.headline
        yield from [article.kicker] if article.kicker else []
        yield from (*article.byline, *article.dateline, *article.captions)
        yield from (paragraph.passage for paragraph in article.paragraphs)
    yield from (item.passage for item in split.unplaced)


def misplaced(text: str, spans: Iterable[Span]) -> list[str]:
    """What is wrong with the spans of a page: bad ones, characters in none and in several. Blanks count for nothing."""
    seen = [0] * len(text)
    found = []
    for start, end in spans:
        if not 0 <= start < end <= len(text):
            found.append(f"bad span {start}–{end}")
            continue
        for offset in range(start, end):
            seen[offset] += 1
    lost = [i for i, char in enumerate(text) if not char.isspace() and not seen[i]]
    doubled = [i for i in range(len(text)) if seen[i] > 1]
    for what, offsets in (("in no span", lost), ("in several spans", doubled)):
        if offsets:
            found.append(f"{len(offsets)} characters {what}, first {text[offsets[0] : offsets[0] + 20]!r}")
    return found


def misremembered(text: str, passage: Passage) -> list[str]:
    """Characters of a passage that point at another character of the page, or out of the passage's spans."""
    found = []
    for index, char in enumerate(passage.text):
        offset = passage.source_offset(index)
        if offset < 0:
            continue
        if not any(start <= offset < end for start, end in passage.spans):
            found.append(f"{char!r} is from {offset}, which is in none of the spans {passage.spans}")
        elif char != text[offset] and (text[offset], char) not in WIDENED:
            found.append(f"{char!r} is not {text[offset]!r} at {offset}")
    return found


WIDENED = {*zip(",:;?!()", "，：；？！（）", strict=True), *(('"', c) for c in "“”"), *(("＂", c) for c in "“”")}
"""(On the page, in the cleaned text): the only replacements that cleaning may make."""
