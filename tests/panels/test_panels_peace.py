"""Years of peace against a loop, in both conventions, on histories that Hypothesis makes up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indivisible.errors import QuestionError
from indivisible.panels.peace import GAPS, Clock, peace_years, spell_numbers

# for each unit, for each year: absent, at peace, or with an event
HISTORIES = st.lists(st.lists(st.sampled_from("-pe"), min_size=1, max_size=25), min_size=1, max_size=6)


def loop(history: list[str], gaps: str) -> list[tuple[int, int] | None]:
    """One unit, year after year: the count and the number of the spell."""
    made: list[tuple[int, int] | None] = []
    count: int | None = None
    number, open_spell = 1, False
    for what in history:
        if what == "-":
            made.append(None)
            if gaps == "restart":
                number, open_spell, count = number + open_spell, False, None
            elif count is not None:
                count += 1
            continue
        now = 0 if count is None else count
        made.append((now, number))
        count, open_spell = now + 1, True
        if what == "e":
            number, open_spell, count = number + 1, False, 0
    return made


def table(histories: list[list[str]], first: int) -> list[tuple[int, ...]]:
    """Rows of unit, year, event, then count and number of each convention."""
    rows = []
    for unit, history in enumerate(histories):
        both = zip(history, *(loop(history, gaps) for gaps in GAPS), strict=True)
        for at, (what, bridged, anew) in enumerate(both):
            if bridged is not None and anew is not None:
                rows.append((unit, first + at, int(what == "e"), *bridged, *anew))
    return rows


@given(HISTORIES, st.integers(1, 3000), st.randoms(use_true_random=False), st.sampled_from([1, -7, 5_000_011]))
def test_every_count_is_that_of_the_loop(histories: list[list[str]], first: int, luck, scale: int) -> None:  # type: ignore[no-untyped-def]
    rows = table(histories, first)
    for shuffled in (False, True):
        if shuffled:
            luck.shuffle(rows)
        columns = [np.array(column) for column in zip(*rows, strict=True)] or [np.array([], dtype=int)] * 7
        units, years, events, *wanted = columns
        for gaps, counts, numbers in zip(GAPS, wanted[::2], wanted[1::2], strict=True):
            given_ = (units * scale, years, events.astype(bool))
            assert peace_years(*given_, gaps=gaps).tolist() == counts.tolist(), gaps
            assert spell_numbers(*given_, gaps=gaps).tolist() == numbers.tolist(), gaps


@given(HISTORIES, st.integers(1, 24))
def test_a_clock_may_stop_between_two_blocks(histories: list[list[str]], cut: int) -> None:
    """Streaming: ticking on from an earlier block is the same as one walk."""
    rows = sorted(table(histories, 100), key=lambda row: row[1])
    for gaps, column in zip(GAPS, (3, 5), strict=True):
        clock = Clock(len(histories), gaps)
        for years in (range(100, 100 + cut), range(100 + cut, 130)):
            for year in years:
                now = [row for row in rows if row[1] == year]
                if now:
                    units = np.array([row[0] for row in now], dtype=np.intp)
                    counts, numbers = clock.tick(year, units, np.array([row[2] == 1 for row in now]))
                    assert counts.tolist() == [row[column] for row in now]
                    assert numbers.tolist() == [row[column + 1] for row in now]


def test_by_hand() -> None:
    units, years = np.zeros(6, dtype=int), np.array([1990, 1991, 1992, 1995, 1996, 1997])
    events = np.array([False, True, False, False, True, False])
    assert peace_years(units, years, events).tolist() == [0, 1, 0, 3, 4, 0]
    assert peace_years(units, years, events, gaps="restart").tolist() == [0, 1, 0, 0, 1, 0]
    assert spell_numbers(units, years, events).tolist() == [1, 1, 2, 2, 2, 3]
    assert spell_numbers(units, years, events, gaps="restart").tolist() == [1, 1, 2, 3, 3, 4]


def test_an_unknown_convention_is_named() -> None:
    with pytest.raises(QuestionError, match="bridge, restart"):
        peace_years(np.zeros(1, dtype=int), np.zeros(1, dtype=int), np.zeros(1, dtype=bool), gaps="ignore")
