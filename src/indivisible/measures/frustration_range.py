"""What of a node's ties fits no best two camps, when the sizes of some nodes are only known to lie between two numbers.

A tie weighs the product of the sizes at its ends, so the cost of a division, and the difference of two costs, is linear
in every single size. A division that is best at all corners of the box of sizes is best all through it; a division
that is best somewhere inside is then best at the corners too. And if the ties of a node of unknown size cost nothing at
its least size, a larger size costs nothing either and makes no other division best.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.blocks import Block
from indivisible.measures.frustration import Frustration, frustration, tie_frustration
from indivisible.measures.signed_network import SignedNetwork

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Range = tuple[Ints, Ints]
MOST_OPEN = 6  # sizes of a block that are tried at both ends


def tie_frustration_between(
    result: Frustration, most: Ints, *, time_limit: float | None = 60.0, cap: int = 1000
) -> tuple[Ints, Ints, Flags]:
    """Least and most frustrated of each node's ties over all optimal divisions for all sizes up to `most`.

    `result` is the network solved at the least sizes. The third is False where that is a bound only: half of what the
    node's ties weigh at most.
    """
    network, least = result.network, result.size
    open_ = least < most
    steady = tuple((block, optimum) for block, optimum in result.blocks if not open_[block.nodes].any())
    low, high, exact = tie_frustration(replace(result, blocks=steady))
    for block, _ in result.blocks:
        if open_[block.nodes].any():
            found = _in_block(result, block, most, time_limit, cap)
            if found is None:
                exact[block.nodes] = False
                high[block.nodes] += half_of_ties(network, block, most)[block.nodes]
            else:
                low[block.nodes] += found[0]
                high[block.nodes] += found[1]
    return low, high, exact


def half_of_ties(network: SignedNetwork, block: Block, size: Ints) -> Ints:
    """[n]: half of what its ties in a block weigh for each node, by the size of the far end; no optimum exceeds it."""
    source, target = network.source[block.ties], network.target[block.ties]
    ends, far = np.r_[source, target], np.r_[size[target], size[source]]
    half: Ints = np.rint(np.bincount(ends, weights=far, minlength=network.n)).astype(np.int64) // 2
    return half


def _in_block(result: Frustration, block: Block, most: Ints, time_limit: float | None, cap: int) -> Range | None:
    """The range for the nodes of one block, or None where it is not proved to hold between the corners.

    First only those sizes are moved whose ties cost something, then all.
    """
    part = _part(result.network, block)
    low, high = result.size[block.nodes], most[block.nodes]
    open_ = low < high
    first = frustration(part, size=low, time_limit=time_limit, cap=cap)
    torn = part.frustrated(first.camps)
    ends = np.r_[part.source[torn], part.target[torn]]
    costly = open_ & (np.bincount(ends, minlength=part.n) > 0)
    for moved in (costly, open_):
        if moved.sum() <= MOST_OPEN:
            found = _over_corners(part, low, high, moved, open_ & ~moved, time_limit, cap)
            if found is not None:
                return found
    return None


def _over_corners(
    part: SignedNetwork, low: Ints, high: Ints, moved: Flags, idle: Flags, time_limit: float | None, cap: int
) -> Range | None:
    without = _without(part, idle)
    ranges: list[Range] = []
    shared: set[bytes] | None = None
    for size in corners(low, high, moved):
        found = frustration(part, size=size, time_limit=time_limit, cap=cap)
        if found.optima is None:
            return None
        if idle.any():
            fewer = frustration(without, size=size, time_limit=time_limit, cap=2)
            if not fewer.proved or fewer.index != found.index:
                return None
        states = {state.tobytes() for state in found.blocks[0][1].states}
        shared = states if shared is None else shared & states
        if not shared:
            return None
        fewest, largest, _ = tie_frustration(found)
        ranges.append((fewest, largest))
    return np.min([one for one, _ in ranges], axis=0), np.max([one for _, one in ranges], axis=0)


def corners(low: Ints, high: Ints, moved: Flags) -> Iterator[Ints]:
    """Sizes with those of the `moved` at either end, all others at their least."""
    rows = np.flatnonzero(moved)
    for ends in product((False, True), repeat=len(rows)):
        size = low.copy()
        size[rows] = np.where(ends, high[rows], low[rows])
        yield size


def _part(network: SignedNetwork, block: Block) -> SignedNetwork:
    """One block as a network of its own."""
    source, target = (np.searchsorted(block.nodes, end[block.ties]) for end in (network.source, network.target))
    names = tuple(network.names[node] for node in block.nodes)
    return SignedNetwork(names, source.astype(np.int64), target.astype(np.int64), network.sign[block.ties])


def _without(network: SignedNetwork, nodes: Flags) -> SignedNetwork:
    """The network without any tie of these nodes."""
    kept = ~(nodes[network.source] | nodes[network.target])
    return SignedNetwork(network.names, network.source[kept], network.target[kept], network.sign[kept])
