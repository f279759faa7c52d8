"""Between which bounds the share of power that is bound to a state lies, and how far a change can move it.

All powers stand at one and the same point before and after. A share of nothing may be anything from 0 to 1; where
nothing reaches a state before and after, that is no change.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.arrays import Bools, Floats, Plane, Ties
from indivisible.measures.intervals import linear_ratio

Side = tuple[Ties, Plane]


def bounds_of_share(bound: Ties, power: Plane) -> tuple[Floats, Floats]:
    """Lowest and highest share [i]: sum of what is bound over the sum of all that reaches i. Exact."""
    low = _extremes(bound.sure.astype(float), power)[0]
    high = _extremes(bound.possible.astype(float), power)[1]
    nothing = power.low.sum(axis=1) == 0.0
    return np.where(nothing, 0.0, low), np.where(nothing, 1.0, high)


def change_of_share(old: Side, new: Side) -> tuple[Floats, Floats]:
    """Lowest and highest change [i].

    Where only pledges change the bounds are exact but for ties in doubt, each of which is settled apart from all
    others. Where powers change too, the change is bounded by that of what is bound and that of all power, which is
    wider than need be if other powers are not known.
    """
    same = old[1].same_as(new[1])
    low, high = _by_pledges(old[0], new[0], new[1])
    moved = np.flatnonzero(~same.all(axis=1))
    if moved.size:
        rows = [(_rows(ties, moved), _plane_rows(power, moved)) for ties, power in (old, new)]
        low[moved], high[moved] = _by_power(rows[0], rows[1], same[moved])
    return low, high


def _extremes(coefficients: Floats, power: Plane) -> tuple[Floats, Floats]:
    """Lowest and highest sum of coefficients x power over sum of power."""
    return _extremes_with(np.zeros(len(coefficients)), np.zeros(len(coefficients)), coefficients, power)


def _extremes_with(over: Floats, under: Floats, coefficients: Floats, power: Plane) -> tuple[Floats, Floats]:
    """The same with a constant added to each of the two sums; columns of known powers are constants too."""
    loose = np.flatnonzero((power.low != power.high).any(axis=0))
    exact = np.where(power.low == power.high, power.low, 0.0)
    exact[:, loose] = 0.0
    bounds = power.low[:, loose], power.high[:, loose]
    over, under = over + (coefficients * exact).sum(axis=1), under + exact.sum(axis=1)
    return linear_ratio((over, coefficients[:, loose]), (under, np.ones_like(bounds[0])), *bounds)


def _shift(old: Ties, new: Ties) -> tuple[Floats, Floats]:
    """[i, k]: least and most by which k's being bound changes, -1 to 1; a doubt that stays the same changes nothing."""
    alike = old.same_as(new)
    least = new.sure.astype(float) - old.possible
    most = new.possible.astype(float) - old.sure
    return np.where(alike, 0.0, least), np.where(alike, 0.0, most)


def _by_pledges(old: Ties, new: Ties, power: Plane) -> tuple[Floats, Floats]:
    least, most = _shift(old, new)
    low, high = (_extremes(1.0 + shift, power)[side] - 1.0 for side, shift in ((0, least), (1, most)))
    return np.where((least == 0.0).all(axis=1), 0.0, low), np.where((most == 0.0).all(axis=1), 0.0, high)


def _by_power(old: Side, new: Side, same: Bools) -> tuple[Floats, Floats]:
    """With s the share before, N what is bound, T all that reaches: change = (N' - N - s (T' - T)) / T'.

    Powers that are the same both times run over their intervals, s over its own; where a power that changes is not
    exact, only the two shares by themselves bound the change.
    """
    (old_bound, old_power), (new_bound, new_power) = old, new
    first, second = bounds_of_share(old_bound, old_power), bounds_of_share(new_bound, new_power)
    low, high = second[0] - first[1], second[1] - first[0]
    exact = (old_power.low == old_power.high) & (new_power.low == new_power.high)
    usable = (same | exact).all(axis=1) & (new_power.low.sum(axis=1) > 0.0)
    least, most = _shift(old_bound, new_bound)

    def sums(table: Bools, power: Plane) -> Floats:
        total: Floats = np.where(table & ~same & exact, power.low, 0.0).sum(axis=1)
        return total

    everybody = np.ones_like(same)
    grown = sums(everybody, new_power) - sums(everybody, old_power)
    drift = np.minimum(first[0] * grown, first[1] * grown), np.maximum(first[0] * grown, first[1] * grown)
    gained = sums(new_bound.sure, new_power) - sums(old_bound.possible, old_power) - drift[1]
    gained_most = sums(new_bound.possible, new_power) - sums(old_bound.sure, old_power) - drift[0]
    fixed = sums(everybody, new_power)
    kept = Plane(*(np.where(same, plane, 0.0) for plane in (new_power.low, new_power.best, new_power.high)))
    upper = _most(gained_most, most * same, fixed, kept)
    lower = -_most(-gained, -least * same, fixed, kept)
    return np.where(usable, np.maximum(low, lower), low), np.where(usable, np.minimum(high, upper), high)


def _most(gained: Floats, shift: Floats, fixed: Floats, power: Plane) -> Floats:
    """An upper bound of (gained + sum shift x power) / (fixed + sum power); never below -1, as no change is."""
    return _extremes_with(np.maximum(gained + fixed, 0.0), fixed, 1.0 + shift, power)[1] - 1.0


def _rows(ties: Ties, rows: NDArray[np.intp]) -> Ties:
    return Ties(ties.sure[rows], ties.possible[rows], ties.doubt[rows])


def _plane_rows(power: Plane, rows: NDArray[np.intp]) -> Plane:
    return Plane(power.low[rows], power.best[rows], power.high[rows])
