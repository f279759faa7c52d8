"""Spread of scores against the slow definition, and bounds that hold for every choice inside the intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.architecture.architecture import Figure
from indivisible.assess.spread import people_of, spread, spreads
from indivisible.measures.inequality import absolute_gini
from indivisible.models.base import Reading, Settings
from indivisible.values import Estimate

scores = st.lists(st.floats(-50, 50), min_size=1, max_size=12)


def test_a_worked_example():
    x = np.array([1.0, 2.0, 3.0, 4.0, 5.0])
    found = spread(tuple("ABCDE"), x, x, x, kept=np.ones(5, dtype=bool))
    assert found.gini_low == found.gini_high == pytest.approx(0.8)  # 0.266667 times the mean of 3
    assert found.variance_low == pytest.approx(2.0)
    assert found.worst == ("A",)
    assert found.to_dict()["gini_absolute"] == pytest.approx(0.8)


def test_a_best_point_inside_a_wide_interval_narrows_no_bound():
    low, best, high = (np.array(x) for x in ([0.0, 1.0], [0.5, 1.0], [4.0, 1.0]))
    found = spread(("A", "B"), low, best, high, kept=np.ones(2, dtype=bool))
    assert found.gini == pytest.approx(0.125)
    assert found.variance == pytest.approx(0.0625)
    assert found.gini_low == 0.0
    assert found.gini_high >= 0.75  # of 4 and 1
    assert found.worst == ("A", "B")


def test_a_state_without_a_finite_bound_is_left_out_but_may_be_the_worst():
    low, best, high = (np.array(x) for x in ([-np.inf, 1.0, np.nan], [0.5, 1.0, np.nan], [4.0, 1.0, np.nan]))
    found = spread(("A", "B", "C"), low, best, high, kept=np.array([False, True, False]))
    assert (found.states, found.left_out, found.worst) == (1, 2, ("A", "B"))
    assert found.gini == found.gini_high == 0.0


@given(scores, st.data())
def test_bounds_hold_for_every_choice(values: list[float], data: st.DataObject):
    low = np.array(values)
    high = low + np.array(data.draw(st.lists(st.floats(0, 5), min_size=len(values), max_size=len(values))))
    share = np.array(data.draw(st.lists(st.floats(0, 1), min_size=len(values), max_size=len(values))))
    chosen = low + share * (high - low)
    names = [f"L{n:02}" for n in range(len(values))]
    found = spread(names, low, np.full(len(values), np.nan), high, kept=np.ones(len(values), dtype=bool))
    assert found.gini_low - 1e-9 <= absolute_gini(chosen) <= found.gini_high + 1e-9
    assert found.variance_low - 1e-9 <= chosen.var() <= found.variance_high + 1e-9
    assert names[int(chosen.argmin())] in found.worst


def test_nobody_left_is_not_known():
    x = np.array([math.nan])
    found = spread(("A",), x, x, x, kept=np.zeros(1, dtype=bool))
    assert math.isnan(found.gini_low)
    assert (found.states, found.left_out, found.worst) == (0, 1, ())


def test_people_count_beside_states():
    """A has one person in ten, B has nine: states are 2 apart on average 1, people 2 apart in 18 pairs of 100."""
    x = np.array([-1.0, 1.0])
    found = spread(("A", "B"), x, x, x, kept=np.ones(2, dtype=bool), people=np.array([1e6, 9e6]))
    assert found.gini == pytest.approx(0.5)
    assert found.weighted is not None
    weighted = found.weighted
    assert weighted.inequality.gini == pytest.approx(0.18)
    assert weighted.inequality.variance == pytest.approx(0.36)  # mean 0.8; 0.1 * 1.8^2 + 0.9 * 0.2^2
    assert (weighted.people, weighted.people_worst, weighted.states, weighted.left_out) == (1e7, 1e6, 2, 0)
    told = found.to_dict()["weighted"]
    assert told["by"] == "population"
    assert told["gini_absolute_interval"] == [pytest.approx(0.18)] * 2


def test_a_state_whose_people_are_not_known_is_left_out_of_the_weighted_figures_and_named():
    x = np.array([-1.0, 0.0, 1.0])
    found = spread(("A", "B", "C"), x, x, x, kept=np.ones(3, dtype=bool), people=np.array([np.nan, 1.0, 1.0]))
    assert found.states == 3
    assert found.weighted is not None
    assert found.weighted.population_unknown == ("A",)
    assert (found.weighted.states, found.weighted.left_out) == (2, 1)
    assert found.weighted.inequality.gini == pytest.approx(0.25)
    assert math.isnan(found.weighted.people_worst)  # A is the worst off, and nobody knows how many live there


def test_nobody_with_people_is_not_known():
    x = np.array([1.0, 2.0])
    found = spread(("A", "B"), x, x, x, kept=np.ones(2, dtype=bool), people=np.array([np.nan, np.nan]))
    assert found.weighted is not None
    assert math.isnan(found.weighted.inequality.gini)
    assert found.weighted.people == 0.0


@given(scores, st.data())
def test_weighted_bounds_hold_for_every_choice(values: list[float], data: st.DataObject):
    n = len(values)
    low = np.array(values)
    high = low + np.array(data.draw(st.lists(st.floats(0, 5), min_size=n, max_size=n)))
    share = np.array(data.draw(st.lists(st.floats(0, 1), min_size=n, max_size=n)))
    people = np.array(data.draw(st.lists(st.integers(1, 10**9).map(float), min_size=n, max_size=n)))
    chosen = low + share * (high - low)
    names = [f"L{k:02}" for k in range(n)]
    found = spread(names, low, np.full(n, np.nan), high, kept=np.ones(n, dtype=bool), people=people)
    assert found.weighted is not None
    held = found.weighted.inequality
    assert math.isnan(held.gini)
    assert held.gini_low - 1e-9 <= absolute_gini(chosen, weights=people) <= held.gini_high + 1e-9
    mean = np.average(chosen, weights=people)
    assert held.variance_low - 1e-9 <= np.average((chosen - mean) ** 2, weights=people) <= held.variance_high + 1e-9


def test_spreads_of_a_change_take_the_people_of_the_record():
    figures = {
        ("A", "population"): Figure("A", "population", Estimate(1.0, 3.0, 5.0), 2000, ()),
        ("B", "population"): Figure("B", "population", Estimate(1.0, None, 5.0), 2000, ()),
    }
    assert people_of(("A", "B", "C"), figures).tolist() == pytest.approx([3.0, math.nan, math.nan], nan_ok=True)
    before, after = (reading(x) for x in ([0.0, 1.0, 2.0], [0.0, 3.0, math.nan]))
    first, second = spreads(before, after, [0, 1, 2], figures)
    assert first.states == second.states == 2  # C has no score after, so it counts in neither
    assert first.weighted is not None
    assert first.weighted.population_unknown == ("B", "C")
    assert (first.gini, second.gini) == pytest.approx((0.25, 0.75))


def reading(values: list[float]) -> Reading:
    x = np.array(values)
    return Reading("m", Settings("m", {}), ("A", "B", "C"), x, x, x, np.isnan(x), lambda i: None, lambda i: ())
