"""Fits the weights of generator/pages/junction.py and classify.py on simulated pages with gold.

    python -m tests.bench.fit junctions|trust DIR[*TIMES] [DIR …]

Each DIR holds STEM.txt and STEM.json (gold) and counts as often as TIMES says. Prints the tables to paste; writes nothing. A conditional logit over
the predecessors of each block (START among them), and a logistic for short lines: body or head.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from generator.articles import trust
from generator.articles.assemble import assemble
from generator.articles.trust import trust_features
from generator.chinese import fold
from generator.model import Block, Page, Role
from generator.pages import classify as classify_module
from generator.pages.classify import classify
from generator.pages.junction import end_features, pair_features, sheet_of, start_features
from generator.pages.normalise import normalise
from generator.pages.stitch import stitch

RIDGE = 0.02
CANDIDATES = 40


def pages(folders: Sequence[str]) -> Iterator[tuple[Page, dict]]:  # type: ignore[type-arg]
    """Pages with their gold."""
    for folder in folders:
        for gold in sorted(Path(folder).glob("*.json")):
            text = gold.with_suffix(".txt").read_bytes().decode("utf-8")
            yield (
                Page(gold.stem, gold.stem + ".txt", hashlib.sha256(text.encode()).hexdigest(), text),
                json.loads(gold.read_text(encoding="utf-8")),
            )


def owners(gold: dict) -> list[tuple[int, int, int, str]]:  # type: ignore[type-arg]
    """(start, end, article, role) of the gold's spans."""
    found = []
    for number, article in enumerate(gold["articles"]):
        for paragraph in article["paragraphs"]:
            role = "subhead" if paragraph["subhead"] else "body"
            found += [(s, e, number, role) for s, e in paragraph["spans"]]
        found += [(s, e, number, "title") for s, e in article.get("title_spans", [])]
    return sorted(found)


def owner(spans: list[tuple[int, int, int, str]], block: Block) -> tuple[int, str]:
    """Article and role with most of the block's characters; (-1, "") for none."""
    share: dict[tuple[int, str], int] = {}
    for a, b in block.passage.spans:
        for s, e, number, role in spans:
            if s < b and a < e:
                share[number, role] = share.get((number, role), 0) + min(b, e) - max(a, s)
    return max(share, key=lambda k: share[k]) if share else (-1, "")


def fit_junctions(data: Sequence[tuple[Page, dict]], seed: int = 5, second: bool = False) -> None:  # type: ignore[type-arg]
    """Print PAIR_WEIGHTS and START_WEIGHTS."""
    rng = random.Random(seed)
    rows: list[dict[str, float]] = []
    groups: list[tuple[list[int], int]] = []
    for page, gold in data:
        blocks: Sequence[Block] = classify(normalise(page)).blocks
        spans = owners(gold)
        if rng.random() < 0.2:  # newspapers that print no bylines or datelines
            blocks = [b for b in blocks if b.role not in {Role.BYLINE, Role.DATELINE}]
        if rng.random() < 0.3:  # pages without marks
            blocks = [replace(b, level=0) for b in blocks]
        sheet = sheet_of(blocks)
        if rng.random() < 0.0:  # pages all of whose stories share their words
            sheet = replace(sheet, affinity=np.full_like(sheet.affinity, 0.06), usual=(0.06,) * len(sheet.nodes))
        labels = [owner(spans, blocks[n.body]) for n in sheet.nodes]
        if second:
            numbers = [a if r == "body" else 100 + v for v, (a, r) in enumerate(labels)]
            mixed = [a if rng.random() > 0.05 else rng.choice(numbers) for a in numbers]
            sheet = sheet_of(blocks, mixed)
        n = len(sheet.nodes)
        last: dict[int, int] = {}
        before: dict[int, int] = {}
        for v, (article, role) in enumerate(labels):
            if article >= 0 and role == "body":
                before[v] = last.get(article, -1)
                last[article] = v
        after = {u: v for v, u in before.items() if u >= 0}
        pair: dict[tuple[int, int], int] = {}
        for v in range(n):
            for u in range(max(0, v - CANDIDATES), v):
                pair[u, v] = len(rows)
                rows.append({"P " + k: float(x) for k, x in pair_features(sheet, u, v).items()})
        start, end = [0] * n, [0] * n
        for v in range(n):
            start[v] = len(rows)
            rows.append({"S " + k: float(x) for k, x in start_features(sheet, v).items()})
            end[v] = len(rows)
            rows.append({"E " + k: float(x) for k, x in end_features(sheet, v).items()})
        for v, u in before.items():
            options = [start[v]] + [pair[w, v] for w in range(max(0, v - CANDIDATES), v)]
            truth = start[v] if u < 0 else pair.get((u, v), -1)
            if truth >= 0:
                groups.append((options, options.index(truth)))
            options = [end[v]] + [pair[v, w] for w in range(v + 1, min(n, v + 1 + CANDIDATES))]
            truth = pair.get((v, after[v]), -1) if v in after else end[v]
            if truth >= 0:
                groups.append((options, options.index(truth)))
    names = sorted({k for o in rows for k in o})
    index = {k: i for i, k in enumerate(names)}
    cells = [(r, index[k], x) for r, o in enumerate(rows) for k, x in o.items() if x]
    r, c, x = zip(*cells, strict=True)
    matrix = csr_matrix((x, (r, c)), shape=(len(rows), len(names)))
    picks = np.concatenate([o for o, _ in groups])
    sizes = np.array([len(o) for o, _ in groups])
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = firsts + np.array([t for _, t in groups])
    group = np.repeat(np.arange(len(groups)), sizes)
    wide = matrix[picks]
    target = np.asarray(wide[right].sum(axis=0)).ravel()

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = wide @ w
        top = np.maximum.reduceat(z, firsts)
        e = np.exp(z - top[group])
        total = np.add.reduceat(e, firsts)
        value = -(z[right] - top - np.log(total)).sum() + RIDGE * (w @ w)
        return float(value), wide.T @ (e / total[group]) - target + 2 * RIDGE * w

    result = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 1500})
    z = wide @ result.x
    best = np.array([int(z[f : f + s].argmax()) for f, s in zip(firsts, sizes, strict=True)])
    hits = (best == right - firsts).mean()
    print(f"# {len(groups)} choices, right {hits:.4f}, loss {result.fun / len(groups):.4f}")
    for prefix, table in (("P ", "PAIR_WEIGHTS"), ("S ", "START_WEIGHTS"), ("E ", "END_WEIGHTS")):
        print(f"{table}: dict[str, float] = {{")
        for k in names:
            if k.startswith(prefix):
                print(f'    "{k[2:]}": {result.x[index[k]]:.2f},')
        print("}")


