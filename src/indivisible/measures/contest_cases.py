"""One contest in many cases: a few ties may be there or not, and each way of settling them has its own equilibrium.

The ties in doubt change a small block of the linear system, so that one inverse does for all cases (Woodbury's
identity) and a case costs O(n^2) instead of O(n^3).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.contest import Contest, Equilibrium, equilibrium

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]

_EXACT = 1e-9  # largest residual of the linear system with which a case is taken as solved
_CONDITION = 1e9  # beyond this for the system without the ties in doubt, each case is solved from scratch


@dataclass(frozen=True)
class Cases:
    """Ties in doubt: `pairs` [p, 2] of positions, and in each case [s, p] what they are: 1 allied, -1 enemies, 0 none.

    In the contest that they belong to, the pairs have no tie.
    """

    pairs: Integers
    ties: Integers


def payoffs(contest: Contest, cases: Cases) -> tuple[Floats, Bools]:
    """Payoff of each group in each case [s, n], and whether there is an interior equilibrium [s]; NaN where not.

    For contests with a prize of 1, costs of 1 and no shifters.
    """
    count, n = len(cases.ties), len(contest.allies)
    if not len(cases.pairs):
        found = _payoff(contest)
        row = np.full(n, np.nan) if found is None else found
        return np.tile(row, (count, 1)), np.full(count, found is not None)
    solved = _all_at_once(contest, cases)
    return _one_by_one(contest, cases) if solved is None else solved


def settled(contest: Contest, cases: Cases, case: int) -> Contest:
    """The contest as it is in one case."""
    allies, enemies = contest.allies.copy(), contest.enemies.copy()
    for (i, j), tie in zip(cases.pairs.tolist(), cases.ties[case].tolist(), strict=True):
        table = allies if tie > 0 else enemies
        table[i, j] = table[j, i] = abs(tie)
    return Contest(allies, enemies, contest.beta, contest.gamma)


def _payoff(contest: Contest) -> Floats | None:
    found = equilibrium(contest)
    return found.payoff if isinstance(found, Equilibrium) else None


def _one_by_one(contest: Contest, cases: Cases) -> tuple[Floats, Bools]:
    payoff = np.full((len(cases.ties), len(contest.allies)), np.nan)
    interior = np.zeros(len(cases.ties), dtype=bool)
    for case in range(len(cases.ties)):
        found = _payoff(settled(contest, cases, case))
        if found is not None:
            payoff[case], interior[case] = found, True
    return payoff, interior


def _all_at_once(contest: Contest, cases: Cases) -> tuple[Floats, Bools] | None:
    """None where the system without the ties in doubt, or that of a case, is too near to a singular one."""
    n = len(contest.allies)
    base = np.eye(n) + contest.beta * contest.allies - contest.gamma * contest.enemies
    places, at = np.unique(cases.pairs, return_inverse=True)
    at = at.reshape(cases.pairs.shape)
    weight = np.where(cases.ties > 0, contest.beta, -contest.gamma) * (cases.ties != 0)
    block = np.zeros((len(weight), len(places), len(places)))
    block[:, at[:, 0], at[:, 1]] = weight
    block[:, at[:, 1], at[:, 0]] = weight
    slope = np.tile(base.sum(axis=1), (len(weight), 1))
    slope[:, places] += block.sum(axis=2)
    open_ = np.asarray((slope > 0.0).all(axis=1))
    hostility = 1.0 / np.where(open_[:, None], slope, 1.0)
    try:
        inverse = np.linalg.inv(base)
        without = hostility @ inverse.T
        small = np.eye(len(places)) + inverse[np.ix_(places, places)] @ block
        inner = block @ np.linalg.solve(small, without[:, places, None])
    except np.linalg.LinAlgError:
        return None
    centrality = without - inner[:, :, 0] @ inverse[:, places].T
    left = centrality @ base.T - hostility
    left[:, places] += (block @ centrality[:, places, None])[:, :, 0]
    condition = np.abs(base).sum(axis=0).max() * np.abs(inverse).sum(axis=0).max()
    if condition > _CONDITION or (open_ & (np.abs(left).max(axis=1) > _EXACT)).any():
        return None
    total = hostility.sum(axis=1)
    interior = open_ & (total > 1.0) & (centrality >= 0.0).all(axis=1)
    lost = 1.0 / total
    payoff = lost[:, None] * (hostility - (1.0 - lost)[:, None] * centrality)
    return np.where(interior[:, None], payoff, np.nan), interior
