"""Verdicts at, above and below the bound, and that every interval has exactly one."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.assess.verdict import VERDICTS, Counts, nobody_loses, threshold, verdict
from indivisible.values import Truth

BOUND = math.log(1.01)


def said(low: float, high: float) -> str:
    return verdict(low, high, touched=True, bound=BOUND)


def test_the_bound_itself_is_unchanged_on_both_sides():
    assert said(BOUND, BOUND) == "unchanged"
    assert said(-BOUND, -BOUND) == "unchanged"
    assert said(BOUND + 1e-9, BOUND + 1e-9) == "gains"
    assert said(-BOUND - 1e-9, -BOUND - 1e-9) == "loses"
    assert said(BOUND - 1e-9, BOUND - 1e-9) == "unchanged"


def test_a_change_by_exactly_one_per_cent_is_at_the_bound():
    change = math.log(1.01 * 7.3) - math.log(7.3)
    assert said(change, change) == "unchanged"


def test_an_interval_has_a_verdict_only_if_it_is_the_same_all_over():
    assert said(0.02, 0.5) == "gains"
    assert said(-math.inf, -0.02) == "loses"
    assert said(-BOUND, BOUND) == "unchanged"
    assert said(0.0, 0.5) == "unknown"
    assert said(-0.5, 0.5) == "unknown"
    assert said(-math.inf, math.inf) == "unknown"
    assert said(math.nan, 0.5) == "unknown"


def test_untouched_is_not_seen_whatever_the_numbers():
    assert verdict(math.nan, 1.0, touched=False, bound=BOUND) == "not_seen"


def test_an_interval_upside_down_is_a_mistake():
    with pytest.raises(ValueError, match="no interval"):
        said(1.0, 0.0)


def test_any_step_counts_on_an_ordinal_scale():
    assert threshold("ordinal", 0.01) == 0.0
    assert verdict(0.5, 0.5, touched=True, bound=threshold("ordinal", 0.01)) == "gains"
    assert threshold("share", 0.01) == threshold("probability", 0.01) == 0.01
    assert threshold("log_ratio", 0.01) == pytest.approx(BOUND, rel=1e-15)
    for wrong in (("log_ratio", -0.1), ("metres", 0.1), ("share", math.inf)):
        with pytest.raises(ValueError):
            threshold(*wrong)


numbers = st.floats(allow_nan=False, allow_infinity=True)


@given(numbers, numbers, st.booleans(), st.floats(0, 1))
def test_every_interval_has_one_verdict_and_holds_it_throughout(a: float, b: float, touched: bool, bound: float):
    low, high = min(a, b), max(a, b)
    whole = verdict(low, high, touched=touched, bound=bound)
    assert whole in VERDICTS
    if whole in ("gains", "loses", "unchanged"):
        for point in (low, high):
            assert verdict(point, point, touched=touched, bound=bound) == whole
    if touched and whole == "unknown":
        assert verdict(low, low, touched=True, bound=bound) != verdict(high, high, touched=True, bound=bound)


@given(numbers, numbers)
def test_forgetting_a_number_never_gives_another_known_verdict(a: float, b: float):
    """A wider interval keeps the verdict or makes it unknown."""
    low, high = min(a, b), max(a, b)
    assert said(low, high) in (said(low, low), "unknown")


@given(numbers, st.floats(0, 1), st.floats(0, 1))
def test_a_higher_bound_only_turns_changes_into_none(change: float, one: float, other: float):
    strict = verdict(change, change, touched=True, bound=max(one, other))
    loose = verdict(change, change, touched=True, bound=min(one, other))
    assert strict in (loose, "unchanged")


def test_counts_and_nobody_loses():
    counts = Counts.of(["gains", "gains", "unknown"])
    assert counts.to_dict() == {"gains": 2, "loses": 0, "unchanged": 0, "unknown": 1, "not_seen": 0}
    assert nobody_loses(counts, could_show=True) is Truth.UNKNOWN
    assert nobody_loses(Counts(gains=2), could_show=True) is Truth.YES
    assert nobody_loses(Counts(gains=2), could_show=False) is Truth.UNKNOWN
    assert nobody_loses(Counts(gains=2, loses=1, unknown=3), could_show=False) is Truth.NO
