"""Years of peace against a loop, in both conventions, on histories that Hypothesis makes up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.panels.peace import GAPS, Clock, peace_years

# for each unit, for each year: absent, at peace, or with an event
HISTORIES = st.lists(st.lists(st.sampled_from("-pe"), min_size=1, max_size=25), min_size=1, max_size=6)


def loop(history: list[str], gaps: str) -> list[int | None]:
    """One unit, year after year."""
    counts: list[int | None] = []
    count: int | None = None
    for what in history:
        if what == "-":
            counts.append(None)
            count = None if gaps == "restart" or count is None else count + 1
            continue
        now = 0 if count is None else count
        counts.append(now)
        count = 0 if what == "e" else now + 1
    return counts


def table(histories: list[list[str]], first: int) -> list[tuple[int, int, bool, int, int]]:
    """Rows of unit, year, event, and the count of each convention."""
    rows = []
    for unit, history in enumerate(histories):
        both = zip(history, *(loop(history, gaps) for gaps in GAPS), strict=True)
        for at, (what, bridged, anew) in enumerate(both):
            if bridged is not None and anew is not None:
                rows.append((unit, first + at, what == "e", bridged, anew))
    return rows


@given(HISTORIES, st.integers(1, 3000), st.randoms(use_true_random=False), st.sampled_from([1, -7, 5_000_011]))
def test_every_count_is_that_of_the_loop(histories: list[list[str]], first: int, luck, scale: int) -> None:  # type: ignore[no-untyped-def]
    rows = table(histories, first)
    for shuffled in (False, True):
        if shuffled:
            luck.shuffle(rows)
        columns = [np.array(column) for column in zip(*rows, strict=True)] or [np.array([], dtype=int)] * 5
        units, years, events, *wanted = columns
        for gaps, want in zip(GAPS, wanted, strict=True):
            found = peace_years(units * scale, years, events.astype(bool), gaps=gaps)
            assert found.tolist() == want.tolist(), gaps


@given(HISTORIES, st.integers(1, 24))
def test_a_clock_may_stop_between_two_blocks(histories: list[list[str]], cut: int) -> None:
    """Streaming: ticking on from an earlier block is the same as one walk."""
    rows = sorted(table(histories, 100), key=lambda row: row[1])
    for gaps, column in zip(GAPS, (3, 4), strict=True):
        clock = Clock(len(histories), gaps)
        for years in (range(100, 100 + cut), range(100 + cut, 130)):
            for year in years:
                now = [row for row in rows if row[1] == year]
                if now:
                    units = np.array([row[0] for row in now], dtype=np.int32)
                    found = clock.tick(year, units, np.array([row[2] for row in now]))
                    assert found.tolist() == [row[column] for row in now]


def test_by_hand() -> None:
    units, years = np.zeros(6, dtype=int), np.array([1990, 1991, 1992, 1995, 1996, 1997])
    events = np.array([False, True, False, False, True, False])
    assert peace_years(units, years, events).tolist() == [0, 1, 0, 3, 4, 0]
    assert peace_years(units, years, events, gaps="restart").tolist() == [0, 1, 0, 0, 1, 0]


def test_an_unknown_convention_is_named() -> None:
    with pytest.raises(QuestionError, match="bridge, restart"):
        peace_years(np.zeros(1, dtype=int), np.zeros(1, dtype=int), np.zeros(1, dtype=bool), gaps="ignore")
