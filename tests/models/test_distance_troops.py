"""Troops abroad in the model distance: by hand, against plain loops, in doubt, and by every step that moves them."""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "oracles"))

from slow_distance import score, way

from indivisible.architecture.arrays import Arrays, Plane
from indivisible.architecture.change import Change, change_of
from indivisible.architecture.change_file import parse_table
from indivisible.assess.comparison import compare
from indivisible.assess.judge import judge
from indivisible.measures.geography import EARTH_RADIUS_KM, KM_PER_MILE
from indivisible.models import distance
from indivisible.models.base import BLIND, Settings, Value, settle
from indivisible.record.record import Record

Pair = tuple[str, str]
KM = math.degrees(1 / EARTH_RADIUS_KM)
SPOTS = {"A": (0.0, 0.0), "B": (0.0, 1000 * KM), "C": (0.0, 4000 * KM)}
THREE = {"A": 1.0, "B": 1.0, "C": 1.0}


def chosen(**values: Value) -> Settings:
    return settle(distance.name, distance.parameters, values)


def posted(arrays: Arrays, troops: Mapping[Pair, tuple[float, float]]) -> Arrays:
    """The arrays with at least and at most so many troops of the first in the second."""
    low, high = np.zeros((len(arrays.states),) * 2), np.zeros((len(arrays.states),) * 2)
    for (sender, host), span in troops.items():
        place = arrays.states.index(sender), arrays.states.index(host)
        low[place], high[place] = span
    return replace(arrays, deployments=Plane(low, np.where(low == high, low, np.nan), high))


def test_a_garrison_starts_where_it_stands() -> None:
    """C, 4,000 km away, has a garrison in B, 1,000 km from A: A loses ln(e^-1 + e^-4) - ln(2 e^-1) with L = 1,000."""
    home = Arrays.of(THREE, places=SPOTS)
    away = posted(home, {("C", "B"): (5000.0, 5000.0)})
    ready = chosen(scale=1000.0, forward=1.0)
    low, high = distance.change_bounds(home, away, ready)
    expected = math.log(math.exp(-1) + math.exp(-4)) - math.log(2 * math.exp(-1))
    assert (low[0], high[0]) == pytest.approx((expected, expected))
    assert distance.touched(home, away, ready).tolist() == [True, True, False]
    assert not distance.touched(home, away, chosen(scale=1000.0)).any()


@pytest.mark.parametrize(("troops", "km"), [(0, 4000), (1250, 3250), (2500, 2500), (4999, 1000.6), (5000, 1000),
                                            (90000, 1000)])  # fmt: skip
def test_fewer_than_a_garrison_count_in_proportion(troops: float, km: float) -> None:
    away = posted(Arrays.of(THREE, places=SPOTS), {("C", "B"): (troops, troops)})
    weights = [part.weight for part in distance.read(away, chosen(scale=1000.0, forward=1.0)).parts(0)]
    assert weights[2] == pytest.approx(math.exp(-km / 1000))
    half = [part.weight for part in distance.read(away, chosen(scale=1000.0, forward=0.5)).parts(0)]
    assert half[2] == pytest.approx(math.exp(-(4000 + km) / 2000))


def test_troops_in_a_state_that_they_need_not_defend_stand_against_it_at_no_distance() -> None:
    away = posted(Arrays.of(THREE, places=SPOTS), {("C", "A"): (5000.0, 5000.0)})
    reading = distance.read(away, chosen(scale=1000.0, forward=1.0))
    assert [(p.kind, p.weight) for p in reading.parts(0)] == [
        ("for", 1.0), ("against", pytest.approx(math.exp(-1))), ("against", 1.0),
    ]  # fmt: skip


def test_a_garrison_on_allied_ground_adds_nothing_where_that_is_open_anyway() -> None:
    allied = Arrays.of(THREE, places=SPOTS, defence=[("B", "C")])
    away = posted(allied, {("C", "B"): (5000.0, 5000.0)})
    for reach, moves in ((0.0, True), (0.99, True), (1.0, False)):
        low, _ = distance.change_bounds(allied, away, chosen(reach=reach, forward=1.0))
        assert bool(low[0] < 0.0) is moves
    low, high = distance.change_bounds(allied, away, chosen(reach=0.3, forward=0.3))
    assert (low == 0.0).all()
    assert (high == 0.0).all()


