"""Corrections put on a page and its articles: what an editor says wins over every rule, or fails loudly."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from difflib import get_close_matches

from generator.chinese import ends_sentence
from generator.errors import CorrectionError
from generator.model import (
    Article,
    ArticleCorrection,
    Corrections,
    Facet,
    LineCorrection,
    Newspaper,
    Page,
    PageSplit,
    Passage,
    Reason,
    Replacement,
    Role,
    Tag,
    TagChange,
    Unplaced,
)

BASIS = "编辑更正"
"""What readers see as the source of a corrected date or newspaper."""
_RULE = "editor"
_Edit = tuple[int, int, str]
"""Start, end and new text, in one passage."""


def correct_lines(page: Page, corrections: Corrections | None) -> Page:
    """The page with the roles that the editor gave; blocks are named by the line in which they begin."""
    if corrections is None or not corrections.lines:
        return page
    for correction in corrections.lines:
        for line in filter(None, (correction.line, correction.joins)):
            _index(page, line, corrections)
    return _with_roles(page, corrections)


def correct_threads(page: Page, corrections: Corrections | None) -> Page:
    """The stitched page with the editor's roles back where a stage changed them, and each block in its article."""
    if corrections is None or not corrections.lines:
        return page
    page = _with_roles(page, corrections)
    for correction in sorted(corrections.lines, key=lambda c: c.line):
        if correction.begins or correction.joins:
            page = _moved(page, correction, corrections)
    order = list(dict.fromkeys(block.thread for block in page.blocks if block.thread >= 0))
    number = {thread: at for at, thread in enumerate(order)}
    return replace(page, blocks=tuple(replace(b, thread=number.get(b.thread, -1)) for b in page.blocks))


def _with_roles(page: Page, corrections: Corrections) -> Page:
    roles = {correction.line: correction.role for correction in corrections.lines if correction.role is not None}
    reason = Reason(_RULE, 0.0, corrections.file)
    blocks = tuple(
        replace(b, role=roles[b.line], reasons=(*b.reasons, reason)) if roles.get(b.line, b.role) != b.role else b
        for b in page.blocks
    )
    return replace(page, blocks=blocks)


def _moved(page: Page, correction: LineCorrection, corrections: Corrections) -> Page:
    """The page with a block, and what follows it in its article, in a new article or in that of another block."""
    at = _index(page, correction.line, corrections)
    here = page.blocks[at].thread
    if correction.begins:
        there = max(block.thread for block in page.blocks) + 1
    else:
        there = page.blocks[_index(page, correction.joins, corrections)].thread
    if there < 0:
        raise CorrectionError(
            f"{corrections.file}（lines: {correction.line}: article）",
            expected="某篇文章里一块文字的行号",
            found=f"第 {correction.joins} 行不在任何文章里",
            remedy="用 explain 看各块所属的文章，改正或删去这一条。",
        )
    if there == here:
        return page
    before = [block for block in page.blocks[:at] if block.thread == there and block.role is Role.BODY]
    open_end = bool(before) and not ends_sentence(before[-1].text)
    blocks = list(page.blocks)
    for index, block in enumerate(blocks):
        if index == at or (index > at and here >= 0 and block.thread == here):
            reason = Reason(_RULE, 0.0, f"{corrections.file} {correction.line}")
            blocks[index] = replace(block, thread=there, reasons=(*block.reasons, reason))
    blocks[at] = replace(blocks[at], continues=blocks[at].role is Role.BODY and open_end)
    return replace(page, blocks=tuple(blocks))


def _index(page: Page, line: int, corrections: Corrections) -> int:
    """Index of the first block that begins in a line. Raises CorrectionError where none does."""
    for index, block in enumerate(page.blocks):
        if block.line == line:
            return index
    near = min((block.line for block in page.blocks), key=lambda begin: abs(begin - line), default=0)
    raise CorrectionError(
        f"{corrections.file}（lines: {line}）",
        expected="某一块文字开始的行号",
        found=f"第 {line} 行不是一块的开头",
        remedy=f"最近的一块从第 {near} 行开始；用 explain 看各块的行号，改正或删去这一条。",
    )


