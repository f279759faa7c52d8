"""Distance: a state is as secure as what its defenders can bring to it exceeds what all others can.

Boulding, Conflict and Defense (1962): power fades with distance from home. Bueno de Mesquita, The War Trap (1981),
for the variant `war_trap`. score_i = ln sum over i and its defenders of P_j f(d_ji) - ln sum over all others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.models.reach import Balance, balance_of
from indivisible.models.reach_change import change_of_balance, touched_balances

name: str = "distance"
scale: str = "log_ratio"
reads: frozenset[str] = frozenset({"power", "distance", "pledges.defence", "deployments"})

needs: tuple[str, ...] = ()
parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("decay", "exponential", "how power fades: exp(-d/L), 1 - d/L but not below 0, or The War Trap's",
                  "Boulding 1962; Bueno de Mesquita 1981", choices=("exponential", "linear", "war_trap")),
        Parameter("scale", 2000.0, "L: where power falls to 1/e, or where none is left (linear)", "a convention",
                  unit="km", low=500.0, high=8000.0),
        Parameter("miles_per_day", 500.0, "how far forces move in a day (250 to 1918, 375 to 1945, 500 since)",
                  "Bueno de Mesquita 1981, as recalled", unit="miles", low=250.0, high=500.0),
        Parameter("normalised", False, "is The War Trap's exponent divided by its value at no distance, 0.862, "
                  "so that at home a share is not raised", "the published formula is not"),
        Parameter("reach", 0.0, "does power start at the own capital (0) or at any ally's territory (1)",
                  "a convention", low=0.0, high=1.0, most=1.0, least_allowed=True),
        Parameter("forward", 0.0, "does power start at home (0) or, for a garrison abroad, at its host (1); "
                  "troops that the record does not list count as none", "a convention",
                  low=0.0, high=1.0, most=1.0, least_allowed=True),
        Parameter("garrison", 5000.0, "troops in one host that are a garrison; fewer count in proportion",
                  "a convention: about a brigade", unit="troops", low=500.0, high=20000.0),
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {"eu_42_7": (True, False), "reach": (0.0, 1.0)}


_JOINS = Sight(actor_gains=True, actor_loses=False, third_gains=True, third_loses=False)
_LEAVES = Sight(actor_gains=False, actor_loses=True, third_gains=False, third_loses=True)
_ANY_STATE = {"cap": ALL, "deploy": BLIND, "enact": ALL, "observe": BLIND, "remove": BLIND, "set": ALL}
_SIGHT_FROM_HOME = _ANY_STATE | {
    "accede": _JOINS, "found": _JOINS, "pledge": _JOINS, "ratify": _JOINS,
    "denounce": _LEAVES, "dissolve": _LEAVES, "release": _LEAVES, "suspend": _LEAVES, "withdraw": _LEAVES,
}  # fmt: skip
_SIGHT_WITH_REACH = _ANY_STATE | {
    **dict.fromkeys(("dissolve", "found", "ratify"), ALL),
    **dict.fromkeys(("accede", "pledge"), replace(_JOINS, third_loses=True)),
    **dict.fromkeys(("denounce", "release", "suspend", "withdraw"), replace(_LEAVES, third_gains=True)),
}


def assumes(settings: Settings) -> str:
    """Nobody's intention is modelled: whoever is no defender counts against, its troops in the very state included."""
    taken = "whoever is not pledged to defend a state counts against it; no intention is modelled"
    if settings.number("forward") == 0.0:
        return taken
    return f"{taken}; troops abroad count where the record lists them, and its list is not complete"


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's score: log of what defends it over log of what all others could bring to it.

    All states count on one side or the other, so a single figure that is not known leaves no score exact: there is
    a low and a high one, and a best one only if every figure has a best point and no pledge of the state is in doubt.
    The verdict on a change can still be known (`change_bounds`).
    """
    balance = balance_of(arrays, settings)
    defence, others = balance.defence(), balance.others()
    unopposed = others.high == 0.0
    exact = ~np.isnan(defence.best + others.best)
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.log(defence.low) - np.log(others.high)
        high = np.log(defence.high) - np.log(others.low)
        best = np.log(defence.best) - np.log(others.best)
    low = np.where(np.isnan(low), -np.inf, low)
    high = np.where(np.isnan(high), np.inf, high)
    best = np.where(low == high, low, best)
    for plane in (low, best, high):
        plane[unopposed] = np.nan
    return Reading(
        model=name, settings=settings, states=arrays.states, low=low, best=best, high=high, unopposed=unopposed,
        because=lambda i: None if unopposed[i] else _because(balance, arrays, i, known=bool(exact[i])),
        parts=lambda i: _parts(balance, arrays, i, known=bool(exact[i])),
    )  # fmt: skip


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every score over all values of what is not known, the same before and after."""
    return change_of_balance(before, after, settings)


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """For which states anybody changes sides, or brings more or less."""
    return touched_balances(balance_of(before, settings), balance_of(after, settings))


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """What distance could show of a step taken by one state; a step by several is the sum of those of each.

    While power starts at the owner's capital (reach 0), the pledges of others are nothing to a third state: an
    accession cannot make it lose, nor a withdrawal gain. Any reach through allied territory shows both. Troops abroad
    are seen only while they let power start where they stand (forward above 0).
    """
    forward = settings.number("forward") > 0.0
    read_here = reads if forward else reads - {"deployments"}
    if touches is not None and not touches & read_here:
        return BLIND
    table = dict(_SIGHT_FROM_HOME if settings.number("reach") == 0.0 else _SIGHT_WITH_REACH)
    return sight_of(step_kind, table | dict.fromkeys(("deploy", "remove"), ALL) if forward else table)


def _because(balance: Balance, arrays: Arrays, i: int, *, known: bool) -> Because:
    """Both sums, and the others by what each could bring, the heaviest first."""
    ours, theirs = balance.row(i, known=known)
    named = np.array(arrays.states)
    heaviest = np.argsort(-theirs, kind="stable")
    defended = balance.defended_by(i)
    return Because(
        leader="",
        against=tuple(named[heaviest[theirs[heaviest] > 0.0]].tolist()),
        defenders=tuple(named[defended].tolist()),
        against_sum=float(theirs.sum()),
        defenders_sum=float(ours.sum()),
        certain=known,
    )


def _parts(balance: Balance, arrays: Arrays, i: int, *, known: bool) -> tuple[Part, ...]:
    ours, theirs = balance.row(i, known=known)
    defended = balance.defended_by(i)
    parts = []
    for k, state in enumerate(arrays.states):
        brought = float(ours[k] if defended[k] else theirs[k])
        value, weight = balance.factors(i, k, brought)
        if defended[k]:
            tie = None if k == i else (state, arrays.states[i])
            parts.append(Part("defends", state, value, weight, "for", tie))
        elif brought > 0.0:
            parts.append(Part("could come", state, value, weight, "against"))
    return tuple(parts)
