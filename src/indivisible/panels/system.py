"""Which states there were: membership of the Correlates of War or the Gleditsch-Ward state system, year by year.

The two systems differ in codes, in dates and in who belongs. They are never mixed silently: data that are coded in
one join a table of the other only through a crosswalk that the caller names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indivisible import readers
from indivisible.errors import QuestionError
from indivisible.readers.coverage import windows

if TYPE_CHECKING:
    import polars as pl

SYSTEMS = {"cow": "ccode", "gw": "gwcode"}  # system -> name of its code
SYSTEM_NAMES = {"cow": "COW", "gw": "Gleditsch-Ward"}
CROSSWALKS = ("isard",)
DATASET_OF = {"cow": "cow_states", "gw": "gw_system"}
PAIR_RULE = {
    "cow": "two states pair in a year if both were members on one same day of it",
    "gw": "two states pair in a year if both were members in it",
}
NO_CODE = -1
CODES = 1000  # codes of both systems are below
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class StateYears:
    """Every state and year, sorted by year, then code: row numbers of this table stand for states everywhere else.

    `offsets[y]` is the first row of year `first + y`. `codes[system]` holds the state's code in that system, or
    NO_CODE. `apart` lists pairs of rows of states that were members in the same year, but on no same day.
    """

    system: str
    first: int
    last: int
    year: Ints
    codes: dict[str, Ints]
    offsets: Ints
    apart: Ints  # shape (pairs, 2), each pair in both directions
    known_to: int  # last year that the source of the system speaks about
    carried: int  # years after that which repeat it
    ambiguous: int = 0  # state-years with several codes in the crosswalk

    @property
    def code(self) -> Ints:
        """Codes in the table's own system."""
        return self.codes[self.system]

    @property
    def coded(self) -> NDArray[np.bool_] | None:
        """Whether each state-year has a COW code, in which the sources are written; None if all have.

        Through a crosswalk some states get none: what a source would say of them is not known.
        """
        has: NDArray[np.bool_] = self.codes.get("cow", self.code) != NO_CODE
        return None if has.all() else has

    def rows_of(self, code: Ints, year: Ints, system: str) -> Ints:
        """The row of each state and year, NO_CODE where there is none; codes are those of `system`."""
        table = np.full((max(self.last - self.first + 1, 0), CODES), NO_CODE, dtype=np.int64)
        own = self.codes[system]
        present = np.flatnonzero(own >= 0)
        table[self.year[present] - self.first, own[present]] = present
        inside = (year >= self.first) & (year <= self.last) & (code >= 0) & (code < CODES)
        if not table.size:
            return np.full(len(code), NO_CODE, dtype=np.int64)
        return np.where(inside, table[np.where(inside, year - self.first, 0), np.where(inside, code, 0)], NO_CODE)

    def between(self, first: int, last: int) -> StateYears:
        """The same for some of the years; rows are numbered anew."""
        first, last = max(first, self.first), min(last, self.last)
        if last < first:
            first, last = self.first, self.first - 1
        begin, end = int(self.offsets[first - self.first]), int(self.offsets[last - self.first + 1])
        apart = self.apart[(self.apart[:, 0] >= begin) & (self.apart[:, 0] < end)] - begin
        codes = {name: values[begin:end] for name, values in self.codes.items()}
        offsets = self.offsets[first - self.first : last - self.first + 2] - begin
        return StateYears(
            self.system, first, last, self.year[begin:end], codes, offsets, apart, self.known_to, self.carried
        )


def state_years_of(
    system: str, first: int, last: int, *, carry: bool, crosswalk: str | None, home: Path | None
) -> StateYears:
    """The states of a system from `first` to `last`, which stops at the last year known unless `carry`.

    Raises QuestionError for an unknown system or crosswalk, MissingData if the source is not imported.
    """
    check(system, crosswalk)
    known = windows(DATASET_OF[system], home=home)
    lazy = readers.open(DATASET_OF[system], home=home)  # raises MissingData before the window is read
    known_first = min(window.first for window in known)
    known_to = max(window.last for window in known if window.last is not None)
    first, asked = max(first, known_first), last
    last = asked if carry else min(asked, known_to)
    observed = min(last, known_to)
    begin = min(first, observed)  # a span after the last known year is made of that year alone
    if system == "cow":
        year, code, apart = _cow(lazy.collect(), begin, observed)
        other, ambiguous = _cow_to_gw(year, code, crosswalk, home)
        codes = {"cow": code} | ({} if other is None else {"gw": other})
    elif system == "gw":
        year, code, cow, ambiguous = _gw(lazy.collect(), begin, observed)
        apart = np.empty((0, 2), dtype=np.int64)
        codes = {"gw": code} | ({} if crosswalk is None else {"cow": cow})
    else:
        raise AssertionError(system)
    return _assembled(system, (first, last), (year, codes, apart), known_to, ambiguous)


