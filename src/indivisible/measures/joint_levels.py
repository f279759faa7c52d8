"""Two states side by side: how often one stands at this level while the other stands at that, for all pairs at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]

_EXACT = 2**24  # single precision counts exactly up to here, in half the time


@dataclass(frozen=True, slots=True, eq=False)
class JointLevels:
    """The joint distribution of levels of every pair of n portfolios; what measures of similarity are made of.

    `weight[a, b, i, j]`: the weight of the columns on which i stands at level a and j at level b. `row[a]`: the weight
    of i's level a, over the columns known of both ([n, n], or [n, 1] where everything is known). `total`: the weight
    of the columns known of both ([n, n] or [1, 1]).
    """

    levels: Floats
    weight: Floats
    row: Floats
    total: Floats

    @property
    def spread(self) -> float:
        """From the lowest level to the highest."""
        return float(self.levels[-1] - self.levels[0])


def compare(portfolios: Floats, levels: Sequence[float], *, weights: Floats | None = None) -> JointLevels:
    """All pairs of n portfolios over m columns: one matrix product of level indicators, for [n, m] numbers.

    `portfolios` [n, m] holds only numbers of `levels` (the whole scale, whether or not all of it occurs), or NaN where
    not known: a column counts for a pair if it is known of both. `weights` [m] are not negative; without them every
    column counts 1. Time n^2 m L^2, memory n^2 L^2 for L levels.

    Raises QuestionError for a number that is not a level, for weights that do not fit, and for fewer than two levels.
    """
    scale = np.array(sorted({float(level) for level in levels}))
    if len(scale) < 2 or not np.isfinite(scale).all():
        raise QuestionError("a scale has at least two levels, all finite", do="give the whole scale, e.g. (0, 1, 2, 3)")
    table = np.asarray(portfolios, dtype=np.float64)
    if table.ndim != 2:
        raise QuestionError(f"portfolios have {table.ndim} axes, not 2", do="one row a state, one column an item")
    known = ~np.isnan(table)
    at_level: NDArray[np.bool_] = table[None, :, :] == scale[:, None, None]
    if not np.array_equal(at_level.any(axis=0), known):
        stray = table[known & ~at_level.any(axis=0)][0]
        raise QuestionError(f"{stray:g} is not one of the levels {scale.tolist()}", do="give the whole scale")
    column = column_weights(table.shape[1], weights)
    product = _products(at_level.reshape(len(scale) * len(table), table.shape[1]), None if weights is None else column)
    blocks = product.reshape(len(scale), len(table), len(scale), len(table)).transpose(0, 2, 1, 3)
    weight = np.ascontiguousarray(blocks, dtype=np.float64)
    if known.all():
        own = (at_level @ column)[:, :, None]
        return JointLevels(scale, weight, own, np.full((1, 1), column.sum()))
    row = weight.sum(axis=1)
    return JointLevels(scale, weight, row, row.sum(axis=0))


def _products(indicators: NDArray[np.bool_], column: Floats | None) -> NDArray[np.floating[Any]]:
    """The weight of the columns in which both of any two rows are true."""
    if column is None and indicators.shape[1] < _EXACT:
        single = indicators.astype(np.float32)
        return single @ single.T
    double = indicators.astype(np.float64)
    return (double if column is None else double * column) @ double.T


def column_weights(columns: int, weights: Floats | None) -> Floats:
    """The weight of each column, all 1 if none are given; QuestionError if they do not fit or one is negative."""
    if weights is None:
        return np.ones(columns)
    given = np.asarray(weights, dtype=np.float64)
    if given.shape != (columns,) or not (np.isfinite(given).all() and (given >= 0.0).all()):
        raise QuestionError(f"{given.size} weights for {columns} columns", do="one finite weight >= 0 a column")
    return given
