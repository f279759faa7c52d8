"""What packages of pledges do to the contest, from one inverse that is made only once.

A package makes and ends alliances between a few states S, so the linear system of the efforts, M x = h, changes in a
block B over S alone, and the new solution follows from the old inverse (Woodbury's identity):

    (M + E B E')^-1 h = M^-1 h - M^-1 E (I + B (M^-1)_SS)^-1 B (M^-1 h)_S

with E the columns of S (models.contest, measures.contest). A tie in doubt counts as none.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Floats, Integers
from indivisible.measures.contest import Equilibrium, equilibrium
from indivisible.models.base import Settings
from indivisible.models.contest_network import network_of
from indivisible.models.pledge_moves import Counts, Ever, Moves, counts_of, flipped

_EXACT = 1e-9  # largest residual of the linear system with which a package counts as solved
_CONDITION = 1e9  # beyond this packages are read one by one
_EDGE = 1e-9  # an effort this near to nothing may stand on either side of it


@dataclass(frozen=True, slots=True)
class _Standing:
    """How many pledges of defence there are, and between which pairs any has moved: row times n plus column."""

    counts: Counts
    pairs: Integers


class ContestAtOnce:
    """The contest: payoffs [n] after each package; where a network has no equilibrium, no change is known."""

    kinds: tuple[str, ...] = ("defence",)
    error = 1e-9

    def __init__(self, arrays: Arrays, settings: Settings, system: Floats, before: Floats | None) -> None:
        n = self.n = len(arrays.states)
        self.hostile = np.zeros((n, n), dtype=bool) if arrays.hostility is None else arrays.hostility.sure
        self.beta = settings.number("beta")
        self.system, self.before, self.slope = system, before, system.sum(axis=1)
        self.inverse = np.linalg.inv(system) if before is not None else system
        counts = counts_of(arrays, "defence", settings)
        self.allied = ((counts > 0) | (counts > 0).T) & ~self.hostile
        self.start = _Standing(counts, np.zeros(0, dtype=np.int64))

    @staticmethod
    def of(arrays: Arrays, settings: Settings) -> ContestAtOnce | None:
        """For arrays in which nothing is in doubt; None for others, for fewer than two states, and where it is near
        to being undetermined.
        """
        network = network_of(arrays, settings)
        if len(arrays.states) < 2 or network.doubts:
            return None
        contest = network.contest(settings)
        system = np.eye(len(arrays.states)) + contest.beta * contest.allies - contest.gamma * contest.enemies
        found = equilibrium(contest)
        if not isinstance(found, Equilibrium):
            return ContestAtOnce(arrays, settings, system, None)
        made = ContestAtOnce(arrays, settings, system, found.payoff)
        condition = np.abs(system).sum(axis=0).max() * np.abs(made.inverse).sum(axis=0).max()
        return made if condition <= _CONDITION else None

    def begin(self) -> _Standing:
        """The baseline."""
        return self.start

    def moved(self, held: _Standing, moves: Moves) -> _Standing:
        """After one part more."""
        counts, rows, columns, _ = flipped(held.counts, moves.get("defence"))
        if not len(rows):
            return _Standing(counts, held.pairs)
        pairs = np.minimum(rows, columns) * self.n + np.maximum(rows, columns)
        return _Standing(counts, np.union1d(held.pairs, pairs))

    def change(self, held: _Standing) -> Floats:
        """[n]: the change of every payoff; NaN without an equilibrium before and after."""
        one, other = held.pairs // self.n, held.pairs % self.n
        pledged = (held.counts[one, other] > 0) | (held.counts[other, one] > 0)
        turned = (pledged & ~self.hostile[one, other]) != self.allied[one, other]
        if self.beta == 0.0 or not turned.any():
            return np.zeros(self.n)
        if self.before is None:
            return np.full(self.n, np.nan)
        one, other = one[turned], other[turned]
        payoff = self._payoff(one, other, np.where(self.allied[one, other], -self.beta, self.beta))
        return np.full(self.n, np.nan) if payoff is None else payoff - self.before

    def _payoff(self, one: Integers, other: Integers, by: Floats) -> Floats | None:
        """[n]: payoffs where these pairs' ties weigh so much more; None without an equilibrium that is sure."""
        places, at = np.unique(np.concatenate([one, other]), return_inverse=True)
        first, second = at[: len(one)], at[len(one) :]
        block = np.zeros((len(places), len(places)))
        block[first, second] = block[second, first] = by
        slope = self.slope.copy()
        slope[places] += block.sum(axis=1)
        if (slope <= _EDGE).any():
            return None
        hostility = 1.0 / slope
        lost = 1.0 / float(hostility.sum())
        without = self.inverse @ hostility
        try:
            small = np.eye(len(places)) + block @ self.inverse[np.ix_(places, places)]
            centrality = without - self.inverse[:, places] @ np.linalg.solve(small, block @ without[places])
        except np.linalg.LinAlgError:
            return None
        left = self.system @ centrality - hostility
        left[places] += block @ centrality[places]
        if lost >= 1.0 - _EDGE or np.abs(left).max() > _EXACT or (centrality < _EDGE).any():
            return None
        payoff: Floats = lost * (hostility - (1.0 - lost) * centrality)
        return payoff

    def most(self, added: Ever, gone: Ever) -> Floats:
        """[n]: the whole prize, less what each wins now: an alliance can work either way, so no less is sure."""
        if self.before is None:
            return np.full(self.n, np.inf)
        most: Floats = 1.0 - self.before
        return most
