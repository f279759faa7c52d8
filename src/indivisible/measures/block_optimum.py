"""One block of a signed network solved: the least weight of frustrated ties, its proof, and the states that reach it.

First the block is contracted. A search gives an upper bound, a packing of unbalanced cycles a lower one; where they do
not meet, ties that cannot be frustrated are contracted too, and HiGHS closes what is left of the gap.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.contraction import Kernel, cost, kernel_of, merged
from indivisible.measures.cycle_packing import CyclePacking, pack_cycles
from indivisible.measures.frustration_programmes import Row, formulate, solve
from indivisible.measures.local_search import annealing, settled, tabu_search
from indivisible.measures.optima import Optima, all_optima, certain_ties
from indivisible.measures.semidefinite_bound import semidefinite_bound

Ints = NDArray[np.int64]
LARGE = 1_000  # nodes after contraction from which on cycles and HiGHS are not tried
LARGEST = 8_000  # nodes of a block; its weights are a dense matrix
_SLOWEST = 32_000  # sweeps of the slowest annealing
_ALL_AT_ONCE = 300  # nodes up to which tabu search is the better search


@dataclass(frozen=True, slots=True, eq=False)
class BlockOptimum:
    """Weight of the best state found, a number that no state goes below, and optima (best state only if unproved).

    `proof` is contraction, cycle packing, integer programme, or what the bound of an unproved block rests on.
    """

    index: int
    bound: int
    proof: str
    states: Ints
    whole: bool


@dataclass(slots=True)
class _Bounds:
    """What is known of a kernel while it is being solved; weights are the kernel's own."""

    kernel: Kernel
    state: Ints
    upper: int
    lower: int
    packing: CyclePacking
    proof: str


def solve_block(weights: Ints, *, seed: int = 0, cap: int = 100, until: float = float("inf")) -> BlockOptimum:
    """Least weight of frustrated ties over all states (+1 or -1 a node), and up to `cap` states that reach it.

    `weights`: symmetric whole numbers, diagonal 0. `until`: reading of time.monotonic() after which bounds are returned
    as they are. Raises QuestionError above 8,000 nodes.
    """
    if len(weights) > LARGEST:
        raise QuestionError(f"a block has {len(weights)} nodes, at most {LARGEST}", do="solve a part of the network")
    kernel = kernel_of(weights)
    if len(kernel.weights) > LARGE:
        return _estimate(weights, kernel, seed, until)
    bounds = _search(kernel, seed, until)
    while bounds.lower < bounds.upper:
        certain = certain_ties(bounds.packing, bounds.upper)
        if not certain.any():
            break
        pairs = bounds.packing.source[certain], bounds.packing.target[certain]
        smaller = _search(merged(bounds.kernel, *pairs), seed, until)
        smaller.lower = max(smaller.lower, bounds.lower + bounds.kernel.constant - smaller.kernel.constant)
        bounds = smaller
    if bounds.lower < bounds.upper:
        _close(bounds, seed, until)
    index, bound = bounds.upper + bounds.kernel.constant, bounds.lower + bounds.kernel.constant
    if index > bound:
        return BlockOptimum(index, bound, bounds.proof, bounds.kernel.spread(bounds.state)[None, :], False)
    optima = _optima(bounds, max(cap, 2), until)
    states, whole = bounds.kernel.spread_all(optima.states, max(cap, 2))
    return BlockOptimum(index, bound, bounds.proof, states * states[:, :1], whole and optima.whole)


def _search(kernel: Kernel, seed: int, until: float) -> _Bounds:
    """Upper bound by search, lower bound by cycles; a longer search if they do not meet."""
    weights = kernel.weights
    if not weights.any():
        nothing = pack_cycles(weights, enough=0)
        return _Bounds(kernel, np.ones(len(weights), dtype=np.int64), 0, 0, nothing, "contraction")
    if len(weights) <= _ALL_AT_ONCE:
        state = settled(weights, tabu_search(weights, seed=seed))
    else:
        state = annealing(weights, seed=seed, sweeps=500, until=until)
    upper = int(cost(weights, state))
    packing = pack_cycles(weights, enough=upper, until=until)
    if packing.bound < upper and time.monotonic() < until:
        if len(weights) <= _ALL_AT_ONCE:
            again = settled(weights, tabu_search(weights, seed=seed + 1, guesses=32, steps=20 * len(weights)))
        else:
            again = annealing(weights, seed=seed + 1, sweeps=5000, until=until)
        state = min(state, again, key=lambda s: int(cost(weights, s)))
        upper = int(cost(weights, state))
    return _Bounds(kernel, state, upper, packing.bound, packing, "cycle packing")


