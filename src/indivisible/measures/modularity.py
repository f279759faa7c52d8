"""How well a network falls into blocs: the modularity of a partition, and a search for a good one.

Q = sum over blocs of (ties inside / all ties - (the bloc's share of tie ends)^2). M. E. J. Newman and M. Girvan,
Physical Review E 69 (2004) 026113; search after Blondel and others, Journal of Statistical Mechanics (2008) P10008.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]

_GAIN = 1e-12  # a smaller gain is rounding


@dataclass(frozen=True, slots=True, eq=False)
class Partition:
    """Who is in which bloc, [n], numbered from 0 in the order of the first member; its modularity; how it was found."""

    groups: Groups
    modularity: float
    seed: int
    starts: int


def modularity(ties: Floats, groups: Groups, *, resolution: float = 1.0) -> float:
    """Q of a partition of n states: `ties` [n, n] symmetric and not negative, `groups` [n] any labels; in [-1/2, 1).

    The diagonal is left out: a tie to oneself is none. `resolution` above 1 favours smaller blocs. NaN without any tie
    or if one is not known. Raises QuestionError for ties that are not symmetric or are negative.
    """
    excess = _excess(ties, resolution)
    if excess is None:
        return math.nan
    labels = np.asarray(groups)
    if labels.shape != (len(excess),):
        raise QuestionError(f"{labels.size} labels for {len(excess)} states", do="give the bloc of each state")
    return float(excess[labels[:, None] == labels[None, :]].sum())


def best_partition(ties: Floats, *, seed: int, starts: int = 20, resolution: float = 1.0) -> Partition:
    """The best of several searches from random orders: states move to the bloc where Q grows most, blocs merge the
    same way, then states move again. Good, not proved best; same ties and seed, same answer.

    Without ties every state is by itself and the modularity is NaN. Time about starts * n^2.
    """
    excess = _excess(ties, resolution)
    if excess is None:
        return Partition(np.arange(len(ties)), math.nan, seed, starts)
    draw = np.random.default_rng(seed)
    best, most = np.arange(len(excess)), float(np.trace(excess))
    for _ in range(starts):
        groups = _search(excess, draw)
        found = float(excess[groups[:, None] == groups[None, :]].sum())
        if found > most + _GAIN:
            best, most = groups, found
    return Partition(_renumbered(best), most, seed, starts)


def _excess(ties: Floats, resolution: float) -> Floats | None:
    """Ties less what the states' numbers of ties make expected, over all ties; None where undefined."""
    table = np.array(ties, dtype=np.float64)
    if table.ndim != 2 or table.shape[0] != table.shape[1]:
        raise QuestionError(f"ties of shape {table.shape}", do="give one row and one column a state")
    np.fill_diagonal(table, 0.0)
    if (table < 0.0).any() or not np.array_equal(table, table.T, equal_nan=True):
        raise QuestionError("ties are negative or differ by direction", do="give [i, j] = [j, i] >= 0")
    degree = table.sum(axis=1)
    total = float(degree.sum())
    if not 0.0 < total < math.inf:
        return None
    excess: Floats = table / total - resolution * np.outer(degree / total, degree / total)
    return excess


def _search(excess: Floats, draw: np.random.Generator) -> Groups:
    groups = np.arange(len(excess))
    merged = excess
    while True:
        moved = _renumbered(_settled(merged, np.arange(len(merged)), draw))
        groups = moved[groups]
        blocs = int(moved.max()) + 1
        if blocs == len(merged):
            break
        member = np.zeros((len(merged), blocs))
        member[np.arange(len(merged)), moved] = 1.0
        merged = member.T @ merged @ member
    return _settled(excess, groups, draw)


def _settled(excess: Floats, groups: Groups, draw: np.random.Generator) -> Groups:
    """Move one at a time to the bloc where it adds most (or to an empty one) until nobody gains."""
    groups, n = groups.copy(), len(excess)
    moving = True
    while moving:
        moving = False
        for i in draw.permutation(n).tolist():
            fit = np.bincount(groups, weights=excess[i], minlength=n)
            own = groups[i]
            fit[own] -= excess[i, i]
            target = int(fit.argmax())
            if fit[target] > fit[own] + _GAIN:
                groups[i] = target
                moving = True
    return groups


def _renumbered(groups: Groups) -> Groups:
    """The same blocs numbered from 0 in the order of their first members."""
    _, first, number = np.unique(groups, return_index=True, return_inverse=True)
    order = np.empty(len(first), dtype=np.int64)
    order[np.argsort(first)] = np.arange(len(first))
    renumbered: Groups = order[number]
    return renumbered
