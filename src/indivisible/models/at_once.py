"""The models that can say at once what one power or one pledge does to all states, without reading the arrays again.

Both tables hold functions of arrays and settings that give None where it cannot be said this way: for a rule they do
not cover, or where something is not known. Each equals the slow way exactly but for rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from indivisible.architecture.arrays import Arrays, Floats
from indivisible.errors import QuestionError
from indivisible.measures.indivisibility import Indivisibility
from indivisible.models import deterrence, distance
from indivisible.models.base import Settings
from indivisible.models.one_pledge import one_pledge_changes
from indivisible.models.one_power import by_power_in_deterrence, by_power_in_distance
from indivisible.models.reach_pledge import by_pledge_in_distance

AtOnce = Callable[[Arrays, Settings], Floats | None]


def by_pledge_in_deterrence(arrays: Arrays, settings: Settings) -> Floats | None:
    """[p, n]: the change of every score by every pair's pledge."""
    try:
        return one_pledge_changes(arrays, settings, full=True).all
    except QuestionError:
        return None


def pledge_sums(model: str, arrays: Arrays, settings: Settings) -> Indivisibility | None:
    """What all pairs' pledges do to third states, summed without keeping each; None where that is no quicker."""
    n = len(arrays.states)
    cases = n * (n - 1) * (n - 2) // 2
    if model == distance.name and settings.number("reach") == 0.0:
        return Indivisibility(0.0, 0.0, 0, 0, cases)  # power starts at home, whoever is allied with whom
    if model != deterrence.name:
        return None
    try:
        found = one_pledge_changes(arrays, settings)
    except QuestionError:
        return None
    rising, falling = int(found.rising.sum()), int(found.falling.sum())
    infinite = found.opened + found.closed
    return Indivisibility(found.positive, found.negative, rising, falling, cases - rising - falling, infinite)


BY_POWER: Mapping[str, AtOnce] = {deterrence.name: by_power_in_deterrence, distance.name: by_power_in_distance}
"""[i, j]: what one per cent of the power of i does to j (`one_power`)."""

BY_PLEDGE: Mapping[str, AtOnce] = {deterrence.name: by_pledge_in_deterrence, distance.name: by_pledge_in_distance}
"""[p, j]: what a mutual defence pledge of pair p, in the order of (0, 1), (0, 2) ... (1, 2) ..., does to j."""
