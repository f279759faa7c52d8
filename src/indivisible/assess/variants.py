"""The same change under other constants: what turns on a choice that nobody can prove right."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from itertools import product

from indivisible.assess.assessment import Judgement, StateChange, Variant
from indivisible.assess.comparison import Comparison
from indivisible.assess.judge import score_of, sight_of
from indivisible.assess.moved import changes, verdicts
from indivisible.assess.verdict import Counts, nobody_loses
from indivisible.errors import MissingData
from indivisible.models.base import Model, Settings, Value
from indivisible.values import Truth


def variants(
    model: Model,
    settings: Settings,
    comparison: Comparison,
    powers: Collection[str],
    *,
    among: Collection[str] | None = None,
    judged: Judgement,
) -> Iterator[Variant]:
    """Every combination of a measure of power with the varied constants of a model, the one in use (`judged`) marked.

    A measure that is not imported gives one row without counts, so that its absence is seen.
    """
    varied = model.varied
    for power in powers:
        try:
            measured = comparison.with_power(power)
        except MissingData:
            yield Variant(judged.label, power, {}, None, Truth.UNKNOWN)
            continue
        for values in product(*varied.values()):
            tried = dict(zip(varied, values, strict=True))
            chosen = replace(settings, values={**settings.values, **tried})
            if power == comparison.power and chosen.values == settings.values:
                yield _in_use(judged, tried, comparison)
            else:
                yield _variant(model, chosen, tried, measured, among, judged)


def _in_use(judged: Judgement, tried: Mapping[str, Value], comparison: Comparison) -> Variant:
    actors = tuple(one for one in judged.states if one.state in comparison.actors)
    return Variant(judged.label, comparison.power, tried, judged.counts, judged.nobody_loses, actors, True)


def _variant(
    model: Model,
    settings: Settings,
    tried: Mapping[str, Value],
    comparison: Comparison,
    among: Collection[str] | None,
    judged: Judgement,
) -> Variant:
    before = model.read(comparison.arrays_before, settings)
    after = model.read(comparison.arrays_after, settings)
    change, low, high, _ = moved = changes(model, settings, comparison, before, after)
    said = verdicts(model, moved, unit=before.unit, materiality=judged.materiality)
    counts = Counts.of(one for one, state in zip(said, before.states, strict=True) if among is None or state in among)
    actors = tuple(
        StateChange(
            state, score_of(before, i), score_of(after, i), float(change[i]), float(low[i]), float(high[i]), said[i],
            "", (),
        )
        for i, state in enumerate(before.states)
        if state in comparison.actors and (among is None or state in among)
    )  # fmt: skip
    could_show = sight_of(model, settings, comparison).third_loses
    nobody = nobody_loses(Counts.of(said), could_show=could_show)
    return Variant(judged.label, comparison.power, tried, counts, nobody, actors)
