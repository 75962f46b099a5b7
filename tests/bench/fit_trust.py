"""Fits generator/articles/trust_weights.py: is an article whole, headline, text and order?"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

import numpy as np

from generator.articles.assemble import assemble
from generator.articles.credit import credit
from generator.articles.judge import worth
from generator.articles.record import page_record
from generator.articles.trust import SIDES, signs_of, trust_features
from generator.chinese import fold
from generator.model import Article, Page, PageSplit, Role
from generator.pages.classify import classify
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch
from tests.bench.gold import Gold, GoldPage, owner, owners
from tests.bench.logistic import Truth, Vector, fitted
from tests.bench.scorer import judged, scorer

RIDGE = 8.0
SURE = 0.9
PROMISED = 0.98
"""Share of the articles of hard pages that is to be whole where confidence is SURE or more; a little above the goal."""
FOLDS = 5
SAME = 0.9
"""Headlines at least as similar as this count as the same."""
FOR = (
    "closest",
    "claim on others",
    "page's closest",
    "any change, cheapest",
    "any change, cheapest, signed",
    *(f"{side}, cheapest" for side in SIDES),
    "byline",
    "dateline",
    "signed",
    "reads like news",
    "at home, least",
    "dim line",
)
"""Signs that may only raise confidence, whatever the pages of the fit say: elsewhere they mean the same."""
AGAINST = (
    "dearest junction",
    "jumps after a full stop",
    *(f"{side}, weight" for side in SIDES if side != "joined"),
    "signed twice",
    "open end",
    "ends with a colon",
    "starts in the middle",
    "pull quote, length",
    "furniture inside",
    "share of strangers",
    "no headline",
    "no headline, unsigned",
    "headline, short, unsigned",
    "headline, short, of one part",
    "headline, short",
    "headline, long",
    "headline of more lines",
    "headline lines apart",
    "headline stops short",
    "headline of marks of two kinds",
    "odd sign in the headline",
    "first line strange",
    "last line strange",
    "line fits another article",
    "another's line fits",
    "half joined to two parts",
    "half joined of several",
    "subheads",
    "longer copy of the headline",
    "copy of a part of the headline",
)
"""Signs that may only lower it."""
NONSENSE = 100
"""Every so many pages one is added with its characters in any order: nothing on it is whole."""
Blocks = dict[int, set[int]]
"""Indexes of the blocks of text of each article."""
Row = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An article that was found, and whether it is right."""

    features: Row
    whole: bool
    hard: bool
    """Its page is as hard as those that the promise is given for."""
    fold: int


def fit_trust(data: Sequence[GoldPage]) -> None:
    """Print the module of weights; on stderr, how well they tell right from wrong on pages that they don't know."""
    rows = [one for page, gold in data for one in judgements(page, gold)]
    print_weights(rows + [one for page, _ in data[::NONSENSE] for one in nonsense(page)])


def print_weights(rows: Sequence[Judgement]) -> None:
    """Fit, and print as fit_trust does."""
    truth = np.array([one.whole for one in rows])
    folds = np.array([one.fold for one in rows])
    hard = np.array([one.hard for one in rows])
    names = list(rows[0].features)
    unseen = np.zeros(len(rows))
    for fold_ in range(FOLDS):
        known = folds != fold_
        weights = _weights([one.features for one, k in zip(rows, known, strict=True) if k], truth[known], names)
        unseen[~known] = _odds([one.features for one, k in zip(rows, known, strict=True) if not k], weights)
    caution = _caution(unseen[hard], truth[hard]) if hard.any() else 0.0
    weights = _weights([one.features for one in rows], truth, names)
    weights["always"] -= caution
    for what, some in (("all", np.ones(len(rows), dtype=bool)), ("hard", hard)):
        print(f"{what} pages, cross-fitted: {_summary(unseen[some] - caution, truth[some])}", file=sys.stderr)
    print('"""What confidence is weighed by; written by `python -m tests.bench.fit trust`."""\n')
    print("WEIGHTS: dict[str, float] = {")
    for name, weight in weights.items():
        print(f'    "{name}": {weight:.3f},')
    print("}")
    print(
        '"""Log-odds that headline, text and order are all right, less a little: real pages are harder than made ones.'
    )
    print()
    print(f'They were fitted with {-caution:+.2f} for caution, within "always".')
    print('"""')


def _weights(rows: Sequence[Row], truth: Truth, names: Sequence[str]) -> dict[str, float]:
    """Fitted weights by name; each feature is scaled, so that the ridge weighs on all alike."""
    values = np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
    scale = np.array([1.0 if name == "always" else s or 1.0 for name, s in zip(names, values.std(axis=0), strict=True)])
    scaled = [dict(zip(names, row, strict=True)) for row in (values / scale).tolist()]
    found, _ = fitted(scaled, truth.tolist(), names, RIDGE, dict.fromkeys(FOR, 1) | dict.fromkeys(AGAINST, -1))
    return dict(zip(names, (found / scale).tolist(), strict=True))


