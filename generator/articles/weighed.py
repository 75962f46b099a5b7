"""What the tagger weighs: a candidate for a tag, its score and the named reasons that add up to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from generator.articles.reading import Zone
from generator.model import Facet, Reason


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate for a tag with its score, the reasons that add up to it, and the phrases behind them."""

    facet: Facet
    id: str
    label: str
    about: bool
    score: float
    told: Callable[[], tuple[Reason, ...]]
    """Works the reasons out: only explain asks for them."""
    places: tuple[tuple[int, int], ...]
    """Stretches of Reading.text, the best evidence first."""

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """The named weights that the score is the sum of."""
        return self.told()

    def decided(self, about: bool) -> Weighed:
        """The same candidate, with the decision whether the article is about it."""
        return Weighed(self.facet, self.id, self.label, about, self.score, self.told, self.places)


def zone_reasons(weights: Mapping[str, float], zones: set[Zone]) -> list[Reason]:
    """A reason for each prominent zone that names it."""
    return [Reason(zone.value, weights[zone.value]) for zone in PROMINENT if zone in zones]


def measured(weights: Mapping[str, float], features: Mapping[str, float]) -> list[Reason]:
    """A reason for each measure that weighs anything."""
    return [
        Reason(name, round(weights[name] * value, 3), f"{value:.2g}")
        for name, value in features.items()
        if weights[name] * value
    ]


LEAST_MENTION = 3.0
"""An industry, topic or province that scores less is not worth a mention; a park always is."""
PROMINENT = (Zone.HEADLINE, Zone.KICKER, Zone.LEAD, Zone.SUBHEAD)
