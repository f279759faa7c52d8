"""One model's judgement of one change: a verdict with its reason for every state, counts, spread, and its limits."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indivisible.architecture.architecture import Architecture
from indivisible.assess.assessment import Judgement, Score, StateChange
from indivisible.assess.because import because_sentence, filled
from indivisible.assess.comparison import POWER_FIGURES, Comparison
from indivisible.assess.moved import Changes, changes
from indivisible.assess.spread import spreads
from indivisible.assess.verdict import DEFAULT_MATERIALITY, LEVELS, Counts, nobody_loses, threshold, verdict
from indivisible.models.base import Because, Model, Reading, Settings, Sight

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Pair = frozenset[str]


def judge(
    model: Model,
    settings: Settings,
    comparison: Comparison,
    *,
    names: Mapping[str, str],
    among: Collection[str] | None = None,
    materiality: float = DEFAULT_MATERIALITY,
) -> Judgement:
    """What a model says of a change for every state, or for those `among` (all others still act in the model)."""
    before = model.read(comparison.arrays_before, settings)
    after = model.read(comparison.arrays_after, settings)
    moved = changes(model, settings, comparison, before, after)
    chosen = [i for i, state in enumerate(before.states) if among is None or state in among]
    bound = threshold(model.scale, materiality, before.unit)
    found = state_changes(model, comparison, (before, after), moved, chosen, names=names, bound=bound)
    counts = Counts.of(one.verdict for one in found)
    everybody = counts_at(bound, moved, range(len(before.states)))  # whoever is reported, nobody means nobody
    sight = sight_of(model, settings, comparison)
    first, second = spreads(before, after, chosen, comparison.before.figures)
    return Judgement(
        model=model.name,
        output=output_of(model, settings),
        assumes=model.assumes(settings),
        notes=tuple(filled(note, names) for note in notes_of(settings, before, after)),
        fit=None if settings.fit is None else settings.fit.to_dict(),
        parameters=settings.values,
        scale=model.scale,
        materiality=materiality,
        can_show=sight,
        counts=counts,
        counts_at={
            f"{level:g}": counts_at(threshold(model.scale, level, before.unit), moved, chosen) for level in LEVELS
        },
        nobody_loses=nobody_loses(everybody, could_show=sight.third_loses),
        before=first,
        after=second,
        states=found,
    )


def known_power(comparison: Comparison) -> dict[str, float]:
    """The power of the states whose power is known."""
    arrays = comparison.arrays_before
    return {state: float(x) for state, x in zip(arrays.states, arrays.power.best, strict=True) if not np.isnan(x)}


def state_changes(
    model: Model,
    comparison: Comparison,
    readings: tuple[Reading, Reading],
    moved: Changes,
    chosen: Sequence[int],
    *,
    names: Mapping[str, str],
    bound: float,
) -> tuple[StateChange, ...]:
    """For every chosen state its scores, verdict, reason and claims; `moved` is what `changes` gave."""
    before, after = readings
    change, low, high, touched = moved
    grounds = _grounds(model, before.settings, comparison)
    figures = figures_read(model, comparison)
    power = known_power(comparison)
    found = []
    for i in chosen:
        said = verdict(low[i], high[i], touched=bool(touched[i]), bound=bound)
        pair = (before.because(i), after.because(i))
        found.append(
            StateChange(
                state=before.states[i],
                before=score_of(before, i),
                after=score_of(after, i),
                change=float(change[i]),
                low=float(low[i]),
                high=float(high[i]),
                verdict=said,
                because=because_sentence(before.states[i], pair, said, names, power),
                claims=_claims(before.states[i], pair, grounds, figures, comparison),
                decided=pair,
            )
        )
    return tuple(found)


def output_of(model: Model, settings: Settings) -> str:
    """Which of a model's readings that stand side by side these settings choose; empty where it has but one."""
    chosen = [str(settings.values[p.name]) for p in model.parameters.values() if p.side_by_side]
    return " ".join(chosen)


