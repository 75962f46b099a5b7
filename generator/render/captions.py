"""Where captions are read: after the paragraph beside which they stand on the page."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Article, Passage

TOP = -1
"""The place before the first paragraph."""


def captions_after(article: Article) -> Mapping[int, tuple[Passage, ...]]:
    """Captions by the index of the paragraph they follow, TOP for those above the body; each in the page's order.

    A caption goes to the nearest piece of its own article. One that cuts a paragraph in two comes after the whole of
    it; one right above a paragraph comes before it. A caption that stands nowhere on the page ends the article.
    """
    pieces = [(span, at) for at, part in enumerate(article.paragraphs) for span in part.passage.spans]
    first = {at: min(part.passage.spans) for at, part in enumerate(article.paragraphs) if part.passage.spans}
    found: dict[int, list[Passage]] = {}
    for caption in sorted(article.captions, key=lambda c: c.spans[:1] or (((1 << 62), 0),)):
        found.setdefault(_place(caption, pieces, first, len(article.paragraphs) - 1), []).append(caption)
    return {at: tuple(captions) for at, captions in sorted(found.items())}


def _place(
    caption: Passage, pieces: list[tuple[tuple[int, int], int]], first: Mapping[int, tuple[int, int]], last: int
) -> int:
    if not caption.spans or not pieces:
        return last
    start, end = caption.spans[0][0], caption.spans[-1][1]
    above = [(start - high, at) for (_, high), at in pieces if high <= start]
    below = [(low - end, at, (low, high)) for (low, high), at in pieces if low >= end]
    before = min(above, default=None)
    after = min(below, default=None)
    if before is not None and (after is None or before[0] <= after[0]):
        return before[1]
    if after is None:
        return last
    _, at, span = after
    return at - 1 if first[at] == span else at
