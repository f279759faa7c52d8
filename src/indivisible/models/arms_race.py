"""Arms race: a state is as secure as the armament of the others leaves it alone.

Richardson, Arms and Insecurity (1960), for many nations: each arms the faster the more those spend that it has reason
to answer, and the slower the more it spends already. score_i = - sum over j of k_ij x*_j, by how much the others drive
i to arm where armaments settle, as a share of its own expenditure a year. Reactions, fatigue and grievances are fitted
to imported expenditures; an association, not an effect. Where armaments would not settle, there is no score.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from indivisible.architecture.arrays import Arrays, Bools, Floats
from indivisible.models.arms_change import change_of_scores, moved
from indivisible.models.arms_world import (
    ArmsWorld,
    Settled,
    reaching,
    reactions_of,
    settled,
    variant_of,
    world_of,
)
from indivisible.models.base import ALL, BLIND, Because, Parameter, Part, Reading, Settings, Sight, Value, sight_of
from indivisible.panels.armament_fit import COLUMNS, ArmamentFit, Variant, armament_fit

name: str = "arms-race"
scale: str = "share"
reads: frozenset[str] = frozenset({"borders", "expenditure", "hostility", "pledges.defence"})
needs: tuple[str, ...] = ("sipri_milex",)
_SHIFTED = {
    "hostile": "the reaction to hostile states", "neighbour": "the reaction to neighbours that are no defenders",
    "camp": "the reaction to defenders of hostile states", "fatigue": "fatigue",
}  # fmt: skip
parameters: Mapping[str, Parameter] = {
    p.name: p
    for p in (
        Parameter("spending", "sipri", "whose expenditures the reactions are fitted to",
                  "SIPRI, or National Material Capabilities", choices=("sipri", "nmc")),
        Parameter("unlisted", 0.02, "the most that a state without a figure spends, as a share of the world's",
                  "a convention: of the fifteen that spend most all but one have a figure, by memory of SIPRI's lists",
                  low=0.005, high=0.05, most=1.0, least_allowed=True),
        Parameter("eu_42_7", True, "does Article 42(7) of the EU Treaty count as a defence pledge",
                  "the Treaty says so; its reading is disputed"),
        *(Parameter(f"shift_{column}", 0.0, f"by how much {_SHIFTED[column]} differs from its estimate",
                    "twice the standard error on either side of the estimate", unit="standard errors", low=-2.0,
                    high=2.0, least=-10.0, most=10.0, least_allowed=True) for column in COLUMNS),
    )
}  # fmt: skip
varied: Mapping[str, tuple[Value, ...]] = {"eu_42_7": (True, False), "shift_neighbour": (-2.0, 0.0, 2.0)}

_PLEDGING = ("accede", "found", "pledge", "ratify")
_ENDING = ("denounce", "dissolve", "release", "suspend", "withdraw")
_BETTER = Sight(actor_gains=True, actor_loses=False, third_gains=True, third_loses=False)
_WORSE = Sight(actor_gains=False, actor_loses=True, third_gains=False, third_loses=True)
_OF_FIGURES = {"cap": _BETTER, "set": ALL, "deploy": BLIND, "observe": BLIND, "remove": BLIND}
_NAMED, _TOLD = 3, 8  # so many states are named in a reason, and in a note


def fit(settings: Settings, *, day: int) -> ArmamentFit:
    """The fit on the thirty years before the day. Raises MissingData, saying what to import."""
    return armament_fit(day)


def assumes(settings: Settings) -> str:
    """What stands for what."""
    return (
        "what a state spends today is its size, in proportion to which it answers others and is answered; a state "
        f"without a figure spends at most {100 * settings.number('unlisted'):g}% of what the world spends"
    )


def read(arrays: Arrays, settings: Settings) -> Reading:
    """Every state's score: minus what the armament of the others, settled, adds to its own each year.

    Unit of materiality: fatigue, so that one hundredth of it moves what others make a state spend, in the end and
    directly, by one hundredth of what it spends today. A state with nobody to answer stands at 0, the end of the scale.
    """
    n = len(arrays.states)
    variant = variant_of(arrays, settings)
    if isinstance(variant, str):
        return _unknown(arrays, settings, f"no score, since the reactions could not be fitted: {variant}")
    world = world_of(arrays, settings, variant)
    found = settled(world)
    burden = found.burden()
    unopposed = np.full(n, n < 2)
    low, best, high = -burden.high, -burden.best, -burden.low
    if found.least is None:
        low, high = np.full(n, -np.inf), np.full(n, np.inf)
    best = np.where((low == high) | (np.isfinite(low) & ~np.isnan(best)), best, np.nan)
    for plane in (low, best, high):
        plane[unopposed] = np.nan
    return Reading(
        model=name, settings=settings, states=arrays.states, low=low, best=best, high=high, unopposed=unopposed,
        because=lambda i: None if unopposed[i] else _because(found, arrays, i, known=not np.isnan(best[i])),
        parts=lambda i: () if unopposed[i] else _parts(found, arrays, i, known=not np.isnan(best[i])),
        unit=world.fatigue or 1.0, note=_note(variant, found, arrays),
    )  # fmt: skip


def change_bounds(before: Arrays, after: Arrays, settings: Settings) -> tuple[Floats, Floats]:
    """Lowest and highest change of every score over all values of what is not known, the same before and after.

    Unbounded where armaments would not settle, before or after.
    """
    worlds = _both(before, after, settings)
    if worlds is None:
        nobody = np.zeros(len(before.states))
        return nobody, nobody
    return change_of_scores(*worlds)


def touched(before: Arrays, after: Arrays, settings: Settings) -> Bools:
    """Whose own reactions differ, and who answers them, through however many others."""
    worlds = _both(before, after, settings)
    if worlds is None:
        return np.full(len(before.states), False)
    old, new = worlds
    return reaching(old.edges() | new.edges(), moved(old, new).rows)


def _both(before: Arrays, after: Arrays, settings: Settings) -> tuple[ArmsWorld, ArmsWorld] | None:
    variant = variant_of(before, settings)
    if isinstance(variant, str):
        return None
    return world_of(before, settings, variant), world_of(after, settings, variant)


def can_show(step_kind: str, settings: Settings, *, touches: frozenset[str] | None = None) -> Sight:
    """What the arms race could show of a step.

    A pledge keeps two states from answering each other, and all who answer them are better off; it makes anybody worse
    off only where defenders of hostile states are answered too. So it turns on the fit.
    """
    if touches is not None and not touches & reads:
        return BLIND
    near, camp = _of_pledges(settings)
    tables = {
        (True, True): (ALL, ALL), (False, True): (ALL, ALL), (True, False): (_BETTER, _WORSE),
        (False, False): (BLIND, BLIND),
    }  # fmt: skip
    better, worse = tables[near, camp]
    table = _OF_FIGURES | dict.fromkeys(_PLEDGING, better) | dict.fromkeys(_ENDING, worse)
    return sight_of(step_kind, table | {"enact": ALL if near or camp else _OF_FIGURES["set"]})


def _of_pledges(settings: Settings) -> tuple[bool, bool]:
    """Whether neighbours, and whether defenders of hostile states, are answered by any fit that may be used."""
    if not isinstance(settings.fit, ArmamentFit):
        return True, True
    used = [
        reactions_of(one, settings).used
        for (spending, _), one in settings.fit.variants.items()
        if spending == settings.choice("spending") or len(settings.fit.variants) == 1
    ]
    return any(one["neighbour"] > 0.0 for one in used), any(one["camp"] > 0.0 for one in used)


def _unknown(arrays: Arrays, settings: Settings, why: str) -> Reading:
    """A reading without any score."""
    n = len(arrays.states)
    alone = np.full(n, n < 2)
    low, best, high = (np.where(alone, np.nan, one) for one in (-np.inf, np.nan, np.inf))
    return Reading(
        model=name, settings=settings, states=arrays.states, low=low, best=best, high=high, unopposed=alone,
        because=lambda i: None if alone[i] else Because("", (), (arrays.states[i],), np.inf, 0.0, False, why),
        parts=lambda i: () if alone[i] else (_ENDLESS,), note=f"{why}.",
    )  # fmt: skip


_ENDLESS = Part("armaments do not settle", "", np.inf, -1.0, "term")


def _note(variant: Variant, found: Settled, arrays: Arrays) -> str:
    """The coefficients, whether armaments settle, and whose expenditure is not known."""
    fitted = variant.sentence()
    settles = "Armaments settle"
    if found.least is None:
        settles = "With these reactions armaments would grow without end, so no state has a score"
    elif found.most is None:
        settles = "With the figures that are not known at their highest armaments would grow without end"
    return f"{fitted[0].upper()}{fitted[1:]}. {settles}.{_silent(found.world, arrays)}"


def _silent(world: ArmsWorld, arrays: Arrays) -> str:
    """Whose expenditure is not known, the first few by name."""
    silent = [f"{{{arrays.states[i]}}}" for i in np.flatnonzero(np.isnan(world.share.best) & (world.share.high > 0.0))]
    if not silent:
        return ""
    rest = f" and {len(silent) - _TOLD} more" if len(silent) > _TOLD else ""
    return f" There is no figure for {', '.join(silent[:_TOLD])}{rest}."


def _side(found: Settled, i: int, *, known: bool) -> tuple[Floats, Floats] | None:
    """c_ij and x_j [j] that make a state's score, or its lowest; None where armaments do not settle."""
    world = found.world
    if known:
        share = np.where(np.isnan(world.share.best), 0.0, world.share.best)
        return world.least[i], share * np.where(np.isnan(found.best), 0.0, found.best)
    if found.most is None:
        return None
    return world.most[i], world.share.high * found.most


