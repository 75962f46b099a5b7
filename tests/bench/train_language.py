"""Counts the character n-grams behind generator/language.py and writes them as one small file.

    python -m tests.bench.train_language ../shared/bench/articles-dev.jsonl generator/language.xz [IDS_TO_LEAVE_OUT]

The file keeps no sentence: only n-grams of one to three characters that stand at least a few times in the
corpus, with the logarithm of their count. The corpus is any JSON lines file of {id, title, body: [paragraphs]}.
"""

from __future__ import annotations

import json
import lzma
import math
import sys
from collections import Counter
from pathlib import Path

from generator.language import BEGIN, END, STEP, symbols

LEAST = {1: 2, 2: 2, 3: 3}
"""How often an n-gram must stand in the corpus to be kept, by length."""


def count(corpus: Path, left_out: set[str]) -> Counter[str]:
    """N-grams of all paragraphs, each paragraph between BEGIN and END."""
    counts: Counter[str] = Counter()
    for line in corpus.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        if record["id"] in left_out:
            continue
        for paragraph in record["body"]:
            text = BEGIN + symbols(paragraph) + END
            for size in LEAST:
                counts.update(text[i : i + size] for i in range(len(text) - size + 1))
    return counts


def main() -> None:
    """Read the corpus named on the command line and write the table."""
    corpus, target = Path(sys.argv[1]), Path(sys.argv[2])
    left_out = set(Path(sys.argv[3]).read_text(encoding="utf-8").split()) if len(sys.argv) > 3 else set()
    counts = count(corpus, left_out)
    kept = sorted((g, c) for g, c in counts.items() if c >= LEAST[len(g)])
    grams = "".join(g for size in LEAST for g, _ in kept if len(g) == size)
    levels = bytes(min(255, round(math.log(c) / STEP)) for size in LEAST for g, c in kept if len(g) == size)
    sizes = [sum(len(g) == size for g, _ in kept) for size in LEAST]
    columns = [
        "".join(g[k] for g, _ in kept if len(g) == size) for size in LEAST for k in range(size)
    ]  # column by column compresses better than gram by gram
    assert len(grams) == sum(map(len, columns))
    head = json.dumps({"sizes": sizes}).encode() + b"\n"
    target.write_bytes(lzma.compress(head + "".join(columns).encode("utf-16-le") + levels, preset=9))
    print(sizes, target.stat().st_size)


if __name__ == "__main__":
    main()
