"""Risk: a state is as secure as it is unlikely, by the record of two centuries, to become the target of a dispute.

Dispute-onset models of quantitative peace research (Bremer, Journal of Conflict Resolution 36, 1992, 309-341, and what
followed), fitted here. score_i = - log odds that at least one state begins a dispute with i within a year. An
association, not an effect: that such states were seldom attacked does not say that becoming such a state protects.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.errors import MissingData
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.models.risk_change import change_of_target, hazards, score
from indivisible.models.risk_terms import Term, View, moved, same_terms, terms_of, view_of, weighed
from indivisible.panels.onset_columns import COLUMNS
from indivisible.panels.onset_fit import NEEDS, OnsetFit, Variant, last_year_for, onset_fit

name: str = "risk"
scale: str = "log_ratio"
reads: frozenset[str] = frozenset(
    {"capability", "distance", "borders", "hostility", "pledges.defence", "pledges.nonaggression", "pledges.neutrality"}
)
needs: tuple[str, ...] = NEEDS
gives_chances: bool = True  # its scores are the log odds of the very event that back-tests count
_SHIFTED = ("allied", "restraint", "shield", "backing")
parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
        *(Parameter(f"shift_{column}", 0.0, f"by how much the coefficient of {column} differs from its estimate",
                    "twice the standard error on either side of the estimate", unit="standard errors", low=-2.0,
                    high=2.0, least=-10.0, most=10.0, least_allowed=True) for column in _SHIFTED),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {"eu_42_7": (True, False), "shift_shield": (-2.0, 0.0, 2.0)}

_TABLE = {
    **dict.fromkeys(("deploy", "observe", "remove"), BLIND),
    **dict.fromkeys(("accede", "cap", "denounce", "dissolve", "enact", "found", "pledge", "ratify", "release", "set",
                     "suspend", "withdraw"), ALL),
}  # fmt: skip
_NAMED = 3


def assumes(settings: Settings) -> str:
    """It is an association."""
    return "what went with disputes in the years of the fit goes with them still, though an association is no effect"


def fit(settings: Settings, *, day: int) -> OnsetFit:
    """The fit on the disputes of years well before the day. Raises MissingData, saying what to import."""
    from indivisible.readers.coverage import covers
    from indivisible.values import Truth

    year = date.fromordinal(day + 1).year - 1
    found = onset_fit(last=last_year_for(date.fromordinal(day).year))
    if covers("nmc", year) is not Truth.YES:
        raise MissingData(
            f"risk needs capabilities of {year}, which the imported National Material Capabilities do not cover",
            do="choose an earlier day with --on, or import a later edition",
        )
    return found


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's score: minus the log odds that somebody begins a dispute with it within a year."""
    variant = _variant(arrays, settings)
    odds = _log_odds(terms_of(_view(arrays, settings, variant)), variant, settings)
    best = score(hazards(odds.best).sum(axis=0))
    low, high = best.copy(), best.copy()
    if odds.low is not odds.high:  # more likely is less safe
        low, high = (score(hazards(plane).sum(axis=0)) for plane in (odds.high, odds.low))
        best = np.where(low == high, low, best)
    unopposed = np.full(len(arrays.states), len(arrays.states) == 1)
    for plane in (low, best, high):
        plane[unopposed] = np.nan
    return Reading(
        model=name, settings=settings, states=arrays.states, low=low, best=best, high=high, unopposed=unopposed,
        because=lambda i: None if unopposed[i] else _because(arrays, odds, i, certain=not np.isnan(best[i])),
        parts=lambda i: _parts(arrays, odds, i), note=_note(variant),
    )  # fmt: skip


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every score over all values of what is not known, the same before and after."""
    variant = _variant(before, settings)
    views = [_view(one, settings, variant) for one in (before, after)]
    first, second = (terms_of(view) for view in views)
    least, most = moved(first, second, same_terms(*views), _weights(variant, settings))
    here, there = (_log_odds(terms, variant, settings) for terms in (first, second))
    exact = ((here.low == here.high) & (least == most)).all(axis=0)
    reached = (least != 0.0).any(axis=0) | (most != 0.0).any(axis=0)
    change = np.zeros(len(before.states))
    rows = exact & reached
    change[rows] = score(hazards(there.low[:, rows]).sum(axis=0)) - score(hazards(here.low[:, rows]).sum(axis=0))
    low, high = change, change.copy()
    for i in np.flatnonzero(reached & ~exact):
        low[i], high[i] = change_of_target(here.low[:, i], here.high[:, i], least[:, i], most[:, i])
    return low, high


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """For which states anything that enters their risk changed."""
    variant = _variant(before, settings)
    views = [_view(one, settings, variant) for one in (before, after)]
    first, second = (terms_of(view) for view in views)
    still = np.ones(views[0].border.shape, dtype=bool)
    for one, other, same in zip(first, second, same_terms(*views), strict=True):
        known = (one.low == one.high) & (other.low == other.high)
        still &= same | (known & (one.low == other.low))
    np.fill_diagonal(still, True)
    return np.asarray(~still.all(axis=0), dtype=bool)


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """Whatever moves pledges, hostility or capabilities can be shown either way: the fit decides the sign."""
    if touches is not None and not touches & reads:
        return BLIND
    return sight_of(step_kind, _TABLE)


def pairs(arrays: Arrays, settings: Settings) -> Floats:
    """[i, j]: minus the log odds that i begins a dispute with j within a year; NaN where it is not known."""
    variant = _variant(arrays, settings)
    odds = _log_odds(terms_of(_view(arrays, settings, variant)), variant, settings)
    found: Floats = -np.where(odds.low == odds.high, odds.low, odds.best)
    return found


def fitted(arrays: Arrays, settings: Settings) -> tuple[View, Term, tuple[float, ...]]:
    """What is read of the arrays, the log odds [n, n] of every pair, and the weights in the order of the columns."""
    variant = _variant(arrays, settings)
    view = _view(arrays, settings, variant)
    return view, _log_odds(terms_of(view), variant, settings), _weights(variant, settings)


def _variant(arrays: Arrays, settings: Settings) -> Variant:
    if not isinstance(settings.fit, OnsetFit):
        raise MissingData("risk has not been fitted", do="fit it first: indivisible.models.risk.fit(settings, day=...)")
    return settings.fit.variant(arrays.hostility_name if arrays.hostility is not None else "none")


def _view(arrays: Arrays, settings: Settings, variant: Variant) -> View:
    return view_of(arrays, settings, hostile=COLUMNS[-1] in variant.names)


def _weights(variant: Variant, settings: Settings) -> tuple[float, ...]:
    """The coefficients, moved by as many standard errors as the settings say."""
    named = zip(variant.names, variant.coefficients, variant.errors, strict=True)
    every = [w + e * (settings.number(f"shift_{column}") if column in _SHIFTED else 0.0) for column, w, e in named]
    return tuple(every[1:])


def _log_odds(terms: tuple[Term, ...], variant: Variant, settings: Settings) -> Term:
    return weighed(terms, _weights(variant, settings), variant.coefficients[0])


def _note(variant: Variant) -> str:
    source = "no hostility" if variant.hostility == "none" else f"hostility by {variant.hostility}"
    says = f"Fitted with {source} on {variant.events:,} disputes of {variant.years[0]} to {variant.years[1]}"
    if variant.tested is not None and variant.relevant is not None and variant.test_years is not None:
        first, last = variant.test_years
        says += (
            f"; on {first} to {last} it ranked a pair with a new dispute above one without in "
            f"{variant.tested.auc:.1%} of cases, {variant.relevant.auc:.1%} among politically relevant pairs"
        )
    faint = [one for one in _SHIFTED if not _clear(variant, one)]
    if faint:
        verb = "does" if len(faint) == 1 else "do"
        says += f". Of its terms of pledges {', '.join(faint)} {verb} not stand two standard errors clear of zero"
    return f"{says}. An association, not an effect."


def _clear(variant: Variant, column: str) -> bool:
    """Whether a coefficient is more than two standard errors from zero."""
    place = variant.names.index(column)
    return abs(variant.coefficients[place]) > 2.0 * variant.errors[place]


def _hazard(odds: Term, i: int) -> Floats:
    """What each state adds to the risk of one, at the best points, or at the worst where those are not known."""
    best = odds.best[:, i]
    return hazards(odds.high[:, i] if np.isnan(best).any() else best)


def _because(arrays: Arrays, odds: Term, i: int, *, certain: bool) -> Because:
    """Who is likeliest to begin a dispute with it, and how likely it is that anybody does."""
    hazard = _hazard(odds, i)
    order = np.argsort(-hazard, kind="stable")
    likely = [k for k in order.tolist() if k != i]
    chance = -np.expm1(-hazard)
    named = [f"{{{arrays.states[k]}}} ({chance[k]:.2%})" for k in likely[:_NAMED]]
    listed = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    total = -math.expm1(-float(hazard.sum()))
    verb = "is" if len(named) == 1 else "are"
    defenders = np.flatnonzero(arrays.ties("defence").sure[:, i]).tolist()
    return Because(
        leader=arrays.states[likely[0]],
        against=tuple(arrays.states[k] for k in likely),
        defenders=tuple(arrays.states[k] for k in sorted({i, *defenders})),
        against_sum=total,
        defenders_sum=1.0 - total,
        certain=certain,
        told=f"likeliest to begin a dispute with it within a year {verb} {listed}; "
        f"the chance that anybody does is {total:.2%}",
    )


def _parts(arrays: Arrays, odds: Term, i: int) -> tuple[Part, ...]:
    """The chance that nothing begins, over the odds of those who may begin it, shared out by their hazards."""
    hazard = _hazard(odds, i)
    total = float(hazard.sum())
    calm = Part("no dispute begins", arrays.states[i], 1.0, 1.0, "for")
    if total == 0.0:
        return (calm,)
    weight = math.expm1(total) / total
    return (calm, *(
        Part("may begin a dispute", state, float(hazard[k]), weight, "against")
        for k, state in enumerate(arrays.states) if k != i
    ))  # fmt: skip
