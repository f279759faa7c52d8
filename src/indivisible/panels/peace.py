"""Years of peace: how long a pair (or a state) has gone without a dispute when a year begins.

The count of Beck, Katz and Tucker (American Journal of Political Science 42, 1998, 1260-1288): 0 in the first year
observed and in the year after one with an event, else one more than the year before; a year with an event has the
count that it began with. Two conventions treat years in which the unit did not exist:

    bridge    the count goes on over the gap, by the calendar
    restart   the count starts anew at 0 after the gap
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from indivisible.errors import QuestionError

GAPS = ("bridge", "restart")
_NEVER = -32768
Years = NDArray[np.int16]


class Clock:
    """Counts years of peace year by year; `units` are numbers from 0 up to, not including, `size`."""

    def __init__(self, size: int, gaps: str) -> None:
        check_gaps(gaps)
        self.gaps = gaps
        self.since = np.full(size, _NEVER, dtype=np.int16)  # first year of the count
        self.seen = np.full(size, _NEVER, dtype=np.int16)  # last year in which the unit existed
        self.number = np.ones(size, dtype=np.int16)  # which spell of peace of the unit this is

    def tick(self, year: int, units: NDArray[np.intp], event: NDArray[np.bool_]) -> tuple[Years, Years]:
        """Years of peace of the units that exist in a year, and the number of the spell, from 1.

        Years must come in order, each unit once a year.
        """
        since = self.since[units]
        if self.gaps == "bridge":
            since[since == _NEVER] = year
        elif self.gaps == "restart":
            seen = self.seen[units]
            away = seen != year - 1
            if away.any():
                broken = away & (seen != _NEVER) & (since != seen + 1)  # an event in the last year ended the spell
                self.number[units[broken]] += 1
                since[away] = year
            self.seen[units] = year
        else:
            raise AssertionError(self.gaps)
        counts: Years = np.int16(year) - since
        numbers: Years = self.number[units]
        self.since[units] = since
        if event.any():
            ended = units[event]
            self.since[ended] = year + 1
            self.number[ended] += 1
        return counts, numbers


def check_gaps(gaps: str) -> None:
    """Raise QuestionError for a convention that there is not."""
    if gaps not in GAPS:
        raise QuestionError(f"no convention for gaps is called {gaps!r}", do=f"use one of: {', '.join(GAPS)}")


def peace_years(
    units: NDArray[np.integer],
    years: NDArray[np.integer],
    events: NDArray[np.bool_],
    *,
    gaps: str = "bridge",
) -> Years:
    """Years of peace of every row of a panel, in the order of the rows.

    `units`: what is counted for, any whole numbers; `years`: of the same length, each unit once a year at most;
    `events`: whether the row has an event. Raises QuestionError for an unknown convention.
    """
    return _walked(units, years, events, gaps)[0]


def spell_numbers(
    units: NDArray[np.integer],
    years: NDArray[np.integer],
    events: NDArray[np.bool_],
    *,
    gaps: str = "bridge",
) -> Years:
    """Which spell of peace of its unit every row belongs to, from 1; an event ends a spell, and a gap if so chosen.

    Unit and number together group the rows into spells. The arguments are those of `peace_years`.
    """
    return _walked(units, years, events, gaps)[1]


def _walked(
    units: NDArray[np.integer], years: NDArray[np.integer], events: NDArray[np.bool_], gaps: str
) -> tuple[Years, Years]:
    check_gaps(gaps)
    units, years, events = np.asarray(units), np.asarray(years), np.asarray(events, dtype=bool)
    counts, numbers = np.empty(len(years), dtype=np.int16), np.empty(len(years), dtype=np.int16)
    if not len(years):
        return counts, numbers
    codes, size = _numbered(units)
    clock = Clock(size, gaps)
    ordered = bool((np.diff(years) >= 0).all())
    order = np.arange(len(years)) if ordered else np.argsort(years, kind="stable")
    if not ordered:
        codes, years, events = codes[order], years[order], events[order]
    starts = np.flatnonzero(np.diff(years, prepend=years[0] - 1))
    for begin, end in zip(starts, [*starts[1:], len(years)], strict=True):
        rows = slice(begin, end) if ordered else order[begin:end]
        counts[rows], numbers[rows] = clock.tick(int(years[begin]), codes[begin:end], events[begin:end])
    return counts, numbers


def _numbered(units: NDArray[np.integer]) -> tuple[NDArray[np.intp], int]:
    """Units as numbers from 0, without sorting them where they are small already."""
    low, high = int(units.min()), int(units.max())
    if high - low < 1 << 22:
        return (units - low).astype(np.intp), high - low + 1
    names, numbers = np.unique(units, return_inverse=True)
    return numbers.astype(np.intp), len(names)
