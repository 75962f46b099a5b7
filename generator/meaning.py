"""What a text is about: a vector for each character pair, so that texts on one subject point the same way.

The table (generator/meaning.xz) is made by tests/bench/train_meaning.py: latent semantic analysis of a corpus of news.
It is a constant of the program, loaded once a process at first use.
"""

from __future__ import annotations

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

STEP = 0.05
"""Weights of the pairs are kept in steps of this size."""

Rows = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The table: vectors[place[pair]] is the direction of a character pair, longer the rarer the pair."""

    place: dict[str, int]
    vectors: Rows

    def of(self, counts: np.ndarray, pairs: Sequence[str]) -> Rows:
        """A vector for each text. counts[t, g]: how often pair g stands in text t; pairs: the pairs' names."""
        known = [(g, self.place[pair]) for g, pair in enumerate(pairs) if pair in self.place]
        if not known:
            return np.zeros((len(counts), self.vectors.shape[1]), dtype=np.float32)
        columns, rows = (list(side) for side in zip(*known, strict=True))
        often = counts[:, columns]
        weight = np.log(np.maximum(often, 1.0)) + (often > 0)
        texts: Rows = weight.astype(np.float32) @ self.vectors[rows]
        return texts


@cache
def meaning() -> Meaning:
    """The table, read once a process."""
    raw = lzma.decompress((files("generator") / "meaning.xz").read_bytes())
    cut = raw.index(b"\n") + 1
    head = json.loads(raw[:cut])
    number, size = int(head["pairs"]), int(head["size"])
    text = raw[cut : cut + 4 * number].decode("utf-16-le")
    place = {text[i] + text[number + i]: i for i in range(number)}
    levels = np.frombuffer(raw, dtype=np.uint8, offset=cut + 4 * number)
    weight = levels[:number].astype(np.float32) * STEP
    steps = levels[number:].view(np.int8).reshape(size, number).T.astype(np.float32)
    return Meaning(place, steps * np.array(head["scale"], dtype=np.float32) * weight[:, None])
