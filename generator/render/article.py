"""An article page: the body as Markdown, everything around it as front matter for the theme."""

from __future__ import annotations

import re

from generator.model import (
    Article,
    Evidence,
    Facet,
    Paragraph,
    Role,
    SiteFile,
    Tag,
)
from generator.render.citation import citation_of
from generator.render.context import ArticleContext, Neighbours
from generator.render.entries import KINDS
from generator.render.glossary import WORDS
from generator.render.markup import clean, document, escape_html, escape_markdown
from generator.render.phrases import (
    DESCRIPTION_CHARS,
    authors_of,
    date_words,
    lead,
    shorten,
    title_of,
)
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
TRUNCATED = {"head": WORDS["truncated_head"], "tail": WORDS["truncated_tail"], "gap": WORDS["truncated_gap"]}


def article(article: Article, context: ArticleContext) -> SiteFile:
    """The Markdown page of one article: docs/articles/ID.md."""
    meta = {
        "template": "article.html",
        "title": title_of(article),
        "description": lead(article, DESCRIPTION_CHARS),
        "date": article.date.value,
        "date_precision": article.date.precision.value,
        "date_words": date_words(article.date),
        "date_basis": article.date.basis,
        "year_url": url_of(year_folder(article.date.year)) if article.date.year else "",
        "tags": [tag.label for tag in article.tags if tag.about],
        "authors": list(authors_of(article)),
        "byline": _byline(article, context),
        "dateline": " ".join(passage.text for passage in article.dateline),
        "newspaper": article.newspaper.name,
        "newspaper_basis": article.newspaper.basis,
        "newspaper_url": url_of(newspaper_folder(article.newspaper.name)) if article.newspaper.name else "",
        "id": article.id,
        "kind": KINDS[article.kind],
        "kicker": article.kicker.text if article.kicker else "",
        "column": article.column,
        "title_invented": bool(article.title) and not article.headline.spans,
        "truncated": TRUNCATED.get(article.truncated or "", ""),
        "doubts": [_with_lines(doubt) for doubt in article.doubts],
        "corrected": WORDS["list_separator"].join(WORDS[f"field_{name}"] for name in article.corrected),
        "originals": [{"field": WORDS[f"field_{name}"], "text": text} for name, text in article.originals if text],
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
            {
                "title": title_of(near.article),
                "url": article_url(near.article.id),
                "date": date_words(near.article.date),
                "newspaper": near.article.newspaper.name,
                "reason": near.reason,
            }
            for near in context.related
        ],
        "cite": citation_of(article),
    }
    return SiteFile(f"articles/{article.id}.md", document(meta, _body(article)))


def _body(article: Article) -> str:
    """Paragraphs and subheads with their anchors p1, p2 …, then the captions as figures."""
    parts = [_paragraph(at, paragraph) for at, paragraph in enumerate(article.paragraphs, 1) if clean(paragraph.text)]
    parts += [
        f'<figure class="photo" id="c{at}"><figcaption><span class="photo__word">{WORDS["caption"]}</span> '
        f"{escape_html(caption.text)}</figcaption></figure>"
        for at, caption in enumerate(article.captions, 1)
        if clean(caption.text)
    ]
    return "\n\n".join(parts)


def _paragraph(number: int, paragraph: Paragraph) -> str:
    text = escape_markdown(paragraph.text)
    if paragraph.role is Role.SUBHEAD:
        return f"## {text} {{: #p{number} }}"
    return f"{text}\n{{: #p{number} }}"


def _chip(tag: Tag) -> dict[str, object]:
    return {"label": tag.label, "url": url_of(facet_folder(tag.facet, tag.id)), "evidence": _evidence(tag)}


def _evidence(tag: Tag) -> list[list[object]]:
    """The phrases, each once a part, as [part, start:end, phrase]: part 1 is p1, 0 the title, -1 the kicker.

    Offsets are code points, for the script. Lists, not mappings: front matter is read by a slow parser.
    """
    seen: dict[tuple[str, int], Evidence] = {}
    for item in tag.evidence:
        seen.setdefault((item.text, item.part), item)
    shown = list(seen.values())[:EVIDENCE_SHOWN]
    return [[item.part + 1, f"{item.start}:{item.end}", item.text] for item in shown]


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


def _around(neighbours: Neighbours) -> dict[str, dict[str, str]]:
    sides = (("previous", neighbours.previous), ("next", neighbours.next))
    return {side: {"title": shorten(title_of(other)), "url": article_url(other.id)} for side, other in sides if other}


def _byline(article: Article, context: ArticleContext) -> list[dict[str, object]]:
    """The byline by role: names with the page of each author that has one; without credits the lines as they stand."""
    groups: dict[str, list[dict[str, str]]] = {}
    for credit in article.credits:
        name = clean(credit.name)
        url = url_of(author_folder(name)) if name in context.known_authors else ""
        groups.setdefault(f"{credit.agency}{credit.role}", []).append({"name": name, "url": url})
    if groups:
        return [{"role": role, "names": names} for role, names in groups.items()]
    return [{"role": passage.text, "names": []} for passage in article.byline if clean(passage.text)]
