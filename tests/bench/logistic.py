"""Logistic regression with a ridge, on rows of named features, and tables of weights to paste."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from scipy.optimize import minimize

RIDGE = 0.2
Vector = np.ndarray[tuple[int], np.dtype[np.float64]]
Truth = np.ndarray[tuple[int], np.dtype[np.bool_]]


def fitted(
    rows: Sequence[Mapping[str, float]],
    truth: Sequence[bool],
    names: Sequence[str],
    ridge: float = RIDGE,
    signs: Mapping[str, int] | None = None,
) -> tuple[Vector, Vector]:
    """The weights of the names, and the log-odds that they give each row.

    signs: 1 for a name whose weight may not fall below 0, -1 for one whose weight may not rise above it.
    """
    x = np.array([[row[name] for name in names] for row in rows], dtype=np.float64)
    y = np.array(truth)

    def loss(weights: Vector) -> tuple[float, Vector]:
        odds = x @ weights
        value = np.logaddexp(0, np.where(y, -odds, odds)).sum() + ridge * (weights @ weights)
        return float(value), x.T @ (1 / (1 + np.exp(-odds)) - y) + 2 * ridge * weights

    limits = {1: (0.0, None), -1: (None, 0.0)}
    bounds = [limits.get((signs or {}).get(name, 0), (None, None)) for name in names]
    weights: Vector = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", bounds=bounds).x
    return weights, x @ weights


def print_table(heading: str, weights: Iterable[tuple[str, float]]) -> None:
    """The weights as Python, ready to paste. heading: the assignment's left side."""
    print(f"{heading} = {{")
    for name, weight in weights:
        print(f'    "{name}": {weight:.2f},')
    print("}")
