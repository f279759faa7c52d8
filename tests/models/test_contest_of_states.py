"""The contest of states: numbers by hand, who is ally and enemy, ties in doubt, and no score where there is none."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import Arrays, Ties, pairs_of
from indivisible.architecture.change import load_change
from indivisible.assess.comparison import Comparison, compare
from indivisible.assess.judge import judge
from indivisible.assess.verdict import threshold
from indivisible.measures.contest import Contest, Equilibrium, NoInterior, equilibrium
from indivisible.models import contest
from indivisible.models.base import Settings, Value, recombined, settle
from indivisible.models.contest_network import MOST_DOUBTS, network_of
from indivisible.record.record import Record

FIVE = 5.1e-7
LANDS: Mapping[str, float] = dict.fromkeys("ABC", 1.0)


def chosen(**values: Value) -> Settings:
    return settle(contest.name, contest.parameters, values)


def wary(arrays: Arrays, pairs: list[tuple[str, str]]) -> Arrays:
    """The same with hostilities of which it is not known whether they hold."""
    from dataclasses import replace

    assert arrays.hostility is not None
    sure = arrays.hostility.sure
    possible = sure | pairs_of(pairs, arrays.states)
    number = 1 + np.arange(sure.size).reshape(sure.shape)
    return replace(arrays, hostility=Ties(sure, possible, np.where(possible & ~sure, np.minimum(number, number.T), 0)))


# models.md section 3, D: V = 1, beta = gamma = .1
@pytest.mark.parametrize(
    ("defence", "hostile", "scores"),
    [
        ([], [], (1 / 9,) * 3),
        ([("A", "B")], [("A", "C"), ("B", "C")], (0.085799, 0.085799, 0.073964)),
        ([("A", "B"), ("A", "C"), ("B", "C")], [], (1 / 6,) * 3),
        ([], [("A", "B"), ("A", "C"), ("B", "C")], (0.027778,) * 3),
    ],
)
def test_three_lands(defence: list[tuple[str, str]], hostile: list[tuple[str, str]], scores: tuple[float, ...]) -> None:
    reading = contest.read(Arrays.of(LANDS, defence=defence, hostile=hostile), chosen())
    assert reading.best == pytest.approx(scores, abs=FIVE)
    assert (reading.low == reading.high).all()
    assert reading.note == ""
    assert reading.unit == pytest.approx(1 / 3)


def test_two_allies_against_their_enemy_in_words_and_parts() -> None:
    arrays = Arrays.of(LANDS, defence=[("A", "B")], hostile=[("A", "C"), ("B", "C")])
    reading = contest.read(arrays, chosen())
    reason = reading.because(0)
    assert reason is not None
    # Gamma = (1, 1, 1.25), Lambda = 9/13: strength is Gamma over its sum, 4/13 of it all
    assert reason.told == (
        "with 1 ally and 1 enemy ({C}) it spends 22.2% of the prize and wins 30.8% of it "
        "(local hostility Gamma 1, total hostility Lambda 0.6923)"
    )
    assert (reason.defenders, reason.against, reason.certain) == (("A", "B"), ("C",), True)
    efforts = 0.221893, 0.310651
    assert reason.defenders_sum == pytest.approx(1.1 * efforts[0], abs=1e-6)
    assert reason.against_sum == pytest.approx(0.1 * efforts[1], abs=FIVE)
    parts = {part.label: (part.state, part.value, part.weight) for part in reading.parts(0)}
    over = 13 / 9  # one over the sum of all strengths, which is Lambda
    expected = {
        "own effort, what it wins": ("A", efforts[0], over),
        "own effort, what it costs": ("A", efforts[0], -1.0),
        "ally's effort": ("B", efforts[0], 0.1 * over),
        "enemy's effort": ("C", efforts[1], -0.1 * over),
    }
    assert parts.keys() == expected.keys()
    for label, (state, value, weight) in expected.items():
        assert parts[label] == (state, pytest.approx(value, abs=FIVE), pytest.approx(weight))
    assert recombined(reading.parts(0)) == pytest.approx(reading.best[0], abs=1e-12)
    assert [part.hostile for part in reading.parts(0)] == [False, False, False, True]


def test_a_pledge_in_either_direction_makes_allies_and_hostility_undoes_it() -> None:
    one_way = Arrays.of(LANDS, pledges=[("B", "A", "defence")])
    mutual = Arrays.of(LANDS, defence=[("A", "B")])
    assert contest.read(one_way, chosen()).best.tolist() == contest.read(mutual, chosen()).best.tolist()
    offence = Arrays.of(LANDS, pledges=[("B", "A", "offence")])
    assert contest.read(offence, chosen()).best == pytest.approx([1 / 9] * 3)
    fighting = Arrays.of(LANDS, hostile=[("A", "B")])
    both = Arrays.of(LANDS, defence=[("A", "B")], hostile=[("A", "B")])
    assert contest.read(both, chosen()).best.tolist() == contest.read(fighting, chosen()).best.tolist()
    assert not contest.touched(fighting, both, chosen()).any()  # a pledge between enemies is nothing here
    forgiven = contest.read(both, chosen(gamma=0.0)).best
    assert forgiven == pytest.approx([1 / 9] * 3)  # nor does it count where enemies take nothing


def test_power_distance_and_the_eu_treaty() -> None:
    mighty = Arrays.of({"A": 1e9, "B": None, "C": 0.0}, defence=[("A", "B")], treaty="EU_TEU_42_7_2009")
    weak = Arrays.of(LANDS, defence=[("A", "B")])
    assert contest.read(mighty, chosen()).best.tolist() == contest.read(weak, chosen()).best.tolist()
    assert contest.read(mighty, chosen(eu_42_7=False)).best == pytest.approx([1 / 9] * 3)


def test_materiality_is_a_share_of_an_equal_share() -> None:
    """A third ally of two raises each by more than a hundredth of 1/3; the bound is 0.01/3."""
    before, after = Arrays.of(LANDS, defence=[("A", "B")]), Arrays.of(LANDS, defence=[("A", "B"), ("A", "C")])
    assert threshold(contest.scale, 0.01, contest.read(before, chosen()).unit) == pytest.approx(1 / 300)
    low, high = contest.change_bounds(before, after, chosen())
    assert (low == high).all()
    assert low == pytest.approx(contest.read(after, chosen()).best - contest.read(before, chosen()).best)


@pytest.mark.parametrize(
    ("world", "constants", "told"),
    [
        ({"hostile": [("A", "B"), ("A", "C")]}, {"gamma": 0.5},
         "at beta 0.1 and gamma 0.5: {A} would have so many enemies that its own effort would lower the sum of all"),
        ({"defence": [("A", "B"), ("A", "C"), ("B", "C")]}, {"beta": 2.0},
         "at beta 2 and gamma 0.1: allies would share so much strength that nobody had to spend anything"),
        ({"defence": [("A", "B")]}, {"beta": 1.0}, "the efforts are not determined"),
    ],
)  # fmt: skip
def test_no_equilibrium_is_no_number(world: dict[str, list[tuple[str, str]]], constants: Settings, told: str) -> None:
    reading = contest.read(Arrays.of(LANDS, **world), chosen(**constants))  # type: ignore[arg-type]
    assert reading.note.startswith("there is no interior equilibrium ")
    assert told in reading.note
    assert reading.note.endswith(".")
    assert np.isnan(reading.best).all()
    assert (reading.low == -np.inf).all()
    assert (reading.high == np.inf).all()
    reason = reading.because(1)
    assert reason is not None
    assert reason.undetermined
    assert reason.certain
    assert recombined(reading.parts(1)) == -np.inf


def test_one_land_alone() -> None:
    reading = contest.read(Arrays.of({"A": 1.0}), chosen())
    assert reading.unopposed.tolist() == [True]
    assert (reading.because(0), reading.parts(0), reading.note) == (None, (), "")


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_ties_in_doubt_are_settled_in_every_way(data: st.DataObject) -> None:
    """Against one world for each way: the same lowest and highest score, and change."""
    states = "ABCDE"
    pairs = [(a, b) for a in states for b in states if a < b]
    pick = st.sets(st.sampled_from(pairs), max_size=3)
    defence, hostile = data.draw(pick), data.draw(pick)
    unsure, foes = sorted(data.draw(pick) - defence), sorted(data.draw(pick) - hostile)
    more = data.draw(pick) | defence
    power = dict.fromkeys(states, 1.0)
    settled = chosen(beta=data.draw(st.floats(0.0, 0.3)), gamma=data.draw(st.floats(0.0, 0.3)))

    def world(pledged: set[tuple[str, str]]) -> Arrays:
        doubted = [(a, b, "defence") for a, b in unsure if (a, b) not in pledged]
        return wary(Arrays.of(power, defence=sorted(pledged), unsure=doubted, hostile=sorted(hostile)), foes)

    def payoffs(pledged: set[tuple[str, str]], held: set[tuple[str, str]], fought: set[tuple[str, str]]) -> np.ndarray:
        enemies = pairs_of(hostile | fought, tuple(states))
        allies = pairs_of(pledged | held, tuple(states)) & ~enemies
        contest_ = Contest(allies.astype(float), enemies.astype(float), settled.number("beta"), settled.number("gamma"))
        found = equilibrium(contest_)
        return found.payoff if isinstance(found, Equilibrium) else np.full(5, np.nan)

    ways = [
        ({pair for pair, holds in zip(unsure, yes, strict=True) if holds},
         {pair for pair, holds in zip(foes, fight, strict=True) if holds})
        for yes in product((False, True), repeat=len(unsure)) for fight in product((False, True), repeat=len(foes))
    ]  # fmt: skip
    before, after = (np.array([payoffs(set(p), *way) for way in ways]) for p in (defence, more))
    reading = contest.read(world(defence), settled)
    low, high = contest.change_bounds(world(defence), world(more), settled)
    if np.isnan(before).any():
        assert np.isnan(reading.best).all()
        assert reading.note
    else:
        assert reading.low == pytest.approx(before.min(axis=0), abs=1e-9)
        assert reading.high == pytest.approx(before.max(axis=0), abs=1e-9)
        for i in range(5):
            score = reading.low[i] if np.isnan(reading.best[i]) else reading.best[i]
            assert recombined(reading.parts(i)) == pytest.approx(score, abs=1e-9)
    change = after - before
    if not contest.touched(world(defence), world(more), settled).any():
        assert (low == 0.0).all()
        assert np.isnan(change).any() or np.abs(change).max() < 1e-9
    elif np.isnan(change).any():
        assert (low == -np.inf).all()
    else:
        assert low == pytest.approx(change.min(axis=0), abs=1e-9)
        assert high == pytest.approx(change.max(axis=0), abs=1e-9)


def test_another_doubt_about_the_same_pair_is_another() -> None:
    """B may be pledged to A by one treaty before, and by another after: it may come to be, or cease to be."""
    before, after = (Arrays.of(LANDS, unsure=[("B", "A", "defence")], treaty=treaty) for treaty in ("FIRST", "SECOND"))
    low, high = contest.change_bounds(before, after, chosen())
    assert contest.touched(before, after, chosen()).all()
    assert (low < -1e-3).all()
    assert (high > 1e-3).all()
    assert low == pytest.approx(-high)


@pytest.mark.parametrize("doubts", [MOST_DOUBTS, MOST_DOUBTS + 1])
def test_more_ties_in_doubt_than_can_be_tried(doubts: int) -> None:
    states = [f"S{k:02d}" for k in range(24)]
    arrays = Arrays.of(
        dict.fromkeys(states, 1.0), unsure=[(states[2 * k], states[2 * k + 1], "defence") for k in range(doubts)]
    )
    reading = contest.read(arrays, chosen())
    joined = Arrays.of(
        dict.fromkeys(states, 1.0), defence=[(states[22], states[23])],
        unsure=[(states[2 * k], states[2 * k + 1], "defence") for k in range(doubts)],
    )  # fmt: skip
    low, _ = contest.change_bounds(arrays, joined, chosen())
    if doubts == MOST_DOUBTS:
        assert np.isfinite(reading.low).all()
        assert np.isfinite(low).all()
        assert reading.note == ""
    else:
        assert (reading.low == -np.inf).all()
        assert (low == -np.inf).all()
        assert reading.note == "more than 10 ties are in doubt, too many to try every way of settling them: no score."
        reason = reading.because(0)
        assert reason is not None
        assert reason.undetermined
        assert not reason.certain


@pytest.fixture(scope="module")
def nordic(record: Record) -> Comparison:
    return compare(record, load_change("nordic-accession"))


def test_on_the_record_there_is_no_equilibrium_by_default_and_the_note_says_where_there_is(nordic: Comparison) -> None:
    arrays = nordic.arrays_before
    reading = contest.read(arrays, chosen())
    assert np.isnan(reading.best).all()
    said = "with beta and gamma equal there is one where both are at most "
    reached = float(reading.note.rpartition(said)[2].rstrip("."))
    assert 0.01 < reached < 0.02
    assert not np.isnan(contest.read(arrays, chosen(beta=reached, gamma=reached)).best).any()
    assert np.isnan(contest.read(arrays, chosen(beta=reached + 1e-4, gamma=reached + 1e-4)).best).all()
    names = {state: state.lower() for state in arrays.states}
    judged = judge(contest, chosen(), nordic, names=names)
    assert judged.counts.unknown == len(arrays.states)
    assert all("{" not in note and note.startswith(("Before: ", "After: ")) for note in judged.notes)
    assert "agl" not in judged.notes[0]
    for one in judged.states:
        assert one.because == "Before and after: there is no interior equilibrium, so it has no score."
    json = judged.to_dict()
    assert json["states"][0]["before"] != json["states"][0]["before"]  # NaN here, null once printed


def test_at_rates_with_an_equilibrium_reasons_end_at_pledges_and_conflicts(nordic: Comparison) -> None:
    settled = chosen(beta=0.01)
    judged = judge(contest, settled, nordic, names={})
    assert judged.counts.unknown == judged.counts.not_seen == 0
    assert judged.counts.gains >= 2
    fighting = {h.one: h for h in nordic.before.hostilities.pairs} if nordic.before.hostilities else {}
    assert fighting
    for one in judged.states:
        if one.state in fighting:
            assert set(fighting[one.state].claims) <= set(one.claims)
        assert not any(claim.startswith("figures/") for claim in one.claims)
    before = contest.read(nordic.arrays_before, settled)
    assert math.fsum(before.best) == pytest.approx(1.0 - _efforts(nordic.arrays_before, settled), abs=1e-9)


def _efforts(arrays: Arrays, settled: Settings) -> float:
    """All shares sum to 1, so payoffs sum to 1 less all efforts."""
    found = equilibrium(network_of(arrays, settled).contest(settled))
    assert not isinstance(found, NoInterior)
    return found.dissipation
