"""All best divisions of a small network, one after another: how many there are, and whether the best is the only one.

A packing of unbalanced cycles prices every state: its cost is the packing's total, plus the unused weight of each tie
it frustrates, plus twice a cycle's amount for each pair of frustrated ties beyond the first in that cycle. A branch
whose price has passed what is left up to the optimum holds no optimum.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.cycle_packing import UNIT, CyclePacking

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Optima:
    """States (a row of +1 and -1 each, node 0 always +1); `whole` is False if there may be more."""

    states: Ints
    whole: bool


def certain_ties(packing: CyclePacking, optimum: int) -> NDArray[np.bool_]:
    """Ties of which it is proved that no state of weight `optimum` or less frustrates them."""
    result: NDArray[np.bool_] = packing.slack() > optimum * UNIT - sum(packing.amounts)
    return result


def all_optima(n: int, packing: CyclePacking, optimum: int, *, cap: int, steps: int = 200_000) -> Optima:
    """Every state whose frustrated weight is `optimum`, until `cap` states or `steps` steps of the search."""
    if n == 0:
        return Optima(np.ones((1, 0), dtype=np.int64), True)
    search = _Search(n, packing, optimum, cap, steps)
    search.place(0)
    states = np.array(search.found, dtype=np.int64).reshape(-1, n)
    return Optima(states * states[:, :1], search.whole)


class _Search:
    """Depth-first over the nodes, each after the nodes it is most tied to."""

    def __init__(self, n: int, packing: CyclePacking, optimum: int, cap: int, steps: int) -> None:
        self.cap, self.steps, self.whole = cap, steps, True
        self.left = optimum * UNIT - sum(packing.amounts)
        self.amounts = packing.amounts
        self.slack = packing.slack().tolist()
        self.through: list[list[int]] = [[] for _ in self.slack]
        for number, cycle in enumerate(packing.cycles):
            for tie in cycle:
                self.through[tie].append(number)
        self.count = [0] * len(packing.cycles)
        self.order, self.back = _order(n, packing)
        self.state = [1] * n
        self.found: list[list[int]] = []

    def place(self, depth: int) -> None:
        if self.steps <= 0:
            self.whole = False
            return
        self.steps -= 1
        if depth == len(self.order):
            if len(self.found) == self.cap:
                self.whole = False
                self.steps = 0
            else:
                self.found.append(list(self.state))
            return
        node = self.order[depth]
        for side in (1, -1) if depth else (1,):
            self.state[node] = side
            frustrated = [tie for other, tie, sign in self.back[depth] if self.state[other] * side != sign]
            price = self.frustrate(frustrated)
            if price <= self.left:
                self.left -= price
                self.place(depth + 1)
                self.left += price
            for tie in frustrated:
                for cycle in self.through[tie]:
                    self.count[cycle] -= 1

    def frustrate(self, ties: list[int]) -> int:
        """Price of frustrating these ties after those already frustrated; they are counted."""
        price = 0
        for tie in ties:
            price += self.slack[tie]
            for cycle in self.through[tie]:
                self.count[cycle] += 1
                if self.count[cycle] % 2 == 0:  # an odd number in the end: one more is bound to follow
                    price += 2 * self.amounts[cycle]
        return price


def _order(n: int, packing: CyclePacking) -> tuple[list[int], list[list[tuple[int, int, int]]]]:
    """Nodes, each next the one most tied to those before; and its ties (other, tie, sign) back to them."""
    near: list[list[tuple[int, int, int]]] = [[] for _ in range(n)]
    rows = zip(packing.source.tolist(), packing.target.tolist(), np.sign(packing.weight).tolist(), strict=True)
    for tie, (a, b, sign) in enumerate(rows):
        near[a].append((b, tie, sign))
        near[b].append((a, tie, sign))
    pull, order, back = [0] * n, list[int](), list[list[tuple[int, int, int]]]()
    left = set(range(n))
    while left:
        node = max(left, key=lambda k: (pull[k], len(near[k]), -k))
        left.discard(node)
        order.append(node)
        back.append([(other, tie, sign) for other, tie, sign in near[node] if other not in left])
        for other, _, _ in near[node]:
            pull[other] += 1
    return order, back
