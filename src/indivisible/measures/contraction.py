"""Making a signed network small before solving it, without losing a single best division into two camps.

Nodes that stand together (or apart) in every optimum become one node; ties become whole-number weights. What is left is
solved; each optimum of the small network is then spread out again into all optima of the large one that belong to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
_CELLS = 4_000_000  # entries of a tie x node table held at once


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One contraction: node k becomes `sign[k]` times node `label[k]`; nodes in `free` follow their own ties instead.

    `rows` are the weights that the free nodes had; they are never tied to one another.
    """

    label: Ints
    sign: Ints
    free: Ints
    rows: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Kernel:
    """Weights of the small network (symmetric, diagonal 0), the cost already certain, and the way back."""

    weights: Ints
    constant: int
    steps: tuple[Step, ...]

    def spread(self, state: Ints) -> Ints:
        """One state (+1 or -1 a node) of the large network that costs as much as `state` of the small one."""
        for step in reversed(self.steps):
            state = step.sign * state[step.label]
            field = step.rows @ state
            state[step.free] = np.where(field == 0, state[step.free], np.sign(field))
        return state

    def spread_all(self, states: Ints, cap: int) -> tuple[Ints, bool]:
        """All optima (a row each) that belong to the optima `states`; the second is False if cut off at `cap` rows."""
        whole = True
        for step in reversed(self.steps):
            states = step.sign * states[:, step.label]
            field = states @ step.rows.T
            states[:, step.free] = np.where(field == 0, states[:, step.free], np.sign(field))
            for column, node in enumerate(step.free):
                if len(states) > cap:
                    break
                torn = field[:, column] == 0
                other = states[torn].copy()
                other[:, node] *= -1
                states, field = np.vstack([states, other]), np.vstack([field, field[torn]])
            if len(states) > cap:
                states, whole = states[:cap], False
        return states, whole


def cost(weights: Ints, states: Ints) -> Ints:
    """Weight of the frustrated ties of each state (a row of +1 and -1); for a single row, one number."""
    satisfied = np.einsum("...i,...i->...", states @ weights, states)
    result: Ints = (np.abs(weights).sum() - satisfied) // 4
    return result


def kernel_of(weights: Ints) -> Kernel:
    """Contract until nothing more is certain: heavy ties, twins and near-twins, nodes with two neighbours."""
    weights = weights.astype(np.int64)
    total = int(np.abs(weights).sum()) // 2
    steps: list[Step] = []
    inside = 0
    while len(weights) > 1:
        step = _together(weights) or _following(weights)
        if step is None:
            break
        weights, gain = contracted(weights, step)
        inside += gain
        steps.append(step)
    return Kernel(weights, (total - int(np.abs(weights).sum()) // 2 - inside) // 2, tuple(steps))


def merged(kernel: Kernel, source: Ints, target: Ints) -> Kernel:
    """A kernel in which, besides, the given pairs satisfy their tie; then contracted as far as it goes."""
    sign = np.sign(kernel.weights[source, target])
    step = merge_step(len(kernel.weights), source, target, sign)
    empty, before = np.zeros(0, dtype=np.int64), int(np.abs(kernel.weights).sum()) // 2
    step = Step(step.label, step.sign, empty, np.zeros((0, len(kernel.weights)), dtype=np.int64))
    weights, inside = contracted(kernel.weights, step)
    constant = (before - int(np.abs(weights).sum()) // 2 - inside) // 2
    rest = kernel_of(weights)
    return Kernel(rest.weights, kernel.constant + constant + rest.constant, (*kernel.steps, step, *rest.steps))


def contracted(weights: Ints, step: Step) -> tuple[Ints, int]:
    """The weights after a step, and the (signed) weight of the ties that it satisfied by joining their ends."""
    size = int(step.label.max()) + 1
    source, target = np.nonzero(weights)
    place = step.label[source] * size + step.label[target]
    value = weights[source, target] * step.sign[source] * step.sign[target]
    added = np.bincount(place, weights=value, minlength=size * size)
    small = np.rint(added).astype(np.int64).reshape(size, size)
    inside = int(np.diagonal(small).sum()) // 2
    np.fill_diagonal(small, 0)
    return small, inside


def merge_step(n: int, source: Ints, target: Ints, sign: Ints) -> Step:
    """Joins the two ends of each given pair, alike (sign +1) or opposed (-1); nothing is left free."""
    parent, parity = list(range(n)), [1] * n

    def root(node: int) -> tuple[int, int]:
        side = 1
        while parent[node] != node:
            side *= parity[node]
            node = parent[node]
        return node, side

    for a, b, s in zip(source.tolist(), target.tolist(), sign.tolist(), strict=True):
        (first, one), (second, two) = root(a), root(b)
        if first != second:
            parent[second], parity[second] = first, s * one * two
    found = [root(k) for k in range(n)]
    label = np.unique([r for r, _ in found], return_inverse=True)[1].astype(np.int64)
    empty = np.zeros(0, dtype=np.int64)
    return Step(label, np.array([s for _, s in found], dtype=np.int64), empty, np.zeros((0, n), dtype=np.int64))


def _together(weights: Ints) -> Step | None:
    """Pairs that satisfy their tie in every optimum.

    With w the weight of the tie and a, b the other ties of its ends: if fewer than |w| can be frustrated by joining
    them, that is if sum |a| < |w| (a heavy tie) or sum |a - sign(w) b| < 2 |w| (twins, and nearly twins), then a state
    that frustrates the tie is improved by turning one of its two ends over.
    """
    source, target = np.nonzero(np.triu(weights))
    if not len(source):
        return None
    tie = weights[source, target]
    size, sign = np.abs(tie), np.sign(tie)
    reach = np.abs(weights).sum(axis=1)
    certain = 2 * size > np.minimum(reach[source], reach[target])
    open_ties = np.flatnonzero(~certain & (np.abs(reach[source] - reach[target]) < 2 * size))
    narrow: NDArray[Any] = weights.astype(np.int32) if 2 * int(reach.max()) < 1 << 31 else weights
    chunk = max(1, _CELLS // len(weights))
    for start in range(0, len(open_ties), chunk):
        k = open_ties[start : start + chunk]
        apart = np.abs(narrow[source[k]] - sign[k, None].astype(narrow.dtype) * narrow[target[k]]).sum(axis=1)
        certain[k] = apart - 2 * size[k] < 2 * size[k]  # the two ends themselves are counted in `apart`
    if not certain.any():
        return None
    return merge_step(len(weights), source[certain], target[certain], sign[certain])


def _following(weights: Ints) -> Step | None:
    """Nodes whose heaviest tie weighs as much as all their others: they follow it, or may do as they like.

    Nodes with two neighbours are among them. Only nodes that are not tied to one another are taken in one step.
    """
    size = np.abs(weights)
    heaviest = size.argmax(axis=1)
    weight = size[np.arange(len(weights)), heaviest]
    taken = np.zeros(len(weights), dtype=bool)
    for node in np.flatnonzero((weight > 0) & (2 * weight >= size.sum(axis=1))):
        if not np.any(taken & (weights[node] != 0)):
            taken[node] = True
    free = np.flatnonzero(taken)
    if not len(free):
        return None
    step = merge_step(len(weights), heaviest[free], free, np.sign(weights[free, heaviest[free]]))
    return Step(step.label, step.sign, free, weights[free])
