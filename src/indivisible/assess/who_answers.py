"""Who answers whose armament on a day: whether armaments settle, where, and dollar for dollar who answers whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import numpy as np

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import Arrays, Floats
from indivisible.architecture.outside import Outside
from indivisible.architecture.snapshot import as_of
from indivisible.architecture.to_arrays import to_arrays
from indivisible.assess.assessment import plain_numbers
from indivisible.assess.words import listed
from indivisible.errors import MissingData, QuestionError
from indivisible.measures.arms_race import ArmsRace, NoEquilibrium, answers, growth, reaction_ratio
from indivisible.models import arms_race
from indivisible.models.arms_world import ArmsWorld, Settled, settled, variant_of, world_of
from indivisible.models.base import Fit, Settings, settle
from indivisible.panels.armament_fit import COLUMNS, REACTIONS, Variant
from indivisible.record.record import Record
from indivisible.record.table import Table
from indivisible.values import day_of, iso

SHOWN = 40  # pairs, the strongest first; of one state all are shown
_FAINT = 1e-4  # less than a hundredth of a per cent for one per cent is not shown
_WHY = {"hostile": "hostile", "neighbour": "a neighbour that is no defender", "camp": "a defender of a hostile state"}
_UNTOLD = "only through others"


@dataclass(frozen=True)
class Race:
    """An arms race of a day and what comes of it, [i, j] at least and at most, None where armaments do not settle.

    `percent`: by how many per cent i spends more in the end if j spends one per cent more and keeps to it. `dollars`:
    how many dollars i spends more for each that j spends more.
    """

    world: ArmsWorld
    settled: Settled
    percent: tuple[Floats | None, Floats | None]
    dollars: tuple[Floats | None, Floats | None]

    @staticmethod
    def of(world: ArmsWorld) -> Race:
        """Of the arms race of some arrays."""
        return Race(
            world,
            settled(world),
            (_answers(world.race(high=False)), _answers(world.race(high=True))),
            (_answers(_in_shares(world, high=False)), _answers(_in_shares(world, high=True))),
        )


def _answers(race: ArmsRace) -> Floats | None:
    found = answers(race)
    return None if isinstance(found, NoEquilibrium) else found


def _in_shares(world: ArmsWorld, *, high: bool) -> ArmsRace:
    """The race with armament as a share of the world's instead of each state's own: reactions s_i c_ij."""
    strength, share = (world.most, world.share.high) if high else (world.least, world.share.low)
    own = share[:, None] * strength
    return ArmsRace(own, np.full(len(own), world.fatigue), world.grievance[high] * share)


def who_answers(
    record: Record,
    on: str,
    *,
    settings: Settings,
    outside: Outside,
    hostility: str = "conflicts",
    of: str | None = None,
) -> Table:
    """The arms race of a day, with the coefficients and their errors; `of`: of one state, both ways.

    `settings` hold the fit. Raises QuestionError for a state that does not exist that day, MissingData where hostility
    or a fit for it is not there.
    """
    architecture = as_of(record, day_of(on))
    arrays = to_arrays(architecture, outside=outside, hostility=hostility)
    if arrays.hostility is None:
        raise MissingData(
            f"the record's conflicts do not reach back far enough before {iso(architecture.day)}",
            do="choose --hostility rivalries or disputes (imported), none, or a later day with --on",
        )
    variant = variant_of(arrays, settings)
    if isinstance(variant, str):
        raise MissingData(f"the reactions could not be fitted: {variant}", do="choose a later day or another hostility")
    state = None if of is None else _present(record.resolve(of, "state"), arrays, on)
    race = Race.of(world_of(arrays, settings, variant))
    names = {key: record.name_of(key) for key in arrays.states}
    sources, extra = _sources(record, architecture), _extra(race, variant, arrays, settings)
    return Table(
        schema="arms-race/1",
        about={"on": iso(architecture.day), "of": state, "hostility": arrays.hostility_name,
               "expenditure": outside.expenditure_name, "data": dict(outside.versions)},
        says=_sentence(race, variant, arrays, names, state, settings, extra),
        body=tuple(_rows(race, arrays, names, state)),
        record=record.digest,
        source_keys=sources,
        recalled=tuple(key for key in sources if record.recalled((key,))),
        extra=plain_numbers(extra),
    )  # fmt: skip


def _present(state: str, arrays: Arrays, on: str) -> str:
    if state not in arrays.states:
        raise QuestionError(f"{state} is not a state on {on}", do="choose another day with --on")
    return state


def _sources(record: Record, architecture: Architecture) -> tuple[str, ...]:
    places = {place for pledge in architecture.pledges if pledge.kind == "defence" for place in pledge.claims}
    return tuple(sorted({key for place in places for key in record.at(place).sources}))


def stability(world: ArmsWorld) -> dict[str, Any]:
    """Whether armaments settle; the spectral radius of K over fatigue and the growth rate, at least and at most."""
    low, high = world.race(high=False), world.race(high=True)
    ratio = [reaction_ratio(low), reaction_ratio(high)]
    settles = True if ratio[1] < 1.0 else False if ratio[0] >= 1.0 else None
    return {"settles": settles, "reaction_ratio": ratio, "growth": [growth(low), growth(high)]}


def _extra(race: Race, variant: Variant, arrays: Arrays, settings: Settings) -> dict[str, Any]:
    world = race.world
    return {
        "fit": variant.to_dict(),
        "coefficients_used": dict(world.reactions.used),
        "stability": stability(world),
        "within_two_standard_errors": [
            stability(world_of(arrays, _shifted(settings, sign), variant))["reaction_ratio"] for sign in (-2.0, 2.0)
        ],
        "states": list(_states(race, variant, arrays)),
    }


def _shifted(settings: Settings, sign: float) -> Settings:
    """All reactions stronger (or weaker) by two standard errors, and fatigue the other way round."""
    moved = {f"shift_{name}": sign if name in REACTIONS else -sign for name in COLUMNS}
    return replace(settings, values={**settings.values, **moved})


def _states(race: Race, variant: Variant, arrays: Arrays) -> Iterator[dict[str, Any]]:
    """Every state: its share of what the world spends, where its armament settles, its burden and its grievance."""
    found, world = race.settled, race.world
    burden = found.burden()
    nowhere = np.full(len(arrays.states), np.nan)
    least, most = (nowhere if one is None else one for one in (found.least, found.most))
    for i, state in enumerate(arrays.states):
        own = variant.grievances.get(state)
        yield {
            "state": state,
            "share": [world.share.low[i], world.share.best[i], world.share.high[i]],
            "armament_in_the_end": [float(least[i]), float(found.best[i]), float(most[i])],
            "burden": [burden.low[i], burden.best[i], burden.high[i]],
            "grievance": None if own is None else own.to_dict(),
        }


def _rows(race: Race, arrays: Arrays, names: Mapping[str, str], state: str | None) -> Iterator[dict[str, Any]]:
    """Pairs by how strongly the one answers the other."""
    least = race.percent[0]
    if least is None:
        return
    states = arrays.states
    kept = [
        (i, j) for i, j in np.argwhere(least >= _FAINT).tolist() if i != j and state in (None, states[i], states[j])
    ]
    kept.sort(key=lambda pair: (-least[pair], states[pair[0]], states[pair[1]]))
    for i, j in kept if state is not None else kept[:SHOWN]:
        yield {
            "who": states[i],
            "name": names[states[i]],
            "answers": states[j],
            "whose_name": names[states[j]],
            "percent_for_one_percent": _at(race.percent[0], i, j),
            "at_most": _at(race.percent[1], i, j),
            "dollars_for_one_dollar": _at(race.dollars[0], i, j),
            "dollars_at_most": _at(race.dollars[1], i, j),
            "because": _reasons(race.world, i, j),
        }


def _at(table: Floats | None, i: int, j: int) -> float | None:
    return None if table is None else float(f"{table[i, j]:.4g}")


def _reasons(world: ArmsWorld, i: int, j: int) -> str:
    """Why i answers j, where it does so directly."""
    if world.least[i, j] == 0.0:
        return _UNTOLD
    used, found = world.reactions.used, []
    near = world.borders[i, j] and not world.defended.possible[i, j]
    if world.hostile.sure[i, j] and used["hostile"]:
        found.append(_WHY["hostile"])
    if near and used["neighbour"]:
        found.append(_WHY["neighbour"])
    if (world.hostile.sure[i] & world.defended.sure[:, j]).any() and not world.defended.possible[i, j] and used["camp"]:
        found.append(_WHY["camp"])
    return listed(found)


def _sentence(
    race: Race, variant: Variant, arrays: Arrays, names: Mapping[str, str], state: str | None, settings: Settings,
    extra: Mapping[str, Any],
) -> str:  # fmt: skip
    found = extra["stability"]
    said = {True: "armaments settle", False: "armaments grow without end, so nobody's end is known",
            None: "whether armaments settle hangs on figures that are not known"}[found["settles"]]  # fmt: skip
    wide = [ratio for both in extra["within_two_standard_errors"] for ratio in both]
    told = [
        f"With hostility by {arrays.hostility_name} {said}: reaction over fatigue is {_range(found['reaction_ratio'])} "
        f"({_range(wide)} within two standard errors of every coefficient), and below 1 they settle."
    ]
    rows = list(_rows(race, arrays, names, state))
    if rows:
        first = rows[0]
        among = "" if state is None else f" of all pairs with {names[state]}"
        told.append(
            f"Most strongly{among}, {first['name']} answers {first['whose_name']}: where that spends 10% more and "
            f"keeps to it, {first['name']} spends {10 * first['percent_for_one_percent']:.2g}% more in the end."
        )
    elif found["settles"] is not False:
        told.append("Nobody answers anybody." if state is None else f"{names[state]} and the others do not answer.")
    assert settings.fit is not None
    fitted = variant.sentence()
    return " ".join([*told, settings.fit.sentence(), f"{fitted[0].upper()}{fitted[1:]}."])


def _range(numbers: Sequence[float]) -> str:
    low, high = f"{min(numbers):.2f}", f"{max(numbers):.2f}"
    return low if low == high else f"{low} to {high}"


def default_settings(values: Mapping[str, Any], day: int) -> Settings:
    """The model's settings with its fit on the years before a day."""
    ready = settle(arms_race.name, arms_race.parameters, values)
    return replace(ready, fit=cast(Fit, arms_race.fit(ready, day=day)))
