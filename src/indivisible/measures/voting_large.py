"""Voting power in bodies too large to count exactly: one weighted quota, in floating point, with a bound on the error.

The weight of those who vote yes is a sum of independent votes. Its distribution up to the quota is built vote by vote;
what it would be without player i follows by dividing i's vote out again. Player i is decisive where the others' weight
lies from quota - w_i up to quota.

* Banzhaf: every vote is yes with probability 1/2.
* Shapley-Shubik: the integral over t from 0 to 1 of f_i(t), the probability that i is decisive when every vote is yes
  with probability t (Owen's multilinear extension, 1972), by Gauss and Legendre's rule.

With r = t / (1 - t) the generating product of (1 + r x^w) needs one multiplication and one addition a weight. For
t above 1/2 the dual rule is taken (quota: sum of weights + 1 - quota), under which i is decisive in the complements.

What the stated error holds together, with n players and u = 2^-53:

* Rounding. All terms of the table are positive, so that its relative error grows with the number of operations only,
  at most 6 a vote; dividing a vote out sums disjoint parts of it, each once. At most (12 n + 300) u.
* Too few nodes. f_i is a polynomial of degree n - 1, and n / 2 nodes would give it exactly. Far fewer do: wherever z
  lies in the plane, |f_i(z)| <= (|z| + |1 - z|)^(n - 1), which is constant on an ellipse around 0 and 1; Bernstein's
  theorem on the approximation of such a function by a polynomial then bounds what m nodes leave out.
* Nodes left out, where hardly any coalition is near the quota: at most the probability, by Chernoff's bound, that the
  weight of all who vote yes is as large as the quota less the largest weight.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_rules import Quota, checked

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
MOST_PLAYERS = 2000
MOST_WEIGHT = 50_000_000  # sum of weights after dividing out their common factor; a table of that many numbers
_UNIT = 2.0**-53


@dataclass(frozen=True, eq=False)
class LargePower:
    """Banzhaf (absolute) and, where asked, Shapley-Shubik of every player; `error` bounds the absolute error of each.

    A player whose index is smaller than its error cannot be told from one without power.
    """

    banzhaf: Floats
    shapley_shubik: Floats | None
    error: float
    nodes: int

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
    if not can_integrate(rule):
        raise QuestionError(
            f"{players} players with weights that sum to {int(weights.sum()):,}", do="round the weights"
        )
    rounding = (12 * players + 300) * _UNIT
    banzhaf = _decisive(weights, quota, 0.5)
    if not shapley:
        return LargePower(banzhaf, None, rounding, 1)
    found, left_out, nodes = _by_integration(weights, quota)
    return LargePower(banzhaf, found, rounding + left_out, 1 + nodes)


def can_integrate(rule: Quota) -> bool:
    """Whether the rule is within the limits of `large_power`."""
    return len(rule.weights) <= MOST_PLAYERS and sum(rule.weights) // math.gcd(*rule.weights) <= MOST_WEIGHT


def _by_integration(weights: Integers, quota: int) -> tuple[Floats, float, int]:
    """Shapley-Shubik, a bound on what is left out, and how many nodes were looked at."""
    number, left_out = _nodes_for(len(weights))
    nodes, shares = np.polynomial.legendre.leggauss(number)
    found, looked = np.zeros(len(weights)), 0
    dual = int(weights.sum()) + 1 - quota
    for node, share in zip(((1.0 + nodes) / 2.0).tolist(), (shares / 2.0).tolist(), strict=True):
        t, needed = (node, quota) if node <= 0.5 else (1.0 - node, dual)
        nothing = share * _at_least(weights, needed - int(weights.max()), t)
        if nothing < _UNIT / number:
            left_out += nothing
        else:
            found += share * _decisive(weights, needed, t)
            looked += 1
    return found, left_out, looked


def _nodes_for(players: int) -> tuple[int, float]:
    """The fewest nodes that leave out less than rounding does, and a bound on what they leave out.

    On the ellipse with foci 0 and 1 whose sum of distances is cosh(v), |f_i| <= cosh(v)^(n - 1); the rule is exact up
    to degree 2 m - 1, and the best polynomial of that degree is within 2 cosh(v)^(n - 1) e^(-(2 m - 1) v) / (e^v - 1).
    """
    exact = (players + 1) // 2
    v = np.linspace(0.01, 6.0, 600)[None, :]
    m = np.arange(1, exact + 1)[:, None]
    logs = math.log(4.0) + (players - 1) * np.log(np.cosh(v)) - (2 * m - 1) * v - np.log(np.expm1(v))
    best = np.exp(np.minimum(logs.min(axis=1), 700.0))
    enough = np.flatnonzero(best <= players * _UNIT)
    return (int(enough[0]) + 1, float(best[enough[0]])) if len(enough) else (exact, 0.0)


def _at_least(weights: Integers, needed: int, t: float) -> float:
    """Chernoff's bound on the probability that the yes weight is `needed` or more."""
    if needed <= 0:
        return 1.0
    tilts = 2.0 ** np.arange(-12.0, 9.0, 0.5)[:, None] / float(weights.max())
    moments = np.log1p(t * np.expm1(tilts * weights[None, :])).sum(axis=1)
    return math.exp(min(0.0, float((moments - tilts[:, 0] * needed).min())))


