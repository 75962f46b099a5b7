"""The pages of a long list: which page links a leaf shows."""

from __future__ import annotations

from generator.render.glossary import say
from generator.render.urls import url_of

PAGE_SIZE = 100
"""No list of the site is longer on one leaf."""


def leaves_of(length: int) -> int:
    """How many leaves a list of this length takes; an empty list takes one.

    >>> leaves_of(0), leaves_of(100), leaves_of(101)
    (1, 1, 2)
    """
    return max(1, -(-length // PAGE_SIZE))


def leaf_path(folder: str, number: int) -> str:
    """The Markdown file of a leaf, 1-based."""
    return f"{folder}/index.md" if number == 1 else f"{folder}/{number}.md"


def leaf(number: int) -> slice:
    """The items that stand on a leaf, 1-based."""
    return slice((number - 1) * PAGE_SIZE, number * PAGE_SIZE)


def pages_meta(folder: str, number: int, leaves: int) -> dict[str, object]:
    """Front matter with the links to the first, last and nearest leaves; empty for a single leaf."""
    if leaves == 1:
        return {}
    near = sorted({1, leaves, *range(max(1, number - 2), min(leaves, number + 2) + 1)})
    found: dict[str, object] = {
        "links": [{"number": page, "url": _url(folder, page), "current": page == number} for page in near],
        "words": say("page_of", page=number, pages=leaves),
    }
    if number > 1:
        found["previous"] = _url(folder, number - 1)
    if number < leaves:
        found["next"] = _url(folder, number + 1)
    return found


def _url(folder: str, page: int) -> str:
    return url_of(folder) if page == 1 else f"{url_of(folder)}{page}/"
