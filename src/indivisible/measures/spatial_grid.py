"""Which outcomes are uncovered, and what beats the status quo, on a grid of one or two dimensions.

One outcome covers another if it beats it and everything that beats the first beats the second too (Gillies's form);
what is covered by nothing is the uncovered set (Miller 1980; McKelvey 1986), within which votes of many kinds end. Both
are of the grid: a finer one may differ by a cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.voting_rules import Rule, carried, checked, quotas_of

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LINE, SQUARE = 201, 41  # points a side, on one and on two dimensions
MOST_POINTS = 4_000
NEARER = 1e-9  # a difference in distance below which nobody prefers either
_BLOCK = 1_000_000


@dataclass(frozen=True)
class Outcomes:
    """Points of a grid over the ideal points and these themselves, and how far apart the grid's points are."""

    places: Floats
    steps: tuple[float, ...]


def outcomes(ideals: Any, *, side: int | None = None, also: Any = ()) -> Outcomes:
    """A grid over the box of all ideal points, the points themselves, and any `also` given."""
    points = np.asarray(ideals, dtype=float)
    extra = np.asarray(also, dtype=float).reshape(-1, points.shape[1])
    several = side or (LINE if points.shape[1] == 1 else SQUARE)
    if several < 2 or several ** points.shape[1] > MOST_POINTS:
        raise QuestionError(
            f"a grid of {several} points a side", do=f"use 2 or more, and at most {MOST_POINTS:,} in all"
        )
    every = np.concatenate([points, extra])
    low, high = every.min(axis=0), every.max(axis=0)
    lines = [np.linspace(a, b, several) for a, b in zip(low, high, strict=True)]
    grid = np.stack(np.meshgrid(*lines, indexing="ij"), axis=-1).reshape(-1, points.shape[1])
    places = np.unique(np.round(np.concatenate([grid, every]), 9), axis=0)
    return Outcomes(places, tuple(((high - low) / (several - 1)).tolist()))


def beats(ideals: Any, rule: Rule, first: Floats, second: Floats) -> Flags:
    """Whether those nearer to each first outcome than to each second carry: `[first, second]`."""
    points = np.asarray(ideals, dtype=float)
    checked(rule)
    quotas = list(dict.fromkeys(quotas_of(rule)))
    to_first, to_second = (np.linalg.norm(points[:, None] - places[None], axis=2) for places in (first, second))
    found = np.zeros((len(first), len(second)), dtype=bool)
    block = max(1, _BLOCK // max(1, len(second)))
    for at in range(0, len(first), block):
        here = to_first[:, at : at + block]
        sums = {one: np.zeros((here.shape[1], len(second)), dtype=np.int64) for one in quotas}
        for member in range(len(points)):
            prefers = here[member][:, None] < to_second[member][None, :] - NEARER
            for one, total in sums.items():
                if one.weights[member]:
                    total += prefers if one.weights[member] == 1 else prefers * one.weights[member]
        found[at : at + block] = carried(rule, sums)
    return found


def uncovered(ideals: Any, rule: Rule, places: Floats) -> Flags:
    """Which of the outcomes are covered by none of the others."""
    beaten = beats(ideals, rule, places, places)
    also_beaten = beaten.astype(np.float32)
    # escapes[y, x]: how many outcomes beat y without beating x; y covers x if it beats x and there is none
    escapes = also_beaten.T @ (1.0 - also_beaten)
    return np.asarray(~(beaten & (escapes < 0.5)).any(axis=0))


def preferred_to(ideals: Any, rule: Rule, status_quo: Any, places: Floats) -> Flags:
    """Which outcomes a winning coalition prefers to the status quo."""
    now = np.asarray(status_quo, dtype=float).reshape(1, -1)
    return np.asarray(beats(ideals, rule, places, now)[:, 0])


def accepted_by(ideals: Any, status_quo: Any, places: Floats) -> Flags:
    """Which outcomes none of these members finds worse than the status quo."""
    points, now = np.asarray(ideals, dtype=float), np.asarray(status_quo, dtype=float).reshape(1, -1)
    away = np.linalg.norm(points[:, None] - places[None], axis=2)
    return np.asarray((away <= np.linalg.norm(points - now, axis=1)[:, None] + NEARER).all(axis=0))
