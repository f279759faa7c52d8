"""The arms race by hand, against a race run step by step, with what is not known, and where it never settles."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import Arrays, Plane, Ties, known_ties
from indivisible.errors import MissingData
from indivisible.measures.arms_race import reaction_ratio
from indivisible.models import arms_race
from indivisible.models.arms_world import ArmsWorld, Reactions, reaching, settled
from indivisible.models.base import ALL, BLIND, Settings, Sight, Value, settle
from indivisible.panels.armament_fit import ArmamentFit, Coefficient, Variant

Numbers = Mapping[str, float]
NO_ERROR = dict.fromkeys(("hostile", "neighbour", "camp", "fatigue"), math.nan)


def fitted(
    *, hostile: float = 0.0, neighbour: float = 0.0, camp: float = 0.0, fatigue: float = 1.0, error: float = 0.1,
    grievance: Numbers | None = None, world: float = 1.0, **chosen: Value,
) -> Settings:  # fmt: skip
    """Settings with a fit written by hand; grievances of A to D are 1 unless given."""
    used = {"hostile": hostile, "neighbour": neighbour, "camp": camp, "fatigue": fatigue}
    own = dict.fromkeys("ABCD", 1.0) if grievance is None else grievance
    variant = Variant(
        "sipri", "given", {name: Coefficient(max(one, 0.0), one, error) for name, one in used.items()},
        {state: Coefficient(one, one, 0.1) for state, one in own.items()}, (1990, 2020), 400, 3, 2, 0.1, -0.05,
    )  # fmt: skip
    fit = ArmamentFit(world, {("sipri", "given"): variant}, {"sipri_milex": "made up"})
    return replace(settle(arms_race.name, arms_race.parameters, chosen), fit=fit)


def lands(
    spent: Mapping[str, float | None], *, borders: Iterable[str] = (), hostile: Iterable[str] = (),
    pledges: Iterable[str] = (), unsure: Iterable[str] = (),
) -> Arrays:  # fmt: skip
    """Arrays of states A, B ...; pairs are written `AB`, a pledge `AB` is A's to defend B."""
    return Arrays.of(
        dict.fromkeys(spent, 1.0),
        borders=[(a, b) for a, b in borders],
        hostile=[(a, b) for a, b in hostile],
        pledges=[(a, b, "defence") for a, b in pledges],
        unsure=[(a, b, "defence") for a, b in unsure],
        expenditure={state: one for state, one in spent.items() if one is not None},
    )


def test_two_nations_of_the_reference_through_read() -> None:
    """models.md section 13, k = (2, 1), a = (3, 2), g = (1, 1): x* = (1, 1). Each row over its own fatigue is the same
    race with fatigue 1: k = (2/3, 1/2), g = (1/3, 1/2), so two neighbours that spend 1/2 and 2/3 of the world."""
    ready = fitted(neighbour=1.0, grievance={"A": 1 / 3, "B": 1 / 2})
    arrays = lands({"A": 1 / 2, "B": 2 / 3}, borders=["AB"])
    reading = arms_race.read(arrays, ready)
    assert reading.best == pytest.approx([-2 / 3, -1 / 2])
    assert [part.value for i in (0, 1) for part in reading.parts(i)] == pytest.approx([2 / 3, 1 / 2])  # x* of the other
    world = arms_race.world_of(arrays, ready, ready.fit.variant("sipri", "given"))  # type: ignore[union-attr]
    assert reaction_ratio(world.race(high=True)) == pytest.approx(math.sqrt(1 / 3))