def correct_texts(split: PageSplit, corrections: Corrections | None) -> PageSplit:
    """The split with corrected titles, kickers, columns and wording, before anything is read out of them.

    What no longer stands in the text goes to the unplaced items: no character of the page is lost.
    """
    if corrections is None or not corrections.articles:
        return split
    by_id = {c.id: c for c in corrections.articles}
    ids = [article.id for article in split.articles]
    for id_ in by_id:
        if id_ not in ids:
            raise _unknown_article(corrections, id_, split.articles)
    articles, dropped = [], []
    for article in split.articles:
        if article.id in by_id:
            article, rest = _with_texts(article, by_id[article.id], corrections.file)  # noqa: PLW2901
            dropped += rest
        articles.append(article)
    return replace(split, articles=tuple(articles), unplaced=(*split.unplaced, *dropped))


def correct(split: PageSplit, corrections: Corrections | None, labels: Mapping[tuple[Facet, str], str]) -> PageSplit:
    """The split with corrected authors, dates, newspapers and tags, and doubts settled; `labels` names every tag."""
    if corrections is None or not corrections.articles:
        return split
    by_id = {c.id: c for c in corrections.articles}
    return replace(
        split,
        articles=tuple(
            _with_facts(a, by_id[a.id], labels, corrections.file) if a.id in by_id else a for a in split.articles
        ),
    )


def _with_texts(article: Article, said: ArticleCorrection, file: str) -> tuple[Article, list[Unplaced]]:
    before: list[tuple[str, str]] = []
    dropped: list[Unplaced] = []
    if said.text:
        page_form = article
        article, dropped = _reworded(article, said.text, file)
        kept = set(_texts(article))
        before += [("text", text) for text in _texts(page_form) if text not in kept]
    if said.title is not None:
        before.append(("title", article.title))
        article = replace(article, headline=_said(said.title, article.headline))
    if said.kicker is not None:
        before.append(("kicker", article.kicker.text if article.kicker else ""))
        if article.kicker is not None and not said.kicker:
            dropped.append(Unplaced(article.kicker, Role.KICKER))
        article = replace(article, kicker=_said(said.kicker, article.kicker) if said.kicker else None)
    if said.column is not None:
        before.append(("column", article.column))
        article = replace(article, column=said.column)
    fields = tuple(dict.fromkeys(field for field, _ in before))
    return replace(article, corrected=(*article.corrected, *fields), originals=tuple(before)), dropped


def _texts(article: Article) -> list[str]:
    return [article.title, article.kicker.text if article.kicker else "", *(p.text for p in article.paragraphs)]


def _with_facts(
    article: Article, said: ArticleCorrection, labels: Mapping[tuple[Facet, str], str], file: str
) -> Article:
    changed: list[str] = []
    if said.byline is not None:
        article = replace(article, credits=said.byline)
        changed.append("byline")
    if said.date is not None:
        article = replace(article, date=replace(said.date, basis=BASIS))
        changed.append("date")
    if said.newspaper is not None:
        article = replace(article, newspaper=Newspaper(said.newspaper, BASIS))
        changed.append("newspaper")
    if said.tags:
        for change in said.tags:
            article = replace(article, tags=_retagged(article, change, labels, file))
        changed.append("tags")
    if said.checked:
        article = replace(article, doubts=(), confidence=1.0)
    return replace(article, corrected=(*article.corrected, *changed))


