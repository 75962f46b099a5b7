"""From a stitched page to its articles: headline, credits, paragraphs and captions of each, and what is left over."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.articles.trust import Signs, confidence_of, doubts_of, grounds_of, signs_of, trust_features
from generator.chinese import curly_quotes, ends_sentence, fold, stray_blanks
from generator.halves import second_half
from generator.model import Article, Block, Kind, Page, PageSplit, Paragraph, Passage, Role, Unplaced

PHOTO_LENGTH = 220
"""Text without headline and author of at most this many characters belongs to a picture."""
BRIEF_LENGTH = 370
"""An article of fewer characters, without subheads, is a brief (简讯), in the samples' gold as well."""


def assemble(page: Page) -> PageSplit:
    """The articles of a stitched page, and the blocks that belong to none; together they cover every character."""
    threads: dict[int, list[Block]] = {}
    unplaced: list[Unplaced] = []
    columns: list[Block] = []
    for block in page.blocks:
        if block.role in _APART or block.thread < 0:
            unplaced.append(Unplaced(block.passage, block.role if block.role in _APART else Role.STRAY))
            if block.role is Role.COLUMN:
                columns.append(block)
        else:
            threads.setdefault(block.thread, []).append(block)
    signs = signs_of(page)
    copies = [b.text for b in page.blocks if b.role is Role.DUPLICATE_HEADLINE]
    articles = [
        _trusted(page, thread, signs, _article(page, _story(blocks, copies), columns))
        for thread, blocks in sorted(threads.items())
    ]
    return PageSplit(page, tuple(_with_ids(page, articles)), tuple(unplaced))


_APART = frozenset(
    {Role.FURNITURE, Role.ADVERT, Role.TABLE, Role.COLUMN, Role.DUPLICATE_HEADLINE, Role.PULL_QUOTE, Role.STRAY}
)
"""Roles that are shown apart from articles."""


def _trusted(page: Page, thread: int, signs: Signs, article: Article) -> Article:
    """The article with its confidence, the grounds for it, and doubts."""
    seen = trust_features(page, thread, signs, article.headline)
    doubts = doubts_of(page, thread, signs)
    return replace(article, confidence=confidence_of(seen), grounds=grounds_of(seen), doubts=doubts)


@dataclass(frozen=True, slots=True)
class _Story:
    """An article's blocks by what they are."""

    headline: tuple[Block, ...]
    kicker: tuple[Block, ...]
    body: tuple[Block, ...]
    byline: tuple[Block, ...]
    dateline: tuple[Block, ...]
    captions: tuple[Block, ...]


def _article(page: Page, story: _Story, columns: Sequence[Block]) -> Article:
    paragraphs = tuple(_paragraphs(story.body))
    headline = _headline(story)
    captions = tuple(_clean(b.passage) for b in story.captions)
    length = sum(len(p.text) for p in paragraphs)
    brief = length < BRIEF_LENGTH and all(paragraph.role is Role.BODY for paragraph in paragraphs)
    photo = not story.headline and length <= PHOTO_LENGTH and not story.byline and not story.dateline
    return Article(
        id="",
        page=page.stem,
        headline=headline if headline.text else Passage.invented(_substitute(paragraphs, captions)),
        paragraphs=paragraphs,
        kicker=_quoted(Passage.join([b.passage for b in story.kicker], " ")) if story.kicker else None,
        column=_column(story, columns),
        kind=Kind.PHOTO if photo else Kind.BRIEF if brief else Kind.ARTICLE,
        byline=tuple(b.passage for b in story.byline),
        dateline=tuple(b.passage for b in story.dateline),
        captions=captions,
        truncated=_truncated(story),
    )


def _story(blocks: Sequence[Block], copies: Sequence[str]) -> _Story:
    """The blocks sorted out; a head in the middle that is the headline's other half goes to the headline.

    copies: stray copies of headlines on the page.
    """
    of = {role: [b for b in blocks if b.role is role] for role in Role}
    body = [b for b in blocks if b.role in {Role.BODY, Role.SUBHEAD}]
    half = second_half(of[Role.HEADLINE], body, copies)
    halves = [half] if half else []
    return _Story(
        tuple(of[Role.HEADLINE] + halves),
        tuple(of[Role.KICKER]),
        tuple(b for b in body if b not in halves),
        tuple(of[Role.BYLINE]),
        tuple(of[Role.DATELINE]),
        tuple(of[Role.CAPTION]),
    )


def _headline(story: _Story) -> Passage:
    return _quoted(Passage.join([b.passage for b in story.headline], " "))


def _paragraphs(body: Sequence[Block]) -> list[Paragraph]:
    """Pieces of one paragraph joined; subheads stand alone."""
    groups: list[list[Block]] = []
    for block in body:
        if groups and block.continues and block.role is Role.BODY and groups[-1][0].role is Role.BODY:
            groups[-1].append(block)
        else:
            groups.append([block])
    return [_paragraph(Passage.join([b.passage for b in group]), group[0].role) for group in groups]


def _paragraph(passage: Passage, role: Role) -> Paragraph:
    """A subhead keeps its blanks: they part its two halves, as a headline's do."""
    return Paragraph(_quoted(passage) if role is Role.SUBHEAD else _clean(passage), role)


def _clean(passage: Passage) -> Passage:
    """Running text: no stray blanks, quotes curly."""
    return _quoted(passage.without(stray_blanks(passage.text)))


def _quoted(passage: Passage) -> Passage:
    return replace(passage, text=curly_quotes(passage.text))


def _substitute(paragraphs: Sequence[Paragraph], captions: Sequence[Passage]) -> str:
    """A title for an item that has none on the page: the first words of its text."""
    text = next((p.text for p in paragraphs if p.role is Role.BODY), captions[0].text if captions else "无题")
    words = re.split(r"[，。；：！？,;:!?]", text)[0][:24]
    return f"{words}……"


def _column(story: _Story, columns: Sequence[Block]) -> str:
    """The column name right above a brief's headline, or the one above the brief before it."""
    if not story.headline or not columns:
        return ""
    line = story.headline[0].line
    above = [c for c in columns if c.line < line]
    return above[-1].text.strip("【】[] ") if above else ""


def _truncated(story: _Story) -> str | None:
    """Which part of the story is not on the page, as far as its edges show."""
    body = [b for b in story.body if b.role is Role.BODY]
    if not body:
        return None
    if body[0].text[0] in "，。、；：！？”’）》,;:!?)" or not (story.headline or story.dateline or story.captions):
        return "head"
    if not ends_sentence(body[-1].text) or story.body[-1].role is Role.SUBHEAD:
        return "tail"
    return None


def _with_ids(page: Page, articles: Sequence[Article]) -> list[Article]:
    """Ids from the page's stem and the first words of the body: a new split of the page keeps them."""
    seen: set[str] = set()
    done = []
    for article in articles:
        text = next((p.text for p in article.paragraphs if p.role is Role.BODY), article.title)
        key = re.sub(r"\W", "", fold(text))[:24]
        turn = 0
        while True:
            source = f"{page.stem}\n{key}" + (f"\n{turn}" if turn else "")
            name = hashlib.sha256(source.encode()).hexdigest()[:12]
            if name not in seen:
                break
            turn += 1
        seen.add(name)
        done.append(replace(article, id=name))
    return done