def test_three_nations_of_the_reference_through_what_read_calls() -> None:
    """models.md section 13, each row over its own fatigue: x* is the same."""
    reaction = np.array([[0, 0.4, 0.2], [0.3, 0, 0.1], [0.2, 0.3, 0]])
    fatigue = np.array([0.6, 0.5, 0.7])
    strength, push, everybody = reaction / fatigue[:, None], 1 / fatigue, np.ones(3)
    nobody = known_ties(np.zeros((3, 3), dtype=bool))
    world = ArmsWorld(
        Reactions({"fatigue": 1.0}, {}), nobody.sure, nobody, nobody, strength, strength,
        Plane(everybody, everybody, everybody), (push, push),
    )  # fmt: skip
    found = settled(world)
    assert found.best == pytest.approx([12.90322581, 11.77419355, 10.16129032], abs=5.1e-9)
    assert reaction_ratio(world.race(high=False)) == pytest.approx(0.85219455, abs=5.1e-9)
    assert found.burden().best == pytest.approx(strength @ found.best)


def test_a_pledge_between_neighbours_by_hand() -> None:
    """Alone with each other, y = 1 / (1 - .1) each; pledged to each other they answer nobody, and C, who answers A,
    gains a little too."""
    ready = fitted(neighbour=0.5)
    before = lands({"A": 0.2, "B": 0.2, "C": 0.6}, borders=["AB", "AC"], pledges=["CA"])
    after = lands({"A": 0.2, "B": 0.2, "C": 0.6}, borders=["AB", "AC"], pledges=["CA", "AB", "BA"])
    y = 1 / 0.9
    reading = arms_race.read(before, ready)
    assert reading.best == pytest.approx([-0.1 * y, -0.1 * y, -0.1 * y])
    low, high = arms_race.change_bounds(before, after, ready)
    assert low == pytest.approx([0.1 * y, 0.1 * y, 0.1 * y - 0.1])
    assert high == pytest.approx(low)
    assert arms_race.touched(before, after, ready).tolist() == [True, True, True]
    one_way = lands({"A": 0.2, "B": 0.2, "C": 0.6}, borders=["AB", "AC"], pledges=["CA", "AB"])
    low, _ = arms_race.change_bounds(before, one_way, ready)
    assert low == pytest.approx([0.1 * y - 0.1, 0.1 * y, 0.1 * y - 0.1 * 1.1])  # A still answers B, at its y = 1


def test_a_pledge_to_a_hostile_state_makes_its_defender_one_to_answer() -> None:
    """A and B are hostile; C comes to defend B, and A loses .25 * .3 * y of C: y = 1, since C answers nobody."""
    ready = fitted(hostile=0.5, camp=0.25)
    before = lands({"A": 0.1, "B": 0.2, "C": 0.3}, hostile=["AB"])
    after = lands({"A": 0.1, "B": 0.2, "C": 0.3}, hostile=["AB"], pledges=["CB"])
    low, high = arms_race.change_bounds(before, after, ready)
    y_b, y_a = np.linalg.solve([[1.0, -0.05], [-0.1, 1.0]], [1.0, 1.0])
    more_b, more_a = np.linalg.solve([[1.0, -0.05], [-0.1, 1.0]], [1.0, 1.075])
    assert low == pytest.approx([y_a - more_a, y_b - more_b, 0.0])
    assert high == pytest.approx(low)
    reason = arms_race.read(after, ready).because(0)
    assert reason is not None
    assert reason.against == ("B", "C")
    assert reason.told.startswith("the armament of others adds 18.")
    assert arms_race.touched(before, after, ready).tolist() == [True, True, False]


@pytest.mark.parametrize(("limit", "moves"), [(0.1, True), (0.3, True), (0.6, False), (0.9, False)])
def test_a_limit_on_what_a_state_spends(limit: float, moves: bool) -> None:
    """A limit below what B spends makes it smaller: A, who answers it, gains in proportion."""
    ready = fitted(neighbour=0.5)
    before = lands({"A": 0.2, "B": 0.6}, borders=["AB"], pledges=["AB"])
    after = lands({"A": 0.2, "B": min(limit, 0.6)}, borders=["AB"], pledges=["AB"])
    low, high = arms_race.change_bounds(before, after, ready)
    assert (low[0], high[0]) == pytest.approx((0.5 * (0.6 - min(limit, 0.6)),) * 2)
    assert arms_race.touched(before, after, ready).tolist() == [moves, False]


