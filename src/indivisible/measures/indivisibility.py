"""Whether what makes one safer makes others safer too: how much of what acts do to others is gain, and how much loss.

The coefficient is 1 - N / (P + N), P the sum of all gains of others and N that of all their losses: 1 where nobody
loses by what others do for themselves, 0 where nobody gains, NaN where nothing reaches anybody.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Indivisibility:
    """Sums and numbers of what acts do to others.

    positive, negative  P and N, the second as a positive number
    rising, falling     how many pairs of an act and an other are a gain, and how many a loss, infinite ones included
    still               how many are neither
    infinite            how many gains or losses are without bound, and so in no sum
    unknown             how many are not known, and so in no sum and in none of the counts
    """

    positive: float
    negative: float
    rising: int
    falling: int
    still: int
    infinite: int = 0
    unknown: int = 0

    @property
    def coefficient(self) -> float:
        """1 - N / (P + N); NaN if both are 0."""
        total = self.positive + self.negative
        return 1.0 - self.negative / total if total > 0.0 else math.nan

    @property
    def share_of_pairs(self) -> float:
        """The share of gains among all that gain or lose, each pair with the same weight; NaN if none does."""
        moving = self.rising + self.falling
        return self.rising / moving if moving else math.nan

    def __add__(self, other: Indivisibility) -> Indivisibility:
        """Of all acts of both."""
        return Indivisibility(
            self.positive + other.positive, self.negative + other.negative, self.rising + other.rising,
            self.falling + other.falling, self.still + other.still, self.infinite + other.infinite,
            self.unknown + other.unknown,
        )  # fmt: skip


def indivisibility(effects: Floats, counted: Bools) -> Indivisibility:
    """Of effects [..] of any sign, NaN where not known, those where `counted` [..] is True."""
    given = np.where(counted, effects, 0.0)
    rising, falling, unknown = given > 0.0, given < 0.0, int(np.isnan(given).sum())
    up, down = (int(np.count_nonzero(one)) for one in (rising, falling))
    total = int(np.broadcast_to(counted, effects.shape).sum())
    infinite = np.isinf(given)
    if infinite.any():
        rising, falling = rising & ~infinite, falling & ~infinite
    return Indivisibility(
        positive=float(given.sum(where=rising)),
        negative=float(-given.sum(where=falling)) + 0.0,
        rising=up,
        falling=down,
        still=total - up - down - unknown,
        infinite=int(infinite.sum()),
        unknown=unknown,
    )
