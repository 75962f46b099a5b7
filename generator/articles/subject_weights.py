"""How much an article is about an industry or a topic: an open sum of named weights.

The weights, the biases of topics and that of broad trades are those that `python -m tests.bench.fit_subjects` prints
for the sixteen oldest parts, `nineteenth` and `written`, rounded. The thresholds were set where these parts score
best together with the seed pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import log2
from operator import mul

from generator.articles.reading import LAST_ASCII, Reading, Zone, cuts_word
from generator.articles.scope import Scope
from generator.articles.weighed import LEAST_MENTION, Weighed, measured
from generator.model import Facet, Reason, Subject

SUBJECT_WEIGHTS: Mapping[Facet, Mapping[str, float]] = {
    Facet.INDUSTRY: {
        "标题强词": 1.0,
        "标题弱词": 0.55,
        "引题": 0.1,
        "导语": 0.45,
        "小标题": 2.3,
        "正文强词": 0.7,
        "词种": 0.85,
        "分布": 2.1,
        "密度": 0.5,
        "占比": 2.4,
        "独词": -0.7,
        "时政": -1.8,
        "大局": -1.8,
    },
    Facet.TOPIC: {
        "标题强词": 1.7,
        "标题弱词": 0.6,
        "引题": 0.75,
        "导语": 0.55,
        "小标题": 0.0,
        "正文强词": 0.2,
        "词种": 1.1,
        "分布": 1.2,
        "密度": 0.7,
        "占比": 4.85,
        "独词": -1.1,
        "时政": -3.0,
        "大局": -0.45,
    },
}
MEASURES = tuple(SUBJECT_WEIGHTS[Facet.TOPIC])
"""What is measured of the words of a subject, in the order of subject_features."""
IN_ORDER = {facet: tuple([weights[name] for name in MEASURES]) for facet, weights in SUBJECT_WEIGHTS.items()}
BROAD_TRADES = frozenset(
    {
        "consumer-mfg",
        "equipment",
        "fintech-finance",
        "green-industry",
        "logistics",
        "raw-materials",
        "retail",
        "trade",
    }
)
"""Trades whose words stand in every article of the economy: exports, shops, carriage and capital."""
SUBJECT_BIAS: Mapping[str, float] = {
    **dict.fromkeys(sorted(BROAD_TRADES), -1.0),
    "approval": 0.8,
    "biz-env": 0.8,
    "cluster": 0.65,
    "customs": 0.2,
    "digital": 0.05,
    "ecology": -0.65,
    "economy": -1.4,
    "enterprise": -0.55,
    "finance-service": 0.25,
    "green": -0.45,
    "investment": 0.55,
    "ip": 0.2,
    "livelihood": -0.55,
    "opening": 0.25,
    "policy": -0.1,
    "procurement": -0.9,
    "project": 0.05,
    "quality": 0.5,
    "ranking": 0.05,
    "reform": 0.45,
    "regional": -0.75,
    "resumption": -0.1,
    "rural": -0.6,
    "sci-innovation": -0.65,
    "startup": 0.15,
    "talent": 0.5,
    "transfer": 1.4,
    "transformation": 0.2,
    "urban": -0.3,
}
"""What the words of a subject fall short by, or run ahead of it: words of the economy stand in all articles of news."""
KIND_SUBJECTS: Mapping[str, Mapping[str, float]] = {
    "自贸试验区": {"opening": 2.0},
    "自贸片区": {"opening": 2.0},
    "综合保税区": {"bonded": 1.5, "customs": 0.7},
}
"""What the kind of a park that the article is about adds: its name itself is blanked out and says nothing."""
KIND_SAYS: Mapping[str, tuple[tuple[str, bool], ...]] = {"综合保税区": (("bonded", True),)}
"""But the names of such a park: they are strong words for its trade where the article is about it."""
SUBJECT_THRESHOLD: Mapping[Facet, float] = {Facet.INDUSTRY: 4.1, Facet.TOPIC: 4.7}
FIRST_THRESHOLD: Mapping[Facet, float] = {Facet.INDUSTRY: 4.1, Facet.TOPIC: 4.2}
"""What the strongest of an article must score: that an article has a topic is likelier than that it has one more."""
SUBJECT_LIMIT: Mapping[Facet, int] = {Facet.INDUSTRY: 5, Facet.TOPIC: 5}
PROMINENT = frozenset({Zone.HEADLINE, Zone.KICKER, Zone.SUBHEAD})
SHORT_WORD = 3
"""供应链 repeated says little, 动力电池 enough: a longer word names its trade by itself. Characters, at most."""
WEAK_SHARE = 0.35
"""What a weak word counts where strong and weak are added up."""

FULL_SHARE = 2.0
"""Words that it takes until the share of all words counts in full: one word alone in its facet proves little."""

Hit = tuple[int, int, tuple[tuple[str, bool], ...]]
"""(start, end, senses): the subjects that a word speaks for, each with whether it is strong for it."""
Place = tuple[bool, bool, int, int, Zone, int]
"""(not in the headline, not strong, start, end, zone, part) of a word: sorted, the best evidence stands first."""


@dataclass(frozen=True, slots=True)
class Use:
    """The uses of a subject's words in an article, where they are evidence at all."""

    places: list[Place]
    words: set[str]
    """The different ones."""
    parts: set[int]
    """Where they stand, as in Evidence.part."""
    strong: Mapping[Zone, int]
    weak: Mapping[Zone, int]
    amount: float
    """Strong words, and weak ones by WEAK_SHARE."""

    @staticmethod
    def of(places: list[Place], text: str) -> Use | None:
        """None without evidence: one strong word, or two different weak ones; one alone was right 5 times in 60."""
        if len(places) == 1 and places[0][1]:
            return None
        words = {text[start:end] for _, _, start, end, _, _ in places}
        if len(words) == 1 and all(place[1] for place in places):
            return None
        strong: dict[Zone, int] = {}
        weak: dict[Zone, int] = {}
        parts: set[int] = set()
        for _, is_weak, _, _, zone, part in places:
            counts = weak if is_weak else strong
            counts[zone] = counts[zone] + 1 if zone in counts else 1
            parts.add(part)
        return Use(places, words, parts, strong, weak, sum(strong.values()) + WEAK_SHARE * sum(weak.values()))

    def is_one_short_word(self) -> bool:
        """True where all is one word of SHORT_WORD letters, however often, that stands in no head."""
        (word, *others) = self.words
        return not others and len(word) <= SHORT_WORD and PROMINENT.isdisjoint(self.strong.keys() | self.weak.keys())