def test_nobody_to_answer_is_the_end_of_the_scale() -> None:
    reading = arms_race.read(lands({"A": 1.0, "B": 2.0}), fitted(neighbour=0.5))
    assert reading.best.tolist() == [0.0, 0.0]
    assert not reading.unopposed.any()
    reason = reading.because(0)
    assert reason is not None
    assert reason.told == "there is nobody whose armament it would answer"


def test_what_is_not_known_is_an_interval() -> None:
    """B has no figure, so at most .02 of the world: A's burden lies between 0 and .5 * .02 * y_B."""
    ready = fitted(neighbour=0.5)
    reading = arms_race.read(lands({"A": 0.2, "B": None}, borders=["AB"]), ready)
    assert np.isnan(reading.best[0])
    most = np.linalg.solve([[1.0, -0.01], [-0.1, 1.0]], [1.0, 1.0])
    assert (reading.low[0], reading.high[0]) == pytest.approx((-0.01 * most[1], 0.0))
    assert reading.note.endswith("There is no figure for {B}.")
    held = arms_race.read(lands({"A": 0.2, "B": None}, borders=["AB"]), fitted(neighbour=0.5, unlisted=0.0))
    assert held.low[0] == held.high[0] == 0.0
    without = fitted(neighbour=0.5, grievance={"A": 1.0})  # B's grievance is not known: up to the largest there is
    reading = arms_race.read(lands({"A": 0.2, "B": 0.4}, borders=["AB"]), without)
    assert reading.low[0] == pytest.approx(-0.2 * np.linalg.solve([[1.0, -0.2], [-0.1, 1.0]], [1.0, 1.0])[1])
    assert reading.high[0] == pytest.approx(-0.2 * np.linalg.solve([[1.0, -0.2], [-0.1, 1.0]], [1.0, 0.0])[1])


def test_the_same_unknown_before_and_after_leaves_the_sign_known() -> None:
    ready = fitted(neighbour=0.5)
    before = lands({"A": 0.2, "B": 0.2, "C": None}, borders=["AB", "BC", "AC"])
    after = lands({"A": 0.2, "B": 0.2, "C": None}, borders=["AB", "BC", "AC"], pledges=["AB", "BA"])
    low, high = arms_race.change_bounds(before, after, ready)
    assert (low[:2] > 0.09).all()
    assert (high[:2] < 0.13).all()
    assert low[2] > 0.0


def test_a_race_without_end_gives_no_number() -> None:
    """Two neighbours that answer each other by more than they tire."""
    ready = fitted(neighbour=3.0)
    arrays = lands({"A": 0.5, "B": 0.5, "C": 0.1}, borders=["AB"])
    reading = arms_race.read(arrays, ready)
    assert (reading.low == -np.inf).all()
    assert (reading.high == np.inf).all()
    assert np.isnan(reading.best).all()
    assert "would grow without end" in reading.note
    reason = reading.because(0)
    assert reason is not None
    assert reason.undetermined
    assert [part.value * part.weight for part in reading.parts(0)] == [-np.inf]
    calm = lands({"A": 0.5, "B": 0.5, "C": 0.1}, borders=["AB"], pledges=["AB", "BA"])
    low, high = arms_race.change_bounds(arrays, calm, ready)
    assert (low[:2] == -np.inf).all()
    assert (high[:2] == np.inf).all()
    assert low[2] == high[2] == 0.0  # nobody's armament is anything to C
    assert "Armaments settle" in arms_race.read(calm, ready).note


def test_a_race_that_only_may_be_without_end() -> None:
    ready = fitted(neighbour=60.0, unlisted=0.05)
    reading = arms_race.read(lands({"A": 0.5, "B": None}, borders=["AB"]), ready)
    assert (reading.low == -np.inf).all()
    assert reading.high[0] == 0.0
    assert "at their highest" in reading.note


