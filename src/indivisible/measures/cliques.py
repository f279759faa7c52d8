"""The heaviest group whose members are all linked to one another: exact, or bounded when the search is cut short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = 200_000  # search steps after which the answer is a bound; counted, not timed, so that runs repeat


@dataclass(frozen=True, slots=True)
class HeaviestClique:
    """The heaviest clique found (as bits), its weight, and a weight that no clique exceeds; equal when proved."""

    members: int
    weight: float
    bound: float

    @property
    def proved(self) -> bool:
        return self.weight == self.bound


def bits_of(mask: NDArray[np.bool_]) -> int:
    """A row of booleans as the bits of one integer."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(bits: int, n: int) -> NDArray[np.bool_]:
    """The bits of one integer as a row of n booleans."""
    raw = np.frombuffer(bits.to_bytes((n + 7) // 8 or 1, "little"), dtype=np.uint8)
    return np.unpackbits(raw, bitorder="little")[:n].astype(bool)


def heaviest_clique(
    neighbours: Sequence[int], weights: Sequence[float], candidates: int, *, required: int = 0, steps: int = STEPS
) -> HeaviestClique:
    """Maximum-weight clique among `candidates` that contains all of `required`, by branch and bound.

    `neighbours[k]` are the neighbours of k as bits, weights are not negative; vertices of no weight are left out.
    The bound of a branch is the sum, over the classes of a greedy colouring, of the heaviest weight in the class
    (no clique holds two vertices of a class). `required` must itself be a clique.
    """
    rest = candidates & ~required
    for vertex in _vertices(required):
        rest &= neighbours[vertex]
    rest = sum(1 << v for v in _vertices(rest) if weights[v] > 0.0)
    base = sum(weights[v] for v in _vertices(required))
    search = _Search(neighbours, weights, steps)
    search.best, search.best_weight = required, base
    search.branch(rest, required, base)
    bound = max(search.best_weight, search.unexplored)
    return HeaviestClique(search.best, search.best_weight, bound)


class _Search:
    """One search: the best clique so far and the best bound of what was left unexplored."""

    def __init__(self, neighbours: Sequence[int], weights: Sequence[float], steps: int) -> None:
        self.neighbours, self.weights, self.steps = neighbours, weights, steps
        self.best, self.best_weight, self.unexplored = 0, 0.0, 0.0

    def branch(self, candidates: int, chosen: int, weight: float) -> None:
        if weight > self.best_weight:
            self.best, self.best_weight = chosen, weight
        if not candidates:
            return
        order, bounds = self.coloured(candidates)
        if self.steps <= 0:
            self.unexplored = max(self.unexplored, weight + bounds[-1])
            return
        self.steps -= 1
        for vertex, bound in zip(reversed(order), reversed(bounds), strict=True):
            if weight + bound <= self.best_weight:
                return
            self.branch(candidates & self.neighbours[vertex], chosen | 1 << vertex, weight + self.weights[vertex])
            candidates &= ~(1 << vertex)

    def coloured(self, candidates: int) -> tuple[list[int], list[float]]:
        """Vertices class by class, each with the bound of the classes up to and including its own."""
        order: list[int] = []
        bounds: list[float] = []
        total = 0.0
        uncoloured = candidates
        while uncoloured:
            heaviest = 0.0
            members = self.independent(uncoloured)
            for vertex in members:
                uncoloured &= ~(1 << vertex)
                heaviest = max(heaviest, self.weights[vertex])
            total += heaviest
            order.extend(members)
            bounds.extend([total] * len(members))
        return order, bounds

    def independent(self, candidates: int) -> list[int]:
        members = []
        while candidates:
            vertex = (candidates & -candidates).bit_length() - 1
            members.append(vertex)
            candidates &= ~(self.neighbours[vertex] | 1 << vertex)
        return members


def _vertices(bits: int) -> Iterator[int]:
    while bits:
        low = bits & -bits
        yield low.bit_length() - 1
        bits ^= low
