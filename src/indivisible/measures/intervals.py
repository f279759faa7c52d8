"""How far a ratio of sums can move when some of the terms are only known to lie in an interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_ROUNDS = 100


def kept_added_removed(
    kept: tuple[Floats, Floats], added: tuple[Floats, Floats], removed: tuple[Floats, Floats]
) -> tuple[Floats, Floats]:
    """Lowest and highest (kept + added) / (kept + removed), each an interval (low, high) of its own.

    Exact: the ratio is monotone in each of the three. Nothing over nothing is no change, 1.
    """
    highest = _corner(np.where(added[1] > removed[0], kept[0], kept[1]), added[1], removed[0])
    lowest = _corner(np.where(added[0] < removed[1], kept[0], kept[1]), added[0], removed[1])
    return lowest, highest


def _corner(kept: Floats, added: Floats, removed: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (kept + added) / (kept + removed)
    unchanged = (added == removed) | (np.isinf(kept) & np.isfinite(added) & np.isfinite(removed))
    ratio = np.where(unchanged, 1.0, ratio)
    return np.where(np.isinf(added) & ~np.isinf(removed), np.inf, ratio)


def linear_ratio(
    over: tuple[Floats, Floats], under: tuple[Floats, Floats], low: Floats, high: Floats
) -> tuple[Floats, Floats]:
    """Lowest and highest (a0 + sum a x) / (b0 + sum b x) over all x between `low` and `high`, row by row.

    `over` is (a0 [n], a [n, m]), `under` is (b0, b), none negative; `high` may be infinite. Exact, by Dinkelbach's
    method: at the optimum every x stands at one of its ends. Nothing over nothing is no change, 1, and that is among
    the values wherever all of it may be nothing.
    """
    highest = _highest(over, under, low, high)
    with np.errstate(divide="ignore"):
        lowest = 1.0 / _highest(under, over, low, high)
    return lowest, highest


def _highest(over: tuple[Floats, Floats], under: tuple[Floats, Floats], low: Floats, high: Floats) -> Floats:
    (a0, a), (b0, b) = over, under
    boundless = np.isinf(high)
    with np.errstate(divide="ignore", invalid="ignore"):
        limits = np.where(boundless & (a > 0.0), a / b, 0.0)
    reached: Floats = limits.max(axis=1, initial=0.0)
    ceiling = np.where(boundless, low, high)
    for _ in range(_ROUNDS):
        with np.errstate(divide="ignore", invalid="ignore"):
            upward = a - np.where(b > 0.0, reached[:, None] * b, 0.0) > 0.0
            x = np.where(upward, ceiling, low)
            ratio = (a0 + (a * x).sum(axis=1)) / (b0 + (b * x).sum(axis=1))
        better = ratio > reached  # NaN, nothing over nothing, is not better
        if not better.any():
            break
        reached = np.where(better, ratio, reached)
    nothing, maybe = (a0 + (a * x).sum(axis=1) + b0 + (b * x).sum(axis=1) == 0.0 for x in (np.minimum(high, 1.0), low))
    return np.where(nothing, 1.0, np.where(maybe, np.maximum(reached, 1.0), reached))