def _retagged(
    article: Article, change: TagChange, labels: Mapping[tuple[Facet, str], str], file: str
) -> tuple[Tag, ...]:
    """Added tags come first, in the editor's order, so that an editor can also say which is the main one."""
    for id_ in (*change.add, *change.remove):
        if (change.facet, id_) not in labels:
            known = [i for facet, i in labels if facet == change.facet]
            near = get_close_matches(id_, known, n=3, cutoff=0.5)
            raise CorrectionError(
                f"{file}（articles: {article.id}: tags: {change.facet}）",
                expected="权威档里的编号（省份写全名）",
                found=f"“{id_}”",
                remedy=f"是不是 {'、'.join(near)}？" if near else "到 authority/ 里查编号，或先在那里加上它。",
            )
    held = {tag.id: tag for tag in article.tags if tag.facet == change.facet}
    added = tuple(
        replace(held.get(id_, Tag(change.facet, id_, labels[change.facet, id_], about=True)), about=True, score=1.0)
        for id_ in change.add
    )
    gone = {*change.add, *change.remove}
    kept = tuple(tag for tag in article.tags if not (tag.facet == change.facet and tag.id in gone))
    return added + kept


def _reworded(article: Article, edits: tuple[Replacement, ...], file: str) -> tuple[Article, list[Unplaced]]:
    """The article with each `old` made `new`; paragraphs that become empty are handed back as unplaced."""
    passages = [article.headline, article.kicker or Passage.invented(""), *(p.passage for p in article.paragraphs)]
    places: dict[int, list[_Edit]] = {}
    for edit in edits:
        found = [(i, p.text.find(edit.old)) for i, p in enumerate(passages) if edit.old in p.text]
        times = sum(p.text.count(edit.old) for p in passages)
        if times != 1:
            raise CorrectionError(
                f"{file}（articles: {article.id}: text）",
                expected=f"“{edit.old}”在文中正好出现一次",
                found=f"出现 {times} 次",
                remedy="old 写长一点，直到只有一处；原文已经改好的，删去这一条。",
            )
        index, start = found[0]
        places.setdefault(index, []).append((start, start + len(edit.old), edit.new))
    new = [_edited(p, sorted(places[i]), article, file) if i in places else p for i, p in enumerate(passages)]
    empty = [i for i in range(2, len(new)) if not new[i].text.strip()]
    return (
        replace(
            article,
            headline=new[0],
            kicker=new[1] if article.kicker is not None else None,
            paragraphs=tuple(
                replace(p, passage=new[i]) for i, p in enumerate(article.paragraphs, start=2) if i not in empty
            ),
        ),
        [Unplaced(passages[i], Role.STRAY) for i in empty],
    )


def _edited(passage: Passage, edits: list[_Edit], article: Article, file: str) -> Passage:
    """The passage with edits at ascending places; it goes on answering for all of its source."""
    text, origin, at = "", list[tuple[int, int]](), 0
    for start, end, new in edits:
        if start < at:
            raise CorrectionError(
                f"{file}（articles: {article.id}: text）",
                expected="各条改的是不同的文字",
                found=f"“{passage.text[start:end]}”与前一条重叠",
                remedy="把重叠的几条并成一条。",
            )
        origin += [(len(text) + o, s) for o, s in passage.cut(at, start).origin]
        text += passage.text[at:start]
        if new:
            origin.append((len(text), -1))
            text += new
        at = end
    origin += [(len(text) + o, s) for o, s in passage.cut(at, len(passage.text)).origin]
    return Passage(text + passage.text[at:], tuple(origin), passage.spans)


def _said(text: str, before: Passage | None) -> Passage:
    """The editor's words in the place of what the page has."""
    return replace(Passage.invented(text), spans=before.spans if before is not None else ())


def _unknown_article(corrections: Corrections, id_: str, articles: tuple[Article, ...]) -> CorrectionError:
    listed = "；".join(f"{article.id} {article.title}" for article in articles)
    return CorrectionError(
        f"{corrections.file}（articles: {id_}）",
        expected="这个版面上一篇文章的编号",
        found="没有这个编号的文章",
        remedy=f"这个版面的文章是：{listed or '（没有）'}。改成其中一个，或删去这一条。",
    )
