"""Pages and articles told as plain lines, for editors at the terminal: explain, check, and what would change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from generator.model import (
    HEADLINE_PART,
    KICKER_PART,
    Article,
    Block,
    Evidence,
    Facet,
    Junction,
    PageSplit,
    PartialDate,
    Reason,
    Role,
    Span,
    Tag,
    Unplaced,
)

MENTIONED = "parks_mentioned"
"""The one list that has no main tag."""
TAG_LISTS = ("parks", "parks_mentioned", "industries", "topics", "provinces")
EXPECTED_UNPLACED = {Role.FURNITURE, Role.COLUMN}
"""Roles that stand outside articles on any page: nothing to look at."""
UNPLACED_ORDER = (Role.STRAY, Role.BODY, Role.HEADLINE, Role.SUBHEAD, Role.BYLINE, Role.CAPTION, Role.TABLE)
"""Worst first; other roles follow."""
_WIDTH = 32
_INDENT = "    "
TRUNCATED = {"head": "缺开头", "tail": "缺结尾", "gap": "中间有缺"}


@dataclass(frozen=True, slots=True)
class Doubtful:
    """An article or an unplaced item that an editor should look at, small enough to be kept for every page."""

    loose: bool
    """Text that found no article; they come after the articles."""
    weight: float
    """Sorts: lower is worse."""
    page: str
    lines: tuple[str, ...] = field(compare=False)


class Candidate(Protocol):
    """A tag that was weighed for an article, whether it got it or not."""

    @property
    def facet(self) -> Facet:
        """Kind of tag."""

    @property
    def id(self) -> str:
        """Id in the authority files."""

    @property
    def label(self) -> str:
        """What readers see."""

    @property
    def score(self) -> float:
        """Sum of the reasons."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Weights that add up to the score."""


class Seen(Protocol):
    """A name that looks like a park's, and where it was seen."""

    @property
    def name(self) -> str:
        """As it stands."""

    @property
    def count(self) -> int:
        """How often."""

    @property
    def contexts(self) -> tuple[tuple[str, str], ...]:
        """(Article id, words around)."""


Weigh = Callable[[Article], Sequence[Candidate]]


def explain(split: PageSplit, weigh: Weigh, wanted: Article | None = None) -> Iterator[str]:
    """Why each block of the page got its role, its article and its tags; of one article only, if one is wanted.

    `weigh` gives the candidates for an article's tags, as the tagging stage weighs them.
    """
    page = split.page
    shown = [(i, b) for i, b in enumerate(page.blocks) if wanted is None or _share(b, wanted)]
    yield f"版面 {page.stem}（{page.source}，{len(page.text)} 字符，{len(page.blocks)} 块）"
    if page.facts.file:
        facts = (page.facts.newspaper, page.facts.date, page.facts.page_number)
        yield f"{page.facts.file}：{'，'.join(fact for fact in facts if fact)}"
    yield f"报纸：{split.newspaper.name or '不明'}（{split.newspaper.basis}）　日期：{_date(split.date)}"
    yield ""
    yield "各块：序号、行号、角色、所属篇目（“接”：续上一块的段落）"
    for index, block in shown:
        yield from _block(index, block)
    indexes = {i for i, _ in shown}
    junctions = [j for j in page.junctions if wanted is None or {j.before, j.after} & indexes]
    if junctions:
        yield ""
        yield "衔接：从哪块到哪块，代价越低越好，✓ 为采用的"
        for junction in sorted(junctions, key=lambda j: (j.before, j.cost, j.after)):
            yield from _junction(junction, page.blocks)
    for number, article in enumerate(split.articles, start=1):
        if wanted is None or article is wanted:
            yield ""
            yield from _article(number, article, weigh(article))
    if wanted is None and split.unplaced:
        yield ""
        yield "未归入文章："
        for item in split.unplaced:
            yield f"{_INDENT}{item.role.value}　{_short(item.passage.text)}"


