"""Major powers: whether a state is counted as one on some day of a year."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible.panels.columns import ABSENT_IS_ZERO, Ask, Column, known_only
from indivisible.panels.system import Ints

DATASET = "cow_majors"
_RULE = "a major power on some day of the year"


def rows_of(ask: Ask) -> Ints:
    """State-years of major powers."""
    code: list[int] = []
    year: list[int] = []
    for row in ask.table(DATASET).iter_rows(named=True):
        last_day = date.fromordinal((row["ends"] or row["known_to"]).toordinal() - 1)
        span = range(max(row["begins"].year, ask.states.first), min(last_day.year, ask.states.last) + 1)
        year += span
        code += [row["ccode"]] * len(span)
    rows = ask.states.rows_of(np.array(code, dtype=np.int64), np.array(year, dtype=np.int64), "cow")
    return rows[rows >= 0]


def states(ask: Ask) -> list[Column]:
    """1 for a major power."""
    major = np.zeros(len(ask.states.year), dtype=np.int8)
    major[rows_of(ask)] = 1
    return [Column("cowmaj", state_flags(ask, major), DATASET, _RULE, ABSENT_IS_ZERO, "state")]


def state_flags(ask: Ask, values: NDArray[np.int8]) -> pl.Series:
    """Values a state-year, null where the list does not speak of the year or the state."""
    known, coded = ask.covered(DATASET)[ask.states.year - ask.states.first], ask.states.coded
    if coded is not None:
        known = known & coded
    return known_only(values, known)
