"""The random walk that ties a state's places from session to session, and the equations that it leads to.

Arrays are [t, n], session by state. A state that skips sessions is carried through them: the variance of the whole leap
is spread evenly over the sessions skipped, which leaves the leap itself as it is.
"""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
SMALLEST = 1e-10  # of the size of an eigenvalue, so that a block can be inverted


def ties(counts: NDArray[np.int64], smooth: float) -> tuple[Floats, Bools]:
    """Stiffness [t, n] of the tie of each state between session t - 1 and t, and whether the state is on its way.

    From one session with votes (n1 of them) to the next (n2) the walk has variance smooth * n2 / (n1 + n2).
    """
    stiffness, on_way = np.zeros(counts.shape), np.zeros(counts.shape, dtype=bool)
    for state in range(counts.shape[1]):
        seen = np.flatnonzero(counts[:, state])
        if not len(seen):
            continue
        on_way[seen[0] : seen[-1] + 1, state] = True
        for a, b in pairwise(seen):
            before, now = int(counts[a, state]), int(counts[b, state])
            stiffness[a + 1 : b + 1, state] = (b - a) * (before + now) / (smooth * now)
    return stiffness, on_way


def log_prior(stiffness: Floats, places: Floats) -> float:
    """Of the walks, up to a constant."""
    leaps = np.diff(places, axis=0)
    return -0.5 * float((stiffness[1:] * leaps * leaps).sum())


def pull(stiffness: Floats, places: Floats) -> Floats:
    """The gradient of `log_prior`."""
    tension = stiffness[1:] * np.diff(places, axis=0)
    pulled = np.zeros_like(places)
    pulled[1:] -= tension
    pulled[:-1] += tension
    return pulled


def hold(stiffness: Floats) -> Floats:
    """Minus the second derivative of `log_prior` by each place."""
    held = stiffness.copy()
    held[:-1] += stiffness[1:]
    return held


def solve_states(stiffness: Floats, diagonal: Floats, right: Floats) -> Floats:
    """The solution for every state by itself: `diagonal` [t, n], minus the stiffness beside it."""
    from scipy.linalg import solveh_banded

    beside = np.zeros_like(stiffness)
    beside[:-1] = -stiffness[1:]
    banded = np.stack([np.concatenate([[0.0], beside.T.ravel()[:-1]]), diagonal.T.ravel()])
    solved: Floats = solveh_banded(banded, right.T.ravel()).reshape(right.T.shape).T
    return solved


class Solved(NamedTuple):
    """The solution [t, n, r] of a block equation, the diagonal of its inverse [t, n] (zeros where it was not asked
    for), and the number of negative eigenvalues of its matrix."""

    solution: Floats
    variances: Floats
    negative: int


def solve_blocks(blocks: Floats, stiffness: Floats, right: Floats, *, variances: bool = False) -> Solved:
    """The solution of the whole: `blocks` [t, n, n] on the diagonal, minus the stiffness beside them.

    Block elimination forwards, substitution backwards. The matrix is symmetric; it need not be positive definite.
    """
    sessions, negative = len(blocks), 0
    inverses, moved = np.empty_like(blocks), right.copy()
    for t in range(sessions):
        block = blocks[t]
        if t:
            before, tie = inverses[t - 1], stiffness[t]
            block = block - tie[:, None] * before * tie
            moved[t] += tie[:, None] * (before @ moved[t - 1])
        inverses[t], below = _inverse(block)
        negative += below
    solved = np.empty_like(moved)
    solved[-1] = inverses[-1] @ moved[-1]
    for t in range(sessions - 2, -1, -1):
        solved[t] = inverses[t] @ (moved[t] + stiffness[t + 1][:, None] * solved[t + 1])
    spread = _diagonal_of_inverse(inverses, stiffness) if variances else np.zeros(stiffness.shape)
    return Solved(solved, spread, negative)


def _inverse(block: Floats) -> tuple[Floats, int]:
    """The inverse of a symmetric matrix, and how many of its eigenvalues are negative (Sylvester's law of inertia
    makes the sum over blocks that of the whole)."""
    from scipy.linalg.lapack import dpotrf, dpotri

    root, failed = dpotrf(block, lower=1)
    if failed:
        values, vectors = np.linalg.eigh(block)
        values = np.where(np.abs(values) < SMALLEST, SMALLEST, values)
        return (vectors / values) @ vectors.T, int((values < 0.0).sum())
    lower = np.tril(dpotri(root, lower=1)[0])
    return lower + np.tril(lower, -1).T, 0


def _diagonal_of_inverse(inverses: Floats, stiffness: Floats) -> Floats:
    """From the last session backwards (Takahashi's recursion for blocks)."""
    diagonal = np.empty(stiffness.shape)
    whole = inverses[-1]
    diagonal[-1] = np.diagonal(whole)
    for t in range(len(inverses) - 2, -1, -1):
        onward = inverses[t] * stiffness[t + 1]
        whole = inverses[t] + onward @ whole @ onward.T
        diagonal[t] = np.diagonal(whole)
    return diagonal
