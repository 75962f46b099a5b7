"""How far an article's separation can be trusted: what was close, what is missing, and the odds that all is right."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from generator.chinese import ends_sentence
from generator.model import Block, Page, Role

CLOSE = 2.0
"""A junction whose rival is nearer than this, in nats, is a doubt."""

WEIGHTS: dict[str, float] = {
    "always": -1.84,
    "closest": 0.23,
    "second closest": -0.08,
    "claim on others": 0.26,
    "signed": 1.59,
    "jumps": -0.05,
    "open end": -0.75,
    "starts in the middle": -0.58,
    "no headline": -2.54,
    "blocks": 0.02,
    "unsigned head inside": -0.41,
    "page's closest": 0.15,
    "page's open ends": -0.29,
    "headline lines": -0.30,
    "short lines in the body": -0.04,
    "text stands twice": -0.86,
    "words below the headline": 0.93,
}
"""Log-odds that headline, text and order are all right; fitted by tests/bench/fit_trust.py."""


Margins = Mapping[int, tuple[list[float], list[float], int]]
"""For each thread: the margins of its junctions, the margins of others' blocks that it might claim, its jumps."""


def trust_features(page: Page, thread: int, every: Margins | None = None) -> dict[str, float]:
    """What an article's chance to be whole is taken from.

    thread: its number among the page's blocks. every: margins_of(page), where it is at hand.
    """
    every = margins_of(page) if every is None else every
    margins, claims, jumps = every.get(thread, ([], [], 0))
    blocks = [b for b in page.blocks if b.thread == thread]
    body = [b for b in blocks if b.role is Role.BODY]
    lines = [b for b in blocks if b.role is Role.HEADLINE]
    last = {b.thread: b for b in page.blocks if b.role is Role.BODY}
    near = [*sorted(margins), MOST, MOST]
    return {
        "always": 1.0,
        "closest": max(-2.0, min(near[0], MOST)),
        "second closest": max(-2.0, min(near[1], MOST)),
        "claim on others": min([*claims, MOST]),
        "signed": any(b.role in {Role.BYLINE, Role.DATELINE} for b in blocks),
        "jumps": min(jumps, 3),
        "open end": bool(body) and not ends_sentence(body[-1].text),
        "starts in the middle": bool(body) and body[0].text[:1] in tuple("，。、；：！？”’）》"),
        "no headline": all(b.role is not Role.HEADLINE for b in blocks),
        "blocks": min(len(body), 30),
        "unsigned head inside": min(sum(b.role is Role.SUBHEAD for b in blocks), 4),
        "page's closest": max(-2.0, min([MOST, *(m for margins, _, _ in every.values() for m in margins)])),
        "page's open ends": min(sum(not ends_sentence(b.text) for b in last.values()), 4),
        "headline lines": max(0, len(lines) - 1),
        "short lines in the body": min(sum(len(b.text) < SHORT and not b.continues for b in body), 3),
        "text stands twice": any(b.role in {Role.PULL_QUOTE, Role.DUPLICATE_HEADLINE} for b in blocks),
        "words below the headline": _share(lines, body),
    }


MOST = 6.0
SHORT = 25


def _share(lines: Sequence[Block], body: Sequence[Block]) -> float:
    """Share of the headline's character pairs that stand in the body, 0…1."""
    text = "".join(b.text for b in lines)
    pairs = {text[k : k + 2] for k in range(len(text) - 1)}
    below = "\n".join(b.text for b in body)
    return sum(pair in below for pair in pairs) / max(1, len(pairs))


def margins_of(page: Page) -> Margins:
    """How close the page's decisions were, by thread."""
    found: dict[int, tuple[list[float], list[float], int]] = {}
    bodies = [i for i, b in enumerate(page.blocks) if b.role is Role.BODY]
    place = {i: n for n, i in enumerate(bodies)}
    for junction in page.junctions:
        if not junction.chosen:
            continue
        thread = page.blocks[junction.after].thread
        margins, claims, jumps = found.get(thread, ([], [], 0))
        margins.append(junction.margin)
        if junction.before >= 0 and place[junction.after] - place[junction.before] > 1:
            jumps += 1
        found[thread] = (margins, claims, jumps)
    for junction in page.junctions:
        thread = page.blocks[junction.after].thread
        rival = page.blocks[junction.before].thread if junction.before >= 0 and not junction.chosen else thread
        if rival != thread and rival in found:
            found[rival][1].append(junction.margin)
    return found


def confidence_of(features: Mapping[str, float]) -> float:
    """The odds as a probability, 0…1, two decimals."""
    odds = sum(WEIGHTS[name] * float(value) for name, value in features.items())
    return round(1 / (1 + math.exp(-max(-30.0, min(odds, 30.0)))), 2)


def doubts_of(page: Page, thread: int) -> tuple[str, ...]:
    """What an editor should look at: Chinese sentences that name the lines."""
    blocks = page.blocks
    found: list[str] = []
    for junction in page.junctions:
        if not junction.chosen or blocks[junction.after].thread != thread or junction.margin >= CLOSE:
            continue
        line = blocks[junction.after].line
        rivals = [j for j in page.junctions if j.after == junction.after and not j.chosen]
        rival = min(rivals, key=lambda j: j.cost, default=None)
        found.append(_close_call(blocks, junction.before, line, rival.before if rival else -1))
    body = [b for b in blocks if b.thread == thread and b.role is Role.BODY]
    if body and not ends_sentence(body[-1].text):
        found.append(f"正文在第{body[-1].line}行没有写完一句，后文可能缺失。")
    if body and all(b.role is not Role.HEADLINE for b in blocks if b.thread == thread):
        found.append(f"第{body[0].line}行起的文字没有找到标题，可能接自其他版面。")
    return tuple(dict.fromkeys(found))


def _close_call(blocks: Sequence[Block], before: int, line: int, rival: int) -> str:
    other = f"接第{blocks[rival].line}行" if rival >= 0 else "另起一篇"
    if before < 0:
        return f"第{line}行在此另起一篇，也可能{other}。"
    return f"第{line}行接在第{blocks[before].line}行之后，也可能{other}。"
