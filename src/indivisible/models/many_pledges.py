"""What packages of pledges do to every score, one package after another, from sums that are made only once.

For deterrence by the leader rule and for distance from the capital, with every figure and pledge known. A package
brings and ends pledges; who is free to attack whom and who joins whom changes in a few places of n x n, so the sums
over all attacks change by a product of a thin matrix instead of being made again:

    T = F J',   T + dT = T + dF (J + dJ)' + F dJ'

with F[i, k] what k weighs in a war over i where it is free to attack i, and J[j, k] whether k joins an attack that j
leads (models.coalitions). Each equals the slow way but for rounding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers
from indivisible.models.base import Settings
from indivisible.models.coalitions import EU_42_7_TREATIES, shares_of
from indivisible.models.reach import balance_of

_NOTHING = 1e-9  # of the largest sum: what is left of a sum that is taken away again
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class PledgeMoves:
    """Pledges that come and go, of one kind: [e] from row `senders` to row `receivers`, how many more or fewer."""

    senders: Integers
    receivers: Integers
    more: Integers

    @staticmethod
    def none() -> PledgeMoves:
        """Nothing moves."""
        nothing = np.zeros(0, dtype=np.int64)
        return PledgeMoves(nothing, nothing, nothing)


Moves = Mapping[str, PledgeMoves]


def counts_of(arrays: Arrays, kind: str, settings: Settings) -> Counts:
    """[i, j]: how many pledges of a kind i has given j, those left out by the settings not among them."""
    n = len(arrays.states)
    table = np.zeros((n, n), dtype=np.int64)
    without = () if settings.switch("eu_42_7") else EU_42_7_TREATIES
    for made in arrays.promises:
        if made.kind == kind:
            kept = np.array([name not in without for name in made.treaties])[made.treaty] & made.certain
            np.add.at(table, (made.senders[kept], made.receivers[kept]), 1)
    return table


def covers(model: str, settings: Settings) -> bool:
    """Whether a model with these settings can be read this way."""
    if model == "deterrence":
        return settings.choice("rule") == "leader" and not settings.switch("allies_may_attack")
    if model == "distance":
        return settings.number("reach") == 0.0 and settings.number("forward") == 0.0
    return False


def _flipped(counts: Counts, moves: PledgeMoves) -> tuple[Integers, Integers, Bools]:
    """Where there was no pledge and is one now (True), or the reverse (False); [e] rows, columns, which."""
    if not len(moves.senders):
        return moves.senders, moves.receivers, moves.more > 0
    places = moves.senders * len(counts) + moves.receivers
    spots, back = np.unique(places, return_inverse=True)
    more = np.zeros(len(spots), dtype=np.int64)
    np.add.at(more, back, moves.more)
    held = counts.ravel()[spots]
    turned = (held > 0) != (held + more > 0)
    spots, now = spots[turned], (held + more > 0)[turned]
    return spots // len(counts), spots % len(counts), now


class DeterrenceAtOnce:
    """Deterrence by the leader rule: scores [n] after each package; the baseline is that of the arrays."""

    def __init__(self, arrays: Arrays, settings: Settings) -> None:
        self.n = len(arrays.states)
        share = shares_of(arrays, settings)
        self.weight = np.broadcast_to(arrays.power.low * np.where(np.isnan(share), 0.0, share), (self.n, self.n))
        self.own = np.ascontiguousarray(np.diagonal(self.weight))
        self.defence_counts = counts_of(arrays, "defence", settings)
        self.offence_counts = counts_of(arrays, "offence", settings)
        self.pledged = self.defence_counts > 0
        self.offers = self.offence_counts > 0
        own = np.eye(self.n, dtype=bool)
        self.barred = self.pledged | self.pledged.T | own
        self.free_weight = np.where(self.barred, 0.0, self.weight)
        self.joins = ((self.pledged | self.offers).T | own).astype(np.float64)
        self.sums = self.free_weight @ self.joins.T
        self.defence = self.own + np.where(self.pledged.T, self.weight, 0.0).sum(axis=1)
        self.smallest = _NOTHING * float(self.sums.max(initial=0.0))
        self.before = self._scores(self.sums, self.barred, self.defence)

    def changes(self, moves: Moves) -> Floats:
        """[n]: the change of every score; NaN where a state is unopposed before and after, or has no defence."""
        rows, columns, now = _flipped(self.defence_counts, moves.get("defence", PledgeMoves.none()))
        offers, offered, also = _flipped(self.offence_counts, moves.get("offence", PledgeMoves.none()))
        if not len(rows) and not len(offers):
            return np.zeros(self.n)
        defence = self.defence.copy()
        np.add.at(defence, columns, np.where(now, 1.0, -1.0) * self.weight[columns, rows])
        sums, barred = self._moved(rows, columns, now, offers, offered, also)
        with np.errstate(invalid="ignore"):
            found: Floats = self._scores(sums, barred, defence) - self.before
        return found

    def _moved(
        self, rows: Integers, columns: Integers, now: Bools, offers: Integers, offered: Integers, also: Bools
    ) -> tuple[Floats, Bools]:
        """The sums of all attacks, and who is barred from which, after these pledges have come and gone."""
        touched = np.concatenate([rows, columns])
        mirror = np.concatenate([columns, rows])
        pledged = self.pledged.copy()
        pledged[rows, columns] = now
        spots = np.unique(touched * self.n + mirror)
        a, b = spots // self.n, spots % self.n
        allied = pledged[a, b] | pledged[b, a]
        turned = allied != self.barred[a, b]
        a, b, allied = a[turned], b[turned], allied[turned]
        barred = self.barred.copy()
        barred[a, b] = allied
        free = np.where(allied, -1.0, 1.0) * self.weight[a, b]
        offering = self.offers
        if len(offers):
            offering = offering.copy()
            offering[offers, offered] = also
        spots = np.unique(np.concatenate([columns * self.n + rows, offered * self.n + offers]))
        leaders, joining = spots // self.n, spots % self.n
        join = (pledged[joining, leaders] | offering[joining, leaders]).astype(np.float64) - self.joins[
            leaders, joining
        ]
        moved = join != 0.0
        leaders, joining, join = leaders[moved], joining[moved], join[moved]
        joins = self.joins
        if len(leaders):
            joins = joins.copy()
            joins[leaders, joining] += join
        sums = self.sums.copy()
        _add_products(sums, a, b, free, joins)
        _add_products(sums.T, leaders, joining, join, self.free_weight)
        return sums, barred

    def _scores(self, sums: Floats, barred: Bools, defence: Floats) -> Floats:
        attack = np.where(barred, 0.0, sums).max(axis=1, initial=0.0)
        attack = np.where(attack > self.smallest, attack, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.log(defence) - np.log(attack)
        return found


def _add_products(sums: Floats, rows: Integers, columns: Integers, values: Floats, table: Floats) -> None:
    """sums[i, :] += sum over e with rows[e] = i of values[e] * table[:, columns[e]]."""
    if not len(rows):
        return
    lines, line = np.unique(rows, return_inverse=True)
    kinds, kind = np.unique(columns, return_inverse=True)
    thin = np.zeros((len(lines), len(kinds)))
    np.add.at(thin, (line, kind), values)
    sums[lines] += thin @ table[:, kinds].T


class DistanceAtOnce:
    """Distance with power that starts at the capital: scores [n] after each package."""

    def __init__(self, arrays: Arrays, settings: Settings) -> None:
        balance = balance_of(arrays, settings)
        self.n = len(arrays.states)
        self.brought = balance.brought.low
        self.counts = counts_of(arrays, "defence", settings)
        self.total = self.brought.sum(axis=1)
        self.defence = np.where(balance.defends.sure, self.brought, 0.0).sum(axis=1)
        self.smallest = _NOTHING * float(self.total.max(initial=0.0))
        self.before = self._scores(self.defence)

    def changes(self, moves: Moves) -> Floats:
        """[n]: the change of every score; NaN where a state is unopposed before and after."""
        rows, columns, now = _flipped(self.counts, moves.get("defence", PledgeMoves.none()))
        if not len(rows):
            return np.zeros(self.n)
        defence = self.defence.copy()
        np.add.at(defence, columns, np.where(now, 1.0, -1.0) * self.brought[columns, rows])
        with np.errstate(invalid="ignore"):
            found: Floats = self._scores(defence) - self.before
        return found

    def _scores(self, defence: Floats) -> Floats:
        others = self.total - defence
        others = np.where(others > self.smallest, others, 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            found: Floats = np.log(defence) - np.log(others)
        return found
