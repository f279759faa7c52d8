"""How far a change moves every score in one model, between which bounds, and for whom anything was touched at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indivisible.assess.comparison import Comparison
from indivisible.assess.verdict import threshold, verdict
from indivisible.models.base import Model, Reading, Settings

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Changes = tuple[Floats, Floats, Floats, Bools]


def changes(model: Model, settings: Settings, comparison: Comparison, before: Reading, after: Reading) -> Changes:
    """Change of every score (NaN where only its interval is known), its lowest and highest, and who was touched.

    A state that nothing touched, or that is unopposed before and after, has a change of exactly zero.
    """
    touched = np.asarray(model.touched(comparison.arrays_before, comparison.arrays_after, settings), dtype=bool)
    if not touched.any():
        nothing = np.zeros(len(before.states))
        return nothing, nothing, nothing, touched
    low, high = model.change_bounds(comparison.arrays_before, comparison.arrays_after, settings)
    still = ~touched | (before.unopposed & after.unopposed)
    low, high = np.where(still, 0.0, low), np.where(still, 0.0, high)
    with np.errstate(invalid="ignore"):
        change = after.best - before.best
    change = np.where(np.isnan(change) & (low == high), low, change)
    return np.where(still, 0.0, change), low, high, touched


def verdicts(model: Model, moved: Changes, *, unit: float, materiality: float) -> tuple[str, ...]:
    """The verdict for every state, by the bounds of its change; `unit` is that of the reading before."""
    _, low, high, touched = moved
    bound = threshold(model.scale, materiality, unit)
    return tuple(verdict(a, b, touched=bool(t), bound=bound) for a, b, t in zip(low, high, touched, strict=True))
