"""Panels made the slow and obvious way, one dictionary a row: what the fast ones must equal, cell by cell."""

from __future__ import annotations

from datetime import date
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

from indivisible import readers
from indivisible.readers.coverage import covers
from indivisible.values import Truth

Row = dict[str, Any]
OBLIGATIONS = ("defense", "offense", "neutral", "nonagg", "consul")
NMC = ("milex", "milper", "irst", "pec", "tpop", "upop", "cinc")
DEMOCRACY = ("euds", "aeuds", "polity2", "v2x_polyarchy")
DETAILS = ("dispnum", "sidea1", "sidea2", "fatality1", "fatality2", "hostlev1", "hostlev2")
TSS = ("positional", "spatial", "ideological", "interventionary", "principal")


class Slow:
    """Every table as a list of dictionaries, and every column as a function of two states and a year."""

    def __init__(
        self, home: Path, *, carry: bool = True, gaps: str = "bridge", years: tuple[int, int] | None = None
    ) -> None:
        """`years`: leave out the rows of other years, where years of peace are not asked for."""
        self.home, self.carry, self.gaps, self.years = home, carry, gaps, years
        self.tables: dict[str, list[Row]] = {}
        self.indexes: dict[tuple[str, ...], dict[tuple[Any, ...], list[Row]]] = {}
        self.meetings: dict[int, set[tuple[int, int]]] = {}
        self.full: dict[tuple[int, int], set[str]] = {}
        self.covered: dict[tuple[str, int], bool] = {}

    def table(self, name: str) -> list[Row]:
        if name not in self.tables:
            frame = readers.open(name, home=self.home).collect()
            if self.years is not None and "year" in frame.columns:
                frame = frame.filter(frame["year"].is_between(*self.years))
            self.tables[name] = frame.rows(named=True)
        return self.tables[name]

    def covers(self, name: str, year: int) -> bool:
        if (name, year) not in self.covered:
            self.covered[name, year] = covers(name, year, home=self.home) is Truth.YES
        return self.covered[name, year]

    # who there was

    def days(self, year: int) -> dict[int, set[int]]:
        """For each member the days of the year on which it was one."""
        known = max(row["known_to"] for row in self.table("cow_states")).year - 1
        source = min(year, known) if self.carry else year
        opening, closing = date(source, 1, 1).toordinal(), date(source + 1, 1, 1).toordinal()
        found: dict[int, set[int]] = {}
        for row in self.table("cow_states"):
            begin = max(row["begins"].toordinal(), opening)
            end = min((row["ends"] or row["known_to"]).toordinal(), closing)
            if begin < end:
                found.setdefault(row["ccode"], set()).update(range(begin, end))
        return found

    def states(self, year: int) -> list[int]:
        return sorted(self.days(year))

    def pairs(self, year: int, *, directed: bool) -> list[tuple[int, int]]:
        days = self.days(year)
        whole = permutations(sorted(days), 2) if directed else combinations(sorted(days), 2)
        return sorted((one, two) for one, two in whole if days[one] & days[two])

    # what is said of them

    def index(self, name: str, *key: str) -> dict[tuple[Any, ...], list[Row]]:
        if (name, *key) not in self.indexes:
            made: dict[tuple[Any, ...], list[Row]] = {}
            for row in self.table(name):
                made.setdefault(tuple(row[part] for part in key), []).append(row)
            self.indexes[name, *key] = made
        return self.indexes[name, *key]

    def of_state(self, code: int, year: int) -> Row:
        row: Row = {}
        nmc = self.index("nmc", "ccode", "year").get((code, year), [{}])[0]
        row.update({name: nmc.get(name) for name in NMC})
        democracy = self.index("democracy", "ccode", "year").get((code, year), [{}])[0]
        row.update({name: democracy.get(name) for name in DEMOCRACY})
        row["cowmaj"] = None
        if self.covers("cow_majors", year):
            opening, closing = date(year, 1, 1), date(year, 12, 31)
            row["cowmaj"] = int(
                any(
                    one["ccode"] == code and one["begins"] <= closing and (one["ends"] or one["known_to"]) > opening
                    for one in self.table("cow_majors")
                )
            )
        return row

    def contiguity(self, one: int, two: int, year: int, *, directed: bool) -> int | None:
        if not self.covers("cow_contiguity_years", year):
            return None
        index = self.index("cow_contiguity_years", "ccode1", "ccode2", "year")
        found = index.get((one, two, year), []) + ([] if directed else index.get((two, one, year), []))
        return min((row["conttype"] for row in found), default=0)

    def alliance(self, one: int, two: int, year: int, *, directed: bool) -> Row:
        if not self.covers("atop_directed", year):
            return {f"atop_{name}": None for name in OBLIGATIONS}
        index = self.index("atop_directed", "ccode1", "ccode2", "year")
        found = index.get((one, two, year), [])
        found = found if directed else found + index.get((two, one, year), [])
        return {f"atop_{name}": int(any(row[name] for row in found)) for name in OBLIGATIONS}

    def trade(self, one: int, two: int, year: int) -> Row:
        low, high = min(one, two), max(one, two)
        row = self.index("cow_trade", "ccode1", "ccode2", "year").get((low, high, year), [{}])[0]
        names = ("flow1", "flow2", "smoothflow1", "smoothflow2")
        turned = names if one < two else ("flow2", "flow1", "smoothflow2", "smoothflow1")
        return {name: row.get(of) for name, of in zip(names, turned, strict=True)}

    def distance(self, one: int, two: int, year: int) -> float | None:
        key = (min(one, two), max(one, two), year)
        return self.index("cow_mindist", "ccode1", "ccode2", "year").get(key, [{}])[0].get("mindist")

    def organizations(self, one: int, two: int, year: int) -> int | None:
        if not self.covers("cow_igo_years", year):
            return None
        index = self.index("cow_igo_years", "ccode", "year")
        if (one, year) not in index or (two, year) not in index:
            return None
        return len(self._full(one, year) & self._full(two, year))

    def _full(self, code: int, year: int) -> set[str]:
        if (code, year) not in self.full:
            rows = self.index("cow_igo_years", "ccode", "year")[code, year]
            self.full[code, year] = {row["igo"] for row in rows if row["membership"] == 1}
        return self.full[code, year]

    def rivalry(self, one: int, two: int, year: int) -> Row:
        if not self.covers("rivalries_tss", year):
            return {"tss_rivalry": None} | {f"tss_{kind}": None for kind in TSS}
        found = [
            row
            for pair in ((one, two), (two, one))
            for row in self.index("rivalries_tss", "ccode1", "ccode2").get(pair, [])
            if row["first_year"] <= year and (row["last_year"] is None or year <= row["last_year"])
        ]
        kinds = {f"tss_{kind}": int(any(row[kind] for row in found)) for kind in TSS}
        return {"tss_rivalry": int(bool(found))} | kinds

    # disputes

    def dispute(self, prefix: str, one: int, two: int, year: int) -> Row:
        name = {"gmlmid": "gml_disputes", "cowmid": "mid_disputes"}[prefix]
        if not self.covers(name, year):
            blank = {f"{prefix}{part}": None for part in ("ongoing", "onset")}
            return blank | {f"{prefix}_{part}": None for part in DETAILS}
        found = self.index(name, "ccode1", "ccode2", "year").get((one, two, year), [])
        row = max(found, key=lambda row: _rank(prefix, row), default=None)
        made: Row = {f"{prefix}ongoing": int(bool(found)), f"{prefix}onset": int(bool(row and row["onset"]))}
        for part in DETAILS:
            value = None if row is None else row[part]
            made[f"{prefix}_{part}"] = int(value) if isinstance(value, bool) else value
        return made

    def peace(self, prefix: str, one: int, two: int, year: int) -> tuple[int | None, int | None]:
        """Count up, year by year, from 1816: years of peace, and which spell of peace it is."""
        name = {"gmlmid": "gml_disputes", "cowmid": "mid_disputes"}[prefix]
        if not self.covers(name, year):
            return None, None
        index = self.index(name, "ccode1", "ccode2", "year")
        count: int | None = None
        number, running = 1, False
        for past in range(1816, year + 1):
            met = (one, two) in self._met(past)
            if not met and self.gaps == "restart":
                number, running, count = number + running, False, None
            if past == year:
                break
            if met:
                running = (one, two, past) not in index and (two, one, past) not in index
                number += not running
                count = 0 if not running else 1 if count is None else count + 1
            elif count is not None:
                count += 1
        return (0 if count is None else count), number

    def _met(self, year: int) -> set[tuple[int, int]]:
        if year not in self.meetings:
            self.meetings[year] = set(self.pairs(year, directed=True))
        return self.meetings[year]


