"""How unequal security is among states, before and after: distance between scores, variance, and who stands worst.

Scores may be negative and have no natural zero, so relative measures of inequality mean nothing here. The absolute
Gini is half the mean absolute difference of all pairs, sum |x_i - x_j| / (2 n^2); the variance is that of the
population. Beside one state, one weight stand the same two with every state weighted by its people.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Figure
from indivisible.measures.inequality import absolute_gini, variance
from indivisible.models.base import Reading

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
PEOPLE = "population"


@dataclass(frozen=True, slots=True)
class Inequality:
    """The absolute Gini and the variance of scores, at the best points and between bounds.

    `gini` and `variance` are NaN where a score has no best point; the bounds hold whatever the scores are inside their
    intervals.
    """

    gini: float
    gini_low: float
    gini_high: float
    variance: float
    variance_low: float
    variance_high: float

    def to_dict(self) -> dict[str, Any]:
        """gini_absolute and variance are null where a score has no best point."""
        return {
            "gini_absolute": self.gini,
            "gini_absolute_interval": [self.gini_low, self.gini_high],
            "variance": self.variance,
            "variance_interval": [self.variance_low, self.variance_high],
        }


@dataclass(frozen=True, slots=True)
class Weighted:
    """Inequality where people count and not states; `left_out` counts those that have no score or no known population.

    `people` live in the states counted; `people_worst` in the states that are, or may be, the worst off (NaN where
    the population of one of them is not known).
    """

    inequality: Inequality
    states: int
    left_out: int
    population_unknown: tuple[str, ...]
    people: float
    people_worst: float

    def to_dict(self) -> dict[str, Any]:
        """For JSON, with the unit of the weights."""
        return {
            "by": PEOPLE,
            **self.inequality.to_dict(),
            "states": self.states,
            "left_out": self.left_out,
            "population_unknown": list(self.population_unknown),
            "people": self.people,
            "people_worst": self.people_worst,
        }


@dataclass(frozen=True, slots=True)
class Spread:
    """Inequality of scores among `states` states, one state one weight, and `weighted` by people where asked for.

    `worst` are the states that have the lowest score of all, or may have. `left_out` counts states that have no score
    or none between finite bounds.
    """

    states: int
    left_out: int
    inequality: Inequality
    worst: tuple[str, ...]
    weighted: Weighted | None = None

    @property
    def gini(self) -> float:
        """The absolute Gini at the best points."""
        return self.inequality.gini

    @property
    def gini_low(self) -> float:
        """The least it can be."""
        return self.inequality.gini_low

    @property
    def gini_high(self) -> float:
        """The most it can be."""
        return self.inequality.gini_high

    @property
    def variance(self) -> float:
        """The variance at the best points."""
        return self.inequality.variance

    @property
    def variance_low(self) -> float:
        """The least it can be."""
        return self.inequality.variance_low

    @property
    def variance_high(self) -> float:
        """The most it can be."""
        return self.inequality.variance_high

    def to_dict(self) -> dict[str, Any]:
        """`weighted` is null where the people were not asked for."""
        return {
            **self.inequality.to_dict(),
            "worst": list(self.worst),
            "states": self.states,
            "left_out": self.left_out,
            "weighted": None if self.weighted is None else self.weighted.to_dict(),
        }


def spreads(
    before: Reading, after: Reading, chosen: Sequence[int], figures: Mapping[tuple[str, str], Figure]
) -> tuple[Spread, Spread]:
    """Spread before and after over the same states: those `chosen` (rows) with a finite interval in both.

    People are the record's own, of the architecture before; they do not move by a change.
    """
    kept = np.zeros(len(before.states), dtype=bool)
    kept[list(chosen)] = True
    for reading in (before, after):
        kept &= np.isfinite(reading.low) & np.isfinite(reading.high)  # an unopposed state has neither
    states = [before.states[i] for i in chosen]
    rows, people = np.array(chosen, dtype=np.intp), people_of(states, figures)
    first, second = (
        spread(states, one.low[rows], one.best[rows], one.high[rows], kept=kept[rows], people=people)
        for one in (before, after)
    )
    return first, second


def people_of(states: Sequence[str], figures: Mapping[tuple[str, str], Figure]) -> Floats:
    """[n] the best figure of each state's population, NaN where there is none."""
    found = (figures.get((state, PEOPLE)) for state in states)
    return np.array([np.nan if f is None or f.estimate.best is None else f.estimate.best for f in found], dtype=float)


def spread(
    states: Sequence[str], low: Floats, best: Floats, high: Floats, *, kept: Bools, people: Floats | None = None
) -> Spread:
    """Spread of the scores of the states marked in `kept` (those with a finite interval before and after).

    `worst` is sought among all states that have a score, those that are not kept included. `people` [n], NaN where
    not known: then those states are left out of the weighted figures, and counted.
    """
    n = int(kept.sum())
    scored = ~np.isnan(low)
    ceiling = high[scored].min(initial=math.inf)
    lowest = scored & (low <= ceiling)
    named = np.array(states)
    weighted = None
    if people is not None:
        known = kept & ~np.isnan(people)
        weighted = Weighted(
            inequality=inequality(low[known], best[known], high[known], weights=people[known]),
            states=int(known.sum()),
            left_out=len(states) - int(known.sum()),
            population_unknown=tuple(sorted(named[np.isnan(people)].tolist())),
            people=float(people[known].sum()),
            people_worst=float(people[lowest].sum()),
        )
    return Spread(
        states=n,
        left_out=len(states) - n,
        inequality=inequality(low[kept], best[kept], high[kept]),
        worst=tuple(sorted(named[lowest].tolist())),
        weighted=weighted,
    )


def inequality(low: Floats, best: Floats, high: Floats, *, weights: Floats | None = None) -> Inequality:
    """Absolute Gini and variance of scores known between finite bounds, each with its own bounds.

    They hold for every choice inside the intervals: moving each score by at most w_i moves the absolute Gini by at
    most mean(w) and the standard deviation by at most sqrt(mean(w^2)), with the weighted means where there are weights.
    """
    middle, width = (low + high) / 2, (high - low) / 2
    gini, deviation = absolute_gini(middle, weights=weights), math.sqrt(variance(middle, weights=weights))
    if math.isnan(gini):
        return Inequality(*[math.nan] * 6)
    slack = float(np.average(width, weights=weights))
    slack_deviation = math.sqrt(float(np.average(width**2, weights=weights)))
    return Inequality(
        gini=absolute_gini(best, weights=weights),  # NaN unless every score has a best point
        gini_low=max(0.0, gini - slack),
        gini_high=gini + slack,
        variance=variance(best, weights=weights),
        variance_low=max(0.0, deviation - slack_deviation) ** 2,
        variance_high=(deviation + slack_deviation) ** 2,
    )
