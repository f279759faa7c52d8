"""A straight-line regression on a panel with an effect for every unit and every period, none of the unit's below zero.

    outcome = columns b + effect of the unit + effect of the period + error,   b >= 0, effects of units >= 0

Effects of periods sum to zero. Least squares under these bounds, exact: the coefficients at zero are found by block
principal pivoting (Portugal, Judice and Vicente, Mathematics of Computation 63, 1994, 625-643; not seen, tested against
an independent solver). Standard errors are those of the regression without bounds, robust to any dependence within a
unit (clustered); those of the effects of units take all errors as alike and independent.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Integers = NDArray[np.int64]

_PATIENCE = 3  # rounds of block pivoting that may bring no progress before single steps are taken
_MOST_ROUNDS = 5000
_SMALL = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class TwoWay:
    """What was found for m columns, G units and T periods; `free` without bounds, with its standard errors.

    A column without any variation within units and periods says nothing: its coefficient is 0, its error NaN. `fitted`
    is the share of the variation within units and periods that the columns account for.
    """

    coefficients: Floats
    free: Floats
    errors: Floats
    units: Floats
    free_units: Floats
    unit_errors: Floats
    periods: Floats
    rows: int
    fitted: float


def two_way(outcome: Floats, columns: Floats, unit: Integers, period: Integers) -> TwoWay:
    """Fit [n] outcomes on [n, m] columns; `unit` and `period` number the effects from 0, each of them used.

    At least two periods. Raises ValueError where there are no more rows than coefficients.
    """
    design = _Design(outcome, columns, unit, period)
    if len(outcome) <= design.width:
        raise ValueError(f"{len(outcome)} rows do not tell {design.width} coefficients")
    free = _solved(design.normal, design.moment)
    bounded = np.zeros(design.width, dtype=bool)
    bounded[: design.m + design.g] = True
    held = free if (free[bounded] >= 0.0).all() else _not_below_zero(design.normal, design.moment, bounded)
    left = design.left_over(free)
    spread = design.left_over(design.without_columns(outcome))
    errors, unit_errors = design.errors(left)
    m, g = design.m, design.g
    return TwoWay(
        coefficients=design.widened(held[:m], 0.0),
        free=design.widened(free[:m], 0.0),
        errors=design.widened(errors, np.nan),
        units=held[m : m + g],
        free_units=free[m : m + g],
        unit_errors=unit_errors,
        periods=np.append(held[m + g :], -held[m + g :].sum()),
        rows=len(outcome),
        fitted=1.0 - float(left @ left) / float(spread @ spread) if (spread != 0.0).any() else float("nan"),
    )


class _Design:
    """The normal equations, made from sums by unit and period instead of a table of ones and zeros."""

    def __init__(self, outcome: Floats, columns: Floats, unit: Integers, period: Integers) -> None:
        self.outcome, self.unit, self.period = outcome, unit, period
        self.g, self.t = int(unit.max()) + 1, int(period.max()) + 1
        self.calendar = np.eye(self.t, self.t - 1)
        self.calendar[-1] = -1.0  # effects of periods sum to zero
        self._effects = self._normal_of_effects()
        within = columns - self._effects_of(_solved(self._effects, self.sums(columns)))
        told = (within**2).sum(axis=0) > _SMALL * (columns**2).sum(axis=0)
        self.told, self.columns, self._within = told, columns[:, told], within[:, told]
        self.m = int(told.sum())
        self.width = self.m + self.g + self.t - 1
        self.normal, self.moment = self._normal()

    def _normal_of_effects(self) -> Floats:
        counts = np.zeros((self.g, self.t))
        np.add.at(counts, (self.unit, self.period), 1.0)
        crossed = counts @ self.calendar
        by_period = self.calendar.T @ (counts.sum(axis=0)[:, None] * self.calendar)
        return np.block([[np.diag(counts.sum(axis=1)), crossed], [crossed.T, by_period]])

    def sums(self, values: Floats) -> Floats:
        """The effects' columns times [n] or [n, k] values."""
        table = values.reshape(len(values), -1)
        by_unit, by_period = np.zeros((self.g, table.shape[1])), np.zeros((self.t, table.shape[1]))
        np.add.at(by_unit, self.unit, table)
        np.add.at(by_period, self.period, table)
        return np.vstack([by_unit, self.calendar.T @ by_period])

    def _effects_of(self, effects: Floats) -> Floats:
        """The effects [g + t - 1, k] of every row."""
        by_period = self.calendar @ effects[self.g :]
        return np.asarray(effects[: self.g][self.unit] + by_period[self.period])

    def _normal(self) -> tuple[Floats, Floats]:
        crossed = self.sums(self.columns)
        normal = np.block([[self.columns.T @ self.columns, crossed.T], [crossed, self._effects]])
        moment = np.concatenate([self.columns.T @ self.outcome, self.sums(self.outcome)[:, 0]])
        return normal, moment

    def left_over(self, found: Floats) -> Floats:
        """What the coefficients leave of the outcome."""
        return np.asarray(self.outcome - self.columns @ found[: self.m] - self._effects_of(found[self.m :]))

    def without_columns(self, outcome: Floats) -> Floats:
        """Coefficients of the effects alone."""
        return np.concatenate([np.zeros(self.m), _solved(self._effects, self.sums(outcome)[:, 0])])

    def errors(self, left: Floats) -> tuple[Floats, Floats]:
        """Clustered errors of the columns' coefficients, and plain ones of the units' effects."""
        within = self._within
        inverse = np.linalg.inv(within.T @ within)
        clusters = np.zeros((self.g, self.m))
        np.add.at(clusters, self.unit, within * left[:, None])
        scale = self.g / (self.g - 1) if self.g > 1 else np.nan
        robust = inverse @ (clusters.T @ clusters) @ inverse * scale
        variance = float(left @ left) / (len(left) - self.width)
        own = np.linalg.inv(self.normal).diagonal()[self.m : self.m + self.g]
        return np.sqrt(robust.diagonal()), np.sqrt(variance * own)

    def widened(self, found: Floats, missing: float) -> Floats:
        """Coefficients of all columns, those that say nothing filled in."""
        every = np.full(len(self.told), missing)
        every[self.told] = found
        return every


def _solved(matrix: Floats, right: Floats) -> Floats:
    return np.asarray(np.linalg.solve(matrix, right), dtype=np.float64)


def _not_below_zero(normal: Floats, moment: Floats, bounded: Bools) -> Floats:
    """The least-squares solution with the `bounded` coefficients at 0 or above, from the normal equations.

    A coefficient is at zero or free; those that violate their bound, or are at zero though the sum of squares would
    fall, change sides, all at once while their number falls and one at a time otherwise.
    """
    zero = np.zeros(len(moment), dtype=bool)
    fewest, patience = len(moment) + 1, _PATIENCE
    tolerance = _SMALL * np.abs(moment).max(initial=1.0)
    for _ in range(_MOST_ROUNDS):
        found = np.zeros(len(moment))
        free = ~zero
        found[free] = _solved(normal[np.ix_(free, free)], moment[free])
        slope = normal @ found - moment
        wrong = bounded & ((free & (found < -_SMALL)) | (zero & (slope < -tolerance)))
        if not wrong.any():
            return np.where(bounded, np.maximum(found, 0.0), found)
        if wrong.sum() < fewest:
            fewest, patience = int(wrong.sum()), _PATIENCE
        elif patience:
            patience -= 1
        else:
            last = int(np.flatnonzero(wrong)[-1])
            wrong = np.arange(len(moment)) == last
        zero = zero ^ wrong
    raise ArithmeticError("the bounded regression has not come to an end")
