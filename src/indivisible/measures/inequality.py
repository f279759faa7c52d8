"""How unequally something is spread over states: Gini, Theil, Atkinson and kin; absolute forms for negative scores.

Each takes n amounts, [n], of any unit, and gives one number, the same in whatever order they stand. NaN where it is
undefined: no amounts, one that is not known, and, for the relative forms, a negative amount or a mean of 0. Relative
forms do not change when all amounts are multiplied; `absolute_gini` and `variance` do not change when a constant is
added to all, so they serve scores that may be negative; these two also take weights, so that people count and not
states.

    Gini 1912; Theil, Economics and Information Theory (1967); Atkinson, Journal of Economic Theory 2 (1970) 244-263;
    Shorrocks, Econometrica 48 (1980) 613-625, for the generalised entropies.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

Floats = NDArray[np.float64]


def gini(amounts: Floats) -> float:
    """sum (2i - n - 1) x_(i) / (n sum x), x sorted ascending, i from 1: in [0, 1 - 1/n], 0 if all are equal."""
    relative = _relative(amounts)
    return math.nan if relative is None else absolute_gini(relative)


def theil(amounts: Floats) -> float:
    """mean of r ln r, r = x / mean: in [0, ln n]. Nothing (r = 0) adds 0. Also GE(1)."""
    return generalised_entropy(amounts, 1.0)


def mean_log_deviation(amounts: Floats) -> float:
    """mean of ln(mean / x): 0 if all are equal, infinite if somebody has nothing. Also GE(0), Theil's second."""
    return generalised_entropy(amounts, 0.0)


def generalised_entropy(amounts: Floats, power: float) -> float:
    """GE(a) = mean(r^a - 1) / (a (a - 1)), r = x / mean; its limits at a = 0 and 1. GE(2) is half the squared
    coefficient of variation. Higher powers weigh the top more, lower ones the bottom; infinite for a <= 0 if somebody
    has nothing.
    """
    relative = _relative(amounts)
    if relative is None:
        return math.nan
    if power <= 0.0 and (relative == 0.0).any():
        return math.inf
    if power == 0.0:
        return max(float(-np.log(relative).mean()), 0.0)
    if power == 1.0:
        some = relative[relative > 0.0]
        return max(float((some * np.log(some)).sum()) / len(relative), 0.0)
    return max(float((relative**power - 1.0).mean()) / (power * (power - 1.0)), 0.0)


def atkinson(amounts: Floats, aversion: float) -> float:
    """A(e) = 1 - (the equal amount as good as these) / mean, in [0, 1]: the share that equality would save.

    1 - mean(r^(1-e))^(1/(1-e)), r = x / mean; e = 1: 1 - the geometric mean of r. e > 0 is the aversion to inequality:
    the higher, the more the bottom counts; 1 for e >= 1 if somebody has nothing. QuestionError if e is not above 0.
    """
    if not aversion > 0.0:
        raise QuestionError(f"an aversion of {aversion:g}", do="give a number above 0: 0.5, 1 and 2 are usual")
    relative = _relative(amounts)
    if relative is None:
        return math.nan
    if aversion >= 1.0 and (relative == 0.0).any():
        return 1.0
    if aversion == 1.0:
        return max(1.0 - math.exp(float(np.log(relative).mean())), 0.0)
    power = 1.0 - aversion
    equal = float((relative**power).mean()) ** float(1.0 / power)
    return max(1.0 - float(equal), 0.0)


def absolute_gini(scores: Floats, *, weights: Floats | None = None) -> float:
    """Half the mean difference between two drawn at random (with replacement), in the unit of the scores.

    With `weights` [n] (such as people) each is drawn in proportion to its weight: sum of w_i w_j |x_i - x_j| over all
    i, j, divided by 2 (sum w)^2. NaN where a weight is not known or negative, or all are 0.
    """
    given = np.asarray(scores, dtype=np.float64)
    shares = _weight_shares(len(given), weights)
    if shares is None or not np.isfinite(given).all():
        return math.nan
    order = np.argsort(given, kind="stable")
    below = np.cumsum(shares[order])[:-1]  # what lies below each gap, and what above it
    above = np.cumsum(shares[order][::-1])[::-1][1:]
    return float((np.diff(given[order]) * below * above).sum())


def variance(scores: Floats, *, weights: Floats | None = None) -> float:
    """The mean squared distance from the mean (divided by n, these being all states and no sample).

    With `weights` [n] both means are weighted; NaN where `absolute_gini` is.
    """
    given = np.asarray(scores, dtype=np.float64)
    shares = _weight_shares(len(given), weights)
    if shares is None or not np.isfinite(given).all():
        return math.nan
    return float(shares @ (given - shares @ given) ** 2)


def _weight_shares(n: int, weights: Floats | None) -> Floats | None:
    """Each one's share of all weight; None where that is undefined."""
    given = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if not n or not np.isfinite(given).all() or (given < 0.0).any() or not (given > 0.0).any():
        return None
    largest = given / given.max()
    shares: Floats = largest / largest.sum()
    return shares


def _relative(amounts: Floats) -> Floats | None:
    """Amounts over their mean; None where that is undefined."""
    given = np.asarray(amounts, dtype=np.float64)
    if not len(given) or not np.isfinite(given).all() or (given < 0.0).any() or not (given > 0.0).any():
        return None
    largest = given / given.max()  # first to a safe size: neither the sum nor a square may overflow
    relative: Floats = largest / largest.mean()
    return relative
