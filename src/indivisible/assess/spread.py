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
    """Inequality of scores among `states` states; low and high differ where scores are known as intervals only.

    `worst` are the states that have the lowest score, or may have. `left_out` counts states without a finite score.
    """

    states: int
    left_out: int
    gini_low: float
    gini_high: float
    variance_low: float
    variance_high: float
    worst: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """gini_absolute and variance are null where only an interval is known."""
        return {
            "gini_absolute": self.gini_low if self.gini_low == self.gini_high else None,
            "gini_absolute_interval": [self.gini_low, self.gini_high],
            "variance": self.variance_low if self.variance_low == self.variance_high else None,
            "variance_interval": [self.variance_low, self.variance_high],
            "worst": list(self.worst),
            "states": self.states,
            "left_out": self.left_out,
        }


def spread(states: Sequence[str], low: Floats, best: Floats, high: Floats, *, kept: NDArray[np.bool_]) -> Spread:
    """Spread of the scores of the states marked in `kept` (those with a finite interval before and after).

    Where scores are intervals, the bounds hold for every choice inside them: moving each score by at most w_i moves
    the absolute Gini by at most mean(w) and the standard deviation by at most sqrt(mean(w^2)).
    """
    n = int(kept.sum())
    left_out = len(states) - n
    if n == 0:
        return Spread(0, left_out, math.nan, math.nan, math.nan, math.nan, ())
    known = ~np.isnan(best[kept])
    bottom = np.where(known, best[kept], low[kept])
    top = np.where(known, best[kept], high[kept])
    middle, width = (bottom + top) / 2, (top - bottom) / 2
    gini = gini_absolute(middle)
    deviation = float(middle.std())
    slack, slack_deviation = float(width.mean()), float(np.sqrt(np.mean(width**2)))
    names = np.array(states)[kept]
    return Spread(
        states=n,
        left_out=left_out,
        gini_low=max(0.0, gini - slack),
        gini_high=gini + slack,
        variance_low=max(0.0, deviation - slack_deviation) ** 2,
        variance_high=(deviation + slack_deviation) ** 2,
        worst=tuple(sorted(names[bottom <= top.min()].tolist())),
    )


def gini_absolute(scores: Floats) -> float:
    """Half the mean absolute difference: sum over all pairs |x_i - x_j| / (2 n^2), by sorting."""
    n = len(scores)
    if n == 0:
        return math.nan
    ordered = np.sort(scores)
    ranks = 2.0 * np.arange(1, n + 1) - n - 1.0
    return float(ranks @ ordered) / n**2
