"""Pages taken apart, made for tests: invented sentences, and texts that try to break the site."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from generator.model import (
    Article,
    Credit,
    Evidence,
    Facet,
    Kind,
    Newspaper,
    Page,
    PageSplit,
    Paragraph,
    Park,
    PartialDate,
    Passage,
    Precision,
    Role,
    Subject,
    Tag,
    Unplaced,
)

HOSTILE = (
    "<script>alert(1)</script>",
    "# 不是标题",
    "1. 不是列表",
    "- 也不是",
    "    不是代码",
    "*星* _线_ `码` [链](javascript:alert(1)) ![图](x)",
    "{: .x #p1 onclick=y } {{ config }} {% raw %}",
    "::: block",
    "!!! note",
    "| a | b |",
    "---",
    "&lt;b&gt; &amp; &#60; &copy;",
    "\"引\" '号' \\ 反斜杠 \\* ~~删~~ ==标== ^上^ $x$ :smile:",
    "</textarea></title></script><!-- x --> <![CDATA[ ]]>",
    "\x00\x02klzzwxh:0\x03\u202e倒\u2028行",
)

UNDATED = PartialDate()

PARKS = {
    park.id: park
    for park in (
        Park(
            "qingshan",
            "青杉高新技术产业开发区",
            "青杉高新区",
            ("青杉园",),
            "国家高新区",
            "",
            "福建省",
            "青杉市",
            1992,
            26.0,
            119.3,
        ),
        Park("baihe", "白禾经济技术开发区", "白禾经开区", (), "国家经开区", "", "福建省", "白禾市", None, 26.4, 119.5),
        Park("qingshan-soft", "青杉软件园", "青杉软件园", (), "产业园", "qingshan", "福建省", "青杉市"),
        Park("silent", "无声综合保税区", "无声综保区", (), "综合保税区", "", "云南省"),
    )
}
INDUSTRIES = {
    subject.id: subject
    for subject in (
        Subject("energy", "新能源", Facet.INDUSTRY, "", ("6",), "能源之新者"),
        Subject("storage", "储能", Facet.INDUSTRY, "energy"),
        Subject("chips", "集成电路", Facet.INDUSTRY),
    )
}
TOPICS = {"investment": Subject("investment", "招商引资", Facet.TOPIC)}


@dataclass
class Sheet:
    """A page being written: text goes in, passages come out."""

    text: str = ""
    unplaced: list[Unplaced] = field(default_factory=list)

    def put(self, text: str, end: str = "\n\n") -> Passage:
        """Write the text onto the page and return it as a passage."""
        start = len(self.text)
        self.text += text + end
        return Passage.of(self.text, start, start + len(text))


def tagged(facet: Facet, name: str, label: str, evidence: Sequence[Evidence] = (), *, about: bool = True) -> Tag:
    return Tag(facet, name, label, about, 1.0, tuple(evidence))


def article(  # noqa: PLR0913 - one keyword for each part that a test may want
    sheet: Sheet,
    stem: str,
    title: str,
    paragraphs: Sequence[str],
    *,
    tags: Sequence[Tag] = (),
    date: PartialDate = UNDATED,
    paper: str = "",
    authors: Sequence[str] = (),
    doubts: Sequence[str] = (),
    subheads: Sequence[int] = (),
    captions: Sequence[str] = (),
    kicker: str = "",
    **more: object,
) -> Article:
    """An article whose every part stands on the sheet. `subheads` are indices of paragraphs."""
    above = sheet.put(kicker) if kicker else None
    headline = sheet.put(title)
    body = tuple(
        Paragraph(sheet.put(text), Role.SUBHEAD if at in subheads else Role.BODY) for at, text in enumerate(paragraphs)
    )
    name = sha256(f"{stem}{title}{paragraphs}".encode("utf-8", "replace")).hexdigest()[:12]
    return Article(
        name,
        stem,
        headline,
        body,
        kicker=above,
        captions=tuple(sheet.put(text) for text in captions),
        credits=tuple(Credit(author, "记者", "本报") for author in authors),
        doubts=tuple(doubts),
        newspaper=Newspaper(paper, "见报头" if paper else ""),
        date=date,
        tags=tuple(tags),
        **more,  # type: ignore[arg-type]
    )


def split(sheet: Sheet, stem: str, articles: Sequence[Article]) -> PageSplit:
    """The sheet as a page taken apart."""
    page = Page(stem, f"{stem}.txt", sha256(sheet.text.encode("utf-8", "replace")).hexdigest(), sheet.text)
    first = articles[0] if articles else None
    return PageSplit(
        page,
        tuple(articles),
        tuple(sheet.unplaced),
        first.newspaper if first else Newspaper(),
        first.date if first else PartialDate(),
    )


def calm_page() -> PageSplit:
    """Three ordinary articles of one page."""
    sheet = Sheet()
    day = PartialDate("2020-08-31", Precision.DAY, "见报头")
    qingshan = tagged(Facet.PARK, "qingshan", "青杉高新区", [Evidence("青杉高新区", 0, 2, 7)])
    fujian = tagged(Facet.PROVINCE, "福建省", "福建省")
    articles = [
        article(
            sheet,
            "calm",
            "青杉高新区储能电站并网发电",
            [
                "近日青杉高新区的储能电站并网，首批电池柜投入运行。",
                "电站怎样运行",
                "储能电站夜里充电，白天放电，电池柜有人轮流看守。",
            ],
            tags=[qingshan, tagged(Facet.INDUSTRY, "storage", "储能", [Evidence("储能", -1, 5, 7)]), fujian],
            date=day,
            paper="山海日报",
            authors=["林一木", "何二川"],
            subheads=[1],
            captions=["电池柜前，值班员在抄表。 何二川摄"],
            kicker="山里来了新电站",
        ),
        article(
            sheet,
            "calm",
            "白禾经开区引来芯片封装项目",
            ["白禾经开区与三家企业签约，封装产线明年投产。"],
            tags=[
                tagged(Facet.PARK, "baihe", "白禾经开区"),
                tagged(Facet.PARK, "qingshan", "青杉高新区", about=False),
                tagged(Facet.INDUSTRY, "chips", "集成电路"),
                tagged(Facet.TOPIC, "investment", "招商引资"),
                fujian,
            ],
            date=day,
            paper="山海日报",
            authors=["林一木"],
            doubts=["第 9 行可能属于上一篇。"],
            confidence=0.4,
            corrected=("text",),
            originals=(("text", "白禾经开区与三家企业签约，封装产先明年投产。"),),
        ),
        article(
            sheet,
            "calm",
            "青杉高新区储能电站二期动工",
            ["储能电站二期在青杉高新区动工，电池柜将翻一番。"],
            tags=[qingshan, tagged(Facet.INDUSTRY, "storage", "储能")],
            date=PartialDate("2021-03", Precision.MONTH, "见正文"),
            kind=Kind.BRIEF,
            column="短波",
            truncated="tail",
        ),
    ]
    sheet.unplaced.append(Unplaced(sheet.put("责任编辑 某某"), Role.FURNITURE))
    return split(sheet, "calm", articles)


def hostile_page() -> PageSplit:
    """Every text that could break something, in every place where a text of the source is shown."""
    sheet = Sheet()
    articles = [
        article(
            sheet,
            "hostile #1? 页",
            text,
            [text, *HOSTILE],
            tags=[tagged(Facet.PARK, "../../etc", text, [Evidence(text, 0, 0, len(text))])],
            paper=text,
            authors=[text],
            doubts=[text],
            captions=[text],
            dateline=(sheet.put(text),),
            kicker=text,
            column=text,
            subheads=[0],
        )
        for text in HOSTILE
    ]
    return split(sheet, "hostile #1? 页", articles)
