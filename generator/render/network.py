"""Which parks are named together: a page with an arc from name to name, and the same as a table."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.model import Facet, Park, SiteFile
from generator.render.context import Archive
from generator.render.glossary import WORDS
from generator.render.hubs import place_link
from generator.render.markup import document
from generator.render.paging import PAGE_SIZE
from generator.render.phrases import shorten
from generator.render.pictures import level
from generator.render.urls import search_url

NAMED_AT_MOST = 12
"""An article that names more parks is a roll-call and says nothing of any two of them."""
PARKS_DRAWN = 36
"""What fits on a telephone in two screens, each name on a line of its own."""
ROUNDS = 24
"""Times that every name moves to the middle of its partners; then the order stands still or swings."""
WIDTH, ROW, LABEL_END = 340, 25, 168
"""Width, height of a line, and where names end, in units that are a pixel each on a narrow telephone."""
LABEL_CHARS = 11


@dataclass(frozen=True, slots=True)
class Tie:
    """Two parks that articles name together."""

    one: str
    other: str
    together: int
    """Articles that name both."""
    about: int
    """Those that are about both: what a search for the two finds."""


def network(archive: Archive) -> SiteFile:
    """network/index.md."""
    ties = ties_of(archive)
    held = archive.places[Facet.PARK]
    meta = {
        "template": "network.html",
        "title": WORDS["network"],
        "description": WORDS["network_intro"],
        "drawing": _drawing(archive, _drawn(ties)),
        "ties": [
            {
                "one": {"label": held[tie.one].label, "url": place_link(held[tie.one]).url},
                "other": {"label": held[tie.other].label, "url": place_link(held[tie.other]).url},
                "together": tie.together,
                "about": tie.about,
                "url": search_url(("park", tie.one), ("park", tie.other)) if tie.about else "",
            }
            for tie in ties[:PAGE_SIZE]
        ],
    }
    return SiteFile("network/index.md", document(meta, ""))


def ties_of(archive: Archive) -> list[Tie]:
    """All ties, strongest first. A park and the one it lies in are no tie: whoever names one names the other."""
    together: Counter[tuple[str, str]] = Counter()
    about: Counter[tuple[str, str]] = Counter()
    for article in archive.articles:
        named = sorted({tag.id for tag in article.tags if tag.facet is Facet.PARK})
        if not 2 <= len(named) <= NAMED_AT_MOST:
            continue
        main = {tag.id for tag in article.tagged(Facet.PARK)}
        for one, other in combinations(named, 2):
            if not (_within(one, other, archive.parks) or _within(other, one, archive.parks)):
                together[one, other] += 1
                about[one, other] += one in main and other in main
    order = sorted(together, key=lambda pair: (-together[pair], -about[pair], pair))
    return [Tie(*pair, together[pair], about[pair]) for pair in order]


def _within(park: str, other: str, parks: Mapping[str, Park]) -> bool:
    """Whether a park lies in the other, at any depth; a circle in the authority file ends the walk."""
    seen: set[str] = set()
    while park in parks and park not in seen:
        seen.add(park)
        park = parks[park].parent
        if park == other:
            return True
    return False


def _drawn(ties: Sequence[Tie]) -> list[Tie]:
    """The strongest ties among as many parks as can be drawn, and every tie between those parks."""
    parks: set[str] = set()
    for tie in ties:
        if len(parks | {tie.one, tie.other}) <= PARKS_DRAWN:
            parks |= {tie.one, tie.other}
    return [tie for tie in ties if tie.one in parks and tie.other in parks]


def _order(ties: Iterable[Tie]) -> list[str]:
    """The parks in an order that keeps arcs short: group by group, each name near the middle of its partners."""
    partners: dict[str, dict[str, int]] = defaultdict(dict)
    for tie in ties:
        partners[tie.one][tie.other] = partners[tie.other][tie.one] = tie.together
    order: list[str] = []
    for first in sorted(partners, key=lambda park: (-sum(partners[park].values()), park)):
        if first not in order:
            order += _settled(_group(first, partners), partners)
    return order


def _group(first: str, partners: Mapping[str, Mapping[str, int]]) -> list[str]:
    """All parks tied to the first, directly or through others, nearest first."""
    group = [first]
    for park in group:
        group += [
            other for other in sorted(partners[park], key=lambda o: (-partners[park][o], o)) if other not in group
        ]
    return group


def _settled(group: list[str], partners: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The order with the shortest arcs of those tried, each a little nearer to the middle of its partners."""

    def length(order: Sequence[str]) -> int:
        at = {park: place for place, park in enumerate(order)}
        return sum(abs(at[park] - at[other]) * n for park in order for other, n in partners[park].items())

    best = order = group
    for _ in range(ROUNDS):
        at = {park: place for place, park in enumerate(order)}
        middle = {
            park: sum(at[other] * n for other, n in partners[park].items()) / sum(partners[park].values())
            for park in order
        }
        order = sorted(order, key=lambda park: ((middle[park] + at[park]) / 2, park))
        best = min(best, order, key=length)
    return best


def _drawing(archive: Archive, ties: Sequence[Tie]) -> dict[str, object]:
    """The names with their heights, and the arcs as SVG paths, thin ones first."""
    held = archive.places[Facet.PARK]
    order = _order(ties)
    at = {park: place for place, park in enumerate(order)}
    most = max((tie.together for tie in ties), default=0)
    longest = max((abs(at[tie.one] - at[tie.other]) for tie in ties), default=1)
    return {
        "width": WIDTH,
        "height": ROW * len(order),
        "label_end": LABEL_END,
        "names": [
            {"label": shorten(held[park].label, LABEL_CHARS), "url": place_link(held[park]).url, "y": _height(place)}
            for place, park in enumerate(order)
        ],
        "arcs": [
            {
                "path": _arc(at[tie.one], at[tie.other], longest),
                "level": level(tie.together, most),
                "ends": f"{at[tie.one]} {at[tie.other]}",
                "words": f"{held[tie.one].label} — {held[tie.other].label}：{tie.together}",
            }
            for tie in reversed(ties)
        ],
    }


def _height(place: int) -> float:
    return (place + 0.5) * ROW


def _arc(one: int, other: int, longest: int) -> str:
    """A half round from name to name; the farther apart, the wider, up to the edge of the drawing."""
    left, top, bottom = LABEL_END + 8, _height(min(one, other)), _height(max(one, other))
    # A cubic curve reaches three quarters of the way to its handles.
    widest = (WIDTH - left - 4) / 0.75
    handle = round(left + max(widest * (abs(one - other) / longest) ** 0.7, ROW * 0.6), 1)
    return f"M{left} {top:g}C{handle:g} {top:g} {handle:g} {bottom:g} {left} {bottom:g}"