def _close(bounds: _Bounds, seed: int, until: float) -> None:
    """Better bounds: the semidefinite relaxation, then HiGHS with the cycles found and the known state as cutoff."""
    weights = bounds.kernel.weights
    relaxed = semidefinite_bound(weights, seed=seed, until=until)
    if relaxed is not None and relaxed > bounds.lower:
        bounds.lower, bounds.proof = relaxed, "semidefinite bound"
    left = until - time.monotonic()
    if bounds.lower >= bounds.upper or left <= 0:
        return
    programme = formulate(weights, "xor")
    first = len(weights)
    rows: list[Row] = [([first + t for t in c], [1.0] * len(c), 1.0, float("inf")) for c in bounds.packing.cycles]
    priced = np.flatnonzero(programme.cost)
    rows.append((priced.tolist(), programme.cost[priced].tolist(), float(bounds.lower), float(bounds.upper - 1)))
    limit = None if left == float("inf") else left
    found = solve(weights, programme, time_limit=limit, rows=rows, floor=bounds.lower)
    if found.state is not None and found.weight is not None and found.weight < bounds.upper:
        bounds.state, bounds.upper = found.state, found.weight
        lower = found.weight if found.finished else found.bound
    else:
        lower = bounds.upper if found.finished else found.bound
    if min(lower, bounds.upper) > bounds.lower:
        bounds.lower, bounds.proof = min(lower, bounds.upper), "integer programme"


def _optima(bounds: _Bounds, cap: int, until: float) -> Optima:
    """Optima of the kernel; if the search for them is cut short at one, HiGHS is asked for another."""
    weights = bounds.kernel.weights
    optima = all_optima(len(weights), bounds.packing, bounds.upper, cap=cap)
    if not len(optima.states):
        optima = Optima(bounds.state[None, :], False)
    left = until - time.monotonic()
    if optima.whole or len(optima.states) > 1 or left <= 0:
        return optima
    programme = formulate(weights, "xor")
    only = optima.states[0] * optima.states[0][int(np.count_nonzero(weights, axis=1).argmax())]
    priced = np.flatnonzero(programme.cost)
    same = float((only > 0).sum())
    rows: list[Row] = [
        (priced.tolist(), programme.cost[priced].tolist(), float(bounds.upper), float(bounds.upper)),
        (list(range(len(only))), (-only).astype(float).tolist(), 1.0 - same, float("inf")),
    ]
    found = solve(weights, programme, time_limit=None if left == float("inf") else left, rows=rows)
    if found.state is not None and found.weight == bounds.upper:
        return Optima(np.vstack([optima.states, found.state * found.state[0]]), False)
    return Optima(optima.states, found.finished and found.state is None)


def _estimate(weights: Ints, kernel: Kernel, seed: int, until: float) -> BlockOptimum:
    """A large block: the semidefinite bound, then annealing, four times slower each time as long as time is left."""
    relaxed = semidefinite_bound(kernel.weights, seed=seed, until=until)
    sweeps, took = 500, 0.0
    best = annealing(kernel.weights, seed=seed, sweeps=100)
    while sweeps <= _SLOWEST and time.monotonic() + 5.0 * took < until:
        start = time.monotonic()
        state = annealing(kernel.weights, seed=seed + sweeps, guesses=4, sweeps=sweeps, until=until)
        best = min(best, state, key=lambda s: int(cost(kernel.weights, s)))
        sweeps, took = 4 * sweeps, time.monotonic() - start
    state = kernel.spread(best)
    index = int(cost(weights, state))
    bound = kernel.constant + (relaxed or 0)
    return BlockOptimum(index, min(bound, index), "semidefinite bound", state[None, :] * state[0], False)
