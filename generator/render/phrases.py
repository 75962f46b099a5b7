"""What the site says about an article in words: its date, its authors, its lead."""

from __future__ import annotations

import re

from generator.model import Article, PartialDate, Precision
from generator.render.glossary import WORDS, say
from generator.render.markup import clean

LEAD_CHARS = 96
DESCRIPTION_CHARS = 120
LISTED_CHARS = 90
"""Longer titles are lines that were taken for one: lists cut them, the article's page shows them whole."""
_ENDS = "。！？；"
_TORN = "，。：；！？、”’）》 "
_BLANK_AT_MARK = re.compile("(?<=[，。：；！？、“‘（《]) | (?=[，。：；！？、”’）》])")


def date_words(date: PartialDate) -> str:
    """The date as far as it is known, with its precision in words.

    >>> date_words(PartialDate("2020-08", Precision.MONTH)), date_words(PartialDate())
    ('约2020年8月', '日期不详')
    """
    if not date.value or date.precision is Precision.UNKNOWN:
        return WORDS["undated"]
    if date.precision is Precision.WINDOW and "/" in date.value:
        return _window(*date.value.split("/", 1))
    if date.precision is Precision.DAY and date.value.count("-") == 2:
        return _plain(date.value)
    year, _, rest = date.value.partition("-")
    month = rest.partition("-")[0]
    return say("month", y=year, m=int(month)) if month else say("only_year", y=year)


def month_of(date: PartialDate) -> int | None:
    """The month, where the date is known to the month."""
    if date.precision not in (Precision.DAY, Precision.MONTH) or "-" not in date.value:
        return None
    return int(date.value.split("-")[1])


def authors_of(article: Article) -> tuple[str, ...]:
    """The authors' names, each once, in the order of the byline."""
    return tuple(dict.fromkeys(name for credit in article.credits if (name := clean(credit.name))))


def title_of(article: Article) -> str:
    """The title, or the word for none. A blank beside a full-width mark that has its own is left out.

    Headlines of two lines are one with a blank between: it stays where it parts two words, or follows a quotation.
    """
    return _BLANK_AT_MARK.sub("", clean(article.title)) or WORDS["untitled"]


def lead(article: Article, limit: int = LEAD_CHARS) -> str:
    """The first words of the article, cut at a sentence end where one is near, else with an ellipsis.

    A mark that the page has torn from the sentence before is left out.
    """
    text = clean(" ".join(p.text for p in article.paragraphs if p.text)[: limit * 2])
    if not text:
        text = clean(" ".join(c.text for c in article.captions)[: limit * 2])
    text = text.lstrip(_TORN)
    if len(text) <= limit:
        return text
    stop = max(text.rfind(end, limit // 2, limit) for end in _ENDS)
    return text[: stop + 1] if stop >= 0 else text[: limit - 1] + "…"


def shorten(title: str, limit: int = 30) -> str:
    """A title short enough for a link beside the text."""
    return title if len(title) <= limit else title[: limit - 1] + "…"


def _window(first: str, last: str) -> str:
    """From one day to the other, no longer than it need be: whole years as years, a year that is the same only once.

    >>> _window("2026-01-01", "2027-12-31"), _window("2020-08-26", "2020-09-10"), _window("2020-01-01", "2020-12-31")
    ('2026年至2027年之间', '2020年8月26日至9月10日之间', '约2020年')
    """
    if first.endswith("-01-01") and last.endswith("-12-31"):
        first, last = first[:4], last[:4]
    if first == last:
        return date_words(PartialDate(first, Precision.DAY))
    begin, end = _plain(first), _plain(last)
    year = f"{int(first[:4])}年"
    return say("window", a=begin, b=end.removeprefix(year) if begin.startswith(year) and end != year else end)


def _plain(value: str) -> str:
    """An ISO date, month or year as Chinese readers write it."""
    parts = value.split("-")
    return "".join(f"{int(part)}{unit}" for part, unit in zip(parts, "年月日", strict=False))
