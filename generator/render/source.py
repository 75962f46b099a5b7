"""The source page: the page's text as it was read, every stretch marked with the article and the role it got."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.model import Article, PageSplit, Passage, Role, SiteFile, Span
from generator.render.glossary import WORDS, say
from generator.render.issue import page_number
from generator.render.markup import Ready, clean, document, escape_verbatim, packed
from generator.render.phrases import LISTED_CHARS, date_words, shorten, title_of
from generator.render.urls import article_url, newspaper_folder, source_folder, url_of

HUES = 8
"""Colours of articles repeat after this many; the number in the margin tells them apart for good."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of the source with one role, in one article or in none."""

    span: Span
    article: int
    """1-based number on the page; 0: in none."""
    role: Role


def source(split: PageSplit) -> SiteFile:
    """The source page of one file: sources/STEM/index.md."""
    page = split.page
    meta = {
        "template": "source.html",
        "title": page.source,
        "heading": _heading(split),
        "description": f"{WORDS['source']}：{page.source}",
        "newspaper": split.newspaper.name,
        "newspaper_url": url_of(newspaper_folder(split.newspaper.name)) if _has_hub(split) else "",
        "date_words": date_words(split.date),
        "sha256": page.sha256,
        "articles": [
            packed(
                str(number),
                str(number % HUES),
                article.id,
                shorten(title_of(article), LISTED_CHARS),
                article_url(article.id),
            )
            for number, article in enumerate(split.articles, 1)
        ],
        "text": Ready(_text(split)),
    }
    return SiteFile(f"{source_folder(page.stem)}/index.md", document(meta, ""))


def stretches(split: PageSplit) -> list[Stretch]:
    """Every stretch that has a role, in the order of the source."""
    found = [
        Stretch(span, number, role)
        for number, article in enumerate(split.articles, 1)
        for passage, role in _passages(article)
        for span in passage.spans
    ]
    found += [Stretch(span, 0, item.role) for item in split.unplaced for span in item.passage.spans]
    return sorted(found, key=lambda stretch: stretch.span)


def _heading(split: PageSplit) -> str:
    """Newspaper, day and page number as far as they are known; the file's name where the newspaper isn't."""
    number = page_number(split)
    if not clean(split.newspaper.name):
        return clean(split.page.source)
    return " ".join(
        filter(None, (split.newspaper.name, date_words(split.date), number and say("page_number", n=number)))
    )


def _has_hub(split: PageSplit) -> bool:
    return any(article.newspaper.name == split.newspaper.name != "" for article in split.articles)


def _passages(article: Article) -> Iterator[tuple[Passage, Role]]:
    if article.kicker:
        yield article.kicker, Role.KICKER
    yield article.headline, Role.HEADLINE
    for role, passages in (
        (Role.BYLINE, article.byline),
        (Role.DATELINE, article.dateline),
        (Role.CAPTION, article.captions),
    ):
        for passage in passages:
            yield passage, role
    for paragraph in article.paragraphs:
        yield paragraph.passage, paragraph.role


def _text(split: PageSplit) -> str:
    """The text as HTML, one element a line, numbered by the style sheet.

    It is front matter and not the page's Markdown, which would be read tag by tag only to stay as it is.
    """
    anchors = {number: article.id for number, article in enumerate(split.articles, 1)}
    rows = []
    for number, pieces in enumerate(_lines(split.page.text, stretches(split)), 1):
        owners = list(dict.fromkeys(stretch.article for stretch, _ in pieces if stretch and stretch.article))
        marks = "".join(_piece(stretch, text, anchors) for stretch, text in pieces)
        owner = f' data-owner="{" ".join(map(str, owners))}"' if owners else ""
        rows.append(f'<div id="L{number}"{owner}>{marks}</div>')
    return '<div class="page-text">\n' + "\n".join(rows) + "\n</div>"


def _lines(text: str, marked: Sequence[Stretch]) -> Iterator[list[tuple[Stretch | None, str]]]:
    """The lines of the text, each as pieces with the stretch they lie in, None outside of all."""
    line: list[tuple[Stretch | None, str]] = []
    for stretch, piece in _pieces(text, marked):
        first, *rest = piece.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        line.append((stretch, first))
        for part in rest:
            yield line
            line = [(stretch, part)]
    yield line


def _pieces(text: str, marked: Sequence[Stretch]) -> Iterator[tuple[Stretch | None, str]]:
    """The text cut at the ends of stretches; where two overlap, the earlier keeps what it has."""
    at = 0
    for stretch in marked:
        start, end = max(at, stretch.span[0]), stretch.span[1]
        if start >= end:
            continue
        if at < start:
            yield None, text[at:start]
        yield stretch, text[start:end]
        at = end
    yield None, text[at:]


def _piece(stretch: Stretch | None, text: str, anchors: dict[int, str]) -> str:
    """One piece as HTML. The first piece of each article carries its anchor, which it takes out of `anchors`."""
    if stretch is None or not clean(text):
        return escape_verbatim(text)
    word = WORDS[f"role_{stretch.role.value}"]
    anchor = anchors.pop(stretch.article, None)
    where = f' id="a-{anchor}"' if anchor else ""
    hue = f" hue-{stretch.article % HUES}" if stretch.article else " hue-none"
    return f'<span class="piece{hue} role-{stretch.role.value}" title="{word}"{where}>{escape_verbatim(text)}</span>'
