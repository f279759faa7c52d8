"""How the odds of an event go with what is known beforehand: logistic regression by maximum likelihood.

Newton's method (iteratively reweighted least squares). Where the data allow no fit, the answer says why and names the
columns: one that is constant or follows from the others, or one by which the events can be told without error, so
that its coefficient would grow without end (Albert and Anderson, Biometrika 71, 1984, 1-10).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_ROWS = 16_384  # worked on at a time, so that a block stays in the processor's cache
_DEPENDENT = 1e-9  # share of a column's variance that the columns before it leave over: below, it follows from them
_SETTLED = 1e-9  # a step so small, in standard deviations of the columns, is the last
_NO_GAIN = 1e-3  # a step that adds less to the log likelihood than this, and yet ...
_GOES_ON = 0.5  # ... moves some row's log odds by more than that, is one of a series without end
_STEPS = 100


class Reason(Enum):
    """Why a logistic regression has no fit."""

    NO_EVENTS = "there is no event in the rows"
    ONLY_EVENTS = "every row is an event"
    SINGULAR = "a column is constant or follows from the others"
    SEPARATED = "a column tells the events from the rest without error, so that its coefficient has no end"


@dataclass(frozen=True, slots=True)
class NoFit:
    """No fit: why, and the positions of the columns by which it fails (none if by all)."""

    reason: Reason
    columns: tuple[int, ...] = ()

    def sentence(self, names: Sequence[str]) -> str:
        """Why, with the names of the columns."""
        which = ", ".join(names[k] for k in self.columns)
        return f"no fit: {self.reason.value}" + (f" ({which})" if which else "")


@dataclass(frozen=True, slots=True)
class Logit:
    """A fit: log odds = `coefficients[0]` + columns times the rest; `covariance` is the inverse of the information."""

    coefficients: Floats
    covariance: Floats
    log_likelihood: float
    rows: int
    events: int
    steps: int

    @property
    def errors(self) -> Floats:
        """Standard errors, which take the rows for independent of each other."""
        return np.sqrt(self.covariance.diagonal())

    def log_odds(self, columns: Floats) -> Floats:
        """The log odds of rows [..., k] of the same columns."""
        odds: Floats = columns @ self.coefficients[1:] + self.coefficients[0]
        return odds


def probability(log_odds: Floats) -> Floats:
    """1 / (1 + exp(-log odds)), without overflow at either end."""
    small = np.exp(-np.abs(log_odds))
    chance: Floats = np.where(log_odds >= 0.0, 1.0, small) / (1.0 + small)
    return chance


def logit(
    columns: Floats, events: Bools, *, weights: Floats | None = None, start: Floats | None = None
) -> Logit | NoFit:
    """The fit of events [n] on columns [n, k] and a constant, or why there is none.

    `weights` [n]: for how many rows each stands, all above 0 (default 1). `start` are coefficients to begin from, the
    constant first; where it begins does not change the fit. Raises QuestionError for a figure that is not known, and
    for columns, events and weights of different length.
    """
    columns, events = _checked(columns, events)
    weights = _checked_weights(weights, len(events))
    if not events.any():
        return NoFit(Reason.NO_EVENTS)
    if events.all():
        return NoFit(Reason.ONLY_EVENTS)
    middle, spread, together = _moments(columns, weights)
    dependent = _dependent(middle, spread, together)
    if dependent:
        return NoFit(Reason.SINGULAR, dependent)
    found = _newton(_Rows.of(columns, events, weights, middle, spread), start)
    if isinstance(found, NoFit):
        return found
    scaled, information, likelihood, steps = found
    back = _unscaled(middle, spread)
    inverse = np.linalg.inv(information)
    rows, happened = round(float(weights.sum())), round(float(weights[events].sum()))
    return Logit(back @ scaled, back @ inverse @ back.T, likelihood, rows, happened, steps)


def _checked(columns: Floats, events: Bools) -> tuple[Floats, Bools]:
    columns, events = np.asarray(columns, dtype=np.float64), np.asarray(events, dtype=bool)
    if columns.ndim != 2 or events.shape != (len(columns),):
        raise QuestionError("columns and events are not of the same length", do="give one row of columns an event")
    if not np.isfinite(columns).all():
        raise QuestionError("a figure in the columns is not known", do="leave out the rows with such a figure")
    return columns, events


def _checked_weights(weights: Floats | None, count: int) -> Floats:
    if weights is None:
        return np.ones(count)
    weights = np.asarray(weights, dtype=np.float64)
    if weights.shape != (count,) or not (np.isfinite(weights) & (weights > 0.0)).all():
        raise QuestionError("not one weight above 0 for each row", do="leave out the rows that stand for none")
    return weights


@dataclass(frozen=True, slots=True, eq=False)
class _Rows:
    """What is fitted: a constant and the columns in standard deviations [n, k + 1], events, weights."""

    scaled: Floats
    events: Bools
    weights: Floats
    middle: Floats
    spread: Floats

    @staticmethod
    def of(columns: Floats, events: Bools, weights: Floats, middle: Floats, spread: Floats) -> _Rows:
        """The columns scaled by their means and standard deviations."""
        scaled = np.ones((len(columns), columns.shape[1] + 1))
        np.subtract(columns, middle, out=scaled[:, 1:])
        scaled[:, 1:] /= spread
        return _Rows(scaled, events, weights, middle, spread)

    def blocks(self) -> Iterator[tuple[Floats, Bools, Floats]]:
        """Some rows at a time."""
        for begin in range(0, len(self.events), _ROWS):
            part = slice(begin, begin + _ROWS)
            yield self.scaled[part], self.events[part], self.weights[part]


def _moments(columns: Floats, weights: Floats) -> tuple[Floats, Floats, Floats]:
    """Mean and standard deviation of every column, and the correlations; a constant column has a deviation of 0."""
    total = weights.sum()
    middle = weights @ columns / total
    k = columns.shape[1]
    together = np.zeros((k, k))
    for begin in range(0, len(columns), _ROWS):
        block = columns[begin : begin + _ROWS] - middle
        together += block.T @ (block * weights[begin : begin + _ROWS, None])
    spread = np.sqrt(together.diagonal() / total)
    spread = np.where(spread <= 1e-12 * np.maximum(np.abs(middle), 1.0), 0.0, spread)
    scale = np.where(spread == 0.0, 1.0, spread)
    return middle, spread, together / total / np.outer(scale, scale)


def _dependent(middle: Floats, spread: Floats, together: Floats) -> tuple[int, ...]:
    """Columns that are constant or a weighted sum of those before them, by a Cholesky factor grown row by row."""
    kept: list[int] = []
    found: list[int] = []
    factor = np.zeros((0, 0))
    for j in range(len(middle)):
        row = np.linalg.solve(factor, together[kept, j]) if kept else np.zeros(0)
        left = together[j, j] - row @ row
        if spread[j] == 0.0 or left < _DEPENDENT:
            found.append(j)
            continue
        grown = np.zeros((len(kept) + 1, len(kept) + 1))
        grown[:-1, :-1], grown[-1, :-1], grown[-1, -1] = factor, row, np.sqrt(left)
        factor, kept = grown, [*kept, j]
    return tuple(found)


def _newton(given: _Rows, start: Floats | None) -> tuple[Floats, Floats, float, int] | NoFit:
    """Coefficients of the columns in standard deviations, the information there, log likelihood and steps taken.

    Where the events are separated the log odds of some rows grow by about 1 in every step, and the likelihood by less
    and less.
    """
    middle, spread = given.middle, given.spread
    reach = np.abs(given.scaled[:, 1:]).max(axis=0)
    share = (given.weights * given.events).sum() / given.weights.sum()
    at = np.zeros(len(middle) + 1)
    at[0] = np.log(share / (1.0 - share))
    if start is not None:
        at = np.concatenate([[start[0] + middle @ start[1:]], start[1:] * spread])
    value, slope, information = _curve(given, at)
    moved = reach
    for step in range(1, _STEPS + 1):
        try:
            move = np.linalg.solve(information, slope)
        except np.linalg.LinAlgError:  # every row is as good as certain
            break
        if np.abs(move).max() < _SETTLED:
            return at + move, information, value, step
        reached = _curve(given, at + move)
        while reached[0] < value and np.abs(move).max() > _SETTLED:
            move = move / 2.0
            reached = _curve(given, at + move)
        moved, gain = np.abs(move[1:]) * reach, reached[0] - value
        at, (value, slope, information) = at + move, reached
        if gain < _NO_GAIN and (moved > _GOES_ON).any():
            break
    return NoFit(Reason.SEPARATED, tuple(np.flatnonzero(moved > moved.max(initial=0.0) / 2.0).tolist()))


def _curve(given: _Rows, at: Floats) -> tuple[float, Floats, Floats]:
    """Log likelihood, its slope and its information at coefficients of the scaled columns, block by block."""
    k = len(at)
    value, slope, information = 0.0, np.zeros(k), np.zeros((k, k))
    for rows, happened, weight in given.blocks():
        odds = rows @ at
        small = np.exp(-np.abs(odds))
        chance = np.where(odds >= 0.0, 1.0, small) / (1.0 + small)
        value += float(weight @ (np.where(happened, odds, 0.0) - np.maximum(odds, 0.0) - np.log1p(small)))
        slope += rows.T @ (weight * (happened - chance))
        information += rows.T @ (rows * (weight * small / (1.0 + small) ** 2)[:, None])
    return value, slope, information


def _unscaled(middle: Floats, spread: Floats) -> Floats:
    """The matrix that turns coefficients of scaled columns into those of the columns as they were given."""
    k = len(middle)
    back = np.zeros((k + 1, k + 1))
    back[0, 0] = 1.0
    back[0, 1:] = -middle / spread
    back[np.arange(1, k + 1), np.arange(1, k + 1)] = 1.0 / spread
    return back


def for_population(fit: Logit, share: float) -> Floats:
    """Coefficients of a fit on all events and a part of the other rows, `share` of them, as of all rows.

    Only the constant differs: the prior correction of King and Zeng, Political Analysis 9 (2001), 137-163.
    """
    corrected = fit.coefficients.copy()
    corrected[0] += np.log(share)
    return corrected
