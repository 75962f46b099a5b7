"""Where a headline may be broken into lines: between words, never inside a name."""

from __future__ import annotations

from itertools import pairwise

from generator.chinese import is_han
from generator.model import HEADLINE_PART, Article
from generator.render.markup import Ready
from generator.render.phrases import title_of
from generator.render.words import words_of

BREAK = "\u200b"
"""A zero-width space: the theme writes <wbr>, and the style sheet allows no other break between Chinese characters."""
_CLINGING = frozenset("的地得了着过们等之")
"""Particles that no line begins with."""


def broken_title(article: Article) -> Ready:
    """The title with a BREAK wherever a line may end within a run of Chinese characters."""
    title = title_of(article)
    held = held_together(
        title, [item.text for tag in article.tags for item in tag.evidence if item.part == HEADLINE_PART]
    )
    return Ready(with_breaks(title, held))


def with_breaks(text: str, held: frozenset[int] = frozenset()) -> str:
    """The text with a BREAK between words, but where `held` has the offset.

    Two words of one character each stay together: they may be a name that no dictionary has.

    >>> with_breaks("园区生产线让科技企业少走弯路").split(BREAK)
    ['园区', '生产线', '让', '科技', '企业', '少走弯路']
    """
    words = words_of(text)
    parts = words[:1]
    at = 0
    for word, following in pairwise(words):
        at += len(word)
        named = len(word) == len(following) == 1 or at in held
        between = is_han(word[-1]) and is_han(following[0]) and following not in _CLINGING
        parts.append(BREAK + following if between and not named else following)
    return "".join(parts)


def held_together(text: str, names: list[str]) -> frozenset[int]:
    """The offsets inside of the names, wherever they stand in the text.

    >>> sorted(held_together("北京经开区里的经开区", ["经开区"]))
    [3, 4, 8, 9]
    """
    held: set[int] = set()
    for name in filter(None, names):
        start = text.find(name)
        while start >= 0:
            held.update(range(start + 1, start + len(name)))
            start = text.find(name, start + 1)
    return frozenset(held)
