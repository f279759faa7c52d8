"""Truth, Span and dates: three-valued logic and both sides of every boundary."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.values import Span, Truth, date_bounds, day_of, event_span, iso, span_of

YES, NO, UNKNOWN = Truth.YES, Truth.NO, Truth.UNKNOWN


def day(text: str) -> int:
    return date.fromisoformat(text).toordinal()


def test_truth_is_never_a_bool() -> None:
    for truth in Truth:
        with pytest.raises(TypeError):
            bool(truth)


@pytest.mark.parametrize(("left", "right"), list(product(Truth, Truth)))
def test_logic_agrees_with_all_ways_to_fill_the_unknown(left: Truth, right: Truth) -> None:
    """Kleene: the result is known exactly when every filling of the unknowns gives the same result."""
    fillings = {YES: (True,), NO: (False,), UNKNOWN: (True, False)}
    both = {a and b for a, b in product(fillings[left], fillings[right])}
    either = {a or b for a, b in product(fillings[left], fillings[right])}
    assert (left & right).json == (both.pop() if len(both) == 1 else None)
    assert (left | right).json == (either.pop() if len(either) == 1 else None)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2004-03-29", "2004-03-29", "2004-03-29"),
        ("2004-03", "2004-03-01", "2004-03-31"),
        ("2004-02", "2004-02-01", "2004-02-29"),
        ("2004", "2004-01-01", "2004-12-31"),
        ("200X", "2000-01-01", "2009-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
        ("2004-02-XX", "2004-02-01", "2004-02-29"),
        ("2004-21", "2004-03-01", "2004-05-31"),
        ("2004-24", "2004-12-01", "2005-02-28"),
        ("2004~", "2003-01-01", "2005-12-31"),
        ("2004-03-29?", "2004-03-22", "2004-04-05"),
    ],
)
def test_dates(text: str, first: str, last: str) -> None:
    assert date_bounds(text) == (day(first), day(last))


@pytest.mark.parametrize(
    "text", ["2004-02-30", "2004-13", "2004-3-1", "spring", "", "04", "2004-02-30?", "99999", "-1"]
)
def test_what_is_not_a_date(text: str) -> None:
    with pytest.raises(QuestionError, match="write YYYY-MM-DD"):
        date_bounds(text)


def test_ends_are_excluded() -> None:
    span = span_of("2000-01-01", "2001-01-01")
    assert [span.holds(day(text)) for text in ("1999-12-31", "2000-01-01", "2000-12-31", "2001-01-01")] == [
        NO,
        YES,
        YES,
        NO,
    ]


def test_a_year_is_an_interval_of_doubt() -> None:
    span = span_of("1969", "1975")
    asked = (
        "1968-12-31",
        "1969-01-01",
        "1969-12-30",
        "1969-12-31",
        "1974-12-31",
        "1975-01-01",
        "1975-12-30",
        "1975-12-31",
    )
    assert [span.holds(day(text)) for text in asked] == [NO, UNKNOWN, UNKNOWN, YES, YES, UNKNOWN, UNKNOWN, NO]


def test_open_and_unknown_ends() -> None:
    assert span_of("", "").holds(1) is YES
    assert span_of("2000-01-01", "..").holds(day("9000-01-01")) is YES
    assert span_of("2000-01-01", "?").holds(day("2000-01-02")) is UNKNOWN
    assert span_of("2002/2005", "").holds(day("2003-06-01")) is UNKNOWN
    assert span_of("2002/2005", "").holds(day("2005-12-31")) is YES
    since = span_of("2000-01-01", "2025-01-01/..")
    assert [since.holds(day(text)) for text in ("2024-12-31", "2025-01-01", "2999-01-01")] == [YES, UNKNOWN, UNKNOWN]


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(QuestionError, match=r"ends .* before it begins"):
        span_of("2001-01-01", "2000-12-31")


def test_an_event_is_one_day() -> None:
    span = event_span("2007-12-12")
    assert [span.holds(day(f"2007-12-{number}")) for number in (11, 12, 13)] == [NO, YES, NO]


days = st.dates(date(1500, 1, 1), date(2500, 1, 1))
lengths = st.integers(0, 400)


@given(days, lengths, lengths, lengths, st.integers(-20, 1300))
def test_holds_agrees_with_every_way_to_fix_the_ends(
    start: date, doubt: int, life: int, end_doubt: int, asked: int
) -> None:
    """Slow oracle: fix the inexact ends in every way that keeps begin before end."""
    a = start.toordinal()
    b, c = a + doubt, a + doubt + life
    span = Span(a, b, c, c + end_doubt)
    day_asked = a + asked
    begins, ends = {a, b, min(max(day_asked, a), b), min(max(day_asked + 1, a), b)}, {c, c + end_doubt}
    ends |= {min(max(day_asked, c), c + end_doubt), min(max(day_asked + 1, c), c + end_doubt)}
    found = {begin <= day_asked < end for begin in begins for end in ends}
    expected = UNKNOWN if len(found) == 2 else (YES if found.pop() else NO)
    assert span.holds(day_asked) is expected


@given(days)
def test_a_day_survives_its_text(start: date) -> None:
    assert iso(day_of(start.isoformat())) == start.isoformat()
    assert (
        date_bounds(start.isoformat()[:7])[1]
        == (start.replace(day=28) + timedelta(days=4)).replace(day=1).toordinal() - 1
    )
