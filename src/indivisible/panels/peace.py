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

    def tick(self, year: int, units: NDArray[np.int32], event: NDArray[np.bool_]) -> Years:
        """Years of peace of the units that exist in a year; years must come in order, each unit once a year."""
        since = self.since[units]
        if self.gaps == "bridge":
            since[since == _NEVER] = year
        elif self.gaps == "restart":
            since[self.seen[units] != year - 1] = year
            self.seen[units] = year
        else:
            raise AssertionError(self.gaps)
        self.since[units] = np.where(event, year + 1, since) if event.any() else since
        made: Years = np.int16(year) - since
        return made


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
    check_gaps(gaps)
    units, years, events = np.asarray(units), np.asarray(years), np.asarray(events, dtype=bool)
    made = np.empty(len(years), dtype=np.int16)
    if not len(years):
        return made
    numbers, size = _numbered(units)
    clock = Clock(size, gaps)
    order = None if (np.diff(years) >= 0).all() else np.argsort(years, kind="stable")
    if order is not None:
        numbers, years, events = numbers[order], years[order], events[order]
    starts = np.flatnonzero(np.diff(years, prepend=years[0] - 1))
    out = np.empty(len(years), dtype=np.int16)
    for begin, end in zip(starts, [*starts[1:], len(years)], strict=True):
        out[begin:end] = clock.tick(int(years[begin]), numbers[begin:end], events[begin:end])
    if order is None:
        return out
    made[order] = out
    return made


def _numbered(units: NDArray[np.integer]) -> tuple[NDArray[np.int32], int]:
    """Units as numbers from 0, without sorting them where they are small already."""
    low, high = int(units.min()), int(units.max())
    if high - low < 1 << 22:
        return (units - low).astype(np.int32), high - low + 1
    names, numbers = np.unique(units, return_inverse=True)
    return numbers.astype(np.int32), len(names)
