"""Separation of pages into articles: pages a second, memory, a page of 2,000 blocks, scores, and honest confidence.

    python -m tests.bench.bench_separation [PAGES ...]      sizes to measure; 100 and 2000 without arguments

Speed and memory are of our own samples, repeated, and of dev/hard where it is there; each size runs in a process of its
own, after some pages to warm up. Seconds are the processor's: pages a second are those of one core, however busy.
Scores and confidence need ../shared/bench beside the repository; its fresh pages are made with seeds not tuned on.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import cycle, islice, pairwise
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType

from tests.bench.scorer import BENCH, Pages, figures, scorer, separated, verdicts
from tests.pages.made_up import samples, split_of

SIZES = (100, 2000)
LEVELS = ("easy", "medium", "hard")
FRESH_SEED, FRESH_PAGES = 901, 20
SHOWN = ("articles", "WHOLE", "WHOLE_interleaved", "byline_F1", "para", "capt_leak", "count_err")
BINS = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 1.01)
SURE, SURE_WHOLE, LOW_HOLDS = 0.9, 0.97, 0.75
"""Of the articles at this confidence or more so many are to be whole, and the lowest quarter is to hold so many …

… of all that are not, on hard pages.
"""


def main(sizes: Sequence[int]) -> None:
    """Print all tables."""
    print_speed(sizes)
    print_long_page()
    score = scorer()
    if score is None:
        print("No scores: ../shared/bench is not beside the repository.")
        return
    with tempfile.TemporaryDirectory() as name:
        fresh = {level: separated(score, folder) for level, folder in fresh_pages(Path(name)).items()}
    print_scores(score, fresh)
    for levels in (*((level,) for level in LEVELS), LEVELS):
        pages = {name: page for level in levels for name, page in fresh[level].items()}
        print_reliability(score, " + ".join(levels), pages)


def print_speed(sizes: Sequence[int]) -> None:
    """Pages a second and peak memory as pages grow in number."""
    print("          pages   seconds   pages/s   of 6,000 characters/s   peak MB   slower than first")
    for name, texts in (("samples", samples()), ("dev/hard", texts_of(BENCH / "dev" / "hard"))):
        first = 0.0
        for size in sizes if texts else ():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                seconds, characters, peak = pool.submit(run, texts, size).result()
            first = first or seconds / size
            print(
                f"{name:9} {size:5} {seconds:9.1f} {size / seconds:9.1f} {characters / USUAL / seconds:23.1f}"
                f"{peak:10.0f}{seconds / size / first:20.2f}"
            )


USUAL = 6000
"""Characters of an ordinary page."""


def texts_of(folder: Path) -> list[str]:
    """The pages of a folder, none where it is not there."""
    return [path.read_text(encoding="utf-8-sig") for path in sorted(folder.glob("*.txt"))]


def run(texts: Sequence[str], size: int) -> tuple[float, int, float]:
    """Seconds, characters and peak megabytes of taking so many pages apart, one after the other."""
    for text in texts[:3]:
        split_of(text)
    characters = 0
    started = time.process_time()
    for text in islice(cycle(texts), size):
        characters += len(text)
        split_of(text)
    seconds = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Linux counts kilobytes, macOS bytes.
    return seconds, characters, peak / (1e6 if sys.platform == "darwin" else 1e3)


def print_long_page() -> None:
    """Seconds for pages of 2,000 blocks: of one kind of sentence, and of our samples one below the other."""
    even = [f"第{n}家企业上月搬进了{n % 37}号厂房，设备调试用了{n % 11}天" + "。" * (n % 3 > 0) for n in range(2000)]
    mixed = list(islice(cycle(p for text in samples() for p in text.splitlines() if p.strip()), 2000))
    hard = [p for text in texts_of(BENCH / "dev" / "hard") for p in text.splitlines() if p.strip()][:2000]
    shuffled = random.Random(1).sample(hard, len(hard))  # noqa: S311
    kinds = {
        "of equal sentences": even,
        "of all samples' lines": mixed,
        "of dev/hard": hard,
        "of dev/hard, shuffled": shuffled,
    }
    for what, paragraphs in kinds.items():
        started = time.process_time()
        split_of("\n\n".join(paragraphs))
        print(f"a page of 2,000 blocks {what}: {time.process_time() - started:.1f} seconds")


def fresh_pages(folder: Path) -> dict[str, Path]:
    """Folders of pages that the simulator makes now, by level."""
    made = {}
    for level in LEVELS:
        made[level] = folder / level
        arguments = ["--articles", BENCH / "articles-dev.jsonl", "--level", level, "--pages", FRESH_PAGES]
        command = [sys.executable, BENCH / "simulate.py", *arguments, "--seed", FRESH_SEED, "--out", made[level]]
        subprocess.run(list(map(str, command)), check=True, stdout=subprocess.DEVNULL)
    return made


def print_scores(score: ModuleType, fresh: dict[str, Pages]) -> None:
    """score.py's figures of the sets that were tuned on and of fresh pages."""
    sets = {"gold/seeds": separated(score, BENCH / "gold" / "seeds")}
    sets |= {f"dev/{level}": separated(score, BENCH / "dev" / level) for level in LEVELS}
    sets |= {f"fresh {level}": pages for level, pages in fresh.items()}
    print(f"{'':14}" + "".join(f"{name:>19}" for name in SHOWN))
    for name, pages in sets.items():
        reached = figures(score, pages)
        cells = ["-" if reached[key] is None else f"{reached[key]:.3f}".removesuffix(".000") for key in SHOWN]
        print(f"{name:14}" + "".join(f"{cell:>19}" for cell in cells))


def print_reliability(score: ModuleType, name: str, pages: Pages) -> None:
    """Articles by confidence, the share of each bin that is WHOLE, and what the extremes hold."""
    ranked = sorted(verdicts(score, pages))
    print(f"confidence on fresh {name}: {len(ranked)} articles\n  from    to   articles   mean confidence   WHOLE")
    for low, high in pairwise(BINS):
        inside = [one for one in ranked if low <= one[0] < high]
        if inside:
            mean = sum(confidence for confidence, _ in inside) / len(inside)
            print(f"  {low:.2f}  {min(high, 1):.2f} {len(inside):8} {mean:15.2f} {share(inside):13.3f}")
    sure = [one for one in ranked if one[0] >= SURE]
    wrong = sum(not whole for _, whole in ranked)
    held = sum(not whole for _, whole in ranked[: len(ranked) // 4])
    print(
        f"  confidence >= {SURE}: {len(sure) / max(1, len(ranked)):.2f} of them, {share(sure):.3f} WHOLE "
        f"(goal {SURE_WHOLE}); the lowest quarter holds {held} of the {wrong} that are not, {held / max(1, wrong):.3f} "
        f"(goal {LOW_HOLDS})"
    )


def share(ranked: Sequence[tuple[float, bool]]) -> float:
    """Share that is whole."""
    return sum(whole for _, whole in ranked) / max(1, len(ranked))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
