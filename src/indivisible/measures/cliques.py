"""Groups whose members are all linked to one another: all of them, or the heaviest, bounded if the search is cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

STEPS = 200_000  # search steps after which the answer is a bound; counted, not timed, so that runs repeat
MOST = 20_000  # cliques that are listed at most
_OPENED_FOR_EACH = 20  # branches opened for each clique that may be listed


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
    search.run(rest, required, base)
    bound = max(search.best_weight, search.unexplored)
    return HeaviestClique(search.best, search.best_weight, bound)


def maximal_cliques(neighbours: Sequence[int], *, most: int = MOST) -> tuple[int, ...] | None:
    """All groups linked to one another that no further vertex can join, as bits, ascending; None if above `most`.

    Bron and Kerbosch 1973 with a pivot (Tomita and others 2006). The heaviest clique inside any set of vertices is the
    part of one of these that lies in the set, whatever the weights, so that one list answers for all of them.
    """
    found: list[int] = []
    waiting = [(0, (1 << len(neighbours)) - 1, 0)]
    opened = 0
    while waiting:
        chosen, open_, closed = waiting.pop()
        opened += 1
        if opened > len(neighbours) + _OPENED_FOR_EACH * most or len(found) > most:
            return None
        if not open_:
            if chosen and not closed:
                found.append(chosen)
            continue
        pivot = max(_vertices(open_ | closed), key=lambda v: (open_ & neighbours[v]).bit_count())
        for vertex in _vertices(open_ & ~neighbours[pivot]):
            around = neighbours[vertex]
            waiting.append((chosen | 1 << vertex, open_ & around, closed & around))
            open_ &= ~(1 << vertex)
            closed |= 1 << vertex
    return tuple(sorted(found)) if len(found) <= most else None


@dataclass(slots=True)
class _Branch:
    """Cliques that hold `chosen`: who may still join, class by class, and what the classes so far can add at most."""

    candidates: int
    chosen: int
    weight: float
    order: list[int]
    bounds: list[float]


class _Search:
    """One search: the best clique so far and the best bound of what was left unexplored."""

    def __init__(self, neighbours: Sequence[int], weights: Sequence[float], steps: int) -> None:
        self.neighbours, self.weights, self.steps = neighbours, weights, steps
        self.best, self.best_weight, self.unexplored = 0, 0.0, 0.0

    def run(self, candidates: int, chosen: int, weight: float) -> None:
        waiting = [self.opened(candidates, chosen, weight)]
        while waiting:
            branch = waiting[-1]
            if not branch.order or branch.weight + branch.bounds[-1] <= self.best_weight:
                waiting.pop()
                continue
            vertex = branch.order.pop()
            branch.bounds.pop()
            inside = branch.candidates & self.neighbours[vertex]
            branch.candidates &= ~(1 << vertex)
            waiting.append(self.opened(inside, branch.chosen | 1 << vertex, branch.weight + self.weights[vertex]))

    def opened(self, candidates: int, chosen: int, weight: float) -> _Branch:
        if weight > self.best_weight:
            self.best, self.best_weight = chosen, weight
        branch = _Branch(candidates, chosen, weight, [], [])
        if not candidates:
            return branch
        order, bounds = self.coloured(candidates)
        if self.steps <= 0:
            self.unexplored = max(self.unexplored, weight + bounds[-1])
            return branch
        self.steps -= 1
        branch.order, branch.bounds = order, bounds
        return branch

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
