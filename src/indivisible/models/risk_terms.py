"""The terms of the risk of every pair, lowest, best and highest: what of them is not known stays an interval.

[i, j] is i towards j: i may begin a dispute, j would be its target.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane, Ties
from indivisible.models.base import Settings
from indivisible.models.coalitions import EU_42_7_TREATIES
from indivisible.panels.onset_columns import FARTHEST, LEAST_SHARE, backing, ratio, shield, size


@dataclass(frozen=True, slots=True)
class View:
    """What risk reads of the arrays: shares of capability, distances, borders and four kinds of tie.

    `allied` is a defence pledge in either direction; `hostile` is None where the fit has no such term.
    """

    share: Plane
    distance: Floats
    border: Bools
    defence: Ties
    allied: Ties
    restraint: Ties
    hostile: Ties | None


@dataclass(frozen=True, slots=True)
class Term:
    """One term [n, n], known where its bounds are the same; `best` is NaN where it is not and has no best point."""

    low: Floats
    best: Floats
    high: Floats


def view_of(arrays: Arrays, settings: Settings, *, hostile: bool) -> View:
    """The arrays as risk reads them; shares are held between LEAST_SHARE and 1."""
    without = () if settings.switch("eu_42_7") else EU_42_7_TREATIES
    defence = arrays.ties("defence", without=without)
    share = arrays.capability
    low, best, high = (np.clip(one, LEAST_SHARE, 1.0) for one in (share.low, share.best, share.high))
    return View(
        share=Plane(low, low, low) if np.array_equal(low, high) else Plane(low, best, high),
        distance=arrays.distance,
        border=arrays.borders,
        defence=defence,
        allied=defence.united_with(defence.reversed()),
        restraint=arrays.ties("nonaggression").united_with(arrays.ties("neutrality")),
        hostile=arrays.hostility if hostile else None,
    )


def terms_of(view: View) -> tuple[Term, ...]:
    """The terms in the order of the columns of the fit."""
    share = view.share
    far = np.isnan(view.distance)
    km = Plane(np.where(far, 0.0, view.distance), view.distance, np.where(far, FARTHEST, view.distance))
    if share.low is share.high:
        first = [_known(ratio(share.best, share.best)), _known(size(share.best))]
    else:
        first = [
            Term(ratio(share.low, share.high), ratio(share.best, share.best), ratio(share.high, share.low)),
            Term(size(share.low), size(share.best), size(share.high)),
        ]
    found = [
        *first,
        Term(np.log1p(km.low), np.log1p(km.best), np.log1p(km.high)) if far.any() else _known(np.log1p(km.best)),
        _known(view.border.astype(np.float64)),
        _of_ties(view.allied),
        _of_ties(view.restraint),
        _shield(view),
        _backing(view),
    ]
    if view.hostile is not None:
        found.append(_of_ties(view.hostile))
    return tuple(found)


def same_terms(before: View, after: View) -> tuple[Bools, ...]:
    """For every term where the same things enter it before and after, known or not, so that it cannot have moved."""
    share = before.share.same_as(after.share)
    both = share[:, None] & share[None, :]
    near = (before.distance == after.distance) | (np.isnan(before.distance) & np.isnan(after.distance))
    helper = before.defence.same_as(after.defence) & (share[:, None] | ~before.defence.possible)
    helped = helper.all(axis=0) & share
    found = [both, both, near, before.border == after.border, before.allied.same_as(after.allied),
             before.restraint.same_as(after.restraint), np.broadcast_to(helped[None, :], both.shape),
             np.broadcast_to(helped[:, None], both.shape)]  # fmt: skip
    if before.hostile is not None and after.hostile is not None:
        found.append(before.hostile.same_as(after.hostile))
    return tuple(found)


def weighed(terms: Sequence[Term], weights: Sequence[float], constant: float) -> Term:
    """The log odds of every pair: the constant and the terms times their weights; minus infinity towards oneself."""
    n = len(terms[0].low)
    if all(term.low is term.high for term in terms):
        exact = np.full((n, n), constant)
        for term, weight in zip(terms, weights, strict=True):
            exact += weight * term.best
        np.fill_diagonal(exact, -np.inf)
        return _known(exact)
    low, best, high = (np.full((n, n), constant) for _ in range(3))
    for term, weight in zip(terms, weights, strict=True):
        ends = (term.low, term.high) if weight >= 0.0 else (term.high, term.low)
        low += weight * ends[0]
        best += weight * term.best
        high += weight * ends[1]
    for plane in (low, best, high):
        np.fill_diagonal(plane, -np.inf)
    return Term(low, best, high)


def moved(
    before: Sequence[Term], after: Sequence[Term], same: Sequence[Bools], weights: Sequence[float]
) -> tuple[Floats, Floats]:
    """Lowest and highest move of the log odds of every pair; exactly 0 where the same things enter."""
    low, high = np.zeros_like(before[0].low), np.zeros_like(before[0].low)
    for first, second, still, weight in zip(before, after, same, weights, strict=True):
        less, more = weight * (second.low - first.high), weight * (second.high - first.low)
        low += np.where(still, 0.0, np.minimum(less, more))
        high += np.where(still, 0.0, np.maximum(less, more))
    np.fill_diagonal(low, 0.0)
    np.fill_diagonal(high, 0.0)
    return low, high


def _known(values: Floats) -> Term:
    return Term(values, values, values)


def _of_ties(ties: Ties) -> Term:
    low, high = ties.sure.astype(np.float64), ties.possible.astype(np.float64)
    return _known(low) if ties.sure is ties.possible else Term(low, np.where(low == high, low, np.nan), high)


def _shield(view: View) -> Term:
    share, sure, possible = view.share, view.defence.sure, view.defence.possible
    if share.low is share.high and sure is possible:
        return _known(shield(sure, share.best, share.best))
    low, high = shield(sure, share.low, share.high), shield(possible, share.high, share.low)
    best = np.where((sure == possible).all(axis=0)[None, :], shield(sure, share.best, share.best), np.nan)
    return Term(low, np.where(low == high, low, best), high)


def _backing(view: View) -> Term:
    share, sure, possible = view.share, view.defence.sure, view.defence.possible
    if share.low is share.high and sure is possible:
        return _known(backing(sure, share.best, share.best))
    low, high = backing(sure, share.low, share.high), backing(possible, share.high, share.low)
    best = np.where((sure == possible).all(axis=0)[:, None], backing(sure, share.best, share.best), np.nan)
    return Term(low, np.where(low == high, low, best), high)
