"""What each published dataset says of one year, pair by pair of states: pledges, rivals, disputes, distances, borders.

Every source knows which years it covers. Of any other year it says nothing, which is not the same as "none".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indivisible import readers
from indivisible.architecture.arrays import Bools, Floats, Integers, Promises
from indivisible.measures.geography import distances
from indivisible.panels.system import CODES, NO_CODE
from indivisible.readers.coverage import known, windows

if TYPE_CHECKING:
    import polars as pl

RIVALRIES = {"rivalries": "rivalries_tss", "rivalries-td": "rivalries_td"}
_PLEDGES = {
    "atop": {"defense": "defence", "offense": "offence", "neutral": "neutrality", "nonagg": "nonaggression",
             "consul": "consultation"},
    "cow": {"defense": "defence", "neutrality": "neutrality", "nonaggression": "nonaggression",
            "entente": "consultation"},
}  # fmt: skip
_LAND = 1  # kind of contiguity


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """Who the rows of a year's arrays are: COW codes in their order, and the row of each code (NO_CODE: none)."""

    codes: Integers
    row: Integers

    @staticmethod
    def of(codes: Sequence[int]) -> Rows:
        """The rows of these codes in this order."""
        row = np.full(CODES, NO_CODE, dtype=np.int64)
        row[np.asarray(codes, dtype=np.int64)] = np.arange(len(codes))
        return Rows(np.asarray(codes, dtype=np.int64), row)

    def __len__(self) -> int:
        return len(self.codes)

    def pairs(self, one: Integers, two: Integers) -> tuple[Integers, Integers, NDArray[np.intp]]:
        """Rows of both states of each line of a table, and the lines both of whose states are there."""
        inside = (one < CODES) & (two < CODES)
        first = self.row[np.where(inside, one, 0)]
        second = self.row[np.where(inside, two, 0)]
        lines = np.flatnonzero(inside & (first >= 0) & (second >= 0) & (first != second))
        return first[lines], second[lines], lines

    def matrix(self, one: Integers, two: Integers, *, both_ways: bool = False) -> Bools:
        """True for the pairs of the lines."""
        first, second, _ = self.pairs(one, two)
        made = np.zeros((len(self), len(self)), dtype=bool)
        made[first, second] = True
        if both_ways:
            made[second, first] = True
        return made


class Yearly:
    """A dataset with a year in every row, read once and handed out year by year."""

    def __init__(self, dataset: str, columns: Sequence[str], *, first: int, last: int, home: Path | None) -> None:
        self.dataset = dataset
        self.title = known(dataset).title
        lazy = readers.open(dataset, home=home)
        if "year" in lazy.collect_schema():
            import polars as pl

            lazy = lazy.filter(pl.col("year").is_between(first, last)).sort("year")
        self.table = lazy.collect()
        self.columns = {name: _numbers(self.table[name]) for name in columns}
        self.windows = windows(dataset, home=home)

    def covers(self, year: int) -> bool:
        """Whether the dataset speaks about the year."""
        for span in self.windows:
            ends = year if span.last is None else span.last
            if span.first <= year <= ends and not (year - span.first) % span.every:
                return True
        return False

    def past(self, year: int) -> str:
        """That it does not, in words."""
        spans = ", ".join(f"{s.first} to {'now' if s.last is None else s.last}" for s in self.windows)
        return f"past coverage: {self.title} ({self.dataset}) speaks about {spans}, not about {year}"

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """The year of every row, ascending."""
        return self.table["year"].to_numpy().astype(np.int64)

    def rows(self, first: int, last: int | None = None) -> slice:
        """The rows of a year, or of first..last."""
        begin, end = np.searchsorted(self.years, (first, (first if last is None else last) + 1))
        return slice(int(begin), int(end))

    def of(self, name: str, rows: slice) -> NDArray[np.float64]:
        """A column in these rows; NaN where it has no figure."""
        return self.columns[name][rows]

    def codes(self, name: str, rows: slice) -> Integers:
        """A column of codes in these rows."""
        return self.columns[name][rows].astype(np.int64)


