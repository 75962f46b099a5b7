"""The types of the archive: what a page, a block, an article and a tag are.

All are frozen: a stage takes values and returns new ones. Offsets are Unicode code points, half-open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Span = tuple[int, int]
"""Half-open range of code points in the decoded source file, line ends kept."""


class Role(StrEnum):
    """What a block is on its page."""

    UNREAD = "unread"
    """Not classified yet."""
    HEADLINE = "headline"
    """主题: the headline itself, or one line of it."""
    KICKER = "kicker"
    """引题/提要: the line or lead set above the headline."""
    COLUMN = "column"
    """栏目: the name of a column under which several briefs stand."""
    BYLINE = "byline"
    """署名: who wrote it."""
    DATELINE = "dateline"
    """电头: 本报讯, 新华社北京5月1日电."""
    BODY = "body"
    """正文."""
    SUBHEAD = "subhead"
    """小标题 inside an article."""
    CAPTION = "caption"
    """图片说明, photo credits included."""
    PULL_QUOTE = "pull_quote"
    """摘句: a sentence of the body set a second time as an ornament."""
    DUPLICATE_HEADLINE = "duplicate_headline"
    """A stray second copy of a headline."""
    FURNITURE = "furniture"
    """版面固定成分: masthead, page number, date line, 责任编辑, hotline."""
    ADVERT = "advert"
    """广告."""
    TABLE = "table"
    """表格 lines."""
    STRAY = "stray"
    """Text that found no article."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Cleaned text that knows where in the source every one of its characters stood.

    Cleaning only drops characters or replaces one by one, so `origin` is a short list of break points.
    """

    text: str
    origin: tuple[tuple[int, int], ...]
    """(offset in text, offset in source) where a new one-to-one run begins, ascending; source -1: not from the page."""
    spans: tuple[Span, ...]
    """The source ranges this passage answers for, dropped characters (blanks, marks) included."""

    @classmethod
    def of(cls, source: str, start: int, end: int) -> Passage:
        """The passage that is source[start:end], character by character."""
        return cls(source[start:end], ((0, start),), ((start, end),))

    @classmethod
    def invented(cls, text: str) -> Passage:
        """Text that stands nowhere on the page."""
        return cls(text, ((0, -1),) if text else (), ())

    def source_offset(self, index: int) -> int:
        """Source offset of text[index]; -1 where the character is not from the page."""
        at = bisect_right(self.origin, (index, 1 << 62)) - 1
        offset, source = self.origin[at]
        return -1 if source < 0 else source + index - offset

    def locate(self, start: int, end: int) -> tuple[Span, ...]:
        """Source spans of text[start:end], merged where they touch; dropped characters are not in them."""
        found: list[list[int]] = []
        for at, (offset, source) in enumerate(self.origin):
            stop = self.origin[at + 1][0] if at + 1 < len(self.origin) else len(self.text)
            low, high = max(start, offset), min(end, stop)
            if low >= high or source < 0:
                continue
            first, last = source + low - offset, source + high - offset
            if found and found[-1][1] == first:
                found[-1][1] = last
            else:
                found.append([first, last])
        return tuple((first, last) for first, last in found)

    def cut(self, start: int, end: int) -> Passage:
        """text[start:end] as a passage. Cuts at 0 and len(text) take what was dropped at the edges along."""
        origin: list[tuple[int, int]] = []
        for at, (offset, source) in enumerate(self.origin):
            stop = self.origin[at + 1][0] if at + 1 < len(self.origin) else len(self.text)
            low, high = max(start, offset), min(end, stop)
            if low < high:
                origin.append((low - start, source if source < 0 else source + low - offset))
        low_limit = 0 if start <= 0 else self.source_offset(start)
        high_limit = (1 << 62) if end >= len(self.text) else self.source_offset(end)
        if start >= end:
            return Passage("", (), ())
        spans = tuple(
            (max(a, low_limit), min(b, high_limit)) for a, b in self.spans if max(a, low_limit) < min(b, high_limit)
        )
        return Passage(self.text[start:end], tuple(origin), spans)

    def without(self, offsets: Iterable[int]) -> Passage:
        """The passage without the characters at those offsets of its text; its spans stay."""
        dropped = set(offsets)
        if not dropped:
            return self
        text: list[str] = []
        origin: list[tuple[int, int]] = []
        expected = -2
        for index, char in enumerate(self.text):
            if index in dropped:
                continue
            source = self.source_offset(index)
            if source != expected:
                origin.append((len(text), source))
            expected = source + 1 if source >= 0 else -1
            text.append(char)
        return Passage("".join(text), tuple(origin), self.spans)

    @classmethod
    def join(cls, passages: Iterable[Passage], separator: str = "") -> Passage:
        """The passages one after the other; the separator belongs to no source character."""
        parts = [p for p in passages if p.text or p.spans]
        text = ""
        origin: list[tuple[int, int]] = []
        spans: list[Span] = []
        for part in parts:
            if separator and text and part.text:
                origin.append((len(text), -1))
                text += separator
            origin.extend((len(text) + offset, source) for offset, source in part.origin)
            text += part.text
            spans.extend(part.spans)
        return cls(text, tuple(origin), tuple(spans))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a block got its role, or a junction its cost: the rule's name, its weight, and what it saw."""

    rule: str
    weight: float
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A run of source text with one role: the atom of a page. It is never lost, only given a role and a place."""

    passage: Passage
    line: int
    """1-based line of the source where it begins."""
    role: Role = Role.UNREAD
    level: int = 0
    """Number of leading # marks on the page; 0 without."""
    gap: int = 0
    """Blank lines above it."""
    reasons: tuple[Reason, ...] = ()
    thread: int = -1
    """Number of the article it belongs to, in page order; -1: none. Given by stitch."""
    continues: bool = False
    """True where it goes on with the paragraph of the block before it in its thread. Given by stitch."""
    home: float = 0.0
    """How much likelier its words are in its article than in another of the page, in nats. Given by stitch."""

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Junction:
    """A place where one block may go on in another, as stitch weighed it; kept for explain and for confidence."""

    before: int
    """Index in Page.blocks."""
    after: int
    cost: float
    """Lower is better; 0 is the cost of doing nothing."""
    chosen: bool
    reasons: tuple[Reason, ...] = ()
    margin: float = 0.0
    """How much dearer than the chosen one the next best reading of the block `after` is, in nats."""


