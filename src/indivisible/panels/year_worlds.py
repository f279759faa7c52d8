"""The states of a year as a world that models can read, from imported data alone: history needs no record of ours.

A world is the system of states on 31 December. What the datasets do not cover that year is not in it, and a model
that reads it is told so: an alliance list that ends in 2018 does not make 2019 a year without alliances.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import numpy as np

from indivisible import readers
from indivisible.architecture.arrays import (
    PLEDGE_KINDS,
    Arrays,
    Bools,
    Floats,
    Integers,
    Plane,
    Promises,
    Ties,
    known_ties,
)
from indivisible.errors import QuestionError
from indivisible.panels.expenditure import DATASETS as SPENDING
from indivisible.panels.expenditure import Expenditures, expenditures
from indivisible.panels.needed import need
from indivisible.panels.year_worlds_keys import StateKeys
from indivisible.panels.year_worlds_sources import (
    PLEDGE_DATASETS,
    Capitals,
    Hostilities,
    Rows,
    Yearly,
    land_borders,
    pledge_kinds,
    pledges_of,
    shortest,
)
from indivisible.readers.home import read_stored
from indivisible.record.record import Record

ALLIANCES = tuple(PLEDGE_DATASETS)
DISTANCES = ("capitals", "shortest")
HOSTILITIES = ("rivalries", "rivalries-td", "disputes", "conflicts", "none")
_NOT_IN_DATA = ("shared_organizations", "warheads", "deployments")  # arrays of which these datasets say nothing


@dataclass(frozen=True, slots=True)
class Choices:
    """Where the worlds come from: which list of alliances, distances, hostilities and expenditures.

    `alliances`: atop or cow. `distance`: between capitals, or the shortest between the territories. `hostility`: one
    of HOSTILITIES; disputes and conflicts count for `hostile_years`. `expenditure`: nmc or sipri. `carry_system`: the
    last known members of the state system are those of later years too. Raises QuestionError for another word.
    """

    alliances: str = "atop"
    distance: str = "capitals"
    hostility: str = "rivalries"
    hostile_years: int = 10
    expenditure: str = "nmc"
    carry_system: bool = True

    def __post_init__(self) -> None:
        for name, words in (("alliances", ALLIANCES), ("distance", DISTANCES), ("hostility", HOSTILITIES),
                            ("expenditure", tuple(SPENDING))):  # fmt: skip
            if getattr(self, name) not in words:
                chosen = getattr(self, name)
                raise QuestionError(f"no source of {name} is called {chosen!r}", do=f"use {' or '.join(words)}")
        if self.hostile_years < 1:
            raise QuestionError(f"{self.hostile_years} years of hostility", do="count at least the year itself: 1")


DEFAULT = Choices()


@dataclass(frozen=True, slots=True)
class PastCoverage:
    """A year that a model cannot read: which arrays are not known, and the sentence of each."""

    year: int
    arrays: tuple[str, ...]
    reasons: tuple[str, ...]

    def sentence(self) -> str:
        """Why, in one sentence."""
        return f"{self.year} cannot be read: {'; '.join(dict.fromkeys(self.reasons))}."


@dataclass(frozen=True)
class YearWorld:
    """One year of the COW state system. `codes` and `names` are in the order of the states of its arrays.

    `gaps` tells for each array that is not known why; a kind of pledge is called `pledges.defence`.
    """

    year: int
    codes: Integers
    names: Mapping[str, str]
    gaps: Mapping[str, str]
    carried: bool  # the states are those of an earlier year
    _arrays: Arrays | None = field(repr=False)

    def arrays_for(self, reads: frozenset[str]) -> Arrays | PastCoverage:
        """The arrays for a model that reads these, or why they are not known that year."""
        missing = tuple(sorted(name for name in self.gaps if name in reads or name == "states"))
        if missing or self._arrays is None:
            return PastCoverage(self.year, missing, tuple(self.gaps[name] for name in missing))
        return self._arrays


def worlds_of(
    first: int, last: int, *, choices: Choices = DEFAULT, record: Record | None = None, home: Path | None = None
) -> Iterator[YearWorld]:
    """The worlds of first..last in order of years.

    Power and capability are CINC, as `cinc_YEAR`. Raises MissingData for a dataset that is not imported.
    """
    if last < first:
        raise QuestionError(f"the years {first} to {last}", do="give the earlier year first")
    return Maker(first, last, choices=choices, record=record, home=home).worlds()


def datasets_of(choices: Choices) -> tuple[str, ...]:
    """The datasets that worlds are made of."""
    hostile = {"rivalries": ("rivalries_tss",), "rivalries-td": ("rivalries_td",), "disputes": ("gml_disputes",),
               "conflicts": ("gw_system", "ucdp_acd"), "none": ()}  # fmt: skip
    places = {"capitals": "cow_capitals", "shortest": "cow_mindist"}
    named = {"cow_states", "cow_contiguity_years", "nmc", PLEDGE_DATASETS[choices.alliances][0],
             places[choices.distance], SPENDING[choices.expenditure], *hostile[choices.hostility]}  # fmt: skip
    return tuple(sorted(named))


def versions_of(choices: Choices, *, home: Path | None = None) -> dict[str, str]:
    """The datasets that worlds are made of, with their versions."""
    stored = {name: read_stored(name, home) for name in datasets_of(choices)}
    return {name: one.version for name, one in stored.items() if one is not None}


class Maker:
    """Reads every dataset once, then makes world after world."""

    def __init__(
        self, first: int, last: int, *, choices: Choices, record: Record | None = None, home: Path | None = None
    ) -> None:
        need(datasets_of(choices), home=home)
        if record is None:
            from indivisible.record.load import load

            record = load()
        self.first, self.last, self.choices = first, last, choices
        self.keys = StateKeys(record)
        self.system = _System(home)
        read = partial(Yearly, first=first, last=last, home=home)
        self.pledges = read(*PLEDGE_DATASETS[choices.alliances])
        self.power = read("nmc", ("ccode", "cinc"))
        self.borders = read("cow_contiguity_years", ("ccode1", "ccode2", "conttype"))
        self.capitals = Capitals(home) if choices.distance == "capitals" else None
        self.shortest = None
        if choices.distance == "shortest":
            self.shortest = read("cow_mindist", ("ccode1", "ccode2", "mindist"))
        self.hostility = None
        if choices.hostility != "none":
            self.hostility = Hostilities(
                choices.hostility, years=choices.hostile_years, first=first, last=last, home=home
            )
        self.spending: Expenditures = expenditures(choices.expenditure, first, last, record=record, home=home)

    def members(self, year: int) -> Integers:
        """Codes of the members of the state system on 31 December of any year."""
        return self.system.members(year)

    def worlds(self) -> Iterator[YearWorld]:
        """World after world, in order of years."""
        for year in range(self.first, self.last + 1):
            yield self.world(year)

    def world(self, year: int) -> YearWorld:
        """The world of one of the years."""
        carried = year > self.system.last
        codes = self.system.members(min(year, self.system.last))
        if year < self.system.first or (carried and not self.choices.carry_system):
            gap = f"past coverage: the list of states is known from {self.system.first} to {self.system.last}"
            return YearWorld(year, codes[:0], {}, {"states": gap}, False, None)
        states, codes, names = self.keys.keyed(codes, self.system.titles, year)
        rows = Rows.of(codes.tolist())
        gaps = dict.fromkeys(_NOT_IN_DATA, "past coverage: these datasets say nothing of it")
        arrays = self._arrays(year, states, rows, gaps)
        return YearWorld(year, codes, names, gaps, carried, arrays)

    def _arrays(self, year: int, states: tuple[str, ...], rows: Rows, gaps: dict[str, str]) -> Arrays:
        n = len(states)
        share = self._power(year, rows, gaps)
        hostile, hostile_name = self._hostility(year, rows, gaps)
        nothing = Plane.exact(np.full(n, np.nan))
        return Arrays(
            states=states,
            power=share,
            power_name=f"cinc_{year}",
            promises=self._pledges(year, rows, gaps),
            shared_organizations=np.zeros((n, n), dtype=np.int64),
            distance=self._distance(year, rows, gaps),
            borders=self._borders(year, rows, gaps),
            warheads=nothing,
            deployments=Plane.exact(np.full((n, n), np.nan)),
            hostility=hostile,
            hostility_name=hostile_name,
            capability=share,
            expenditure=self._expenditure(year, states, gaps),
        )

    def _power(self, year: int, rows: Rows, gaps: dict[str, str]) -> Plane:
        share = np.full(len(rows), np.nan)
        if self.power.covers(year):
            chosen = self.power.rows(year)
            code = self.power.codes("ccode", chosen)
            lines = np.flatnonzero(rows.row[code] >= 0)
            share[rows.row[code[lines]]] = self.power.of("cinc", chosen)[lines]
        else:
            gaps["power"] = gaps["capability"] = self.power.past(year)
        plane = Plane.exact(share)
        return Plane(plane.low, plane.best, np.minimum(plane.high, 1.0))  # an index of shares cannot exceed 1

    def _pledges(self, year: int, rows: Rows, gaps: dict[str, str]) -> tuple[Promises, ...]:
        told = pledge_kinds(self.choices.alliances) if self.pledges.covers(year) else frozenset()
        for kind in PLEDGE_KINDS:
            if kind not in told:
                silent = f"past coverage: {self.pledges.title} does not tell pledges of {kind}"
                gaps[f"pledges.{kind}"] = silent if told else self.pledges.past(year)
        return pledges_of(self.choices.alliances, self.pledges, year, rows) if told else ()

    def _distance(self, year: int, rows: Rows, gaps: dict[str, str]) -> Floats:
        if self.shortest is None:
            assert self.capitals is not None
            return self.capitals.distance(year, rows)
        if not self.shortest.covers(year):
            gaps["distance"] = self.shortest.past(year)
        return shortest(self.shortest, year, rows)

    def _borders(self, year: int, rows: Rows, gaps: dict[str, str]) -> Bools:
        if not self.borders.covers(year):
            gaps["borders"] = self.borders.past(year)
        return land_borders(self.borders, year, rows)

    def _hostility(self, year: int, rows: Rows, gaps: dict[str, str]) -> tuple[Ties | None, str]:
        if self.hostility is None:
            return Ties.none(len(rows)), "none"
        past = self.hostility.past(year)
        if past:
            gaps["hostility"] = past
            return None, self.hostility.name
        return known_ties(self.hostility.of(year, rows)), self.hostility.name

    def _expenditure(self, year: int, states: tuple[str, ...], gaps: dict[str, str]) -> Plane:
        told = self.spending.years.get(year)
        if told is None:
            gaps["expenditure"] = f"past coverage: {self.spending.name}, says nothing of {year}"
        return Plane.exact(np.array([(told or {}).get(state, np.nan) for state in states], dtype=float))


class _System:
    """Members of the COW state system on the last day of a year."""

    def __init__(self, home: Path | None) -> None:
        table = readers.open("cow_states", home=home).collect()
        self.code = table["ccode"].to_numpy().astype(np.int64)
        self.begins = np.array([day.toordinal() for day in table["begins"]])
        ends = [(end or known).toordinal() for end, known in table.select("ends", "known_to").iter_rows()]
        self.ends = np.array(ends)
        self.titles = dict(zip(self.code.tolist(), table["statenme"].to_list(), strict=True))
        self.first = min(day.year for day in table["begins"])
        self.last = max(day.year for day in table["known_to"]) - 1

    def members(self, year: int) -> Integers:
        """Codes of the members on 31 December, ascending."""
        day = date(year, 12, 31).toordinal()
        found: Integers = np.unique(self.code[(self.begins <= day) & (day < self.ends)])
        return found
