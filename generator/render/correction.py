"""The correction file of an article as an editor begins it: what stands there now, ready to be changed."""

from __future__ import annotations

import json
import re

from generator.model import Article, Precision, Tag
from generator.render.glossary import WORDS
from generator.render.markup import clean

_BARE = re.compile(r"[0-9a-z\u4e00-\u9fff][0-9a-z\u4e00-\u9fff_-]*")
"""Ids that YAML takes as they are."""
_SUFFIX = re.compile(r"\.[^./]*$")


def correction_file(source: str) -> str:
    """The name of the correction file of a source.

    >>> correction_file("2020-08/第05版.txt")
    '2020-08/第05版.fix.yml'
    """
    return _SUFFIX.sub("", source) + ".fix.yml"


def correction_of(article: Article) -> list[str]:
    """What NAME.fix.yml may say of the article, `key: value` a row; the theme sets them below the article's id."""
    credits_ = ", ".join(_credit(name, role, agency) for name, role, agency in _credits(article))
    rows = {
        "title": _text(article.title),
        "kicker": _text(article.kicker.text if article.kicker else ""),
        "byline": f"[{credits_}]",
        "date": article.date.value if _exact(article) else WORDS["fix_date"],
        "newspaper": _text(article.newspaper.name),
        "tags": WORDS["fix_tags"],
        "text": WORDS["fix_text"],
        "checked": WORDS["fix_checked"],
    }
    return [f"{key}: {value}" for key, value in rows.items()]


def without_tag(tag: Tag) -> str:
    """What stands under `tags` of the article to take the tag off."""
    return f"{tag.facet.value}: {{remove: [{_scalar(tag.id)}]}}"


def _exact(article: Article) -> bool:
    """Only a day, a month or a year can be said in a correction file."""
    return article.date.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR)


def _credits(article: Article) -> list[tuple[str, str, str]]:
    return [(name, clean(c.role), clean(c.agency)) for c in article.credits if (name := clean(c.name))]


def _credit(name: str, role: str, agency: str) -> str:
    keys = (("name", name), ("role", role), ("agency", agency))
    return "{" + ", ".join(f"{key}: {_text(value)}" for key, value in keys if value) + "}"


def _scalar(value: str) -> str:
    return value if _BARE.fullmatch(value) else _text(value)


def _text(value: str) -> str:
    """A text in the double quotes of JSON, which YAML reads alike."""
    return json.dumps(clean(value), ensure_ascii=False)
