"""Sample pages: from the readable descriptions in pages/*.yml to page bytes and gold, spans exact by construction.

Run `python -m tests.gold.compose` after editing a description; it rewrites seeds/ and tests/gold/seeds/.
README.md beside this file tells the form of a description.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
PAGES = HERE / "pages"
GOLD = HERE / "seeds"
SEEDS = HERE.parents[1] / "seeds"

NOISE = {"furniture", "advert", "column", "pull", "duplicate", "table", "jump"}
"""Kinds of entries that belong to no article; `jump` may carry the letter of the article it stands by."""
SPANS_OF = {"kicker": "kicker", "title": "headline", "byline": "byline", "caption": "captions"}
"""Parts of an article beside its text, and the field of Gathered that holds them."""
EDGE_MARKS = re.compile(r"(?:[#*]+\s*)?(.*?)\**", re.DOTALL)  # "## subhead", "**name**": marks belong to no span
SIGNED = re.compile(r"(?:⟦(?P<dateline>[^⟧]*)⟧)?(?P<body>[^⟦⟧]*)(?:⟦(?P<byline>[^⟧]*)⟧)?", re.DOTALL)

Span = tuple[int, int]


@dataclass
class Gathered:
    """What the entries of one article have yielded so far."""

    headline: list[Span] = field(default_factory=list)
    kicker: list[Span] = field(default_factory=list)
    byline: list[Span] = field(default_factory=list)
    dateline: list[Span] = field(default_factory=list)
    captions: list[Span] = field(default_factory=list)
    paragraphs: list[list[Span]] = field(default_factory=list)
    subheads: set[int] = field(default_factory=set)
    runs: list[Span] = field(default_factory=list)
    """Stretches of the page in which no other article's text stands."""


@dataclass(frozen=True)
class Sample:
    """A composed sample page."""

    path: str
    """Relative to seeds/."""
    content: bytes
    characters: int
    gold: dict[str, Any]


def ink(text: str, start: int, end: int) -> Span:
    """The range without blanks, # and * at its edges."""
    inner = text[start:end]
    match = EDGE_MARKS.fullmatch(inner.strip())
    assert match
    kept = match[1].strip()
    low = start + inner.index(kept)
    return low, low + len(kept)


def unbroken(text: str) -> str:
    """The text with its hard line breaks undone."""
    return re.sub(r"\s*[\r\n]+\s*", "", text)


class Composer:
    """Writes one page entry by entry and notes where each stands."""

    def __init__(self, newline: str) -> None:
        self.text = ""
        self.newline = newline
        self.blank: int | None = None
        self.articles: dict[str, Gathered] = {}
        self.noise: list[tuple[int, int, str]] = []
        self.last = ""

    def write(self, value: str) -> int:
        """Appends a value after the blank lines that are due; returns where it begins."""
        if self.text:
            self.text += self.newline * ((1 if self.blank is None else self.blank) + 1)
        elif self.blank:
            self.text = self.newline * self.blank
        self.blank = None
        start = len(self.text)
        self.text += value.replace("\n", self.newline)
        return start

    def add(self, key: str, value: Any) -> None:
        """One entry of the description's `page` list."""
        if key == "blank":
            self.blank = int(value)
            return
        letter, _, kind = key.partition(".")
        if letter.endswith("+"):
            letter, kind = letter[:-1], "+"
        if letter in NOISE or kind in NOISE:
            start = self.write(str(value))
            self.noise.append((*ink(self.text, start, len(self.text)), kind or letter))
            return
        article = self.articles.setdefault(letter, Gathered())
        if kind in {"", "+"}:
            self.paragraph(letter, article, str(value), goes_on=kind == "+")
            return
        start = self.write(str(value))
        span = ink(self.text, start, len(self.text))
        if kind == "sub":
            article.subheads.add(len(article.paragraphs))
            article.paragraphs.append([span])
            self.run(letter, article, span)
        else:
            getattr(article, SPANS_OF[kind]).append(span)

    def paragraph(self, letter: str, article: Gathered, value: str, *, goes_on: bool) -> None:
        """Body text, perhaps with ⟦a dateline⟧ before and ⟦names⟧ after it."""
        match = SIGNED.fullmatch(value)
        assert match, value[:30]
        dateline, body, byline = (match[name] or "" for name in ("dateline", "body", "byline"))
        start = self.write(dateline + body + byline)
        broken = [part.replace("\n", self.newline) for part in (dateline, body)]
        middle = start + len(broken[0])
        stop = middle + len(broken[1])
        if dateline:
            article.dateline.append(ink(self.text, start, middle))
        if byline:
            article.byline.append(ink(self.text, stop, len(self.text)))
        span = ink(self.text, middle, stop)
        if goes_on:
            article.paragraphs[-1].append(span)
        else:
            article.paragraphs.append([span])
        self.run(letter, article, span)

    def run(self, letter: str, article: Gathered, span: Span) -> None:
        """Lengthens the article's last run, or opens a new one after text of others."""
        if self.last == letter and article.runs:
            article.runs[-1] = (article.runs[-1][0], span[1])
        else:
            article.runs.append(span)
        self.last = letter


