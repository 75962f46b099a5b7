"""Fits the weights of the separation on pages with gold, and prints them; writes nothing.

    python -m tests.bench.fit junctions|halves DIR[*TIMES] [DIR …]
    python -m tests.bench.fit judge DIR[*TIMES] [DIR …] >new.py && mv new.py generator/articles/judge_weights.py
    python -m tests.bench.fit trust DIR[*TIMES] [DIR …] >new.py && mv new.py generator/articles/trust_weights.py

Each DIR holds STEM.txt and STEM.json (gold) and counts as often as TIMES says. `junctions` prints tables to paste into
generator/pages/classify.py and junction.py, where START_BY_HAND stays as it is, `halves` the two of
generator/halves.py, `judge` and `trust` the whole of a module. The later ones are fitted on what the earlier
ones make of the pages, in this order.
"""

from __future__ import annotations

import sys

from tests.bench.fit_fragments import fit_fragments
from tests.bench.fit_halves import fit_halves
from tests.bench.fit_judge import fit_judge
from tests.bench.fit_junctions import fit_junctions
from tests.bench.fit_trust import fit_trust
from tests.bench.gold import GoldPage, pages

FITS = {
    "junctions": (fit_fragments, fit_junctions),
    "halves": (fit_halves,),
    "judge": (fit_judge,),
    "trust": (fit_trust,),
}


def main() -> None:
    """Fit on the folders of the command line."""
    what, *folders = sys.argv[1:] or [""]
    if what not in FITS or not folders:
        raise SystemExit(f"usage: python -m tests.bench.fit {'|'.join(FITS)} DIR[*TIMES] [DIR …]")
    data: list[GoldPage] = []
    for argument in folders:
        folder, _, times = argument.partition("*")
        data += list(pages([folder])) * int(times or 1)
    for fit in FITS[what]:
        fit(data)


if __name__ == "__main__":
    main()
