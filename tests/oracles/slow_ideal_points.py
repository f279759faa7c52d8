"""Ideal points the slow and obvious way: the posterior written out vote by vote, climbed by a general search."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Floats = NDArray[np.float64]
Unpacked = tuple[Floats, list[list[tuple[float, float, float]]]]


def below(x: float) -> float:
    """The standard normal distribution function."""
    return math.erfc(-x / math.sqrt(2.0)) / 2.0


def log_posterior(
    sessions: Sequence[Floats], places: Floats, calls: Sequence[Sequence[tuple[float, float, float]]], smooth: float
) -> float:
    """Places [n, t], for every roll call (slope, lower cut, upper cut); slopes have variance 1."""
    total = 0.0
    for t, votes in enumerate(sessions):
        for v, (slope, lower, upper) in enumerate(calls[t]):
            total -= slope**2 / 2
            for i, vote in enumerate(votes[:, v]):
                centre = slope * places[i, t]
                if vote == 1:
                    total += math.log(below(lower - centre))
                elif vote == 2:
                    total += math.log(below(upper - centre) - below(lower - centre))
                elif vote == 3:
                    total += math.log(below(centre - upper))
    for i in range(len(places)):
        counts = [int((~np.isnan(votes[i])).sum()) for votes in sessions]
        seen = [t for t, count in enumerate(counts) if count]
        for a, b in pairwise(seen):
            variance = smooth * counts[b] / (counts[a] + counts[b])
            total -= (places[i, b] - places[i, a]) ** 2 / (2 * variance)
    return total


def best(sessions: Sequence[Floats], start: Floats, *, smooth: float = 0.5, limit: float = 7.0) -> tuple[Floats, float]:
    """Places of highest posterior density with mean 0 and deviation 1, and its logarithm.

    The search is over free numbers, from which places are standardised and cuts put in order. For votes in which no
    state lies at the limit of places; `limit` is that of cuts.
    """
    seen = np.stack([(~np.isnan(votes)).any(axis=1) for votes in sessions], axis=1)
    kinds = [[_kind(votes[:, v]) for v in range(votes.shape[1])] for votes in sessions]

    def unpack(free: Floats) -> Unpacked:
        places = np.full(seen.shape, np.nan)
        own = free[: seen.sum()]
        places[seen] = (own - own.mean()) / own.std()
        rest = iter(free[seen.sum() :])
        return places, [[_call(kind, lambda: float(next(rest)), limit) for kind in session] for session in kinds]

    def objective(free: Floats) -> float:
        try:
            return -log_posterior(sessions, *unpack(free), smooth)
        except ValueError:  # the logarithm of a probability that has underflowed
            return 1e9

    free = np.concatenate([start[seen], np.concatenate([_start(kind) for session in kinds for kind in session])])
    found = minimize(objective, free, method="BFGS", options={"gtol": 1e-6, "maxiter": 3000})
    return unpack(found.x)[0], -float(found.fun)


def _kind(votes: Floats) -> tuple[bool, bool, bool]:
    yes, abstain, no = (bool((votes == level).any()) for level in (1, 2, 3))
    return yes, abstain, no


def _call(kind: tuple[bool, bool, bool], take: Callable[[], float], limit: float) -> tuple[float, float, float]:
    slope = take()
    if kind == (True, True, True):
        lower = take()
        return slope, lower, lower + math.exp(take())
    cut = take()
    return {(True, False, True): (slope, cut, cut), (True, True, False): (slope, cut, limit),
            (False, True, True): (slope, -limit, cut)}[kind]  # fmt: skip


def _start(kind: tuple[bool, bool, bool]) -> Floats:
    return np.array([0.1, -0.3, -0.3] if all(kind) else [0.1, 0.0])