class Change(StrEnum):
    """How another reading of a page differs from the chosen one."""

    SWAP = "swap"
    """Two articles have each other's tails."""
    TAIL = "tail"
    """The tail of the first article belongs to the second."""
    PIECE = "piece"
    """Some blocks amid the first article belong to the second."""
    JOIN = "join"
    """One of the two begins where it goes on in the other."""
    SPLIT = "split"
    """The tail of the first article is an article of its own."""


@dataclass(frozen=True, slots=True)
class Rival:
    """Another reading of the page that comes close; kept for explain and for confidence."""

    cost: float
    """How much dearer it is than the chosen reading, in nats; below 0 where only part of the evidence is for it."""
    change: Change
    articles: tuple[int, int]
    """The two articles that it changes, by the index in Page.blocks of their first text; -1 for one not there yet."""
    at: tuple[int, int]
    """Index in Page.blocks of the first text that would go elsewhere, from each of the two articles; -1 for none."""


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    WINDOW = "window"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as it is known; never an invented day."""

    value: str = ""
    """ISO 8601: 2020-08-31, 2020-08, 2020 or 2020-08-26/2020-09-10; empty when unknown."""
    precision: Precision = Precision.UNKNOWN
    basis: str = ""
    """Where it comes from, a Chinese sentence for readers."""

    @property
    def earliest(self) -> date | None:
        """First day of the window."""
        if not self.value:
            return None
        parts = [int(p) for p in self.value.split("/")[0].split("-")]
        return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)

    @property
    def year(self) -> str:
        """The year as four digits, empty when unknown."""
        return self.value[:4]


@dataclass(frozen=True, slots=True)
class Newspaper:
    """Which newspaper a page is from, and how we know."""

    name: str = ""
    basis: str = ""


@dataclass(frozen=True, slots=True)
class IssueFacts:
    """What issue.yml beside the sources says of a page."""

    newspaper: str = ""
    date: str = ""
    page_number: str = ""
    file: str = ""
    """The issue.yml that said so, empty when there was none."""


@dataclass(frozen=True, slots=True)
class Page:
    """A source file on its way to articles: its whole text, and the blocks that account for every character of it."""

    stem: str
    """Name of the export and of the source page; folders joined by __."""
    source: str
    """Path of the file relative to its seeds folder, with /."""
    sha256: str
    text: str
    blocks: tuple[Block, ...] = ()
    facts: IssueFacts = IssueFacts()
    junctions: tuple[Junction, ...] = ()
    rivals: tuple[Rival, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body or a subhead, its pieces joined."""

    passage: Passage
    role: Role = Role.BODY

    @property
    def text(self) -> str:
        """The cleaned text."""
        return self.passage.text


