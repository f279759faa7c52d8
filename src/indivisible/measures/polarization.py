"""How far the world is split into camps: poles of allied powers, network polarization, Esteban and Ray's measure.

The definitions of Moul and of Maoz are given as recalled: their printed formulas were not seen, and nothing here is
claimed to reproduce their published series.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Groups = NDArray[np.int64]


def poles(ties: NDArray[np.bool_]) -> Groups:
    """Which pole each of n powers belongs to, [n], numbered from 0 in the order of the first member.

    `ties` [n, n]: bound to defend, in either direction. Powers bound to one another, directly or through others, are
    one pole; one bound to nobody is a pole by itself. After William Moul, Journal of Conflict Resolution 37 (1993), as
    recalled. The number of poles is `poles(ties).max() + 1`; give their joint power to `concentration`.
    """
    linked = np.asarray(ties, dtype=bool)
    linked = linked | linked.T
    pole = np.full(len(linked), -1, dtype=np.int64)
    number = 0
    for start in range(len(linked)):
        if pole[start] >= 0:
            continue
        reached = np.zeros(len(linked), dtype=bool)
        reached[start] = True
        edge = reached
        while edge.any():
            edge = linked[edge].any(axis=0) & ~reached
            reached = reached | edge
        pole[reached] = number
        number += 1
    return pole


def joint_power(pole: Groups, power: Floats) -> Floats:
    """Power of each pole, [poles]; NaN where a member's is not known. Same unit as `power` [n]."""
    joint: Floats = np.bincount(pole, weights=np.asarray(power, dtype=np.float64)).astype(np.float64)
    return joint


def cluster_polarization(pole: Groups) -> float:
    """1 - (poles - 1) / (powers - 1): 0 if every power stands alone, 1 if all are in one pole; NaN for one power.

    In the manner of Frank Wayman's ratio of actual to potential poles, J. of Peace Research 21 (1984), as recalled.
    """
    if len(pole) < 2:
        return math.nan
    return 1.0 - (len(np.unique(pole)) - 1) / (len(pole) - 1)


def network_polarization(ties: NDArray[np.bool_], groups: Groups) -> float:
    """How near a network is to two equal, closed and separate camps, in [0, 1].

    sum over groups of 4 p^2 (1 - p) c, times 1 - o: p a group's share of the states, c the density of ties within it
    (0 for one state), o the density of ties between groups (0 if there is one group). `ties` [n, n] in either
    direction, `groups` [n] any labels (for instance of `best_partition`). 1 for two equal groups with all ties
    inside and none across; 0 for one group, and if nobody is tied. NaN for fewer than two states.

    In the manner of Zeev Maoz, "Network Polarization, Network Interdependence, and International Conflict, 1816-2002",
    Journal of Peace Research 43 (2006) 391-411: size, cohesion and separation of groups, as recalled. His groups may
    overlap and his formula was not seen; the sizes are weighed here as Reynal-Querol does (2002), which peaks at two.
    """
    linked = np.asarray(ties, dtype=bool)
    linked = linked | linked.T
    np.fill_diagonal(linked, False)
    labels = np.asarray(groups)
    if labels.shape != (len(linked),):
        raise QuestionError(f"{labels.size} labels for {len(linked)} states", do="give the group of each state")
    n = len(linked)
    if n < 2:
        return math.nan
    same = labels[:, None] == labels[None, :]
    split = 0.0
    for group in np.unique(labels):
        inside = labels == group
        size = int(inside.sum())
        if size > 1:
            cohesion = float(linked[np.ix_(inside, inside)].sum()) / (size * (size - 1))
            split += 4.0 * (size / n) ** 2 * (1.0 - size / n) * cohesion
    across = float(linked[~same].mean()) if not same.all() else 0.0
    return split * (1.0 - across)


def esteban_ray(masses: Floats, positions: Floats, *, alpha: float = 1.0) -> float:
    """P = sum over i, j of p_i^(1 + alpha) p_j d(i, j): high if few large groups are alike within and far apart.

    `masses` [n] are renormalised to sum to 1 (p); `positions` are [n] on a line, or [n, n] distances. In the unit of
    distance. At alpha 0 it is twice the absolute Gini; 0 < alpha <= 1.6 is what the axioms leave. Groups at one place
    must be put together first: unlike a Gini, P is not the same for two halves as for the whole. Joan Esteban and
    Debraj Ray, "On the Measurement of Polarization", Econometrica 62 (1994) 819-851, with the free constant K = 1.

    NaN if a mass or position is not known, a mass is negative or all are 0. QuestionError for alpha outside [0, 1.6].
    """
    if not 0.0 <= alpha <= 1.6:
        raise QuestionError(f"alpha {alpha:g}", do="give a number from 0 to 1.6")
    mass, place = np.asarray(masses, dtype=np.float64), np.asarray(positions, dtype=np.float64)
    if place.ndim == 1:
        place = np.abs(place[:, None] - place[None, :])
    if place.shape != (len(mass), len(mass)):
        raise QuestionError(f"{len(mass)} masses and positions of shape {place.shape}", do="give one position a mass")
    total = float(mass.sum())
    if not (0.0 < total < math.inf) or (mass < 0.0).any():
        return math.nan
    share = mass / total
    return float(share ** (1.0 + alpha) @ place @ share)
