"""A column of a panel with its account: where it comes from, what it covers, and what an empty cell means.

Inside a source's years absence is 0 only where the source declares its list complete; outside them every cell is null.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from indivisible import readers
from indivisible.errors import QuestionError
from indivisible.panels.dyads import Dyads
from indivisible.panels.peace import Clock
from indivisible.panels.system import SYSTEMS, Ints, StateYears
from indivisible.readers.coverage import windows

Covered = NDArray[np.bool_]
ABSENT_IS_ZERO = "0: the source lists all cases of its years"
ABSENT_IS_NULL = "null: the source does not list all cases"


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One column: values a state-year (`of` "state", to be given to each side of a pair) or a row (`of` "row")."""

    name: str
    values: pl.Series
    dataset: str
    rule: str
    absent: str
    of: str = "row"


@dataclass(frozen=True, slots=True, eq=False)
class Ask:
    """What a source is asked for: the rows of one block of years, and the notes that it may leave.

    `everyone` is the block's dyads before irrelevant ones are left out, `keep` which of them are kept (None: all).
    """

    states: StateYears
    dyads: Dyads | None
    everyone: Dyads | None
    keep: NDArray[np.bool_] | None
    earlier: StateYears  # state-years before the block that a clock has not seen yet
    home: Path | None
    gaps: str
    clocks: dict[str, Clock]
    notes: Counter[str] = field(default_factory=Counter)
    joined: tuple[str, ...] = ()
    powers: int = 3

    @property
    def rows(self) -> int:
        """Number of rows of the block."""
        return len(self.states.year) if self.dyads is None else len(self.dyads)

    def table(self, dataset: str, columns: Sequence[str] = ()) -> pl.DataFrame:
        """The dataset's rows in the years of the block (all rows where it has no years)."""
        lazy = readers.open(dataset, home=self.home)
        if "year" in lazy.collect_schema():
            lazy = lazy.filter(pl.col("year").is_between(self.states.first, self.states.last))
        return (lazy.select(columns) if columns else lazy).collect()

    def covered(self, dataset: str) -> Covered:
        """For each year of the block, whether the dataset speaks about it."""
        spans = windows(dataset, home=self.home)
        years = np.arange(self.states.first, self.states.last + 1)
        known = np.zeros(len(years), dtype=bool)
        for span in spans:
            last = years if span.last is None else np.full(len(years), span.last)
            known |= (years >= span.first) & (years <= last) & ((years - span.first) % span.every == 0)
        return known

    def pair_rows(self, table: pl.DataFrame, *, as_given: bool = False) -> tuple[Ints, Ints]:
        """For each line of a dyadic table in COW codes the row of the panel, and the lines that have one.

        An undirected pair is found from both of its directions, or with `as_given` from the row's own only.
        """
        if self.dyads is None:
            raise AssertionError("pairs are asked for in a panel of states")
        one, two, year = (table[name].to_numpy() for name in ("ccode1", "ccode2", "year"))
        rows = self.dyads.rows_of(one, two, year, "cow")
        lines = np.flatnonzero(rows >= 0)
        if as_given and not self.dyads.directed:
            first = self.states.rows_of(one[lines], year[lines], "cow")
            lines = lines[first == self.dyads.left[rows[lines]]]
        return rows[lines], lines


@dataclass(frozen=True, slots=True)
class Join:
    """A source that can be joined by name; `of_pairs` or `of_states` is None where it has no such table."""

    name: str
    about: str
    datasets: tuple[str, ...]
    of_pairs: Callable[[Ask], list[Column]] | None
    of_states: Callable[[Ask], list[Column]] | None
    system: str = "cow"


def inside(values: NDArray[np.generic], ask: Ask, covered: Covered) -> pl.Series:
    """The values in the covered years and of states that the sources have a code for, null elsewhere.

    Rows of a panel are in the order of years.
    """
    coded = ask.states.coded
    if covered.all() and coded is None:
        return pl.Series(values)
    starts = ask.states.offsets if ask.dyads is None else ask.dyads.starts
    known = np.repeat(covered, np.diff(starts))
    if coded is not None:
        known &= coded if ask.dyads is None else coded[ask.dyads.left] & coded[ask.dyads.right]
    return known_only(values, known)


def known_only(values: NDArray[np.generic], known: NDArray[np.bool_]) -> pl.Series:
    """The values where they are known, null elsewhere."""
    return pl.select(pl.when(pl.Series(known)).then(pl.Series(values))).to_series()


def flags(ask: Ask, rows: Ints, values: NDArray[np.generic] | int, covered: Covered) -> pl.Series:
    """Small whole numbers that are 0 where the source, which lists all cases, has no line."""
    made = np.zeros(ask.rows, dtype=np.int8)
    made[rows] = values
    return inside(made, ask, covered)


def details(ask: Ask, rows: Ints, values: pl.Series) -> pl.Series:
    """Whole numbers given to the rows that have a line, null in all others and where the line has null."""
    kind = np.int32 if values.dtype == pl.Int32 else np.int8
    made, known = np.zeros(ask.rows, dtype=kind), np.zeros(ask.rows, dtype=bool)
    made[rows], known[rows] = values.fill_null(0).to_numpy(), values.is_not_null().to_numpy()
    return known_only(made, known)


def of_state_years(ask: Ask, dataset: str, columns: Sequence[str], system: str = "cow") -> pl.DataFrame:
    """Columns of a state-year dataset in the order of the panel's state-years; null where it has no line."""
    code = SYSTEMS[system]
    table = ask.table(dataset, (code, "year", *columns)).drop_nulls(code)
    rows = ask.states.rows_of(table[code].to_numpy(), table["year"].to_numpy(), system)
    index = np.full(len(ask.states.year), table.height, dtype=np.uint32)
    lines = np.flatnonzero(rows >= 0)
    index[rows[lines]] = lines
    return table.select(pl.col(name).gather(index, null_on_oob=True) for name in columns)


def need_codes(states: StateYears, join: Join) -> None:
    """Raise QuestionError if a source is coded in a system that the panel has no codes of."""
    if join.system not in states.codes:
        what = f"{join.name} is coded in the system {join.system!r}, the panel in {states.system!r}"
        raise QuestionError(what, do="name a crosswalk, crosswalk='isard', or make a panel of the other system")