def _parts(found: Settled, arrays: Arrays, i: int, *, known: bool) -> tuple[Part, ...]:
    side = _side(found, i, known=known)
    if side is None:
        return (_ENDLESS,)
    strength, armament = side
    foes = found.world.hostile.possible[i]
    return tuple(
        Part("answers", arrays.states[j], float(armament[j]), -float(strength[j]), "term", hostile=bool(foes[j]))
        for j in np.flatnonzero((strength > 0.0) & (armament > 0.0))
    ) or (Part("answers nobody who spends", "", 0.0, 0.0, "term"),)


def _because(found: Settled, arrays: Arrays, i: int, *, known: bool) -> Because:
    side, own = _side(found, i, known=known), arrays.states[i]
    if side is None:
        return Because("", (), (own,), np.inf, 0.0, False, "armaments would grow without end", undetermined=True)
    pressure = side[0] * side[1]
    order = np.argsort(-pressure, kind="stable")
    heaviest = [arrays.states[j] for j in order[: int((pressure > 0.0).sum())]]
    named = ", ".join(f"{{{arrays.states[j]}}} ({100 * pressure[j]:.2g}%)" for j in order[:_NAMED] if pressure[j] > 0.0)
    told = f"the armament of others adds {100 * pressure.sum():.3g}% of its expenditure a year"
    if not heaviest:
        told = "there is nobody whose armament it would answer"
    return Because(
        leader="",
        against=tuple(heaviest),
        defenders=(own,),
        against_sum=float(pressure.sum()),
        defenders_sum=0.0,
        certain=known,
        told=f"{told}, most of it {named}" if named else told,
    )
