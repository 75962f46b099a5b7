"""How to cite an article: GB/T 7714-2015, BibTeX and RIS.

The theme knows the address of the page and lays the fields out; here they are chosen, ordered and escaped.
"""

from __future__ import annotations

from generator.model import Article, PartialDate, Precision
from generator.render.glossary import WORDS, say
from generator.render.markup import clean
from generator.render.phrases import authors_of, date_words, title_of

KEY_PREFIX = "park"
"""BibTeX keys begin with a letter; ids may not."""
NAMED_AUTHORS = 3
"""GB/T 7714 names three authors and says 等 for the rest."""
_BIBTEX = str.maketrans(
    {char: "\\" + char for char in "&%$#_"}
    | {"{": r"\textbraceleft ", "}": r"\textbraceright ", "\\": r"\textbackslash "}
    | {"~": r"\textasciitilde ", "^": r"\textasciicircum "}
)
"""Braces by name: BibTeX counts those behind a backslash too, and one that is not closed swallows the file."""


def citation_of(article: Article, number: str = "") -> dict[str, list[str]]:
    """The GB/T 7714 line up to the URL, the BibTeX fields as `name = {value}`, the RIS fields as `XX value`.

    `number` is that of the newspaper's page (版次), empty where it is not known.
    """
    return {
        "gbt": [_gbt(article, number)],
        "key": [f"{KEY_PREFIX}{article.id}"],
        "bibtex": [f"{name} = {{{value}}}" for name, value in _bibtex(article, number) if value],
        "ris": [f"{name} {value}" for name, value in _ris(article, number) if value],
    }


def _gbt(article: Article, number: str) -> str:
    """主要责任者. 题名[N/OL]. 报纸名, 出版日期(版次) — the page adds the reader's day and its own URL."""
    authors = authors_of(article)
    named = ", ".join(authors[:NAMED_AUTHORS])
    if len(authors) > NAMED_AUTHORS:
        named += ", " + WORDS["and_others"]
    day = article.date.value if article.date.precision is Precision.DAY else f"[{date_words(article.date)}]"
    paper = clean(article.newspaper.name) or f"[{WORDS['unknown_newspaper']}]"
    return f"{named + '. ' if named else ''}{title_of(article)}[N/OL]. {paper}, {day}{f'({number})' if number else ''}"


def _bibtex(article: Article, number: str) -> list[tuple[str, str]]:
    return [
        ("title", f"{{{_bibtex_text(title_of(article))}}}"),
        ("author", " and ".join(f"{{{_bibtex_text(name)}}}" for name in authors_of(article))),
        ("journal", _bibtex_text(clean(article.newspaper.name))),
        ("year", _year(article.date)),
        ("date", article.date.value if article.date.precision is not Precision.UNKNOWN else ""),
        ("pages", number),
        ("note", _bibtex_text(_window(article.date))),
        ("langid", "chinese"),
    ]


def _year(date: PartialDate) -> str:
    """The year where it is known: a window over two years has none.

    >>> _year(PartialDate("2021-06-01/2021-12-31", Precision.WINDOW)), _year(PartialDate("2020/2022", Precision.WINDOW))
    ('2021', '')
    """
    years = {part[:4] for part in date.value.split("/")}
    return years.pop() if len(years) == 1 and date.precision is not Precision.UNKNOWN else ""


def _window(date: PartialDate) -> str:
    """What citation managers show beside the fields, which have no place for a date between two days."""
    return say("cite_date", date=date_words(date)) if date.precision is Precision.WINDOW else ""


def _bibtex_text(text: str) -> str:
    return text.translate(_BIBTEX)


def _ris(article: Article, number: str) -> list[tuple[str, str]]:
    exact = article.date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    date = [*article.date.value.split("-"), "", ""][:3] if exact else []
    return [
        ("TY", "NEWS"),
        ("TI", title_of(article)),
        *(("AU", name) for name in authors_of(article)),
        ("T2", clean(article.newspaper.name)),
        ("PY", _year(article.date)),
        ("DA", "/".join(date) if date else ""),
        ("SP", number),
        ("N1", _window(article.date)),
        ("LA", "zh"),
    ]
