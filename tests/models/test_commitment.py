"""Shares of bound power on worlds worked out by hand, against a loop, and their bounds against every corner."""

from __future__ import annotations

import math
from collections.abc import Mapping
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indivisible.architecture.arrays import PLEDGE_KINDS, Arrays
from indivisible.architecture.change import load_change
from indivisible.assess.assess import chosen_settings
from indivisible.assess.comparison import compare
from indivisible.assess.judge import judge, kinds_read
from indivisible.assess.why import why_assess
from indivisible.measures.geography import EARTH_RADIUS_KM
from indivisible.models import commitment
from indivisible.models.base import Settings, Value, recombined, settle
from indivisible.record.record import Record

HERE: Mapping[str, tuple[float, float]] = dict.fromkeys("ABCD", (0.0, 0.0))


def chosen(**values: Value) -> Settings:
    return settle(commitment.name, commitment.parameters, values)


def east(km: float) -> tuple[float, float]:
    """A place on the equator so many km east of (0, 0)."""
    return (0.0, math.degrees(km / EARTH_RADIUS_KM))


def test_three_lands_in_one_place() -> None:
    """Of the 2 + 4 that reach A, B's 2 are bound; B's own power does not count for B."""
    arrays = Arrays.of({"A": 3, "B": 2, "C": 4}, pledges=[("B", "A", "defence")], places=HERE)
    reading = commitment.read(arrays, chosen())
    assert reading.best == pytest.approx([2 / 6, 0.0, 0.0])
    reason = reading.because(0)
    assert reason is not None
    assert reason.told == "{B} is pledged to defend it, 33.3% of the power that reaches it"
    assert (reason.defenders, reason.against) == (("A", "B"), ("C",))
    assert (reason.defenders_sum, reason.against_sum) == (2.0, 4.0)
    nobody = reading.because(1)
    assert nobody is not None
    assert nobody.told == "nobody is pledged to defend it, 0% of the power that reaches it"
    assert [(p.label, p.state, p.value, p.weight, p.tie) for p in reading.parts(0)] == [
        ("bound to it", "B", 2.0, pytest.approx(1 / 6), ("B", "A")),
        ("reaches it unbound", "C", 4.0, 0.0, None),
    ]


def test_power_fades_on_the_way() -> None:
    """B, 2,000 km away, brings 2/e; C is next door with 4. Without fading it is 2 of 6."""
    arrays = Arrays.of(
        {"A": 3, "B": 2, "C": 4}, defence=[("A", "B")], places={"A": (0.0, 0.0), "B": east(2000.0), "C": (0.0, 0.0)}
    )
    near = 2 / math.e
    assert commitment.read(arrays, chosen()).best[0] == pytest.approx(near / (near + 4))
    assert commitment.read(arrays, chosen(scale=1000.0)).best[0] == pytest.approx(near / math.e / (near / math.e + 4))
    assert commitment.read(arrays, chosen(scale=None)).best[0] == pytest.approx(2 / 6)


@pytest.mark.parametrize("kind", PLEDGE_KINDS)
def test_each_kind_of_pledge_is_a_reading_of_its_own(kind: str) -> None:
    arrays = Arrays.of({"A": 1, "B": 1, "C": 1}, pledges=[("A", "B", kind)], places=HERE)
    for other in PLEDGE_KINDS:
        expected = [0.0, 0.5 if other == kind else 0.0, 0.0]
        assert commitment.read(arrays, chosen(kind=other)).best == pytest.approx(expected)
        assert kinds_read(commitment, chosen(kind=other)) == {other}
    runs = chosen_settings((commitment,), {})
    assert [settings_.choice("kind") for _, settings_ in runs] == list(PLEDGE_KINDS)
    assert len(chosen_settings((commitment,), {"commitment.kind": kind})) == 1


def test_the_eu_treaty_counts_for_defence_only_if_told_to() -> None:
    for kind in ("defence", "consultation"):
        arrays = Arrays.of({"A": 1, "B": 1}, pledges=[("A", "B", kind)], places=HERE, treaty="EU_TEU_42_7_2009")
        assert commitment.read(arrays, chosen(kind=kind)).best[1] == 1.0
        left = commitment.read(arrays, chosen(kind=kind, eu_42_7=False)).best[1]
        assert left == (0.0 if kind == "defence" else 1.0)