def choose(split: PageSplit, word: str) -> Article | None:
    """The article that an editor means by its id, the start of the id, its number on the page or words of its title."""
    if word.isdigit() and 0 < int(word) <= len(split.articles):
        return split.articles[int(word) - 1]
    matches = [a for a in split.articles if a.id.startswith(word)] or [a for a in split.articles if word in a.title]
    return matches[0] if len(matches) == 1 else None


def doubtful(split: PageSplit) -> Iterator[Doubtful]:
    """What an editor should look at on a page: articles with doubts, and text that found no article."""
    stem = split.page.stem
    for article in split.articles:
        if article.doubts:
            head = f"{article.confidence:.2f}　{stem}　{article.id}　{_short(article.title) or '（无题）'}"
            yield Doubtful(False, article.confidence, stem, (head, *(f"{_INDENT}{doubt}" for doubt in article.doubts)))
    for item in split.unplaced:
        if item.role not in EXPECTED_UNPLACED:
            line = f"{item.role.value}　{stem}　第 {_line(split, item)} 行　{_short(item.passage.text)}"
            yield Doubtful(True, _rank(item.role) - min(len(item.passage.text), 9999) / 10000, stem, (line,))


def doubt_list(items: Iterable[Doubtful], limit: int) -> Iterator[str]:
    """The items worst first, articles before loose text; `limit` of each at most, 0 for all."""
    ordered = sorted(items, key=lambda item: (item.weight, item.page, item.lines))
    articles = [item for item in ordered if not item.loose]
    loose = [item for item in ordered if item.loose]
    for title, part in (("存疑的文章（把握最小的在前）", articles), ("未归入文章的文字", loose)):
        if part:
            yield f"{title}：{len(part)}"
            for item in part[: limit or None]:
                yield from (f"{_INDENT}{line}" for line in item.lines)
            if limit and len(part) > limit:
                yield f"{_INDENT}……其余 {len(part) - limit} 项，--limit 0 全列"


def park_list(parks: Sequence[Seen], limit: int) -> Iterator[str]:
    """Names that look like parks and are in no authority file, as given; `limit` at most, 0 for all."""
    if parks:
        yield f"权威档里没有的园区（出现次数，例句）：{len(parks)}"
    for park in parks[: limit or None]:
        yield f"{_INDENT}{park.count}　{park.name}"
        for article, words in park.contexts:
            yield f"{_INDENT * 2}{article}　…{words}…"
    if limit and len(parks) > limit:
        yield f"{_INDENT}……其余 {len(parks) - limit} 个，--limit 0 全列"


def tag_changes(old: Mapping[str, Mapping[str, object]], new: Mapping[str, Mapping[str, object]]) -> Iterator[str]:
    """The articles whose tags differ between two exports, by article id, and how."""
    for id_ in sorted(old.keys() & new.keys()):
        changes = []
        for key in TAG_LISTS:
            before, after = _words(old[id_].get(key)), _words(new[id_].get(key))
            signs = [f"+{t}" for t in after if t not in before] + [f"−{t}" for t in before if t not in after]
            if not signs and before[:1] != after[:1] and key != MENTIONED:
                signs = [f"主 {before[0]} → {after[0]}"]
            if signs:
                changes.append(f"{key} {' '.join(signs)}")
        if changes:
            yield f"{id_}　{_short(str(new[id_].get('title', '')))}　{'；'.join(changes)}"
    for sign, ids, other in (("新增", new.keys() - old.keys(), new), ("不再有", old.keys() - new.keys(), old)):
        for id_ in sorted(ids):
            yield f"{id_}　{_short(str(other[id_].get('title', '')))}　{sign}"


def _block(index: int, block: Block) -> Iterator[str]:
    marks = "#" * block.level + " " if block.level else ""
    place = f"篇 {block.thread + 1}" if block.thread >= 0 else "无篇"
    yield (
        f"{index:>4}  行 {block.line:<4} {block.role.value:<10} {place}{' 接' if block.continues else ''}"
        f"　{marks}{_short(block.text)}"
    )
    yield from _reasons(block.reasons)


