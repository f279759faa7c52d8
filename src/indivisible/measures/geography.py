"""How far states are from one another: great circles between capitals, and reach through others' territory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

EARTH_RADIUS_KM = 6371.0088  # mean radius, International Union of Geodesy and Geophysics
KM_PER_MILE = 1.609344


def great_circle(
    latitude: NDArray[np.float64],
    longitude: NDArray[np.float64],
    other_latitude: NDArray[np.float64],
    other_longitude: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Kilometres along the great circle between points in decimal degrees (haversine); NaN stays NaN; broadcasts."""
    here, there = np.radians(latitude), np.radians(other_latitude)
    half_north = (there - here) / 2
    half_east = (np.radians(other_longitude) - np.radians(longitude)) / 2
    chord = np.sin(half_north) ** 2 + np.cos(here) * np.cos(there) * np.sin(half_east) ** 2
    kilometres: NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(chord, 0.0, 1.0)))
    return kilometres


def distances(latitude: NDArray[np.float64], longitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """Kilometres between all pairs of n points, [n, n]; exactly zero from a point to itself, known or not."""
    kilometres = great_circle(latitude[:, None], longitude[:, None], latitude[None, :], longitude[None, :])
    np.fill_diagonal(kilometres, 0.0)
    return kilometres


def nearest(
    distance: NDArray[np.float64], through: NDArray[np.bool_], *, own_ground: bool = True
) -> NDArray[np.float64]:
    """Kilometres from i to j starting from whichever is nearest: i itself, or any k with `through[i, k]`, [n, n].

    With `own_ground` False, j's own territory is no starting point against j itself. NaN where any of the distances
    it is the smallest of is not known.
    """
    n = len(distance)
    steps = distance.copy()
    if not own_ground:
        np.fill_diagonal(steps, np.inf)
    reach = distance.copy()
    for i in np.flatnonzero(through.any(axis=1)):
        ways = np.flatnonzero(through[i])
        reach[i] = np.minimum(reach[i], steps[ways].min(axis=0))  # np.minimum keeps NaN
    reach[np.arange(n), np.arange(n)] = 0.0
    return reach
