"""How much better a package could be that was not looked at: a bound for each thing that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Bools
from indivisible.explore.design import Found
from indivisible.explore.design_case import FEWEST_LEVERS, LEAST_VACUUM, LEXIMIN, MOST_GAIN


def bounds(found: Found) -> list[dict[str, Any]]:
    """For each wish what no package within the limits can exceed, whether or not it was looked at; for JSON."""
    return list(_bounds(found))


def _bounds(found: Found) -> Iterator[dict[str, Any]]:
    for wish in found.case.aims.prefer:
        if wish == FEWEST_LEVERS:
            known = [one.bit_count() for one in found.worths]
            linear = 0 if found.looked.outcome is None else found.looked.outcome.fewest_levers
            least = min([*known, max(linear, found.looked.complete_to + 1)])
            says = f"a package that meets every demand takes at least {least} lever{'s' if least != 1 else ''}"
            yield {"wish": wish, "model": None, "at_least": least, "at_most": None, "says": says}
        elif wish == MOST_GAIN:
            for label in found.examiner.labels:
                most = int(_may_ever_gain(found, label)[found.examiner.rows].sum())
                if found.looked.outcome is not None:
                    most = min(most, found.looked.outcome.most_gain.get(label, most))
                says = f"at most {most} of the states that are watched can gain under {label}"
                yield {"wish": wish, "model": label, "at_least": None, "at_most": most, "says": says}
        elif wish == LEAST_VACUUM:
            says = "no fewer than 0 cells can be open"
            yield {"wish": wish, "model": None, "at_least": 0, "at_most": None, "says": says}
        elif wish == LEXIMIN:
            says = "for the state that fares worst no bound is known"
            yield {"wish": wish, "model": None, "at_least": None, "at_most": None, "says": says}
        else:
            raise ValueError(wish)


def _may_ever_gain(found: Found, label: str) -> Bools:
    """[n]: for whom no bound on what all levers together can do for it rules a gain out."""
    examiner = found.examiner
    screen = examiner.screens[label]
    everyone = np.ones(len(examiner.states), dtype=bool)
    if screen.quick is None:
        return everyone
    moved = examiner.worlds.ever(screen.quick.kinds)
    if moved is None:
        return everyone
    gained: Bools = ~(screen.quick.most(*moved) <= screen.bound - screen.margin)
    return gained