def _rank(prefix: str, row: Row) -> tuple[float, ...]:
    """Larger is kept: the case rules in their order."""
    if prefix == "gmlmid":
        deaths = 0.5 if row["fatality"] is None else row["fatality"]
        month = 13 if row["stmon"] is None else row["stmon"]
        return (row["onset"], deaths, row["hostlev"], row["mindur"], row["reciprocated"], -month, -row["dispnum"])
    sides = [0.5 if row[side] is None else row[side] for side in ("fatality1", "fatality2")]
    both = row["hostlev1"] > 1 and row["hostlev2"] > 1
    return (row["onset"], max(sides), max(row["hostlev1"], row["hostlev2"]), both, -row["dispnum"])


def dyad_years(slow: Slow, first: int, last: int, *, directed: bool = True, peace: bool = True) -> list[Row]:
    """All columns of all pairs; `peace` is slow on real data and can be left out."""
    rows = []
    for year in range(first, last + 1):
        states = {code: slow.of_state(code, year) for code in slow.states(year)}
        for one, two in slow.pairs(year, directed=directed):
            row: Row = {"ccode1": one, "ccode2": two, "year": year}
            row["conttype"] = slow.contiguity(one, two, year, directed=directed)
            for side, code in (("1", one), ("2", two)):
                row.update({f"{name}{side}": value for name, value in states[code].items()})
            row.update(slow.alliance(one, two, year, directed=directed))
            row["mindist"] = slow.distance(one, two, year)
            row.update(slow.trade(one, two, year))
            row["dyadigos"] = slow.organizations(one, two, year)
            row.update(slow.rivalry(one, two, year))
            for prefix in ("gmlmid", "cowmid"):
                row.update(slow.dispute(prefix, one, two, year))
                if peace:
                    count, number = slow.peace(prefix, one, two, year)
                    row[f"{prefix}spell"] = count
                    row[f"{prefix}spell_squared"] = None if count is None else count**2
                    row[f"{prefix}spell_number"] = number
                    row[f"{prefix}spell_cubed"] = None if count is None else count**3
            rows.append(row)
    return rows
