"""The pages of numbers: the park × industry matrix, and the quality page that names what is uncertain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.model import Article, Facet, SiteFile
from generator.render.context import Archive
from generator.render.glossary import WORDS, say
from generator.render.markup import document
from generator.render.paging import PAGE_SIZE, leaf, leaf_path, leaves_of, pages_meta
from generator.render.pictures import industry_by_year, park_by_industry, top_industries
from generator.render.urls import source_folder, url_of

STEPS = 5
"""Confidence is shown in this many equal steps."""


def stats(archive: Archive) -> Iterator[SiteFile]:
    """matrix/index.md (and its further leaves) and quality/index.md."""
    yield from _matrix(archive)
    yield _quality(archive)


def _matrix(archive: Archive) -> Iterator[SiteFile]:
    industries = {article.id for place in top_industries(archive) for article in place.about}
    held = archive.places[Facet.PARK].values()
    parks = [place for place in held if any(article.id in industries for article in place.about)]
    leaves = leaves_of(len(parks))
    for number in range(1, leaves + 1):
        tables = [{**park_by_industry(archive, parks[leaf(number)]), "totals": True}]
        if number == 1:
            tables.append(industry_by_year(archive))
        meta = {
            "template": "matrix.html",
            "title": WORDS["matrix"],
            "description": WORDS["matrix_intro"],
            "intro": WORDS["matrix_intro"],
            "tables": tables,
            "pages": pages_meta("matrix", number, leaves),
        }
        yield SiteFile(leaf_path("matrix", number), document(meta, ""))


def _quality(archive: Archive) -> SiteFile:
    articles = archive.articles
    numbers = (
        ("articles", len(articles)),
        ("quality_with_doubts", sum(bool(a.doubts) for a in articles)),
        ("quality_truncated", sum(a.truncated is not None for a in articles)),
        ("quality_undated", sum(not a.date.value for a in articles)),
        ("quality_untagged", sum(not a.tagged(Facet.PARK) for a in articles)),
        ("quality_corrected", sum(bool(a.corrected) for a in articles)),
    )
    worst = sorted((a for a in articles if a.doubts), key=lambda a: (a.confidence, -len(a.doubts), a.id))[:PAGE_SIZE]
    meta = {
        "template": "quality.html",
        "title": WORDS["quality_title"],
        "description": WORDS["quality_intro"],
        "numbers": [{"name": WORDS[key], "count": count} for key, count in numbers],
        "confidence": _confidence(articles),
        "unplaced": _unplaced(archive),
        "worst": [
            {
                "entry": archive.entries[article.id],
                "doubts": list(article.doubts),
                "source": f"{_source(article)}#a-{article.id}",
            }
            for article in worst
        ],
    }
    return SiteFile("quality/index.md", document(meta, ""))


def _source(article: Article) -> str:
    return url_of(source_folder(article.page))


def _confidence(articles: tuple[Article, ...]) -> list[dict[str, object]]:
    """How many articles stand in each step of confidence, surest first."""
    counts = Counter(min(STEPS - 1, max(0, int(article.confidence * STEPS))) for article in articles)
    most = max(counts.values(), default=0)
    return [
        {
            "name": say("quality_confidence_row", low=f"{step / STEPS:.1f}", high=f"{(step + 1) / STEPS:.1f}"),
            "count": counts[step],
            "width": round(100 * counts[step] / most) if most else 0,
        }
        for step in reversed(range(STEPS))
    ]


def _unplaced(archive: Archive) -> list[dict[str, object]]:
    """Pieces and characters outside of all articles, by role."""
    pieces: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for split in archive.splits:
        for item in split.unplaced:
            pieces[item.role.value] += 1
            characters[item.role.value] += len(item.passage.text)
    return [
        {"name": WORDS[f"role_{role}"], "pieces": number, "characters": characters[role]}
        for role, number in sorted(pieces.items(), key=lambda row: (-row[1], row[0]))
    ]
