"""A page taken apart as a JSON record: the export of the verb `articles`."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Article, Facet, PageSplit, PartialDate, Passage, Role, Span, Tag

Record = dict[str, object]


def page_record(split: PageSplit) -> Record:
    """The page with its articles and unplaced items; spans of both together cover every character once.

    Evidence points a second time at text that a span answers for already, and whoever adds up all `spans` would
    count that text twice; so its positions are called `places`, and its `spans` stay empty.
    """
    page = split.page
    return {
        "page": page.stem,
        "source": page.source.rsplit("/", 1)[-1],
        "sha256": page.sha256,
        "newspaper": {"name": split.newspaper.name, "basis": split.newspaper.basis},
        "date": _date(split.date),
        "articles": [_article(article) for article in split.articles],
        "unplaced": [
            {"text": item.passage.text, "role": item.role.value, "spans": _spans(item.passage)}
            for item in split.unplaced
        ],
    }


def _article(article: Article) -> Record:
    return {
        "id": article.id,
        "title": article.title,
        "kicker": article.kicker.text if article.kicker else "",
        "column": article.column,
        "kind": article.kind.value,
        "byline": [credit.name for credit in article.credits],
        "truncated": article.truncated,
        "text": "\n\n".join(p.text for p in article.paragraphs if p.role in (Role.BODY, Role.SUBHEAD)),
        "title_spans": _spans(article.headline),
        "kicker_spans": _spans(article.kicker) if article.kicker else [],
        "byline_spans": _all_spans(article.byline),
        "dateline_spans": _all_spans(article.dateline),
        "paragraphs": [{"text": p.text, "role": p.role.value, "spans": _spans(p.passage)} for p in article.paragraphs],
        "captions": [{"text": caption.text, "spans": _spans(caption)} for caption in article.captions],
        "parks": _ids(article.tagged(Facet.PARK)),
        "parks_mentioned": _ids(article.tagged(Facet.PARK, about=False)),
        "industries": _ids(article.tagged(Facet.INDUSTRY)),
        "topics": _ids(article.tagged(Facet.TOPIC)),
        "provinces": _ids(article.tagged(Facet.PROVINCE)),
        "evidence": [
            {"tag": tag.id, "text": found.text, "spans": [], "places": [list(span) for span in found.spans]}
            for tag in article.tags
            for found in tag.evidence
        ],
        "date": _date(article.date),
        "confidence": round(article.confidence, 3),
        "doubts": list(article.doubts),
    }


def _date(date: PartialDate) -> Record:
    return {"value": date.value, "precision": date.precision.value, "basis": date.basis}


def _ids(tags: Iterable[Tag]) -> list[str]:
    return [tag.id for tag in tags]


def _spans(passage: Passage) -> list[list[int]]:
    return [list(span) for span in passage.spans]


def _all_spans(passages: Iterable[Passage]) -> list[list[int]]:
    spans: list[Span] = sorted(span for passage in passages for span in passage.spans)
    return [list(span) for span in spans]
