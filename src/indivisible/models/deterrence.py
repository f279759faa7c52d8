"""Deterrence: a state is as secure as the strongest coalition that could attack it leaves it.

Jackson and Nei, "Networks of military alliances, wars, and international trade", PNAS 112(50), 2015, 15277-15284;
the definition is as recalled, its logic checked by brute force. score_i = min over leaders j of
ln(gamma M(D) / M(C)): C is j with all that are pledged to it and free to attack i, D is i with its defenders
outside C. Bringing everybody along is always the strongest attack, so the one with all of them decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats, Plane
from indivisible.models.attack_change import change_of_margins, touched_rows
from indivisible.models.attacks import Attack, Attacks, strongest
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.models.coalitions import (
    Sides,
    World,
    best_world,
    filled_in,
    shares_of,
    sides_of,
    weights_of,
    worst_world,
)
from indivisible.values import Truth

name: str = "deterrence"
scale: str = "log_ratio"
reads: frozenset[str] = frozenset({"power", "distance", "pledges.defence", "pledges.offence"})

_SOURCE = "Jackson and Nei 2015"
needs: tuple[str, ...] = ()
parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("gamma", 1.0, "defence advantage: an attack needs more than gamma times the defence", _SOURCE,
                  low=0.5, high=5.0),
        Parameter("allies_may_attack", False, "may a state's own allies attack it", _SOURCE),
        Parameter("rule", "leader", "who attacks together: a leader and its allies, or a group of mutual allies",
                  f"{_SOURCE}; the draft of February 2014", choices=("leader", "clique")),
        Parameter("fade", None, "distance over which power falls to 1/e", "Boulding 1962; a convention", unit="km",
                  low=500.0, high=8000.0, optional=True),
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {"eu_42_7": (True, False), "allies_may_attack": (False, True)}


Truths = tuple[Truth, ...]
_SIGHT = {
    "accede": Sight(actor_gains=True, actor_loses=False, third_gains=True, third_loses=True),
    "cap": ALL,
    "denounce": Sight(actor_gains=False, actor_loses=True, third_gains=True, third_loses=True),
    "deploy": BLIND,
    "dissolve": ALL,
    "enact": ALL,
    "found": ALL,
    "observe": BLIND,
    "pledge": Sight(actor_gains=True, actor_loses=False, third_gains=True, third_loses=True),
    "ratify": ALL,
    "release": Sight(actor_gains=False, actor_loses=True, third_gains=True, third_loses=True),
    "remove": BLIND,
    "set": ALL,
    "suspend": Sight(actor_gains=False, actor_loses=True, third_gains=True, third_loses=True),
    "withdraw": Sight(actor_gains=False, actor_loses=True, third_gains=True, third_loses=True),
}
_ROUNDING = 1e-12  # relative; an attack equal to gamma times the defence but for rounding is not feasible
_LABELS = {"for": "defends", "against": "attacks"}


def assumes(settings: Settings) -> str:
    """Nobody's intention is modelled: who is able to and free to attack may."""
    if settings.switch("allies_may_attack"):
        return "any state may attack any state, its own allies included; no intention is modelled"
    return "any state may attack any state that is not its ally; no intention is modelled"


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's score: log of its narrowest margin over all attacks that could be led against it.

    The best score is known where it is the same whatever the unknown figures and pledges are: an unknown state that
    no deciding attack or defence contains takes nothing away. Deciding leaders that tie are reported by power.
    """
    rule = settings.choice("rule")
    sides, weight = sides_of(arrays, settings), weights_of(arrays, settings)
    found = _interval(sides, weight, settings)
    worst, lowest, unopposed = found.worst, found.lowest, found.unopposed
    low, best, high = found.low, found.low, found.high
    point, point_world = lowest, worst
    if not found.settled:
        other = found.highest
        filled = filled_in(weight)
        if not (np.array_equal(filled.low, weight.low) and np.array_equal(filled.high, weight.high)):
            point_world = worst_world(sides, filled.low, filled.high)
            point = strongest(point_world, rule)
            other = strongest(best_world(sides, filled.low, filled.high), rule)
        best = np.where(point.floor == other.margin, _score(point.margin, settings), np.nan)
    known = ~np.isnan(best)

    def deciding(i: int) -> tuple[World, Attack, bool] | None:
        if unopposed[i]:
            return None
        if known[i]:
            return point_world, point.deciding(i), True
        return worst, lowest.deciding(i), False

    return Reading(
        model=name, settings=settings, states=arrays.states,
        low=_numbered(low, unopposed), best=_numbered(best, unopposed), high=_numbered(high, unopposed),
        unopposed=unopposed,
        because=lambda i: _because(deciding(i), arrays, i),
        parts=lambda i: _parts(deciding(i), arrays, settings, i),
        note=_of_bounds(int((found.lowest.cut | found.highest.cut).sum())),
    )  # fmt: skip


def _of_bounds(states: int) -> str:
    """What a search that was cut leaves open, said of the whole reading."""
    if not states:
        return ""
    return (
        f"The search for the strongest group of mutual allies was cut for {states} of the states: no group goes below "
        "their lowest score, the highest is that of the strongest group found, and that group is the one shown."
    )


@dataclass(frozen=True, slots=True)
class _Interval:
    """Scores between bounds: the worst world and its attacks, those of the best world, and whether they are one."""

    worst: World
    lowest: Attacks
    highest: Attacks
    low: Floats
    high: Floats
    unopposed: Bools
    settled: bool


def _interval(sides: Sides, weight: Plane, settings: Settings) -> _Interval:
    rule = settings.choice("rule")
    worst = worst_world(sides, weight.low, weight.high)
    lowest = highest = strongest(worst, rule)
    settled = np.array_equal(weight.low, weight.high) and not sides.in_doubt
    settled = settled and np.array_equal(lowest.floor, lowest.margin)
    if not settled:
        highest = strongest(best_world(sides, weight.low, weight.high), rule)
    low, high = _score(lowest.floor, settings), _score(highest.margin, settings)
    return _Interval(worst, lowest, highest, low, high, lowest.floor == np.inf, settled)


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every score over all values of what is not known, the same before and after.

    Where no doubt reaches a score, before and after, its change is one number. By the clique rule a doubt that does
    is counted once before and once after, which is wider than need be.
    """
    inputs = _inputs(before, settings), _inputs(after, settings)
    old, new = (_interval(*one, settings) for one in inputs)
    with np.errstate(invalid="ignore"):
        low, high = new.low - old.high, new.high - old.low
    low, high = np.where(np.isnan(low), -np.inf, low), np.where(np.isnan(high), np.inf, high)
    if settings.choice("rule") == "leader":
        settled = np.isfinite(low) & (low == high)
        rows = np.flatnonzero(~settled & ~old.unopposed & ~new.unopposed)
        if rows.size:
            low[rows], high[rows] = change_of_margins(*inputs, rows)
    else:
        nothing = (old.high == -np.inf) & (new.high == -np.inf)  # no defence at all, before and after
        low, high = np.where(nothing, 0.0, low), np.where(nothing, 0.0, high)
    opened, closed = old.unopposed & ~new.unopposed, new.unopposed & ~old.unopposed
    low, high = np.where(opened, -np.inf, low), np.where(closed, np.inf, high)
    high = np.where(opened, np.where(new.high == np.inf, 0.0, -np.inf), high)
    low = np.where(closed, np.where(old.high == np.inf, 0.0, np.inf), low)
    still = ~touched_rows(*inputs) | (old.unopposed & new.unopposed)
    return np.where(still, 0.0, low), np.where(still, 0.0, high)


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """For which states any attack that could be led against them, or their defence, is made up differently."""
    return touched_rows(_inputs(before, settings), _inputs(after, settings))


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """What deterrence could show of a step taken by one state; a step by several is the sum of those of each.

    A new ally never makes a state less secure here, and a lost one never more, unless several pledges come or go at
    once (`found`, `ratify`, `dissolve`) or a text brings effects of any kind (`enact`).
    """
    if touches is not None and not touches & reads:
        return BLIND
    return sight_of(step_kind, _SIGHT)


