"""How far a network of friends and foes is from two camps: the fewest ties that would have to change, with a proof.

The frustration index L (line index of balance; Harary 1959) is the least number of ties, over all divisions into two
camps, that are positive between the camps or negative inside one. Normalised, F = 1 - 2 L / m (Aref and Wilson 2018).
With sizes, a tie weighs the product of the sizes at its ends (Axelrod and Bennett 1993).
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.block_optimum import BlockOptimum, solve_block
from indivisible.measures.blocks import Block, blocks_of
from indivisible.measures.contraction import merge_step
from indivisible.measures.signed_network import SignedNetwork

Ints = NDArray[np.int64]
_MOST_WEIGHT = 1 << 38  # of all ties; above, the proof by cycles would leave 64 bits


@dataclass(frozen=True, slots=True, eq=False)
class Frustration:
    """The index found, a number it is not below, the camps that reach it, and the blocks it adds up from.

    `index` is the frustration index itself when `proved`; otherwise an upper bound, and `gap` says how far it may be
    off. `camps` is a bool[n]; in each connected part the first name is in camp False, for a part may be turned round
    at no cost. `size` [n] is 1 for every name unless given; a tie weighs the product of the sizes at its ends.
    """

    network: SignedNetwork
    index: int
    bound: int
    camps: NDArray[np.bool_]
    parts: int
    blocks: tuple[tuple[Block, BlockOptimum], ...]
    size: Ints

    @property
    def proved(self) -> bool:
        return self.index == self.bound

    @property
    def gap(self) -> int:
        return self.index - self.bound

    @property
    def normalised(self) -> float:
        """F = 1 - 2 L / m, m the weight of all ties: 1 when balanced; NaN without ties."""
        total = int(_weight(self.network, self.size).sum())
        return 1.0 - 2.0 * self.index / total if total else float("nan")

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
    network: SignedNetwork,
    *,
    size: Ints | None = None,
    time_limit: float | None = 60.0,
    seed: int = 0,
    cap: int = 100,
) -> Frustration:
    """The frustration index, proved if the time (seconds) suffices; up to `cap` optimal states are kept a block.

    `size` [n], whole numbers above 0, gives every tie the product of the sizes at its ends as its weight. Up to about
    1,000 nodes (after contraction) cycles and HiGHS are used; above, the answer has a gap as a rule. Needs SciPy.
    Raises QuestionError for a block above 8,000 nodes, and for sizes that are not whole or too large together.
    """
    until = float("inf") if time_limit is None else time.monotonic() + time_limit
    sizes = _sizes(network, size)
    weight = network.sign * _weight(network, sizes)
    solved = []
    for block in blocks_of(network):
        ends = _inside(network, block)
        weights = np.zeros((len(block.nodes), len(block.nodes)), dtype=np.int64)
        weights[ends] = weight[block.ties]
        solved.append((block, solve_block(weights + weights.T, seed=seed, cap=cap, until=until)))
    index = sum(o.index for _, o in solved)
    bound = sum(o.bound for _, o in solved)
    camps, parts = _camps(network, solved)
    return Frustration(network, index, bound, camps, parts, tuple(solved), sizes)


def tie_frustration(result: Frustration) -> tuple[Ints, Ints, NDArray[np.bool_]]:
    """Least and most that is frustrated of each node's ties over all optimal divisions, and whether that is exact.

    A frustrated tie counts the size of its other end (1 unless sizes were given). Where not all optima are known, the
    range is 0 to half of the node's ties, for turning the node over would otherwise better the optimum; nor can it
    reach above the index of the block.
    """
    low = np.zeros(result.network.n, dtype=np.int64)
    high = np.zeros(result.network.n, dtype=np.int64)
    exact = np.ones(result.network.n, dtype=bool)
    for block, optimum in result.blocks:
        if optimum.whole and optimum.index == optimum.bound:
            counts = _counts(result, block, optimum)
            low[block.nodes] += counts.min(axis=0)
            high[block.nodes] += counts.max(axis=0)
        else:
            exact[block.nodes] = False
            own = result.size[block.nodes]
            high[block.nodes] += np.minimum(_half(result, block), optimum.index // own)
    return low, high, exact


def worst_for(result: Frustration, node: int) -> NDArray[np.bool_]:
    """[n]: to whom a node's tie is frustrated in an optimal division (of those kept) that frustrates most for it."""
    far = np.zeros(result.network.n, dtype=bool)
    for block, optimum in result.blocks:
        place = int(np.searchsorted(block.nodes, node))
        if place == len(block.nodes) or block.nodes[place] != node:
            continue
        source, target = _inside(result.network, block)
        own = (source == place) | (target == place)
        others = np.where(source == place, target, source)[own]
        torn = optimum.states[:, [place]] * optimum.states[:, others] != result.network.sign[block.ties[own]]
        worst = int((torn @ result.size[block.nodes[others]]).argmax())
        far[block.nodes[others[torn[worst]]]] = True
    return far


def _counts(result: Frustration, block: Block, optimum: BlockOptimum) -> Ints:
    """[state, node of the block]: what is frustrated of each node's ties in each of the states kept."""
    source, target = _inside(result.network, block)
    torn = optimum.states[:, source] * optimum.states[:, target] != result.network.sign[block.ties]
    size = result.size[block.nodes]
    counts = np.zeros((len(torn), len(block.nodes)), dtype=np.int64)
    for column, (a, b) in enumerate(zip(source, target, strict=True)):
        if torn[:, column].any():
            counts[:, a] += torn[:, column] * size[b]
            counts[:, b] += torn[:, column] * size[a]
    return counts


def _half(result: Frustration, block: Block) -> Ints:
    source, target = _inside(result.network, block)
    size = result.size[block.nodes]
    far = np.bincount(np.r_[source, target], weights=np.r_[size[target], size[source]], minlength=len(block.nodes))
    half: Ints = np.rint(far).astype(np.int64) // 2
    return half


def _sizes(network: SignedNetwork, size: Ints | None) -> Ints:
    if size is None:
        return np.ones(network.n, dtype=np.int64)
    sizes = np.asarray(size)
    if sizes.shape != (network.n,) or sizes.dtype.kind not in "iu" or (sizes < 1).any():
        raise QuestionError("sizes that are not whole numbers above 0", do="give one for each name")
    ends = sizes.astype(float)  # no whole number runs over
    if (ends[network.source] * ends[network.target]).sum() > _MOST_WEIGHT:
        raise QuestionError("the ties weigh more than can be counted exactly", do="give sizes in a coarser unit")
    return sizes.astype(np.int64)


def _weight(network: SignedNetwork, size: Ints) -> Ints:
    weight: Ints = size[network.source] * size[network.target]
    return weight


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
