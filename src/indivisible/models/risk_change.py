"""How far a change can move the risk of every state, over all that is not known, the same before and after."""

from __future__ import annotations

import numpy as np

from indivisible.architecture.arrays import Floats

_MOST = 8  # pairs in doubt of one target of which every combination is tried


def hazards(log_odds: Floats) -> Floats:
    """-log of the chance that nothing begins, from the log odds that something does."""
    found: Floats = np.maximum(log_odds, 0.0) + np.log1p(np.exp(-np.abs(log_odds)))
    return found


def score(hazard: Floats) -> Floats:
    """- log odds of becoming a target, from the sum of the hazards of all who may begin it."""
    with np.errstate(divide="ignore"):
        # log(exp(h) - 1), without losing digits at either end
        odds = np.where(hazard > 1.0, hazard + np.log1p(-np.exp(-hazard)), np.log(np.expm1(np.minimum(hazard, 1.0))))
    found: Floats = -odds
    return found


def change_of_target(low: Floats, high: Floats, least: Floats, most: Floats) -> tuple[float, float]:
    """Lowest and highest change of one target's score.

    Before the change the log odds [n] of those who may begin a dispute with it lie between `low` and `high`; the
    change moves them by `least` to `most`. The change of the score is monotone in the odds of each, whatever those of
    the others (a ratio of two linear functions), and falls as they are moved up: so it is extreme at the ends.
    """
    if not (least.any() or most.any()):
        return 0.0, 0.0
    doubtful = np.flatnonzero(low < high)
    if len(doubtful) <= _MOST:
        ends = (np.arange(2 ** len(doubtful))[:, None] >> np.arange(len(doubtful))) & 1
        at = np.broadcast_to(low, (len(ends), len(low))).copy()
        at[:, doubtful] = np.where(ends == 1, high[doubtful], low[doubtful])
        first = score(hazards(at).sum(axis=1))
        worst = score(hazards(at + most).sum(axis=1)) - first
        best = score(hazards(at + least).sum(axis=1)) - first
        return float(worst.min()), float(best.max())
    before = [float(score(hazards(one).sum())) for one in (high, low)]
    worst_after, best_after = float(score(hazards(high + most).sum())), float(score(hazards(low + least).sum()))
    lowest, highest = worst_after - before[1], best_after - before[0]
    return (
        max(lowest, 0.0) if (most <= 0.0).all() else lowest,
        min(highest, 0.0) if (least >= 0.0).all() else highest,
    )