def _numbers(series: pl.Series) -> NDArray[np.float64]:
    """A column as numbers; NaN where there is none."""
    import polars as pl

    return series.cast(pl.Float64).fill_null(np.nan).to_numpy()


def pledges_of(source: str, yearly: Yearly, year: int, rows: Rows) -> tuple[Promises, ...]:
    """The pledges of a year by kind: of ATOP from state to state, of COW from each member to all others."""
    if source == "atop":
        return _atop(yearly, year, rows)
    if source == "cow":
        return _cow_alliances(yearly, year, rows)
    raise AssertionError(source)


PLEDGE_DATASETS = {
    "atop": ("atop_directed", ("ccode1", "ccode2", *_PLEDGES["atop"])),
    "cow": ("cow_alliances", ("alliance", "ccode", *_PLEDGES["cow"])),
}


def pledge_kinds(source: str) -> frozenset[str]:
    """The kinds of pledge of which a source speaks."""
    return frozenset(_PLEDGES[source].values())


def _atop(yearly: Yearly, year: int, rows: Rows) -> tuple[Promises, ...]:
    chosen = yearly.rows(year)
    first, second, lines = rows.pairs(yearly.codes("ccode1", chosen), yearly.codes("ccode2", chosen))
    made = []
    for column, kind in sorted(_PLEDGES["atop"].items(), key=lambda one: one[1]):
        held = yearly.of(column, chosen)[lines] == 1.0
        if held.any():
            made.append(_promises(kind, ("ATOP",), np.zeros(int(held.sum()), np.int64), first[held], second[held]))
    return tuple(made)


def _cow_alliances(yearly: Yearly, year: int, rows: Rows) -> tuple[Promises, ...]:
    chosen = yearly.rows(year)
    code, alliance = yearly.codes("ccode", chosen), yearly.codes("alliance", chosen)
    known_code = np.where(code < CODES, code, 0)
    row = np.where(code < CODES, rows.row[known_code], NO_CODE)
    numbers, treaty = np.unique(alliance, return_inverse=True)
    names = tuple(f"COW alliance {number}" for number in numbers.tolist())
    together = (treaty[:, None] == treaty[None, :]) & (row[:, None] != row[None, :])
    together &= (row[:, None] >= 0) & (row[None, :] >= 0)
    made = []
    for column, kind in sorted(_PLEDGES["cow"].items(), key=lambda one: one[1]):
        held = yearly.of(column, chosen) == 1.0
        senders, receivers = np.nonzero(together & held[:, None])
        if len(senders):
            made.append(_promises(kind, names, treaty[senders], row[senders], row[receivers]))
    return tuple(made)


def _promises(
    kind: str, treaties: tuple[str, ...], treaty: Integers, senders: Integers, receivers: Integers
) -> Promises:
    return Promises(kind, treaties, treaty.astype(np.int64), senders, receivers, np.ones(len(senders), dtype=bool))


