"""What every model must satisfy, whoever it belongs to. Each test tries to refute a property that models declare."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace

import numpy as np
import pytest
from fictional_worlds import World, at_one_point, changed, mutual, worlds
from hypothesis import given, note, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import PLEDGE_KINDS, Arrays
from indivisible.assess.judge import kinds_read
from indivisible.errors import QuestionError
from indivisible.models import MODELS
from indivisible.models.base import BLIND, STEP_KINDS, Model, Settings, Sight, Value, recombined, settle
from made_up_fits import with_fit

VARIANTS: dict[str, list[dict[str, Value]]] = {
    "allocation": [{}, {"output": "possible"}],
    "arms-race": [{}, {"shift_camp": -10.0}, {"shift_neighbour": -10.0, "shift_hostile": 2.0, "eu_42_7": False}],
    "commitment": [
        {}, {"kind": "offence", "scale": 6000.0}, {"kind": "consultation", "scale": 500.0}, {"scale": None},
    ],
    "contest": [{}, {"beta": 0.02, "gamma": 0.3}, {"beta": 0.3, "gamma": 0.05}],
    "deterrence": [
        {}, {"allies_may_attack": True}, {"rule": "clique"}, {"rule": "clique", "allies_may_attack": True},
        {"fade": 2000.0, "gamma": 2.0}, {"fade": 3000.0, "allies_may_attack": True},
    ],
    "distance": [
        {}, {"reach": 1.0}, {"reach": 0.4, "scale": 4000.0}, {"decay": "linear", "scale": 6000.0, "reach": 0.5},
        {"decay": "war_trap"}, {"decay": "war_trap", "reach": 0.7, "normalised": True},
        {"forward": 1.0, "garrison": 5.0},
        {"forward": 0.6, "garrison": 12.0, "reach": 0.3, "decay": "linear", "scale": 9000.0},
    ],
    "landscape": [{}, {"weights": "power"}, {"friends": "defence_or_nonaggression"}],
    "risk": [{}, {"shift_shield": 4.0, "shift_allied": -3.0}],
}  # fmt: skip
CASES = [(model, chosen) for model in MODELS for chosen in VARIANTS[model.name]]
every_case = pytest.mark.parametrize(("model", "chosen"), CASES, ids=[f"{m.name}-{c}" for m, c in CASES])
M = math.log(1.01)
NUMBERLESS = {"commitment", "contest", "landscape"}
"""Models that may have no number even where all is known: a share of nothing, a contest without an equilibrium, or a
score that differs between equally good divisions into camps."""
SEVERAL = {"landscape"}
"""Of these, models whose score then is any in its interval."""
TOP = {"allocation": 1.0, "arms-race": 0.0}
"""Where an unopposed state stands on a scale that ends: with those that survive, or that nobody drives to arm."""


def settled(model: Model, chosen: dict[str, Value]) -> Settings:
    """The constants, and a made-up fit for a model that has to be fitted first."""
    return with_fit(settle(model.name, model.parameters, chosen))


READY = [(model, settled(model, chosen)) for model, chosen in CASES]
"""Worlds made at random are shown to all of these, one after another: to make one takes longer than to read it."""


def ready_cases() -> Iterator[tuple[Model, Settings]]:
    """Every model with every choice of constants; where a test fails, the last one noted is the one that did."""
    for model, ready in READY:
        note(f"{model.name} {dict(ready.values)}")
        yield model, ready


def scores(model: Model, arrays: Arrays, chosen: Settings) -> np.ndarray:
    """The best scores; infinity, or the end of the scale, for an unopposed state."""
    reading = model.read(arrays, chosen)
    return np.where(reading.unopposed, TOP.get(model.name, np.inf), reading.best)


def read_by(model: Model, chosen: Settings) -> frozenset[str]:
    """What a model reads by these settings: of its kinds of pledge only the one chosen, where it has such a choice."""
    kinds = {f"pledges.{kind}" for kind in kinds_read(model, chosen)}
    return frozenset(name for name in model.reads if not name.startswith("pledges.")) | kinds


def verdicts(low: np.ndarray, high: np.ndarray) -> list[str]:
    rounding = 1e-9
    return [
        "gains" if lo > M + rounding
        else "loses" if hi < -M - rounding
        else "unchanged" if lo >= -M - rounding and hi <= M + rounding
        else "unknown"
        for lo, hi in zip(low, high, strict=True)
    ]  # fmt: skip


def close(a: float, b: float) -> bool:
    return a == b or abs(a - b) < 1e-9


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.name)
def test_what_a_model_declares(model: Model) -> None:
    assert model.scale in {"log_ratio", "share", "probability", "ordinal"}
    arrays = {field.name for field in fields(Arrays)} - {"states", "power_name", "promises", "hostility_name"}
    assert model.reads <= arrays | {f"pledges.{kind}" for kind in PLEDGE_KINDS}
    for name, parameter in model.parameters.items():
        assert parameter.name == name
        assert parameter.meaning
        assert parameter.source
        if isinstance(parameter.default, float):
            assert parameter.low is not None
            assert parameter.high is not None
            assert parameter.low <= parameter.default <= parameter.high
        assert parameter.taken(parameter.default) == parameter.default


@settings(max_examples=40, deadline=None)
@given(world=worlds())
def test_the_empty_change_is_exactly_zero(world: World) -> None:
    for model, ready in ready_cases():
        low, high = model.change_bounds(world.arrays, world.arrays, ready)
        assert (low == 0.0).all()
        assert (high == 0.0).all()
        assert not model.touched(world.arrays, world.arrays, ready).any()


@settings(max_examples=40, deadline=None)
@given(world=worlds(), data=st.data())
def test_relabelling_the_states_relabels_the_scores(world: World, data: st.DataObject) -> None:
    names = dict(zip(world.power, data.draw(st.permutations(list(world.power))), strict=True))
    other = World(
        {names[s]: p for s, p in world.power.items()},
        frozenset((names[a], names[b], k) for a, b, k in world.pledges),
        frozenset((names[a], names[b], k) for a, b, k in world.unsure),
        {names[s]: b for s, b in world.bounds.items()},
        {names[s]: p for s, p in world.places.items()},
        frozenset((min(names[a], names[b]), max(names[a], names[b])) for a, b in world.hostile),
        frozenset((min(names[a], names[b]), max(names[a], names[b])) for a, b in world.wary),
        {(names[a], names[b]): span for (a, b), span in world.troops.items()},
        {names[s]: one for s, one in world.spent.items()},
        None if world.bordering is None
        else frozenset((min(names[a], names[b]), max(names[a], names[b])) for a, b in world.bordering),
    )  # fmt: skip
    for model, ready in ready_cases():
        here, there = model.read(world.arrays, ready), model.read(other.arrays, ready)
        for i, state in enumerate(here.states):
            j = there.states.index(names[state])
            assert here.unopposed[i] == there.unopposed[j]
            assert np.isnan(here.best[i]) == np.isnan(there.best[j])
            for plane in ("low", "best", "high"):
                a, b = getattr(here, plane)[i], getattr(there, plane)[j]
                assert close(a, b) or (np.isnan(a) and np.isnan(b))


@settings(max_examples=40, deadline=None)
@given(world=worlds(), data=st.data(), seed=st.integers(0, 2**32 - 1))
def test_every_possible_truth_lies_within_the_bounds(world: World, data: st.DataObject, seed: int) -> None:
    """Settle what is not known, the same way before and after: scores and their change lie where they were said to."""
    after, draw = data.draw(changed(world)), np.random.default_rng(seed)
    points = [at_one_point(draw, world, after) for _ in range(4)]
    for model, ready in ready_cases():
        truth_lies_within(model, ready, world, after, points)


def truth_lies_within(
    model: Model, ready: Settings, world: World, after: World, settled_ways: Sequence[tuple[World, ...]]
) -> None:
    readings = [model.read(w.arrays, ready) for w in (world, after)]
    low, high = model.change_bounds(world.arrays, after.arrays, ready)
    touched = model.touched(world.arrays, after.arrays, ready)
    assert (low <= high + 1e-12).all()
    for points in settled_ways:
        values = [scores(model, w.arrays, ready) for w in points]
        for i in range(len(low)):
            if any(np.isnan(value[i]) for value in values):
                assert model.name in NUMBERLESS
                at_points = [model.read(w.arrays, ready) for w in points]
                for reading, there in zip(readings, at_points, strict=True):
                    assert reading.low[i] - 1e-9 <= there.low[i]
                    assert there.high[i] <= reading.high[i] + 1e-9
                now, then = at_points[1], at_points[0]
                if model.name in SEVERAL:  # any of several scores before, any after; the same ones where untouched
                    assert touched[i] or (then.low[i], then.high[i]) == (now.low[i], now.high[i])
                    assert not touched[i] or low[i] <= now.low[i] - then.high[i]
                    assert not touched[i] or now.high[i] - then.low[i] <= high[i]
                    continue
                alike = all(np.isnan(value[i]) for value in values)  # then no change is at least possible
                assert low[i] - 1e-9 <= (0.0 if alike else now.low[i] - then.high[i])
                assert (0.0 if alike else now.high[i] - then.low[i]) <= high[i] + 1e-9
                continue
            for reading, value in zip(readings, values, strict=True):
                if reading.unopposed[i]:
                    assert value[i] == TOP.get(model.name, np.inf)
                else:
                    assert reading.low[i] - 1e-9 <= value[i] <= reading.high[i] + 1e-9
                    assert np.isnan(reading.best[i]) or close(reading.best[i], value[i])
            if values[0][i] == values[1][i] == -np.inf:
                continue  # no defence at all both times: the change is read as the limit of ever smaller ones
            moved = 0.0 if values[0][i] == values[1][i] else values[1][i] - values[0][i]
            assert low[i] - 1e-9 <= moved <= high[i] + 1e-9
            assert touched[i] or abs(moved) < 1e-9


@settings(max_examples=40, deadline=None)
@given(world=worlds(known=True), data=st.data())
def test_forgetting_one_number_gives_the_old_verdict_or_unknown(world: World, data: st.DataObject) -> None:
    after = data.draw(changed(world))
    state = data.draw(st.sampled_from(sorted(world.power)))
    was_set = world.power[state] != after.power[state]  # then the later figure is another number, still known
    ways = [
        (forget_power(world, state, bound), after if was_set else forget_power(after, state, bound))
        for bound in (math.inf, 9.0)
    ]
    ways.append((forget_place(world, state), forget_place(after, state)))
    if world.hostile:
        pair = data.draw(st.sampled_from(sorted(world.hostile)))
        ways.append((forget_hostility(world, pair), forget_hostility(after, pair)))
    if world.pledges | after.pledges:
        tie = data.draw(st.sampled_from(sorted(world.pledges | after.pledges)))
        ways.append((forget_pledge(world, tie), forget_pledge(after, tie)))
    for model, ready in ready_cases():
        known = verdicts(*model.change_bounds(world.arrays, after.arrays, ready))
        for one, other in ways:
            found = verdicts(*model.change_bounds(one.arrays, other.arrays, ready))
            assert all(new in (old, "unknown") for old, new in zip(known, found, strict=True)), (known, found)


@every_case
def test_forgetting_a_zero_that_comes_to_defend_nothing_cannot_make_a_gain(
    model: Model, chosen: dict[str, Value]
) -> None:
    """A and B have nothing, and A comes to defend B: no change; if A may have something, that is not known."""
    spots = {"A": (0.0, 0.0), "B": (0.0, 1.0), "C": (0.0, 2.0)}
    before = World({"A": 0.0, "B": 0.0, "C": 1.0}, places=spots)
    after = replace(before, pledges=frozenset({("A", "B", "defence")}))
    ready = settled(model, chosen)
    if not {"power", "pledges.defence"} <= read_by(model, ready) or "hostility" in model.reads:
        pytest.skip("this model does not weigh a defence pledge by power, or not where nobody is hostile")
    assert verdicts(*model.change_bounds(before.arrays, after.arrays, ready))[1] == "unchanged"
    for bound in (9.0, math.inf):
        ways = forget_power(before, "A", bound), forget_power(after, "A", bound)
        assert verdicts(*model.change_bounds(ways[0].arrays, ways[1].arrays, ready))[1] == "unknown"


def test_an_ally_in_doubt_that_is_none_afterwards_may_become_the_one_to_fear() -> None:
    """A is or is not pledged to B; afterwards it is not, and B, ten times A, may lead: worse than C, or no change."""
    before = World({"A": 1.0, "B": 10.0, "C": 2.0}, unsure=frozenset({("A", "B", "defence")}))
    after = replace(before, unsure=frozenset())
    model = next(m for m in MODELS if m.name == "deterrence")
    low, high = model.change_bounds(before.arrays, after.arrays, settled(model, {}))
    assert close(low[0], -math.log(5.0))
    assert close(high[0], 0.0)


def test_distance_leaves_out_the_eu_treaty_where_told_to() -> None:
    model = next(m for m in MODELS if m.name == "distance")
    here = dict.fromkeys("AB", (0.0, 0.0))
    power: dict[str, float | None] = {"A": 1.0, "B": 3.0}
    tied = Arrays.of(power, defence=[("A", "B")], places=here, treaty="EU_TEU_42_7_2009")
    assert model.read(tied, settled(model, {})).unopposed.all()
    left_out = model.read(tied, settled(model, {"eu_42_7": False}))
    assert close(left_out.best[0], math.log(1 / 3))
    assert close(left_out.best[1], math.log(3))


def forget_power(world: World, state: str, bound: float) -> World:
    return replace(world, power={**world.power, state: None}, bounds={**world.bounds, state: (0.0, bound)})


def forget_place(world: World, state: str) -> World:
    return replace(world, places={s: p for s, p in world.places.items() if s != state})


def forget_hostility(world: World, pair: tuple[str, str]) -> World:
    return replace(world, hostile=world.hostile - {pair}, wary=world.wary | {pair})


def forget_pledge(world: World, tie: tuple[str, str, str]) -> World:
    return world if tie not in world.pledges else replace(world, pledges=world.pledges - {tie}, unsure=frozenset({tie}))


@settings(max_examples=40, deadline=None)
@given(world=worlds())
def test_parts_recombine_to_the_score(world: World) -> None:
    for model, ready in ready_cases():
        parts_recombine(model, ready, world)


def parts_recombine(model: Model, ready: Settings, world: World) -> None:
    reading = model.read(world.arrays, ready)
    for i in range(len(reading.states)):
        made = recombined(reading.parts(i))
        if reading.unopposed[i]:
            assert made == math.inf
            assert reading.because(i) is None
        else:
            score = reading.low[i] if np.isnan(reading.best[i]) else reading.best[i]
            assert close(made, score)
            reason = reading.because(i)
            assert reason is not None
            assert reading.states[i] in reason.defenders or (reason.undetermined and reason.told)
            assert not reason.undetermined or model.name in NUMBERLESS


@settings(max_examples=40, deadline=None)
# numbers below 1e-300 have not the digits of a double left, and no sum of them can be exact
@given(world=worlds(), share=st.just(0.0) | st.floats(1e-100, 1))
def test_the_best_score_is_that_of_the_best_points(world: World, share: float) -> None:
    """Unknown powers that have a best point inside their interval: the score there, and it is no bound of anything."""
    points = {s: low + share * (min(high, 9.0) - low) for s, (low, high) in world.bounds.items()}
    guessed = replace(world, power={**world.power, **points})
    there = replace(guessed, bounds={})
    for model, ready in ready_cases():
        best_score_at_best_points(model, ready, world, guessed, there)


def best_score_at_best_points(model: Model, ready: Settings, world: World, guessed: World, known: World) -> None:
    guess, blind = model.read(guessed.arrays, ready), model.read(world.arrays, ready)
    there = model.read(known.arrays, ready)
    for i in range(len(guess.states)):
        assert close(guess.low[i], blind.low[i]) or np.isnan(guess.low[i])
        assert close(guess.high[i], blind.high[i]) or np.isnan(guess.high[i])
        if guess.unopposed[i] or there.unopposed[i]:
            continue
        if model.name in NUMBERLESS and np.isnan(there.best[i]):
            assert np.isnan(guess.best[i])
            continue
        doubtful = bool(world.unsure) or len(world.places) < len(world.power)
        doubtful = doubtful or (bool(world.wary) and "hostility" in model.reads)
        doubtful = doubtful or ("deployments" in model.reads and any(a < b for a, b in world.troops.values()))
        doubtful = doubtful or ("expenditure" in model.reads and None in world.spent.values())
        assert doubtful or not np.isnan(guess.best[i])
        if not np.isnan(guess.best[i]):
            assert close(guess.best[i], there.best[i])
            assert guess.low[i] - 1e-9 <= guess.best[i] <= guess.high[i] + 1e-9
            assert close(recombined(guess.parts(i)), guess.best[i])
            reason = guess.because(i)
            assert reason is not None
            assert reason.certain or doubtful
    same = model.change_bounds(guessed.arrays, guessed.arrays, ready)
    assert (same[0] == 0.0).all()
    assert (same[1] == 0.0).all()


@every_case
def test_a_one_state_world_is_unopposed_or_has_no_number(model: Model, chosen: dict[str, Value]) -> None:
    alone = Arrays.of({"A": 1.0})
    reading = model.read(alone, settled(model, chosen))
    if model.name == "commitment":  # a share of nothing: no number, and no safety either
        assert reading.unopposed.tolist() == [False]
        assert (reading.low[0], reading.high[0]) == (0.0, 1.0)
        assert np.isnan(reading.best[0])
        return
    if model.name == "landscape":  # no tie, so none that does not fit
        assert (reading.unopposed[0], reading.low[0], reading.best[0], reading.high[0]) == (False, 0.0, 0.0, 0.0)
        return
    assert reading.unopposed.tolist() == [True]
    assert np.isnan([reading.low[0], reading.best[0], reading.high[0]]).all()


@every_case
def test_becoming_unopposed_is_a_gain_and_ceasing_to_be_a_loss(model: Model, chosen: dict[str, Value]) -> None:
    if chosen.get("allies_may_attack"):
        pytest.skip("where allies may attack, two allies still threaten each other")
    if model.name in ("commitment", "contest", "landscape", "risk"):
        pytest.skip("in this model two allies still have a score")
    if model.name == "allocation":
        pytest.skip("in this model only hostility makes a state opposed, and no step changes it")
    places = {"A": (0.0, 0.0), "B": (0.0, 1.0)}
    apart, joined = (
        World({"A": 1.0, "B": 2.0}, places=places),
        World({"A": 1.0, "B": 2.0}, mutual(["AB"]), places=places),
    )
    if model.name == "arms-race":  # the scale ends at 0, so it is a gain that can be told
        if chosen.get("shift_neighbour") != -10.0:
            low, high = model.change_bounds(apart.arrays, joined.arrays, settled(model, chosen))
            assert (low > 0.0).all()
            assert (high < 0.01).all()
        return
    low, high = model.change_bounds(apart.arrays, joined.arrays, settled(model, chosen))
    assert (low == np.inf).all()
    assert (high == np.inf).all()
    low, high = model.change_bounds(joined.arrays, apart.arrays, settled(model, chosen))
    assert (low == -np.inf).all()
    assert (high == -np.inf).all()


@every_case
def test_mirrored_blocs_have_mirrored_scores(model: Model, chosen: dict[str, Value]) -> None:
    """Swap what two blocs have, and their scores swap."""
    west, east = {"A": 5.0, "B": 2.0}, {"C": 1.0, "D": 3.0}
    spots = {"A": (0.0, -20.0), "B": (0.0, -10.0), "C": (0.0, 10.0), "D": (0.0, 20.0)}
    bonds = mutual(["AB", "CD"])
    one = World({**west, **east}, bonds, places=spots)
    swapped = World({"A": 3.0, "B": 1.0, "C": 2.0, "D": 5.0}, bonds, places=spots)
    ready = settled(model, chosen)
    assert scores(model, one.arrays, ready) == pytest.approx(scores(model, swapped.arrays, ready)[::-1])


STEPS = {
    "accede": lambda state, members: mutual((state, m) for m in members),
    "pledge": lambda state, members: mutual((state, m) for m in members[:1]),
    "found": lambda state, members: mutual((a, b) for a in [state, *members] for b in [state, *members] if a < b),
}
UNDONE = {"withdraw": "accede", "release": "pledge", "dissolve": "found"}


@settings(max_examples=60, deadline=None)
@given(world=worlds(known=True), data=st.data(), kind=st.sampled_from(sorted({*STEPS, *UNDONE})))
def test_no_step_shows_what_the_model_says_it_cannot_show(world: World, data: st.DataObject, kind: str) -> None:
    state = data.draw(st.sampled_from(sorted(world.power)))
    others = [s for s in sorted(world.power) if s != state]
    members = data.draw(st.lists(st.sampled_from(others), unique=True)) if others else []
    inside = (
        mutual((a, b) for a in members for b in members if a < b) if "found" not in (kind, UNDONE.get(kind)) else ()
    )
    before = replace(world, pledges=world.pledges | frozenset(inside))
    after = replace(before, pledges=before.pledges | STEPS[UNDONE.get(kind, kind)](state, members))
    if kind in UNDONE:
        before, after = after, before
    actors = {state, *members} if kind in ("found", "dissolve") else {state}
    for model, ready in ready_cases():
        sight = model.can_show(kind, ready)
        low, high = model.change_bounds(before.arrays, after.arrays, ready)
        for name, lo, hi in zip(sorted(world.power), low, high, strict=True):
            gains, loses = (
                (sight.actor_gains, sight.actor_loses) if name in actors else (sight.third_gains, sight.third_loses)
            )
            assert gains or hi <= 1e-9
            assert loses or lo >= -1e-9


def examples(kind: str, model: Model, ready: Settings) -> dict[str, tuple[World, World, str]]:
    """For what a model may say it can show of an accession or a withdrawal, a world in which it would be seen.

    Allies gain against a mighty stranger; a third state loses where there is none and the two are what it fears. In the
    contest it loses as an ally of both: each then has another to leave the fighting to. In the landscape a pledge
    between foes fits no camps, and a friend of one that joins the friends of its foe has a tie that no longer fits. In
    allocation two win an ally that covers what they lack, and a third that lacks as much must then share it with one.
    """
    if model.name == "allocation":
        power = {"A": 2.0, "B": 3.0, "C": 2.0, "D": 4.0}
        one, other = (World(dict(power), hostile=frozenset({(who, "D")})) for who in "AB")
        shared = World(dict(power), mutual(["BC"]), hostile=frozenset({("A", "D"), ("C", "D")}))
        pairs = {
            "actor": (one, replace(one, pledges=mutual(["AB"])), "A"),
            "member": (other, replace(other, pledges=mutual(["AB"])), "B"),
            "third": (shared, replace(shared, pledges=mutual(["BC", "AB"])), "C"),
        }
        return {w: (a, b, s) if kind == "accede" else (b, a, s) for w, (a, b, s) in pairs.items()}
    if model.name == "arms-race":  # D's defender stops being one of the other camp; A's foe sees it grow
        power = dict.fromkeys("ABCD", 1.0)
        one = World(dict(power), mutual(["BD"]), hostile=frozenset({("A", "D")}))
        other = World(dict(power), mutual(["AD"]), hostile=frozenset({("B", "D")}))
        foe = World(dict(power), hostile=frozenset({("A", "C")}))
        pairs = {
            who: (apart, replace(apart, pledges=apart.pledges | mutual(["AB"])), state)
            for who, apart, state in (("actor", one, "A"), ("member", other, "B"), ("third", foe, "C"))
        }
        return {w: (a, b, s) if kind == "accede" else (b, a, s) for w, (a, b, s) in pairs.items()}
    if model.name == "landscape":
        power = {"A": 2.0, "B": 3.0, "C": 2.0, "D": 20.0}
        foes, rift = World(dict(power), hostile=frozenset({("A", "B")})), frozenset({("B", "C")})
        friend = World(dict(power), mutual(["AC", "BD"]), hostile=rift)
        pairs = {
            "actor": (foes, replace(foes, pledges=mutual(["AB"])), "A"),
            "member": (foes, replace(foes, pledges=mutual(["AB"])), "B"),
            "third": (friend, replace(friend, pledges=mutual(["AC", "BD", "AB", "AD"])), "C"),
        }
        return {w: (a, b, s) if kind == "accede" else (b, a, s) for w, (a, b, s) in pairs.items()}
    pledge = min(kinds_read(model, ready) & {"consultation", "defence", "offence"} or {"defence"})
    spots = {"A": (0.0, 0.0), "B": (0.0, 30.0), "C": (0.0, 5.0), "D": (0.0, 60.0)}
    feared = {"A": 2.0, "B": 3.0, "C": 2.0, "D": 20.0}
    calm = {**feared, "D": 1.0}
    cases = {}
    for who, power, state in (("actor", feared, "A"), ("member", feared, "B"), ("third", calm, "C")):
        apart, joined = World(dict(power), places=spots), World(dict(power), mutual(["AB"], pledge), places=spots)
        if model.name == "contest" and who == "third":
            held, foes = mutual(["AC", "BC"]), frozenset({("A", "D"), ("C", "D")})
            apart = replace(apart, pledges=held, hostile=foes)
            joined = replace(apart, pledges=held | mutual(["AB"]))
        cases[who] = (apart, joined, state) if kind == "accede" else (joined, apart, state)
    return cases


@pytest.mark.parametrize("kind", ["accede", "withdraw"])
@every_case
def test_what_a_model_says_it_can_show_is_shown_somewhere(model: Model, chosen: dict[str, Value], kind: str) -> None:
    ready = settled(model, chosen)
    sight = model.can_show(kind, ready)
    up = kind == "accede"
    expected = {
        "actor": sight.actor_gains if up else sight.actor_loses,
        "member": sight.third_gains if up else sight.third_loses,
        "third": sight.third_loses if up else sight.third_gains,
    }
    for who, (before, after, state) in examples(kind, model, ready).items():
        low, high = model.change_bounds(before.arrays, after.arrays, ready)
        i = sorted(before.power).index(state)
        seen = (low[i] > 1e-9 or high[i] < -1e-9) if who != "third" else (high[i] < -1e-9 if up else low[i] > 1e-9)
        assert seen or not expected[who], (who, low[i], high[i])


@every_case
def test_steps_that_touch_nothing_a_model_reads_are_not_seen(model: Model, chosen: dict[str, Value]) -> None:
    ready = settled(model, chosen)
    unread = sorted({f"pledges.{kind}" for kind in PLEDGE_KINDS} - read_by(model, ready))
    assert len(unread) >= 2, "say in another way what this model does not read"
    for kind in STEP_KINDS:
        assert isinstance(model.can_show(kind, ready), Sight)
        assert model.can_show(kind, ready, touches=frozenset(unread)) == BLIND
    with pytest.raises(QuestionError, match="accede"):
        model.can_show("acede", ready)
    before = World({"A": 1.0, "B": 2.0, "C": 3.0})
    one, other = (name.removeprefix("pledges.") for name in (unread[0], unread[-1]))
    after = replace(before, pledges=mutual(["AB"], one) | mutual(["BC"], other))
    assert not model.touched(before.arrays, after.arrays, ready).any()
    low, high = model.change_bounds(before.arrays, after.arrays, ready)
    assert (low == 0.0).all()
    assert (high == 0.0).all()


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("gama", 1.0, "gamma"), ("gamma", "much", "number"), ("gamma", 0.0, "above 0"), ("gamma", "nan", "number"),
        ("rule", "mob", "leader or clique"), ("allies_may_attack", "perhaps", "yes or no"), ("fade", -1, "none"),
    ],
)  # fmt: skip
def test_a_wrong_setting_is_refused_with_what_is_possible(name: str, value: Value, said: str) -> None:
    model = next(m for m in MODELS if m.name == "deterrence")
    with pytest.raises(QuestionError, match=said):
        settled(model, {name: value})


def test_settings_come_as_text_or_as_values() -> None:
    model = next(m for m in MODELS if m.name == "deterrence")
    text = settled(model, {"gamma": "2", "allies_may_attack": "yes", "fade": "none", "rule": "clique"})
    assert text == settled(model, {"gamma": 2.0, "allies_may_attack": True, "fade": None, "rule": "clique"})


def test_a_reach_is_from_nought_to_one() -> None:
    model = next(m for m in MODELS if m.name == "distance")
    assert settled(model, {"reach": 0}).number("reach") == 0.0
    with pytest.raises(QuestionError, match="at most 1"):
        settled(model, {"reach": 1.5})