def test_coefficients_move_by_their_errors_and_never_below_zero() -> None:
    arrays = lands({"A": 0.2, "B": 0.2}, borders=["AB"], pledges=["AB"])
    scores = [arms_race.read(arrays, fitted(neighbour=0.5, shift_neighbour=shift)).best[0] for shift in (-10, -2, 0, 2)]
    assert scores == pytest.approx([0.0, -0.06, -0.1, -0.14])
    bound = [arms_race.read(arrays, fitted(neighbour=-0.1, shift_neighbour=shift)).best[0] for shift in (0, 1, 2)]
    assert bound == pytest.approx([0.0, 0.0, -0.02])
    still = [arms_race.read(arrays, fitted(neighbour=0.5, error=math.nan, shift_neighbour=s)).best[0] for s in (0, 2)]
    assert still[0] == still[1]
    assert arms_race.read(arrays, fitted(fatigue=0.5)).unit == 0.5


def test_what_is_said_beside_every_result() -> None:
    ready = fitted(neighbour=0.5, camp=-0.2, unlisted=0.01)
    note = arms_race.read(lands({"A": 0.2, "B": 0.2}, borders=["AB"]), ready).note
    assert "to neighbours that are no defenders 0.50 (s.e. 0.10)" in note
    assert "to defenders of hostile states 0, at its bound (without it -0.20, s.e. 0.10)" in note
    assert "5% larger than those of no change" in note
    assert "at most 1% of what the world spends" in arms_race.assumes(ready)
    assert ready.fit is not None
    assert "not an effect" in ready.fit.sentence()


def test_without_a_fit_it_refuses_and_without_a_variant_it_has_no_score() -> None:
    arrays = lands({"A": 0.2, "B": 0.2}, borders=["AB"])
    with pytest.raises(MissingData, match="fitted"):
        arms_race.read(arrays, settle(arms_race.name, arms_race.parameters))
    ready = fitted(neighbour=0.5)
    fit = ready.fit
    assert isinstance(fit, ArmamentFit)
    two = replace(fit, variants={**fit.variants, ("nmc", "none"): fit.variants["sipri", "given"]},
                  absent={("sipri", "conflicts"): "five years are covered"})  # fmt: skip
    named = replace(arrays, hostility_name="conflicts of 10 years to 2005-01-01")
    reading = arms_race.read(named, replace(ready, fit=two))
    assert (reading.low == -np.inf).all()
    assert reading.note == "no score, since the reactions could not be fitted: five years are covered."
    assert not arms_race.touched(named, named, replace(ready, fit=two)).any()
    other = replace(two, variants={**two.variants, ("nmc", "conflicts"): fit.variants["sipri", "given"]})
    assert "with arms-race.spending=nmc they could" in arms_race.read(named, replace(ready, fit=other)).note


def test_nothing_imported_says_what_to_import() -> None:
    with pytest.raises(MissingData, match="sipri_milex"):
        arms_race.fit(settle(arms_race.name, arms_race.parameters), day=738000)


def test_what_it_can_show_turns_on_the_fit() -> None:
    better, worse = Sight(True, False, True, False), Sight(False, True, False, True)
    for ready, pledge, release in (
        (fitted(neighbour=0.5), better, worse), (fitted(neighbour=0.5, camp=0.1), ALL, ALL),
        (fitted(hostile=0.5), BLIND, BLIND), (fitted(neighbour=0.5, shift_neighbour=-10), BLIND, BLIND),
    ):  # fmt: skip
        assert arms_race.can_show("accede", ready) == pledge
        assert arms_race.can_show("withdraw", ready) == release
        assert arms_race.can_show("cap", ready) == better
        assert arms_race.can_show("deploy", ready) == BLIND
        assert arms_race.can_show("set", ready, touches=frozenset({"power"})) == BLIND


