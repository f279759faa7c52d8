"""The distance model the slow and obvious way: one state, one defender and one stranger after another.

Written from the definition (Boulding 1962; Bueno de Mesquita 1981 for the variant `war_trap`), not from the program.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping

Pledges = Collection[tuple[str, str, str]]
Troops = Mapping[tuple[str, str], float]
Place = tuple[float, float]
RADIUS = 6371.0088
MILE = 1.609344


def kilometres(here: Place, there: Place) -> float:
    """The great circle between two places, by the spherical law of cosines on unit vectors."""
    (a, b), (c, d) = (tuple(map(math.radians, place)) for place in (here, there))
    one = (math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a))
    other = (math.cos(c) * math.cos(d), math.cos(c) * math.sin(d), math.sin(c))
    cross = (
        one[1] * other[2] - one[2] * other[1], one[2] * other[0] - one[0] * other[2],
        one[0] * other[1] - one[1] * other[0],
    )  # fmt: skip
    return RADIUS * math.atan2(math.hypot(*cross), sum(x * y for x, y in zip(one, other, strict=True)))


def way(
    k: str, i: str, places: Mapping[str, Place], pledges: Pledges, reach: float,
    *, troops: Troops | None = None, forward: float = 0.0, garrison: float = 5000.0,
) -> float:  # fmt: skip
    """How far k stands from i by the shortest of its ways: from home, in part from allied ground, in part from where
    its troops are."""
    if k == i:
        return 0.0
    home = kilometres(places[k], places[i])
    ways = [home]
    for ally in places:
        allied = (k, ally, "defence") in pledges or (ally, k, "defence") in pledges
        if allied and (ally != i or (k, i, "defence") in pledges):
            ways.append((1 - reach) * home + reach * kilometres(places[ally], places[i]))
    for (sender, host), number in (troops or {}).items():
        if sender == k and number > 0:
            part = forward * (number / garrison if number < garrison else 1.0)
            ways.append((1 - part) * home + part * kilometres(places[host], places[i]))
    return min(ways)


def score(
    i: str, power: Mapping[str, float], pledges: Pledges, places: Mapping[str, Place], *,
    decay: str = "exponential", scale: float = 2000.0, reach: float = 0.0, miles_per_day: float = 500.0,
    normalised: bool = False, troops: Troops | None = None, forward: float = 0.0, garrison: float = 5000.0,
) -> float:  # fmt: skip
    """ln of what i and its defenders bring less ln of what all others bring; infinite where they bring nothing."""
    total = sum(power.values())
    ours = theirs = 0.0
    for k in power:
        d = way(k, i, places, pledges, reach, troops=troops, forward=forward, garrison=garrison)
        if decay == "exponential":
            brought = power[k] * math.exp(-d / scale)
        elif decay == "linear":
            brought = power[k] * max(0.0, 1 - d / scale)
        else:
            exponent = math.log10(d / MILE / miles_per_day + 10 - math.e)
            exponent = exponent / math.log10(10 - math.e) if normalised else exponent
            brought = (power[k] / total) ** exponent if power[k] else 0.0
        if k == i or (k, i, "defence") in pledges:
            ours += brought
        else:
            theirs += brought
    if theirs == 0.0:
        return math.inf
    return math.log(ours) - math.log(theirs) if ours else -math.inf
