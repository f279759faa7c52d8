"""How well chances given beforehand fit what then happened: ranking, calibration, and the cost of surprise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

_LEAST = 1e-15  # a chance of 0 or 1 that turns out wrong would cost without end
BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Rows of about the same chance: how many, the mean chance that was given, and the share of events."""

    rows: int
    given: float
    happened: float


@dataclass(frozen=True, slots=True)
class Scores:
    """How a forecast did on rows that it had not seen; None where only one of the two outcomes occurred.

    `auc`: the chance that an event was ranked above a row without one (a tie counts half); `auc_error` its standard
    error, as of rows that are independent of each other. `average_precision`: the mean share of events among the rows
    ranked at least as high as each event; the base rate if nothing is known.
    `log_loss`: mean of -log of the chance given to what happened. `brier`: mean square of chance less outcome.
    `bins`: the reliability table, in parts that expect about as many events each.
    """

    rows: int
    events: int
    auc: float | None
    auc_error: float | None
    average_precision: float | None
    log_loss: float
    brier: float
    bins: tuple[Bin, ...]

    @property
    def base_rate(self) -> float:
        """Share of events."""
        return self.events / self.rows

    @property
    def expected(self) -> float:
        """How many events the chances add up to, for each that happened; infinite if none did."""
        total = sum(one.rows * one.given for one in self.bins)
        return total / self.events if self.events else float("inf")


def scores(chance: Floats, events: Bools, *, bins: int = BINS) -> Scores:
    """The scores of chances [n] against events [n].

    Raises QuestionError for no rows, for lengths that differ and for what is no chance.
    """
    chance, events = np.asarray(chance, dtype=np.float64), np.asarray(events, dtype=bool)
    if not len(events) or chance.shape != events.shape:
        raise QuestionError("there is not one chance for every event", do="give two columns of the same length")
    if not ((chance >= 0.0) & (chance <= 1.0)).all():
        raise QuestionError("a chance lies outside 0 to 1, or is not known", do="leave out what is not known")
    order = np.argsort(chance, kind="stable")
    chance, events = chance[order], events[order]
    area, error, precision = _ranking(chance, events)
    held = np.clip(chance, _LEAST, 1.0 - _LEAST)
    cost = -float(np.log(held[events]).sum() + np.log1p(-held[~events]).sum()) / len(events)
    brier = float(((chance - events) ** 2).mean())
    return Scores(len(events), int(events.sum()), area, error, precision, cost, brier, _bins(chance, events, bins))


def ranking(values: Floats, events: Bools) -> tuple[float | None, float | None, float | None]:
    """Area under the curve, its standard error and average precision of any numbers, a higher one for a likelier event;
    rows that tie are one step. None where only one of the two outcomes occurred.

    The error is that of DeLong, DeLong and Clarke-Pearson (Biometrics 44, 1988, 837-845). Raises QuestionError for a
    number that is not known.
    """
    if np.isnan(values).any():
        raise QuestionError("a number to rank by is not known", do="leave out what is not known")
    order = np.argsort(values, kind="stable")
    return _ranking(values[order], events[order])


def _ranking(chance: Floats, events: Bools) -> tuple[float | None, float | None, float | None]:
    """The same for rows sorted by chance."""
    many, total = len(events), int(events.sum())
    if not 0 < total < many:
        return None, None, None
    first = _steps(chance)
    hits = np.diff(np.append(np.cumsum(events)[first] - events[first], total))
    rows = np.diff(np.append(first, many))
    misses = rows - hits
    below = np.cumsum(misses) - misses
    above = total - np.cumsum(hits)
    of_event, of_row = (below + misses / 2.0) / (many - total), (above + hits / 2.0) / total
    area = float((hits * of_event).sum()) / total
    error = _spread(of_event, hits, area) / total + _spread(of_row, misses, area) / (many - total)
    found, drawn = np.cumsum(hits[::-1]), np.cumsum(rows[::-1])
    precision = float((hits[::-1] * found / drawn).sum()) / total
    return area, float(np.sqrt(error)), precision


def _spread(values: Floats, counts: NDArray[np.int64], middle: float) -> float:
    """Variance of values that each occur so often, around their mean; 0 for one alone."""
    total = counts.sum()
    return float((counts * (values - middle) ** 2).sum() / (total - 1)) if total > 1 else 0.0


def _steps(ordered: Floats) -> NDArray[np.intp]:
    """Where each value begins in a sorted list."""
    return np.flatnonzero(np.concatenate([[True], ordered[1:] != ordered[:-1]]))


def _bins(chance: Floats, events: Bools, count: int) -> tuple[Bin, ...]:
    """Parts from the lowest chance to the highest that expect about as many events each; equal chances stay together.

    Parts of equal size would hold next to no event of a rare kind, all but the last of them.
    """
    first = _steps(chance)
    expected = np.cumsum(chance)
    wanted = np.searchsorted(expected, expected[-1] * np.arange(1, count) / count)
    cuts = np.append(first, len(chance))[np.searchsorted(first, wanted)]
    edges = np.unique(np.concatenate([[0], cuts, [len(chance)]]))
    made = []
    for begin, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        made.append(Bin(end - begin, float(chance[begin:end].mean()), float(events[begin:end].mean())))
    return tuple(made)