def weigh_subjects(
    reading: Reading, hits: Iterable[Hit], subjects: Mapping[str, Subject], scope: Scope, kinds: Iterable[str] = ()
) -> list[Weighed]:
    """The industries and topics that the article's words speak for, the strongest first.

    kinds: those of the parks that the article is about.
    """
    kinds = set(kinds)
    of_kind = {key: extra for kind in kinds for key, extra in KIND_SUBJECTS.get(kind, {}).items()}
    uses = uses_of(reading, hits)
    result: list[Weighed] = []
    for facet in (Facet.INDUSTRY, Facet.TOPIC):
        here = {key: use for key, use in uses.items() if subjects[key].facet is facet}
        total = sum(use.amount for use in here.values())
        weighed = (
            _weigh_subject(subjects[key], use, subject_features(reading, use, total, scope), of_kind.get(key, 0.0))
            for key, use in here.items()
        )
        candidates = [candidate for candidate in weighed if candidate]
        candidates.sort(key=lambda w: (-w.score, w.id))
        about = {w.id for w in candidates[: SUBJECT_LIMIT[facet]] if w.score >= SUBJECT_THRESHOLD[facet]}
        about |= {w.id for w in candidates[:1] if w.score >= FIRST_THRESHOLD[facet]}
        result += [w.decided(w.id in about) for w in candidates]
    return result


def uses_of(reading: Reading, hits: Iterable[Hit]) -> Mapping[str, Use]:
    """The uses of each subject that there is evidence for. One flat loop: it runs for every word of every article."""
    text = reading.text
    places: dict[str, list[Place]] = {}
    until = 0
    for start, end, senses in hits:
        if not senses or ((text[start] <= LAST_ASCII or text[end - 1] <= LAST_ASCII) and cuts_word(text, start, end)):
            continue
        if start >= until:  # the hits come in the order of the text
            part = reading.part_at(start)
            zone, index, until, in_body = part.zone, part.index, part.end, part.zone is not Zone.HEADLINE
        for key, strong in senses:
            place = (in_body, not strong, start, end, zone, index)
            if key in places:
                places[key].append(place)
            else:
                places[key] = [place]
    found = ((key, Use.of(here, text)) for key, here in places.items())
    return {key: use for key, use in found if use}


def subject_features(reading: Reading, use: Use, total: float, scope: Scope) -> tuple[float, ...]:
    """The measures that the weights are for, in the order of MEASURES.

    total: the amount of all subjects of the facet; scope: what the article is about as a whole.
    """
    strong, weak = use.strong, use.weak
    return (
        min(strong.get(Zone.HEADLINE, 0), 2),
        0 if Zone.HEADLINE in strong else min(weak.get(Zone.HEADLINE, 0), 2),
        min(strong.get(Zone.KICKER, 0) + WEAK_SHARE * weak.get(Zone.KICKER, 0), 2),
        log2(1 + strong.get(Zone.LEAD, 0) + WEAK_SHARE * weak.get(Zone.LEAD, 0)),
        min(strong.get(Zone.SUBHEAD, 0) + WEAK_SHARE * weak.get(Zone.SUBHEAD, 0), 3),
        log2(1 + strong.get(Zone.BODY, 0)),
        log2(1 + len(use.words)),
        len(use.parts) / len(reading.parts),
        min(100 * use.amount / max(len(reading.text), 100), 3),
        min(1.0, use.amount / FULL_SHARE) * use.amount / total if total else 0,
        float(use.is_one_short_word()),
        scope.statecraft,
        scope.economy,
    )


def _weigh_subject(subject: Subject, use: Use, features: tuple[float, ...], of_kind: float) -> Weighed | None:
    """The candidate, or None where it would not be worth a mention."""
    bias = SUBJECT_BIAS.get(subject.id, 0.0)
    score = bias + of_kind + sum(map(mul, IN_ORDER[subject.facet], features))
    if score < LEAST_MENTION:
        return None

    def told() -> tuple[Reason, ...]:
        reasons = measured(SUBJECT_WEIGHTS[subject.facet], dict(zip(MEASURES, features, strict=True)))
        if of_kind:
            reasons.append(Reason("园区", of_kind, "所写园区的种类"))
        if bias:
            reasons.append(Reason("常情", bias, "此类词语一贯偏多" if bias < 0 else "此类词语一贯偏少"))
        return tuple(reasons)

    places = tuple([place[2:4] for place in sorted(use.places)])
    return Weighed(subject.facet, subject.id, subject.name, False, round(score, 3), told, places)
