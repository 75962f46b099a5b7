"""Pages a second and memory of taking pages apart, as their number grows, in one process.

    python -m tests.bench.bench_pages [PAGES ...]      sizes to measure; 100 and 400 without arguments

The pages are those of ../shared/bench/dev where that is there, else our own samples, copied under new names as often
as needed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT.parent / "shared" / "bench" / "dev"
SIZES = (100, 400)


def main(sizes: list[int]) -> None:
    """Print a line for each size."""
    pages = sorted((SHARED if SHARED.is_dir() else ROOT / "seeds").rglob("*.txt"))
    print("pages   chars/page   seconds   pages/s   peak MB")
    for size in sizes:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            characters = 0
            (folder / "pages").mkdir()
            for number, page in enumerate(islice(cycle(pages), size)):
                data = page.read_bytes()
                characters += len(data.decode("utf-8", "ignore"))
                (folder / "pages" / f"p{number:05d}.txt").write_bytes(data)
            seconds, peak = measured(folder)
            print(f"{size:5} {characters / size:12.0f} {seconds:9.1f} {size / seconds:9.1f} {peak:9.0f}")


def measured(folder: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one run of `articles`, loading included."""
    options = ["--jobs", "1", "--cache", folder / "cache", "--out", folder / "json"]
    command = [sys.executable, "-m", "generator", "articles", folder / "pages", *options]
    started = time.monotonic()
    process = subprocess.Popen(list(map(str, command)), cwd=ROOT, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"articles failed with status {os.waitstatus_to_exitcode(status)}")
    # Linux counts kilobytes, macOS bytes.
    return time.monotonic() - started, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
