"""A proof that ties must be frustrated: unbalanced cycles that share the ties out among them.

Every unbalanced cycle holds at least one frustrated tie. If each cycle is given an amount, and no tie carries more than
its weight, then the amounts add up to no more than the frustration index. The amounts come from a linear programme in
floating point; they are put in whole units and lowered wherever a tie would be overdrawn, so that the bound is certain.
"""

from __future__ import annotations

import importlib
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
UNIT = 1 << 24  # one unit of amount is 1/UNIT of a tie of weight one
_SHORT = 1.0 - 1e-6  # a cycle is violated when its ties add up to less


@dataclass(frozen=True, slots=True, eq=False)
class CyclePacking:
    """Ties (numbers) of each unbalanced cycle and its amount in units; ties are the kernel's, source before target."""

    source: Ints
    target: Ints
    weight: Ints
    cycles: tuple[tuple[int, ...], ...]
    amounts: tuple[int, ...]

    @property
    def bound(self) -> int:
        """The frustration index is at least this whole number."""
        return -(-sum(self.amounts) // UNIT)

    def slack(self) -> Ints:
        """Units of each tie's weight that no cycle uses; never negative."""
        left = [abs(int(w)) * UNIT for w in self.weight]
        for cycle, amount in zip(self.cycles, self.amounts, strict=True):
            for tie in cycle:
                left[tie] -= amount
        return np.array(left, dtype=np.int64)

    def holds(self) -> bool:
        """Check the proof in whole numbers: each cycle unbalanced and closed, no tie overdrawn."""
        for cycle in self.cycles:
            ends = np.r_[self.source[list(cycle)], self.target[list(cycle)]]
            negative = int((self.weight[list(cycle)] < 0).sum())
            if negative % 2 == 0 or np.any(np.bincount(ends) % 2) or len(set(cycle)) != len(cycle):
                return False
        return min(self.amounts, default=0) >= 0 and bool((self.slack() >= 0).all())


def pack_cycles(weights: Ints, *, enough: int, until: float = float("inf"), rounds: int = 50) -> CyclePacking:
    """The best fractional packing of unbalanced cycles, or one that already proves `enough`.

    Cycles are added where the linear programme violates them (shortest paths in the signed double cover, Barahona and
    Mahjoub 1986), triangles first. Stops at `until` (time.monotonic()) or after `rounds` with what it has.
    """
    source, target = np.nonzero(np.triu(weights))
    weight = weights[source, target]
    cycles = dict.fromkeys(_triangles(weights, source, target))
    best = CyclePacking(source, target, weight, (), ())
    for _ in range(rounds):
        if not cycles:
            lengths = np.zeros(len(weight))
        else:
            left = until - time.monotonic()
            answer = _programme(np.abs(weight), list(cycles), left) if left > 0 else None
            if answer is None:
                return best
            lengths, duals = answer
            found = CyclePacking(source, target, weight, tuple(cycles), _whole(duals, list(cycles), weight))
            best = max(best, found, key=lambda packing: sum(packing.amounts))
            if best.bound >= enough:
                break
        before = len(cycles)
        cycles.update(dict.fromkeys(_violated(weights, source, target, lengths)))
        if len(cycles) == before:
            break
    return _used(best)


def _used(packing: CyclePacking) -> CyclePacking:
    kept = [(c, a) for c, a in zip(packing.cycles, packing.amounts, strict=True) if a > 0]
    cycles, amounts = tuple(c for c, _ in kept), tuple(a for _, a in kept)
    return CyclePacking(packing.source, packing.target, packing.weight, cycles, amounts)


def _triangles(weights: Ints, source: Ints, target: Ints) -> list[tuple[int, ...]]:
    """Unbalanced triangles as numbers of their ties."""
    sign = np.sign(weights).astype(np.int8)
    number = np.zeros(weights.shape, dtype=np.int64)
    number[source, target] = number[target, source] = np.arange(len(source))
    product = sign[source] * sign[target] * sign[source, target][:, None]
    product[np.arange(len(weights)) <= target[:, None]] = 0
    tie, third = np.nonzero(product < 0)
    columns = (tie, number[source[tie], third], number[target[tie], third])
    return [tuple(sorted(row)) for row in np.column_stack(columns).tolist()]


def _programme(
    weight: Ints, cycles: list[tuple[int, ...]], seconds: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]] | None:
    """Least total weight of lengths f >= 0 with every cycle at least 1 long: lengths, and the amounts (its dual)."""
    optimize: Any = importlib.import_module("scipy.optimize")
    sparse: Any = importlib.import_module("scipy.sparse")
    ends = np.cumsum([0, *map(len, cycles)])
    ties = np.concatenate([np.array(c, dtype=np.int64) for c in cycles])
    table = sparse.csr_matrix((-np.ones(len(ties)), ties, ends), shape=(len(cycles), len(weight)))
    options = {} if seconds == float("inf") else {"time_limit": max(seconds, 0.01)}
    answer = optimize.linprog(weight, A_ub=table, b_ub=-np.ones(len(cycles)), bounds=(0, None), method="highs",
                              options=options)  # fmt: skip
    if answer.status != 0:
        return None
    return answer.x, -answer.ineqlin.marginals


def _whole(duals: NDArray[np.float64], cycles: list[tuple[int, ...]], weight: Ints) -> tuple[int, ...]:
    """Amounts rounded to units, then lowered wherever a tie would be overdrawn."""
    amounts = [max(0, round(float(d) * UNIT)) for d in duals]
    left = [abs(int(w)) * UNIT for w in weight]
    for k, cycle in enumerate(cycles):
        if amounts[k]:
            amounts[k] = max(0, min(amounts[k], *(left[tie] for tie in cycle)))
            for tie in cycle:
                left[tie] -= amounts[k]
    return tuple(amounts)


def _violated(weights: Ints, source: Ints, target: Ints, lengths: NDArray[np.float64]) -> list[tuple[int, ...]]:
    """From every node, the shortest unbalanced closed walk, if it is shorter than 1; ties walked twice drop out."""
    graphs: Any = importlib.import_module("scipy.sparse.csgraph")
    sparse: Any = importlib.import_module("scipy.sparse")
    n = len(weights)
    number = np.zeros(weights.shape, dtype=np.int64)
    number[source, target] = number[target, source] = np.arange(len(source))
    crossing = np.where(weights[source, target] > 0, 0, n)
    ends = (np.r_[source, source + n], np.r_[target + crossing, (target + n + crossing) % (2 * n)])
    cover = sparse.csr_matrix((np.tile(lengths + 1e-9, 2), ends), shape=(2 * n, 2 * n))
    distance, before = graphs.dijkstra(cover, directed=False, indices=np.arange(n), return_predecessors=True)
    found = []
    for root in np.flatnonzero(distance[np.arange(n), np.arange(n) + n] < _SHORT):
        node, ties = int(root) + n, set[int]()
        while node != root:
            above = int(before[root, node])
            ties ^= {int(number[above % n, node % n])}
            node = above
        found.append(tuple(sorted(ties)))
    return found
