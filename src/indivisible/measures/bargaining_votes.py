"""How actors weigh two proposals against each other: their votes, the two coalitions, and which proposal prevails.

Formulas of the spatial model of politics in the form of the open implementation KTAB (KAPSARC, 2015 to 2019).
`[i, j]` is option i against option j.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]

VOTES = ("prop", "propcbc", "cubic", "binary")
VICTORIES = {"linear": 1, "square": 2, "quartic": 4, "octic": 8}
CHANCES = ("conditional", "markov_uniform", "markov_incentive")
RISKS = ("mid", "low", "high", "neutral")
NOBODY = 1e-8  # strength of a coalition without members, so that two of them are even
INDIFFERENT = 1e-8  # a difference in utility below which a binary voter does not vote in full
STAYS = 1e-10  # incentive of an option to follow itself
UNIFORM_ENDS, INCENTIVE_ENDS, MOST_STEPS = 1e-6, 1e-8, 100_000


def vote(rule: str, weight: Any, difference: Any) -> Floats:
    """Votes for the first of two proposals (against it where negative), by difference in utility."""
    apart = np.asarray(difference, dtype=float)
    if rule == "prop":
        heard = apart
    elif rule == "propcbc":
        heard = 0.5 * apart + 0.5 * apart**3
    elif rule == "cubic":
        heard = apart**3
    elif rule == "binary":
        heard = np.clip(apart / INDIFFERENT, -1.0, 1.0)
    else:
        raise QuestionError(f"no way to vote is called {rule!r}", do=f"use {', '.join(VOTES)}")
    return np.asarray(weight * heard)


def coalitions(rule: str, weights: Floats, utilities: Floats) -> Floats:
    """Strength of the coalition for option i against option j; `utilities[k, i]` is what option i is worth to k."""
    for_first = vote(rule, weights[:, None, None], utilities[:, :, None] - utilities[:, None, :])
    strengths: Floats = NOBODY + np.maximum(for_first, 0.0).sum(axis=0)
    return strengths


def victories(kind: str, strengths: Floats) -> Floats:
    """Probability that option i beats option j; one half against itself."""
    if kind not in VICTORIES:
        raise QuestionError(f"no odds of victory are called {kind!r}", do=f"use {', '.join(VICTORIES)}")
    ratio = (strengths.T / strengths) ** VICTORIES[kind]
    found: Floats = 1.0 / (1.0 + ratio)
    return found


def prevailing(kind: str, strengths: Floats, odds: Floats) -> Floats:
    """Probability that each option is the one that prevails over all; they sum to 1."""
    if kind == "conditional":
        logs = np.log(np.maximum(odds, np.finfo(float).tiny)).sum(axis=1)
        beats_all = np.exp(logs - logs.max())
        return np.asarray(beats_all / beats_all.sum())
    options = len(odds)
    if kind == "markov_uniform":
        challenge = np.full((options, options), 1.0 / options)
        return _settled(challenge, odds, UNIFORM_ENDS)
    if kind == "markov_incentive":
        incentive = strengths * odds + STAYS * np.eye(options)
        return _settled(incentive / incentive.sum(axis=0), odds, INCENTIVE_ENDS)
    raise QuestionError(f"no chances are called {kind!r}", do=f"use {', '.join(CHANCES)}")


def _settled(challenge: Floats, odds: Floats, tolerance: float) -> Floats:
    """Where a chain settles in which option i challenges the present option j with `challenge[i, j]`."""
    chances = np.full(len(odds), 1.0 / len(odds))
    for _ in range(MOST_STEPS):
        meets = chances[:, None] * challenge.T  # [j, i]: j is present and i challenges it
        after = (odds * (meets + meets.T)).sum(axis=1)
        moved = float(np.abs(after - chances).max())
        chances = (chances + after) / 2.0
        if moved <= tolerance:
            return np.asarray(chances)
    raise QuestionError(
        f"the chances did not settle in {MOST_STEPS:,} steps", do="use chances: conditional"
    )  # pragma: no cover


def risk_attitudes(kind: str, chances: Floats) -> Floats:
    """Risk attitude from the chance to prevail: the strongest takes no risk for more, the weakest takes some.

    `mid` runs from -1/2 to 1, `low` from 0 to 1, `high` from -1 to 1; all are 0 for `neutral`, and where all chances
    are equal. In a utility (1 - d)(1 + dR), R above 0 is averse to risk.
    """
    top, bottom = float(chances.max()), float(chances.min())
    if kind == "neutral" or top - bottom <= 1e-15:
        return np.zeros(len(chances))
    if kind == "mid":
        return np.asarray((3.0 * chances - (top + 2.0 * bottom)) / (2.0 * (top - bottom)))
    if kind == "low":
        return np.asarray((chances - bottom) / (top - bottom))
    if kind == "high":
        return np.asarray((2.0 * chances - (top + bottom)) / (top - bottom))
    raise QuestionError(f"no risk attitude is called {kind!r}", do=f"use {', '.join(RISKS)}")


def utility(distance: Any, risk: Any) -> Floats:
    """What a position at a distance (0 to 1) is worth: 1 at one's own, 0 at the far end, curved by risk attitude."""
    away = np.asarray(distance, dtype=float)
    curve = np.where(away <= 1.0, away, 1.0)
    return np.asarray((1.0 - away) * (1.0 + curve * risk))


def distances(ideals: Floats, positions: Floats, salience: Floats) -> Floats:
    """How far every position is from every actor's own, in the actor's eyes: `[actor, position]`, from 0 to 1."""
    apart = salience[:, None, :] * (ideals[:, None, :] - positions[None, :, :])
    found: Floats = np.sqrt((apart**2).sum(axis=2) / (salience**2).sum(axis=1)[:, None])
    return found
