"""Commitment: of the power that reaches a state from others, the share that is bound to it by one kind of pledge.

A description of who is bound to whom, weighed by power and distance, as in counts of alliance portfolios (Singer and
Small 1966; the kinds of pledge are those of ATOP, Leeds and others 2002). One number for each kind of pledge, never
weighted together. It says how much power is pledged to a state, not whether it would come, nor against whom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import PLEDGE_KINDS, Arrays, Bools, Floats, Plane, Ties
from indivisible.measures.decay import exponential
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.models.coalitions import EU_42_7_TREATIES
from indivisible.models.commitment_change import bounds_of_share, change_of_share

name: str = "commitment"
scale: str = "share"
reads: frozenset[str] = frozenset({"power", "distance", *(f"pledges.{kind}" for kind in PLEDGE_KINDS)})

needs: tuple[str, ...] = ()
parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("kind", "defence", "which kind of pledge binds", "the kinds of ATOP, Leeds and others 2002",
                  choices=PLEDGE_KINDS, side_by_side=True),
        Parameter("scale", 2000.0, "L: distance at which power falls to 1/e; none: power reaches everywhere in full",
                  "Boulding 1962; a convention", unit="km", low=500.0, high=8000.0, optional=True),
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {}

_JOINS = Sight(actor_gains=True, actor_loses=False, third_gains=True, third_loses=False)
_LEAVES = Sight(actor_gains=False, actor_loses=True, third_gains=False, third_loses=True)
_OF_OTHERS = Sight(actor_gains=False, actor_loses=False, third_gains=True, third_loses=True)  # own power never counts
_SIGHT = {
    **dict.fromkeys(("deploy", "observe", "remove"), BLIND),
    **dict.fromkeys(("cap", "set"), _OF_OTHERS),
    **dict.fromkeys(("accede", "found", "pledge", "ratify"), _JOINS),
    **dict.fromkeys(("denounce", "dissolve", "release", "suspend", "withdraw"), _LEAVES),
    "enact": ALL,
}
_BOUND = {
    "consultation": "pledged to consult with it",
    "defence": "pledged to defend it",
    "neutrality": "pledged to stay neutral in its wars",
    "nonaggression": "pledged not to attack it",
    "offence": "pledged to join its attacks",
}
_ROUNDING = 1e-12
_NAMED = 3  # so many states are named; the rest are counted


def assumes(settings: Settings) -> str:
    """Pledges count in full, whoever made them."""
    return f"a state that is {_BOUND[settings.choice('kind')]} counts with all of its power that reaches there"


@dataclass(frozen=True, slots=True)
class Reach:
    """What reaches every state from every other: [i, k] is k's power at i (own: 0), and whether k is bound to i."""

    bound: Ties
    power: Plane

    @property
    def best(self) -> Floats:
        """[i]: the share at the best points; NaN where a figure, place or pledge is not known, or nothing reaches i."""
        doubtful = (self.bound.possible & ~self.bound.sure & (self.power.high > 0.0)).any(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            share = np.where(self.bound.sure, self.power.best, 0.0).sum(axis=1) / self.power.best.sum(axis=1)
        return np.where(doubtful, np.nan, share)


def reach_of(arrays: Arrays, settings: Settings) -> Reach:
    """Power faded with distance; where the distance is not known, anything from none of it to all of it."""
    kind, length = settings.choice("kind"), settings.optional_number("scale")
    left_out = kind == "defence" and not settings.switch("eu_42_7")
    bound = arrays.ties(kind, without=EU_42_7_TREATIES if left_out else ()).reversed()
    n = len(arrays.states)
    share = np.ones((n, n)) if length is None else exponential(arrays.distance.T, length)
    np.fill_diagonal(share, 0.0)
    unknown = np.isnan(share)
    least, most = np.where(unknown, 0.0, share), np.where(unknown, 1.0, share)
    boundless = np.isinf(arrays.power.high)[None, :] & ~np.eye(n, dtype=bool)
    high = np.where(boundless, np.inf, np.where(np.isinf(arrays.power.high), 0.0, arrays.power.high)[None, :] * most)
    best = arrays.power.best[None, :] * share
    np.fill_diagonal(best, 0.0)
    return Reach(bound, Plane(arrays.power.low[None, :] * least, best, high))


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's share. Where no power may reach a state at all, there is nothing to take a share of: 0 to 1."""
    reach = reach_of(arrays, settings)
    low, high = bounds_of_share(reach.bound, reach.power)
    best = reach.best
    known = ~np.isnan(best)
    settled = (high - low <= _ROUNDING) & ~known  # the last digit of a sum hangs on the order of the states
    best = np.where(settled, low, best)
    low, high = np.where(known, np.minimum(low, best), low), np.where(known, np.maximum(high, best), high)
    return Reading(
        model=name, settings=settings, states=arrays.states, low=low, best=best, high=high,
        unopposed=np.zeros(len(arrays.states), dtype=bool),
        because=lambda i: _because(_shown(reach, i, known=bool(known[i])), arrays, settings, i, float(best[i])),
        parts=lambda i: _parts(_shown(reach, i, known=bool(known[i])), arrays, i),
    )  # fmt: skip


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every share over all values of what is not known, the same before and after."""
    old, new = reach_of(before, settings), reach_of(after, settings)
    still = ~_touched(old, new)
    low, high = change_of_share((old.bound, old.power), (new.bound, new.power))
    return np.where(still, 0.0, low), np.where(still, 0.0, high)


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """For which states anybody within reach is newly bound or no longer, or brings more or less."""
    return _touched(reach_of(before, settings), reach_of(after, settings))


def _touched(old: Reach, new: Reach) -> Bools:
    weighs = (old.power.high > 0.0) | (new.power.high > 0.0)
    differs = (~old.bound.same_as(new.bound) & weighs) | ~old.power.same_as(new.power)
    return np.asarray(differs.any(axis=1))


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """What the share could show of a step taken by one state; a step by several is the sum of those of each.

    A pledge only ever raises the share of the one it is made to; it takes nothing from a third state. A state's own
    power counts for others only.
    """
    if touches is not None and not touches & {"power", "distance", f"pledges.{settings.choice('kind')}"}:
        return BLIND
    return sight_of(step_kind, _SIGHT)


@dataclass(frozen=True, slots=True)
class _Shown:
    """One state's row at the best point, or at that of its lowest share: who is bound [k], what reaches it [k].

    `nothing`: it is known that no power of others reaches the state.
    """

    bound: Bools
    power: Floats
    nothing: bool

    @property
    def total(self) -> float:
        """All power that reaches the state."""
        return float(self.power.sum())


def _shown(reach: Reach, i: int, *, known: bool) -> _Shown:
    bound = reach.bound.sure[i]
    lowest = np.where(bound, reach.power.low[i], reach.power.high[i])
    return _Shown(bound, reach.power.best[i] if known else lowest, not reach.power.high[i].any())


def _because(shown: _Shown, arrays: Arrays, settings: Settings, i: int, best: float) -> Because:
    """Who is bound, the weightiest named, and what share of all that reaches the state they are."""
    order = np.argsort(-shown.power, kind="stable")
    bound = order[(shown.bound & (shown.power > 0.0))[order]].tolist()
    named = ", ".join(f"{{{arrays.states[k]}}}" for k in bound[:_NAMED])
    rest = len(bound) - _NAMED
    who = named + (f" and {rest} more" if rest > 0 else "") or "nobody"
    verb = "are" if len(bound) > 1 else "is"
    ours = float(shown.power[shown.bound].sum())
    share = 0.0 if not shown.total or np.isinf(shown.total) else ours / shown.total
    told = f"{who} {verb} {_BOUND[settings.choice('kind')]}, {100.0 * share:.3g}% of the power that reaches it"
    if shown.nothing:
        told = "no power of others reaches it, so there is nothing to take a share of"
    elif shown.total == 0.0:
        told = "only power that nobody knows reaches it"
    others = np.where(shown.bound, 0.0, shown.power)
    heaviest = np.argsort(-others, kind="stable")
    return Because(
        leader="",
        against=tuple(map(arrays.states.__getitem__, heaviest[others[heaviest] > 0.0].tolist())),
        defenders=(arrays.states[i], *(arrays.states[k] for k in bound)),
        against_sum=float(others.sum()),
        defenders_sum=ours,
        certain=shown.nothing or not np.isnan(best),
        told=told,
        undetermined=shown.nothing,
    )


def _parts(shown: _Shown, arrays: Arrays, i: int) -> tuple[Part, ...]:
    """What reaches the state from each other, weighed by one over the sum of it all if bound, and else by nothing."""
    per_unit = 1.0 / shown.total if shown.total > 0.0 else 0.0
    parts = []
    weightiest = np.lexsort((-shown.power, ~shown.bound))
    for k in weightiest:
        state, value = arrays.states[k], float(shown.power[k])
        if value > 0.0:
            if shown.bound[k]:
                parts.append(Part("bound to it", state, value, per_unit, "term", (state, arrays.states[i])))
            else:
                label = "reaches it unbound" if np.isfinite(value) else "reaches it unbound, nobody knows with how much"
                parts.append(Part(label, state, value if np.isfinite(value) else 0.0, 0.0, "term"))
    return tuple(parts) or (Part("no power of others reaches it", "", 0.0, 0.0, "term"),)