def run(arrays: Arrays, ready: Settings, spent: Mapping[str, float]) -> np.ndarray:
    """Scores by running the race in small steps from today, from the definition."""
    used = {name: ready.fit.variants["sipri", "given"].coefficients[name].used for name in NO_ERROR}  # type: ignore[union-attr]
    pledged = arrays.ties("defence").sure
    assert arrays.hostility is not None
    foes, n = arrays.hostility.sure, len(arrays.states)
    strength = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i == j:
                continue
            helps = bool(pledged[j, i])
            strength[i, j] += used["hostile"] * foes[i, j]
            strength[i, j] += used["neighbour"] * (arrays.borders[i, j] and not helps)
            camp = any(foes[i, h] and pledged[j, h] for h in range(n)) and not helps
            strength[i, j] += used["camp"] * camp
    share = np.array([spent[state] for state in arrays.states])
    y = np.ones(n)
    for _ in range(3000):
        y = y + 0.05 * (strength @ (share * y) - used["fatigue"] * y + 0.3)
    return -(strength @ (share * y))


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_scores_are_where_a_race_run_step_by_step_comes_to(data: st.DataObject) -> None:
    states = "ABCD"[: data.draw(st.integers(2, 4))]
    pairs = [a + b for a in states for b in states if a < b]
    some = st.sets(st.sampled_from(pairs))
    spent: dict[str, float] = {s: data.draw(st.integers(0, 9)) / 20 for s in states}
    pledges = data.draw(st.sets(st.sampled_from([a + b for a in states for b in states if a != b]), max_size=5))
    arrays = lands(spent, borders=data.draw(some), hostile=data.draw(some), pledges=sorted(pledges))
    ready = fitted(hostile=0.3, neighbour=0.2, camp=0.25, fatigue=0.8, grievance=dict.fromkeys(states, 0.3))
    assert arms_race.read(arrays, ready).best == pytest.approx(run(arrays, ready, spent), abs=1e-9)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_the_change_of_a_known_world_is_the_difference_of_its_scores(data: st.DataObject) -> None:
    states = "ABCD"
    pairs = [a + b for a in states for b in states if a < b]
    ways = st.sets(st.sampled_from([a + b for a in states for b in states if a != b]), max_size=5)
    borders, hostile = data.draw(st.sets(st.sampled_from(pairs))), data.draw(st.sets(st.sampled_from(pairs)))
    spent = [{s: data.draw(st.integers(0, 9)) / 20 for s in states} for _ in range(2)]
    before, after = (
        lands(one, borders=borders, hostile=hostile, pledges=sorted(data.draw(ways)))
        for one in (spent if data.draw(st.booleans()) else (spent[0], spent[0]))
    )
    ready = fitted(hostile=0.3, neighbour=0.2, camp=0.25, fatigue=0.9)
    low, high = arms_race.change_bounds(before, after, ready)
    moved = arms_race.read(after, ready).best - arms_race.read(before, ready).best
    assert low == pytest.approx(moved, abs=1e-12)
    assert high == pytest.approx(moved, abs=1e-12)


def test_reaching_follows_answers_backwards() -> None:
    edges = np.array([[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0], [1, 0, 0, 0]], dtype=bool)
    assert reaching(edges, np.array([False, False, True, False])).tolist() == [True, True, True, True]
    assert reaching(edges, np.array([True, False, False, False])).tolist() == [True, False, False, True]
    assert not reaching(edges, np.zeros(4, dtype=bool)).any()


def test_doubtful_hostility_is_an_interval() -> None:
    known = lands({"A": 0.2, "B": 0.4, "C": 0.1}, borders=["AC"], hostile=["AB"])
    sure = np.zeros((3, 3), dtype=bool)
    possible = known.hostility.sure  # type: ignore[union-attr]
    arrays = replace(known, hostility=Ties(sure, possible, np.where(possible, 7, 0)))
    reading = arms_race.read(arrays, fitted(hostile=0.5, neighbour=0.5))
    with_it = arms_race.read(known, fitted(hostile=0.5, neighbour=0.5)).best[0]
    without = arms_race.read(replace(known, hostility=known_ties(sure)), fitted(hostile=0.5, neighbour=0.5)).best[0]
    assert (reading.low[0], reading.high[0]) == pytest.approx((with_it, without))
    assert np.isnan(reading.best[0])
