"""How to cite an article: GB/T 7714-2015, BibTeX and RIS.

The theme knows the site's address and the generator does not, so each form is a pair: what stands before the URL
of the page, and what stands after it.
"""

from __future__ import annotations

import re

from generator.model import Article, Precision
from generator.render.glossary import WORDS
from generator.render.markup import clean
from generator.render.phrases import authors_of, date_words, title_of

NAMED_AUTHORS = 3
"""GB/T 7714 names three authors and says 等 for the rest."""
_BIBTEX_SPECIAL = re.compile(r"([&%$#_{}])")


def citation_of(article: Article) -> dict[str, list[str]]:
    """The three forms, each as [before the URL, after it]; lines are lists of their own for BibTeX and RIS."""
    return {"gbt": [_gbt(article)], "bibtex": _bibtex(article), "ris": _ris(article)}


def _gbt(article: Article) -> str:
    """主要责任者. 题名[N/OL]. 报纸名, 出版日期. — the URL follows."""
    authors = authors_of(article)
    named = ", ".join(authors[:NAMED_AUTHORS])
    if len(authors) > NAMED_AUTHORS:
        named += ", " + WORDS["and_others"]
    day = article.date.value if article.date.precision is Precision.DAY else f"[{date_words(article.date)}]"
    paper = clean(article.newspaper.name) or f"[{WORDS['unknown_newspaper']}]"
    return f"{named + '. ' if named else ''}{title_of(article)}[N/OL]. {paper}, {day}."


def _bibtex(article: Article) -> list[str]:
    fields = [
        ("title", f"{{{_bibtex_text(title_of(article))}}}"),
        ("author", " and ".join(f"{{{_bibtex_text(name)}}}" for name in authors_of(article))),
        ("journal", _bibtex_text(clean(article.newspaper.name))),
        ("year", article.date.year if article.date.precision is not Precision.UNKNOWN else ""),
        ("date", article.date.value if article.date.precision is not Precision.UNKNOWN else ""),
        ("langid", "chinese"),
    ]
    return [f"@article{{{'ynb' + article.id},", *(f"  {key} = {{{value}}}," for key, value in fields if value)]


def _bibtex_text(text: str) -> str:
    return _BIBTEX_SPECIAL.sub(r"\\\1", text.replace("\\", r"\textbackslash "))


def _ris(article: Article) -> list[str]:
    exact = article.date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)
    date = [*article.date.value.split("-"), "", ""][:3] if exact else []
    rows = [
        ("TY", "NEWS"),
        ("TI", title_of(article)),
        *(("AU", name) for name in authors_of(article)),
        ("T2", clean(article.newspaper.name)),
        ("PY", date[0] if date else ""),
        ("DA", "/".join(date) if date else ""),
        ("LA", "zh"),
    ]
    return [f"{key}  - {value}" for key, value in rows if value]
