"""A lower bound for large networks, where short cycles are too rare to prove much: no camps can beat a relaxation.

If D - W has no negative eigenvalue, D diagonal, then x'Wx is at most the sum of D for every state x (Goemans and
Williamson 1995; Delorme and Poljak 1993). D comes from vectors on a sphere, improved one class of nodes after another
(Burer and Monteiro 2003); a Cholesky factor, found with a margin above rounding, is the proof.
"""

from __future__ import annotations

import importlib
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.local_search import colour_classes

Ints = NDArray[np.int64]
LARGEST = 12_000  # nodes; the Cholesky factor is dense
_MARGIN = 1e-6


def semidefinite_bound(
    weights: Ints, *, seed: int = 0, width: int = 80, sweeps: int = 600, until: float = float("inf")
) -> int | None:
    """A whole number that the frustration index is not below; None if not found by `until` (time.monotonic()).

    The bound rests on floating-point arithmetic (a dense Cholesky factor in double precision).
    """
    sparse: Any = importlib.import_module("scipy.sparse")
    linear: Any = importlib.import_module("scipy.linalg")
    if len(weights) == 0:
        return 0
    table = sparse.csr_matrix(weights.astype(np.float64))
    pull = _pull(table, weights, seed, width, sweeps, until)
    total = float(np.abs(weights).sum()) / 2.0
    for shift in (1e-4, 1e-3, 1e-2, 3e-2, 1e-1):
        if time.monotonic() > until:
            return None
        diagonal = pull + shift
        matrix = -weights.astype(np.float64)
        matrix[np.diag_indices(len(weights))] = diagonal - _MARGIN
        try:
            linear.cholesky(matrix, lower=True, overwrite_a=True, check_finite=False)
        except linear.LinAlgError:
            continue
        return max(0, int(np.ceil((total - diagonal.sum() / 2.0) / 2.0 - 1e-6)))
    return None


def _pull(table: Any, weights: Ints, seed: int, width: int, sweeps: int, until: float) -> NDArray[np.float64]:
    """Length of the sum of each node's neighbours' vectors, after each node has turned to that sum again and again."""
    draw = np.random.default_rng(seed)
    vectors = draw.standard_normal((len(weights), width))
    vectors /= np.linalg.norm(vectors, axis=1)[:, None]
    classes = [(nodes, table[nodes]) for nodes in colour_classes(weights)]
    before = np.inf
    for sweep in range(sweeps):
        for nodes, rows in classes:
            sums = rows @ vectors
            length = np.linalg.norm(sums, axis=1)
            vectors[nodes[length > 0]] = sums[length > 0] / length[length > 0, None]
        if sweep % 20 == 19:
            now = float(np.linalg.norm(table @ vectors, axis=1).sum())
            if abs(now - before) < 1e-4 or time.monotonic() > until:
                break
            before = now
    pull: NDArray[np.float64] = np.linalg.norm(table @ vectors, axis=1)
    return pull
