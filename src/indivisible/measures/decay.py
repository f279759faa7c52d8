"""How power fades with distance: Boulding's gradients and the formula of The War Trap."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.geography import KM_PER_MILE

MILES_PER_DAY = (("1816-1918", 250.0), ("1919-1945", 375.0), ("1946-", 500.0))


def exponential(distance: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """exp(-d/L): the share of its power that a state brings to bear at d km (Boulding 1962); L in km."""
    share: NDArray[np.float64] = np.exp(-distance / scale)
    return share


def linear(distance: NDArray[np.float64], scale: float) -> NDArray[np.float64]:
    """1 - d/L, never below 0: Boulding's constant loss-of-strength gradient; L in km, where nothing is left."""
    share: NDArray[np.float64] = np.maximum(0.0, 1.0 - distance / scale)
    return share


AT_HOME = float(np.log10(10.0 - np.e))  # The War Trap's exponent at no distance, about 0.862


def war_trap_exponent(
    distance: NDArray[np.float64], miles_per_day: float, *, normalised: bool = False
) -> NDArray[np.float64]:
    """log10(miles / miles a day + 10 - e), Bueno de Mesquita, The War Trap (1981); distance in km.

    About 0.862 at no distance, where it raises a share below one: a known quirk of the published formula.
    `normalised` divides it by that value, so that at home a share is what it is.
    """
    exponent: NDArray[np.float64] = np.log10(distance / KM_PER_MILE / miles_per_day + 10.0 - np.e)
    return exponent / AT_HOME if normalised else exponent


def war_trap(share: NDArray[np.float64], distance: NDArray[np.float64], miles_per_day: float) -> NDArray[np.float64]:
    """share ** exponent(distance): capability adjusted for distance; shares in [0, 1] that sum to 1."""
    adjusted: NDArray[np.float64] = share ** war_trap_exponent(distance, miles_per_day)
    return adjusted


def miles_per_day_in(year: int) -> float:
    """How far forces were held to move in a day in that year: 250, 375 or 500 miles (The War Trap, as recalled)."""
    if year <= 1918:
        return 250.0
    if year <= 1945:
        return 375.0
    return 500.0
