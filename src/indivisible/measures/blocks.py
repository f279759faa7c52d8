"""The parts of a network that can be solved one by one: ties on no cycle, and blocks that share at most a node.

A tie on no cycle is never frustrated in an optimum. The frustration index is the sum over the blocks.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.signed_network import SignedNetwork

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A largest part without a node whose loss would split it: numbers of its nodes and of its ties."""

    nodes: Ints
    ties: Ints


def blocks_of(network: SignedNetwork) -> tuple[Block, ...]:
    """Biconnected blocks of at least three nodes, largest first; ties in none of them lie on no cycle (Tarjan 1972)."""
    found = [np.array(sorted(ties), dtype=np.int64) for ties in _Walk(network).blocks() if len(ties) > 1]
    blocks = [Block(np.unique(np.r_[network.source[t], network.target[t]]), t) for t in found]
    return tuple(sorted(blocks, key=lambda block: (-len(block.ties), block.ties[0])))


def peeled(network: SignedNetwork) -> NDArray[np.bool_]:
    """The 2-core: which nodes are left when nodes with one tie or none are taken away again and again."""
    near = _neighbours(network)
    degree = [len(ties) for ties in near]
    left = np.ones(network.n, dtype=bool)
    waiting = [k for k, d in enumerate(degree) if d <= 1]
    while waiting:
        node = waiting.pop()
        if not left[node]:
            continue
        left[node] = False
        for other, _ in near[node]:
            degree[other] -= 1
            if left[other] and degree[other] <= 1:
                waiting.append(other)
    return left


def _neighbours(network: SignedNetwork) -> list[list[tuple[int, int]]]:
    """For each node: (neighbour, number of the tie)."""
    near: list[list[tuple[int, int]]] = [[] for _ in range(network.n)]
    for tie, (a, b) in enumerate(zip(network.source.tolist(), network.target.tolist(), strict=True)):
        near[a].append((b, tie))
        near[b].append((a, tie))
    return near


class _Walk:
    """Depth-first walk with an explicit stack; `low` is the earliest node reached by a way back."""

    def __init__(self, network: SignedNetwork) -> None:
        self.near = _neighbours(network)
        self.order = [-1] * network.n
        self.low = [0] * network.n
        self.kept: list[int] = []  # ties not yet given to a block
        self.found: list[list[int]] = []
        self.clock = 0

    def blocks(self) -> list[list[int]]:
        for root in range(len(self.near)):
            if self.order[root] < 0:
                self.walk(root)
        return self.found

    def enter(self, node: int) -> None:
        self.order[node] = self.low[node] = self.clock
        self.clock += 1

    def walk(self, root: int) -> None:
        self.enter(root)
        stack = [(root, -1, 0, iter(self.near[root]))]  # node, tie we came by, ties kept before it, ways on
        while stack:
            node, by, mark, ways = stack[-1]
            for other, tie in ways:
                if tie == by:
                    continue
                if self.order[other] < 0:
                    stack.append((other, tie, len(self.kept), iter(self.near[other])))
                    self.kept.append(tie)
                    self.enter(other)
                    break
                if self.order[other] < self.order[node]:
                    self.kept.append(tie)
                    self.low[node] = min(self.low[node], self.order[other])
            else:
                stack.pop()
                if stack:
                    self.leave(node, stack[-1][0], mark)

    def leave(self, node: int, above: int, mark: int) -> None:
        self.low[above] = min(self.low[above], self.low[node])
        if self.low[node] >= self.order[above]:
            self.found.append(self.kept[mark:])
            del self.kept[mark:]
