"""Article to tagged article: parks, provinces, industries and topics, each with the phrases that earned it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from generator.articles.aboutness import Weighed, weigh_parks, weigh_provinces, weigh_subjects
from generator.articles.mentions import find_mentions, longest
from generator.articles.reading import Reading, read
from generator.authority import Authority
from generator.model import Article, Facet, Paragraph, Passage, Tag

EVIDENCE_LIMIT = 8
"""Phrases kept with a tag."""
PARAGRAPH_BREAK = "\n\n"


def tag(article: Article, authority: Authority) -> Article:
    """The article with its tags, main first; those it is about before those it only mentions."""
    reading = read(article)
    tags = [_tag(reading, weighed) for weighed in _weigh(reading, authority)]
    tags.sort(key=lambda t: (list(Facet).index(t.facet), not t.about, -t.score))
    return replace(article, tags=tuple(tags))


def scores(article: Article, authority: Authority) -> tuple[Weighed, ...]:
    """Every candidate with its score and reasons, as `tag` weighs them: for explain."""
    return tuple(_weigh(read(article), authority))


def _weigh(reading: Reading, authority: Authority) -> list[Weighed]:
    mentions, masked = find_mentions(reading, authority.names, authority.parks, authority.cues)
    parks = weigh_parks(reading, mentions, authority.parks)
    hits = longest(authority.words, _mask(reading.text, masked))
    subjects = weigh_subjects(reading, hits, {**authority.industries, **authority.topics})
    return [*parks, *subjects, *weigh_provinces(mentions, parks, authority.parks)]


def _mask(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with names blanked out, so that 稀土高新区 says nothing about 稀土. Offsets stay."""
    pieces = []
    at = 0
    for start, end in stretches:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _tag(reading: Reading, weighed: Weighed) -> Tag:
    evidence = tuple(reading.evidence(start, end) for start, end in weighed.places[:EVIDENCE_LIMIT])
    return Tag(weighed.facet, weighed.id, weighed.label, weighed.about, weighed.score, evidence)


# --- the tag verb ---------------------------------------------------------------------------------------------------


def article_of_record(record: Mapping[str, Any]) -> Article:
    """An article from {id, title, body: [paragraphs]}; its text is the title and the paragraphs, blank lines between."""
    body = record.get("body") or ()
    pieces = [str(record.get("title") or ""), *((body,) if isinstance(body, str) else map(str, body))]
    source = PARAGRAPH_BREAK.join(pieces)
    passages = []
    at = 0
    for piece in pieces:
        passages.append(Passage.of(source, at, at + len(piece)) if piece else Passage.invented(""))
        at += len(piece) + len(PARAGRAPH_BREAK)
    return Article(
        id=str(record.get("id", "")),
        page="",
        headline=passages[0],
        paragraphs=tuple(Paragraph(passage) for passage in passages[1:]),
    )


def record_of_tags(article: Article) -> dict[str, Any]:
    """The line that `tag` writes for an article: ids by facet, and the evidence with its offsets."""
    return {
        "id": article.id,
        "parks": [t.id for t in article.tagged(Facet.PARK)],
        "parks_mentioned": [t.id for t in article.tagged(Facet.PARK, about=False)],
        "industries": [t.id for t in article.tagged(Facet.INDUSTRY)],
        "topics": [t.id for t in article.tagged(Facet.TOPIC)],
        "provinces": [t.id for t in article.tagged(Facet.PROVINCE)],
        "evidence": [
            {"tag": t.id, "text": e.text, "spans": [list(span) for span in e.spans]}
            for t in article.tags
            if t.about or t.facet == Facet.PARK
            for e in t.evidence
        ],
    }
