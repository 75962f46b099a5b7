"""Articles whose tags were labelled by reading, and how well the tagger agrees with the readers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from generator.articles.tag import article_of_record
from generator.model import Article, Facet, Paragraph, Passage, Role

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests/gold"
BENCH = ROOT.parent / "shared/bench"
SEED_PAGES = ROOT.parent / "shared/seeds"
ARTICLES = BENCH / "articles-dev.jsonl"
"""Most of the labelled texts; they are not part of the project."""
OWN_ARTICLES = GOLD / "articles.jsonl"
"""Labelled texts that were written for it: feature stories, notices and surveys of parks."""
FACETS = {"parks": Facet.PARK, "industries": Facet.INDUSTRY, "topics": Facet.TOPIC, "provinces": Facet.PROVINCE}
PARTS = (
    "tuned",
    "opened",
    "held",
    "last",
    "fresh",
    "final",
    "blind",
    "latest",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "written",
    "written apart",
    "press style",
)
"""Parts of tags_dev.jsonl in the order they were labelled; tests/gold/README.md tells what each was for."""

Label = Mapping[str, Any]


def labels(file: str = "tags_dev.jsonl") -> list[Label]:
    """The labels of a file, by article id."""
    return [json.loads(line) for line in (GOLD / file).read_text(encoding="utf-8").splitlines()]


def labelled_articles(*files: str) -> dict[str, Article]:
    """The articles that these files label, untagged, by id."""
    wanted = {label["id"] for file in files for label in labels(file)}
    lines = (line for path in (ARTICLES, OWN_ARTICLES) for line in path.read_text(encoding="utf-8").splitlines())
    records = (json.loads(line) for line in lines)
    return {record["id"]: article_of_record(record) for record in records if record["id"] in wanted}


def seed_labels() -> list[Label]:
    """The gold tags of the three seed pages, with the province of their region as their provinces."""
    gold = json.loads((BENCH / "gold/seed_tags.json").read_text(encoding="utf-8"))["articles"]
    return [{**label, "provinces": [label["region"]["province"]]} for label in gold]


def seed_articles() -> Iterator[tuple[Article, Label]]:
    """The articles of the three seed pages as their gold cuts them, untagged, with their labels."""
    gold = seed_labels()
    for path in sorted((BENCH / "gold/seeds").glob("*.json")):
        source = path.with_suffix(".txt").read_bytes().decode("utf-8")
        for cut in json.loads(path.read_text(encoding="utf-8"))["articles"]:
            label = nearest(gold, cut["title"])
            paragraphs = tuple(
                Paragraph(
                    Passage.join([Passage.of(source, a, b) for a, b in p["spans"]]),
                    Role.SUBHEAD if p["subhead"] else Role.BODY,
                )
                for p in cut["paragraphs"]
            )
            kicker = Passage.invented(cut["kicker"]) if cut["kicker"] else None
            yield Article(label["id"], path.stem, Passage.invented(cut["title"]), paragraphs, kicker), label


def nearest(gold: Iterable[Label], title: str) -> Label:
    """The label whose title, with its kicker or without, is most like this one."""
    titles = ((label, t) for label in gold for t in (label["title"], (label.get("kicker") or "") + label["title"]))
    return max(titles, key=lambda pair: SequenceMatcher(None, pair[1], title).ratio())[0]


def tagged(article: Article, name: str) -> list[str]:
    """The ids that an article is about, of one of FACETS, main first."""
    return [tag.id for tag in article.tagged(FACETS[name])]


def f1(pairs: Sequence[tuple[Article, Label]], name: str) -> float:
    """Micro F1 of one of FACETS over tagged articles; what a label only mentions counts neither way."""
    hits = extra = missed = 0
    for article, label in pairs:
        want, free = set(label[name]), set(label.get(f"{name}_mentioned", ()))
        have = set(tagged(article, name))
        hits += len(want & have)
        missed += len(want - have)
        extra += len(have - want - free)
    return 2 * hits / max(1, 2 * hits + extra + missed)


def main_parks(pairs: Sequence[tuple[Article, Label]]) -> tuple[int, int]:
    """How many articles have the right park first, and how many have a park at all."""
    firsts = [((tagged(article, "parks") or [""])[0], label["parks"][0]) for article, label in pairs if label["parks"]]
    return sum(have == want for have, want in firsts), len(firsts)