def _decisive(weights: Integers, quota: int, t: float) -> Floats:
    """[i]: the probability that the others' yes weight lies from quota - w_i up to quota, every vote yes with t."""
    table = _distribution(weights, quota, t)
    ratio = t / (1.0 - t)
    found = np.zeros(len(weights))
    for weight in np.unique(weights[weights > 0]).tolist():
        windows = _windows(table, weight, ratio)
        found[weights == weight] = float((windows * (-ratio) ** np.arange(len(windows))).sum()) / (1.0 - t)
    return found


def _windows(table: Floats, width: int, ratio: float) -> Floats:
    """Sums of the table from its end downwards, `width` numbers each, as far as ratio^k is not as good as nothing."""
    full, rest = divmod(len(table), width)
    if ratio < 1.0:
        most = math.ceil(60.0 * math.log(2.0) / -math.log(ratio))
        if full >= most:
            full, rest = most, 0
    grid = table[len(table) - full * width :].reshape(full, width)[::-1]
    if width < 8:  # short rows are summed column by column, which is quicker
        sums: Floats = sum((grid[:, k] for k in range(1, width)), start=grid[:, 0])
    else:
        sums = grid.sum(axis=1)
    return np.append(sums, table[:rest].sum()) if rest else sums


_TOGETHER = 256  # votes after which the table is scaled back, so that nothing overflows
_BLOCK = 1 << 15  # numbers that stay in the fast memory of a processor


def _distribution(weights: Integers, quota: int, t: float) -> Floats:
    """Probabilities of a yes weight of 0 up to, not including, the quota; t is at most 1/2.

    The table holds the product of (1 + r x^w), r = t / (1 - t), and is scaled by (1 - t) for every vote. A vote moves
    it upwards in blocks, the highest first, so that nothing is read that has moved already.
    """
    table, spare = np.zeros(quota), np.empty(_BLOCK)
    table[0], ratio, reach, waiting = 1.0, t / (1.0 - t), 1, 0
    for weight in np.sort(weights[weights > 0]).tolist():
        stop = min(reach, quota - weight)
        while stop > 0:
            start = max(0, stop - _BLOCK)
            moved = np.multiply(table[start:stop], ratio, out=spare[: stop - start])
            table[start + weight : stop + weight] += moved
            stop = start
        reach, waiting = min(quota, reach + weight), waiting + 1
        if waiting == _TOGETHER:
            table[:reach] *= (1.0 - t) ** waiting
            waiting = 0
    table *= (1.0 - t) ** waiting
    return table