def test_troops_that_are_not_known_leave_an_interval_and_a_known_change_elsewhere() -> None:
    """C may have up to a garrison in B: A's score is an interval; the power of B changes, and that is known for A."""
    doubtful = {("C", "B"): (0.0, 5000.0)}
    before = posted(Arrays.of(THREE, places=SPOTS), doubtful)
    after = posted(Arrays.of({**THREE, "A": 2.0}, places=SPOTS), doubtful)
    ready = chosen(scale=1000.0, forward=1.0)
    reading = distance.read(before, ready)
    assert np.isnan(reading.best[0])
    assert (reading.low[0], reading.high[0]) == pytest.approx(
        (-math.log(2 * math.exp(-1)), -math.log(math.exp(-1) + math.exp(-4)))
    )
    low, high = distance.change_bounds(before, after, ready)
    assert (low[0], high[0]) == pytest.approx((math.log(2), math.log(2)))


def test_a_place_that_is_out_of_the_way_leaves_doubtful_troops_alone() -> None:
    """Nobody knows how many troops C has in B; that it also posts some in D, behind it, cannot matter to A."""
    spots = {**SPOTS, "D": (0.0, 8000 * KM)}
    world = Arrays.of({**THREE, "D": 1.0}, places=spots)
    before = posted(world, {("C", "B"): (0.0, 5000.0)})
    after = posted(world, {("C", "B"): (0.0, 5000.0), ("C", "D"): (5000.0, 5000.0)})
    ready = chosen(scale=1000.0, forward=1.0)
    low, high = distance.change_bounds(before, after, ready)
    assert (low[0], high[0]) == (0.0, 0.0)
    assert not distance.touched(before, after, ready)[0]
    assert high[3] < 0.0


def test_a_best_point_of_the_troops_gives_a_best_score() -> None:
    low, high, best = np.zeros((3, 3)), np.zeros((3, 3)), np.zeros((3, 3))
    low[2, 1], best[2, 1], high[2, 1] = 1000.0, 2500.0, 5000.0
    arrays = replace(Arrays.of(THREE, places=SPOTS), deployments=Plane(low, best, high))
    reading = distance.read(arrays, chosen(scale=1000.0, forward=1.0))
    assert reading.best[0] == pytest.approx(-math.log(math.exp(-1) + math.exp(-2.5)))
    assert reading.low[0] < reading.best[0] < reading.high[0]


@settings(max_examples=80, deadline=None)
@given(data=st.data(), decay=st.sampled_from(("exponential", "linear", "war_trap")), normalised=st.booleans(),
       reach=st.sampled_from((0.0, 0.4, 1.0)), forward=st.sampled_from((0.0, 0.5, 1.0)))  # fmt: skip
def test_the_model_equals_plain_loops(
    data: st.DataObject, decay: str, normalised: bool, reach: float, forward: float
) -> None:
    states = "ABCDEF"[: data.draw(st.integers(2, 6))]
    degrees = st.integers(-40, 40).map(float)
    power = {s: float(data.draw(st.integers(1, 9))) for s in states}
    places = {s: (data.draw(degrees), data.draw(degrees)) for s in states}
    pairs = [(a, b) for a in states for b in states if a != b]
    pledges = frozenset((a, b, "defence") for a, b in data.draw(st.sets(st.sampled_from(pairs), max_size=8)))
    troops = {pair: float(data.draw(st.integers(0, 9))) for pair in data.draw(st.sets(st.sampled_from(pairs)))}
    arrays = posted(
        Arrays.of(dict(power), pledges=sorted(pledges), places=places), {p: (n, n) for p, n in troops.items()}
    )
    ready = chosen(decay=decay, normalised=normalised, reach=reach, forward=forward, garrison=6.0, scale=3000.0)
    reading = distance.read(arrays, ready)
    for i, state in enumerate(states):
        expected = score(
            state, power, pledges, places, decay=decay, scale=3000.0, reach=reach, normalised=normalised,
            troops=troops, forward=forward, garrison=6.0,
        )  # fmt: skip
        assert reading.unopposed[i] == (expected == math.inf)
        if expected < math.inf:
            assert reading.best[i] == pytest.approx(expected, rel=1e-9, abs=1e-9)


