"""How far a network of friends and foes is from two camps: the fewest ties that would have to change, with a proof.

The frustration index L (line index of balance; Harary 1959) is the least number of ties, over all divisions into two
camps, that are positive between the camps or negative inside one. Normalised, F = 1 - 2 L / m (Aref and Wilson 2018).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.block_optimum import BlockOptimum, solve_block
from indivisible.measures.blocks import Block, blocks_of
from indivisible.measures.contraction import merge_step
from indivisible.measures.signed_network import SignedNetwork

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Frustration:
    """The index found, a number it is not below, the camps that reach it, and the blocks it adds up from.

    `index` is the frustration index itself when `proved`; otherwise an upper bound, and `gap` says how far it may be
    off. `camps` is a bool[n]; in each connected part the first name is in camp False, for a part may be turned round
    at no cost.
    """

    network: SignedNetwork
    index: int
    bound: int
    camps: NDArray[np.bool_]
    parts: int
    blocks: tuple[tuple[Block, BlockOptimum], ...]

    @property
    def proved(self) -> bool:
        return self.index == self.bound

    @property
    def gap(self) -> int:
        return self.index - self.bound

    @property
    def normalised(self) -> float:
        """F = 1 - 2 L / m: 1 when balanced; NaN without ties."""
        return 1.0 - 2.0 * self.index / self.network.m if self.network.m else float("nan")

    @property
    def optima(self) -> int | None:
        """Number of optimal divisions, a connected part turned round not counted anew; None if not all were found."""
        return self.optima_found if self.proved and all(o.whole for _, o in self.blocks) else None

    @property
    def optima_found(self) -> int:
        """At least so many optimal divisions (of the best index found)."""
        return prod(len(o.states) for _, o in self.blocks)

    @property
    def unique(self) -> bool | None:
        """Is this the only optimal division, up to turning a connected part round? None if that is not known."""
        if not self.proved:
            return None
        if self.optima_found > 1:
            return False
        return True if self.optima == 1 else None

    @property
    def proofs(self) -> tuple[str, ...]:
        """What the lower bounds of the blocks rest on, in alphabetical order."""
        return tuple(sorted({o.proof for _, o in self.blocks}))


def frustration(
    network: SignedNetwork, *, time_limit: float | None = 60.0, seed: int = 0, cap: int = 100
) -> Frustration:
    """The frustration index, proved if the time (seconds) suffices; up to `cap` optimal states are kept a block.

    Up to about 1,000 nodes (after contraction) cycles and HiGHS are used; above, the answer has a gap as a rule.
    Needs SciPy. Raises QuestionError for a block above 8,000 nodes.
    """
    until = float("inf") if time_limit is None else time.monotonic() + time_limit
    solved = []
    for block in blocks_of(network):
        ends = _inside(network, block)
        weights = np.zeros((len(block.nodes), len(block.nodes)), dtype=np.int64)
        weights[ends] = network.sign[block.ties]
        solved.append((block, solve_block(weights + weights.T, seed=seed, cap=cap, until=until)))
    index = sum(o.index for _, o in solved)
    bound = sum(o.bound for _, o in solved)
    camps, parts = _camps(network, solved)
    return Frustration(network, index, bound, camps, parts, tuple(solved))


def tie_frustration(result: Frustration) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Fewest and most frustrated ties of each node over all optimal divisions, and whether that range is exact.

    Where not all optima are known, the range is 0 to half of the node's ties: no optimum frustrates more.
    """
    low = np.zeros(result.network.n, dtype=np.int64)
    high = np.zeros(result.network.n, dtype=np.int64)
    exact = np.ones(result.network.n, dtype=bool)
    for block, optimum in result.blocks:
        source, target = _inside(result.network, block)
        size = len(block.nodes)
        if optimum.whole and optimum.index == optimum.bound:
            torn = optimum.states[:, source] * optimum.states[:, target] != result.network.sign[block.ties]
            counts = np.zeros((len(torn), size), dtype=np.int64)
            for column, (a, b) in enumerate(zip(source, target, strict=True)):
                counts[:, a] += torn[:, column]
                counts[:, b] += torn[:, column]
            low[block.nodes] += counts.min(axis=0)
            high[block.nodes] += counts.max(axis=0)
        else:
            exact[block.nodes] = False
            high[block.nodes] += np.bincount(np.r_[source, target], minlength=size) // 2
    return low, high, exact


def _inside(network: SignedNetwork, block: Block) -> tuple[Ints, Ints]:
    """Ends of a block's ties as places in its list of nodes."""
    source = np.searchsorted(block.nodes, network.source[block.ties])
    target = np.searchsorted(block.nodes, network.target[block.ties])
    return source, target


def _camps(network: SignedNetwork, solved: list[tuple[Block, BlockOptimum]]) -> tuple[NDArray[np.bool_], int]:
    """Camps of all nodes from the first optimum of every block, ties on no cycle satisfied; and the number of parts."""
    relation = network.sign.copy()
    for block, optimum in solved:
        source, target = _inside(network, block)
        relation[block.ties] = optimum.states[0][source] * optimum.states[0][target]
    step = merge_step(network.n, network.source, network.target, relation)
    parts, first = np.unique(step.label, return_index=True)
    return step.sign != step.sign[first][step.label], len(parts)
