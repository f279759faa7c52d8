"""The contracts of the models on the real record: relabel every state, forget figures, recombine reasons."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from indivisible.architecture.architecture import Architecture
from indivisible.architecture.arrays import Arrays
from indivisible.architecture.change import load_change
from indivisible.architecture.to_arrays import to_arrays
from indivisible.assess.comparison import Comparison, compare
from indivisible.assess.judge import judge
from indivisible.assess.verdict import threshold, verdict
from indivisible.models import MODELS
from indivisible.models.base import Model, Value, recombined, settle
from indivisible.record.load import load
from made_up_fits import with_fit

every_model = pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
FORGOTTEN = 5  # figures in a run of the tests; sixty were tried when this was written
USED: dict[str, dict[str, Value]] = {"contest": {"beta": 0.01}}
"""Constants at which a model has something to say of the day, where it says nothing by default."""
OTHERWISE: dict[str, dict[str, Value]] = {
    "allocation": {"output": "possible"},
    "arms-race": {"eu_42_7": False, "shift_camp": 2.0},
    "commitment": {"kind": "consultation"},
    "contest": {"beta": 0.01, "gamma": 0.01},
    "deterrence": {"eu_42_7": False, "allies_may_attack": True},
    "distance": {"reach": 1.0},
    "landscape": {"weights": "power", "friends": "defence_or_nonaggression"},
    "risk": {"eu_42_7": False},
}


@pytest.fixture(scope="module")
def nordic() -> Comparison:
    return compare(load(), load_change("nordic-accession"))


def verdicts(model: Model, before: Arrays, after: Arrays) -> dict[str, str]:
    ready = with_fit(settle(model.name, model.parameters, USED.get(model.name)))
    low, high = model.change_bounds(before, after, ready)
    touched = model.touched(before, after, ready)
    bound = threshold(model.scale, 0.01, model.read(before, ready).unit)
    return {
        state: verdict(low[i], high[i], touched=bool(touched[i]), bound=bound) for i, state in enumerate(before.states)
    }


def relabelled(one: Architecture, names: dict[str, str]) -> Architecture:
    return replace(
        one,
        states=tuple(sorted(names[s] for s in one.states)),
        pledges=tuple(replace(p, sender=names[p.sender], receiver=names[p.receiver]) for p in reversed(one.pledges)
                      if p.sender in names and p.receiver in names),
        figures={(names[s], f): replace(figure, state=names[s]) for (s, f), figure in one.figures.items()},
        capitals={names[s]: place for s, place in one.capitals.items()},
        borders=frozenset((names[a], names[b]) for a, b in one.borders if a in names and b in names),
        hostilities=None if one.hostilities is None else replace(one.hostilities, pairs=tuple(
            replace(h, one=names[h.one], other=names[h.other]) for h in one.hostilities.pairs
        )),
        deployments=(),
        memberships=(),
    )  # fmt: skip


@every_model
def test_relabelling_every_state_relabels_the_verdicts(nordic: Comparison, model: Model) -> None:
    states = nordic.before.states
    names = dict(zip(states, np.random.default_rng(7).permutation(states).tolist(), strict=True))
    here = verdicts(model, nordic.arrays_before, nordic.arrays_after)
    there = verdicts(model, *(to_arrays(relabelled(one, names)) for one in (nordic.before, nordic.after)))
    assert {names[state]: said for state, said in here.items()} == there


@every_model
def test_forgetting_a_figure_gives_the_old_verdict_or_unknown(nordic: Comparison, model: Model) -> None:
    known = verdicts(model, nordic.arrays_before, nordic.arrays_after)
    chosen = np.random.default_rng(5).permutation(len(nordic.before.figures))
    keys = [key for key in sorted(nordic.before.figures) if key[1] in ("population", "gdp_current_usd")]
    picked = [keys[n] for n in chosen[chosen < len(keys)][:FORGOTTEN]] + [("RUS", "gdp_current_usd")]
    for key in picked:
        found = verdicts(model, *(to_arrays(forgetting(one, key)) for one in (nordic.before, nordic.after)))
        assert all(new in (known[state], "unknown") for state, new in found.items()), key


def forgetting(one: Architecture, key: tuple[str, str]) -> Architecture:
    return replace(one, figures={other: figure for other, figure in one.figures.items() if other != key})


@every_model
def test_every_score_is_recombined_and_every_verdict_stays_inside_what_could_be_shown(
    nordic: Comparison, model: Model
) -> None:
    ready = with_fit(settle(model.name, model.parameters))
    for arrays in (nordic.arrays_before, nordic.arrays_after):
        reading = model.read(arrays, ready)
        for i in range(len(reading.states)):
            score = reading.low[i] if math.isnan(reading.best[i]) else reading.best[i]
            made = recombined(reading.parts(i))
            assert made == score or abs(made - score) < 1e-9 or (reading.unopposed[i] and made == math.inf)
    for chosen in ({}, USED.get(model.name, {}), OTHERWISE[model.name]):
        ready = with_fit(settle(model.name, model.parameters, chosen))
        judged = judge(model, ready, nordic, names={})
        sight = judged.can_show
        for one in judged.states:
            own = one.state in nordic.actors
            assert one.verdict != "gains" or (sight.actor_gains if own else sight.third_gains)
            assert one.verdict != "loses" or (sight.actor_loses if own else sight.third_loses)
            assert math.isnan(one.change) or one.low - 1e-9 <= one.change <= one.high + 1e-9
            for score in (one.before, one.after):
                assert math.isnan(score.best) or score.low - 1e-9 <= score.best <= score.high + 1e-9
