"""What packages of pledges do to the risk of every state, from log odds that are made only once.

A pledge of defence moves the odds of those who might attack the state it is given to, and of that state's own attacks;
a pledge of nonaggression or neutrality the odds of one pair. So of the n x n log odds only the columns and rows of
states that won or lost a defender are made anew, and single entries besides (models.risk_terms).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers
from indivisible.models.base import Settings
from indivisible.models.pledge_moves import Counts, Ever, Moves, counts_of, flipped
from indivisible.models.risk import fitted
from indivisible.models.risk_change import hazards, score
from indivisible.models.risk_terms import Term, View
from indivisible.panels.onset_columns import COLUMNS

_DEFENCE, _RESTRAINT = "defence", ("nonaggression", "neutrality")


@dataclass(frozen=True, slots=True)
class _Standing:
    """How many pledges of each kind there are; who won or lost a defender, and what pairs (row times n plus column) a
    promise of restraint, so far.
    """

    counts: tuple[Counts, Counts, Counts]
    helped: Integers
    restrained: Integers


class RiskAtOnce:
    """Risk: scores [n] after each package."""

    kinds: tuple[str, ...] = (_DEFENCE, *_RESTRAINT)
    error = 1e-8

    def __init__(self, arrays: Arrays, settings: Settings, view: View, odds: Term, weights: dict[str, float]) -> None:
        self.n, self.share, self.odds, self.weights = len(arrays.states), view.share.best, odds.best, weights
        defence, nonaggression, neutrality = (counts_of(arrays, kind, settings) for kind in self.kinds)
        self.start = _Standing((defence, nonaggression, neutrality), *(np.zeros(0, dtype=np.int64),) * 2)
        self.defended, self.restrained = defence > 0, (nonaggression > 0) | (neutrality > 0)
        self.shield = self._shield(self.defended, np.arange(self.n))
        self.hazards = hazards(self.odds)
        self.total = self.hazards.sum(axis=0)
        self.before = score(self.total)

    @staticmethod
    def of(arrays: Arrays, settings: Settings) -> RiskAtOnce | None:
        """For known capabilities and ties without a doubt; None for other arrays and for fewer than two states."""
        view, odds, weights = fitted(arrays, settings)
        ties = (view.defence, view.restraint) if view.hostile is None else (view.defence, view.restraint, view.hostile)
        if len(arrays.states) < 2 or view.share.low is not view.share.high or any(one.doubt.any() for one in ties):
            return None
        return RiskAtOnce(arrays, settings, view, odds, dict(zip(COLUMNS, weights, strict=False)))

    def begin(self) -> _Standing:
        """The baseline."""
        return self.start

    def moved(self, held: _Standing, moves: Moves) -> _Standing:
        """After one part more."""
        found, helped, restrained = [], held.helped, held.restrained
        for kind, counts in zip(self.kinds, held.counts, strict=True):
            after, rows, columns, _ = flipped(counts, moves.get(kind))
            found.append(after)
            if len(rows) and kind == _DEFENCE:
                helped = np.union1d(helped, columns)
            elif len(rows):
                restrained = np.union1d(restrained, rows * self.n + columns)
        return _Standing((found[0], found[1], found[2]), helped, restrained)

    def change(self, held: _Standing) -> Floats:
        """[n]: the change of every score; NaN where what enters it is not known."""
        defended, anew = held.counts[0] > 0, held.helped
        rows, columns = held.restrained // self.n, held.restrained % self.n
        now = (held.counts[1][rows, columns] > 0) | (held.counts[2][rows, columns] > 0)
        turned = now != self.restrained[rows, columns]
        if not len(anew) and not turned.any():
            return np.zeros(self.n)
        rows, columns, now = rows[turned], columns[turned], now[turned]
        odds = self.odds.copy()
        if len(anew):
            allied = self.weights["allied"] * self._newly_allied(defended, anew)
            odds[:, anew] += allied
            allied[anew] = 0.0  # a pair of whom both are in it has moved
            odds[anew, :] += allied.T
            more = self._shield(defended, anew) - self.shield[:, anew]
            odds[:, anew] += self.weights["shield"] * more
            odds[anew, :] += self.weights["backing"] * more.T
        odds[rows, columns] += np.where(now, 1.0, -1.0) * self.weights["restraint"]
        np.fill_diagonal(odds, -np.inf)
        lines = np.union1d(anew, rows)
        total = self.total + (hazards(odds[lines]) - self.hazards[lines]).sum(axis=0)
        total[anew] = hazards(odds[:, anew]).sum(axis=0)
        found: Floats = score(total) - self.before
        return found

    def _newly_allied(self, defended: Bools, anew: Integers) -> Floats:
        """[i, k]: 1 where i and anew[k] have become allied, -1 where they have ceased to be."""
        before, after = (table[:, anew] | table[anew, :].T for table in (self.defended, defended))
        return after.astype(np.float64) - before

    def _shield(self, defended: Bools, which: Integers) -> Floats:
        """[i, k]: log of 1 + what others than i are pledged to bring to which[k], over its own: `onset_columns`."""
        pledged = np.where(defended[:, which], self.share[:, None], 0.0)
        rest = pledged.sum(axis=0)[None, :] - pledged
        made: Floats = np.log1p(np.maximum(rest, 0.0) / self.share[which][None, :])
        return made

    def most(self, added: Ever, gone: Ever) -> Floats:
        """[n]: no bound is known."""
        return np.full(self.n, np.inf)
