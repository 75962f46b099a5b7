"""An article page: the body as Markdown, everything around it as front matter for the theme."""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.model import (
    HEADLINE_PART,
    KICKER_PART,
    Article,
    Evidence,
    Facet,
    Paragraph,
    Passage,
    Role,
    SiteFile,
    Tag,
)
from generator.render.captions import TOP, captions_after
from generator.render.citation import citation_of
from generator.render.context import ArticleContext, Neighbours
from generator.render.correction import correction_file, correction_of, without_tag
from generator.render.entries import KINDS
from generator.render.glossary import WORDS, say
from generator.render.headline import broken_title
from generator.render.markup import (
    Ready,
    clean,
    document,
    escape_html,
    escape_inline,
    escape_markdown,
    guard_line,
    packed,
)
from generator.render.phrases import (
    DESCRIPTION_CHARS,
    LISTED_CHARS,
    authors_of,
    date_words,
    lead,
    shorten,
    title_of,
)
from generator.render.revision import Piece, Revision, revision_of
from generator.render.urls import (
    article_url,
    author_folder,
    facet_folder,
    newspaper_folder,
    source_folder,
    url_of,
    year_folder,
)

EVIDENCE_SHOWN = 6
"""A park named in every paragraph needs no longer proof."""
_LINE = re.compile(r"第\s*([0-9]+)\s*行")
_ORNAMENT = re.compile(r"^[^\w（(【\[“\"《]+")
"""What newspapers set before a dateline: ▶本报讯, ■本报记者."""
CERTAINTY = ((0.9, "sure"), (0.6, "fairly_sure"), (0.0, "unsure"))
"""Confidence from which on a word of the glossary says how sure the program is of an article's bounds."""
TRUNCATED = {"head": WORDS["truncated_head"], "tail": WORDS["truncated_tail"], "gap": WORDS["truncated_gap"]}


def article(article: Article, context: ArticleContext) -> SiteFile:
    """The Markdown page of one article: docs/articles/ID.md."""
    revision = revision_of(article)
    meta = {
        "template": "article.html",
        "title": title_of(article),
        "title_broken": broken_title(article),
        "description": lead(article, DESCRIPTION_CHARS),
        "date": article.date.value,
        "date_precision": article.date.precision.value,
        "date_words": date_words(article.date),
        "date_basis": article.date.basis,
        "year_url": url_of(year_folder(article.date.year)) if article.date.year else "",
        "tags": [tag.label for tag in article.tags if tag.about],
        "authors": list(authors_of(article)),
        "byline": _byline(article, context),
        "newspaper": article.newspaper.name,
        "newspaper_basis": article.newspaper.basis,
        "newspaper_url": url_of(newspaper_folder(article.newspaper.name)) if article.newspaper.name else "",
        "page_number": context.page_number,
        "id": article.id,
        "kind": KINDS[article.kind],
        "kicker": article.kicker.text if article.kicker else "",
        "column": article.column,
        "title_invented": bool(article.title) and not article.headline.spans,
        "truncated": TRUNCATED.get(article.truncated or "", ""),
        "doubts": [_with_lines(doubt) for doubt in article.doubts],
        "corrected": WORDS["list_separator"].join(WORDS[f"field_{name}"] for name in article.corrected),
        "both_forms": bool(revision.parts),
        "title_forms": _forms(revision, HEADLINE_PART),
        "kicker_forms": _forms(revision, KICKER_PART),
        "originals": [{"field": WORDS[f"field_{name}"], "text": text} for name, text in revision.elsewhere],
        "certainty": _certainty(article),
        "facets": [
            {"name": WORDS[facet.value], "tags": [_chip(tag) for tag in article.tagged(facet)]}
            for facet in Facet
            if article.tagged(facet)
        ],
        "mentioned": [_chip(tag) for tag in article.tags if not tag.about],
        "source": {
            "name": context.source,
            "url": url_of(source_folder(article.page)),
            "anchor": f"a-{article.id}",
        },
        "on_page": _around(context.on_page),
        "in_parks": [
            {"label": tag.label, "url": url_of(facet_folder(Facet.PARK, tag.id)), **_around(neighbours)}
            for tag, neighbours in context.in_parks
        ],
        "related": [
            packed(
                article_url(near.article.id),
                shorten(title_of(near.article), LISTED_CHARS),
                date_words(near.article.date),
                near.article.newspaper.name,
                near.reason,
            )
            for near in context.related
        ],
        "cite": {key: packed(*value) for key, value in citation_of(article, context.page_number).items()},
        "fix": packed(correction_file(context.source), *correction_of(article)),
    }
    return SiteFile(f"articles/{article.id}.md", document(meta, _body(article, revision)))


