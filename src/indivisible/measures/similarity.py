"""How alike the foreign policies of two states are, from their alliances or their votes, for all pairs at once.

Every measure takes a JointLevels (`compare` in joint_levels) and gives [n, n], symmetric, NaN where it is undefined.

    S               Signorino & Ritter, "Tau-b or Not Tau-b", International Studies Quarterly 43 (1999) 115-144
    kappa, pi       Cohen (1960) and Scott (1955), for foreign policy: Hage, Political Analysis 19 (2011) 287-305
    tau-b           Kendall; Bueno de Mesquita, Journal of Conflict Resolution 19 (1975)
    agreement       Lijphart, American Political Science Review 57 (1963)

Weights count a column (a partner, a roll call) that many times; that is S's own weighting.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError
from indivisible.measures.joint_levels import JointLevels, column_weights

Floats = NDArray[np.float64]
Distance = Literal["nominal", "absolute", "squared"]

_NOTHING = 1e-12  # variation below this share of the possible is rounding


def s(pairs: JointLevels, *, distance: Distance = "absolute") -> Floats:
    """S = 1 - 2 sum w d(x, y) / (sum w * d_max), in [-1, 1]; 1 where portfolios are the same (SR 1999).

    d_max is the distance across the whole scale. NaN for a pair with no column known of both.
    """
    similarity: Floats = 1.0 - 2.0 * observed(pairs, distance) / _longest(pairs, distance)
    return similarity


def corrected_s(pairs: JointLevels, *, distance: Distance = "absolute") -> Floats:
    """S less the S expected by chance given how often each of the two stands at each level: S - E[S] (SR 1999).

    Divided by 1 - E[S], the most it could be, it is Cohen's kappa with the same distance.
    """
    excess: Floats = 2.0 * (expected_own(pairs, distance) - observed(pairs, distance)) / _longest(pairs, distance)
    return excess


def kappa(pairs: JointLevels, *, distance: Distance = "squared") -> Floats:
    """Cohen's kappa, 1 - D_o / D_e, where D_e keeps each one's own distribution of levels (Hage 2011).

    Squared: 1 - sum (x-y)^2 / [sum (x-x')^2 + sum (y-y')^2 + n (x'-y')^2], x' and y' the means; the quadratically
    weighted kappa of other packages. NaN where D_e is 0: neither varies.
    """
    return _chance_corrected(observed(pairs, distance), expected_own(pairs, distance), _longest(pairs, distance))


def pi(pairs: JointLevels, *, distance: Distance = "squared") -> Floats:
    """Scott's pi, 1 - D_o / D_e, where D_e takes both to draw from their pooled distribution (Hage 2011).

    Squared: 1 - sum (x-y)^2 / [sum (x-m)^2 + sum (y-m)^2], m the mean of the two means. Some packages give the nominal
    form under the same name. NaN where D_e is 0: neither varies.
    """
    return _chance_corrected(observed(pairs, distance), expected_pooled(pairs, distance), _longest(pairs, distance))


def tau_b(pairs: JointLevels) -> Floats:
    """Kendall's tau-b: (concordant - discordant) / sqrt of the pairs of columns untied in x times those untied in y.

    NaN where either does not vary.
    """
    joint, size = pairs.weight, len(pairs.levels)
    excess = np.zeros(joint.shape[2:])
    above = joint[-1].copy()  # by j's level, the weight at higher levels of i than the present one
    for a in reversed(range(size - 1)):
        lower = np.cumsum(above, axis=0)
        balance = lower[-1] - lower  # of those, at higher levels of j than b, less those at lower levels of j
        balance[1:] -= lower[:-1]
        balance *= joint[a]
        excess += balance.sum(axis=0)
        above += joint[a]
    untied = pairs.total**2 - (pairs.row**2).sum(axis=0)
    untied = np.where(untied <= _NOTHING * pairs.total**2, np.nan, untied)
    correlation: Floats = 2.0 * excess / np.sqrt(untied * untied.T)
    return correlation


def agreement(pairs: JointLevels) -> Floats:
    """Lijphart's index of agreement of votes on yes, abstain, no: the mean of 1 - |x - y| / (yes - no), in [0, 1].

    Leave out the roll calls on which all agreed (`contested`). The same as (1 + S) / 2.
    """
    share: Floats = 1.0 - observed(pairs, "absolute") / pairs.spread
    return share


def contested(votes: Floats) -> NDArray[np.bool_]:
    """Which columns of votes [n, m] were not unanimous among those who voted, [m]; NaN is no vote."""
    known = ~np.isnan(votes)
    lowest = np.where(known, votes, np.inf).min(axis=0, initial=np.inf)
    highest = np.where(known, votes, -np.inf).max(axis=0, initial=-np.inf)
    return np.asarray(lowest < highest)


def alliance_levels(
    defence: NDArray[np.bool_], neutrality: NDArray[np.bool_], consultation: NDArray[np.bool_]
) -> Floats:
    """The usual coding of alliances, [n, n]: 3 defence (and oneself), 2 neutrality or non-aggression, 1 entente or
    consultation, 0 none; the highest that holds of each directed pair.
    """
    level: Floats = np.select([defence, neutrality, consultation], [3.0, 2.0, 1.0], 0.0)
    np.fill_diagonal(level, 3.0)
    return level


def s_of_values(values: Floats, span: float, *, weights: Floats | None = None) -> Floats:
    """S with absolute distances for numbers on no fixed levels (shares of trade, say), [n, n] from [n, m].

    `span` is the largest distance that two values could have. NaN is not known. Time and memory n^2 m and n m.
    Raises QuestionError for a span that is not above 0 or is exceeded.
    """
    table = np.asarray(values, dtype=np.float64)
    known = ~np.isnan(table)
    if not span > 0.0 or (known.any() and np.nanmax(table) - np.nanmin(table) > span * (1.0 + 1e-12)):
        raise QuestionError(f"values differ by more than the span {span:g}", do="give the largest possible distance")
    column = column_weights(table.shape[1], weights)
    filled, both = np.where(known, table, 0.0), known * column
    far = np.empty((len(table), len(table)))
    for i in range(len(table)):
        far[i] = (np.abs(filled - filled[i]) * both) @ known[i].astype(np.float64)
    with np.errstate(invalid="ignore"):
        similarity: Floats = 1.0 - 2.0 * far / (span * (both @ known.T.astype(np.float64)))
    return similarity


def observed(pairs: JointLevels, distance: Distance) -> Floats:
    """Mean distance of the two over the columns known of both, [n, n]."""
    apart = _distances(pairs.levels, distance).ravel()
    n = pairs.weight.shape[2]
    # not a matrix product: many small ones keep every thread of the linear algebra busy waiting
    far = np.einsum("k,kx->x", apart, pairs.weight.reshape(len(apart), n * n)).reshape(n, n)
    return _over(far, pairs.total)


def expected_own(pairs: JointLevels, distance: Distance) -> Floats:
    """Mean distance if the two were independent and each kept its own distribution of levels, [n, n]."""
    weighed = _weighed(pairs, distance)
    return _over((pairs.row * np.swapaxes(weighed, 1, 2)).sum(axis=0), pairs.total**2)


def expected_pooled(pairs: JointLevels, distance: Distance) -> Floats:
    """Mean distance if the two were independent and both drew from their pooled distribution of levels, [n, n]."""
    weighed = _weighed(pairs, distance)
    alone = (pairs.row * weighed).sum(axis=0)
    across = (pairs.row * np.swapaxes(weighed, 1, 2)).sum(axis=0)
    return _over((alone + alone.T + 2.0 * across) / 4.0, pairs.total**2)


def _weighed(pairs: JointLevels, distance: Distance) -> Floats:
    weighed: Floats = np.einsum("ab,bij->aij", _distances(pairs.levels, distance), pairs.row)
    return weighed


def _distances(levels: Floats, distance: Distance) -> Floats:
    apart: Floats = np.abs(levels[:, None] - levels[None, :])
    if distance == "nominal":
        return (apart > 0.0).astype(np.float64)
    if distance == "absolute":
        return apart
    if distance == "squared":
        squared: Floats = apart**2
        return squared
    raise QuestionError(f"{distance!r} is not a distance", do="nominal, absolute or squared")


def _longest(pairs: JointLevels, distance: Distance) -> float:
    return float(_distances(pairs.levels, distance).max())


def _over(sums: Floats, total: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        mean: Floats = sums / np.where(total > 0.0, total, np.nan)
    return mean


def _chance_corrected(seen: Floats, expected: Floats, longest: float) -> Floats:
    """1 - seen / expected, NaN where nothing was expected."""
    score: Floats = 1.0 - seen / np.where(expected > _NOTHING * longest, expected, np.nan)
    return score


MEASURES: Mapping[str, Callable[[JointLevels], Floats]] = MappingProxyType(
    {
        "s": s,
        "s_squared": partial(s, distance="squared"),
        "s_corrected": corrected_s,
        "kappa_nominal": partial(kappa, distance="nominal"),
        "kappa_linear": partial(kappa, distance="absolute"),
        "kappa_squared": kappa,
        "pi_nominal": partial(pi, distance="nominal"),
        "pi_linear": partial(pi, distance="absolute"),
        "pi_squared": pi,
        "tau_b": tau_b,
        "agreement": agreement,
    }
)
