"""How unequal security is among states, before and after: distance between scores, variance, and who stands worst.

Scores may be negative and have no natural zero, so relative measures of inequality mean nothing here. The absolute
Gini is half the mean absolute difference of all pairs, sum |x_i - x_j| / (2 n^2); the variance is that of the
population.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """Inequality of scores among `states` states, at the best points and between bounds.

    `gini` and `variance` are NaN where a score has no best point; the bounds hold whatever the scores are inside their
    intervals. `worst` are the states that have the lowest score of all, or may have. `left_out` counts states that have
    no score or none between finite bounds.
    """

    states: int
    left_out: int
    gini: float
    variance: float
    gini_low: float
    gini_high: float
    variance_low: float
    variance_high: float
    worst: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """gini_absolute and variance are null where a score has no best point."""
        return {
            "gini_absolute": self.gini,
            "gini_absolute_interval": [self.gini_low, self.gini_high],
            "variance": self.variance,
            "variance_interval": [self.variance_low, self.variance_high],
            "worst": list(self.worst),
            "states": self.states,
            "left_out": self.left_out,
        }


def spread(states: Sequence[str], low: Floats, best: Floats, high: Floats, *, kept: NDArray[np.bool_]) -> Spread:
    """Spread of the scores of the states marked in `kept` (those with a finite interval before and after).

    Where scores are intervals, the bounds hold for every choice inside them: moving each score by at most w_i moves
    the absolute Gini by at most mean(w) and the standard deviation by at most sqrt(mean(w^2)). `worst` is sought among
    all states that have a score, those that are not kept included.
    """
    n = int(kept.sum())
    left_out = len(states) - n
    scored = ~np.isnan(low)
    ceiling = high[scored].min(initial=math.inf)
    worst = tuple(sorted(np.array(states)[scored & (low <= ceiling)].tolist()))
    if n == 0:
        return Spread(0, left_out, math.nan, math.nan, math.nan, math.nan, math.nan, math.nan, worst)
    bottom, top, point = low[kept], high[kept], best[kept]
    middle, width = (bottom + top) / 2, (top - bottom) / 2
    gini, deviation = gini_absolute(middle), float(middle.std())
    slack, slack_deviation = float(width.mean()), float(np.sqrt(np.mean(width**2)))
    known = not np.isnan(point).any()
    return Spread(
        states=n,
        left_out=left_out,
        gini=gini_absolute(point) if known else math.nan,
        variance=float(point.var()) if known else math.nan,
        gini_low=max(0.0, gini - slack),
        gini_high=gini + slack,
        variance_low=max(0.0, deviation - slack_deviation) ** 2,
        variance_high=(deviation + slack_deviation) ** 2,
        worst=worst,
    )


def gini_absolute(scores: Floats) -> float:
    """Half the mean absolute difference: sum over all pairs |x_i - x_j| / (2 n^2), by sorting."""
    n = len(scores)
    if n == 0:
        return math.nan
    ordered = np.sort(scores)
    ranks = 2.0 * np.arange(1, n + 1) - n - 1.0
    return float(ranks @ ordered) / n**2