def check(system: str, crosswalk: str | None) -> None:
    """Raise QuestionError for a system or crosswalk that there is not."""
    if system not in SYSTEMS:
        raise QuestionError(f"no state system is called {system!r}", do=f"use one of: {', '.join(SYSTEMS)}")
    if crosswalk is not None and crosswalk not in CROSSWALKS:
        raise QuestionError(f"no crosswalk is called {crosswalk!r}", do=f"use one of: {', '.join(CROSSWALKS)}")


def _assembled(
    system: str, span: tuple[int, int], rows: tuple[Ints, dict[str, Ints], Ints], known_to: int, ambiguous: int
) -> StateYears:
    """The table with offsets, and with the last known year repeated to the end of the span."""
    (first, last), (year, codes, apart) = span, rows
    carried = max(0, last - max(known_to, first - 1))
    if carried:
        final = {name: values[year == known_to] for name, values in codes.items()}
        years = np.repeat(np.arange(last - carried + 1, last + 1), len(final[system]))
        codes = {name: np.concatenate([codes[name], np.tile(final[name], carried)]) for name in codes}
        year = np.concatenate([year, years])
    dropped = int(np.searchsorted(year, first))
    year, codes = year[dropped:], {name: values[dropped:] for name, values in codes.items()}
    apart = apart[(apart >= dropped).all(axis=1)] - dropped
    offsets = np.searchsorted(year, np.arange(first, max(last, first - 1) + 2)).astype(np.int64)
    return StateYears(system, first, max(last, first - 1), year, codes, offsets, apart, known_to, carried, ambiguous)


def _cow(spells: pl.DataFrame, first: int, last: int) -> tuple[Ints, Ints, Ints]:
    """Rows of the COW system: a state belongs to a year if it was a member on some day of it."""
    begins = np.array([day.toordinal() for day in spells["begins"]], dtype=np.int64)
    ends = np.array([(end or known).toordinal() for end, known in spells.select("ends", "known_to").iter_rows()])
    code = spells["ccode"].to_numpy()
    years, codes, apart, rows = [], [], [], 0
    for year in range(first, last + 1):
        opening, closing = date(year, 1, 1).toordinal(), date(year + 1, 1, 1).toordinal()
        here = np.flatnonzero((begins < closing) & (ends > opening))
        members = np.unique(code[here])
        partial = here[(begins[here] > opening) | (ends[here] < closing)]
        if len(partial):
            pairs = _never_together(code[partial], begins[partial], ends[partial])
            apart.append(np.searchsorted(members, pairs) + rows)
        years.append(np.full(len(members), year, dtype=np.int64))
        codes.append(members.astype(np.int64))
        rows += len(members)
    none = np.empty((0, 2), dtype=np.int64)
    empty = np.empty(0, dtype=np.int64)
    return np.concatenate([empty, *years]), np.concatenate([empty, *codes]), np.concatenate([none, *apart])


def _never_together(code: Ints, begins: Ints, ends: Ints) -> Ints:
    """Pairs of codes (both directions) whose spells share no day; a member of the whole year meets every other."""
    members, which = np.unique(code, return_inverse=True)
    together = (begins[:, None] < ends[None, :]) & (begins[None, :] < ends[:, None])
    met = np.zeros((len(members), len(members)), dtype=bool)
    left, right = np.nonzero(together)
    met[which[left], which[right]] = True
    return members[np.argwhere(~met)].astype(np.int64).reshape(-1, 2)


def _gw(table: pl.DataFrame, first: int, last: int) -> tuple[Ints, Ints, Ints, int]:
    """Rows of the Gleditsch-Ward system, with the COW code of each (its own code first, then the lowest)."""
    import polars as pl

    table = table.filter(pl.col("year").is_between(first, last)).sort(
        "year", "gwcode", pl.col("ccode") != pl.col("gwcode"), "ccode", nulls_last=True
    )
    ambiguous = table.drop_nulls("ccode").select(pl.struct("gwcode", "year").is_duplicated().sum()).item()
    kept = table.unique(["gwcode", "year"], keep="first", maintain_order=True)
    cow = kept["ccode"].fill_null(NO_CODE).to_numpy().astype(np.int64)
    return kept["year"].to_numpy(), kept["gwcode"].to_numpy(), cow, int(ambiguous)


def _cow_to_gw(year: Ints, code: Ints, crosswalk: str | None, home: Path | None) -> tuple[Ints | None, int]:
    """The Gleditsch-Ward code of each COW state-year, where a crosswalk is named."""
    if crosswalk is None:
        return None, 0
    import polars as pl

    table = readers.open("gw_system", home=home).drop_nulls("ccode").collect()
    ambiguous = table.select(pl.struct("ccode", "year").is_duplicated().sum()).item()
    table = table.sort("ccode", "year", pl.col("ccode") != pl.col("gwcode"), "gwcode")
    kept = table.unique(["ccode", "year"], keep="first")
    own = pl.DataFrame({"ccode": code, "year": year})
    joined = own.join(kept.select("ccode", "year", "gwcode"), on=["ccode", "year"], how="left", maintain_order="left")
    return joined["gwcode"].fill_null(NO_CODE).to_numpy().astype(np.int64), int(ambiguous)