def test_a_share_of_nothing_has_no_number() -> None:
    for arrays in (Arrays.of({"A": 1}), Arrays.of({"A": 1, "B": 0}, defence=[("A", "B")], places=HERE)):
        reading = commitment.read(arrays, chosen())
        assert not reading.unopposed[0]
        assert math.isnan(reading.best[0])
        assert (reading.low[0], reading.high[0]) == (0.0, 1.0)
        reason = reading.because(0)
        assert reason is not None
        assert reason.undetermined
        assert reason.told == "no power of others reaches it, so there is nothing to take a share of"
        assert recombined(reading.parts(0)) == 0.0
    empty, filled = (Arrays.of({"A": 1, "B": b}, defence=[("A", "B")], places=HERE) for b in (0, 2))
    low, high = commitment.change_bounds(empty, filled, chosen())
    assert (low[0], high[0]) == (0.0, 1.0)  # now all that reaches it is bound: that was anything from 0 to 1
    low, high = commitment.change_bounds(filled, empty, chosen())
    assert (low[0], high[0]) == (-1.0, 0.0)


def test_what_is_not_known() -> None:
    """D may have up to 4: A's share is between 2 of 6 + 4 and 2 of 6, and C's new pledge still adds the same kind."""
    power = {"A": 3.0, "B": 2.0, "C": 4.0, "D": None}
    arrays = Arrays.of(power, defence=[("A", "B")], bounds={"D": (0, 4)}, places=HERE)
    reading = commitment.read(arrays, chosen())
    assert (reading.low[0], reading.high[0]) == pytest.approx((2 / 10, 2 / 6))
    assert math.isnan(reading.best[0])
    assert recombined(reading.parts(0)) == pytest.approx(2 / 10)
    assert reading.low[3] == reading.high[3] == reading.best[3] == 0.0  # nobody is bound to D, whatever it has
    joined = Arrays.of(power, defence=[("A", "B"), ("A", "C")], bounds={"D": (0, 4)}, places=HERE)
    low, high = commitment.change_bounds(arrays, joined, chosen())
    assert (low[0], high[0]) == pytest.approx((4 / 10, 4 / 6))
    boundless = Arrays.of(power, defence=[("A", "B"), ("A", "C")], places=HERE)
    reading = commitment.read(boundless, chosen())
    assert (reading.low[0], reading.high[0]) == pytest.approx((0.0, 1.0))
    assert recombined(reading.parts(0)) == 0.0
    assert {part.label for part in reading.parts(0)} == {
        "bound to it",
        "reaches it unbound, nobody knows with how much",
    }


def test_a_doubt_that_stays_takes_nothing_from_the_verdict() -> None:
    """B may be bound to A, before and after; that C comes to be bound adds 4 of 6 either way."""
    before = Arrays.of({"A": 3, "B": 2, "C": 4}, unsure=[("B", "A", "defence")], places=HERE)
    after = Arrays.of({"A": 3, "B": 2, "C": 4}, defence=[("A", "C")], unsure=[("B", "A", "defence")], places=HERE)
    low, high = commitment.change_bounds(before, after, chosen())
    assert (low[0], high[0]) == pytest.approx((4 / 6, 4 / 6))
    reading = commitment.read(before, chosen())
    assert (reading.low[0], reading.high[0]) == pytest.approx((0.0, 2 / 6))
    assert math.isnan(reading.best[0])


def test_growth_of_one_that_is_known_beside_one_that_is_not() -> None:
    """B, bound to A, grows from 2 to 4 beside C's 2 and D's unknown 0 to 1: from 2/(4+d) to 4/(6+d)."""
    bounds = {"D": (0, 1)}
    before, after = (
        Arrays.of({"A": 1, "B": b, "C": 2, "D": None}, defence=[("A", "B")], bounds=bounds, places=HERE) for b in (2, 4)
    )
    low, high = commitment.change_bounds(before, after, chosen())
    exact = [4 / (6 + d) - 2 / (4 + d) for d in (0.0, 1.0)]
    assert low[0] <= min(exact)
    assert max(exact) <= high[0]
    assert low[0] > 0.1  # the two shares by themselves would leave 4/7 - 2/4 = 0.07
    assert low[1] == high[1] == 0.0  # a state's own power is nothing to its own share


