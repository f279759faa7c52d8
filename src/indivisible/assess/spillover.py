"""What one state's power, or a pledge between two, does to the security of all others, as one model sees it.

S[i, j] = (s_j(P_i x 1.01) - s_j(P_i / 1.01)) / (2 ln 1.01); T[ik, j] = s_j with a mutual defence pledge between i and k
less s_j without any. What is not known stands in the middle of its bounds; a tie in doubt holds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from indivisible import __version__
from indivisible.architecture.arrays import Arrays, Bools, Floats, Integers, Plane, Promises
from indivisible.architecture.change import Change
from indivisible.architecture.outside import NOTHING, Outside
from indivisible.architecture.points import MIDDLE, settled, unknowns
from indivisible.assess.assess import chosen_models, chosen_settings, fitted, sources_of, states_among
from indivisible.assess.because import filled
from indivisible.assess.comparison import BECKLEY, compare
from indivisible.assess.judge import notes_of, output_of
from indivisible.assess.spillover_answer import Effects, Seen, Settled, Spillover
from indivisible.errors import QuestionError
from indivisible.models.at_once import BY_PLEDGE, BY_POWER
from indivisible.models.base import BLIND, STEP_KINDS, Model, Reading, Settings, Value
from indivisible.models.one_power import STEP, WIDTH
from indivisible.record.record import Record
from indivisible.values import iso

Progress = Callable[[str, int, int], None]
ROUNDING_OF_POWER = 1e-10  # effects of power this small are what is left of rounding: a difference divided by 0.02
ROUNDING_OF_PLEDGES = 1e-12
AS_IT_IS = Change("as it is", "The architecture as it is", "", (), ())
ONE_PLEDGE = "a pledge made to see what it does"


def spillover(
    record: Record,
    *,
    on: str,
    model: str,
    pledges: bool = False,
    among: Sequence[str] | str | None = None,
    settings: Mapping[str, Value] | None = None,
    power: str = BECKLEY,
    hostility: str = "conflicts",
    outside: Outside = NOTHING,
    progress: Progress | None = None,
) -> Spillover:
    """The spill-over of a day in one model: of power, and of pledges where asked for.

    `among`: only what these states (or the members of organisations) do to one another; all states still act in the
    model. Raises UnknownName, QuestionError, MissingData.
    """
    chosen = one_model(model)
    wanted = chosen_settings((chosen,), settings or {})
    comparison = compare(record, AS_IT_IS, on=on, power=power, hostility=hostility, outside=outside)
    runs, _ = fitted(wanted, comparison, asked=True)
    given, reported = comparison.arrays_before, states_among(comparison, among)
    if not given.states:
        raise QuestionError(f"the record knows of no state on {on}", do="choose a later day with --on")
    if reported is not None and len(reported) < 2:
        raise QuestionError("only one of the states named existed on that day", do="name others with --among")
    (arrays,) = settled((given,), MIDDLE)
    read = frozenset[str]().union(*(reads_of(chosen, one) for _, one in runs))
    rows = np.flatnonzero([reported is None or state in reported for state in given.states])
    names = {state: record.name_of(state) for state in given.states}
    seen = tuple(
        seen_by(chosen, one, arrays, rows=rows, pledges=pledges, names=names, progress=progress) for _, one in runs
    )
    sources = sources_of(comparison, (chosen,))
    return Spillover(
        on=iso(comparison.before.day),
        model=chosen.name,
        scale=chosen.scale,
        record=record.digest,
        version=__version__,
        power=power,
        hostility=given.hostility_name if "hostility" in read else None,
        among=reported,
        settled=settled_of(given, read),
        seen=seen,
        names=names,
        source_keys=sources,
        recalled=tuple(key for key in sources if record.recalled((key,))),
        data=outside.versions,
    )


def one_model(name: str) -> Model:
    """The one model named. Raises UnknownName, and QuestionError for several."""
    found = chosen_models([name])
    if len(found) != 1:
        raise QuestionError(f"{name!r} is not one model", do="name one; `indivisible list models` lists them")
    return found[0]


def seen_by(
    model: Model,
    settings: Settings,
    arrays: Arrays,
    *,
    rows: Integers | None = None,
    pledges: bool = False,
    names: Mapping[str, str] | None = None,
    progress: Progress | None = None,
) -> Seen:
    """The spill-over in one reading of a model; every figure and tie in `arrays` that can be settled has to be."""
    rows = np.arange(len(arrays.states)) if rows is None else rows
    base = model.read(arrays, settings)
    values = values_of(base)
    return Seen(
        output=output_of(model, settings),
        parameters=settings.values,
        assumes=model.assumes(settings),
        notes=tuple(filled(note, names or {}) for note in notes_of(settings, base, base)),
        unopposed=tuple(np.array(arrays.states)[rows][base.unopposed[rows]].tolist()),
        undefended=tuple(np.array(arrays.states)[rows][values[rows] == -np.inf].tolist()),
        ratios_only=ratios_only(model, settings, arrays, values),
        power=of_power(model, settings, arrays, rows, progress),
        pledges=of_pledges(model, settings, arrays, rows, progress) if pledges else None,
    )


def ratios_only(model: Model, settings: Settings, arrays: Arrays, values: Floats) -> bool:
    """Whether the model reads power, and no score would change were all powers doubled."""
    if "power" not in reads_of(model, settings):
        return False
    power = arrays.power
    doubled = replace(arrays, power=Plane(2.0 * power.low, 2.0 * power.best, 2.0 * power.high))
    return bool(np.allclose(values_of(model.read(doubled, settings)), values, rtol=0.0, atol=1e-9, equal_nan=True))


def of_power(model: Model, settings: Settings, arrays: Arrays, rows: Integers, progress: Progress | None) -> Effects:
    """What the power of each state of `rows` does to each of them; counted where it makes its own state safer."""
    states = tuple(np.array(arrays.states)[rows].tolist())
    acts = tuple((state,) for state in states)
    if "power" not in reads_of(model, settings):
        return Effects.unseen("power", acts, states, "this model does not read power")
    effects = power_effects(model, settings, arrays, rows=rows, progress=progress)[:, rows]
    own = np.eye(len(rows), dtype=bool)
    safer, unknown = effects[own] > 0.0, np.isnan(effects[own])
    counted = ~own & (safer | unknown)[:, None]
    return Effects("power", acts, states, effects, counted, acts_counted=safer, acts_unknown=unknown)


def of_pledges(model: Model, settings: Settings, arrays: Arrays, rows: Integers, progress: Progress | None) -> Effects:
    """What a mutual defence pledge between each two of `rows` does to each other one of them."""
    states = tuple(np.array(arrays.states)[rows].tolist())
    one, two = np.triu_indices(len(rows), k=1)
    acts = tuple(combinations(states, 2))
    if "pledges.defence" not in reads_of(model, settings):
        return Effects.unseen("pledges", acts, states, "this model does not read defence pledges")
    pairs = np.column_stack((rows[one], rows[two]))
    effects = pledge_effects(model, settings, arrays, pairs, progress=progress)[:, rows]
    party = np.zeros(effects.shape, dtype=bool)
    party[np.arange(len(one)), one] = party[np.arange(len(two)), two] = True
    helps = np.asarray((party & (effects > 0.0)).any(axis=1))
    every = np.ones(len(acts), dtype=bool)
    return Effects("pledges", acts, states, effects, ~party, acts_counted=every, acts_unknown=~every, helps=helps)


def power_effects(
    model: Model,
    settings: Settings,
    arrays: Arrays,
    *,
    rows: Integers | None = None,
    progress: Progress | None = None,
    slowly: bool = False,
) -> Floats:
    """S[i, j] for i in `rows` (default: all) and every state j; NaN where not known.

    0 where j can be attacked by nobody, or has no defence at all, with more and with less of i's power. At once where
    there is a way (and not `slowly`), else by reading the arrays twice for each i.
    """
    rows = np.arange(len(arrays.states)) if rows is None else rows
    at_once = None if slowly or model.name not in BY_POWER else BY_POWER[model.name](arrays, settings)
    if at_once is not None:
        found = at_once[rows]
    else:
        found = np.empty((len(rows), len(arrays.states)))
        for place, i in enumerate(rows.tolist()):
            less, more = (
                model.read(replace(arrays, power=scaled(arrays.power, i, factor)), settings)
                for factor in (1.0 / STEP, STEP)
            )
            found[place] = difference(less, more) / WIDTH
            if progress is not None:
                progress("power of one state after another", place + 1, len(rows))
    return np.where(np.abs(found) <= ROUNDING_OF_POWER, 0.0, found)


def pledge_effects(
    model: Model,
    settings: Settings,
    arrays: Arrays,
    pairs: Integers,
    *,
    progress: Progress | None = None,
    slowly: bool = False,
) -> Floats:
    """T[p, j] for the pairs of rows [p, 2] and every state j, the two themselves included; NaN where not known.

    Infinite where j can be attacked only with, or only without, the pledge.
    """
    n = len(arrays.states)
    at_once = None if slowly or model.name not in BY_PLEDGE else BY_PLEDGE[model.name](arrays, settings)
    if at_once is not None:
        one, two = pairs.min(axis=1), pairs.max(axis=1)
        found = at_once[one * n - one * (one + 1) // 2 + two - one - 1]
    else:
        base, tied = model.read(arrays, settings), pledged_pairs(arrays)
        found = np.empty((len(pairs), n))
        for place, (i, k) in enumerate(pairs.tolist()):
            without = model.read(with_pledge(arrays, i, k, held=False), settings) if tied[i, k] else base
            if np.isnan(values_of(without)[~without.unopposed]).all() and not without.unopposed.any():
                found[place] = np.nan  # a model that gives no score at all
            else:
                found[place] = difference(without, model.read(with_pledge(arrays, i, k, held=True), settings))
            if progress is not None:
                progress("pledges between two states", place + 1, len(pairs))
    return np.where(np.abs(found) <= ROUNDING_OF_PLEDGES, 0.0, found)


def scaled(power: Plane, i: int, factor: float) -> Plane:
    """The same powers, that of row i multiplied."""
    by = np.ones(len(power.best))
    by[i] = factor
    return Plane(power.low * by, power.best * by, power.high * by)


def pledged_pairs(arrays: Arrays) -> Bools:
    """[i, k]: whether either is pledged to defend the other, by whatever treaty."""
    tied = arrays.ties("defence").possible
    either: Bools = tied | tied.T
    return either


def with_pledge(arrays: Arrays, i: int, k: int, *, held: bool) -> Arrays:
    """The same architecture where i and k are pledged to defend one another, or neither is by any treaty."""
    kept: list[Promises] = []
    for made in arrays.promises:
        between = np.isin(made.senders, (i, k)) & np.isin(made.receivers, (i, k))
        if made.kind == "defence" and between.any():
            made = Promises(
                made.kind, made.treaties, made.treaty[~between], made.senders[~between], made.receivers[~between],
                made.certain[~between],
            )  # fmt: skip
        kept.append(made)
    if held:
        ends: NDArray[np.int64] = np.array([i, k], dtype=np.int64)
        sure = np.ones(2, dtype=bool)
        kept.append(Promises("defence", (ONE_PLEDGE,), np.zeros(2, dtype=np.int64), ends, ends[::-1].copy(), sure))
    return replace(arrays, promises=tuple(kept))


def values_of(reading: Reading) -> Floats:
    """Every score: the best one, else the middle of its bounds, NaN where there is neither."""
    with np.errstate(invalid="ignore"):
        middle = (reading.low + reading.high) / 2.0
    return np.where(np.isnan(reading.best) & np.isfinite(middle), middle, reading.best)


def difference(before: Reading, after: Reading) -> Floats:
    """Change of every score: 0 where a state is unopposed, or has no defence at all, both times; it may be infinite."""
    first, second = values_of(before), values_of(after)
    with np.errstate(invalid="ignore"):
        change = second - first
    change = np.where(after.unopposed & ~before.unopposed, np.inf, change)
    change = np.where(before.unopposed & ~after.unopposed, -np.inf, change)
    still = (before.unopposed & after.unopposed) | (first == second)
    return np.where(still, 0.0, change)


def reads_of(model: Model, settings: Settings) -> frozenset[str]:
    """Which arrays a model reads by these constants: those that it could show something of were they to change."""
    return frozenset(
        name
        for name in model.reads
        if any(model.can_show(kind, settings, touches=frozenset({name})) != BLIND for kind in STEP_KINDS)
    )


def settled_of(given: Arrays, read: frozenset[str]) -> Settled:
    """What of all that is `read` was not known and stands in the middle of its bounds, and what cannot."""
    open_ = unknowns((given,), read=read)
    boundless = np.isinf(given.power.high) if "power" in read else np.zeros(len(given.states), dtype=bool)
    ties = tuple(one for one in open_ if one[0].startswith(("pledges.", "hostility")))
    return Settled(
        figures=tuple(one for one in open_ if one not in ties),
        ties=ties,
        boundless=tuple(np.array(given.states)[boundless].tolist()),
    )
