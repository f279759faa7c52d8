"""Who began a dispute with whom, pair by pair and year by year, and what was known of the pair beforehand.

The rows and columns of every matrix are the states of a year's world; [i, j] is i towards j: i began it, j was the
target. A dispute is begun by the side that took the first militarized action; who joined later neither began it nor
was its target.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indivisible import readers
from indivisible.architecture.arrays import Bools, Floats
from indivisible.errors import QuestionError
from indivisible.panels.system import CODES
from indivisible.panels.year_worlds_sources import Hostilities, Rows, Yearly, land_borders, shortest

LISTS = {"gml": "gml_disputes", "cow": "mid_disputes"}
FIRST = 1816  # both lists of disputes, and the state system, begin then
_COLUMNS = ("ccode1", "ccode2", "onset", "sidea1", "orig1", "orig2", "dispnum")


class Disputes:
    """A list of disputes, year by year."""

    def __init__(self, name: str, *, first: int = FIRST, last: int, home: Path | None = None) -> None:
        if name not in LISTS:
            raise QuestionError(f"no list of disputes is called {name!r}", do=f"use {' or '.join(LISTS)}")
        self.name, self.dataset = name, LISTS[name]
        self.yearly = Yearly(self.dataset, _COLUMNS, first=first, last=last, home=home)

    def covers(self, year: int) -> bool:
        """Whether the list speaks about the year."""
        return self.yearly.covers(year)

    def begun(self, year: int, rows: Rows) -> Bools:
        """[i, j]: i began a dispute with j in the year, both in it from its first day."""
        chosen = self.yearly.rows(year)
        flags = [self.yearly.of(name, chosen) == 1.0 for name in ("onset", "sidea1", "orig1", "orig2")]
        lines = np.flatnonzero(np.logical_and.reduce(flags))
        one, two = (self.yearly.codes(name, chosen)[lines] for name in ("ccode1", "ccode2"))
        return rows.matrix(one, two)

    def only_ongoing(self, year: int, rows: Rows) -> Bools:
        """Pairs with a dispute in the year, but none that began in it, symmetric."""
        chosen = self.yearly.rows(year)
        one, two = (self.yearly.codes(name, chosen) for name in ("ccode1", "ccode2"))
        began = self.yearly.of("onset", chosen) == 1.0
        new: Bools = rows.matrix(one[began], two[began], both_ways=True)
        return rows.matrix(one, two, both_ways=True) & ~new

    def adversaries(self, year: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Codes of both states of every pair in a dispute in the year."""
        chosen = self.yearly.rows(year)
        return self.yearly.codes("ccode1", chosen), self.yearly.codes("ccode2", chosen)


class Peace:
    """Years since a pair's last dispute, or since both were first states together; years must come in order."""

    def __init__(self, disputes: Disputes) -> None:
        self._disputes = disputes
        self._since = np.full((CODES, CODES), -1, dtype=np.int16)
        self._past = np.zeros((CODES, CODES), dtype=np.int16)

    def after(self, year: int, rows: Rows) -> tuple[Floats, Floats]:
        """Years of peace with which the next year begins, and how many years with a dispute there were before it."""
        one, two = self._disputes.adversaries(year)
        self._since[one, two] = self._since[two, one] = year + 1
        np.add.at(self._past, tuple(np.unique(np.column_stack([one, two]), axis=0).T), 1)
        here = np.ix_(rows.codes, rows.codes)
        since = self._since[here]
        since[since < 0] = year
        self._since[here] = since
        return (year + 1 - since).astype(np.float64), self._past[here].astype(np.float64)


@dataclass(frozen=True, slots=True)
class Known:
    """What was known of every pair at the end of a year, [n, n] each: the columns of the structural baselines.

    `ratio` log of the larger share of capabilities over the smaller; `total` log of both together; `distance` log of
    1 + the shortest distance in km (0 across a land border, NaN where it is not known); `peace` years without a
    dispute, `past` years with one. `relevant`: neighbours by land or at most 400 miles of sea, or one a major power.
    """

    ratio: Floats
    total: Floats
    distance: Floats
    border: Bools
    major: Bools
    rival: Bools
    peace: Floats
    past: Floats
    relevant: Bools


class Relevance:
    """Which pairs are politically relevant: neighbours, and pairs with a major power."""

    def __init__(self, *, first: int, last: int, home: Path | None = None) -> None:
        columns = ("ccode1", "ccode2", "conttype")
        self.contiguity = Yearly("cow_contiguity_years", columns, first=first, last=last, home=home)
        table = readers.open("cow_majors", home=home).collect()
        self._code = table["ccode"].to_numpy().astype(np.int64)
        self._begins = np.array([day.toordinal() for day in table["begins"]])
        ends = [(end or known).toordinal() for end, known in table.select("ends", "known_to").iter_rows()]
        self._ends = np.array(ends)

    def of(self, year: int, rows: Rows) -> Bools:
        """Pairs on land or across at most 400 miles of sea, and those of which one is a major power, symmetric."""
        return self.neighbours(year, rows) | self.with_major(year, rows)

    def neighbours(self, year: int, rows: Rows) -> Bools:
        """Pairs that touch on land or face each other over at most 400 miles of sea."""
        chosen = self.contiguity.rows(year)
        one, two = (self.contiguity.codes(name, chosen) for name in ("ccode1", "ccode2"))
        return rows.matrix(one, two, both_ways=True)

    def with_major(self, year: int, rows: Rows) -> Bools:
        """Pairs of which at least one is a major power on the last day of the year."""
        day = date(year, 12, 31).toordinal()
        major = np.zeros(len(rows), dtype=bool)
        row = rows.row[self._code[(self._begins <= day) & (day < self._ends)]]
        major[row[row >= 0]] = True
        either: Bools = major[:, None] | major[None, :]
        return either


class PairYears:
    """Makes what was known of every pair, year after year."""

    def __init__(self, disputes: Disputes, *, first: int, last: int, home: Path | None = None) -> None:
        span = {"first": first, "last": last}
        self.distance = Yearly("cow_mindist", ("ccode1", "ccode2", "mindist"), home=home, **span)
        self.relevance = Relevance(home=home, **span)
        self.rivals = Hostilities("rivalries-td", years=1, home=home, **span)
        self._peace = Peace(disputes)

    def past(self, year: int) -> str:
        """Why a year cannot be described, or an empty text."""
        uncovered = [one for one in (self.distance, self.relevance.contiguity) if not one.covers(year)]
        return uncovered[0].past(year) if uncovered else self.rivals.past(year)

    def walk(self, year: int, rows: Rows) -> None:
        """Go through a year before those that are asked for, so that years of peace are counted from its disputes."""
        self._peace.after(year, rows)

    def of(self, year: int, rows: Rows, share: Floats) -> Known:
        """What was known at the end of the year; years in order, after those walked through."""
        peace, past = self._peace.after(year, rows)
        land = land_borders(self.relevance.contiguity, year, rows)
        larger = np.maximum(share[:, None], share[None, :])
        smaller = np.minimum(share[:, None], share[None, :])
        km = np.where(land, 0.0, shortest(self.distance, year, rows))
        major = self.relevance.with_major(year, rows)
        return Known(
            ratio=np.log(larger / smaller), total=np.log(larger + smaller), distance=np.log1p(km), border=land,
            major=major, rival=self.rivals.of(year, rows), peace=peace, past=past,
            relevant=self.relevance.neighbours(year, rows) | major,
        )  # fmt: skip
