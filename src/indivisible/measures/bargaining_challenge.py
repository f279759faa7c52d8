"""Who would win if one actor challenged another, as each sees it: who sides with whom, and what the challenge is worth.

All functions take arrays of any shape whose last axis, where there is one, runs over third parties.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from indivisible.measures.bargaining_votes import vote

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]

AT_ONCE = 1 << 18  # figures of pairs of actors times third parties that are held at one time
ALONE = 1e-10  # strength of a side before anybody joins it


def odds_of_challenge(
    rule: str, views: Floats, viewers: Integers, strength: Floats, first: Integers, second: Integers
) -> Floats:
    """Probability that `first` defeats `second`, pair by pair, each as its viewer sees it.

    `views[viewer, k, j]` is what a viewer believes actor j's position to be worth to actor k; `strength` is capability
    times the sum of salience. Pairs are taken some at a time, so that memory grows with actors and not their fourth
    power.
    """
    own = np.diagonal(views, axis1=1, axis2=2)
    found = np.empty(len(first))
    step = max(1, AT_ONCE // views.shape[1])
    for begin in range(0, len(first), step):
        some = slice(begin, begin + step)
        seen, one, other = viewers[some], first[some], second[some]
        found[some] = _odds(rule, strength, (views[seen, :, one], views[seen, :, other], own[seen]), one, other)
    return found


def _odds(
    rule: str, strength: Floats, worth: tuple[Floats, Floats, Floats], first: Integers, second: Integers
) -> Floats:
    """The same for the worth[pair, actor] of the first's position, of the second's, and of the actor's own."""
    pairs = np.arange(len(first))
    to_first, to_second, own = worth
    votes = vote(rule, strength[None, :], to_first - to_second)
    supports = ALONE + np.maximum(votes[pairs, first], 0.0) + np.maximum(votes[pairs, second], 0.0)
    opposes = ALONE + np.maximum(-votes[pairs, first], 0.0) + np.maximum(-votes[pairs, second], 0.0)
    with_first = supports[:, None] + np.maximum(votes, 0.0)
    small = with_first / (with_first + opposes[:, None] + np.maximum(-votes, 0.0))
    sided = vote(rule, strength[None, :], siding(small, to_first, to_second, own))
    sided[pairs, first] = sided[pairs, second] = 0.0
    supports = supports + np.maximum(sided, 0.0).sum(axis=1)
    opposes = opposes + np.maximum(-sided, 0.0).sum(axis=1)
    return np.asarray(supports / (supports + opposes))


def siding(odds: Floats, to_first: Floats, to_second: Floats, own: Floats) -> Floats:
    """What a third party gains by siding with the first rather than the second, the two and itself being all there is.

    Who sides with the winner keeps its own position; who sides with the loser takes the winner's.
    """
    with_first = odds * (2.0 * to_first + own) + (1.0 - odds) * 3.0 * to_second
    with_second = odds * 3.0 * to_first + (1.0 - odds) * (2.0 * to_second + own)
    return np.asarray(with_first - with_second)


def gain_of_challenge(odds: Any, salience_of_second: Any, first_position: Any, second_position: Any) -> Floats:
    """What a challenge is expected to add to somebody's utility; the last two are the worth to it of both positions.

    The second gives way without a contest with probability 1 minus the sum of its salience.
    """
    won, lost = 2.0 * np.asarray(first_position), 2.0 * np.asarray(second_position)
    contest = odds * won + (1.0 - odds) * lost
    as_it_is = (won + lost) / 2.0
    return np.asarray((1.0 - salience_of_second) * won + salience_of_second * contest - as_it_is)