class Hostilities:
    """Who was hostile to whom in a year, by one source: rivals, or adversaries of the last years in a dispute or war.

    `years`: how many years a dispute or armed conflict counts, the year itself and those before it.
    """

    def __init__(self, source: str, *, years: int, first: int, last: int, home: Path | None) -> None:
        self.source, self.years = source, years
        span = {"first": first - years, "last": last}
        if source in RIVALRIES:
            self.yearly = Yearly(RIVALRIES[source], ("ccode1", "ccode2", "first_year", "last_year"), home=home, **span)
            self.years = 1
        elif source == "disputes":
            self.yearly = Yearly("gml_disputes", ("ccode1", "ccode2"), home=home, **span)
        elif source == "conflicts":
            self.yearly = Yearly("ucdp_acd", ("gwcode", "conflict_id"), home=home, **span)
            self.codes = _cow_codes(self.yearly, home)
        else:
            raise AssertionError(source)

    @property
    def name(self) -> str:
        """The source, and how many years count."""
        return self.source if self.years == 1 else f"{self.source} of {self.years} years"

    def past(self, year: int) -> str:
        """Why nothing can be said of the year, or an empty text."""
        unknown = [y for y in (year - self.years + 1, year) if not self.yearly.covers(y)]
        return self.yearly.past(unknown[0]) if unknown else ""

    def of(self, year: int, rows: Rows) -> Bools:
        """Hostile pairs, symmetric."""
        table = self.yearly
        if self.source in RIVALRIES:
            ends = table.columns["last_year"]
            alive = (table.columns["first_year"] <= year) & (np.isnan(ends) | (ends >= year))
            one, two = (table.columns[name][alive].astype(np.int64) for name in ("ccode1", "ccode2"))
            return rows.matrix(one, two, both_ways=True)
        chosen = table.rows(year - self.years + 1, year)
        if self.source == "disputes":
            return rows.matrix(table.codes("ccode1", chosen), table.codes("ccode2", chosen), both_ways=True)
        return self._conflicts(chosen, rows)

    def _conflicts(self, chosen: slice, rows: Rows) -> Bools:
        """States on opposite sides of the same armed conflict in the same year."""
        side = self.yearly.table["side"][chosen].to_numpy() == "a"
        each = self.yearly.codes("conflict_id", chosen) * 10_000 + self.yearly.years[chosen]
        code, found = self.codes[chosen], np.zeros((len(rows), len(rows)), dtype=bool)
        both = np.intersect1d(each[side], each[~side])
        for one in both.tolist():
            here = each == one
            ours, theirs = np.meshgrid(code[here & side], code[here & ~side])
            found |= rows.matrix(ours.ravel(), theirs.ravel(), both_ways=True)
        return found


def _cow_codes(yearly: Yearly, home: Path | None) -> Integers:
    """COW codes of a table in Gleditsch-Ward codes; a code of no state (CODES) where there is none."""
    import polars as pl

    system = readers.open("gw_system", home=home).drop_nulls("ccode").collect()
    # the crosswalk ends before the conflicts do: its last year holds for the years after
    last = int(np.asarray(system["year"].max()))
    table = yearly.table.select("gwcode", pl.col("year").clip(upper_bound=last)).with_row_index()
    own = system.sort(pl.col("ccode") != pl.col("gwcode")).unique(["gwcode", "year"], keep="first")
    joined = table.join(own.select("gwcode", "year", "ccode"), on=["gwcode", "year"], how="left").sort("index")
    return joined["ccode"].fill_null(CODES).to_numpy().astype(np.int64)


class Capitals:
    """Where capitals were on the last day of a year."""

    def __init__(self, home: Path | None) -> None:
        table = readers.open("cow_capitals", home=home).collect()
        self.code = table["ccode"].to_numpy().astype(np.int64)
        self.begins = np.array([day.toordinal() for day in table["begins"]])
        ends = [(end or until).toordinal() for end, until in table.select("ends", "known_to").iter_rows()]
        self.ends = np.array(ends)
        self.places = np.column_stack([_numbers(table["latitude"]), _numbers(table["longitude"])])

    def distance(self, year: int, rows: Rows) -> Floats:
        """Kilometres from capital to capital, NaN where a capital is not known."""
        day = date(year, 12, 31).toordinal()
        here = (self.begins <= day) & (day < self.ends)
        row = rows.row[self.code]
        lines = np.flatnonzero(here & (row >= 0))
        spots = np.full((len(rows), 2), np.nan)
        spots[row[lines]] = self.places[lines]
        return distances(spots[:, 0], spots[:, 1])


def shortest(yearly: Yearly, year: int, rows: Rows) -> Floats:
    """Kilometres between the nearest points of two territories, NaN where it is not known."""
    chosen = yearly.rows(year)
    first, second, lines = rows.pairs(yearly.codes("ccode1", chosen), yearly.codes("ccode2", chosen))
    made = np.full((len(rows), len(rows)), np.nan)
    made[first, second] = made[second, first] = yearly.of("mindist", chosen)[lines]
    np.fill_diagonal(made, 0.0)
    return made


def land_borders(yearly: Yearly, year: int, rows: Rows) -> Bools:
    """Pairs that share a border on land or along a river."""
    chosen = yearly.rows(year)
    land = yearly.of("conttype", chosen) == _LAND
    return rows.matrix(yearly.codes("ccode1", chosen)[land], yearly.codes("ccode2", chosen)[land], both_ways=True)