def _inputs(arrays: Arrays, settings: Settings) -> tuple[Sides, Plane]:
    return sides_of(arrays, settings), weights_of(arrays, settings)


def vulnerable(arrays: Arrays, settings: Settings) -> Truths:
    """Which states a feasible attack threatens: its sum is strictly more than gamma times the defence's.

    Unknown where it hangs on a figure or pledge that is not known.
    """
    rule, gamma = settings.choice("rule"), settings.number("gamma")
    sides, weight = sides_of(arrays, settings), weights_of(arrays, settings)
    may = gamma * strongest(worst_world(sides, weight.low, weight.high), rule).floor < 1.0 - _ROUNDING
    must = gamma * strongest(best_world(sides, weight.low, weight.high), rule).margin < 1.0 - _ROUNDING
    return tuple(
        Truth.YES if sure else Truth.UNKNOWN if possible else Truth.NO for sure, possible in zip(must, may, strict=True)
    )


def _score(margins: Floats, settings: Settings) -> Floats:
    with np.errstate(divide="ignore"):
        score: Floats = np.log(settings.number("gamma")) + np.log(margins)
    return score


def _numbered(score: Floats, unopposed: Bools) -> Floats:
    return np.where(unopposed, np.nan, score)


def _because(deciding: tuple[World, Attack, bool] | None, arrays: Arrays, i: int) -> Because | None:
    if deciding is None:
        return None
    world, attack, certain = deciding
    named = np.array(arrays.states)
    return Because(
        leader=arrays.states[attack.leader],
        against=tuple(named[attack.attackers].tolist()),
        defenders=tuple(named[attack.defenders].tolist()),
        against_sum=float(world.attack_row(i)[attack.attackers].sum()),
        defenders_sum=float(world.defence_row(i)[attack.defenders].sum()),
        certain=certain,
    )


def _parts(deciding: tuple[World, Attack, bool] | None, arrays: Arrays, settings: Settings, i: int) -> tuple[Part, ...]:
    gamma = Part("defence advantage", "", settings.number("gamma"), 1.0, "constant")
    if deciding is None:
        return (gamma,)
    world, attack, _ = deciding
    state, leader = arrays.states[i], arrays.states[attack.leader]
    shares = shares_of(arrays, settings)
    share = np.broadcast_to(shares, (len(arrays.states),) * 2)[i]
    share = np.where(share > 0.0, share, 1.0)  # where the distance is not known, the weight stands as it is
    parts = [gamma]
    for kind, members, weights, head in (
        ("for", attack.defenders, world.defence_row(i), state),
        ("against", attack.attackers, world.attack_row(i), leader),
    ):
        for k in np.flatnonzero(members):
            other = arrays.states[k]
            tie = None if other == head else (other, head)
            parts.append(Part(_LABELS[kind], other, float(weights[k] / share[k]), float(share[k]), kind, tie))
    return tuple(parts)