def _body(article: Article, revision: Revision) -> str:
    """Paragraphs and subheads with their anchors p1, p2 …, the captions between them as figures c1, c2 …

    The dateline opens the first paragraph, as it does in print.
    """
    captions = captions_after(article)
    dateline = _dateline(article)
    parts: list[str] = []
    number = 0
    for at in range(TOP, len(article.paragraphs)):
        if at > TOP and clean(article.paragraphs[at].text):
            parts.append(_paragraph(at + 1, article.paragraphs[at], revision.parts.get(at, ()), dateline))
            dateline = "" if article.paragraphs[at].role is Role.BODY else dateline
        shown = [caption for caption in captions.get(at, ()) if clean(caption.text)]
        if shown:
            parts.append(_figure(shown, number + 1))
            number += len(shown)
    return "\n\n".join([*parts, dateline] if dateline else parts)


def _dateline(article: Article) -> str:
    """The dateline without ornament, an element of its own in its paragraph: it is no part of the article's text."""
    text = " ".join(filter(None, (_ORNAMENT.sub("", clean(passage.text)) for passage in article.dateline)))
    for name in authors_of(article):
        text = text.replace(" ".join(name), name)  # names of two characters are printed with a blank between
    return f'<span class="dateline">{escape_inline(text)}</span>' if text else ""


def _paragraph(number: int, paragraph: Paragraph, forms: Sequence[Piece], dateline: str) -> str:
    text = _both(forms) if forms else escape_markdown(paragraph.text)
    if paragraph.role is Role.SUBHEAD:
        return f"## {text} {{: #p{number} }}"
    return f"{dateline}{text}\n{{: #p{number} }}"


def _both(forms: Sequence[Piece]) -> str:
    """A paragraph in both forms as Markdown: what the page has in <del>, the editor's words in <ins>."""
    parts = []
    for old, new in forms:
        if old == new:
            parts.append(escape_inline(old))
        else:
            parts += [f"<{tag}>{escape_inline(text)}</{tag}>" for tag, text in (("del", old), ("ins", new)) if text]
    return guard_line("".join(parts))


def _figure(captions: Sequence[Passage], number: int) -> str:
    """Captions that stand together as one figure: the picture itself is not in the archive."""
    rows = "".join(f'<div id="c{at}">{escape_html(caption.text)}</div>' for at, caption in enumerate(captions, number))
    word = f'<span class="photo__word">{WORDS["caption"]}</span>'
    return f'<figure class="photo"><figcaption>{word}{rows}</figcaption></figure>'


def _forms(revision: Revision, part: int) -> list[list[str]]:
    """[what the page has, what the editor made of it], piece by piece."""
    return [list(piece) for piece in revision.parts.get(part, ())]


def _certainty(article: Article) -> str:
    """How sure the program is that the article is whole and nothing else is in it, in words and as a number."""
    word = next(word for least, word in CERTAINTY if article.confidence >= least)
    return say("certainty", word=WORDS[word], number=f"{article.confidence:.2f}")


def _chip(tag: Tag) -> Ready:
    """Label, URL, how to take it off, then its evidence, packed."""
    return packed(tag.label, url_of(facet_folder(tag.facet, tag.id)), without_tag(tag), *_evidence(tag))


def _evidence(tag: Tag) -> list[str]:
    """The phrases, each once a part, as `part start:end phrase`: part 1 is p1, 0 the title, -1 the kicker.

    Offsets are code points, for the script.
    """
    seen: dict[tuple[str, int], Evidence] = {}
    for item in tag.evidence:
        seen.setdefault((item.text, item.part), item)
    shown = list(seen.values())[:EVIDENCE_SHOWN]
    return [f"{item.part + 1} {item.start}:{item.end} {item.text}" for item in shown]


def _with_lines(doubt: str) -> list[list[str]]:
    """The sentence as [text, anchor on the source page], the anchor empty where no line is named.

    >>> _with_lines("第42行接在第11行之后。")
    [['第42行', 'L42'], ['接在', ''], ['第11行', 'L11'], ['之后。', '']]
    """
    parts: list[list[str]] = []
    at = 0
    for found in _LINE.finditer(doubt):
        parts += [[doubt[at : found.start()], ""], [found[0], f"L{int(found[1])}"]]
        at = found.end()
    parts.append([doubt[at:], ""])
    return [part for part in parts if part[0]]


def _around(neighbours: Neighbours) -> dict[str, Ready]:
    """URL and title of the article before and of the one after, packed."""
    sides = (("previous", neighbours.previous), ("next", neighbours.next))
    return {side: packed(article_url(other.id), shorten(title_of(other))) for side, other in sides if other}


def _byline(article: Article, context: ArticleContext) -> list[dict[str, object]]:
    """The byline by role: names with the page of each author that has one; without credits the lines as they stand.

    Where an editor took all authors away, the lines go too.
    """
    groups: dict[str, list[dict[str, str]]] = {}
    for credit in article.credits:
        name = clean(credit.name)
        url = url_of(author_folder(name)) if name in context.known_authors else ""
        groups.setdefault(f"{credit.agency}{credit.role}", []).append({"name": name, "url": url})
    if groups or "byline" in article.corrected:
        return [{"role": role, "names": names} for role, names in groups.items()]
    return [{"role": passage.text, "names": []} for passage in article.byline if clean(passage.text)]
