"""Periods of months and things done at once, against a slow search over days."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from indivisible.rules.facts import Facts, vocabulary
from indivisible.rules.in_time import LEAVING, at_once, last_notice, leaving, months_after
from indivisible.values import Truth, day_of

DAYS = st.dates(date(1950, 1, 1), date(2050, 1, 1)).map(date.toordinal)
KNOWN = vocabulary(*LEAVING)


@given(left=DAYS, months=st.sampled_from([3, 6, 12]))
def test_the_last_day_for_a_notice_is_the_last_one_in_time(left: int, months: int) -> None:
    slow = max(day for day in range(left - 400, left + 1) if months_after(day, months) <= left)
    assert last_notice(left, months) == slow


@given(notified=DAYS, left=DAYS, months=st.sampled_from([3, 6, 12]))
def test_notice_in_time_is_kept_and_a_day_late_is_not(notified: int, left: int, months: int) -> None:
    found = leaving("X", Facts(KNOWN, {"notified_on": notified, "left_on": left}), months)
    assert found.verdict == ("yes" if months_after(notified, months) <= left else "no")
    assert found.margin is not None
    assert (found.margin >= 0) == (found.verdict == "yes")


def test_months_end_where_a_month_has_no_such_day() -> None:
    assert months_after(day_of("2021-08-31"), 6) == day_of("2022-02-28")
    assert months_after(day_of("2023-08-31"), 6) == day_of("2024-02-29")
    assert months_after(day_of("2021-12-15"), -12) == day_of("2020-12-15")


def test_what_is_not_given_is_never_no() -> None:
    assert leaving("X", Facts(KNOWN), 6).verdict == "unknown"
    assert leaving("X", Facts(KNOWN, {"left_on": 1000}), 6).verdict == "unknown"
    early = leaving("X", Facts(KNOWN, {"notified_on": day_of("2020-01-31")}), 6)
    assert "until 2020-07-31" in early.because


def test_at_once_is_settled_on_the_same_day_and_where_nothing_was_done() -> None:
    day = day_of("2020-05-03")
    assert at_once("X", "the Council was told", day, Truth.UNKNOWN, day).verdict == "yes"
    assert at_once("X", "the Council was told", day, Truth.UNKNOWN, day + 1).verdict == "unknown"
    assert at_once("X", "the Council was told", day, Truth.NO, None).verdict == "no"
    assert at_once("X", "the Council was told", None, Truth.YES, None).verdict == "unknown"
    assert at_once("X", "the Council was told", None, Truth.YES, day).verdict == "unknown"


@given(notified=DAYS, months=st.sampled_from([3, 6, 12]))
def test_the_boundary_is_a_day_wide(notified: int, months: int) -> None:
    left = months_after(notified, months)
    on_time = leaving("X", Facts(KNOWN, {"notified_on": notified, "left_on": left}), months)
    early = leaving("X", Facts(KNOWN, {"notified_on": notified, "left_on": left - 1}), months)
    assert (on_time.verdict, on_time.margin, on_time.remedy) == ("yes", 0, "")
    assert (early.verdict, early.margin) == ("no", -1)
    assert early.remedy