def gold_article(text: str, facts: dict[str, Any], found: Gathered) -> dict[str, Any]:
    """The gold of one article, in the form of the bench."""

    def shown(spans: list[Span]) -> str:
        return " ".join(" ".join(text[a:b].split()) for a, b in spans)

    raw = ["".join(text[a:b] for a, b in spans) for spans in found.paragraphs]
    title, kicker = shown(found.headline), shown(found.kicker)
    return {
        "title": title,
        "kicker": kicker or None,
        "title_alt": [title, f"{kicker} {title}".strip()],
        "byline": facts.get("byline", []),
        "column": facts.get("column"),
        "kind": "photo" if facts.get("photo") else facts.get("kind", "article"),
        "photo_item": bool(facts.get("photo")),
        "truncated": facts.get("truncated"),
        "interleaved": len(found.runs) > 1,
        "parks": facts["parks"],
        "subheads": [raw[i] for i in sorted(found.subheads)],
        "pieces": found.runs,
        "title_spans": found.headline,
        "kicker_spans": found.kicker,
        "byline_spans": found.byline,
        "dateline_spans": found.dateline,
        "captions": found.captions,
        "caption_text": [unbroken(text[a:b]) for a, b in found.captions],
        "paragraphs": [{"spans": spans, "subhead": i in found.subheads} for i, spans in enumerate(found.paragraphs)],
        "page_paragraphs": [unbroken(p) for p in raw],
        "body_paragraphs": [unbroken(p) for p in raw],
    }


def compose(path: Path) -> Sample:
    """The sample page that a description file tells of."""
    told = yaml.safe_load(path.read_text(encoding="utf-8"))
    composer = Composer("\r\n" if told.get("newline") == "crlf" else "\n")
    for entry in told["page"]:
        ((key, value),) = entry.items()
        composer.add(str(key), value)
    unknown = set(composer.articles) ^ set(told["articles"])
    assert not unknown, f"{path.name}: articles {sorted(unknown)} are told only once"
    text = composer.text + composer.newline
    folder = told.get("folder", "")
    gold = {
        "page": f"{folder}__{path.stem}" if folder else path.stem,
        "source": f"{path.stem}.txt",
        "note": told["note"],
        "articles": [gold_article(text, facts, composer.articles[key]) for key, facts in told["articles"].items()],
        "noise": composer.noise,
    }
    return Sample(f"{folder}/{path.stem}.txt".lstrip("/"), text.encode(told.get("encoding", "utf-8")), len(text), gold)


def gold_text(gold: dict[str, Any]) -> str:
    """The bytes of a gold file, as text."""
    return json.dumps(gold, ensure_ascii=False, indent=1) + "\n"


def samples() -> list[Sample]:
    """All sample pages, in the order of their names."""
    return [compose(path) for path in sorted(PAGES.glob("*.yml"))]


def main() -> None:
    """Writes the pages and their gold."""
    for sample in samples():
        target = SEEDS / sample.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(sample.content)
        GOLD.mkdir(exist_ok=True)
        (GOLD / f"{sample.gold['page']}.json").write_text(gold_text(sample.gold), encoding="utf-8")
        count = sum(not a["photo_item"] for a in sample.gold["articles"])
        print(f"{sample.path}: {sample.characters} characters, {count} articles")


if __name__ == "__main__":
    main()