def fit_fragments(data: Sequence[tuple[Page, dict]]) -> None:  # type: ignore[type-arg]
    """Print FRAGMENT_WEIGHTS."""
    rows: list[dict[str, float]] = []
    truth: list[bool] = []
    for page, gold in data:
        blocks = classify_module.before_heads(normalise(page))
        marked = sum(b.level > 0 for b in blocks) >= 2
        spans = owners(gold)
        for i, block in enumerate(blocks):
            if classify_module._may_head(block) and not block.level:
                _, role = owner(spans, block)
                if role:
                    rows.append({k: v for k, v, _ in classify_module.fragment_features(blocks, i, marked)})
                    truth.append(role == "body")
    names = list(classify_module.FRAGMENT_WEIGHTS)
    x = np.array([[r[n] for n in names] for r in rows])
    y = np.array(truth)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        p = 1 / (1 + np.exp(-z))
        value = np.logaddexp(0, np.where(y, -z, z)).sum() + RIDGE * 10 * (w @ w)
        return float(value), x.T @ (p - y) + 2 * RIDGE * 10 * w

    result = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    print(f"# {len(rows)} short lines, {y.sum()} body, right {((x @ result.x > 0) == y).mean():.4f}")
    print("FRAGMENT_WEIGHTS = {")
    for n, w in zip(names, result.x, strict=True):
        print(f'    "{n}": {w:.2f},')
    print("}")


def fit_trust(data: Sequence[tuple[Page, dict]]) -> None:  # type: ignore[type-arg]
    """Print the WEIGHTS of generator/articles/trust.py, and how well they tell right from wrong on these pages."""
    rows: list[dict[str, float]] = []
    right: list[bool] = []
    for page, gold in data:
        stitched = stitch(classify(normalise(page)))
        spans = owners(gold)
        owner_of = {i: owner(spans, b) for i, b in enumerate(stitched.blocks)}
        mine: dict[int, set[int]] = {}
        theirs: dict[int, set[int]] = {}
        for i, block in enumerate(stitched.blocks):
            article, role = owner_of[i]
            if role == "body":
                theirs.setdefault(article, set()).add(i)
            if block.role is Role.BODY and (role == "body" or len(block.text) > 30):
                mine.setdefault(block.thread, set()).add(i)
        for article in assemble(stitched).articles:
            first = min((s for p in article.paragraphs for s, _ in p.passage.spans), default=-1)
            thread = next(
                (
                    t
                    for t, ids in mine.items()
                    if any(s <= first < e for i in ids for s, e in stitched.blocks[i].passage.spans)
                ),
                None,
            )
            if thread is None:
                continue
            match = next((n for n, ids in theirs.items() if ids == mine[thread]), None)
            wanted = gold["articles"][match]["title"] if match is not None else ""
            same = match is not None and SequenceMatcher(None, fold(wanted), fold(article.title)).ratio() >= 0.9
            kicker = gold["articles"][match].get("kicker") if match is not None else ""
            same = same or (match is not None and fold((kicker or "") + wanted) == fold(article.title))
            if match is not None and gold["articles"][match].get("photo_item"):
                continue
            rows.append({k: float(v) for k, v in trust_features(stitched, thread).items()})
            right.append(same or (match is not None and not wanted))
    names = list(trust.WEIGHTS)
    x = np.array([[r[n] for n in names] for r in rows])
    y = np.array(right)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = x @ w
        value = np.logaddexp(0, np.where(y, -z, z)).sum() + RIDGE * 10 * (w @ w)
        return float(value), x.T @ (1 / (1 + np.exp(-z)) - y) + 2 * RIDGE * 10 * w

    result = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B")
    p = 1 / (1 + np.exp(-(x @ result.x)))
    order = np.argsort(p)
    low = order[: len(p) // 4]
    print(
        f"# {len(y)} articles, whole {y.mean():.3f}; sure (>= .9) {(p >= 0.9).mean():.3f} of them, "
        f"whole {y[p >= 0.9].mean():.3f}; lowest quarter holds {(~y[low]).sum() / max(1, (~y).sum()):.3f} of the rest"
    )
    print("WEIGHTS: dict[str, float] = {")
    for n, w in zip(names, result.x, strict=True):
        print(f'    "{n}": {w:.2f},')
    print("}")


def main() -> None:
    """Fit on the folders of the command line."""
    what, *folders = sys.argv[1:]
    data = []
    for argument in folders:
        folder, _, times = argument.partition("*")
        data += list(pages([folder])) * int(times or 1)
    if what == "trust":
        fit_trust(data)
    else:
        fit_fragments(data)
        fit_junctions(data)


if __name__ == "__main__":
    main()
