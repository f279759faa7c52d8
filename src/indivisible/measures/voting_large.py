"""Voting power in bodies too large to count exactly: one weighted quota, in floating point, with a bound on the error.

The weight of those who vote yes is a sum of independent votes. Its distribution up to the quota is built vote by vote;
what it would be without player i follows by dividing i's vote out again. Player i is decisive where the others' weight
lies from quota - w_i up to quota.

* Banzhaf: every vote is yes with probability 1/2.
* Shapley-Shubik: the integral over t from 0 to 1 of the probability that i is decisive when every vote is yes with
  probability t (Owen's multilinear extension, 1972). It is a polynomial of degree n - 1 in t, so that Gauss and
  Legendre's rule with n / 2 nodes gives it exactly but for rounding.

With r = t / (1 - t) the generating product of (1 + r x^w) needs one multiplication and one addition a weight. For
t above 1/2 the dual rule is taken (quota: sum of weights + 1 - quota), under which i is decisive in the complements.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_rules import Quota, checked

Floats = NDArray[np.float64]
MOST_PLAYERS = 2000
MOST_WEIGHT = 50_000_000  # sum of weights after dividing out their common factor; a table of that many numbers
_EPSILON = float(np.finfo(np.float64).eps)


@dataclass(frozen=True, eq=False)
class LargePower:
    """Banzhaf (absolute) and, where asked, Shapley-Shubik of every player; `error` bounds the absolute rounding error.

    A player whose index is smaller than its error cannot be told from one without power.
    """

    banzhaf: Floats
    shapley_shubik: Floats | None
    error: float

    @property
    def normalised(self) -> Floats:
        """Banzhaf as shares of one."""
        found: Floats = self.banzhaf / self.banzhaf.sum()
        return found


def large_power(rule: Quota, *, shapley: bool = True) -> LargePower:
    """Indices of one weighted quota with any number of players. Raises QuestionError for what is too large."""
    players = checked(rule)
    common = math.gcd(*rule.weights)
    weights = np.array(rule.weights, dtype=np.int64) // common
    quota = -(-rule.quota // common)
    if players > MOST_PLAYERS or int(weights.sum()) > MOST_WEIGHT:
        raise QuestionError(
            f"{players} players with weights that sum to {int(weights.sum()):,}", do="round the weights"
        )
    banzhaf = _decisive(weights, quota, 0.5)
    found = _by_integration(weights, quota) if shapley else None
    # every number is a sum of at most quota / w + n terms below 1, each rounded a few times
    error = 8.0 * _EPSILON * (players + float(quota) / max(1.0, float(weights[weights > 0].min(initial=1))))
    return LargePower(banzhaf, found, error)


def _by_integration(weights: NDArray[np.int64], quota: int) -> Floats:
    nodes, shares = np.polynomial.legendre.leggauss((len(weights) + 1) // 2)
    found = np.zeros(len(weights))
    dual = int(weights.sum()) + 1 - quota
    for node, share in zip(nodes, shares, strict=True):
        t = (1.0 + float(node)) / 2.0
        at = _decisive(weights, quota, t) if t <= 0.5 else _decisive(weights, dual, 1.0 - t)
        found += share / 2.0 * at
    return found


def _decisive(weights: NDArray[np.int64], quota: int, t: float) -> Floats:
    """[i]: the probability that the others' yes weight lies from quota - w_i up to quota, every vote yes with t."""
    cumulative = np.concatenate([[0.0], np.cumsum(_distribution(weights, quota, t))])
    ratio = t / (1.0 - t)
    found = np.zeros(len(weights))
    for weight in np.unique(weights):
        if weight == 0:
            continue
        edges = np.arange(quota, 0, -int(weight))
        ends = np.maximum(edges - int(weight), 0)
        windows = cumulative[edges] - cumulative[ends]
        signs = (-ratio) ** np.arange(len(edges))
        found[weights == weight] = float(windows @ signs) / (1.0 - t)
    return found


_TOGETHER = 256  # votes after which the table is scaled back, so that nothing overflows


def _distribution(weights: NDArray[np.int64], quota: int, t: float) -> Floats:
    """Probabilities of a yes weight of 0 up to, not including, the quota; t is at most 1/2.

    The table holds the product of (1 + r x^w), r = t / (1 - t), and is scaled by (1 - t) for every vote.
    """
    table, spare = np.zeros(quota), np.empty(quota)
    table[0], ratio, reach, waiting = 1.0, t / (1.0 - t), 1, 0
    for weight in np.sort(weights[weights > 0]).tolist():
        moved = min(reach, quota - weight)
        if moved > 0:
            np.multiply(table[:moved], ratio, out=spare[:moved])
            np.add(table[weight : weight + moved], spare[:moved], out=table[weight : weight + moved])
        reach, waiting = min(quota, reach + weight), waiting + 1
        if waiting == _TOGETHER:
            table[:reach] *= (1.0 - t) ** waiting
            waiting = 0
    table *= (1.0 - t) ** waiting
    return table
