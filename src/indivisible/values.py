"""The three values that every answer is made of: Truth, Span and Estimate.

A day is an `int`: the proleptic Gregorian ordinal (`datetime.date.toordinal`). Ends are excluded.
Dates in text follow EDTF, the Extended Date/Time Format (ISO 8601-2:2019), levels 0 and 1.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache

from indivisible.errors import QuestionError

NEVER_BEGUN = -(2**31) + 1  # a span open to the past
NEVER_ENDED = 2**31 - 1  # a span open to the future


class Truth(Enum):
    """Yes, no or unknown (Kleene's strong three-valued logic). Unknown is never no: `if truth:` raises."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"

    def __bool__(self) -> bool:
        raise TypeError("a Truth is yes, no or unknown: compare it (`is Truth.YES`), never test it as a bool")

    def __and__(self, other: Truth) -> Truth:
        if self is Truth.NO or other is Truth.NO:
            return Truth.NO
        if self is Truth.YES and other is Truth.YES:
            return Truth.YES
        return Truth.UNKNOWN

    def __or__(self, other: Truth) -> Truth:
        if self is Truth.YES or other is Truth.YES:
            return Truth.YES
        if self is Truth.NO and other is Truth.NO:
            return Truth.NO
        return Truth.UNKNOWN

    def __invert__(self) -> Truth:
        if self is Truth.YES:
            return Truth.NO
        if self is Truth.NO:
            return Truth.YES
        return Truth.UNKNOWN

    @property
    def json(self) -> bool | None:
        """True, False or None (null), the form that JSON answers use."""
        return {Truth.YES: True, Truth.NO: False, Truth.UNKNOWN: None}[self]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure that is not known exactly: lowest, best and highest value; `None` is not known."""

    low: float
    best: float | None
    high: float

    @property
    def known(self) -> bool:
        return self.best is not None


@dataclass(frozen=True, slots=True)
class Span:
    """From a day up to, not including, another; each end is itself an interval of days when it is inexact.

    It began no earlier than `from_earliest` and at the latest on `from_latest`; it ended (was first no
    longer so) no earlier than `to_earliest` and at the latest on `to_latest`.
    """

    from_earliest: int
    from_latest: int
    to_earliest: int
    to_latest: int

    def holds(self, day: int) -> Truth:
        """Whether it was so on `day`; unknown on the days that an inexact end leaves open."""
        if day < self.from_earliest or day >= self.to_latest:
            return Truth.NO
        if day >= self.from_latest and day < self.to_earliest:
            return Truth.YES
        return Truth.UNKNOWN

    def holds_throughout(self, first: int, last: int) -> Truth:
        """Whether it was so on all days of first..last (yes), on none (no), or on some or perhaps (unknown)."""
        if last < self.from_earliest or first >= self.to_latest:
            return Truth.NO
        if first >= self.from_latest and last < self.to_earliest:
            return Truth.YES
        return Truth.UNKNOWN


_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)")
_UNSPECIFIED = re.compile(r"(\d{4}-XX-XX|\d{4}-XX|\d{4}-\d\d-XX|\d{3}X|\d\dXX)([?~%]?)")
_SEASON_MONTHS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 14)}


@lru_cache(maxsize=65536)
def date_bounds(text: str) -> tuple[int, int]:
    """First and last possible day of one EDTF date: `2004-03-29`, `2004-03`, `2004`, `200X`, `2004-XX`,
    a season `2004-21`, with `?`, `~` or `%` (uncertain, approximate: a year of doubt on either side of a
    year, a month for a month, a week for a day).

    Raises QuestionError for anything else and for days that do not exist.
    """
    if len(text) == 10 and text[4] == "-" and text[7] == "-":
        try:
            day = date(int(text[:4]), int(text[5:7]), int(text[8:])).toordinal()
        except ValueError:
            if "X" not in text:
                raise QuestionError(
                    f"{text!r} is not a day of the calendar", do="write YYYY-MM-DD, YYYY-MM or YYYY"
                ) from None
        else:
            return day, day
    return _slow_date_bounds(text)


def _slow_date_bounds(text: str) -> tuple[int, int]:
    problem = QuestionError(f"{text!r} is not a date", do="write YYYY-MM-DD, YYYY-MM or YYYY")
    try:
        if match := _DATE.fullmatch(text):
            year, month, day, doubt = match.groups()
            if month in _SEASON_MONTHS and day is None:
                return _season(int(year), month)
            return _calendar(int(year), month, day, doubt)
        if match := _UNSPECIFIED.fullmatch(text):
            digits = match.group(1)
            if digits[:4].isdigit():
                year_text, _, rest = digits.partition("-")
                month = rest[:2] if rest[:2].isdigit() else None
                return _calendar(int(year_text), month, None, match.group(2))
            return (
                date(int(digits.replace("X", "0")) or 1, 1, 1).toordinal(),
                date(int(digits.replace("X", "9")), 12, 31).toordinal(),
            )
    except ValueError:
        raise problem from None
    raise problem


def _calendar(year: int, month: str | None, day: str | None, doubt: str) -> tuple[int, int]:
    if month is None:
        extra = 1 if doubt else 0
        return date(year - extra, 1, 1).toordinal(), date(year + extra, 12, 31).toordinal()
    if day is None:
        number = int(month)
        first, last = date(year, number, 1).toordinal(), date(year, number, monthrange(year, number)[1]).toordinal()
        return (first - 31, last + 31) if doubt else (first, last)
    exact = date(year, int(month), int(day)).toordinal()
    return (exact - 7, exact + 7) if doubt else (exact, exact)


def _season(year: int, code: str) -> tuple[int, int]:
    first, last = _SEASON_MONTHS[code]
    end_year, end_month = (year + 1, last - 12) if last > 12 else (year, last)
    return date(year, first, 1).toordinal(), date(end_year, end_month, monthrange(end_year, end_month)[1]).toordinal()


def span_of(begin: str, end: str) -> Span:
    """Span of two EDTF dates as a row of the record states them; the end is the first day it was no longer so.

    `begin`: a date, or empty or `..` for "always". `end`: a date, empty or `..` for "still so", `?` for
    "ended or not, not known". A slash inside an end (`1994/1996`) is an interval in which it lies, `2025-01-01/..` not
    before that day, if ever. A year or month is an interval too: from `1969` began some day of 1969.
    """
    if not begin or begin == "..":
        first = last = NEVER_BEGUN
    else:
        first, last = _end_bounds(begin)
    if not end or end == "..":
        return Span(first, last, NEVER_ENDED, NEVER_ENDED)
    if end == "?":
        return Span(first, last, last + 1, NEVER_ENDED)
    close_first, close_last = _end_bounds(end)
    if close_last < first:
        raise QuestionError(f"the span ends ({end}) before it begins ({begin})", do="check the two dates")
    return Span(first, last, close_first, close_last)


def _end_bounds(text: str) -> tuple[int, int]:
    if "/" in text:
        first, _, last = text.partition("/")
        return date_bounds(first)[0], NEVER_ENDED if last == ".." else date_bounds(last)[1]
    return date_bounds(text)


def event_span(text: str) -> Span:
    """Span of an event dated in EDTF: the day itself, or some day of the year or month."""
    first, last = _end_bounds(text)
    return Span(first, last, first + 1, last + 1)


def day_of(text: str) -> int:
    """One exact day; a month or a year raises QuestionError."""
    first, last = date_bounds(text)
    if first != last:
        raise QuestionError(f"{text!r} is not one day", do="write the day as YYYY-MM-DD")
    return first


def iso(day: int) -> str:
    """The day as YYYY-MM-DD."""
    return date.fromordinal(day).isoformat()
