"""What a text is about: a vector for each character pair, so that texts on one subject point the same way.

The table (generator/meaning.xz) is made by tests/bench/train_meaning.py: latent semantic analysis of a corpus of news.
It is a constant of the program, loaded once a process at first use.
"""

from __future__ import annotations

import json
import lzma
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from scipy import sparse

from generator.pairs import Codes, codes_of, places_of

STEP = 0.05
"""Weights of the pairs are kept in steps of this size."""

Rows = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Meaning:
    """The table: vectors[k] is the direction of pairs[k], longer the rarer the pair.

    The last vector is of nothing but zeros, for pairs that the table does not know.
    """

    pairs: Codes
    """Ascending."""
    vectors: Rows

    def of(self, counts: sparse.csr_matrix, pairs: Codes) -> Rows:
        """A vector for each text. counts[t, g]: how often the pair with code pairs[g] stands in text t."""
        rows = places_of(pairs, self.pairs)
        weight = (1.0 + np.log(counts.data)).astype(np.float32)
        shape = (counts.shape[0], len(self.vectors))
        texts: Rows = sparse.csr_matrix((weight, rows[counts.indices], counts.indptr), shape=shape) @ self.vectors
        return texts


@cache
def meaning() -> Meaning:
    """The table, read once a process."""
    raw = lzma.decompress((files("generator") / "meaning.xz").read_bytes())
    cut = raw.index(b"\n") + 1
    head = json.loads(raw[:cut])
    number, size = int(head["pairs"]), int(head["size"])
    text = raw[cut : cut + 4 * number].decode("utf-16-le")
    pairs = codes_of(text[:number], text[number:])
    order = np.argsort(pairs)
    levels = np.frombuffer(raw, dtype=np.uint8, offset=cut + 4 * number)
    weight = levels[:number].astype(np.float32) * STEP
    steps = levels[number:].view(np.int8).reshape(size, number).T.astype(np.float32)
    vectors = np.zeros((number + 1, size), dtype=np.float32)
    vectors[:-1] = (steps * np.array(head["scale"], dtype=np.float32) * weight[:, None])[order]
    return Meaning(pairs[order], vectors)