class Facet(StrEnum):
    """The kinds of tags."""

    PARK = "park"
    INDUSTRY = "industry"
    TOPIC = "topic"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A phrase that earned a tag, and where it stands."""

    text: str
    part: int
    """Index in Article.paragraphs; HEADLINE_PART or KICKER_PART for those."""
    start: int
    end: int
    """Offsets in the part's text."""
    spans: tuple[Span, ...] = ()


HEADLINE_PART = -1
KICKER_PART = -2


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag of an article with its evidence."""

    facet: Facet
    id: str
    """Id in the authority files; for a province its full name."""
    label: str
    """What readers see."""
    about: bool
    """True: the article is about it. False: it is only mentioned."""
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Credit:
    """One author: name, role (记者, 通讯员 …; empty when not stated) and agency (本报, 新华社 …)."""

    name: str
    role: str = ""
    agency: str = ""


class Kind(StrEnum):
    """What sort of item an article is."""

    ARTICLE = "article"
    BRIEF = "brief"
    PHOTO = "photo"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a page."""

    id: str
    """Twelve hex digits, from the page's stem and the first words of the body: stable when a page is split again."""
    page: str
    """Stem of its page."""
    headline: Passage
    """Empty spans where the title stands nowhere on the page."""
    paragraphs: tuple[Paragraph, ...]
    kicker: Passage | None = None
    column: str = ""
    kind: Kind = Kind.ARTICLE
    byline: tuple[Passage, ...] = ()
    """Bylines as they stand."""
    dateline: tuple[Passage, ...] = ()
    """Datelines as they stand."""
    captions: tuple[Passage, ...] = ()
    truncated: str | None = None
    """None, "head", "tail" or "gap": which part is not on the page."""
    confidence: float = 1.0
    grounds: tuple[Reason, ...] = ()
    """What weighed most for and against its being right, weightiest first."""
    doubts: tuple[str, ...] = ()
    """Chinese sentences that name the lines."""
    credits: tuple[Credit, ...] = ()
    newspaper: Newspaper = Newspaper()
    date: PartialDate = PartialDate()
    tags: tuple[Tag, ...] = ()
    """Main first; those only mentioned after those it is about."""
    corrected: tuple[str, ...] = ()
    """Names of the fields an editor corrected."""
    originals: tuple[tuple[str, str], ...] = ()
    """(Field, what stood on the page before an editor changed it), for title, kicker, column and text."""

    @property
    def title(self) -> str:
        """The headline's text."""
        return self.headline.text

    def part(self, index: int) -> str:
        """The text that Evidence.part names."""
        if index == HEADLINE_PART:
            return self.headline.text
        if index == KICKER_PART:
            return self.kicker.text if self.kicker else ""
        return self.paragraphs[index].text

    def tagged(self, facet: Facet, *, about: bool = True) -> tuple[Tag, ...]:
        """The tags of one facet."""
        return tuple(t for t in self.tags if t.facet == facet and t.about == about)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A piece of the page that belongs to no article, with the reason it stands apart."""

    passage: Passage
    role: Role


@dataclass(frozen=True, slots=True)
class PageSplit:
    """A page taken apart: its articles and what belongs to none of them. Together they cover every character."""

    page: Page
    articles: tuple[Article, ...]
    unplaced: tuple[Unplaced, ...]
    newspaper: Newspaper = Newspaper()
    date: PartialDate = PartialDate()


@dataclass(frozen=True, slots=True)
class DatedName:
    """A name that a park bore for some years."""

    name: str
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Park:
    """An entry of the parks authority file."""

    id: str
    name: str
    short: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    """国家高新区, 国家经开区, 综保区 …"""
    parent: str = ""
    """Id of the park it lies in."""
    province: str = ""
    city: str = ""
    year: int | None = None
    """Year of approval."""
    latitude: float | None = None
    longitude: float | None = None
    source: str = ""
    confidence: str = ""
    note: str = ""
    dated_names: tuple[DatedName, ...] = ()
    """Names with the years they were valid in, where known; they are among the aliases too."""
    provinces: tuple[str, ...] = ()
    """All the provinces it lies in; `province` is the first."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An industry or a topic of the authority file."""

    id: str
    name: str
    facet: Facet
    parent: str = ""
    codes: tuple[str, ...] = ()
    """Official codes, 战略性新兴产业分类(2018)."""
    definition: str = ""
    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    negative: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A place name and the province it lies in; without a province it is a phrase that only looks like a place."""

    name: str
    provinces: tuple[str, ...] = ()
    """Full names; several for 京津冀 and the like."""
    city: str = ""
    level: str = ""
    """省, 市, 县 or 区域; 遮蔽 for a phrase that hides the place name in it."""
    require_any: tuple[str, ...] = ()
    """Phrases of which one must stand in the article, where the name alone says too little."""


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A name that means a park only in context, or points back to a park named before."""

    alias: str
    default: str = ""
    """Id of the park it means when the context decides nothing."""
    candidates: tuple[str, ...] = ()
    require_any: tuple[str, ...] = ()
    """Phrases of which one must stand in the article."""
    exclude_any: tuple[str, ...] = ()
    """Phrases that mean something else: those holding the alias hide it, any other refuses it in the whole article."""
    points_to: tuple[str, ...] = ()
    """Kinds of parks that it points back to; * for any."""
    only_mention: bool = False
    """True where it never makes an article be about the park by itself."""
    rule: str = ""
    """The rule in words, for editors."""


