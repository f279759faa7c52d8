"""What a link between two is worth to each of them: what it would add if made, and what it saves if kept.

Jackson and Nei (PNAS 112(50), 2015, 15277-15284) let a country's trade be worth f(d) - c d at d links, each at a cost
c; the definition is as recalled. Where it is known with whom each trades, a link can be worth the share of its trade
that goes through it, less the cost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class LinkGains:
    """[x, y]: lowest and highest worth to x of a link with y: if it is made (`adding`), if it is kept (`keeping`)."""

    adding: tuple[Floats, Floats]
    keeping: tuple[Floats, Floats]

    def wanted(self, one: NDArray[np.int64], other: NDArray[np.int64]) -> tuple[Bools, Bools]:
        """[p]: whether neither of two would lose by a new link and one would gain: surely, and possibly."""
        found = []
        for bound in self.adding:
            first, second = bound[one, other], bound[other, one]
            found.append((first >= 0.0) & (second >= 0.0) & ((first > 0.0) | (second > 0.0)))
        return found[0], found[1]

    def kept(self, x: NDArray[np.int64], y: NDArray[np.int64]) -> tuple[Bools, Bools]:
        """[p]: whether x would not gain by ending its link with y: surely, and possibly."""
        return self.keeping[0][x, y] >= 0.0, self.keeping[1][x, y] >= 0.0


def gains_of_degrees(links: Bools, worth: Callable[[Floats], Floats]) -> LinkGains:
    """Where u = worth(number of links): u(d + 1) - u(d) for a new one and u(d) - u(d - 1) for one that is kept."""
    n = len(links)
    degree = links.sum(axis=1).astype(float)
    here = worth(degree)
    adding = np.repeat((worth(degree + 1.0) - here)[:, None], n, axis=1)
    keeping = np.repeat((here - worth(np.maximum(degree - 1.0, 0.0)))[:, None], n, axis=1)
    return LinkGains((adding, adding), (keeping, keeping))


def gains_of_shares(low: Floats, high: Floats, cost: float) -> LinkGains:
    """Where u = sum of the shares [x, y] of all linked to x, less the cost of each link: share - cost, new or kept."""
    if not 0.0 <= cost <= 1.0:
        raise QuestionError(f"a cost of {cost:g}", do="give a share of all trade, from 0 to 1")
    return LinkGains((low - cost, high - cost), (low - cost, high - cost))


def shares(known: Floats, whole: Bools) -> tuple[Floats, Floats]:
    """Lowest and highest share of y in all that is recorded of x, from flows [x, y] (NaN: not known).

    `whole` is where all of a flow is recorded; where part of it or all is missing the share may be anything from the
    recorded part of it up to 1. A row in which nothing is recorded is not known at all.
    """
    recorded = np.where(np.isnan(known), 0.0, known)
    total = recorded.sum(axis=1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(total > 0.0, recorded / total, 0.0)
    sure = whole & (total > 0.0)
    return np.where(sure, share, 0.0), np.where(sure, share, 1.0)