def test_two_weights_by_hand_in_the_slow_version() -> None:
    pledges = [("B", "C", "defence")]
    assert way("C", "A", SPOTS, pledges, 0.5) == pytest.approx(2500)
    assert way("C", "A", SPOTS, pledges, 0.5, troops={("C", "B"): 4000.0}, forward=1.0) == pytest.approx(1600)


@pytest.mark.parametrize("pace", [250.0, 375.0, 500.0])
def test_the_war_trap_normalised_leaves_a_share_at_home_as_it_is(pace: float) -> None:
    """Shares .8 and .2: by the published formula .8 counts for .825 at home, normalised for .8."""
    arrays = Arrays.of({"A": 8.0, "B": 2.0}, places={"A": (0.0, 0.0), "B": (0.0, pace * KM_PER_MILE * KM)})
    published = distance.read(arrays, chosen(decay="war_trap", miles_per_day=pace)).because(0)
    normalised = distance.read(arrays, chosen(decay="war_trap", miles_per_day=pace, normalised=True)).because(0)
    assert published is not None
    assert normalised is not None
    assert published.defenders_sum == pytest.approx(0.8**0.862234, abs=1e-6)
    assert normalised.defenders_sum == pytest.approx(0.8, abs=1e-12)
    day = math.log10(11 - math.e)  # one day's march away, whatever the pace
    assert published.against_sum == pytest.approx(0.2**day)
    assert normalised.against_sum == pytest.approx(0.2 ** (day / math.log10(10 - math.e)))


def test_bouldings_boundary_is_where_two_powers_are_equal() -> None:
    """A with 4 and B with 1, s = 1/1000 a km of each own: a land without power, defended by A, is balanced there."""
    for decay, km in (("linear", 10000 * 4 / 5 - 2000), ("exponential", 5000 + 1000 * math.log(4))):
        between = {"A": (0.0, 0.0), "B": (0.0, 10000 * KM), "C": (0.0, km * KM)}
        world = Arrays.of({"A": 4.0, "B": 1.0, "C": 0.0}, pledges=[("A", "C", "defence")], places=between)
        if decay == "linear":  # 4 (1 - d/L) = 1 - (10000 - d)/L  at  d = (3 L + 10000) / 5
            scale = (5 * km - 10000) / 3
            here = 4 * (1 - km / scale) if km < scale else 0.0
            there = max(0.0, 1 - (10000 - km) / scale)
            assert here == pytest.approx(there)
        else:  # 4 exp(-d/L) = exp(-(10000 - d)/L)  at  d = 5000 + L/2 ln 4
            scale = 2000.0
        reading = distance.read(world, chosen(decay=decay, scale=scale))
        assert reading.best[2] == pytest.approx(0.0, abs=1e-9) or reading.unopposed[2]


def made(*steps: str) -> Change:
    lines = "".join(f"  - {{id: s{n}, date: 2021-12-01, {step}}}\n" for n, step in enumerate(steps, 1))
    return change_of(parse_table(f"schema: change/1\nname: x\ntitle: X\nsteps:\n{lines}", "x.yml"))


@pytest.mark.parametrize(
    ("step", "sign"),
    [
        ("do: deploy, state: USA, host: LTU, personnel: 5000", 1.0),
        ("do: remove, state: USA, host: DEU", -1.0),
        ("do: cap, state: USA, host: DEU, at_most: 0", -1.0),
    ],
)
def test_steps_that_move_troops_move_verdicts(record: Record, step: str, sign: float) -> None:
    """On the architecture of November 2021: more forces of a defender near gain, fewer lose, and the reverse for the
    state on the other side; without weight for troops abroad the model sees none of it and says so."""
    comparison = compare(record, made(step))
    judged = judge(distance, chosen(forward=1.0), comparison, names={})
    near = {one.state: one for one in judged.states}
    host = near["LTU" if sign > 0 else "CZE"]
    assert host.verdict == ("gains" if sign > 0 else "loses")
    other = near["RUS"]
    assert (other.high < 0.0) if sign > 0 else (other.low >= 0.0)
    assert judged.can_show.third_loses
    assert "its list is not complete" in judged.assumes
    blind = judge(distance, chosen(), comparison, names={})
    assert blind.can_show == BLIND
    assert blind.counts.not_seen == len(blind.states)
    assert "list" not in blind.assumes
