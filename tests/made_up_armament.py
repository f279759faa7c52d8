"""A made-up fit of the arms race: all states react alike, those of the small worlds and of the record that ships."""

from __future__ import annotations

from indivisible.panels.armament_fit import ArmamentFit, Coefficient, Variant
from indivisible.record.load import load

WORLD = 100.0  # what all states of a made-up world spend together; one without a figure spends at most 2 of it
LANDS = ("AAA", "BBB", "CCC", "DDD", "EEE")


def armament_fit() -> ArmamentFit:
    """.3 towards hostile states, .2 towards neighbours, .25 towards defenders of hostile states; fatigue .6."""
    numbers = {"hostile": 0.3, "neighbour": 0.2, "camp": 0.25, "fatigue": 0.6}
    coefficients = {name: Coefficient(one, one, 0.05) for name, one in numbers.items()}
    grievances = dict.fromkeys([*"ABCDEFGH", *LANDS, *load().entities("state")], Coefficient(0.5, 0.5, 0.1))
    variant = Variant("sipri", "given", coefficients, grievances, (1990, 2020), 600, 0, 0, 0.1, 0.02)
    return ArmamentFit(WORLD, {("sipri", "given"): variant}, {"sipri_milex": "made up"})
