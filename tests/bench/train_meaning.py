"""Makes the vectors behind generator/meaning.py: latent semantic analysis of articles by character pairs.

    python -m tests.bench.train_meaning ../shared/bench/articles-dev.jsonl generator/meaning.xz [IDS_TO_LEAVE_OUT]

The file keeps no sentence: only character pairs, how many articles have each (as a weight), and its direction in
steps of a few bits. The corpus is any JSON lines file of {id, title, body: [paragraphs]}.
"""

from __future__ import annotations

import json
import lzma
import math
import sys
from collections import Counter
from pathlib import Path

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import svds

from generator.meaning import STEP
from generator.pages.vocabulary import NOT_WORDS

FEWEST = 4
"""Pairs that stand in fewer articles of the corpus have no vector."""
PAIRS = 20_000
"""The pairs of most articles are kept …"""
MOST = 0.25
"""… but none of more than this share of all."""
SIZE = 128
"""Length of a vector."""
LEVELS = 3
"""A component is one of -LEVELS … LEVELS steps; more bits or more components hardly tell texts apart any better."""
SPREAD = 2.5
"""The largest level stands for this many mean absolute values of its component."""


def texts_of(corpus: Path, left_out: set[str]) -> list[Counter[str]]:
    """How often each pair stands in each article."""
    found = []
    for line in corpus.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["id"] in left_out:
            continue
        runs = NOT_WORDS.split("\n".join([record["title"], *record["body"]]))
        found.append(Counter(run[k : k + 2] for run in runs for k in range(len(run) - 1)))
    return found


def main() -> None:
    """Read the corpus named on the command line and write the table."""
    corpus, target = Path(sys.argv[1]), Path(sys.argv[2])
    left_out = set(Path(sys.argv[3]).read_text(encoding="utf-8").split()) if len(sys.argv) > 3 else set()
    texts = texts_of(corpus, left_out)
    spread = Counter(pair for text in texts for pair in text)
    able = sorted((-n, pair) for pair, n in spread.items() if FEWEST <= n <= MOST * len(texts))
    place = {pair: i for i, (_, pair) in enumerate(able)}
    weight = np.array([math.log(len(texts) / -n) for n, _ in able])
    cells = [(t, place[p], 1 + math.log(n)) for t, text in enumerate(texts) for p, n in text.items() if p in place]
    rows, columns, often = zip(*cells, strict=True)
    matrix = sparse.csr_matrix((often, (rows, columns)), shape=(len(texts), len(able))) @ sparse.diags(weight)
    norms = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    unit = (sparse.diags(1 / np.maximum(norms, 1e-9)) @ matrix).tocsr()
    _, strength, directions = svds(unit, k=SIZE, v0=np.ones(min(unit.shape)))
    vectors = directions[np.argsort(-strength)].T[:PAIRS]
    scale = np.abs(vectors).mean(axis=0) * SPREAD / LEVELS
    steps = np.clip(np.round(vectors / scale), -LEVELS, LEVELS).astype(np.int8)
    kept = [pair for _, pair in able[:PAIRS]]
    head = json.dumps({"pairs": len(kept), "size": SIZE, "scale": [round(float(s), 6) for s in scale]})
    names = "".join(pair[0] for pair in kept) + "".join(pair[1] for pair in kept)
    levels = bytes(min(255, round(float(w) / STEP)) for w in weight[:PAIRS])
    data = head.encode() + b"\n" + names.encode("utf-16-le") + levels + steps.T.tobytes()
    target.write_bytes(lzma.compress(data, preset=9))
    print(len(texts), len(kept), target.stat().st_size)


if __name__ == "__main__":
    main()
