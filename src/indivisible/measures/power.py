"""How powerful a state is: net resources, after Michael Beckley, as an interval where a figure is not known.

Beckley, "The Power of Nations: Measuring What Matters", International Security 43(2), 2018, pp. 7-44: power is
GDP x GDP per head, which rewards size and efficiency together and so nets out what a large poor population costs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def net_resources(gdp: NDArray[np.float64], population: NDArray[np.float64]) -> NDArray[np.float64]:
    """GDP x GDP per head = GDP^2 / population, in squared dollars a head; NaN where either is not known."""
    with np.errstate(divide="ignore", invalid="ignore"):
        power: NDArray[np.float64] = gdp * gdp / population
    return power


def net_resources_bounds(
    gdp_low: NDArray[np.float64],
    gdp_high: NDArray[np.float64],
    population_low: NDArray[np.float64],
    population_high: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Lowest and highest net resources that intervals of GDP and population allow.

    A figure that is not known has low 0 and high infinity: then the lowest is 0, or the highest infinity.
    """
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        low = np.where(np.isinf(population_high) | (gdp_low <= 0), 0.0, gdp_low * gdp_low / population_high)
        high = np.where((population_low <= 0) | np.isinf(gdp_high), np.inf, gdp_high * gdp_high / population_low)
    return low, high