def _odds(rows: Sequence[Row], weights: Row) -> Vector:
    return np.array([sum(weights[name] * float(value) for name, value in row.items()) for row in rows])


def _caution(odds: Vector, truth: Truth) -> float:
    """What must come off the odds for as many articles at SURE or more to be whole as PROMISED; not below 0."""
    order = np.argsort(-odds, kind="stable")
    share = np.cumsum(truth[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(share >= PROMISED)
    lowest = float(odds[order[enough[-1]]]) if len(enough) else float(odds.max())
    return max(0.0, lowest - float(np.log(SURE / (1 - SURE))))


def _summary(odds: Vector, truth: Truth) -> str:
    sure = odds >= np.log(SURE / (1 - SURE))
    low = np.argsort(odds, kind="stable")[: len(odds) // 4]
    return (
        f"{len(truth)} articles, whole {truth.mean():.3f}; confidence >= {SURE}: {sure.mean():.3f} of them, "
        f"whole {truth[sure].mean() if sure.any() else 0:.3f}; "
        f"the lowest quarter holds {(~truth[low]).sum() / max(1, (~truth).sum()):.3f} of the rest"
    )


def judgements(page: Page, gold: Gold) -> Iterator[Judgement]:
    """The articles found on a page, photo-only items aside."""
    stitched = stitch(classify(normalise(page)), worth)
    split = credit(assemble(stitched))
    signs = signs_of(stitched)
    for article, whole in zip(split.articles, _verdicts(split, gold), strict=True):
        thread = _thread(stitched, article)
        if whole is not None and thread >= 0:
            features = {k: float(v) for k, v in trust_features(stitched, thread, signs, article.headline).items()}
            yield Judgement(features, whole, gold.get("level") == "hard", int(page.sha256, 16) % FOLDS)


def nonsense(page: Page) -> Iterator[Judgement]:
    """What is found on the page when the characters of its lines are shuffled: none of it is right."""
    rng = random.Random(page.sha256)  # noqa: S311
    letters = [char for char in page.text if char.isalnum()]
    rng.shuffle(letters)
    spoilt = iter(letters)
    text = "".join(next(spoilt) if char.isalnum() else char for char in page.text)
    stitched = stitch(classify(normalise(replace(page, text=text))), worth)
    signs = signs_of(stitched)
    for article in assemble(stitched).articles:
        thread = _thread(stitched, article)
        if thread >= 0:
            features = {k: float(v) for k, v in trust_features(stitched, thread, signs, article.headline).items()}
            yield Judgement(features, False, False, int(page.sha256, 16) % FOLDS)


def _verdicts(split: PageSplit, gold: Gold) -> list[bool | None]:
    """Whether each article is whole: as score.py says where it is there and can tell, else by its blocks."""
    score = scorer()
    if score is not None and all("page_paragraphs" in article for article in gold["articles"]):
        return judged(score, gold, split.page.text, dict(page_record(split)))
    mine, theirs = _texts(split.page, gold)
    found: list[bool | None] = []
    for article in split.articles:
        blocks = mine.get(_thread(split.page, article))
        match = next((n for n, wanted in theirs.items() if blocks == wanted), None)
        wanted = gold["articles"][match] if match is not None else None
        aside = blocks is None or (wanted is not None and wanted.get("photo_item"))
        found.append(None if aside else wanted is not None and _same_headline(wanted, article.title))
    return found


def _texts(stitched: Page, gold: Gold) -> tuple[Blocks, Blocks]:
    """The blocks of text of each article, as they were found and as they are in the gold."""
    stretches = owners(gold)
    mine: Blocks = {}
    theirs: Blocks = {}
    for i, block in enumerate(stitched.blocks):
        article, role = owner(stretches, block)
        if role == "body":
            theirs.setdefault(article, set()).add(i)
        if block.role is Role.BODY and (role == "body" or len(block.text) > 30):
            mine.setdefault(block.thread, set()).add(i)
    return mine, theirs


def _thread(stitched: Page, article: Article) -> int:
    """Number that the article has among the page's blocks: that of the block where its text begins; -1 for none."""
    first = min((start for p in article.paragraphs for start, _ in p.passage.spans), default=-1)
    for block in stitched.blocks:
        if block.thread >= 0 and any(start <= first < end for start, end in block.passage.spans):
            return block.thread
    return -1


def _same_headline(wanted: Mapping[str, str | None], title: str) -> bool:
    """True for the gold's headline, with or without its kicker; where it has none, any will do."""
    headline = fold(wanted["title"] or "")
    similar = SequenceMatcher(None, headline, fold(title)).ratio() >= SAME
    return similar or fold(wanted.get("kicker") or "") + headline == fold(title) or not headline
