"""Spread of scores against the slow definition, and bounds that hold for every choice inside the intervals."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.assess.spread import gini_absolute, spread

scores = st.lists(st.floats(-50, 50), min_size=1, max_size=12)


@given(scores)
def test_the_absolute_gini_is_half_the_mean_absolute_difference(values: list[float]):
    slow = sum(abs(a - b) for a in values for b in values) / (2 * len(values) ** 2)
    assert gini_absolute(np.array(values)) == pytest.approx(slow, abs=1e-9)


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
    assert found.gini_low - 1e-9 <= gini_absolute(chosen) <= found.gini_high + 1e-9
    assert found.variance_low - 1e-9 <= chosen.var() <= found.variance_high + 1e-9
    assert names[int(chosen.argmin())] in found.worst


def test_nobody_left_is_not_known():
    x = np.array([math.nan])
    found = spread(("A",), x, x, x, kept=np.zeros(1, dtype=bool))
    assert math.isnan(found.gini_low)
    assert (found.states, found.left_out, found.worst) == (0, 1, ())
