"""Two camps found by improving many guesses at once: an upper bound for the frustration index, not a proof.

Small networks: tabu search on dense weights, all guesses in step. Large ones: annealing, node class by node class.
Both draw from a seeded generator and give the same answer for the same seed.
"""

from __future__ import annotations

import importlib
import time
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def tabu_search(weights: Ints, *, seed: int = 0, guesses: int = 16, steps: int | None = None) -> Ints:
    """The best state (+1 or -1 a node) met by turning over, again and again, the best node not turned lately.

    `weights` is symmetric with diagonal 0; node 0 of the answer is +1. Steps default to 30 + 2n.
    """
    draw, n = np.random.default_rng(seed), len(weights)
    steps = 30 + 2 * n if steps is None else steps
    plain = weights.astype(np.float64)
    states = draw.choice(np.array([-1.0, 1.0]), (guesses, n))
    states[0] = 1.0
    fields = states @ plain
    satisfied = (states * fields).sum(axis=1)
    rows = np.arange(guesses)
    barred = np.zeros((guesses, n))
    best, best_satisfied = states[0].copy(), satisfied[0]
    for step in range(steps):
        loss = states * fields + draw.random((guesses, n)) * 0.5  # a node's satisfied less frustrated weight
        loss[barred > step] += 1e9
        turned = loss.argmin(axis=1)
        side = states[rows, turned]
        satisfied -= 4.0 * side * fields[rows, turned]
        fields -= 2.0 * side[:, None] * plain[turned]
        states[rows, turned] = -side
        barred[rows, turned] = step + 4 + draw.integers(0, 6, guesses)
        leader = int(satisfied.argmax())
        if satisfied[leader] > best_satisfied:
            best, best_satisfied = states[leader].copy(), satisfied[leader]
    found: Ints = (best * best[0]).astype(np.int64)
    return found


def settled(weights: Ints, state: Ints) -> Ints:
    """Turn the worst node over until none is left that has more frustrated than satisfied weight."""
    state = state.copy()
    field = weights @ state
    while (state * field).min() < 0:
        node = int((state * field).argmin())
        field -= 2 * state[node] * weights[:, node]
        state[node] = -state[node]
    state *= state[0]
    return state


def annealing(
    weights: Ints, *, seed: int = 0, guesses: int = 16, sweeps: int = 1000, until: float = float("inf")
) -> Ints:
    """Simulated annealing for large sparse weights, every guess and every node of one colour class at the same time.

    `until` is a reading of time.monotonic() at which to stop early; only then does the answer depend on the machine.
    """
    sparse: Any = importlib.import_module("scipy.sparse")
    draw, n = np.random.default_rng(seed), len(weights)
    table = sparse.csr_matrix(weights.astype(np.float32))
    classes = [(nodes, table[nodes]) for nodes in colour_classes(weights)]
    states = draw.choice(np.array([-1.0, 1.0], dtype=np.float32), (n, guesses))
    hottest = 0.75 * float(np.sqrt(table.multiply(table).sum() / n))
    for heat in np.linspace(max(hottest, 0.1), 0.05, sweeps):
        for nodes, rows in classes:
            loss = 2.0 * states[nodes] * (rows @ states)
            chance = np.exp(np.minimum(-loss / heat, 0.0))
            states[nodes] *= np.where(draw.random(loss.shape, dtype=np.float32) < chance, -1.0, 1.0).astype(np.float32)
        if time.monotonic() > until:
            break
    found = states.T.astype(np.int64)
    return settled(weights, found[int(_costs(table, found).argmin())])


def _costs(table: Any, states: Ints) -> NDArray[np.float64]:
    """Less is better: minus the satisfied weight, up to a constant."""
    result: NDArray[np.float64] = -np.einsum("ij,ij->j", table @ states.T, states.T)
    return result


def colour_classes(weights: Ints) -> list[Ints]:
    """Nodes in classes without ties inside, greedily, well-tied nodes first."""
    near = [np.flatnonzero(row).tolist() for row in weights]
    colour = [-1] * len(near)
    for node in sorted(range(len(near)), key=lambda k: (-len(near[k]), k)):
        taken = {colour[other] for other in near[node]}
        colour[node] = next(c for c in range(len(near) + 1) if c not in taken)
    colours = np.array(colour)
    return [np.flatnonzero(colours == c) for c in range(int(colours.max()) + 1)]
