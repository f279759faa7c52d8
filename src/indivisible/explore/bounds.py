"""How much better a package could be that was not looked at: a bound for each thing that is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from indivisible.architecture.arrays import Floats
from indivisible.explore.design import Found
from indivisible.explore.design_case import (
    FEWEST_LEVERS,
    FEWEST_STEPS,
    LEAST_VACUUM,
    LEXIMIN,
    MOST_GAIN,
    MOST_LEVERS,
    MOST_STEPS,
)
from indivisible.explore.worth import SLACK

Bound = dict[str, Any]


def bounds(found: Found) -> list[Bound]:
    """For each wish what no package within the limits can exceed, whether or not it was looked at; for JSON."""
    return [bound for wish in found.case.aims.prefer for bound in _bounds(found, wish)]


def some(number: int, what: str) -> str:
    """A number of things in words."""
    return f"{number} {what}{'s' if number != 1 else ''}"


def _bounds(found: Found, wish: str) -> Iterator[Bound]:
    if wish in (FEWEST_LEVERS, FEWEST_STEPS, MOST_LEVERS, MOST_STEPS):
        yield _size(found, wish)
    elif wish == MOST_GAIN:
        for label in found.examiner.labels:
            number = _may_gain(found, label)
            says = f"at most {number} of the states that are watched can gain under {label}"
            yield _bound(wish, label, says, at_most=number)
    elif wish == LEAST_VACUUM:
        yield _bound(wish, None, "no fewer than 0 cells can be open", at_least=0)
    elif wish == LEXIMIN:
        for label in found.examiner.labels:
            yield _worst_off(found, label)
    else:
        raise ValueError(wish)


def _bound(
    wish: str, model: str | None, says: str, *, at_least: float | None = None, at_most: float | None = None
) -> Bound:
    return {"wish": wish, "model": model, "at_least": at_least, "at_most": at_most, "says": says}


def _size(found: Found, wish: str) -> Bound:
    """The least or the most levers or steps of a package that meets every demand."""
    weights = sorted(len(lever.steps) for lever in found.case.levers)
    least, most = _least_levers(found), min(len(weights), found.case.limits.levers or len(weights))
    takes = "a package that meets every demand takes at least"
    if wish == FEWEST_LEVERS:
        return _bound(wish, None, f"{takes} {some(least, 'lever')}", at_least=least)
    if wish == FEWEST_STEPS:
        steps = sum(weights[:least])
        return _bound(wish, None, f"{takes} {some(steps, 'step')}", at_least=steps)
    if wish == MOST_LEVERS:
        return _bound(wish, None, f"a package takes at most {some(most, 'lever')}", at_most=most)
    steps = min(sum(weights[len(weights) - most :]), found.case.limits.steps or sum(weights))
    return _bound(wish, None, f"a package takes at most {some(steps, 'step')}", at_most=steps)


def _least_levers(found: Found) -> int:
    """No package that meets every demand has fewer levers: those known, those not come to, and those not looked at."""
    waiting = (one for one, failed in found.looked.failures.items() if not failed and found.waiting)
    linear = 0 if found.looked.outcome is None else found.looked.outcome.fewest_levers
    return min([one.bit_count() for one in (*found.worths, *waiting)] + [max(linear, found.looked.complete_to + 1)])


def _may_gain(found: Found, label: str) -> int:
    """How many watched states may gain by some package."""
    ever, screen, outcome = _ever(found, label), found.examiner.screens[label], found.looked.outcome
    most = len(found.examiner.watched) if ever is None else int((~(ever <= screen.bound - screen.margin)).sum())
    return most if outcome is None else min(most, outcome.most_gain.get(label, most))


def _worst_off(found: Found, label: str) -> Bound:
    """How well the watched state that fares worst can fare: no better than each of them can for itself."""
    ever = _ever(found, label)
    most = float("inf") if ever is None or not len(ever) else float(np.min(np.where(np.isnan(ever), np.inf, ever)))
    if not np.isfinite(most):
        return _bound(LEXIMIN, label, f"how well the state that fares worst can fare under {label} is not bounded")
    says = f"the score of the state that fares worst changes by at most {most:.3g} under {label}"
    return _bound(LEXIMIN, label, says, at_most=most)


def _ever(found: Found, label: str) -> Floats | None:
    """What all levers together can do at most for each state that is watched; None where nothing bounds it."""
    examiner = found.examiner
    screen = examiner.screens[label]
    moved = None if screen.quick is None else examiner.worlds.ever(screen.quick.kinds)
    if screen.quick is None or moved is None:
        return None
    most: Floats = screen.quick.most(*moved)[examiner.rows] + screen.margin + SLACK
    return most