def notes_of(settings: Settings, before: Reading, after: Reading) -> tuple[str, ...]:
    """What has to be said beside every result: how the model was fitted, and what holds for all states at once."""
    told = [] if settings.fit is None else [settings.fit.sentence()]
    if before.note == after.note:
        told += [before.note] if before.note else []
    else:
        told += [f"{when}: {one.note}" for when, one in (("Before", before), ("After", after)) if one.note]
    return tuple(told)


def counts_at(bound: float, moved: Changes, chosen: Iterable[int]) -> Counts:
    """Counts of the verdicts where changes above the bound count."""
    _, low, high, touched = moved
    return Counts.of(verdict(low[i], high[i], touched=bool(touched[i]), bound=bound) for i in chosen)


def sight_of(model: Model, settings: Settings, comparison: Comparison) -> Sight:
    """What the model could show of the change: whatever it could show of one of its steps.

    Where several states are named in the steps, each of them is a third state in those of the others.
    """
    sights = [model.can_show(kind, settings, touches=comparison.touches) for kind in comparison.step_kinds]
    several = len(comparison.actors) > 1
    return Sight(
        actor_gains=any(s.actor_gains or (several and s.third_gains) for s in sights),
        actor_loses=any(s.actor_loses or (several and s.third_loses) for s in sights),
        third_gains=any(s.third_gains for s in sights),
        third_loses=any(s.third_loses for s in sights),
    )


def score_of(reading: Reading, i: int) -> Score:
    """One state's score out of a reading."""
    return Score(float(reading.low[i]), float(reading.best[i]), float(reading.high[i]), bool(reading.unopposed[i]))


def kinds_read(model: Model, settings: Settings | None = None) -> frozenset[str]:
    """The kinds of pledge that a model reads; by these settings, where one of its choices is a kind."""
    kinds = frozenset(name.partition(".")[2] for name in model.reads if name.startswith("pledges."))
    chosen = frozenset() if settings is None else kinds & {str(value) for value in settings.values.values()}
    return chosen or kinds


def figures_read(model: Model, comparison: Comparison) -> tuple[str, ...]:
    """The record's own figures that a model's scores rest on; none where it does not read power."""
    return POWER_FIGURES.get(comparison.power, ()) if "power" in model.reads else ()


def hostility_claims(model: Model, comparison: Comparison, architecture: Architecture) -> dict[Pair, tuple[str, ...]]:
    """Addresses of the claims by which the record has two states hostile, by pair; none where they are not read."""
    read = "hostility" in model.reads and comparison.hostility == "conflicts"
    found = architecture.hostilities.pairs if read and architecture.hostilities is not None else ()
    return {frozenset((one.one, one.other)): one.claims for one in found}


@dataclass(frozen=True)
class _Grounds:
    """What the ties of one architecture rest on: claims of pledges by (from, towards), of hostilities by pair."""

    pledges: Sequence[Mapping[tuple[str, str], Sequence[str]]]  # one for each kind that is read
    hostilities: Mapping[Pair, Sequence[str]]


def _grounds(model: Model, settings: Settings, comparison: Comparison) -> list[_Grounds]:
    """Before and after."""
    kinds, both = kinds_read(model, settings), (comparison.before, comparison.after)
    return [
        _Grounds([by[kind] for kind in kinds if kind in by], hostility_claims(model, comparison, architecture))
        for by, architecture in zip(comparison.pledge_claims, both, strict=True)
    ]


def _claims(
    state: str,
    decided: tuple[Because | None, Because | None],
    grounds: Sequence[_Grounds],
    figures: Collection[str],
    comparison: Comparison,
) -> tuple[str, ...]:
    """Addresses of the claims about what decided: the ties of both sides, and the `figures` of who leads them."""
    found: set[str] = set()
    leaders = {state}
    for because, ground in zip(decided, grounds, strict=True):
        if because is None:
            continue
        leaders |= {because.leader} if because.leader else set()
        for head, members in ((state, because.defenders), (because.leader, because.against)):
            for one in members if head else ():
                for pledges in ground.pledges:
                    found.update(pledges.get((one, head), ()))
        for one in because.against if ground.hostilities else ():
            found.update(ground.hostilities.get(frozenset((state, one)), ()))
    for leader in leaders:
        for field in figures:
            figure = comparison.before.figures.get((leader, field))
            found.update(() if figure is None else figure.claims)
    return tuple(sorted(found))