def _junction(junction: Junction, blocks: Sequence[Block]) -> Iterator[str]:
    after = blocks[junction.after]
    before = f"…{blocks[junction.before].text[-_WIDTH // 2 :]}" if junction.before >= 0 else "另起一篇"
    yield (
        f"{'✓' if junction.chosen else ' '} {junction.before:>4} → {junction.after:<4} {junction.cost:>7.2f}"
        f"　{before}｜{after.text[: _WIDTH // 2]}…"
    )
    yield from _reasons(junction.reasons)


def _reasons(reasons: Iterable[Reason]) -> Iterator[str]:
    for reason in reasons:
        yield f"{_INDENT * 3}{reason.rule} {reason.weight:+.2f}{'　' + reason.seen if reason.seen else ''}"


def _article(number: int, article: Article, candidates: Sequence[Candidate]) -> Iterator[str]:
    yield f"篇 {number}　{article.id}　{article.title or '（无题）'}　把握 {article.confidence:.2f}"
    if article.kicker:
        yield f"{_INDENT}引题：{article.kicker.text}"
    facts = {
        "体裁": article.kind.value,
        "栏目": article.column,
        "残缺": TRUNCATED.get(article.truncated or "", ""),
        "作者": "；".join(" ".join(p for p in (c.agency, c.role, c.name) if p) for c in article.credits),
        "报纸": f"{article.newspaper.name}（{article.newspaper.basis}）" if article.newspaper.name else "",
        "日期": _date(article.date),
        "更正": "、".join(article.corrected),
    }
    for name, value in facts.items():
        if value:
            yield f"{_INDENT}{name}：{value}"
    yield f"{_INDENT}正文：{len(article.paragraphs)} 段，{sum(len(p.text) for p in article.paragraphs)} 字"
    for doubt in article.doubts:
        yield f"{_INDENT}疑：{doubt}"
    if article.grounds:
        yield f"{_INDENT}把握的依据："
        yield from _reasons(article.grounds)
    weighed = {(candidate.facet, candidate.id): candidate for candidate in candidates}
    for tag in article.tags:
        yield _INDENT + _weighed("主题" if tag.about else "提及", tag)
        candidate = weighed.pop((tag.facet, tag.id), None)
        yield from _reasons(candidate.reasons if candidate else ())
        for evidence in tag.evidence:
            yield f"{_INDENT * 2}{_part(evidence)}：{evidence.text}"
    for candidate in sorted(weighed.values(), key=lambda c: -c.score):
        yield _INDENT + _weighed("不取", candidate)
        yield from _reasons(candidate.reasons)


def _weighed(verdict: str, tag: Tag | Candidate) -> str:
    return f"{verdict} {tag.facet.value} {tag.id}（{tag.label}）　得分 {tag.score:.2f}"


def _part(evidence: Evidence) -> str:
    return {HEADLINE_PART: "标题", KICKER_PART: "引题"}.get(evidence.part, f"第 {evidence.part + 1} 段")


def _date(date: PartialDate) -> str:
    return f"{date.value or '不明'}（{date.precision.value}，{date.basis}）"


def _share(block: Block, article: Article) -> bool:
    """True where the article holds text of the block."""
    return any(a < d and c < b for a, b in block.passage.spans for c, d in _article_spans(article))


def _article_spans(article: Article) -> Iterator[Span]:
    parts = [article.headline, *article.byline, *article.dateline, *article.captions]
    for passage in [*parts, *([article.kicker] if article.kicker else []), *(p.passage for p in article.paragraphs)]:
        yield from passage.spans


def _line(split: PageSplit, item: Unplaced) -> int:
    start = min((a for a, _ in item.passage.spans), default=0)
    inside = [b.line for b in split.page.blocks if any(a <= start < e for a, e in b.passage.spans)]
    return inside[0] if inside else split.page.text.count("\n", 0, start) + 1


def _rank(role: Role) -> int:
    return UNPLACED_ORDER.index(role) if role in UNPLACED_ORDER else len(UNPLACED_ORDER)


def _words(value: object) -> list[str]:
    return [str(word) for word in value] if isinstance(value, list) else []


def _short(text: str) -> str:
    """The text on one line, cut to what a terminal shows."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _WIDTH else flat[: _WIDTH - 1] + "…"
