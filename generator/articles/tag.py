"""Article to tagged article: parks, provinces, industries and topics, each with the phrases that earned it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from generator.articles.mentions import find_mentions
from generator.articles.park_weights import weigh_parks
from generator.articles.province_weights import weigh_provinces
from generator.articles.reading import Reading, read
from generator.articles.scope import scope_of
from generator.articles.strangers import find_strangers
from generator.articles.subject_weights import KIND_SAYS, weigh_subjects
from generator.articles.weighed import LEAST_MENTION, Weighed
from generator.authority import Authority
from generator.model import Article, Facet, Paragraph, Passage, Tag

EVIDENCE_LIMIT = {True: 8, False: 3}
"""Phrases kept with a tag that the article is about, and with one it only mentions."""
FACET_ORDER = {facet: place for place, facet in enumerate(Facet)}
PARAGRAPH_BREAK = "\n\n"


def tag(article: Article, authority: Authority) -> Article:
    """The article with its tags, main first; those it is about before those it only mentions."""
    reading = read(article)
    worth = [w for w in _weigh(reading, authority) if w.about or w.facet is Facet.PARK or w.score >= LEAST_MENTION]
    worth.sort(key=lambda w: (FACET_ORDER[w.facet], not w.about))
    tags = tuple(_tag(reading, weighed) for weighed in worth)
    return replace(article, tags=tags)


def scores(article: Article, authority: Authority) -> tuple[Weighed, ...]:
    """Every candidate with its score and reasons, as `tag` weighs them: for explain."""
    return tuple(_weigh(read(article), authority))


def _weigh(reading: Reading, authority: Authority) -> list[Weighed]:
    names = authority.names
    mentions, masked = find_mentions(reading, names.find(reading.text), names.senses, authority.parks, authority.cues)
    parks = weigh_parks(reading, mentions, authority.parks)
    hits = authority.words.find(mask(reading.text, masked))
    about = [(authority.parks[w.id].kind, w.places) for w in parks if w.about]
    said = [(*place, KIND_SAYS[kind]) for kind, places in about if kind in KIND_SAYS for place in places]
    kinds = {kind for kind, _ in about}
    scope = scope_of(reading.text)
    subjects = weigh_subjects(reading, sorted([*hits, *said]) if said else hits, authority.subjects, scope, kinds)
    return [*parks, *subjects, *weigh_provinces(reading, mentions, parks, authority.parks, scope)]


def mask(text: str, stretches: Iterable[tuple[int, int]]) -> str:
    """The text with names blanked out, so that 稀土高新区 says nothing about 稀土. Offsets stay."""
    pieces = []
    at = 0
    for start, end in stretches:
        pieces += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*pieces, text[at:]])


def _tag(reading: Reading, weighed: Weighed) -> Tag:
    evidence = tuple(reading.evidence(start, end) for start, end in weighed.places[: EVIDENCE_LIMIT[weighed.about]])
    return Tag(weighed.facet, weighed.id, weighed.label, weighed.about, weighed.score, evidence)


# --- what the authority files lack ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class UnknownPark:
    """A candidate for parks.csv, with how often and where it was seen."""

    name: str
    count: int
    contexts: tuple[tuple[str, str], ...]
    """(article id, words around), CONTEXT_LIMIT at most."""


CONTEXT_LIMIT = 3


def unknown_parks(articles: Iterable[Article], authority: Authority) -> list[UnknownPark]:
    """Names that look like parks (place + name + 园/区) and are in no authority file, the most frequent first."""
    seen: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for article in articles:
        reading = read(article)
        for stranger in find_strangers(reading, authority.names.find(reading.text)):
            seen[stranger.name].append((article.id, stranger.context))
    found = [UnknownPark(name, len(at), tuple(at[:CONTEXT_LIMIT])) for name, at in seen.items()]
    return sorted(found, key=lambda unknown: (-unknown.count, unknown.name))


# --- the tag verb ---------------------------------------------------------------------------------------------------


def article_of_record(record: Mapping[str, Any]) -> Article:
    """An article from {id, title, body: [paragraphs]}; its text is the title and the paragraphs with blank lines."""
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