def slow(power: Mapping[str, float], places: Mapping[str, tuple[float, float]], bound: set[tuple[str, str]], i: str,
         length: float) -> float:  # fmt: skip
    """The definition, term by term; NaN for a share of nothing."""
    from indivisible.measures.geography import distances

    total = ours = 0.0
    for k, has in power.items():
        if k != i:
            spots = np.array([places[k], places[i]])
            reaches = has * math.exp(-distances(spots[:, 0], spots[:, 1])[0, 1] / length)
            total += reaches
            ours += reaches if (k, i) in bound else 0.0
    return ours / total if total else math.nan


STATES = "ABCDE"
TIES = [(a, b) for a in STATES for b in STATES if a != b]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_shares_against_a_loop_and_bounds_against_every_corner(data: st.DataObject) -> None:
    """Up to three powers between bounds: a change by pledges alone is exactly that of some corner."""
    degrees = st.integers(-40, 40).map(float)
    places = {s: (data.draw(degrees), data.draw(degrees)) for s in STATES}
    known = {s: float(data.draw(st.integers(1, 9))) for s in STATES}
    loose = sorted(data.draw(st.sets(st.sampled_from(STATES), max_size=3)))
    bounds = {s: (float(data.draw(st.integers(0, 3))), float(data.draw(st.integers(3, 9)))) for s in loose}
    length = data.draw(st.sampled_from((500.0, 2000.0, 8000.0)))
    bound = data.draw(st.sets(st.sampled_from(TIES), max_size=8))
    other = data.draw(st.sets(st.sampled_from(TIES), max_size=8))
    grown = {**known, "E": float(data.draw(st.integers(1, 9)))} if "E" not in loose else known

    def world(power: Mapping[str, float], ties: set[tuple[str, str]]) -> Arrays:
        figures = {s: None if s in bounds else x for s, x in power.items()}
        return Arrays.of(figures, pledges=[(a, b, "defence") for a, b in sorted(ties)], bounds=bounds, places=places)

    reading = commitment.read(world(known, bound), chosen(scale=length))
    changes = {
        name: commitment.change_bounds(world(known, bound), world(power, other), chosen(scale=length))
        for name, power in (("pledges", known), ("power", grown))
    }
    for n, i in enumerate(STATES):
        corners = []
        for ends in product(*(bounds[s] for s in loose)):
            at = {**known, **dict(zip(loose, ends, strict=True))}
            now, then = slow(at, places, bound, i, length), slow(at, places, other, i, length)
            later = slow({**at, "E": grown["E"] if "E" not in loose else at["E"]}, places, other, i, length)
            corners.append((now, then - now, later - now))
        scores, shifts, growths = (np.array(column) for column in zip(*corners, strict=True))
        assert not np.isnan(scores).any()
        assert (reading.low[n], reading.high[n]) == pytest.approx((scores.min(), scores.max()), abs=1e-9)
        low, high = changes["pledges"][0][n], changes["pledges"][1][n]
        assert (low, high) == pytest.approx((shifts.min(), shifts.max()), abs=1e-9)
        low, high = changes["power"][0][n], changes["power"][1][n]
        assert low - 1e-9 <= growths.min()
        assert growths.max() <= high + 1e-9


def test_on_the_record_every_leaf_is_a_claim_about_that_kind(record: Record) -> None:
    change = load_change("nordic-accession")
    comparison = compare(record, change)
    names = {state: record.name_of(state) for state in comparison.before.states}
    for kind, gains in (("defence", True), ("neutrality", False)):
        judged = judge(commitment, chosen(kind=kind), comparison, names=names)
        by_state = {one.state: one for one in judged.states}
        assert (by_state["FIN"].verdict == "gains") == gains
        assert judged.counts.loses == 0
        assert not judged.can_show.third_loses
    found = why_assess(record, change, "FIN", models=["commitment"], settings={"commitment.kind": "nonaggression"})
    (one,) = found.models
    assert one.label == "commitment (nonaggression)"
    before = [part for part in one.before.parts if part.part.tie is not None]
    assert [part.part.state for part in before] == ["RUS"]  # the treaty of 1992
    assert any(leaf.says.startswith("nonaggression from RUS to FIN") for leaf in before[0].leaves)
    assert not any(leaf.says.startswith("defence") for part in one.after.parts for leaf in part.leaves)
    assert abs(one.before.recombined - one.before.score.low) < 1e-9
