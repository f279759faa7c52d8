"""The integer programme against every package looked at one by one: it rules out none that may be, and bounds all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import design_worlds as lands
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indivisible.explore.certificate import ruled_out
from indivisible.explore.demand import CONSENT, NO_LOSS, TAKEN, Demand
from indivisible.explore.design import design, examiner_of
from indivisible.explore.design_answer import Design
from indivisible.explore.examiner import Examiner
from indivisible.explore.executor import Here
from indivisible.explore.packages import packages
from indivisible.explore.programme import Outcome, Programme
from indivisible.explore.worth import Worths
from indivisible.record.load import load
from indivisible.record.record import Record

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
LINEAR = ("distance", "commitment")
Question = tuple[tuple[int, ...], tuple[str, ...], list[str], str, int | None]


@st.composite
def questions(draw: st.DrawFn, models: Sequence[tuple[str, ...]], kinds: Sequence[str]) -> Question:
    """Outputs, members of the pact, levers, demands, and the limit on levers."""
    output = tuple(draw(st.lists(st.integers(1, 60), min_size=5, max_size=5)))
    members = tuple(draw(st.lists(st.sampled_from(lands.LANDS), max_size=3, unique=True)))
    count = draw(st.integers(1, 5))
    levers = []
    for n in range(count):
        kind, one, other = draw(st.sampled_from(kinds)), *draw(st.permutations(lands.LANDS))[:2]
        more = ""
        if n and draw(st.integers(0, 4)) == 0:
            more = f", {draw(st.sampled_from(('excludes', 'requires')))}: [l{draw(st.integers(0, n - 1))}]"
        if draw(st.integers(0, 4)) == 0:
            more += f", consent: {{states: [{draw(st.sampled_from(lands.LANDS))}]}}"
        levers.append(f"id: l{n}, steps: [{lands.step(kind, one, other)}]{more}")
    named = draw(st.sampled_from(models))
    asked = f"harm: {{models: [{', '.join(named)}]}}\n"
    if draw(st.booleans()):
        asked += f"must: [l{draw(st.integers(0, count - 1))}]\n"
    gain, covered = (draw(st.lists(st.sampled_from(lands.LANDS), max_size=2, unique=True)) for _ in range(2))
    asked += f"aims: {{gain: [{', '.join(gain)}], covered: [{', '.join(covered)}]}}\n"
    return output, members, levers, asked, draw(st.one_of(st.none(), st.integers(1, 3)))


def world(folder: Path, output: Sequence[int], members: Sequence[str]) -> Record:
    """The five lands with a pact, and capitals between which power reaches."""
    lands.world(folder, output, members)
    places = [(50, 0), (51, 9), (47, 20), (55, 30), (40, 5)]
    with (folder / "world.csv").open("a") as file:
        for land, (north, east) in zip(lands.LANDS, places, strict=True):
            file.write(lands.row(land, "capital_latitude", "", str(north), "2009") + "\n")
            file.write(lands.row(land, "capital_longitude", "", str(east), "2009") + "\n")
    return load(facts=folder)


def looked_at(examiner: Examiner, most: int | None) -> dict[int, int]:
    """Every possible package with the demands that it surely fails."""
    every = packages(examiner.worlds.levers, most=most)
    return {one: examiner.surely_fails(one) for one in every if not examiner.worlds.impossible(one)}


@settings(max_examples=150, suppress_health_check=QUIET)
@given(question=questions((("distance",), LINEAR, ("deterrence", "distance"), ("deterrence",)), lands.KINDS))
def test_it_rules_out_no_package_that_may_be_and_bounds_every_one(tmp_path: Path, question: Question) -> None:
    output, members, levers, asked, most = question
    examiner = examiner_of(world(tmp_path, output, members), lands.case(levers, more=asked))
    programme = Programme.of(examiner, most)
    assert programme is not None
    outcome, failed = programme.outcome(), looked_at(examiner, most)
    for conflict, witnesses in zip(outcome.conflicts, outcome.witnesses, strict=True):
        number = sum(1 << examiner.place[demand] for demand in conflict)
        assert all(number & one for one in failed.values()), conflict
        for spared, witness in zip(conflict, witnesses, strict=True):
            assert witness in failed
            linear = sum(1 << examiner.place[demand] for demand in conflict if demand != spared)
            assert not failed[witness] & linear
    passing = [one for one, demands in failed.items() if not demands]
    for one in passing:
        assert not outcome.conflicts
        assert one.bit_count() >= outcome.fewest_levers
        for label, bound in outcome.most_gain.items():
            assert examiner.screens[label].may_gain(one)[examiner.rows].sum() <= bound
    linear = all(np.isfinite(one.quick.before).all() for one in programme.sums.values())
    if linear and set(programme.demands) == set(examiner.demands):
        assert bool(outcome.conflicts) == (not passing)
        if passing:
            assert outcome.fewest_levers == min(one.bit_count() for one in passing)
            for label, bound in outcome.most_gain.items():
                gained = [examiner.screens[label].may_gain(one)[examiner.rows].sum() for one in passing]
                assert bound == max(gained), label
            assert all(failed[one] == 0 for one in outcome.packages)


def test_most_demands_of_linear_models_are_held(tmp_path: Path) -> None:
    levers = [f"id: l0, steps: [{lands.step('defence', 'AAA', 'BBB')}], consent: {{states: [CCC]}}"]
    levers.append(f"id: l1, steps: [{lands.step('release', 'DDD', 'EEE')}]")
    asked = "must: [l0]\nharm: {models: [distance, commitment]}\naims: {gain: [AAA], covered: [BBB]}\n"
    examiner = examiner_of(world(tmp_path, (5, 4, 3, 2, 1), ("DDD", "EEE")), lands.case(levers, more=asked))
    programme = Programme.of(examiner, None)
    assert programme is not None
    assert set(programme.demands) == set(examiner.demands)


def answer(tmp_path: Path, more: str, *, without: tuple[str, str], members: Sequence[str] = ()) -> dict[str, Any]:
    """The answer to a case of pledges between any two lands but one pair, half a million packages and more."""
    pairs = [(a, b) for a in lands.LANDS for b in lands.LANDS if a != b and {a, b} != set(without)]
    levers = [f"id: {a[0]}to{b[0]}, steps: [{lands.step('one way', a, b)}]" for a, b in pairs]
    levers += [f"id: out, steps: [{lands.step('leave', member, '')}]" for member in members[:1]]
    record = world(tmp_path, (30, 20, 10, 5, 1), members)
    return Design(record, design(record, lands.case(levers, more=more))).to_dict()


def test_that_none_of_half_a_million_packages_will_do_is_proven_with_a_few_looked_at(tmp_path: Path) -> None:
    """AAA, the strongest, leaves the pact and may not pledge to BBB: all others together bring BBB less than it did."""
    more = "must: [out]\nharm: {models: [distance], states: [BBB]}\nlimits: {evaluations: 200}\n"
    found = answer(tmp_path, more, without=("AAA", "BBB"), members=("AAA", "BBB"))
    assert found["packages"]["proven"]
    assert found["packages"]["looked_at"] < found["packages"]["sets_of_levers"] // 10
    assert [[(one["demand"], one["who"]) for one in conflict] for conflict in found["blocking"]] == [
        [("taken", "out"), ("no_loss", "BBB")]
    ]
    assert found["blocking_minimal"]
    assert found["blocking_all"] is False
    assert found["nearest"]


def test_where_one_may_do_it_is_found_and_bounds_all_others(tmp_path: Path) -> None:
    """Three lands that nobody defends take three pledges; no package of one lever, all that are looked at, will do."""
    more = "harm: {models: [distance]}\nlimits: {evaluations: 19}\naims: {covered: [CCC, DDD, EEE]}\n"
    found = answer(tmp_path, more, without=("AAA", "BBB"))
    assert not found["packages"]["proven"]
    assert min(len(one["levers"]) for one in found["frontier"]) == 3
    bounds = {one["wish"]: one for one in found["bounds"]}
    assert bounds["fewest_levers"]["at_least"] == 3
    assert bounds["most_gain"]["at_most"] == 5


def test_too_many_choices_leave_the_programme_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indivisible.explore.programme.MOST_CHOICES", 17)
    found = answer(tmp_path, "limits: {evaluations: 19}\n", without=("AAA", "BBB"))
    assert not found["packages"]["proven"]


def programme_of(tmp_path: Path, levers: Sequence[str], more: str, *, members: Sequence[str] = ()) -> Programme:
    examiner = examiner_of(world(tmp_path, (30, 20, 10, 5, 1), members), lands.case(levers, more=more))
    found = Programme.of(examiner, None)
    assert found is not None
    return found


def test_levers_that_exclude_each_other_are_a_conflict(tmp_path: Path) -> None:
    levers = [f"id: l0, steps: [{lands.step('one way', 'AAA', 'BBB')}]"]
    levers.append(f"id: l1, excludes: [l0], steps: [{lands.step('one way', 'AAA', 'CCC')}]")
    found = programme_of(tmp_path, levers, "harm: {models: [distance]}\nmust: [l0, l1]\n").outcome()
    assert found.conflicts == ((Demand(TAKEN, "l0"), Demand(TAKEN, "l1")),)
    assert found.witnesses == ((0b10, 0b01),)


def test_a_lever_comes_with_those_that_it_requires(tmp_path: Path) -> None:
    levers = [f"id: l0, steps: [{lands.step('one way', 'AAA', 'BBB')}]"]
    levers.append(f"id: l1, requires: [l0], steps: [{lands.step('one way', 'AAA', 'CCC')}]")
    found = programme_of(tmp_path, levers, "harm: {models: [distance]}\nmust: [l1]\n").outcome()
    assert found.fewest_levers == 2
    assert found.packages == (0b11,)


def test_whose_consent_is_not_asked_may_lose(tmp_path: Path) -> None:
    """AAA would have to consent to l0, and loses by l1: both cannot be taken, l1 alone can."""
    levers = [f"id: l0, steps: [{lands.step('one way', 'CCC', 'DDD')}], consent: {{states: [AAA]}}"]
    levers.append(f"id: l1, steps: [{lands.step('leave', 'BBB', '')}]")
    asked = "harm: {models: [distance], states: [EEE]}\nmust: [l1]\n"
    alone = programme_of(tmp_path, levers, asked, members=("AAA", "BBB"))
    assert alone.outcome().packages == (0b10,)
    both = programme_of(tmp_path, levers, asked.replace("[l1]", "[l0, l1]"), members=("AAA", "BBB"))
    assert [one.kind for one in both.outcome().conflicts[0]] == [TAKEN, TAKEN, CONSENT]


def test_a_set_is_smallest_only_if_packages_judged_in_full_show_it(tmp_path: Path) -> None:
    case = lands.case(
        [f"id: l0, steps: [{lands.step('leave', 'BBB', '')}]"], more="harm: {models: [distance]}\nmust: [l0]\n"
    )
    examiner = examiner_of(world(tmp_path, (30, 20, 10, 5, 1), ("AAA", "BBB")), case)
    clash = (Demand(TAKEN, "l0"), Demand(NO_LOSS, "AAA", "distance"))
    with Here().crew(Worths(examiner, ())) as crew:
        assert ruled_out(crew, Outcome((clash,), ((0, 1),)), examiner).minimal
        assert not ruled_out(crew, Outcome((clash,), ((1, 1),)), examiner).minimal
        assert not ruled_out(crew, Outcome((clash,), ((None, 1),)), examiner).minimal


def test_what_the_solver_has_no_time_for_is_not_ruled_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its status is then neither solved nor infeasible, and it may have no package and no bound."""
    levers = [f"id: l{n}, steps: [{lands.step('one way', 'AAA', land)}]" for n, land in enumerate(("BBB", "CCC"))]
    programme = programme_of(tmp_path, levers, "harm: {models: [distance]}\nmust: [l1]\naims: {gain: [EEE]}\n")
    assert programme.outcome().conflicts
    stopped = SimpleNamespace(status=1, x=None, mip_dual_bound=None)
    asked: list[float] = []

    def solver(*_: object, options: dict[str, float], **__: object) -> SimpleNamespace:
        asked.append(options["time_limit"])
        return stopped

    monkeypatch.setattr("scipy.optimize.milp", solver)
    found = programme.outcome(left=lambda: 0.0)
    assert not found.conflicts
    assert not found.packages
    assert found.fewest_levers == 0
    assert found.most_gain == {"distance": len(lands.LANDS)}
    assert min(asked) > 0.0


def test_a_search_that_proves_nothing_judges_only_so_many_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indivisible.explore.design.UNPROVEN", 64)
    more = "harm: {models: [distance]}\nlimits: {evaluations: 600, in_full: 64}\naims: {prefer: [leximin]}\n"
    packages = answer(tmp_path, more, without=("AAA", "BBB"))["packages"]
    assert not packages["proven"]
    assert packages["judged_in_full"] == 64
    assert packages["not_come_to"] + packages["left_out_as_beaten"] > 64
