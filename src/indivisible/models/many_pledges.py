"""What packages of pledges do to every score, one package after another, from sums that are made only once.

A package is taken part by part, and what a part leaves behind is where the next begins, so packages that begin alike
share the way. For deterrence a part brings and ends pledges; who is free to attack whom and who joins whom changes in a
few places of n x n, so the sums over all attacks change by a product of a thin matrix instead of being made again:

    T = F J',   T + dT = T + dF (J + dJ)' + F dJ'

with F[i, k] what k weighs in a war over i where it is free to attack i, and J[j, k] whether k joins an attack that j
leads (models.coalitions). Each equals the slow way but for rounding; figures are taken at their low end, a distance
that is not known as one over which no power reaches, and a pledge in doubt as none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from indivisible.architecture.arrays import PLEDGE_KINDS, Arrays, Bools, Floats, Integers
from indivisible.models import arms_race, commitment, contest, deterrence, distance, risk
from indivisible.models.arms_packages import ArmsRaceAtOnce
from indivisible.models.base import Settings
from indivisible.models.coalitions import shares_of
from indivisible.models.contest_packages import ContestAtOnce
from indivisible.models.pledge_moves import AtOnce, Counts, Ever, Moves, counts_of, flipped
from indivisible.models.reach import balance_of
from indivisible.models.risk_packages import RiskAtOnce

_NOTHING = 1e-8  # of the largest sum: what is left of a sum that is taken away again
_FEW = 12  # changes up to which each is added by itself


def at_once(arrays: Arrays, settings: Settings) -> AtOnce | None:
    """A reader of packages of pledges for a model with these settings; None where there is none.

    That is so for models that have none, for rules that it does not cover, and where a figure has no bounds.
    """
    name = settings.model
    if name == contest.name:
        return ContestAtOnce.of(arrays, settings)
    if name == risk.name:
        return RiskAtOnce.of(arrays, settings)
    if name == arms_race.name:
        return ArmsRaceAtOnce.of(arrays, settings)
    if np.isnan(arrays.power.best).any():
        return None
    if name == deterrence.name and settings.choice("rule") == "leader":
        return None if settings.switch("allies_may_attack") else DeterrenceAtOnce(arrays, settings)
    if name == distance.name and settings.number("reach") == 0.0 and settings.number("forward") == 0.0:
        return DistanceAtOnce(arrays, settings)
    return CommitmentAtOnce(arrays, settings) if name == commitment.name else None


@dataclass(frozen=True, slots=True)
class _War:
    """Where a package stands: how many pledges there are, who may not attack whom, who joins whom, and the sums."""

    counts: Counts
    offers: Counts
    barred: Bools
    joins: Bools
    sums: Floats
    defence: Floats


class DeterrenceAtOnce:
    """Deterrence by the leader rule: scores [n] after each package; the baseline is that of the arrays."""

    kinds: tuple[str, ...] = ("defence", "offence")
    error = 1e-5

    def __init__(self, arrays: Arrays, settings: Settings) -> None:
        n = self.n = len(arrays.states)
        share = shares_of(arrays, settings)
        weight = np.broadcast_to(arrays.power.low * np.where(np.isnan(share), 0.0, share), (n, n))
        self.weight = np.ascontiguousarray(weight)
        own, pledged = np.eye(n, dtype=bool), counts_of(arrays, "defence", settings)
        offers = counts_of(arrays, "offence", settings)
        barred = (pledged > 0) | (pledged > 0).T | own
        joins = ((pledged > 0) | (offers > 0)).T | own
        self.free_weight = np.where(barred, 0.0, self.weight)
        sums = self.free_weight @ joins.T.astype(np.float64)
        defence = np.diagonal(self.weight) + np.where((pledged > 0).T, self.weight, 0.0).sum(axis=1)
        self.start = _War(pledged, offers, barred, joins, sums, defence)
        self.before = self._scores(self.start)
        self.smallest = _NOTHING * float(sums.max(initial=0.0))

    def begin(self) -> _War:
        """The baseline."""
        return self.start

    def moved(self, held: _War, moves: Moves) -> _War:
        """After one part more."""
        counts, rows, columns, now = flipped(held.counts, moves.get("defence"))
        offers, offering, offered, _ = flipped(held.offers, moves.get("offence"))
        if not len(rows) and not len(offering):
            return _War(counts, offers, held.barred, held.joins, held.sums, held.defence)
        defence, barred, sums, joins = held.defence, held.barred, held.sums.copy(), held.joins
        if len(rows):
            defence = defence.copy()
            np.add.at(defence, columns, np.where(now, 1.0, -1.0) * self.weight[columns, rows])
            one, other = moves["defence"].pairs
            allied = (counts[one, other] > 0) | (counts[other, one] > 0)
            turned = allied != barred[one, other]
            a, b = np.concatenate([one[turned], other[turned]]), np.concatenate([other[turned], one[turned]])
            allied = np.concatenate([allied[turned], allied[turned]])
            if len(a):
                barred = barred.copy()
                barred[a, b] = allied
                _add_products(sums, a, b, np.where(allied, -1.0, 1.0) * self.weight[a, b], joins)
        leaders, joining = np.concatenate([columns, offered]), np.concatenate([rows, offering])
        if len(offering) and len(rows):
            spots = np.unique(leaders * self.n + joining)
            leaders, joining = spots // self.n, spots % self.n
        now_joins = (counts[joining, leaders] > 0) | (offers[joining, leaders] > 0)
        turned = now_joins != joins[leaders, joining]
        leaders, joining, now_joins = leaders[turned], joining[turned], now_joins[turned]
        if len(leaders):
            joins = joins.copy()
            joins[leaders, joining] = now_joins
            free = np.where(barred[:, joining], 0.0, self.weight[:, joining])
            _add_columns(sums, leaders, np.where(now_joins, free, -free))
        return _War(counts, offers, barred, joins, sums, defence)

    def changes(self, moves: Moves) -> Floats:
        """[n]: the change of every score by one package."""
        return self.change(self.moved(self.start, moves))

    def change(self, held: _War) -> Floats:
        """[n]: the change of every score; NaN where a state is unopposed before and after, or has no defence."""
        if held.sums is self.start.sums:
            return np.zeros(self.n)
        with np.errstate(invalid="ignore"):
            found: Floats = self._scores(held, self.smallest) - self.before
        return found

    def most(self, added: Ever, gone: Ever) -> Floats:
        """[n]: the most that each could gain: everybody pledged to it, nobody joining those who may attack it."""
        held, own = self.start, np.eye(self.n, dtype=bool)
        pledged = (held.counts > 0) | added["defence"]
        barred = pledged | pledged.T | own
        joins = (((held.counts > 0) & ~gone["defence"]) | ((held.offers > 0) & ~gone["offence"])).T | own
        sums = np.where(barred, 0.0, self.weight) @ joins.T.astype(np.float64)
        defence = np.diagonal(self.weight) + np.where(pledged.T, self.weight, 0.0).sum(axis=1)
        with np.errstate(invalid="ignore"):
            found: Floats = self._scores(replace(held, barred=barred, sums=sums, defence=defence)) - self.before
        return found

    def _scores(self, held: _War, smallest: float = 0.0) -> Floats:
        attack = np.multiply(held.sums, ~held.barred).max(axis=1, initial=0.0)  # quicker than to choose
        attack[attack <= smallest] = 0.0
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.log(held.defence / attack)
        found[held.defence < smallest] = np.nan
        return found


def _add_products(sums: Floats, rows: Integers, columns: Integers, values: Floats, joins: Bools) -> None:
    """sums[i, :] += sum over e with rows[e] = i of values[e] * joins[:, columns[e]]."""
    if len(rows) <= _FEW:
        for row, column, value in zip(rows.tolist(), columns.tolist(), values.tolist(), strict=True):
            sums[row] += value * joins[:, column]
        return
    lines, line = np.unique(rows, return_inverse=True)
    kinds, kind = np.unique(columns, return_inverse=True)
    thin = np.zeros((len(lines), len(kinds)))
    np.add.at(thin, (line, kind), values)
    sums[lines] += thin @ joins[:, kinds].T.astype(np.float64)


def _add_columns(sums: Floats, places: Integers, values: Floats) -> None:
    """sums[:, places[e]] += values[:, e] for each e in turn."""
    if len(places) <= _FEW:
        for e, place in enumerate(places.tolist()):
            sums[:, place] += values[:, e]
        return
    kinds, kind = np.unique(places, return_inverse=True)
    spread = np.zeros((len(places), len(kinds)))
    spread[np.arange(len(places)), kind] = 1.0
    sums[:, kinds] += values @ spread


@dataclass(frozen=True, slots=True)
class _Sum:
    """Where a package stands: how many pledges there are, and what those who gave them bring to each state."""

    counts: Counts
    inside: Floats


class SumAtOnce:
    """A score that is a function of what those pledged to a state bring, of all that is brought."""

    error = 1e-6

    def __init__(self, kind: str, brought: Floats, counts: Counts, own: Floats) -> None:
        self.kinds: tuple[str, ...] = (kind,)
        self.brought, self.total = brought, brought.sum(axis=1)
        inside = np.where((counts > 0).T, brought, 0.0).sum(axis=1) + own
        self.start = _Sum(counts, inside)
        self.smallest = _NOTHING * float(self.total.max(initial=0.0))
        self.before = self.scores(self.start.inside, 0.0)

    def begin(self) -> _Sum:
        """The baseline."""
        return self.start

    def moved(self, held: _Sum, moves: Moves) -> _Sum:
        """After one part more."""
        counts, rows, columns, now = flipped(held.counts, moves.get(self.kinds[0]))
        if not len(rows):
            return _Sum(counts, held.inside)
        inside = held.inside.copy()
        np.add.at(inside, columns, np.where(now, 1.0, -1.0) * self.brought[columns, rows])
        return _Sum(counts, inside)

    def changes(self, moves: Moves) -> Floats:
        """[n]: the change of every score by one package."""
        return self.change(self.moved(self.start, moves))

    def change(self, held: _Sum) -> Floats:
        """[n]: the change of every score; NaN where there is none before and after."""
        if held.inside is self.start.inside:
            return np.zeros(len(self.total))
        with np.errstate(invalid="ignore"):
            found: Floats = self.scores(held.inside, self.smallest) - self.before
        return found

    def most(self, added: Ever, gone: Ever) -> Floats:
        """[n]: the most that each could gain: everybody pledged to it who may be."""
        new = added[self.kinds[0]] & (self.start.counts <= 0)
        inside = self.start.inside + np.where(new.T, self.brought, 0.0).sum(axis=1)
        with np.errstate(invalid="ignore"):
            found: Floats = self.scores(inside, self.smallest) - self.before
        return found

    def scores(self, inside: Floats, smallest: float) -> Floats:
        """[n]: the scores; what is left of all that is brought counts as nothing where it is no more than that."""
        raise NotImplementedError

    def needed(self, change: float, lowest: Floats) -> Floats:
        """[n]: what has to be brought for a score to change by no less, where it never falls below `lowest`; NaN
        where no such condition follows.
        """
        raise NotImplementedError


class DistanceAtOnce(SumAtOnce):
    """Distance with power that starts at the capital: scores [n] after each package."""

    def __init__(self, arrays: Arrays, settings: Settings) -> None:
        balance = balance_of(arrays, settings)
        counts = counts_of(arrays, "defence", settings)
        own = np.where(np.diagonal((counts > 0).T), 0.0, np.diagonal(balance.brought.low))
        super().__init__("defence", np.ascontiguousarray(balance.brought.low), counts, own)

    def scores(self, inside: Floats, smallest: float) -> Floats:
        """The log of those who defend over all others."""
        others = self.total - inside
        others = np.where(others > smallest, others, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.log(inside / others)
        found[inside < smallest] = np.nan
        return found

    def needed(self, change: float, lowest: Floats) -> Floats:
        """The share of all that goes with the log ratio; all of it where nobody else reaches a state."""
        with np.errstate(over="ignore"):
            found: Floats = self.total / (1.0 + np.exp(-(self.before + change)))
        found = np.where(np.isposinf(self.before), self.total - self.smallest, found)
        return np.where((lowest < self.smallest) | np.isneginf(self.before), np.nan, found)


class CommitmentAtOnce(SumAtOnce):
    """Commitment: the share of all power that reaches a state that those bound to it have."""

    def __init__(self, arrays: Arrays, settings: Settings) -> None:
        kind = settings.choice("kind")
        if kind not in PLEDGE_KINDS:
            raise ValueError(kind)
        reach = commitment.reach_of(arrays, settings)
        counts = counts_of(arrays, kind, settings)
        super().__init__(kind, np.ascontiguousarray(reach.power.low), counts, np.zeros(len(arrays.states)))

    def scores(self, inside: Floats, smallest: float) -> Floats:
        """The share; NaN where nothing reaches a state."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.where(self.total > 0.0, inside / self.total, np.nan)
        return found

    def needed(self, change: float, lowest: Floats) -> Floats:
        """So much more of all that is brought."""
        found: Floats = (self.before + change) * self.total
        return found