@dataclass(frozen=True, slots=True)
class NameSense:
    """What a name found in a text may mean; empty throughout: a phrase that hides the names in it."""

    name: str
    """As it is compared: see articles/reading.py."""
    park: str = ""
    """Id of the park it always means."""
    ambiguous: AmbiguousName | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site to be: its path under docs/ with /, and its bytes."""

    path: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A passage of an article that an editor rewrites: `old` stands exactly once in title, kicker and paragraphs."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags of one facet that an editor adds, as the article's first, or takes away."""

    facet: Facet
    add: tuple[str, ...] = ()
    """Ids of the authority files; for provinces full names."""
    remove: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleCorrection:
    """What an editor says of one article; None leaves a field as the page has it, an empty value clears it."""

    id: str
    title: str | None = None
    kicker: str | None = None
    column: str | None = None
    byline: tuple[Credit, ...] | None = None
    date: PartialDate | None = None
    newspaper: str | None = None
    tags: tuple[TagChange, ...] = ()
    text: tuple[Replacement, ...] = ()
    checked: bool = False
    """True: an editor has held the article against its page; its doubts are settled."""


@dataclass(frozen=True, slots=True)
class LineCorrection:
    """What an editor says of the block that begins in this line."""

    line: int
    role: Role | None = None
    begins: bool = False
    """True: a new article begins with it, and takes what follows it in the article where it stood."""
    joins: int = 0
    """It and what follows it in its article go to the article of the block that begins in this line; 0: they stay."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """NAME.fix.yml, read: what an editor says of one page."""

    file: str
    articles: tuple[ArticleCorrection, ...] = ()
    lines: tuple[LineCorrection, ...] = ()
