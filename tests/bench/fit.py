"""Fits the weights of generator/pages/junction.py and classify.py on simulated pages with gold.

    python -m tests.bench.fit DIR [DIR …]

Each DIR holds STEM.txt and STEM.json (gold). Prints the tables to paste; writes nothing. A conditional logit over
the predecessors of each block (START among them), and a logistic for short lines: body or head.
"""

from __future__ import annotations

import hashlib
import json
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from generator.model import Block, Page, Role
from generator.pages import classify as classify_module
from generator.pages.classify import classify
from generator.pages.junction import pair_features, sheet_of, start_features
from generator.pages.normalise import normalise

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
        found += [(s, e, number, "title") for s, e in article["title_spans"]]
    return sorted(found)


def owner(spans: list[tuple[int, int, int, str]], block: Block) -> tuple[int, str]:
    """Article and role with most of the block's characters; (-1, "") for none."""
    share: dict[tuple[int, str], int] = {}
    for a, b in block.passage.spans:
        for s, e, number, role in spans:
            if s < b and a < e:
                share[number, role] = share.get((number, role), 0) + min(b, e) - max(a, s)
    return max(share, key=lambda k: share[k]) if share else (-1, "")


def fit_junctions(data: Sequence[tuple[Page, dict]], seed: int = 5) -> None:  # type: ignore[type-arg]
    """Print PAIR_WEIGHTS and START_WEIGHTS."""
    rng = random.Random(seed)
    choices: list[tuple[list[dict[str, float]], int]] = []
    for page, gold in data:
        blocks: Sequence[Block] = classify(normalise(page)).blocks
        spans = owners(gold)
        if rng.random() < 0.45:  # newspapers that print no bylines or datelines
            gone = set(rng.choice([[Role.BYLINE], [Role.DATELINE], [Role.BYLINE, Role.DATELINE]]))
            blocks = [b for b in blocks if b.role not in gone]
        sheet = sheet_of(blocks)
        labels = [owner(spans, blocks[n.body]) for n in sheet.nodes]
        last: dict[int, int] = {}
        for v, (article, role) in enumerate(labels):
            if article < 0 or role != "body":
                continue
            truth = last.get(article, -1)
            last[article] = v
            options = [{"S " + k: float(x) for k, x in start_features(sheet, v).items()}]
            low = max(0, v - CANDIDATES)
            if 0 <= truth < low:
                continue
            options += [{"P " + k: float(x) for k, x in pair_features(sheet, u, v).items()} for u in range(low, v)]
            choices.append((options, 0 if truth < 0 else truth - low + 1))
    names = sorted({k for options, _ in choices for o in options for k in o})
    index = {k: i for i, k in enumerate(names)}
    rows = [o for options, _ in choices for o in options]
    matrix = np.zeros((len(rows), len(names)))
    for r, o in enumerate(rows):
        for k, x in o.items():
            matrix[r, index[k]] = x
    sizes = np.array([len(options) for options, _ in choices])
    firsts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    right = firsts + np.array([t for _, t in choices])
    group = np.repeat(np.arange(len(choices)), sizes)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ w
        top = np.maximum.reduceat(z, firsts)
        e = np.exp(z - top[group])
        total = np.add.reduceat(e, firsts)
        p = e / total[group]
        value = -(z[right] - top - np.log(total)).sum() + RIDGE * (w @ w)
        gradient = matrix.T @ p - matrix[right].sum(axis=0) + 2 * RIDGE * w
        return float(value), gradient

    result = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    z = matrix @ result.x
    best = np.array([int(z[f : f + s].argmax()) for f, s in zip(firsts, sizes, strict=True)])
    hits = (best == right - firsts).mean()
    print(f"# {len(choices)} blocks, predecessor right {hits:.4f}, loss {result.fun / len(choices):.4f}")
    for prefix, table in (("P ", "PAIR_WEIGHTS"), ("S ", "START_WEIGHTS")):
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
        blocks: list[Block] = [p for b in normalise(page).blocks for p in classify_module._parts(b)]
        for rule in classify_module._RULES[:3]:
            blocks = rule(blocks)
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


def main() -> None:
    """Fit on the folders of the command line."""
    data = list(pages(sys.argv[1:]))
    fit_fragments(data)
    fit_junctions(data)


if __name__ == "__main__":
    main()
