"""What an editor changed in an article, laid over what the page has: both forms in one text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from generator.model import HEADLINE_PART, KICKER_PART, Article
from generator.render.markup import clean

ALIKE = 0.5
"""Ratio (0–1) of common characters from which an old text is taken for the former shape of a new one."""
_LEAST_COMMON = 2
"""Shorter runs in common between two changes are part of the change: `一` amid new words helps no reader."""

Piece = tuple[str, str]
"""(what the page has, what the editor made of it); both the same where nothing changed."""


@dataclass(frozen=True, slots=True)
class Revision:
    """The changed texts of an article, and those that have no place in it any more."""

    parts: Mapping[int, tuple[Piece, ...]] = field(default_factory=dict)
    """By index of the paragraph, HEADLINE_PART or KICKER_PART, as in Evidence.part."""
    elsewhere: tuple[tuple[str, str], ...] = ()
    """(Field, text) of what was taken out or can't be laid over a text: the theme shows them apart."""


def revision_of(article: Article) -> Revision:
    """Each former text laid over the text that took its place; titles by their field, paragraphs by likeness."""
    parts: dict[int, tuple[Piece, ...]] = {}
    elsewhere: list[tuple[str, str]] = []
    named = {"title": HEADLINE_PART, "kicker": KICKER_PART}
    for name, before in article.originals:
        if not (text := clean(before)):
            continue
        at = named[name] if name in named else _nearest(text, article, parts) if name == "text" else None
        if at is None or not clean(article.part(at)):
            elsewhere.append((name, text))
        elif text != clean(article.part(at)):
            parts[at] = pieces(text, clean(article.part(at)))
    return Revision(parts, tuple(elsewhere))


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The two texts cut into runs that are the same and runs that are not.

    >>> pieces("光谷科创夫走廊", "光谷科创大走廊")
    (('光谷科创', '光谷科创'), ('夫', '大'), ('走廊', '走廊'))
    """
    same = [run for run in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks() if run.size]
    same = [
        run
        for run in same
        if run.size >= _LEAST_COMMON
        or (run.a, run.b) == (0, 0)
        or (run.a + run.size, run.b + run.size) == (len(old), len(new))
    ]
    ends = [(0, 0), *((run.a + run.size, run.b + run.size) for run in same)]
    starts = [*((run.a, run.b) for run in same), (len(old), len(new))]
    found: list[Piece] = []
    for (a, b), (c, d), run in zip(ends, starts, [*same, None], strict=True):
        found.append((old[a:c], new[b:d]))
        if run:
            found.append((old[run.a : run.a + run.size],) * 2)
    return tuple(piece for piece in found if piece != ("", ""))


def _nearest(text: str, article: Article, taken: Mapping[int, object]) -> int | None:
    """The part most like the text and not yet taken; None where none is like it."""
    candidates = [at for at in (HEADLINE_PART, KICKER_PART, *range(len(article.paragraphs))) if at not in taken]
    rated = [(SequenceMatcher(None, text, article.part(at), autojunk=False).ratio(), -at) for at in candidates]
    best = max(rated, default=(0.0, 0))
    return -best[1] if best[0] >= ALIKE else None
